"""年度总体目标: what was planned, and what became of it."""

import re
from typing import Final

from wenxiao.findings.personal import masked
from wenxiao.importing.grid import Table
from wenxiao.importing.interpreting.cleaning import bare, is_blank, paragraphs
from wenxiao.importing.interpreting.columns import columns_at
from wenxiao.importing.interpreting.drafting import Record
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.marks import is_section

_PLANNED: Final = re.compile(
    r"(?:年初|年度)?(?:预期|设定|总体|计划)(?:的)?(?:绩效)?目标|年初设定目标|(?:项目)?年度目标|年初(?:绩效)?目标|预期目标|年度总体目标|年度绩效目标|总体目标|年初设定的?绩效目标"
)
_ACTUAL: Final = re.compile(
    r"(?:全年|年度|目标|年末)*(?:总体目标)?(?:实际)?完成情况(?:综述)?|(?:目标)?实际完成情况|年度总体目标完成情况综述"
)


def goal_kind(text: str) -> str:
    """Give ``planned`` for 预期目标, ``actual`` for 实际完成情况; empty for any other text.

    >>> goal_kind("预期目标"), goal_kind("实际完成情况"), goal_kind("绩效指标")
    ('planned', 'actual', '')
    """
    plain = bare(text)
    return "actual" if _ACTUAL.fullmatch(plain) else "planned" if _PLANNED.fullmatch(plain) else ""


def goal_heads(table: Table, row: int) -> tuple[range, range] | None:
    """Give the columns of 预期目标 and 实际完成情况 where a row is their heading."""
    spans: dict[str, range] = {}
    for cell in table.row(row):
        kind = goal_kind(cell.text)
        if kind == "actual" or (kind == "planned" and cell.place.row == row):
            spans[kind] = range(cell.place.column, cell.place.column + cell.columns)
    if len(spans) < 2 or columns_at(table, row):
        return None
    return spans["planned"], spans["actual"]


def use_heads(found: Found, table: Table, row: int) -> None:
    """Use the headings of the goals."""
    for cell in table.row(row):
        if goal_kind(cell.text) or is_section(cell.text):
            found.ledger.use(cell)


def goal_row(found: Found, table: Table, row: int, goals: tuple[range, range]) -> bool:
    """Read a goal and what became of it; False where the row is something else."""
    record, stray = Record(), False
    for cell in table.row(row):
        if cell.place.row != row or is_blank(cell.text):
            continue
        span = set(range(cell.place.column, cell.place.column + cell.columns))
        under = [
            key for key, columns in zip(("planned", "actual"), goals, strict=True) if span & set(columns)
        ]
        if len(under) == 1 and under[0] not in record.values:
            record.put(under[0], masked(paragraphs(cell.text)), cell)
        else:
            stray = True
    if stray or not record.values:
        return not stray
    found.ledger.use(*(item for value in record.values.values() for item in value.items))
    found.objectives.append(record)
    return True
