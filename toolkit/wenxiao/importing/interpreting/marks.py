"""The labels on the left of a form that name a section, and the unit of money that headings print."""

import re
from typing import Final

from wenxiao.importing.grid import Cell
from wenxiao.importing.interpreting.cleaning import without_numbering, without_points
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import unit_said

_SECTION: Final = re.compile(
    r"(?:年度|项目|全年|部门)*(?:绩效)?(?:指标|目标)(?:完成情况)?|(?:项目|预算|年度)*(?:资金|预算)(?:执行|申请|使用|安排|来源|投入)*(?:情况)?|年度总体目标|总体目标完成情况|"
    r"年度总体目标完成情况|年度预算申请|(?:项目)?(?:支出)?预算执行(?:情况|率)?|绩效指标完成情况|项目基本情况|当年整体绩效目标|部门资金|年度整体绩效目标|项目年度目标完成情况"
)
GOAL: Final = re.compile(r"年度绩效目标([一二三四五六七八九\d])")
"""One of several goals that share the points, on the forms of Hubei."""


def is_section(text: str) -> bool:
    """Tell the label of a section: 项目资金（万元）, 绩效指标, 年度绩效目标1（40分）.

    >>> is_section("项目资金\\n（万元）"), is_section("设备")
    (True, False)
    """
    plain = re.sub(r"\([^)]*\)|[\d一二三四五六七八九]+$", "", without_points(without_numbering(text))).strip(
        ":"
    )
    return bool(_SECTION.fullmatch(plain)) or bool(GOAL.fullmatch(plain))


def note_unit(found: Found, cell: Cell) -> None:
    """Keep the unit of money that a heading or label prints."""
    if (unit := unit_said(cell.text)) and all(item is not cell for _, item in found.units):
        found.units.append((unit, cell))
