"""Which rubric a document was scored by: from its layout where that is certain, else the general ones, with a remark."""

import re
from dataclasses import dataclass

from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.indicators import label_key
from wenxiao.rubric import load_rubric
from wenxiao.words import CATEGORIES


@dataclass(frozen=True)
class Choice:
    """A rubric's id, why it was chosen, and whether the layout leaves no doubt."""

    rubric: str
    why: str
    certain: bool


def choose(found: Found, year: int | None) -> Choice:
    """Choose a rubric; one that does not reach back to the year evaluated is not chosen."""
    choice = _by_layout(found)
    if choice is None or (year is not None and not _reaches(choice.rubric, year)):
        choice = _general(found)
    if year is not None and not _reaches(choice.rubric, year):
        why = f"{choice.rubric} 不适用于{year}年度，暂用不设分值的规则"
        return Choice("county-no-scores", why, False)
    return choice


def _reaches(rubric: str, year: int) -> bool:
    try:
        load_rubric(rubric).at(year)
    except LookupError:
        return False
    return True


def _by_layout(found: Found) -> Choice | None:
    words, execution = found.words, _execution_points(found)
    whole = "部门整体" in words
    headings = {
        key
        for table in found.tables
        for row in table.rows
        if (cell := row.parts.cell("category")) and (key := label_key(CATEGORIES, cell.text))
    }
    columns = [table.columns for table in found.tables]
    if any(one.has("share") for one in columns):
        return Choice("chongqing-10-90", "表上有“得分系数”一栏", True)
    if whole and found.splits and any("按收入性质分" in name.text for name, _, _ in found.splits):
        return Choice("hunan-department", "表上有“按收入性质分”“按支出性质分”", True)
    if re.search(r"支出实现率", words) and any(one.has("rule") for one in columns):
        return Choice("fujian-deductions", "表上有“支出实现率”和各项指标的评分标准", True)
    if execution == "20" and re.search(r"年度绩效目标", words):
        return Choice("hubei-20-80", "表上预算执行20分、年度绩效目标80分", True)
    if {"decision", "process"} <= headings and execution in (None, "10") and not whole and "宁夏" in words:
        return Choice("ningxia-10-25-30-35", "宁夏的表，设项目决策、项目管理", True)
    if {"decision", "process"} <= headings:
        return Choice("mof-2020-framework", "表上设决策、过程指标", False)
    if re.search(r"调整后预算", words) and _has_points(found) and execution == "10":
        return Choice("sichuan-10-90", "表上有“调整后预算数”和指标权重", True)
    if "得分计算方法" in words and "北京" in words:
        return Choice("beijing-2016", "北京的表，有“得分计算方法”一栏", True)
    if "得分计算方法" in words and "江西" in words:
        return Choice("jiangxi-2017", "江西的表，有“得分计算方法”一栏", True)
    if "转移支付" in words and not _has_points(found):
        return Choice("transfer-no-scores", "转移支付的表，不设分值", True)
    return None


def _general(found: Found) -> Choice:
    if not _has_points(found):
        return Choice("county-no-scores", "表上没有分值", True)
    groups = {key: value.text for key, value in found.group_points.items()}
    ministry = {"output": "50", "outcome": "30"}
    certain = ministry.items() <= groups.items() or _execution_points(found) == "10"
    return Choice("mof-2020", "未见到某地规则的特征，用财政部通行规则", certain)


def _has_points(found: Found) -> bool:
    printed = any(row.said("points") or row.said("score") for table in found.tables for row in table.rows)
    return printed or bool(found.group_points)


def _execution_points(found: Found) -> str | None:
    value = found.group_points.get("execution")
    return value.text if value else None
