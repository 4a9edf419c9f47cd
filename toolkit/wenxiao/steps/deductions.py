"""Points lost step by step: 每降5%扣1分, 少一个扣1分, 每延迟一周扣2分."""

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from wenxiao.money import ZERO, exact
from wenxiao.steps.measures import COMPLETION, DAYS, PERCENT, POINTS_OF_PERCENT, Target, is_rate
from wenxiao.target import Bound, Quantity, Range, comparable

Side = Literal["below", "above", "late", "either"]
"""On which side of the target points are lost: 少, 降低 · 超过, 增加 · 逾期, 延迟 · 差, 偏离."""


@dataclass(frozen=True)
class Steps:
    """``deduct`` points are lost for each step of ``per`` (5%, 1个, 1天) away from the target.

    ``round_up`` is what the rule says of a begun step (不足5%按5%计 → True), None where it says nothing; ``full`` the
    full marks and ``target`` the target as far as the rule states them; ``of`` the measure it names (满意率), or "".
    """

    per: Quantity
    deduct: Decimal
    round_up: bool | None = None
    full: Decimal | None = None
    target: Target | None = None
    side: Side = "either"
    of: str = ""

    def count(self, target: Bound | Range, actual: Decimal, round_up: bool) -> int | None:
        """Give the steps lost at ``actual`` (in plain units of the target); 0 when the target is met.

        ``round_up`` decides about a begun step where the rule doesn't. A step in % counts percentage points of a
        target in %, and percent of the target in other units. None where rule and target don't fit each other:
        other units, the other side of the target, or a target without unit that may be a rate or a number.

        >>> from wenxiao.steps import read_rule
        >>> from wenxiao.target import read
        >>> rule = read_rule("每降5%扣1分，扣完为止")
        >>> rule.count(read("≥90%"), Decimal(84), True), rule.count(read("≥200人"), Decimal(184), True)
        (2, 2)
        >>> rule.count(read("≤3次"), Decimal(4), True) is None
        True
        """
        if target.met_by(actual):
            return 0
        bound = target if isinstance(target, Bound) else target.side(actual)
        tolerance = isinstance(target, Range) and target.low.value == -target.high.value
        step = self._step(bound.quantity)
        if bound.approximate or step is None or not self._speaks_of(bound.lower_is_better, tolerance):
            return None
        away = abs(Fraction(actual) - Fraction(bound.quantity.value))
        return self._whole(away / Fraction(step), round_up)

    def late(self, days: int, round_up: bool) -> int | None:
        """Give the steps lost ``days`` after a deadline; None unless the rule counts days or weeks too late.

        >>> from wenxiao.steps import read_rule
        >>> read_rule("每延迟一周扣2分").late(8, round_up=False), read_rule("每延迟1个月扣2分").late(8, round_up=False)
        (1, None)
        """
        length = DAYS.get(self.per.unit)
        if length is None or self.side == "below":
            return None
        return 0 if days <= 0 else self._whole(Fraction(days) / (Fraction(self.per.value) * length), round_up)

    def _whole(self, steps: Fraction, round_up: bool) -> int:
        up = round_up if self.round_up is None else self.round_up
        # A strict bound (>90%) is missed at 90% itself, by less than any number: still a begun step.
        return max(1, math.ceil(steps)) if up else math.floor(steps)

    def _speaks_of(self, above: bool, tolerance: bool) -> bool:
        """Tell whether the rule deducts on this side; ±10% is exceeded (超过) on both."""
        if self.side == "either":
            return True
        return not above if self.side == "below" else above or tolerance

    def _step(self, target: Quantity) -> Decimal | None:
        """Give the length of a step in plain units of the target, or None where the two have no common measure."""
        if self.per.unit in PERCENT:
            return self._percent_step(target)
        if not self.per.unit:
            return self.per.value if target.scale == 1 and self.per.scale == 1 else None
        if not target.unit and not target.scale == self.per.scale == 1:
            return None
        same = comparable(replace(target, lead=""), self.per)
        return same.value if same is not None else None

    def _percent_step(self, target: Quantity) -> Decimal | None:
        rate = target.unit in PERCENT
        completion = self.of in COMPLETION
        if self.per.unit in POINTS_OF_PERCENT and not completion:
            return self.per.value if rate or not target.unit else None
        if (rate and completion) or not target.unit:
            # Percent of the target or percentage points? Both are the same only at 100.
            return self.per.value if target.value == 100 else None
        if rate:
            return self.per.value
        if (is_rate(self.of) and not completion) or target.value <= 0:
            return None
        with exact():
            return target.value * self.per.value / 100


def stepwise(points: Decimal, deduct: Decimal, count: int) -> Decimal:
    """Give the points left after ``count`` steps, never less than none (扣完为止).

    >>> stepwise(Decimal(6), Decimal("0.5"), 3), stepwise(Decimal(6), Decimal(1), 9)
    (Decimal('4.5'), Decimal('0'))
    """
    with exact():
        return max(ZERO, points - count * deduct)
