"""Exact numbers: everybody takes ``Decimal``, rounding and amounts from here.

Floats never enter. Arithmetic runs in :func:`exact`, whose precision is beyond every amount that the loader
lets in, so that 四舍五入 never meets a quotient already rounded onto a tie.
"""

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final, Literal

AmountUnit = Literal["元", "万元", "亿元"]
YUAN_IN: Final[dict[AmountUnit, Decimal]] = {
    "元": Decimal(1),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
CENT_PLACES: Final[dict[AmountUnit, int]] = {"元": 2, "万元": 6, "亿元": 10}
"""Decimal places at which an amount in the unit is a whole number of cents (分)."""

ZERO: Final = Decimal(0)
MOST_DIGITS: Final = 18
"""Digits a number of the params file may have; with 60 digits of working precision no false tie can arise:
|a/b − k/(2·10^p)| is either 0 or at least 1/(b·2·10^p) > 10^-40."""


def exact() -> AbstractContextManager[Context]:
    """Give the context in which all arithmetic of the core runs: 60 digits, independent of the caller's.

    >>> with exact():
    ...     Decimal(1) / Decimal(8)
    Decimal('0.125')
    """
    return localcontext(Context(prec=60, rounding=ROUND_HALF_UP))


def half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入 to ``places`` decimals (Python's own ``round`` rounds halves to even).

    >>> import wenxiao as wx
    >>> wx.half_up(wx.Decimal("0.125"), 2), wx.half_up(wx.Decimal("-0.125"), 2), wx.half_up(wx.Decimal("4.988"), 2)
    (Decimal('0.13'), Decimal('-0.13'), Decimal('4.99'))
    """
    with exact():
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def total(values: Iterable[Decimal]) -> Decimal:
    """Give the exact sum."""
    with exact():
        return sum(values, ZERO)


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Give ``part ÷ whole`` to 60 digits; ``whole`` must not be zero."""
    with exact():
        return part / whole


def percent(value: Decimal, places: int = 2) -> str:
    """Show a ratio as a percentage, half-up.

    >>> percent(Decimal("37.66") / Decimal("38.14"))
    '98.74%'
    """
    with exact():
        return f"{half_up(value * 100, places)}%"


def percent_apart(value: Decimal, limits: Iterable[Decimal], places: int = 2) -> str:
    """Show a ratio with so many decimals that it is not taken for a limit it only comes near.

    >>> percent_apart(Decimal("0.59995"), [Decimal("0.6")]), percent_apart(Decimal("0.6"), [Decimal("0.6")])
    ('59.995%', '60.00%')
    """
    near = [limit for limit in limits if limit != value]
    with exact():
        while places < MOST_DIGITS and any(half_up(value * 100, places) == limit * 100 for limit in near):
            places += 1
    return percent(value, places)


def convert(amount: Decimal, unit: AmountUnit, to: AmountUnit) -> Decimal:
    """Convert exactly between 元, 万元 and 亿元.

    >>> convert(Decimal("38.14"), "万元", "元"), convert(Decimal("387664.62"), "元", "万元")
    (Decimal('381400'), Decimal('38.766462'))
    """
    with exact():
        return plain(amount * YUAN_IN[unit] / YUAN_IN[to])


def plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without falling into exponent notation.

    >>> plain(Decimal("381400.00")), plain(Decimal("1E+2")), plain(Decimal("0.50"))
    (Decimal('381400'), Decimal('100'), Decimal('0.5'))
    """
    with exact():
        value = value.normalize()
        return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]


def show(value: Decimal) -> str:
    """Write a number without exponent and without superfluous zeros.

    >>> show(Decimal("10.0")), show(Decimal("9265.353442"))
    ('10', '9265.353442')
    """
    return format(plain(value), "f")


def grouped(value: Decimal, places: int | None = None) -> str:
    """Write an amount with thousands separators for reading.

    >>> grouped(Decimal("387664.62")), grouped(Decimal("20"), 2)
    ('387,664.62', '20.00')
    """
    return format(plain(value) if places is None else half_up(value, places), ",f")


def places_of(value: Decimal) -> int:
    """Give the number of decimals written.

    >>> places_of(Decimal("99.90")), places_of(Decimal("100"))
    (2, 0)
    """
    return max(0, -int(value.as_tuple().exponent))


@dataclass(frozen=True)
class PrintedNumber:
    """A number as a document prints it: a claim to be checked, never an input."""

    text: str
    value: Decimal
    places: int
    percent: bool


_PRINTED: Final = re.compile(r"(-?\d{1,15}(?:\.\d{1,15})?)\s*(%|分)?")


def printed_number(text: str) -> PrintedNumber | None:
    """Read a printed number such as ``100%``, ``99.92`` or ``96分``; None when there is no reading it.

    >>> printed_number("99.92").places, printed_number("１００％").percent, printed_number("优")
    (2, True, None)
    """
    clean = text.strip().translate(str.maketrans("０１２３４５６７８９．％－", "0123456789.%-"))
    found = _PRINTED.fullmatch(clean)
    if not found:
        return None
    value = Decimal(found[1])
    return PrintedNumber(text, value, places_of(value), found[2] == "%")
