"""A number put where another stands: in the unit's own spelling, on the terms of its target."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import IndicatorResult
from wenxiao.money import exact, places_of, plain, show
from wenxiao.target import Bound, Quantity, Range, comparable, read, spell

_NUMERAL: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Terms:
    """How the actual of an indicator is written, and the bounds of its target in the same unit, the lower first."""

    like: Quantity
    text: str | None
    bounds: tuple[Decimal, ...]

    def spelled(self, number: Decimal) -> str:
        """Write an actual with another number.

        >>> eight = Terms(read("8个").quantity, "共8个", (Decimal(9),))
        >>> eight.spelled(Decimal(9)), Terms(read("8个").quantity, None, ()).spelled(Decimal("7.50"))
        ('共9个', '7.5个')
        """
        wanted = Bound(None, replace(self.like, number=number))
        found = _NUMERAL.findall(self.text or "")
        if self.text is not None and len(found) == 1:
            put = self.text.replace(found[0], show(number))
            if read(put) in (wanted, replace(wanted, sign="=")):
                return put
        return spell(replace(wanted, quantity=replace(wanted.quantity, number=plain(number))))

    def number(self, text: str) -> Decimal | None:
        """Give the number of an actual as it stands beside the bounds; None when it has none that compares."""
        reading = read(text) if text.strip() else None
        return self._of(reading.quantity) if isinstance(reading, Bound) else None

    def _of(self, quantity: Quantity) -> Decimal | None:
        return _on(self.like, quantity)


def _on(like: Quantity, quantity: Quantity) -> Decimal | None:
    """Give a quantity's number in the unit and scale of another."""
    if (not like.unit and not like.lead) or (not quantity.unit and not quantity.lead):
        return quantity.number  # a bare number is on the other's terms
    same = comparable(like, quantity)
    if same is None:
        return None
    with exact():
        return plain(same.value / like.scale)


def terms_of(result: IndicatorResult) -> Terms | None:
    """Give the terms of an indicator whose target is a number; None for all others."""
    target = result.target
    if not isinstance(target, Bound | Range):
        return None
    ends = (target.quantity,) if isinstance(target, Bound) else (target.low, target.high)
    if isinstance(result.actual, Bound):
        like, text = result.actual.quantity, result.indicator.actual
        bounds = [_on(like, end) for end in ends]
        if all(bound is not None for bound in bounds):
            return Terms(like, text, tuple(bound for bound in bounds if bound is not None))
    return Terms(ends[-1], None, tuple(end.number for end in ends))


def reaching(result: IndicatorResult, terms: Terms) -> Decimal:
    """Give the number nearest to the actual that reaches the target: the bound, or the next one beyond ``>`` and ``<``."""
    target, bounds = result.target, terms.bounds
    if isinstance(target, Range):
        now = terms.number(result.stated or "")
        return bounds[-1] if now is not None and now > bounds[-1] else bounds[0]
    assert isinstance(target, Bound)
    step = Decimal(1).scaleb(-places_of(bounds[0]))
    beyond = {">": step, "<": -step}.get(target.sign or "", Decimal(0))
    with exact():
        return bounds[0] + beyond
