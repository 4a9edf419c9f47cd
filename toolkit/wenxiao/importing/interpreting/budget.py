"""Rows of the budget → total, sources of funds, and what the form prints beside them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.cleaning import bare, is_blank, squeezed, tidy
from wenxiao.importing.interpreting.columns import Columns, Parts
from wenxiao.importing.interpreting.drafting import Record
from wenxiao.importing.interpreting.heads import Role
from wenxiao.importing.interpreting.ledger import Ledger
from wenxiao.importing.interpreting.quantities import Money, is_figure, is_words, money, points, rate
from wenxiao.money import AmountUnit, total

AMOUNTS: Final[tuple[Role, ...]] = ("original", "adjusted", "outturn", "received")
_TOTAL: Final = re.compile(
    r"(?:年度|全年|项目|预算)?(?:财政|预算|项目)?(?:资金|预算|支出)?(?:总额|合计|总计|总数|总和)(?:数|额)?|合计|小计|总额|总计|(?:年度)?总资金"
)
_INSTRUCTION: Final = re.compile(r"需说明原因|应单独说明|字以内")
_RULE: Final = re.compile(r"计算方法|评分标准|计分")
_AMONG: Final = re.compile(r"^其\s*中\s*[:：、]?\s*")


@dataclass
class BudgetRow:
    """One row: ``kind`` tells total from source; amounts by column; rate, points and score as printed."""

    kind: Literal["total", "source"]
    name: str
    label: Cell
    record: Record = field(default_factory=Record)
    printed: Record = field(default_factory=Record)
    units: dict[AmountUnit, Cell] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)
    whole: bool = False
    """The label is that of the whole section: the form has one row, and no column for names."""

    @property
    def cells(self) -> list[Cell]:
        """The cells the row was read from."""
        values = [*self.record.values.values(), *self.printed.values.values()]
        return [self.label, *(item for value in values for item in value.items if isinstance(item, Cell))]


def budget_row(table: Table, row: int, columns: Columns, ledger: Ledger) -> BudgetRow | None:
    """Read one row under the headings of the budget; None where it is no row of amounts."""
    parts = columns.parts(table, row)
    _instructions(parts, ledger)
    label = _label(parts, columns, row)
    amounts = {role: _money(parts, role, row) for role in AMOUNTS}
    only = _only_row(table, row, columns) if label is None else None
    label = label or only
    if label is None:
        return None
    text = _AMONG.sub("", tidy(label.text)).strip(":： ")
    among = bool(_AMONG.match(label.text.strip()))
    if not any(amounts.values()) and (among or not is_total(text) or not parts.cell("rate")):
        return None
    kind: Literal["total", "source"] = "total" if only or (not among and is_total(text)) else "source"
    found = BudgetRow(kind, text, label, parts=parts, whole=only is not None)
    for role, held in amounts.items():
        if held:
            cell, amount = held
            found.record.put(role, amount.text, cell)
            if amount.unit:
                found.units[amount.unit] = cell
    _printed(found, parts, row)
    _rules(parts, columns, ledger)
    derived = _derived(found, parts)
    ledger.use(*found.cells, *derived)
    for cell in derived:
        ledger.remark("由其他各数得出，核对相符，不另录入。", cell)
    if kind == "source" and found.printed.text("score"):
        ledger.remark("“其中”行重复印了分值、得分，只按总额行计。", label)
    return found


def _instructions(parts: Parts, ledger: Ledger) -> None:
    """Put aside what the form itself prints in the column of reasons: when one has to be given."""
    for cell in parts.said("cause"):
        if _INSTRUCTION.search(cell.text):
            parts.by["cause"].remove(cell)
            ledger.use(cell)
            ledger.remark("表上的填报说明，没有录入。", cell)


def _rules(parts: Parts, columns: Columns, ledger: Ledger) -> None:
    """Put aside the rule that a form prints beside the execution rate: it is the form's, and the rubric has it.

    What stands in other columns without a field is named, should it be left over.
    """
    for cell in parts.said("other"):
        head = columns.head_over(cell)
        if _RULE.search(head) and is_words(cell.text):
            ledger.use(cell)
            ledger.remark("预算执行率的计分方法由评分规则规定，没有录入。", cell)
        else:
            ledger.explain(cell, f"是项目资金的“{head}”，项目文件没有这一栏")


def has_amounts(table: Table, row: int, columns: Columns) -> bool:
    """Tell whether a row that names nothing has amounts: then the names of the rows below may have moved."""
    parts = columns.parts(table, row)
    return any(_money(parts, role, row) for role in AMOUNTS)


def is_total(text: str) -> bool:
    """Tell the row of the total from a source of funds.

    >>> is_total("年度资金总额"), is_total("合计"), is_total("其他资金")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(bare(text).replace(":", "")))


def _label(parts: Parts, columns: Columns, row: int) -> Cell | None:
    left = [cell for cell in parts.outside if cell.place.column < columns.first() and cell.place.row == row]
    said = [cell for cell in (*left, *parts.said("label")) if not is_blank(cell.text)]
    return said[-1] if said else None


def _only_row(table: Table, row: int, columns: Columns) -> Cell | None:
    """Give the label of the section, where the form has no column for names: then its one row is the total."""
    beside = table.at(row, columns.first() - 1)
    above = beside is not None and beside.place.row < row
    return beside if beside and above and beside.place.column == 1 and beside.rows == 2 else None


def _money(parts: Parts, role: Role, row: int) -> tuple[Cell, Money] | None:
    cell = parts.cell(role)
    if cell is None or cell.place.row != row or cell.rows > 1:
        return None
    amount = money(cell.text)
    return (cell, amount) if amount else None


def _derived(found: BudgetRow, parts: Parts) -> list[Cell]:
    """Give the cells that only repeat what the amounts say: 调整 = 全年 − 年初, 结余 = 全年 − 执行."""
    held = {role: money(found.record.text(role) or "") for role in AMOUNTS}
    same = []
    for role, less in (("adjustment", "original"), ("remainder", "outturn")):
        cell, whole, part = parts.cell(role), held["adjusted"], held[less]  # type: ignore[arg-type, index]
        said = _change(cell.text) if cell else None
        if cell and whole and part and said is not None and total([part.value, said]) == whole.value:
            same.append(cell)
    return same


def _change(text: str) -> Decimal | None:
    """Read a change of the budget, which may be negative."""
    plain = squeezed(text)
    amount = money(plain.removeprefix("-"))
    return None if amount is None else amount.value * (-1 if plain.startswith("-") else 1)


def _printed(found: BudgetRow, parts: Parts, row: int) -> None:
    for role, key, reading in (
        ("rate", "execution_rate", rate),
        ("score", "score", points),
        ("points", "points", points),
    ):
        cell = parts.cell(role)  # type: ignore[arg-type]
        text = reading(cell.text) if cell and cell.place.row == row else None
        if cell and text is not None:
            found.printed.put(key, text, cell)
    for role in ("cause", "action"):
        cell = parts.cell(role)  # type: ignore[arg-type]
        if cell and cell.place.row == row and is_words(cell.text) and not is_figure(cell.text):
            found.printed.put(role, tidy(cell.text), cell)
