"""Faults in 项目资金."""

from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.money import half_up
from wenxiao.sampling.data import Facts
from wenxiao.sampling.faults.kinds import Fault, drop_reasons
from wenxiao.sampling.money import sums


def _outturn_above(facts: Facts, evaluation: Evaluation) -> str:
    budget = facts["budget"]
    source = budget["sources"][0]
    source["outturn"] = source["adjusted"] + (source["adjusted"] / 20).quantize(Decimal(1)) + 1
    _retotal(budget)
    return "budget.sources[0]"


def _wrong_sum(facts: Facts, evaluation: Evaluation) -> str | None:
    budget = facts["budget"]
    if len(budget["sources"]) < 2:
        return None
    budget["total"] = sums(budget) | {"adjusted": budget["sources"][0]["adjusted"]}
    return "budget.total.adjusted"


def _no_reason(facts: Facts, evaluation: Evaluation) -> str | None:
    rate, threshold = evaluation.budget.total.rate, evaluation.rules.thresholds.execution_below
    if rate is None or threshold is None or rate >= threshold:
        return None
    drop_reasons(facts["budget"])
    return "budget"


def _yuan_for_ten_thousand(facts: Facts, evaluation: Evaluation) -> str | None:
    budget = facts["budget"]
    if budget["amount_unit"] == "元" or evaluation.budget.total.adjusted >= 900:
        return None
    budget["amount_unit"] = "元"
    for source in budget["sources"]:  # 元 has two decimals only; rounded parts must still add up
        source |= {key: half_up(value, 2) for key, value in source.items() if key != "name"}
    _retotal(budget)
    return "budget.amount_unit"


def _fraction_spent(facts: Facts, evaluation: Evaluation) -> str | None:
    met = [r.met for r in evaluation.indicators if r.indicator.category == "output" and r.met is not None]
    if len(met) < 2 or not all(met):
        return None
    budget = facts["budget"]
    for source in budget["sources"]:
        source["outturn"] = half_up(source["adjusted"] * Decimal("0.31"), 2)
    _retotal(budget)
    drop_reasons(budget)
    return "budget"


def _retotal(budget: Facts) -> None:
    if "total" in budget:
        budget["total"] = sums(budget)


FAULTS: Final = (
    Fault("B102", "error", "执行数改得大于全年预算数", _outturn_above),
    Fault("B103", "error", "总额漏加了第一项以外的资金来源", _wrong_sum),
    Fault("B105", "warning", "删去执行率偏低的原因和措施", _no_reason),
    Fault("B106", "warning", "金额单位由万元改为元，数字未换算", _yuan_for_ten_thousand),
    Fault("B107", "warning", "执行数改为约三成，产出仍全部完成，没有原因", _fraction_spent),
)
"""Faults of the budget."""
