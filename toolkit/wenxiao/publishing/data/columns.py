"""The columns of the published tables: those of the portfolio, and what only a published report has."""

from collections.abc import Iterable
from typing import Final

from wenxiao.portfolio.schema import INDICATOR_COLUMNS, PROJECT_COLUMNS, Column
from wenxiao.words import label

_INTERNAL: Final = {"overrides"}
"""A report with overrides is never published."""


def _public(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.name not in _INTERNAL)


_INDEX: Final = Column("index", "text", "", "索引号 of the report on the site")
PROJECTS: Final = (
    *_public(PROJECT_COLUMNS),
    _INDEX,
    Column("published", "date", "", "首次公开日期"),
    Column("updated", "date", "", "最近一次更新的日期"),
    Column("corrections", "whole", "", "更正次数"),
    Column("page", "text", "", "address of the report's page, from the folder of this file"),
)
"""Columns of ``projects.csv``: a row a project; the key is (year, stem)."""
SCORES: Final = (
    *_public(INDICATOR_COLUMNS),
    Column("formula", "text", "", "how the score came to be, in words", "there is no score"),
    _INDEX,
)
"""Columns of ``scores.csv``: a row an indicator; the key is (year, stem, position)."""

_TITLES: Final = {
    "year": "评价年度", "stem": "报告编号", "rubric": "评分规则", "region": "地区", "department": "主管部门", "unit": "实施单位",
    "project": "项目名称", "date": "签署日期", "amount_unit": "原表金额单位", "execution_rate": "执行率（%）",
    "execution_points": "预算执行率分值", "execution_score": "预算执行率得分", "indicators": "指标数", "total": "总分", "reason": "没有得分的原因",
    "errors": "未说明的错误数", "warnings": "未说明的警告数", "notes": "未说明的提示数", "answered": "已说明的问题数", "findings": "问题编号",
    "index": "索引号", "published": "首次公开日期", "updated": "最近更新日期", "corrections": "更正次数", "page": "报告网页",
    "position": "序号", "indicator": "三级指标", "formula": "计算过程",
}  # fmt: skip


def title_of(column: Column) -> str:
    """Give a column's Chinese title, with its unit.

    >>> [title_of(column) for column in PROJECTS if column.name in ("adjusted", "grade")]
    ['全年预算数（元）', '等级']
    """
    name = _TITLES.get(column.name) or label(column.name)
    return f"{name}（元）" if column.unit == "元" else name
