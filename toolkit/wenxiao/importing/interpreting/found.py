"""What the parts of a document gave, before it is put together."""

from dataclasses import dataclass, field

from wenxiao.importing.grid import Cell, Paragraph
from wenxiao.importing.interpreting.budget import BudgetRow
from wenxiao.importing.interpreting.columns import Columns
from wenxiao.importing.interpreting.drafting import Draft, Record, Value
from wenxiao.importing.interpreting.indicators import Above, Row
from wenxiao.importing.interpreting.ledger import Ledger
from wenxiao.money import AmountUnit


@dataclass
class IndicatorTable:
    """The indicators under one heading (repeated headings belong to the same table)."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)
    above: Above = field(default_factory=Above)
    slipped: set[str] = field(default_factory=set)
    """Columns with a gap, below which the figures may have moved by a row."""
    nameless: bool = False
    """Some row above has values but no name."""

    @property
    def has_results(self) -> bool:
        """Tell a result table from a target table, which has no 实际完成值."""
        return self.columns.has("actual") or self.columns.has("score")


@dataclass
class Found:
    """The account of one document while it is read; ``words`` is all its text in plain characters, for layout hints."""

    ledger: Ledger
    draft: Draft
    words: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    """Running text: what stands outside tables, and cells that stand alone in their row."""
    budget: list[BudgetRow] = field(default_factory=list)
    tables: list[IndicatorTable] = field(default_factory=list)
    nameless_amounts: bool = False
    """Some row of the budget has amounts but no name."""
    objectives: list[Record] = field(default_factory=list)
    splits: list[tuple[Value, list[tuple[Value, Value]], Value | None]] = field(default_factory=list)
    split_row: tuple[str, int] | None = None
    """The last row of a table that was read as one of a split."""
    units: list[tuple[AmountUnit, Cell | Paragraph]] = field(default_factory=list)
    group_points: dict[str, Value] = field(default_factory=dict)
    goal_points: dict[int, Value] = field(default_factory=dict)
    names: list[tuple[str, Cell | Paragraph]] = field(default_factory=list)
    """Titles that may hold the name of the project."""
