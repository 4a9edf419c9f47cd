"""Days, months, quarters and years, as deadlines or dates: 2021年12月底前, 二季度末前, 2021.12.31."""

import datetime as dt
import re
from typing import Final

from wenxiao.numerals import chinese
from wenxiao.target.kinds import Moment, Problem
from wenxiao.target.signs import JOIN

YEAR: Final = r"(?:19|20)[0-9]{2}"
"""A year in digits, 1900–2099."""

_DATED: Final = re.compile(rf"[年月季]|{YEAR}[-/.]")
_DONE: Final = re.compile(r"(?:按时|按期|完成|完工|竣工|验收|投入使用|交付使用|交付|拨付|到位|开工)+$")
_BY: Final = r"(?P<before>之前|以前|前|内)?"
_DAY: Final = re.compile(rf"(?:(?P<year>{YEAR})年)?(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]{_BY}")
_ISO_DAY: Final = re.compile(rf"(?P<year>{YEAR})([-/.])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}}){_BY}")
_MONTH: Final = re.compile(
    rf"(?:(?P<year>{YEAR})年)?(?P<month>[0-9]{{1,2}})月份?(?P<part>上旬|中旬|下旬|底|末)?{_BY}"
)
_YEARLY: Final = re.compile(rf"(?:(?P<year>{YEAR})年度?|当年度?|本年度?|(?P<any>年))(?P<part>底|末)?{_BY}")
_QUARTER: Final = re.compile(
    rf"(?:(?P<year>{YEAR})年|当年|本年)?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)(?P<part>底|末)?{_BY}"
)
_SPANS: Final = re.compile(
    rf"[自从]?(?:{YEAR}[-0-9年月日号度/.]*?{JOIN}{YEAR}[-0-9年月日号度底末/.]*|(?:{YEAR}年)?[0-9]{{1,2}}月?(?:[0-9]{{1,2}}[日号])?{JOIN}"
    rf"(?:{YEAR}年)?[0-9]{{1,2}}月(?:[0-9]{{1,2}}[日号]|[底末])?|(?:{YEAR}年)?[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?{JOIN}[0-9]{{1,2}}[日号]|"
    rf"(?:{YEAR}年)?第?[一二三四1-4](?:季度)?{JOIN}第?[一二三四1-4]季度)(?:期间|之间|止)?"
)
PARTS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None), "底": (1, None), "末": (1, None), None: (1, None)}  # fmt: skip
"""Part of a month → its first and last day, None for the month's end."""
HALVES: Final = {"上": (1, 6), "下": (7, 12)}
"""Half of a year → its first and last month."""


def read_moment(clean: str) -> Moment | Problem | None:
    """Read a day, month, quarter or year as a deadline or date; None when the text is no date."""
    if not _DATED.search(clean):
        return None
    text = _DONE.sub("", re.sub(r"^[于在]", "", _arabic_date(clean)))
    if found := _DAY.fullmatch(text) or _ISO_DAY.fullmatch(text):
        return _day(found)
    if found := _MONTH.fullmatch(text):
        return _month(found)
    if found := _YEARLY.fullmatch(text):
        return _whole_year(found)
    if found := _QUARTER.fullmatch(text):
        return _quarter(found)
    if _SPANS.fullmatch(text):
        return "period"
    return "after_date" if re.search(r"[0-9][月年日号][底末]?(?:以后|之后|后|起)$", text) else None


def _arabic_date(text: str) -> str:
    """Write 二〇二一年十二月三十一日 in digits; 三个月 and 一年 are no dates and stay."""

    def figures(found: re.Match[str]) -> str:
        if found[1]:
            return "".join(str("〇一二三四五六七八九".index(c)) for c in found[1].replace("零", "〇"))
        number = chinese(found[2])
        return found[0] if number is None else str(number)

    return re.sub(
        r"([一二][〇零一二三四五六七八九]{3})(?=年)|([一二三四五六七八九十]+)(?=月|[日号])", figures, text
    )


def _year_of(found: re.Match[str]) -> int | None:
    return int(found["year"]) if found["year"] else None


def _day(found: re.Match[str]) -> Moment | Problem:
    year, month, day = _year_of(found), int(found["month"]), int(found["day"])
    try:
        dt.date(year or 2001, month, day)  # 29 February is a day only where the leap year is written
    except ValueError:
        return "no_such_date"
    return Moment(year, month, day, day, found["before"] is not None)


def _month(found: re.Match[str]) -> Moment | Problem:
    year, month, part, before = _year_of(found), int(found["month"]), found["part"], found["before"]
    if not 1 <= month <= 12:
        return "no_such_date"
    if before and part is None:
        if before != "内":
            return "before_month"  # 12月前: with or without December?
        if year is None:
            return "month_or_months"  # 3月内: in March, or within three months?
    return Moment(year, month, *PARTS[part], before is not None)


def _whole_year(found: re.Match[str]) -> Moment | Problem | None:
    year, part, before = _year_of(found), found["part"], found["before"]
    if part:
        return Moment(year, 12, before=before is not None)
    if found["any"] and before != "内":
        return None  # 年, 年前
    return "before_month" if before not in (None, "内") else Moment(year, before=before is not None)


def _quarter(found: re.Match[str]) -> Moment | Problem:
    year, part, before = _year_of(found), found["part"], found["before"]
    if before not in (None, "内") and part is None:
        return "before_month"
    number = "一二三四1234".find(found["quarter"] or "") % 4
    opens, closes = HALVES[found["half"]] if found["half"] else (3 * number + 1, 3 * number + 3)
    return Moment(year, closes, before=before is not None, opens=None if part or before else opens)
