"""Findings on what a single indicator states and earns: I301–I305, I309, I310, I313, I314."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation, Finding, IndicatorResult
from wenxiao.findings.catalogue import finding
from wenxiao.money import AmountUnit, convert, percent, printed_number, show
from wenxiao.numerals import normal
from wenxiao.target import Bound, Moment, Range

_TOTAL_COST: Final = ("总成本", "总投资", "项目成本", "总费用")
_LEVEL_NAME: Final = re.compile(r"达成(?:年度|预期)?(?:指标|目标)|部分(?:达成|实现)|实现目标程度")
"""The levels' own names, printed as the actual."""
_NEAR_THE_TOP: Final = 80
"""A target from 80 % on can't be exceeded far by a rate that ends at 100 %."""


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on each indicator, in the order of the form."""
    for i, result in enumerate(evaluation.indicators):
        where = f"indicators[{i}]"
        yield from score(result, where, evaluation.project.is_excerpt)
        yield from actual(result, where)
        yield from whole_cost(evaluation, result, where)
        yield from far_above(evaluation, result, where)
        yield from judged(result, where)
        indicator = result.indicator
        if indicator.planned_as is not None and _named(indicator.planned_as) != _named(indicator.name):
            yield finding(
                "I313", "error", f"{where}.planned_as", printed=indicator.name, name=indicator.name,
                planned=indicator.planned_as,
            )  # fmt: skip


def _named(name: str) -> str:
    """Give a name without what does not tell two indicators apart: spaces, and full or half width of signs."""
    return re.sub(r"\s+", "", normal(name))


def score(result: IndicatorResult, where: str, excerpt: bool) -> Iterator[Finding]:
    """I301, I302, I314 on the printed score; I303 on the printed score or, without one, on the computed.

    Of an excerpt the column of reasons may be missing: then I303 is only a note.
    """
    indicator, computed, points = result.indicator, result.score.value, result.indicator.points
    claim = printed_number(indicator.printed.score) if indicator.printed.score else None
    if claim is not None and points is not None:
        yield from _claimed(result, claim.text, claim.value, points, f"{where}.printed.score")
    given: Decimal | None = claim.value if claim is not None else computed
    if given is not None and points is not None and given < points and indicator.deviation_cause is None:
        yield finding(
            "I303", "note" if excerpt else "warning", where, printed=claim.text if claim else None, name=indicator.name, points=show(points),
            score=show(given), lost=show(points - given),
        )  # fmt: skip


def _claimed(
    result: IndicatorResult, text: str, value: Decimal, points: Decimal, at: str
) -> Iterator[Finding]:
    indicator, computed = result.indicator, result.score.value
    shown = str(computed) if computed is not None else None
    name = indicator.name
    if value > points:
        yield finding("I301", "error", at, printed=text, computed=shown, name=name, points=show(points))
    elif value == points and result.met is False and computed != points:
        # Where the rubric gives no score, full marks for an unmet target stay certain; only the number is open.
        yield finding(
            "I302", "error", at, printed=text, computed=shown or "按规则计算的得分", name=name,
            target=indicator.target, actual=result.stated,
        )  # fmt: skip
    elif computed is not None and value != computed:
        yield finding(
            "I314", "error" if value > computed else "warning", at, printed=text, computed=shown, name=name,
            formula=result.score.formula,
        )  # fmt: skip


def actual(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I304: the actual is a bound; I305: a target with a number or date, and an actual that can't be compared with it."""
    if (
        not result.quantitative
        or result.stated is None
        or not result.unmeasured
        or result.measured is not None
    ):
        return
    indicator, one = result.indicator, result.actual
    bound = (isinstance(one, Bound) and one.sign not in (None, "=")) or (
        isinstance(one, Moment) and one.before
    )
    values = {"printed": result.stated, "name": indicator.name, "actual": result.stated}
    if bound or isinstance(one, Range):
        why, why_en = "是界限，不是测得的数", "is a bound; nothing was measured"
        yield finding("I304", "warning", f"{where}.actual", **values, why=why, why_en=why_en)
    else:
        yield finding(
            "I305", "warning", f"{where}.actual", **values, target=indicator.target, why=result.unmeasured
        )


def whole_cost(evaluation: Evaluation, result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I304: the whole project's cost given as its bound, while the outturn is another amount."""
    indicator, target, measured = result.indicator, result.target, result.measured
    if (
        not any(word in indicator.name for word in _TOTAL_COST)
        or measured is None
        or not isinstance(target, Bound)
    ):
        return
    if measured.value != target.quantity.value or measured.unit != "元":
        return
    unit: AmountUnit = evaluation.project.budget.amount_unit
    spent = convert(evaluation.budget.total.outturn, unit, "元")
    if spent and spent != measured.value:
        yield finding(
            "I304", "warning", f"{where}.actual", printed=result.stated, name=indicator.name, actual=result.stated,
            computed=f"{show(evaluation.budget.total.outturn)}{unit}",
            why=f"正好是指标值，而全年执行数是 {show(evaluation.budget.total.outturn)}{unit}",
            why_en=f"is the target itself, while the outturn is {show(evaluation.budget.total.outturn)} {unit}",
        )  # fmt: skip


def far_above(evaluation: Evaluation, result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I309: more is better and the target is exceeded by more than the rubric's threshold, without explanation."""
    target, most, reached = result.target, evaluation.rules.thresholds.above_target_by, result.attained
    if most is None or reached is None or reached <= 1 + most or result.indicator.deviation_cause:
        return
    if not isinstance(target, Bound) or target.lower_is_better:
        return
    if target.quantity.unit == "%" and target.quantity.value >= _NEAR_THE_TOP:
        return
    yield finding(
        "I309", "note" if evaluation.project.is_excerpt else "warning", f"{where}.actual", printed=result.stated,
        computed=percent(reached, 1), name=result.indicator.name, target=result.indicator.target, actual=result.stated,
    )  # fmt: skip


def judged(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I310: a result in words with neither level nor share nor evidence; a warning where it repeats the target."""
    indicator = result.indicator
    if result.quantitative or result.stated is None or isinstance(result.actual, Bound | Moment):
        return
    if (
        indicator.level
        or indicator.share is not None
        or indicator.evidence
        or _LEVEL_NAME.search(result.stated)
    ):
        return
    same = indicator.target is not None and normal(indicator.target) == normal(result.stated)
    yield finding(
        "I310", "warning" if same else "note", f"{where}.actual", printed=result.stated, name=indicator.name,
        actual=result.stated, repeats="，与指标值相同" if same else "", repeats_en=", the same as the target" if same else "",
    )  # fmt: skip
