"""The labels on the left of a form that name a section, and the unit of money that headings print."""

import re
from typing import Final

from wenxiao.importing.grid import Cell
from wenxiao.importing.interpreting.cleaning import bare, squeezed, without_numbering, without_points
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import unit_said

_SECTION: Final = re.compile(
    r"(?:年度|项目|全年|部门)*(?:绩效)?(?:指标|目标)(?:完成情况)?|(?:项目|预算|年度)*(?:资金|预算)(?:执行|申请|使用|安排|来源|投入)*(?:情况)?|年度总体目标|总体目标完成情况|"
    r"年度总体目标完成情况|年度预算申请|(?:项目)?(?:支出)?预算执行(?:情况|率)?|绩效指标完成情况|项目基本情况|当年整体绩效目标|部门资金|年度整体绩效目标|项目年度目标完成情况"
)
_MONEY: Final = re.compile(r"资金|预算|支出|经费|来源|执行|万元")
_SOURCES: Final = re.compile(r"拨款|财政|收入|补助|债券|贷款|自筹|自有|结转|结余|其[他它]|合计|总额")
_LONGEST: Final = 40
GOAL: Final = re.compile(r"年度绩效目标([一二三四五六七八九1-9])")
"""One of several goals that share the points, on the forms of Hubei."""


def is_section(text: str) -> bool:
    """Tell the label of a section: 项目资金（万元）, 绩效指标, 年度绩效目标1（40分）.

    >>> is_section("项目资金\\n（万元）"), is_section("设备")
    (True, False)
    """
    plain = re.sub(r"[\d一二三四五六七八九]+$", "", bare(without_points(without_numbering(text)))).strip(":")
    return bool(_SECTION.fullmatch(plain)) or bool(GOAL.fullmatch(plain))


def is_money_label(text: str) -> bool:
    """Tell a label that stands left of the headings of the budget, whatever else it says, from a fact that slipped there.

    >>> is_money_label("年度预算资金（万元）"), is_money_label("资金性质"), is_money_label("甲县水利局")
    (True, True, False)
    """
    plain = squeezed(text)
    return len(plain) <= _LONGEST and _MONEY.search(plain) is not None


def is_source_label(text: str) -> bool:
    """Tell the name of a source of funds, or of their sum.

    >>> is_source_label("其他资金"), is_source_label("县级财政拨款"), is_source_label("总分")
    (True, True, False)
    """
    plain = squeezed(text)
    return len(plain) <= _LONGEST and bool(_MONEY.search(plain) or _SOURCES.search(plain))


def note_unit(found: Found, cell: Cell) -> None:
    """Keep the unit of money that a heading or label prints."""
    if (unit := unit_said(cell.text)) and all(item is not cell for _, item in found.units):
        found.units.append((unit, cell))
