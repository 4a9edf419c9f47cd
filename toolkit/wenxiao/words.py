"""The field's words, once: Chinese label ↔ key, and texts in the two languages of the tool.

A label stands here and nowhere else, so that form, columns and error messages cannot drift apart.
"""

import os
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """One text in the two languages of the tool; reports take ``zh``, messages follow the user's locale.

    >>> Words("分值", "points").in_("en")
    'points'
    """

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Give the text in ``zh`` (default for anything unknown: English)."""
        return self.zh if language == "zh" else self.en

    def filled(self, **values: object) -> "Words":
        """Give the same text with its ``{placeholders}`` replaced, in both languages; ``Words`` by their own."""
        zh, en = (
            {name: one.in_(language) if isinstance(one, Words) else one for name, one in values.items()}
            for language in ("zh", "en")
        )
        return Words(self.zh.format(**zh), self.en.format(**en))


def locale_language(environment: "os._Environ[str] | dict[str, str]") -> str:
    """Give ``zh`` when the locale in ``environment`` is Chinese, otherwise ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


CATEGORIES: Final = {
    "decision": "决策",
    "process": "过程",
    "output": "产出指标",
    "outcome": "效益指标",
    "satisfaction": "满意度指标",
    "cost": "成本指标",
}
"""一级指标, in the order of the form."""

SUBCATEGORIES: Final = {
    "approval": "项目立项",
    "goals": "绩效目标",
    "funding": "资金投入",
    "fund_management": "资金管理",
    "implementation": "组织实施",
    "quantity": "数量指标",
    "quality": "质量指标",
    "timeliness": "时效指标",
    "cost": "成本指标",
    "social_cost": "社会成本指标",
    "ecological_cost": "生态环境成本指标",
    "benefit": "项目效益",
    "economic": "经济效益指标",
    "social": "社会效益指标",
    "ecological": "生态效益指标",
    "sustainability": "可持续影响指标",
    "satisfaction": "服务对象满意度指标",
}
"""二级指标, in the order of the form."""

LEVELS: Final = {"achieved": "达成", "partly": "部分达成", "missed": "未达成"}
"""The three levels of a qualitative indicator."""

GRADES: Final = {"excellent": "优", "good": "良", "fair": "中", "poor": "差"}
"""等级; the words of the measure are these four and no others."""

METHODS: Final = {
    "proportional": "按比例计分",
    "all_or_nothing": "达标得满分、未达标不得分",
    "banded": "按达成档次计分",
    "stepwise": "按扣分规则计分",
    "interval": "按区间计分",
    "proportional_with_floor": "按比例计分并设及格门槛",
    "coefficient": "按得分系数计分",
}
"""计分方法 that a rubric or an indicator may name."""

KINDS: Final = {
    "self_evaluation": "项目支出绩效自评",
    "whole_unit": "部门整体支出绩效自评",
    "transfer": "转移支付绩效自评",
    "department_evaluation": "项目支出绩效评价",
}
"""What a rubric evaluates; the report is titled by it."""

NARRATIVE: Final = {
    "overview": "项目概况",
    "organisation": "绩效评价工作过程",
    "experience": "主要经验及做法",
    "problems": "存在的问题及原因分析",
    "suggestions": "有关建议",
    "other": "其他需要说明的问题",
}

# Other spellings seen on published forms; values are the canonical keys.
_SPELLINGS: Final = {
    "项目决策": "decision",
    "决策指标": "decision",
    "项目管理": "process",
    "项目过程": "process",
    "过程指标": "process",
    "产出": "output",
    "项目产出": "output",
    "产出目标": "output",
    "效益": "outcome",
    "项目效益": "outcome",
    "效果指标": "outcome",
    "效益目标": "outcome",
    "满意度": "satisfaction",
    "服务对象满意度指标": "satisfaction",
    "成本": "cost",
}
_SUB_SPELLINGS: Final = {
    "数量": "quantity",
    "产出数量": "quantity",
    "数量目标": "quantity",
    "质量": "quality",
    "产出质量": "quality",
    "质量目标": "quality",
    "时效": "timeliness",
    "产出时效": "timeliness",
    "时效目标": "timeliness",
    "进度指标": "timeliness",
    "成本": "cost",
    "产出成本": "cost",
    "成本目标": "cost",
    "经济成本指标": "cost",
    "社会成本": "social_cost",
    "生态环境成本": "ecological_cost",
    "实施效益": "benefit",
    "经济效益": "economic",
    "社会效益": "social",
    "生态效益": "ecological",
    "可持续影响": "sustainability",
    "满意度": "satisfaction",
    "满意度指标": "satisfaction",
    "服务对象满意度": "satisfaction",
    "服务对象满意度指标等": "satisfaction",
}


def key_of(table: dict[str, str], text: str) -> str | None:
    """Give the key for a key, label or known spelling, or None.

    >>> key_of(CATEGORIES, "产出指标"), key_of(SUBCATEGORIES, "进度指标"), key_of(LEVELS, "达成")
    ('output', 'timeliness', 'achieved')
    """
    if text in table:
        return text
    for key, label in table.items():
        if text == label:
            return key
    return spellings(table).get(text)


def spellings(table: dict[str, str]) -> dict[str, str]:
    """Give the other spellings of a table's labels → keys."""
    if table is CATEGORIES:
        return _SPELLINGS
    return _SUB_SPELLINGS if table is SUBCATEGORIES else {}


LABELS: Final = {
    "schema": "格式版本",
    "rubric": "评分规则",
    "excerpt": "只摘录了表格的一部分",
    "project": "项目",
    "name": "名称",
    "year": "评价年度",
    "region": "地区",
    "department": "主管部门",
    "unit": "实施单位",
    "started": "开始日期",
    "completed": "完成日期",
    "budget": "项目资金",
    "amount_unit": "金额单位",
    "sources": "资金来源",
    "total": "总额",
    "original": "年初预算数",
    "adjusted": "全年预算数",
    "outturn": "全年执行数",
    "received": "实际到位资金",
    "printed": "原文件上写的数",
    "execution_rate": "执行率",
    "score": "得分",
    "objectives": "年度总体目标",
    "planned": "预期目标",
    "actual": "实际完成值",
    "indicators": "绩效指标",
    "category": "一级指标",
    "subcategory": "二级指标",
    "target": "年度指标值",
    "points": "分值",
    "planned_as": "绩效目标表中的名称",
    "method": "计分方法",
    "rule": "评分标准",
    "goal": "对应的年度绩效目标",
    "splits": "另外的分列",
    "parts": "其中各项",
    "column": "所列的栏",
    "amount": "金额",
    "level": "达成档次",
    "share": "档内比例",
    "deviation_cause": "偏差原因分析",
    "corrective_action": "改进措施",
    "evidence": "佐证材料",
    "title": "标题",
    "file": "文件",
    "sha256": "文件指纹",
    "narrative": "文字说明",
    "grade": "等级",
    "contact": "联系人",
    "phone": "电话",
    "signed": "签署",
    "date": "日期",
    "acknowledged": "已说明的问题",
    "code": "问题编号",
    "where": "位置",
    "reason": "理由",
    "redact": "需要隐去的词",
    "disclosure": "公开审查",
    "classification": "密级",
    "reviewed_by": "审查人",
    "reviewed_on": "审查日期",
    "approved_by": "批准人",
    "approved_on": "批准日期",
    "execution": "预算执行率",
    **NARRATIVE,
}
"""Key of the params file → its Chinese label."""

MISNAMED: Final = {
    "weight": "points",
    "权重": "points",
    "executed": "outturn",
    "spent": "outturn",
    "expenditure": "outturn",
    "initial": "original",
    "full_year": "adjusted",
    "unit_of_amount": "amount_unit",
    "currency": "amount_unit",
    "goal": "target",
    "goals": "objectives",
    "result": "actual",
    "cause": "deviation_cause",
    "measures": "corrective_action",
    "level1": "category",
    "level2": "subcategory",
    "level3": "name",
    "三级指标": "name",
    "项目名称": "name",
    "指标名称": "name",
    "完成值": "actual",
    "指标值": "target",
    "执行数": "outturn",
    "预算数": "adjusted",
    "implementing_unit": "unit",
    "偏差原因": "deviation_cause",
    "偏差原因分析及改进措施": "deviation_cause",
}
"""Words people write for a key of the params file → the key."""


def label(key: str) -> str:
    """Give the Chinese label of a key, or the key itself where it has none."""
    return LABELS.get(key, key)
