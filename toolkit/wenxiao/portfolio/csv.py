"""Cells of a CSV file, safe to open in a spreadsheet, and their values again.

CSV is RFC 4180 in UTF-8 with a byte order mark, without which Excel on a Chinese Windows reads GBK. A text cell that a
spreadsheet would take for a formula (it begins with ``= + - @``, a full-width one of these, a tab or a carriage return)
or that begins with ``'`` gets a ``'`` in front; a plain number such as ``-3.5`` or ``-3.5%`` stays as it is. Taking one
leading ``'`` away gives the text back: :func:`value_of` does so. An empty cell is "not stated".
"""

import re
from decimal import Decimal
from typing import Final

from wenxiao.portfolio.schema import SCALES, Column

_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠\t\r']")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?%?")


def inert(text: str) -> str:
    """Give a text as a cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> inert("=8个"), inert("-3.5%"), inert("≥95%"), inert("'引")
    ("'=8个", '-3.5%', '≥95%', "''引")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def cell_of(value: str | int | Decimal | None) -> str:
    """Give the cell of a value."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return inert(value) if isinstance(value, str) else str(value)


def value_of(column: Column, cell: str) -> str | int | Decimal | None:
    """Give the value of a cell."""
    if not cell:
        return None
    if column.type == "whole":
        return int(cell)
    return Decimal(cell) if column.type in SCALES else cell.removeprefix("'")
