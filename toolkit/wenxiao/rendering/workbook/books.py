"""One workbook in memory, the same bytes each time: its formats, its dates, its protection."""

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
import xlsxwriter.worksheet
from xlsxwriter.utility import xl_col_to_name

from wenxiao.money import places_of
from wenxiao.rendering.workbook.exactness import fixed, is_safe_number

SONG: Final = "宋体"
HEI: Final = "黑体"
_BASE: Final = {"font_name": SONG, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": HEI, "font_size": 16, "align": "center"},
    "heading": {"font_name": HEI, "font_size": 12},
    "head": {"border": 1, "align": "center", "bold": True, "bg_color": "#EDEDED"},
    "label": {"border": 1, "align": "center"},
    "dash": {"border": 1, "align": "center"},
    "made": {"border": 1, "align": "center"},
    "input": {"border": 1, "locked": False, "bg_color": "#FFFBE6"},
    "input_centre": {"border": 1, "locked": False, "bg_color": "#FFFBE6", "align": "center"},
    "text": {"border": 1, "locked": False, "bg_color": "#FFFBE6", "num_format": "@"},
    "text_centre": {
        "border": 1,
        "locked": False,
        "bg_color": "#FFFBE6",
        "num_format": "@",
        "align": "center",
    },
    "amount": {"border": 1, "locked": False, "bg_color": "#FFFBE6", "align": "right"},
    "prose": {},
    "muted": {"font_color": "#595959"},
    "remark": {"font_color": "#9C0006"},
    "plain": {"valign": "top"},
    "plain_head": {"bold": True, "bottom": 1, "valign": "top"},
}
"""Name of a look → its format. Pale yellow cells are filled in by hand; everything else is printed or computed."""
RED: Final = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True}
NO_DATE: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's dates have no zone


class _Workbook(xlsxwriter.Workbook):
    """A workbook whose sheets can't be moved, renamed or deleted by accident; there is no password."""

    fixed = False

    def _write_book_views(self) -> None:
        if self.fixed:
            self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()


class _Worksheet(xlsxwriter.worksheet.Worksheet):
    """A sheet that takes formulas as they are: ours use no function that is younger than the file format.

    Looking for such functions is what xlsxwriter spends most of its time on.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """A workbook being written. Formats are made once; nothing of the machine or the clock gets into the file."""

    def __init__(self, title: str, date: dt.date | None, mark: str = ""):
        self._bytes = io.BytesIO()
        self.book: Any = _Workbook(
            self._bytes,
            {
                "in_memory": True,
                "strings_to_numbers": False,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        made = dt.datetime(date.year, date.month, date.day) if date and date.year >= 1980 else NO_DATE  # noqa: DTZ001
        self.book.set_properties(
            {"title": title, "author": "", "comments": "", "created": made, "category": "wenxiao"}
        )
        self.mark = mark
        self._sheets: dict[str, Any] = {}
        self._formats: dict[tuple[str, str], Any] = {}

    def look(self, name: str, **more: Any) -> Any:
        """Give the format of a look, with ``more`` of its own."""
        key = (name, repr(sorted(more.items())))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(_BASE | LOOKS[name] | more)
        return self._formats[key]

    def red(self) -> Any:
        """Give the format of a cell in which something is wrong: colour, and bold for those who see none."""
        if ("red", "") not in self._formats:
            self._formats["red", ""] = self.book.add_format(RED)
        return self._formats["red", ""]

    def number(self, look: str, value: Decimal, grouped: bool = False) -> tuple[float | str, Any]:
        """Give what a cell holds for an exact number, and its format: a number where no digit is lost, else text."""
        if is_safe_number(value):
            return float(value), self.look(look, num_format=fixed(places_of(value), grouped))
        return format(value, "f"), self.look(look, num_format="@")

    def arrange(self, names: Iterable[str]) -> None:
        """Add sheets in the order in which they are to stand; they can be written in any other."""
        for name in names:
            self._sheets[name] = self.book.add_worksheet(name, _Worksheet)

    def sheet(self, name: str) -> Any:
        """Give a sheet; add it where it was not arranged."""
        if name not in self._sheets:
            self.arrange([name])
        return self._sheets[name]

    def done(self, names: Mapping[str, str] | None = None) -> bytes:
        """Close the workbook and give its bytes; ``names`` are defined names → what they refer to."""
        for name, refers in (names or {}).items():
            self.book.define_name(name, refers)
        self.book.fixed = bool(self.mark)
        if self.mark:
            self.book.set_custom_property("wenxiao", f"{self.mark}/1")
        self.book.close()
        return self._bytes.getvalue()


def put(sheet: Any, row: int, column: int, value: object, look: Any) -> None:
    """Write a value of plain kind; rows and columns count from 1. Text stays text whatever it looks like."""
    match value:
        case None | "":
            sheet.write_blank(row - 1, column - 1, None, look)
        case float() | int():
            sheet.write_number(row - 1, column - 1, value, look)
        case _:
            sheet.write_string(row - 1, column - 1, str(value), look)


def merge(sheet: Any, top: int, left: int, bottom: int, right: int, value: object, look: Any) -> None:
    """Write a value into a merged block, or into the one cell where the block is one."""
    if (top, left) != (bottom, right):
        sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", look)
    put(sheet, top, left, value, look)


def formula(sheet: Any, row: int, column: int, text: str, look: Any, value: object = "") -> None:
    """Write a formula with the value that programs show which don't compute."""
    sheet.write_formula(row - 1, column - 1, text, look, value)


def letter(column: int) -> str:
    """Give a column's letters.

    >>> letter(1), letter(27)
    ('A', 'AA')
    """
    return str(xl_col_to_name(column - 1))
