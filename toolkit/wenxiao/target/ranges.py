"""Ranges: 5-8个, ≥5且≤8个, 100±5分."""

import re
from dataclasses import replace
from typing import Final

from wenxiao.money import exact, plain, show
from wenxiao.numerals import ARABIC, CHINESE, arabic, chinese
from wenxiao.target.kinds import Problem, Quantity, Range
from wenxiao.target.quantities import read_quantity
from wenxiao.target.signs import JOIN

_BOTH: Final = re.compile(
    r"(?:≥|不少于|不低于|大于等于)(?P<low>.+?)[且并、,;]?(?:≤|不超过|不高于|不大于|小于等于)(?P<high>.+)"
)
_SPAN: Final = re.compile(
    rf"(?P<low>(?:-?{ARABIC}|[{CHINESE}]+)[^0-9]*?){JOIN}(?P<high>(?:-?{ARABIC}|[{CHINESE}])[^0-9]*)"
)
_TOLERANCE: Final = re.compile(r"(?:≤|不超过)?(?P<middle>[^±]*)(?:±|正负)(?P<part>.+)")


def read_range(text: str) -> Range | Problem | None:
    """Read two ends, or a middle and how far from it; None when the text is no range."""
    text = re.sub(r"(?:之间|以内|之内|内)$", "", text)
    if tolerance := _TOLERANCE.fullmatch(text):
        return _around(tolerance["middle"], tolerance["part"])
    found = _BOTH.fullmatch(text) or _SPAN.fullmatch(text)
    if not found:
        return None
    high = read_quantity(found["high"])
    low = read_quantity(found["low"])
    if low is None and (said := chinese(found["low"])) is not None:
        low = Quantity(said)
    if low is None or high is None:
        return None
    if not low.unit and not low.lead:
        low = replace(low, unit=high.unit, lead=high.lead, scale=high.scale if low.scale == 1 else low.scale)
    if (low.unit, low.lead) != (high.unit, high.lead):
        return "several_numbers"
    return _ordered(low, high)


def _around(middle: str, part: str) -> Range | Problem | None:
    """Read 100±5分; ±5% of anything but a percentage could be two things."""
    centre, off = (read_quantity(middle) if middle else None), read_quantity(part)
    if off is None or (middle and centre is None):
        return None
    if centre is None:
        return _ordered(replace(off, number=off.number.copy_negate()), off)
    if off.unit == "%" != centre.unit:
        return "relative_tolerance"
    if not centre.unit:
        centre = replace(
            centre, unit=off.unit, lead=off.lead, scale=off.scale if centre.scale == 1 else centre.scale
        )
    if replace(centre, number=off.number) != off:
        return "several_numbers"
    with exact():
        ends = plain(centre.number - off.number), plain(centre.number + off.number)
    if any(arabic(show(end.copy_abs())) is None for end in ends):
        return "too_long"
    return _ordered(replace(off, number=ends[0]), replace(off, number=ends[1]))


def _ordered(low: Quantity, high: Quantity) -> Range | Problem:
    return Range(low, high) if low.value < high.value else "empty_range"
