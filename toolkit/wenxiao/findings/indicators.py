"""Findings on single indicators: I301, I302, I303, I304, I305, I313, I314."""

from collections.abc import Iterator
from decimal import Decimal

from wenxiao.evaluation import Evaluation, Finding, IndicatorResult
from wenxiao.findings.catalogue import finding
from wenxiao.money import printed_number, show


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on each indicator, in the order of the form."""
    for i, result in enumerate(evaluation.indicators):
        where = f"indicators[{i}]"
        yield from score(result, where)
        yield from actual(result, where)
        indicator = result.indicator
        if indicator.planned_as is not None and indicator.planned_as != indicator.name:
            yield finding(
                "I313", "error", f"{where}.planned_as", printed=indicator.name, name=indicator.name,
                planned=indicator.planned_as,
            )  # fmt: skip


def score(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I301, I302, I314 on the printed score; I303 on the printed score or, without one, on the computed."""
    indicator, computed, points = result.indicator, result.score.value, result.indicator.points
    claim = printed_number(indicator.printed.score) if indicator.printed.score else None
    given: Decimal | None = claim.value if claim is not None else computed
    if claim is not None and points is not None:
        at = f"{where}.printed.score"
        shown = str(computed) if computed is not None else None
        values = {"name": indicator.name, "target": indicator.target, "actual": indicator.actual}
        if claim.value > points:
            yield finding(
                "I301",
                "error",
                at,
                printed=claim.text,
                computed=shown,
                name=indicator.name,
                points=show(points),
            )
        elif claim.value == points and result.met is False:
            # Where the rubric gives no score, full marks for an unmet target stay certain; only the number is open.
            yield finding(
                "I302", "error", at, printed=claim.text, computed=shown or "按规则计算的得分", **values
            )
        elif computed is not None and claim.value != computed:
            high = claim.value > computed
            yield finding(
                "I314", "error" if high else "warning", at, printed=claim.text, computed=shown, name=indicator.name,
                formula=result.score.formula,
            )  # fmt: skip
    if given is not None and points is not None and given < points and indicator.deviation_cause is None:
        yield finding(
            "I303", "warning", where, printed=claim.text if claim else None, name=indicator.name, points=show(points),
            score=show(given), lost=show(points - given),
        )  # fmt: skip


def actual(result: IndicatorResult, where: str) -> Iterator[Finding]:
    """I304: the actual is a bound; I305: a quantitative target with an actual that holds no comparable number."""
    indicator = result.indicator
    if result.target is None or indicator.actual is None:
        return
    at = f"{where}.actual"
    if result.actual is None or (result.met is None and result.actual.sign in (None, "=")):
        yield finding(
            "I305", "warning", at, printed=indicator.actual, name=indicator.name, target=indicator.target,
            actual=indicator.actual,
        )  # fmt: skip
    elif result.actual.sign not in (None, "="):
        yield finding(
            "I304", "warning", at, printed=indicator.actual, name=indicator.name, actual=indicator.actual
        )
