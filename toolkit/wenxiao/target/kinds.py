"""The kinds of reading: a bound, a range, a day, words, or a text that has no certain reading."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from wenxiao.money import exact, show

Sign = Literal["≥", ">", "≤", "<", "="]
Problem = Literal[
    "two_signs", "several_numbers", "scanned_bound", "period", "ratio", "no_such_date", "too_long", "number_in_text",
    "year_or_number", "compact_date", "before_month", "after_date", "empty_range", "approximate_bound", "scanned_digit", "rank",
    "vague", "relative_tolerance", "date_in_text", "month_or_months",
]  # fmt: skip
"""Why a text that holds a number can't be read; the words stand in :mod:`wenxiao.faults`."""

SCALES: Final = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1_000), "万": Decimal(10_000), "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000), "亿": Decimal(100_000_000), "万亿": Decimal(1_000_000_000_000),
}  # fmt: skip
"""What stands before a unit → how many of it: 万亩, 亿元."""


@dataclass(frozen=True)
class Quantity:
    """A number with its unit. ``scale`` is 10,000 for 万…; ``lead`` is what stands before: 每亩, 增长, 同比下降."""

    number: Decimal
    unit: str = ""
    scale: Decimal = Decimal(1)
    lead: str = ""

    @property
    def value(self) -> Decimal:
        """The number in plain units."""
        with exact():
            return self.number * self.scale

    @property
    def shown(self) -> str:
        """Number and unit for a formula: ``1.2万亩``."""
        prefix = next(name for name, factor in SCALES.items() if factor == self.scale)
        return f"{self.lead}{show(self.number)}{prefix}{self.unit}"


@dataclass(frozen=True)
class Bound:
    """One number: at least (≥, >), at most (≤, <), or plain (``=`` or no sign)."""

    sign: Sign | None
    quantity: Quantity
    approximate: bool = False

    def met_by(self, actual: Decimal) -> bool:
        """Tell whether a value reaches this target.

        No sign and ``=`` count as "at least": the published scoring systems do not penalise more than ``=``. But
        0起 and =0起 want no more than none.

        >>> from wenxiao.target import read
        >>> read("≤3次").met_by(Decimal(4)), read("=3次").met_by(Decimal(4)), read("=0起").met_by(Decimal(1))
        (False, True, False)
        """
        bound = self.quantity.value
        if self.lower_is_better:
            return actual < bound if self.sign == "<" else actual <= bound
        return actual > bound if self.sign == ">" else actual >= bound

    @property
    def lower_is_better(self) -> bool:
        """Tell whether ``≤`` or ``<`` is written, or a zero that is no "at least"."""
        return self.sign in ("≤", "<") or (self.sign in (None, "=") and self.quantity.number == 0)


@dataclass(frozen=True)
class Range:
    """From ``low`` to ``high``, both included, in one unit."""

    low: Quantity
    high: Quantity

    def met_by(self, actual: Decimal) -> bool:
        """Tell whether a value lies in the range.

        >>> from wenxiao.target import read
        >>> read("5-8个").met_by(Decimal(8)), read("±10%以内").met_by(Decimal(-11))
        (True, False)
        """
        return self.low.value <= actual <= self.high.value

    def side(self, actual: Decimal) -> Bound:
        """Give the bound that decides about a value: ≥ low below and inside the range, ≤ high above it."""
        return Bound("≤", self.high) if actual > self.high.value else Bound("≥", self.low)


@dataclass(frozen=True)
class Moment:
    """A day, or the days of a month or year; ``before`` when a deadline is written (底前, 之前).

    ``year`` is None where none is written: then the year evaluated is meant. ``month`` None is the whole year;
    ``until`` None is the month's end; ``opens`` is the first month of a quarter or half-year. As a deadline the last
    day counts, and is itself in time.
    """

    year: int | None
    month: int | None = None
    since: int = 1
    until: int | None = None
    before: bool = False
    opens: int | None = None

    def days(self, year: int) -> tuple[dt.date, dt.date]:
        """Give first and last day, in ``year`` where no year is written.

        >>> from wenxiao.target import read
        >>> read("2021年2月底前").days(2022)[1], read("12月中旬").days(2021)[0]
        (datetime.date(2021, 2, 28), datetime.date(2021, 12, 11))
        """
        own = self.year or year
        month = self.month or 12
        last = dt.date(own, month, self.until) if self.until else _month_end(own, month)
        return dt.date(own, self.opens or self.month or 1, self.since), last

    def met_by(self, actual: "Moment", year: int) -> bool | None:
        """Tell whether something done at ``actual`` was in time; None when its days straddle the deadline."""
        deadline = self.days(year)[1]
        first, last = actual.days(year)
        if last <= deadline:
            return True
        return False if first > deadline else None


@dataclass(frozen=True)
class Prose:
    """Words without a number: the indicator is qualitative."""

    text: str


@dataclass(frozen=True)
class Unread:
    """A text with a number that has no certain reading, and why."""

    text: str
    problem: Problem


Reading = Bound | Range | Moment | Prose | Unread


def _month_end(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
