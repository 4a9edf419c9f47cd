"""What would have to stand in the facts for an indicator to reach its target, or for the money to be spent."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation, IndicatorResult
from wenxiao.exploring.numbers import reaching, terms_of
from wenxiao.model import Amounts, Budget
from wenxiao.money import CENT_PLACES, exact, half_up, places_of, show
from wenxiao.rubric import Rules
from wenxiao.scoring import method_of
from wenxiao.target import Moment

Facts = dict[str, str]
JUDGED: Final = ("banded", "coefficient")
FULL: Final = "100%"
TOTAL: Final = "budget.total.outturn"
_AMOUNT: Final = re.compile(r"\d{1,18}(\.\d{1,18})?")


def short(evaluation: Evaluation) -> list[int]:
    """Give the places of the indicators that miss their target, earn less than full points, or can't be scored."""

    def falls_short(result: IndicatorResult) -> bool:
        points, value = result.score.points, result.score.value
        loses = evaluation.rules.scored and points is not None and (value is None or value < points)
        return loses or result.met is False

    return [i for i, result in enumerate(evaluation.indicators) if falls_short(result)]


def meeting(index: int, result: IndicatorResult, rules: Rules, year: int) -> Facts:
    """Give the facts by which an indicator reaches its target; empty where its kind of target names none.

    A number becomes the bound of the target, a date its last day, and what is judged gets the best level and share.
    """
    at, indicator = f"indicators[{index}]", result.indicator
    facts: Facts = {}
    if method_of(indicator, result.target, rules) in JUDGED:
        if indicator.share != 1:
            facts[f"{at}.share"] = FULL
        if rules.levels and indicator.level != "achieved" and not result.quantitative:
            facts[f"{at}.level"] = "achieved"
        if result.stated is None and indicator.target:
            facts[f"{at}.actual"] = indicator.target
        return facts
    if isinstance(result.target, Moment):
        last = result.target.days(year)[1]
        return {f"{at}.actual": f"{last.year}年{last.month}月{last.day}日"}
    terms = terms_of(result)
    return {} if terms is None else {f"{at}.actual": terms.spelled(reaching(result, terms))}


def spending(budget: Budget, share: Decimal) -> Facts:
    """Give the facts by which a share of 全年预算数 is spent, of each source alike, to the cent; only what changes."""
    parts: dict[str, Amounts] = {
        f"budget.sources[{i}].outturn": part for i, part in enumerate(budget.sources)
    }
    if budget.total is not None and not parts:
        parts[TOTAL] = budget.total
    wanted = {where: _part(budget, part.adjusted, share) for where, part in parts.items()}
    facts = {where: show(amount) for where, amount in wanted.items() if amount != parts[where].outturn}
    return facts | following(budget, facts)


def _part(budget: Budget, adjusted: Decimal, share: Decimal) -> Decimal:
    with exact():
        return half_up(adjusted * share, min(CENT_PLACES[budget.amount_unit], places_of(adjusted) + 4))


def following(budget: Budget, facts: Mapping[str, object]) -> Facts:
    """Give the total that follows changed outturns of sources; empty where none is stated or an amount can't be read.

    What the file contradicts, it goes on contradicting by as much.
    """
    stated = {f"budget.sources[{i}].outturn": part.outturn for i, part in enumerate(budget.sources)}
    changed = {where: str(value) for where, value in facts.items() if where in stated}
    if budget.total is None or not changed or not all(map(_AMOUNT.fullmatch, changed.values())):
        return {}
    with exact():
        by = sum((Decimal(value) - stated[where] for where, value in changed.items()), Decimal(0))
        return {TOTAL: show(max(budget.total.outturn + by, Decimal(0)))}
