"""Faults in what the document prints; they fit only where scores are printed."""

from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.money import show
from wenxiao.sampling.claims import reprint_total
from wenxiao.sampling.data import Facts
from wenxiao.sampling.faults.kinds import Fault, first


def _rate_of_100(facts: Facts, evaluation: Evaluation) -> str | None:
    rate = evaluation.budget.total.rate
    if rate is None or rate > Decimal("0.99"):
        return None
    facts["budget"]["printed"]["execution_rate"] = "100%"
    return "budget.printed.execution_rate"


def _full_execution_score(facts: Facts, evaluation: Evaluation) -> str | None:
    value, points = evaluation.budget.score.value, evaluation.budget.score.points
    if value is None or points is None or points - value < Decimal("0.5"):
        return None
    facts["budget"]["printed"]["score"] = show(points)
    reprint_total(facts)
    return "budget.printed.score"


def _wrong_total(facts: Facts, evaluation: Evaluation) -> str | None:
    if evaluation.total is None or evaluation.total > 99:
        return None
    facts["printed"]["total"] = show(evaluation.total + Decimal("0.5"))
    return "printed.total"


def _unknown_grade(facts: Facts, evaluation: Evaluation) -> str | None:
    if evaluation.grade != "excellent":
        return None
    facts["printed"]["grade"] = "优秀"
    return "printed.grade"


def _score_above_points(facts: Facts, evaluation: Evaluation) -> str | None:
    at = first(facts, lambda row: "printed" in row)
    if at is None:
        return None
    row = facts["indicators"][at]
    row["printed"]["score"] = show(row["points"] + 1)
    reprint_total(facts)
    return f"indicators[{at}].printed.score"


def _full_marks_unmet(facts: Facts, evaluation: Evaluation) -> str | None:
    for i, result in enumerate(evaluation.indicators):
        value, points = result.score.value, result.score.points
        if result.met is False and value is not None and points is not None and value < points:
            facts["indicators"][i]["printed"]["score"] = show(points)
            reprint_total(facts)
            return f"indicators[{i}].printed.score"
    return None


FAULTS: Final = (
    Fault("B101", "error", "执行率写成 100%", _rate_of_100),
    Fault("B104", "error", "执行率得分写成满分", _full_execution_score),
    Fault("S202", "error", "总分多写 0.5 分", _wrong_total),
    Fault("S203", "warning", "等级写成“优秀”", _unknown_grade),
    Fault("I301", "error", "得分写得比分值多 1 分", _score_above_points),
    Fault("I302", "error", "未完成的指标写成满分", _full_marks_unmet),
)
"""Faults of what is printed."""
