"""What a slider goes over: round numbers from end to end, and among them those that matter."""

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from wenxiao.money import exact, places_of, plain

MOST: Final = 250
"""Positions of a slider, besides the numbers that matter."""


def scale(
    high: Decimal, marks: Iterable[Decimal], finest: int, low: Decimal = Decimal(0)
) -> tuple[Decimal, ...]:
    """Give round numbers from ``low`` to ``high`` with at most ``finest`` decimals, and the ``marks`` among them.

    >>> [str(n) for n in scale(Decimal(3), [Decimal("1.5")], 0)]
    ['0', '1', '1.5', '2', '3']
    >>> len(scale(Decimal("45.768"), [Decimal("37.66"), Decimal("38.14")], 6))
    231
    """
    with exact():
        step = Decimal(1).scaleb(-finest)
        factors = (Decimal(2), Decimal("2.5"), Decimal(2))
        turn = 0
        while (high - low) / step > MOST:
            step *= factors[turn % 3]
            turn += 1
        first = (low / step).to_integral_value(ROUND_FLOOR)
        count = int(((high / step) - first).to_integral_value(ROUND_FLOOR)) + 1
        numbers = {plain((first + k) * step) for k in range(count)}
        return tuple(sorted(numbers | {plain(mark) for mark in marks}))


def around(now: Decimal | None, bounds: tuple[Decimal, ...], percent: bool) -> tuple[Decimal, ...]:
    """Give the numbers tried for an actual: to twice the target, or to 100 % where neither it nor the target is above."""
    marks = [*bounds, *([now] if now is not None else [])]
    high, low = max(marks), min(marks)
    with exact():
        if percent and low >= 0 and high <= 100:
            ends = (Decimal(0), Decimal(100))
        else:
            ends = (min(Decimal(0), 2 * low), max(2 * max(bounds), high, Decimal(1)))
            if high <= 0:
                ends = (ends[0], Decimal(1) if high == 0 == low else Decimal(0))
    finest = max([1 if percent else 0, *map(places_of, map(plain, marks))])
    return scale(ends[1], marks, finest, ends[0])


def nearest(numbers: tuple[Decimal, ...], number: Decimal) -> int:
    """Give the place of the number that is nearest."""
    with exact():
        return min(range(len(numbers)), key=lambda i: abs(numbers[i] - number))
