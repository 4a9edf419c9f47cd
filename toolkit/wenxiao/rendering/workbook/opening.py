"""A workbook as a clerk gives it back: its sheets, what each cell shows, and what merged cells share."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from wenxiao.archives import DAMAGED
from wenxiao.errors import InputError, Problem, not_opened, shown_path
from wenxiao.rendering.workbook.books import letter
from wenxiao.rendering.workbook.exactness import hidden_digits, shown_value
from wenxiao.rendering.workbook.marks import WORKINGS
from wenxiao.words import Words

_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a workbook when unpacked; a form has about half a million."""
_MOST_ROWS: Final = 20_000
_NONE: Final = Words("", "")


@dataclass(frozen=True)
class Shown:
    """What a cell shows, and how.

    ``formula``: it is computed; ``more``: it holds more decimals than it shows; ``failed``: it shows an error; ``raw``: a
    text with the spaces around it, or the formula itself.
    """

    text: str = ""
    formula: bool = False
    more: bool = False
    failed: bool = False
    raw: str = ""


@dataclass
class OpenSheet:
    """One sheet by row and column, both from 1; a merged block stands in each of its cells."""

    name: str
    cells: dict[tuple[int, int], Shown]
    height: int
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    values: "Values | None" = None

    def at(self, row: int, column: int) -> Shown:
        """Give what stands in a cell, or in the merged block it belongs to."""
        place = self.merged.get((row, column), (row, column))
        found = self.cells.get(place, Shown())
        if found.formula and self.values is not None:
            return self.values.at(self.name, *place)
        return found

    def is_formula(self, row: int, column: int) -> bool:
        """Tell whether a cell is computed, without looking at its result."""
        found = self.cells.get(self.merged.get((row, column), (row, column)))
        return found is not None and found.formula

    def is_ours(self, row: int, column: int) -> bool:
        """Tell whether a cell still has the formula with which the form was made: it looks at the sheet 计算."""
        return (
            self.is_formula(row, column)
            and WORKINGS in self.cells[self.merged.get((row, column), (row, column))].raw
        )

    def text(self, row: int, column: int) -> str:
        """Give the text of :meth:`at`."""
        return self.at(row, column).text

    def shown(self, row: int, column: int) -> str:
        """Give a cell's place in words: ``工作表“自评表” B7``."""
        top, left = self.merged.get((row, column), (row, column))
        return f"工作表“{self.name}” {letter(left)}{top}"

    def rows(self) -> Iterator[int]:
        """Give the numbers of the rows."""
        return iter(range(1, self.height + 1))


def refused(file: str, wrong: Words, instead: Words = _NONE) -> InputError:
    """Give the error of a workbook that can't be read at all."""
    return InputError([Problem(file, 0, 0, "", wrong, instead)])


def open_book(path: str | Path) -> dict[str, OpenSheet]:
    """Give the sheets of a workbook by name, in their order.

    Raises:
        InputError: no workbook, broken, protected with a password, or far too large.
    """
    import openpyxl

    file = shown_path(Path(path))
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise refused(file, not_opened(error)) from None
    _look_at_size(file, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # days that no calendar has are told at their cells
            stated = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl raises whatever the library below it happens to raise
        raise refused(file, *_BROKEN) from error
    values = Values(content)
    return {sheet.title: _sheet(file, sheet, values) for sheet in stated.worksheets}


_SEVERAL: Final = Words("分成几个文件。", "Divide it into several files.")


class Values:
    """The results of formulas as the file keeps them; read only where a formula stands in a cell to be filled."""

    def __init__(self, content: bytes):
        self._content = content
        self._book: Any = None

    def at(self, sheet: str, row: int, column: int) -> Shown:
        """Give the result of a formula."""
        import openpyxl

        if self._book is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(io.BytesIO(self._content), data_only=True)
        cell = self._book[sheet].cell(row, column)
        return _shown(cell.value, cell.number_format or "General", cell.data_type, True)


_BROKEN: Final = (
    Words("这个工作簿已损坏，读不出来。", "This workbook is damaged and can't be read."),
    Words(
        "用 Excel 或 WPS 打开后另存为 .xlsx，再试一次。",
        "Open it in Excel or WPS, save it as .xlsx, and try again.",
    ),
)


def _look_at_size(file: str, content: bytes) -> None:
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise refused(file, *_LOCKED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = sum(entry.file_size for entry in archive.infolist())
    except DAMAGED:
        raise refused(file, *_BROKEN) from None
    if sizes > _LARGEST:
        raise refused(file, Words("这个工作簿展开后太大。", "Unpacked, this workbook is too large."))


_LOCKED: Final = (
    Words(
        "这是旧格式（.xls）或设了密码的文件。",
        "This is a file of the old format (.xls), or one with a password.",
    ),
    Words("取消密码，另存为 .xlsx。", "Take the password off, and save it as .xlsx."),
)


def _sheet(file: str, stated: Any, values: Values) -> OpenSheet:
    cells: dict[tuple[int, int], Shown] = {}
    for (row, column), cell in stated._cells.items():  # iter_rows would make the cells that are not there
        if cell.data_type == "f":
            cells[row, column] = Shown(formula=True, raw=str(cell.value))
        elif cell.value is not None:
            style = cell.number_format or "General"
            cells[row, column] = _shown(cell.value, style, cell.data_type, False)
    height = max((row for row, _ in cells), default=0)
    if height > _MOST_ROWS:
        given = f"{stated.title}：{height}"
        raise refused(
            file,
            Words(
                f"行数太多（{given}，最多 {_MOST_ROWS}）。", f"Too many rows ({given}; at most {_MOST_ROWS})."
            ),
            _SEVERAL,
        )
    found = OpenSheet(stated.title, cells, height, values=values)
    for block in stated.merged_cells.ranges:
        for down in range(block.min_row, min(block.max_row, height) + 1):
            for column in range(block.min_col, block.max_col + 1):
                found.merged[down, column] = (block.min_row, block.min_col)
    return found


def _shown(value: Any, style: str, kind: str, computed: bool) -> Shown:
    failed = kind == "e" or (computed and isinstance(value, str) and value.startswith("#"))
    text = "" if failed else shown_value(value, style)
    raw = value if isinstance(value, str) else text
    return Shown(text, computed, hidden_digits(value, style), failed, raw)
