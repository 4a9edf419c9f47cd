"""How many days are left to publish: 20 days after approval, and 20 working days after the information came to be.

The day after approval is day 1. Days are those of the calendar, weekends and holidays among them. Working days are
Monday to Friday: which holidays are off and which weekends are worked is settled each year by a notice of the State
Council's office, which this module does not know and does not guess.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wenxiao.words import Words

DAYS: Final = 20
WORKING_DAYS: Final = 20


@dataclass(frozen=True)
class Deadline:
    """One rule applied to a day of approval.

    ``last`` is the last day on which the report is published in time. ``left`` counts the days (``working``: working
    days) after today up to and with it; 0 on the day itself, and below 0 the calendar days since.
    """

    rule: Words
    basis: str
    last: dt.date
    left: int
    working: bool
    convention: Words

    @property
    def overdue(self) -> bool:
        """Tell whether the last day is over."""
        return self.left < 0

    @property
    def words(self) -> Words:
        """Say what is left: 还有 n 天, 今天到期, 已超期 n 天."""
        if self.left == 0:
            return Words("今天到期", "due today")
        if self.overdue:
            return Words(f"已超期 {-self.left} 天", f"overdue by {_counted(-self.left, 'day')}")
        kind = Words("个工作日", "working day") if self.working else Words("天", "day")
        return Words(f"还有 {self.left} {kind.zh}", f"{_counted(self.left, kind.en)} left")

    def text(self, language: str) -> str:
        """Give the rule, its last day, what is left, and how it was counted, in one line."""
        line = Words(
            f"{self.rule.zh}（{self.basis}）：{self.last} 到期，{self.words.zh}。{self.convention.zh}",
            f"{self.rule.en} ({self.basis}): due {self.last}, {self.words.en}. {self.convention.en}",
        )
        return line.in_(language)


def deadlines(approved: dt.date, today: dt.date) -> tuple[Deadline, Deadline]:
    """Give both deadlines of a report whose budget or final account was approved on a day.

    >>> [str(one.last) for one in deadlines(dt.date(2022, 4, 1), dt.date(2022, 4, 18))]
    ['2022-04-21', '2022-04-29']
    >>> [one.words.zh for one in deadlines(dt.date(2022, 4, 1), dt.date(2022, 4, 21))]
    ['今天到期', '还有 6 个工作日']
    """
    calendar, working = approved + dt.timedelta(DAYS), _after(approved, WORKING_DAYS)
    return (
        Deadline(_RULE, "《预算法》第十四条；所属单位见《预算法实施条例》第六条", calendar, (calendar - today).days, False, _DAYS_COUNTED),
        Deadline(_OPEN, "《政府信息公开条例》第二十六条", working, _left(today, working), True, _WORKDAYS_COUNTED),
    )  # fmt: skip


def _workdays(after: dt.date) -> Iterator[dt.date]:
    day = after
    while True:
        day += dt.timedelta(1)
        if day.weekday() < 5:
            yield day


def _after(day: dt.date, count: int) -> dt.date:
    workdays = _workdays(day)
    return next(one for n, one in enumerate(workdays, 1) if n == count)


def _left(today: dt.date, last: dt.date) -> int:
    if today >= last:
        return (last - today).days
    return sum(1 for n in range(1, (last - today).days + 1) if (today + dt.timedelta(n)).weekday() < 5)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


_RULE: Final = Words(
    "批复后 20 日内公开（预算、决算）", "within 20 days after approval (budgets and final accounts)"
)
_OPEN: Final = Words(
    "信息形成后 20 个工作日内公开", "within 20 working days after the information came to be"
)
_DAYS_COUNTED: Final = Words(
    "从批复的次日起按日历日计算，周末和节假日也算在内。",
    "Calendar days, counted from the day after approval; weekends and holidays count.",
)
_WORKDAYS_COUNTED: Final = Words(
    "以批复日为信息形成之日，从次日起按周一至周五计算；节假日和调休未计入，以国务院办公厅通知为准。",
    "The day of approval is taken for the day the information came to be; Monday to Friday are counted from the day "
    "after. Holidays and shifted weekends are not allowed for: the State Council's notice decides.",
)
