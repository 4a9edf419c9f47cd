"""Points by band: 90%以上得10分，80%-90%得8分."""

from dataclasses import dataclass, replace
from decimal import Decimal

from wenxiao.money import exact
from wenxiao.steps.measures import COMPLETION
from wenxiao.target import Bound, Quantity, Range, comparable


@dataclass(frozen=True)
class PointBand:
    """From ``low`` to ``high`` (None: open), with or without the ends; ``absolute`` for ±…, the deviation either way."""

    points: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    high_included: bool = True
    absolute: bool = False

    @property
    def ends(self) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
        """Both ends, as pairs that compare in the order of the numbers that lie between them."""
        low = (Decimal("-Infinity"), 0) if self.low is None else (self.low, 0 if self.low_included else 1)
        high = (Decimal("Infinity"), 0) if self.high is None else (self.high, 0 if self.high_included else -1)
        return low, high

    def holds(self, value: Decimal) -> bool:
        """Tell whether the band holds a value.

        >>> PointBand(Decimal(3), Decimal(10), Decimal(15), low_included=False, absolute=True).holds(Decimal("-12"))
        True
        """
        low, high = self.ends
        return low <= (abs(value) if self.absolute else value, 0) <= high


@dataclass(frozen=True)
class Bands:
    """Points by band, in the order written: where two bands include a number, the one written first holds.

    Ends and values are in plain ``unit``; ``of`` is the measure the rule names (控制率), "" where it names none;
    ``full`` the full marks where the rule states them apart.
    """

    bands: tuple[PointBand, ...]
    unit: str = ""
    of: str = ""
    full: Decimal | None = None

    def points_of(self, value: Decimal) -> Decimal | None:
        """Give the points of a value; None where the rule says nothing of it.

        >>> from wenxiao.steps import read_rule
        >>> rule = read_rule("90%以上得10分，80%-90%得8分")
        >>> rule.points_of(Decimal(90)), rule.points_of(Decimal("89.9")), rule.points_of(Decimal("79.9"))
        (Decimal('10'), Decimal('8'), None)
        """
        return next((band.points for band in self.bands if band.holds(value)), None)

    def measured(self, target: Bound | Range, actual: Quantity) -> Decimal | None:
        """Give what the bands measure of an actual: its number, or for bands in % of other units its completion rate.

        None where they speak of something else: another unit, 满意率 of a number of people, a deviation not reported.

        >>> from wenxiao.steps import read_rule
        >>> from wenxiao.target import read
        >>> read_rule("90%以上得10分").measured(read("≥200人"), read("150人").quantity)
        Decimal('75.00')
        """
        completion = self.of in COMPLETION
        if actual.unit == self.unit and not (completion and self.unit == "%"):
            return actual.value
        if self.unit != "%":
            same = comparable(Quantity(Decimal(1), self.unit), replace(actual, lead=""))
            return same.value if self.unit and actual.unit and same is not None else None
        return self._completed(target, actual) if completion or not self.of else None

    def _completed(self, target: Bound | Range, actual: Quantity) -> Decimal | None:
        """Give the completion rate in %; a rate of 90% itself may be meant instead, unless the target is 100%."""
        if isinstance(target, Range) or target.lower_is_better or any(band.absolute for band in self.bands):
            return None
        bound = target.quantity
        if bound.value <= 0 or bound.unit != actual.unit or (bound.unit in ("", "%") and bound.value != 100):
            return None
        with exact():
            return actual.value / bound.value * 100
