"""Rows of the budget whose cells may have moved, and what such a row says twice."""

from typing import Final

from wenxiao.importing.grid import Cell
from wenxiao.importing.interpreting.budget import AMOUNTS, BudgetRow
from wenxiao.importing.interpreting.cleaning import is_blank
from wenxiao.importing.interpreting.columns import Columns
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.interpreting.quantities import is_words, money
from wenxiao.money import half_up, percent, printed_number, ratio

_MOST_POINTS: Final = 30
"""Points of the execution rate on every form seen are 10 or 20."""


def mark_row(found: BudgetRow, columns: Columns) -> None:
    """Mark a row where a cell holds what its column can't hold: then perhaps all its cells have moved."""
    for reason in _reasons(found, columns):
        found.record.doubt(reason)
        found.printed.doubt(reason)


def _reasons(found: BudgetRow, columns: Columns) -> list[str]:
    parts, reasons = found.parts, []
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
    if found.label.rows > 1 and not found.whole:
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


def repeats(row: BudgetRow, total: BudgetRow) -> list[Cell]:
    """Give the cells of a source that say nothing new: its own rate, and the points and score of the total row."""
    same = []
    for key, value in row.printed.values.items():
        if value.text == total.printed.text(key) or (key == "execution_rate" and _agrees(row, value.text)):
            same += [item for item in value.items if isinstance(item, Cell)]
    return same
