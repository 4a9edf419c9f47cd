"""A rule in its normal wording."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wenxiao.money import ZERO, exact, show
from wenxiao.steps.bands import Bands, PointBand
from wenxiao.steps.deductions import Side, Steps
from wenxiao.steps.measures import PERCENT
from wenxiao.steps.rules import AllOrNothing, Rule
from wenxiao.target import spell


def spell_rule(rule: Rule) -> str:
    """Write a rule in its normal wording; reading that gives the same rule.

    >>> from wenxiao.steps import read_rule
    >>> spell_rule(read_rule("群众满意率90%以上得10分;每降5%扣减1分(不足5%的按5%计算),直至扣完"))
    '群众满意率≥90%得10分，群众满意率每降低5%扣1分，不足5%按5%计，扣完为止'
    >>> spell_rule(read_rule("80%(含)以上的，得8分；60%—80%得6分；其他不得分"))
    '80%以上得8分，60%-80%得6分，否则不得分'
    """
    match rule:
        case Steps():
            return "，".join(_spell_steps(rule))
        case Bands():
            full = [] if rule.full is None else [f"满分{show(rule.full)}分"]
            return "，".join([*full, *(_spell_band(band, rule) for band in rule.bands)])
        case AllOrNothing(full=full_, target=target, of=of):
            met = "达到指标值" if target is None else f"{of}{spell(target)}"
            return f"{met}{_earned(full_)}，否则不得分"
        case _:
            return rule.clause


def _earned(points: Decimal | None) -> str:
    if points is None:
        return "得满分"
    return f"得{show(points)}分" if points else "不得分"


_VERBS: Final[dict[Side, str]] = {"below": "少", "above": "超过", "late": "延迟", "either": "相差"}


def _spell_steps(rule: Steps) -> Iterator[str]:
    if rule.target is not None:
        yield f"{rule.of}{spell(rule.target)}{_earned(rule.full)}"
    elif rule.full is not None:
        yield f"满分{show(rule.full)}分"
    per = rule.per.shown
    verb = "降低" if rule.side == "below" and rule.per.unit in PERCENT else _VERBS[rule.side]
    yield f"{rule.of}每{verb}{per}扣{show(rule.deduct)}分"
    if rule.round_up is not None:
        yield f"不足{per}按{per}计" if rule.round_up else f"不足{per}不扣分"
    yield "扣完为止"


def _spell_band(band: PointBand, rule: Bands) -> str:
    earned = _earned(band.points)
    if band.low is None and band.high is None:
        return f"否则{earned}"
    return f"{rule.of}{_spell_ends(band, rule.unit)}{earned}"


def _spell_ends(band: PointBand, unit: str) -> str:
    sign = "±" if band.absolute else ""
    low, high = (_amount(ZERO if end is None else end, unit) for end in (band.low, band.high))
    low = f"{sign}{low}"
    if band.high is None:
        above = f"{low}以外" if band.absolute else f"超过{low}"
        return f"{low}以上" if band.low_included else above
    if band.low is None:
        within = "以内" if band.absolute else "以下"
        return f"{sign}{high}{within}" if band.high_included else f"低于{sign}{high}"
    if band.low == band.high:
        return low
    out = "", "(不含)"
    # 5-8个, 100-200万元: the unit once, but 80%-90%.
    tail = high.lstrip("-.0123456789")
    if unit not in PERCENT and low.lstrip("-.0123456789") == tail:
        low = low.removesuffix(tail)
    return f"{low}{out[not band.low_included]}-{high}{out[not band.high_included]}"


def _amount(value: Decimal, unit: str) -> str:
    """Write an amount, in 万 where that is shorter: 100万元."""
    with exact():
        myriads = value / 10_000
    whole = unit and unit not in PERCENT and value and myriads == myriads.to_integral_value()
    return f"{show(myriads)}万{unit}" if whole else f"{show(value)}{unit}"
