"""计分方法: points × target × actual → points earned, exact and not yet rounded. Pure functions known by name."""

from decimal import Decimal

from wenxiao.money import ZERO, exact
from wenxiao.rubric import Band
from wenxiao.target import Bound


def proportional(points: Decimal, target: Bound, actual: Decimal, at_most: str = "linear") -> Decimal:
    """Full points when the target is met, otherwise the share reached.

    For ≤ the field knows two families: ``linear`` w·(1−(a−t)/t), nothing from twice the target on, and ``ratio``
    w·t/a. Values are not negative; see :func:`wenxiao.scoring.undefined`.

    >>> from wenxiao.target import read
    >>> proportional(Decimal(20), read("≥100"), Decimal(95)), proportional(Decimal(20), read("≥100"), Decimal(133))
    (Decimal('19'), Decimal('20'))
    >>> proportional(Decimal(10), read("≤3"), Decimal(4), "ratio")
    Decimal('7.5')
    """
    bound = target.quantity.value
    with exact():
        if target.met_by(actual):
            return points
        if bound == 0:
            return ZERO
        if not target.lower_is_better:
            return points * actual / bound
        if at_most == "ratio":
            return points * bound / actual
        return max(ZERO, points * (2 * bound - actual) / bound)


def all_or_nothing(points: Decimal, met: bool) -> Decimal:
    """Full points when the target is met, otherwise none.

    >>> all_or_nothing(Decimal(10), False)
    Decimal('0')
    """
    return points if met else ZERO


def interval(points: Decimal, bands: tuple[Band, ...], value: Decimal) -> Decimal:
    """Points × the share of the band that holds ``value`` (a ratio, not negative); bands include their lower end."""
    band = max((b for b in bands if b.from_ <= value), key=lambda b: b.from_)
    return coefficient(points, band.share)


def coefficient(points: Decimal, share: Decimal) -> Decimal:
    """Points × share: the share chosen inside a level (``banded``), or a 得分系数.

    >>> coefficient(Decimal(15), Decimal("0.75"))
    Decimal('11.25')
    """
    with exact():
        return points * share


def attained(target: Bound, actual: Decimal) -> Decimal | None:
    """Give the share of the target reached, 1 being exactly on target; None where there is no telling.

    For ≤ it is target ÷ actual, so that more than 1 is better whichever direction counts.
    """
    bound = target.quantity.value
    if bound <= 0 or actual < 0 or (target.lower_is_better and actual == 0):
        return None
    with exact():
        return bound / actual if target.lower_is_better else actual / bound
