"""Numbers and texts in cells, digit by digit: what is written is what is read back.

A cell's number is a binary float: fifteen digits are safe. A number with more stands as text, and decimals that end in
zeros are kept by the number format (38.140 by ``0.000``). A number that a clerk types is read as the program shows it.
"""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any, Final

from wenxiao.money import exact, places_of

SAFE_DIGITS: Final = 15
LONGEST: Final = 32_000
"""Characters of one cell; Excel takes 32,767."""

_PLAIN: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_FIXED: Final = re.compile(r"(?:#,##)?0(?:\.(0+))?(?:_ )?(%?)")
# What XML can't hold, or what a reader takes for an escape of its own.
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|\r")


def is_safe_number(value: Decimal) -> bool:
    """Tell whether a cell's number holds every digit.

    >>> is_safe_number(Decimal("38.140")), is_safe_number(Decimal("1234567890123456.7"))
    (True, False)
    """
    text = format(value, "f")
    return _PLAIN.fullmatch(text) is not None and len(text.replace(".", "").lstrip("0")) <= SAFE_DIGITS


def fixed(places: int, grouped: bool = False) -> str:
    """Give the number format that shows so many decimals."""
    return ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")


def fits(text: str) -> bool:
    """Tell whether a cell can hold a text so that every program gives it back."""
    return len(text) <= LONGEST and not _UNSAFE.search(text)


def as_json(value: object) -> str:
    """Write plain data with escapes only, so that nothing in it can be mistaken."""
    return json.dumps(value).replace("_x", "\\u005fx")


def pieces(value: object) -> list[tuple[str, str]]:
    """Cut what is stated into what cells can hold: (text, how it is written).

    ``json`` is a text that no cell can hold as it is; ``data`` is plain data.
    """
    text, how = (value, "") if isinstance(value, str) else (as_json(value), "data")
    if _UNSAFE.search(text):
        text, how = as_json(text), "json"
    return [(text[i : i + LONGEST], how) for i in range(0, len(text), LONGEST)]


def shown(cell: Any) -> str:
    """Give what a cell shows, as text: numbers exactly, percentages with their sign, days as 2021-12-31.

    ``cell`` is a cell of openpyxl; a formula gives the empty text (see :func:`wenxiao.rendering.workbook.opening`).
    """
    return shown_value(cell.value, cell.number_format or "General")


def shown_value(value: object, number_format: str) -> str:
    """Give a cell's value as text under its number format.

    >>> shown_value(38.14, "0.000"), shown_value(0.95, "0%"), shown_value(0.1 + 0.2, "General"), shown_value(8, "General")
    ('38.140', '95%', '0.3', '8')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    found = _FIXED.fullmatch(number_format)
    with exact():
        number = Decimal(format(value, ".15g"))
        if not number.is_finite():
            return str(value)
        percent = "%" in number_format
        text = format(number.scaleb(2) if percent else number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        missing = 0 if percent or not found else len(found[1] or "") - places_of(Decimal(text))
    if missing > 0:
        text += ("" if "." in text else ".") + "0" * missing
    return text + ("%" if percent else "")


def hidden_digits(value: object, number_format: str) -> bool:
    """Tell whether a cell holds more decimals than it shows.

    >>> hidden_digits(38.1449, "0.00"), hidden_digits(38.14, "0.00"), hidden_digits(38.1449, "General")
    (True, False, False)
    """
    found = _FIXED.fullmatch(number_format)
    if not found or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    text = _number(value, "0%" if found[2] else "General").rstrip("%")
    return places_of(Decimal(text)) > len(found[1] or "")
