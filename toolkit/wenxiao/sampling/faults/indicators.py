"""Faults in 绩效指标: points, reasons, targets and actuals."""

from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.money import half_up, show
from wenxiao.sampling.data import Facts
from wenxiao.sampling.faults.kinds import Fault, drop_reasons, first
from wenxiao.target import Bound


def _points_of_110(facts: Facts, evaluation: Evaluation) -> str | None:
    if not evaluation.rules.scored:
        return None
    facts["indicators"][0]["points"] += 10
    return "indicators"


def _no_reason(facts: Facts, evaluation: Evaluation) -> str | None:
    for i, result in enumerate(evaluation.indicators):
        value, points = result.score.value, result.score.points
        if value is not None and points is not None and value < points:
            drop_reasons(facts["indicators"][i])
            return f"indicators[{i}]"
    return None


def _bound_repeated(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: row["target"].startswith("≥"))
    if at is None:
        return None
    facts["indicators"][at]["actual"] = facts["indicators"][at]["target"]
    return f"indicators[{at}].actual"


def _money_as_timeliness(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: row["category"] == "output" and row["subcategory"] == "quality")
    if at is None:
        return None
    facts["indicators"][at] |= {"subcategory": "timeliness", "name": "项目资金拨付率"}
    return f"indicators[{at}]"


def _far_above(facts: Facts, evaluation: Evaluation) -> str | None:
    for i, result in enumerate(evaluation.indicators):
        row, target = facts["indicators"][i], result.target
        if row["subcategory"] == "quantity" and isinstance(target, Bound) and not target.lower_is_better:
            quantity = target.quantity
            row["actual"] = f"{show(half_up(quantity.number * Decimal('1.7') + 1, 0))}{quantity.unit}"
            drop_reasons(row)
            return f"indicators[{i}].actual"
    return None


def _no_level(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: "level" in row)
    if at is None:
        return None
    row = facts["indicators"][at]
    for key in ("level", "share", "evidence"):
        row.pop(key, None)
    row["actual"] = row["target"]
    return f"indicators[{at}].actual"


def _scanned_bound(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: row["category"] == "satisfaction" and row["target"].startswith("≥"))
    if at is None:
        return None
    row = facts["indicators"][at]
    row["target"] = f"2{row['target'].removeprefix('≥')}"
    return f"indicators[{at}].target"


def _another_name(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: row["category"] == "satisfaction")
    if at is None:
        return None
    facts["indicators"][at]["planned_as"] = "烈属及祭扫群众满意度"
    return f"indicators[{at}].planned_as"


FAULTS: Final = (
    Fault("S201", "error", "第一项指标的分值多写 10 分，合计 110 分", _points_of_110),
    Fault("I303", "warning", "删去扣分的原因和措施", _no_reason),
    Fault("I304", "warning", "实际完成值照抄指标值的界限", _bound_repeated),
    Fault("I307", "warning", "用资金拨付率当作时效指标", _money_as_timeliness),
    Fault("I309", "warning", "完成值改为指标值的 1.7 倍以上，没有说明", _far_above),
    Fault("I310", "warning", "定性结果照抄指标值，删去档次和佐证", _no_level),
    Fault("I312", "warning", "指标值的“≥”写成“2”，像扫描识别的错误", _scanned_bound),
    Fault("I313", "error", "目标表的指标名称来自别的项目", _another_name),
)
"""Faults of the indicators."""
