"""Blocks put together as a reader meets them: paragraphs counted, tables named, notes kept few."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from wenxiao.importing.grid import Cell, Grid, Paragraph, Place, Table
from wenxiao.importing.limits import MOST_CELLS, MOST_COLUMNS, MOST_NOTES, MOST_PARAGRAPHS, too_many
from wenxiao.words import Words

_HEADING: Final = (
    re.compile(r"\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]"),
)
_BLANK: Final = "\u00a0\u2002\u2003\u2009"
_LINE_ENDS: Final = "\r\x0b\x0c\x85\u2028\u2029"
"""Word copies a soft line break as a vertical tab, a page break as a form feed."""
_UNSEEN: Final = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\u2066\u2067\u2068\u2069\u061c\ufeff\u00ad\ufffe\uffff"
)
_CONTROLS: Final = (*range(9), *range(14, 32), *range(0x7F, 0xA0))
_PLAIN: Final = {
    **dict.fromkeys(_CONTROLS, None),
    **dict.fromkeys(map(ord, _UNSEEN), None),
    **dict.fromkeys(map(ord, _BLANK), " "),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
"""What no text of a form holds on purpose; no other module has to think of it again."""
_MARKS: Final = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MOST_MARKS: Final = 30
_JOINER: Final = "\u034f"


def tidy(text: str) -> str:
    """Give a text without what nobody sees: control and zero-width signs, blanks at the ends of its lines, empty lines around it.

    >>> tidy("\\x01 甲\\u2028乙 "), tidy("甲\\r\\n乙")
    ('甲\\n乙', '甲\\n乙')
    """
    lines = [line.strip(" \t\u3000") for line in text.replace("\r\n", "\n").translate(_PLAIN).split("\n")]
    return _MARKS.sub(_parted, "\n".join(lines).strip("\n"))


def _parted(run: re.Match[str]) -> str:
    """Part a flood of combining marks by an unseen joiner after every 30, as Unicode (UAX 15) wants it: putting 100,000 of
    them into their order takes minutes.
    """
    parted, marks = "", 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > _MOST_MARKS:
            parted, marks = parted + _JOINER, 1
        parted += sign
    return parted


def heading_level(text: str) -> int:
    """Give 1 for 一、, 2 for （一）, else 0: most published documents know no other headings."""
    return next((level for level, pattern in enumerate(_HEADING, 1) if pattern.match(text)), 0)


@dataclass
class Draft:
    """A grid while it is read."""

    file: str
    kind: str
    blocks: list[Paragraph | Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _lines: int = 0
    _tables: int = 0
    _cells: int = 0
    _area: int = 0
    _more: int = 0

    def paragraph(self, text: str, level: int = 0, place: Place | None = None, line: int = 0) -> None:
        """Add a paragraph; one with line breaks is several at one place, an empty one is only counted.

        ``line`` is the line in the file where the file has lines; otherwise paragraphs are counted.
        """
        self._lines = line or self._lines + 1
        for one in tidy(text).split("\n"):
            if one:
                here = place or Place(line=self._lines)
                self.blocks.append(Paragraph(one, here, level or heading_level(one)))
        if len(self.blocks) > MOST_PARAGRAPHS:
            raise too_many(self.file, Words("段落", "paragraphs"), MOST_PARAGRAPHS)

    def next_name(self) -> str:
        """Give the name of the next table: ``表1``, ``表2`` …."""
        self._tables += 1
        return f"表{self._tables}"

    def table(self, name: str, cells: list[Cell]) -> None:
        """Add a table; one without a word in it is left out."""
        self._cells += sum(cell.rows * cell.columns for cell in cells if cell.text)
        self._area += sum(cell.rows * cell.columns for cell in cells)
        if self._cells > MOST_CELLS or self._area > 3 * MOST_CELLS:
            raise too_many(self.file, Words("单元格", "cells"), MOST_CELLS)
        if any(cell.place.column + cell.columns - 1 > MOST_COLUMNS for cell in cells if cell.text):
            raise too_many(self.file, Words("表格的列", "columns in a table"), MOST_COLUMNS)
        if any(cell.text for cell in cells):
            self.blocks.append(Table(name, tuple(cells)))

    def note(self, text: str) -> None:
        """Keep what the reader has to say, once."""
        if text in self.notes:
            return
        if len(self.notes) < MOST_NOTES:
            self.notes.append(text)
        else:
            self._more += 1

    def grid(self) -> Grid:
        """Give what was read."""
        more = (f"另有 {self._more} 条类似的说明。",) if self._more else ()
        return Grid(self.file, self.kind, tuple(self.blocks), (*self.notes, *more))


def spread(
    draft: Draft, name: str, rows: list[list[tuple[str, int, int]]], most_rows: int | None = None
) -> list[Cell]:
    """Place cells given as HTML gives them (text, columns, rows): each at the first free column of its row.

    A cell that would reach below the table ends with it.
    """
    height = most_rows or len(rows)
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for at, row in enumerate(rows, 1):
        column = 1
        for text, columns, down in row:
            while (at, column) in taken:
                column += 1
            columns, down = max(1, min(columns, MOST_COLUMNS)), max(1, min(down, height - at + 1))
            while any((at, column + along) in taken for along in range(1, columns)):
                columns -= 1  # two cells over one place: the earlier keeps it
            if len(taken) + down * columns > MOST_CELLS:
                raise too_many(draft.file, Words("单元格", "cells"), MOST_CELLS)
            taken |= {(at + d, column + a) for d in range(down) for a in range(columns)}
            cells.append(Cell(text, Place(name, at, column), down, columns))
            column += columns
    return cells
