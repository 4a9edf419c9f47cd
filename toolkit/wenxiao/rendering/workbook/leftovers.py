"""What stands in a filled form where nothing is read: told, so that nothing is lost without a word."""

from collections.abc import Mapping
from typing import Final

from wenxiao.errors import Problem
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.layout import SOURCE_NAMES
from wenxiao.rendering.workbook.marks import (
    ANSWERED,
    CHOICES,
    EVIDENCE,
    FORM,
    INSTRUCTIONS,
    OTHERS,
    RULES,
    SPLITS,
    WORKINGS,
)
from wenxiao.rendering.workbook.opening import OpenSheet
from wenxiao.words import CATEGORIES, SUBCATEGORIES, Words

_PRINTED: Final = frozenset((
    "评价年度", "金额单位", "评分规则", "项目名称", "主管部门", "实施单位", "资金来源", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分",
    "年度资金总额", "其中：", "—", "年度总体", "预期目标", "实际完成情况", "目标的分值", "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "指标性质", "指标值", "度量单位",
    "实际完成值", "偏差原因分析及改进措施", "偏差原因分析", "改进措施", "核对（不打印）", "行号", "达成档次", "档内比例或得分系数", "计分方法", "评分标准", "原表得分",
    "绩效目标表中的名称", "对应目标", "总分", *SOURCE_NAMES, *CATEGORIES.values(), *SUBCATEGORIES.values(),
))  # fmt: skip
"""Texts of the form itself, up to their first line break."""
_OURS: Final = (INSTRUCTIONS, WORKINGS, RULES, CHOICES)
"""Sheets in which nothing is to be filled in."""
_NUMBERS_AT: Final = 14
_INSTEAD: Final = Words(
    "写到“其他信息”或它该在的格子里；不需要的删去。",
    "Write it on 其他信息 or into the cell where it belongs; delete what is not needed.",
)


def tell_leftovers(gathered: Gathered, sheets: Mapping[str, OpenSheet]) -> None:
    """Note each cell that is filled and was not read."""
    for name, sheet in sheets.items():
        if name in _OURS:
            continue
        for (row, column), cell in sorted(sheet.cells.items()):
            place = sheet.shown(row, column)
            if (
                cell.formula
                or not cell.text
                or place in gathered.used
                or _is_ours(name, row, column, cell.text)
            ):
                continue
            short = cell.text if len(cell.text) <= 40 else f"{cell.text[:40]}…"
            wrong = Words(
                f"“{short}”写在不读的地方，没有读。",
                f"“{short}” stands where nothing is read; it was not read.",
            )
            gathered.notes.append(Problem(gathered.file, 0, 0, place, wrong, _INSTEAD))


def _is_ours(name: str, row: int, column: int, text: str) -> bool:
    """Tell whether a text is one that the form has of itself."""
    if name == FORM:
        first = text.split("\n")[0]
        return (
            first in _PRINTED
            or first.startswith(("说明：", "本表为试算"))
            or (column == _NUMBERS_AT and text.isdigit())
        )
    if name in (OTHERS, EVIDENCE, SPLITS, ANSWERED):
        return row == 1 or (name == OTHERS and column in (1, 3, 4, 5, 6))
    return False
