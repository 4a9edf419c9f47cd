"""Addresses of cells that formulas speak of, and small pieces of formulas."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wenxiao.rendering.workbook.books import letter
from wenxiao.rendering.workbook.layout import COLUMNS
from wenxiao.rendering.workbook.marks import FORM, WORKINGS
from wenxiao.rendering.workbook.regulations import MOST_BANDS

STEPS: Final = (
    "三级指标", "是否填写", "一级指标", "二级指标", "符号", "指标值", "单位", "单位可读", "指标值（数）", "完成值", "去掉单位", "完成值（数）",
    "期限文字", "期限年", "期限月", "期限余", "期限", "完成文字", "完成年", "完成月", "完成余", "完成首日", "完成末日", "类别",
    "计分方法", "越小越好", "方向不明", "达到", "分值", "比例", "公式得分", "核定时所填", "现在所填", "核定得分", "得分", "原表得分",
)  # fmt: skip
"""The columns, in the order in which they follow from each other."""
AT: Final = {step: letter(i) for i, step in enumerate(STEPS, 1)}
BLOCK: Final = len(STEPS) + 2
"""The column in which the values of the whole form stand."""
WHOLE: Final = (
    "全年预算数", "全年执行数", "执行率", "完成年度", "执行得分", "填写的指标", "有分值的指标", "分值合计", "有得分的指标", "总分", "等级", "资金来源数",
)  # fmt: skip


def step(name: str, row: int) -> str:
    """Give the address of a step of a row, from any sheet."""
    return f"{WORKINGS}!${AT[name]}{row}"


def whole(name: str) -> str:
    """Give the address of a value of the whole form, from any sheet."""
    return f"{WORKINGS}!${letter(BLOCK + 1)}${WHOLE.index(name) + 2}"


def amount(column: str, row: int) -> str:
    """Give the address of an amount as a number: ``original``, ``adjusted`` or ``outturn``."""
    return f"{WORKINGS}!${'BCD'[('original', 'adjusted', 'outturn').index(column)]}{row}"


def cell(name: str, row: int) -> str:
    """Give the address of a cell of the form in an indicator's row."""
    return f"{FORM}!${letter(COLUMNS[name])}{row}"


def rounded(value: str, places: str) -> str:
    """Round as 四舍五入 does: first the dust of binary numbers away, then to the places of the rubric."""
    return f"ROUND(ROUND({value},12),{places})"


@dataclass(frozen=True)
class Rulebook:
    """What formulas look up: values of the rubric in force, and lists."""

    rule: Mapping[str, str]
    lists: Mapping[str, str]
    year: str
    rubric: str
    excerpt: str
    completed: str


def band(name: str, value: str, rules: Rulebook) -> str:
    """Give the share of the band that holds a value; bands include their lower end."""
    text = '""'
    for i in reversed(range(MOST_BANDS)):
        lower, share = rules.rule[f"{name}_from_{i}"], rules.rule[f"{name}_share_{i}"]
        text = f'IF(AND({lower}<>"",ROUND({value},12)>=N({lower})),{share},{text})'
    return text
