"""What a cell of a workbook shows: its value by its number format, as it would be printed."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from wenxiao.money import exact, half_up

GENERAL: Final = "General"
LOCAL_DATES: Final = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a Chinese Excel knows by number and writes down nowhere."""
_TOKENS: Final = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|([0#?]+)|(.)', re.S)
_DATE_TOKENS: Final = re.compile(
    r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|(上午/下午|AM/PM|am/pm)|(y+|m+|d+|h+|s+|a{3,4})|(;.*)|(.)', re.S | re.I
)
_CONDITION: Final = re.compile(r"([<>=]{1,2})(-?[0-9]+(?:\.[0-9]+)?)")
_DIGITS: Final = 15
"""A workbook holds no more digits than these."""
_WEEKDAYS: Final = "一二三四五六日"


class UnknownFormatError(Exception):
    """A number format that is not understood; the value itself is shown instead."""


@dataclass(frozen=True)
class Section:
    """One of up to four parts of a number format."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None


def number_of(value: object) -> Decimal:
    """Give a number of a workbook exactly as its shortest spelling says it."""
    number = Decimal(repr(value))
    if len(number.as_tuple().digits) > _DIGITS:
        with exact():
            number = number.quantize(Decimal(1).scaleb(number.adjusted() - _DIGITS + 1))
    return number


def plain(number: Decimal) -> str:
    """Write a number without exponent and idle zeros.

    >>> plain(Decimal("38.140")), plain(Decimal("1E+3"))
    ('38.14', '1000')
    """
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-0", "0", text == "-0")


def shown_number(number: Decimal, form: str) -> tuple[str, Decimal]:
    """Give what is shown of a number, and the number that this is (another where digits were cut off).

    Raises:
        UnknownFormatError: the format holds what is not understood.

    >>> shown_number(Decimal("0.98741"), "0.00%")
    ('98.74%', Decimal('0.9874'))
    """
    if form in (GENERAL, "@", ""):
        return plain(number), number
    section, bare = _section(number, form)
    return _written(number, section, bare)


def _section(number: Decimal, form: str) -> tuple[Section, bool]:
    """Give the part of a format for a number, and whether the sign is written before it."""
    sections = _sections(form)
    if any(one.condition for one in sections):
        for one in sections:
            if one.condition is None or _holds(number, one.condition):
                return one, True
        raise UnknownFormatError(form)
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return (number < limit and "<" in sign and sign != "<>") or (number > limit and ">" in sign and sign != "<>") or (
        number == limit and "=" in sign
    ) or (sign == "<>" and number != limit)  # fmt: skip


@cache
def _sections(form: str) -> tuple[Section, ...]:
    parts: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for quoted, escaped, bracket, digits, other in _TOKENS.findall(form):
        if digits:
            parts[-1].append(("digits", digits))
        elif other == ";":
            parts.append([])
            conditions.append(None)
        elif bracket:
            if found := _CONDITION.fullmatch(bracket):
                conditions[-1] = found[1], Decimal(found[2])
            elif bracket.startswith("$"):
                parts[-1].append(("text", bracket[1:].split("-")[0]))
            elif bracket.upper().startswith("DBNUM"):
                parts[-1].append(("unknown", bracket))
        elif other in (".", ",", "%"):
            parts[-1].append((other, other))
        elif other in ("E", "e", "/") or other == "@":
            parts[-1].append(("unknown" if other != "@" else "at", other))
        elif quoted or escaped or other:
            parts[-1].append(("text", quoted or escaped or other))
    if GENERAL in form:
        raise UnknownFormatError(form)
    return tuple(Section(tuple(p), c) for p, c in zip(parts, conditions, strict=True))


def _written(number: Decimal, section: Section, bare: bool) -> tuple[str, Decimal]:
    kinds = [kind for kind, _ in section.pieces]
    if "unknown" in kinds:
        raise UnknownFormatError
    if "digits" not in kinds:
        return "".join(text for kind, text in section.pieces if kind in ("text", "%")), number
    first, last = kinds.index("digits"), len(kinds) - 1 - kinds[::-1].index("digits")
    point = kinds.index(".") if "." in kinds else len(kinds)
    places = sum(len(text) for kind, text in section.pieces[point:] if kind == "digits")
    after = kinds[last + 1 :]
    scale = 2 * kinds.count("%") - 3 * (len(after) - len([k for k in after if k != ","]))
    with exact():
        rounded = half_up(abs(number).scaleb(scale), places)
        shows = rounded.scaleb(-scale).copy_sign(number)
    whole, _, decimals = format(rounded, "f").partition(".")
    head = list(section.pieces[first : min(point, last + 1)])
    text = _whole(whole, head, any(kind == "," for kind, _ in head))
    if point <= last:
        wanted = "".join(text for kind, text in section.pieces[point:] if kind == "digits")
        kept = decimals
        while kept and wanted[len(kept) - 1] == "#" and kept.endswith("0"):
            kept = kept[:-1]
        text += f".{kept}" if kept or wanted else ""
    sign = "-" if bare and number < 0 and rounded else ""
    before = "".join(t for kind, t in section.pieces[:first] if kind in ("text", "%"))
    behind = "".join(t for kind, t in section.pieces[last + 1 :] if kind in ("text", "%"))
    return f"{sign}{before}{text}{behind}", shows


def _whole(whole: str, head: list[tuple[str, str]], grouped: bool) -> str:
    """Write the digits before the point: as many as asked for, texts between them where the format has some."""
    least = sum(text.count("0") for kind, text in head if kind == "digits")
    whole = whole.lstrip("0").rjust(least, "0")
    between = [text for kind, text in head if kind == "text"]
    if not between:
        return f"{int(whole):,}".rjust(least, "0") if grouped and whole else whole
    written = ""
    for kind, text in reversed(head):
        if kind == "digits":
            cut = max(0, len(whole) - len(text))
            whole, written = whole[:cut], whole[cut:] + written
        elif kind == "text":
            written = text + written
    return whole + written


def shown_date(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    """Give what is shown of a day or a time."""
    day = value if isinstance(value, dt.date) else None
    clock = value if isinstance(value, dt.datetime | dt.time) else None
    pieces: list[tuple[str, str]] = []
    for quoted, escaped, half, letters, rest, other in _DATE_TOKENS.findall(form):
        if rest:
            break
        pieces.append(
            ("half", half)
            if half
            else ("letters", letters.lower())
            if letters
            else ("text", quoted or escaped or other)
        )
    letters_only = [text for kind, text in pieces if kind == "letters"]
    text, at = "", 0
    halves = any(kind == "half" for kind, _ in pieces)
    for kind, piece in pieces:
        if kind == "text":
            text += piece
            continue
        if kind == "half":
            text += (
                ("上午" if clock and clock.hour < 12 else "下午")
                if piece[0] not in "Aa"
                else ("AM" if clock and clock.hour < 12 else "PM")
            )
            continue
        before = letters_only[at - 1][:1] if at else ""
        after = letters_only[at + 1][:1] if at + 1 < len(letters_only) else ""
        at += 1
        minutes = piece[0] == "m" and len(piece) < 3 and (before == "h" or after == "s")
        text += (
            _time_part(piece, clock, minutes, halves)
            if minutes or piece[0] in "hs"
            else _day_part(piece, day)
        )
    return text.strip()


def _day_part(piece: str, day: dt.date | None) -> str:
    if day is None:
        return ""
    if piece[0] == "y":
        return f"{day.year:04d}" if len(piece) > 2 else f"{day.year % 100:02d}"
    if piece[0] == "a":
        return ("星期" if len(piece) == 4 else "") + _WEEKDAYS[day.weekday()]
    number = day.month if piece[0] == "m" else day.day
    return f"{number:02d}" if len(piece) == 2 else str(number)


def _time_part(piece: str, clock: dt.datetime | dt.time | None, minutes: bool, halves: bool) -> str:
    if clock is None:
        return ""
    number = clock.minute if minutes else clock.hour if piece[0] == "h" else clock.second
    if piece[0] == "h" and halves:
        number = number % 12 or 12
    return f"{number:02d}" if len(piece) == 2 else str(number)
