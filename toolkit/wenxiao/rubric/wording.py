"""A rubric's faults in a rubric's words: labels, choices and examples for a bureau's own file."""

from typing import Final

from wenxiao.loading import Path_, Sheet
from wenxiao.rubric.model import ITEMS
from wenxiao.rubric.values import PARTS, Reference
from wenxiao.words import KINDS, LABELS, LEVELS, METHODS

_WORDS: Final = {
    "id": "编号", "name": "名称", "based_on": "所依据的规则", "kind": "评价的种类", "scored": "是否计分",
    "references": "来源", "since": "起始年度", "reference": "来源", "verified": "是否核对", "article": "条款",
    "url": "网址", "note": "说明", "at_most": "反向指标公式", "floor": "及格门槛", "bands": "区间", "from": "下限",
    "share": "得分比例", "low": "下限", "high": "上限", "categories": "一级指标", "points": "分值",
    "numerator": "分子", "denominator": "分母", "rate_places": "比率的小数位数", "score_places": "得分的小数位数",
    "rate_first": "是否先舍入执行率", "incomplete_step": "不足一步的扣法", "execution_below": "执行率的界限",
    "above_target_by": "超过指标值的界限", "points_of_one": "单项占比的界限", **PARTS, **LEVELS,
}  # fmt: skip
"""Field of a rubric → its label, where that of a params file is another."""

_CHOICES: Final = {
    **METHODS, **KINDS, **{key: LABELS[key] for key in ("original", "adjusted", "outturn", "received")},
    "linear": "分值×(1−超出部分÷指标值)", "ratio": "分值×指标值÷完成值", "free": "不足一步不扣", "whole": "不足一步按一步扣",
}  # fmt: skip

VALUES: Final = {
    "total": "100",
    "execution_points": "10",
    "execution": "{method: proportional}",
    "category_points": "{output: 50, outcome: 30, satisfaction: 10}",
    "goal_points": "80",
    "inside": "{satisfaction: outcome}",
    "at_least": "{categories: [output, outcome], points: 60}",
    "adjustable": "false",
    "quantitative": "{method: proportional, at_most: linear}",
    "qualitative": "{method: banded}",
    "satisfaction": "{method: interval, bands: [{from: 90%, share: 100%}, {from: 0%, share: 0%}]}",
    "deadlines": "{method: all_or_nothing}",
    "deductions": "{incomplete_step: free}",
    "levels": "{achieved: {low: 80%, high: 100%}, partly: {low: 60%, high: 80%}, missed: {low: 0%, high: 60%}}",
    "measures": "{资金到位率: {numerator: received, denominator: adjusted}}",
    "splits": "[按收入性质分, 按支出性质分]",
    "thresholds": "{execution_below: 80%}",
    "grades": "[{grade: 优, from: 90}, {grade: 良, from: 80}, {grade: 中, from: 60}, {grade: 差, from: 0}]",
    "rounding": "{rate_places: 2, score_places: 2}",
}
"""Name of a dated value → an example of its value, as messages and the documentation show it."""

_FIELDS: Final = {
    "references": "、".join(Reference.model_fields), "levels": "low、high", "measures": "numerator、denominator",
}  # fmt: skip


class RuleSheet(Sheet):
    """A rubric's file: its faults are said with a rubric's words and examples."""

    def problem(
        self, code: str, path: Path_ = (), place: tuple[int, int] | None = None, **values: object
    ) -> None:
        """Note a fault as :class:`Sheet` does, in the words of a rubric."""
        key_is_wrong = "[key]" in path
        path = tuple(part for part in path if part != "[key]")
        item = ITEMS.get(str(path[0])) if path else None
        whole = item is not None and (len(path) == 1 or path[2:] == ("value",))
        values["label"] = _label(code, path, str(values.get("better" if code == "misnamed" else "key", "")))
        if key_is_wrong or path[:1] == ("inside",):
            values["label"] = "达成档次" if path[:1] == ("levels",) else "一级指标"
            values["key"] = path[0]
        if code == "choice" and "（" not in str(values["choices"]):
            choices = str(values["choices"]).split("、")
            values["choices"] = "、".join(f"{c}（{_CHOICES[c]}）" if c in _CHOICES else c for c in choices)
        if code == "unknown" and not values["fields"]:  # below a name that the writer chose
            values["fields"] = _FIELDS.get(str(path[0]), "")
        code = _rule_code(code, path)
        values["value"] = VALUES[str(path[0])] if item else ""
        values["example"] = values["value"] if code == "number" and whole else "10"
        super().problem(code, path, place, **values)


def _label(code: str, path: Path_, key: str) -> str:
    """Give the label of the field a fault speaks of: the one that is missing or was meant, else the last of the path."""
    names = [part for part in path if isinstance(part, str)]
    last = key if code in ("missing", "misnamed") or not names else names[-1]
    item = ITEMS.get(names[0] if last == "value" else last)
    return item.zh if item else _WORDS.get(last) or LABELS.get(last, last)


_RULE_CODES: Final = {
    "share": "rule_share", "year": "rule_year", "negative": "rule_negative", "blank": "rule_blank", "empty": "rule_blank",
    "several_documents": "rubric_documents", "too_deep": "rubric_deep",
}  # fmt: skip


def _rule_code(code: str, path: Path_) -> str:
    """Give the fault as a rubric says it: what belongs here is a list of dated values, a value, or references."""
    if path and path[0] == "references" and code in ("mapping", "text"):
        return "rule_reference"
    if path and path[0] in ITEMS and code in ("list", "mapping", "text", "empty"):
        if len(path) == 1:
            return "rule_empty" if code == "empty" else "rule_dated"
        if len(path) == 2:
            return "rule_dated"
        if code != "empty" and path[2] == "value":
            return "rule_value"
    return _RULE_CODES.get(code, code)
