"""Text as copied from a document: running text, and tables whose cells tabs, runs of blanks or strokes tell apart.

Three spellings of a table are known: a line a row with tabs (copied from a workbook or a web page), a line a cell that
begins with a tab, rows ended by a blank line (converters of Word documents), and columns kept apart by strokes or by
two blanks and more.
"""

import re
from collections.abc import Iterator
from typing import Final

from wenxiao.importing.grid import Cell, Grid, Place
from wenxiao.importing.limits import MOST_CELLS, too_many
from wenxiao.importing.readers.building import Draft, tidy
from wenxiao.words import Words

_DEBRIS: Final = re.compile(r"\[bookmark: \w+\]")
_STROKES: Final = re.compile(r"[|｜│┃]")
_RULE: Final = re.compile(r"[\s|｜│┃+\-─━=┌┬┐├┼┤└┴┘:]+")
_GAP: Final = re.compile(r"(?<=\S)(?: {2,}|(?= *\u3000)[ \u3000]+)(?=\S)")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"(?=\t|\Z)')
_FEW: Final = 3
"""Cells a line must have before blanks are taken for the space between cells."""
_LONGEST: Final = 40
"""Lines of a cell after which a table in the spelling of converters is taken to have ended."""

Line = tuple[int, str]
Row = list[str]


def read_text(file: str, text: str, kind: str = "text") -> Grid:
    """Read a text as copied from a document."""
    draft = Draft(file, kind)
    lines = list(enumerate(_DEBRIS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"), 1))
    at = 0
    while at < len(lines):
        rows, end = _table(lines, at)
        if rows:
            name = draft.next_name()
            if sum(map(len, rows)) > 3 * MOST_CELLS:
                raise too_many(file, Words("单元格", "cells"), MOST_CELLS)
            draft.table(name, list(_cells(name, rows)))
            at = end
        else:
            draft.paragraph(lines[at][1], line=lines[at][0])
            at += 1
    return draft.grid()


def _cells(name: str, rows: list[Row]) -> Iterator[Cell]:
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            yield Cell(tidy(text), Place(name, at, column))


def _table(lines: list[Line], at: int) -> tuple[list[Row], int]:
    """Give the table that begins at a line and where it ends; no rows where none does."""
    first = lines[at][1]
    if first.startswith("\t") and first.count("\t") == 1 and _is_converted(lines, at):
        return _converted(lines, at)
    if _begins_row(lines, at):
        return _tabbed(lines, at)
    if len(_STROKES.findall(first)) > 1:
        return _ruled(lines, at)
    return _gapped(lines, at)


def _is_converted(lines: list[Line], at: int) -> bool:
    """Tell whether a line a cell, each begun by a tab, follows: at least two cells before the row ends."""
    for _, line in lines[at + 1 : at + 6]:
        if not line:
            return False
        if line.startswith("\t") and line.count("\t") == 1:
            return True
    return False


def _converted(lines: list[Line], at: int) -> tuple[list[Row], int]:
    rows: list[Row] = [[]]
    end = at
    blank = 0
    for position in range(at, len(lines)):
        line = lines[position][1]
        if line.startswith("\t"):
            if blank:
                rows.append([])
            rows[-1].append(line[1:])
            blank, end = 0, position + 1
        elif not line.strip():
            blank += 1
        elif blank or rows[-1][-1].count("\n") > _LONGEST:
            break
        else:  # a cell goes on
            rows[-1][-1] += "\n" + line
            end = position + 1
    return rows, end


def _tabbed(lines: list[Line], at: int) -> tuple[list[Row], int]:
    """Give rows of cells between tabs; a cell in quotation marks may hold line ends, as workbooks copy them."""
    rows: list[Row] = []
    while at < len(lines) and _begins_row(lines, at):
        row, at = _tabbed_row(lines, at)
        rows.append(row)
    return rows, at


def _begins_row(lines: list[Line], at: int) -> bool:
    """Tell whether a row of cells between tabs begins here, perhaps with a cell of several lines."""
    line = lines[at][1].strip(" \u3000")
    return "\t" in line or (line.startswith('"') and len(_tabbed_row(lines, at)[0]) > 1)


def _tabbed_row(lines: list[Line], at: int) -> tuple[Row, int]:
    text, at = lines[at][1], at + 1
    cells: Row = []
    start = 0
    while start <= len(text):
        quoted, end = None, at
        if text.startswith('"', start):
            longer = text
            while not (quoted := _QUOTED.match(longer, start)) and end < len(lines) and end - at < _LONGEST:
                longer, end = f"{longer}\n{lines[end][1]}", end + 1
        if quoted:
            text, at = longer, end
            cells.append(quoted[1].replace('""', '"'))
            start = quoted.end() + 1
        else:
            stop = text.find("\t", start)
            stop = len(text) if stop < 0 else stop
            cells.append(text[start:stop])
            start = stop + 1
    return cells, at


def _ruled(lines: list[Line], at: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    end = at
    while end < len(lines):
        line = lines[end][1]
        if _RULE.fullmatch(line) and rows:
            end += 1
        elif len(_STROKES.findall(line)) > 1:
            rows.append([cell.strip() for cell in _STROKES.split(line.strip().strip("|｜│┃"))])
            end += 1
        else:
            break
    return rows, end


def _gapped(lines: list[Line], at: int) -> tuple[list[Row], int]:
    """Give rows of cells between runs of blanks: at least two lines of three cells and more."""
    rows: list[Row] = []
    for position in range(at, len(lines)):
        line = lines[position][1]
        cells = _GAP.split(line.strip())
        if len(cells) < _FEW and not (rows and len(cells) > 1):
            break
        rows.append(cells)
    return (rows, at + len(rows)) if len(rows) > 1 else ([], at)
