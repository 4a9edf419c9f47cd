"""Rows of the budget → total, sources of funds, and what the form prints beside them."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed, tidy
from wenxiao.importing.interpreting.columns import Columns, Parts
from wenxiao.importing.interpreting.drafting import Record
from wenxiao.importing.interpreting.heads import Role
from wenxiao.importing.interpreting.ledger import Ledger, shown
from wenxiao.importing.interpreting.quantities import Money, is_figure, is_words, money, points, rate
from wenxiao.money import AmountUnit, half_up, percent, printed_number, ratio, total

AMOUNTS: Final[tuple[Role, ...]] = ("original", "adjusted", "outturn", "received")
_TOTAL: Final = re.compile(
    r"(?:年度|全年|项目|预算)?(?:财政|预算|项目)?(?:资金|预算|支出)?(?:总额|合计|总计|总数|总和)(?:数|额)?|合计|小计|总额|总计|(?:年度)?总资金"
)
_INSTRUCTION: Final = re.compile(r"需说明原因|应单独说明|字以内")
_MOST_POINTS: Final = 30
"""Points of the execution rate on every form seen are 10 or 20."""
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
    place: tuple[str, int] = ("", 0)

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
    found = BudgetRow(kind, text, label, place=(table.name, row))
    for role, held in amounts.items():
        if held:
            cell, amount = held
            found.record.put(role, amount.text, cell)
            if amount.unit:
                found.units[amount.unit] = cell
    _printed(found, parts, row)
    _doubts(found, parts, columns, row)
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


def has_amounts(table: Table, row: int, columns: Columns) -> bool:
    """Tell whether a row that names nothing has amounts: then the names of the rows below may have moved."""
    parts = columns.parts(table, row)
    return any(_money(parts, role, row) for role in AMOUNTS)


def repeats(row: BudgetRow, total: BudgetRow) -> list[Cell]:
    """Give the cells of a source that say nothing new: its own rate, and the points and score of the total row."""
    same = []
    for key, value in row.printed.values.items():
        if value.text == total.printed.text(key) or (key == "execution_rate" and _agrees(row, value.text)):
            same += [item for item in value.items if isinstance(item, Cell)]
    return same


def is_total(text: str) -> bool:
    """Tell the row of the total from a source of funds.

    >>> is_total("年度资金总额"), is_total("合计"), is_total("其他资金")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(re.sub(r"\([^)]*\)|[:：]", "", squeezed(text))))


def _label(parts: Parts, columns: Columns, row: int) -> Cell | None:
    left = [cell for cell in parts.outside if cell.place.column < columns.first() and cell.place.row == row]
    said = [cell for cell in (*left, *parts.said("label")) if not is_blank(cell.text)]
    return said[-1] if said else None


def _only_row(table: Table, row: int, columns: Columns) -> Cell | None:
    """Give the label of the section, where the form has no column for names: then its one row is the total."""
    beside = table.at(row, columns.first() - 1)
    return (
        beside
        if beside and beside.place.row < row and beside.place.column == 1 and beside.rows == 2
        else None
    )


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
        said = money(cell.text) if cell else None
        if cell and whole and part and said and total([part.value, said.value]) == whole.value:
            same.append(cell)
    return same


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


def _doubts(found: BudgetRow, parts: Parts, columns: Columns, row: int) -> None:
    """Mark the row where a cell holds what its column can't hold: then perhaps all cells have moved."""
    for reason in _reasons(found, parts, columns, row):
        found.record.doubt(reason)
        found.printed.doubt(reason)


def _reasons(found: BudgetRow, parts: Parts, columns: Columns, row: int) -> list[str]:
    reasons = []
    taken = {cell.place for cell in found.cells}
    for role in (*AMOUNTS, "rate", "points", "score", "cause"):
        reasons += [
            f"同一行的“{shown(cell.text)}”不像这一栏的内容，各数可能错栏"
            for cell in parts.said(role)
            if cell.place not in taken
        ]
    if any(not is_blank(cell.text) for cell in parts.across):
        reasons.append("同一行有单元格跨了几栏")
    if any(not is_blank(cell.text) for cell in parts.askew):
        reasons.append("同一行有单元格与表头没有对齐")
    right = [c for c in parts.outside if c.place.column > columns.first() and not is_blank(c.text)]
    if right:
        reasons.append("同一行有单元格在表头之外")
    if found.label.rows > 1 and found.label.place.row == row:
        reasons.append("行名跨了几行")
    if not is_words(found.label.text):
        reasons.append("行名是一个数")
    printed = found.printed.text("execution_rate")
    if printed and not printed.endswith("%") and not _agrees(found, printed):
        reasons.append("执行率没有百分号，又与执行数÷预算数不符，各数可能错栏")
    return list(dict.fromkeys([*reasons, *_misplaced(found, columns)]))


def _misplaced(found: BudgetRow, columns: Columns) -> list[str]:
    """Give why points, rate and score of a row may stand in each other's columns."""
    full, score = (money(found.printed.text(key) or "") for key in ("points", "score"))
    reasons = []
    if full and full.value > _MOST_POINTS:
        reasons.append("执行率的分值过大，各数可能错栏")
    if full and not score and columns.has("score"):
        reasons.append("有分值，没有得分，各数可能错栏")
    rate_missing = columns.has("rate") and "execution_rate" not in found.printed.values
    if score and columns.has("points") and (full is None or score.value > full.value or rate_missing):
        reasons.append("执行率、分值、得分对不上，各数可能错栏")
    return reasons


def _agrees(found: BudgetRow, printed: str) -> bool:
    said, part, whole = (
        printed_number(printed),
        found.record.values.get("outturn"),
        found.record.values.get("adjusted"),
    )
    whole = whole or found.record.values.get("original")
    amounts = [money(value.text) for value in (part, whole) if value]
    if said is None or len(amounts) < 2 or amounts[0] is None or amounts[1] is None:
        return False
    if not amounts[1].value:
        return not said.value
    computed = ratio(amounts[0].value, amounts[1].value)
    return percent(computed, said.places) == f"{half_up(said.value, said.places)}%"
