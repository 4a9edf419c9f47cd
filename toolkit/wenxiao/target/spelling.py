"""A reading in its normal spelling."""

from dataclasses import replace

from wenxiao.money import show
from wenxiao.target.dates import HALVES, PARTS
from wenxiao.target.kinds import Bound, Moment, Range, Reading


def spell(reading: Reading) -> str:
    """Write a reading in its normal spelling; reading that gives the same reading.

    >>> from wenxiao.target import read
    >>> [spell(read(t)) for t in ("每亩300", "300元/亩", "同比增长≥5%", "100±5分", "九成以上", "二季度末前")]
    ['每亩300', '每亩300元', '同比增长≥5%', '95-105分', '≥90%', '6月底前']
    """
    match reading:
        case Bound(sign, quantity, approximate):
            bare = replace(quantity, lead="").shown
            return f"{quantity.lead}{'约' if approximate else ''}{sign or ''}{bare}"
        case Range():
            return _spell_range(reading)
        case Moment():
            return _spell_moment(reading)
        case _:
            return reading.text


def _spell_range(one: Range) -> str:
    lead, high = one.high.lead, replace(one.high, lead="").shown
    if one.low.scale != one.high.scale:
        return f"{lead}{replace(one.low, lead='').shown}-{high}"
    if one.low.number == one.high.number.copy_negate():
        return f"{lead}±{high}以内"
    return f"{lead}{show(one.low.number)}-{high}"


def _spell_moment(one: Moment) -> str:
    year, before = f"{one.year}年" if one.year else "", "前" if one.before else ""
    if one.month is None:
        return f"{year or '当年'}{'内' if one.before else ''}"
    if one.opens:
        half = next(
            (f"{name}半年" for name, months in HALVES.items() if months == (one.opens, one.month)), None
        )
        return year + (half or f"第{'一二三四'[one.month // 3 - 1]}季度")
    if one.since == one.until:
        return f"{year}{one.month}月{one.since}日{before}"
    part = next(name for name, days in PARTS.items() if days == (one.since, one.until))
    return f"{year}{one.month}月{part if before or part != '底' else ''}{before}"
