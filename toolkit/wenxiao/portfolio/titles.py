"""The Chinese titles of the columns: of the portfolio's tables and of the published ones."""

from typing import Final

from wenxiao.portfolio.schema import Column
from wenxiao.words import label

_TITLES: Final = {
    "year": "评价年度", "stem": "报告编号", "rubric": "评分规则", "region": "地区", "department": "主管部门", "unit": "实施单位",
    "project": "项目名称", "date": "签署日期", "amount_unit": "原表金额单位", "execution_rate": "执行率（%）",
    "execution_points": "预算执行率分值", "execution_score": "预算执行率得分", "indicators": "指标数", "total": "总分", "reason": "没有得分的原因",
    "errors": "未说明的错误数", "warnings": "未说明的警告数", "notes": "未说明的提示数", "answered": "已说明的问题数", "findings": "问题编号",
    "index": "索引号", "published": "首次公开日期", "updated": "最近更新日期", "corrections": "更正次数", "page": "报告网页",
    "position": "序号", "indicator": "三级指标", "formula": "计算过程", "number": "问题序号", "severity": "级别", "kind": "问题",
    "where": "所在字段", "message": "说明", "printed": "原文件数", "computed": "计算结果", "remedy": "整改办法", "acknowledged": "单位的说明",
    "overrides": "假设的改动数", "met": "是否达到指标值", "attained": "完成程度（%）",
}  # fmt: skip


def title_of(column: Column) -> str:
    """Give a column's Chinese title, with its unit.

    >>> title_of(Column("adjusted", "amount", "元", "")), title_of(Column("grade", "text", "", ""))
    ('全年预算数（元）', '等级')
    """
    name = _TITLES.get(column.name) or label(column.name)
    return f"{name}（元）" if column.unit == "元" else name
