"""How values are shown on the site: money with its unit, rates, dates, sizes, and texts of any length and direction.

What is not stated is shown as 未填报, never as 0.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wenxiao.money import YUAN_IN, AmountUnit, convert, exact, grouped, half_up

ABSENT: Final = "未填报"
_STEERING: Final = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount for reading: the number, its unit, and the exact amount in 元 where the number is rounded."""

    number: str
    unit: str
    exact: str = ""


def one_way(text: str) -> str:
    """Give a text without the characters that turn the direction of all that follows, and without control characters.

    >>> one_way("a\\u202eb\\x07c")
    'abc'
    """
    return _STEERING.sub("", text)


def clipped(text: str | None, most: int) -> str:
    """Give a text in one line, at most so many characters long.

    >>> clipped("一二三\\n四五", 4), clipped(None, 4)
    ('一二三…', '')
    """
    line = " ".join(one_way(text or "").split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def wan(yuan: Decimal | None) -> str:
    """Give an amount in 万元 with two decimals, as the columns of lists show it; more where two would show zero.

    >>> wan(Decimal("381400")), wan(Decimal(12)), wan(Decimal(0)), wan(None)
    ('38.14', '0.0012', '0.00', '未填报')
    """
    if yuan is None:
        return ABSENT
    amount = convert(yuan, "元", "万元")
    rounded = half_up(amount, 2)
    return grouped(amount) if amount and not rounded else grouped(rounded, 2)


def money(yuan: Decimal) -> Money:
    """Give an amount in the unit in which it reads best, with two decimals where that is 万元 or 亿元.

    >>> money(Decimal("123456789.5")).number, money(Decimal("381400")).unit
    ('1.23', '万元')
    """
    unit: AmountUnit = "元"
    bigger: AmountUnit
    for bigger in ("万元", "亿元"):
        unit = bigger if abs(yuan) >= YUAN_IN[bigger] else unit
    if unit == "元":
        return Money(grouped(yuan), unit)
    amount = convert(yuan, "元", unit)
    rounded = half_up(amount, 2)
    return Money(grouped(rounded, 2), unit, "" if amount == rounded else f"{grouped(yuan)} 元")


def rate(value: Decimal | None) -> str:
    """Give a rate held in %.

    >>> rate(Decimal("98.74")), rate(None)
    ('98.74%', '无法计算')
    """
    return "无法计算" if value is None else f"{value:f}%"


def width(part: Decimal, whole: Decimal) -> str:
    """Give the length of a bar in hundredths of the whole, between 0 and 100.

    >>> width(Decimal(1), Decimal(3)), width(Decimal(5), Decimal(4)), width(Decimal(1), Decimal(0))
    ('33.3', '100.0', '0.0')
    """
    with exact():
        share = part * 100 / whole if whole > 0 else Decimal(0)
    return str(half_up(max(Decimal(0), min(Decimal(100), share)), 1))


def day(date: dt.date | None) -> str:
    """Give a date as Chinese documents write it.

    >>> day(dt.date(2022, 4, 5)), day(None)
    ('2022年4月5日', '未注明')
    """
    return f"{date.year}年{date.month}月{date.day}日" if date else "未注明"


def size(count: int) -> str:
    """Give a file's size.

    >>> size(512), size(409_941), size(12_345_678)
    ('512 B', '410 kB', '12.3 MB')
    """
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{half_up(Decimal(count) / 1000, 0)} kB"
    return f"{half_up(Decimal(count) / 1_000_000, 1)} MB"
