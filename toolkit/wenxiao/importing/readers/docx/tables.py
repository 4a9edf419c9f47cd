"""Tables of Word: gridSpan and vMerge resolved, tables inside cells told apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wenxiao.importing.grid import Cell, Place
from wenxiao.importing.limits import MOST_CELLS, MOST_COLUMNS, too_many
from wenxiao.importing.readers.docx.names import MC, WRAPPERS, W, child, number, value
from wenxiao.importing.readers.docx.runs import chosen
from wenxiao.words import Words


@dataclass
class Content:
    """What a cell holds: its text, and the tables that stand in it."""

    text: str
    tables: list[Any]


@dataclass
class Drawn:
    """A table as it is drawn: its cells, the tables inside them, and texts that a merged cell covers."""

    cells: list[Cell] = field(default_factory=list)
    inner: list[Any] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)


@dataclass
class _Open:
    """A cell that may go on below."""

    text: str
    row: int
    column: int
    columns: int
    rows: int = 1


def children(element: Any, name: str) -> Iterator[Any]:
    """Give the children of a name, through content controls, insertions and alternatives."""
    for one in element:
        tag = one.tag
        if tag == W + name:
            yield one
        elif tag == W + "sdt" or tag in WRAPPERS:
            yield from children(one, name)
        elif tag == MC + "AlternateContent":
            for piece in chosen(one):
                if piece.tag == W + name:
                    yield piece


def drawn(table: Any, name: str, file: str, content: Callable[[Any], Content]) -> Drawn:
    """Lay a table out; ``content`` reads a cell."""
    found = Drawn()
    cells: list[_Open] = []
    going_on: dict[int, _Open] = {}
    row = 0
    for line in children(table, "tr"):
        if child(line, "trPr/del") is not None:
            continue
        row += 1
        going_on = _read_row(line, row, going_on, cells, found, content)
        if len(cells) > MOST_CELLS:
            raise too_many(file, Words("单元格", "cells"), MOST_CELLS)
    found.cells = [Cell(c.text, Place(name, c.row, c.column), c.rows, c.columns) for c in cells]
    return found


def _read_row(
    line: Any,
    row: int,
    above: dict[int, _Open],
    cells: list[_Open],
    found: Drawn,
    content: Callable[[Any], Content],
) -> dict[int, _Open]:
    """Read a row; give what may go on below it, by column."""
    column = 1 + max(0, min(number(value(line, "trPr/gridBefore"), 0), MOST_COLUMNS))
    here: dict[int, _Open] = {}
    for cell in children(line, "tc"):
        columns = max(1, min(number(value(cell, "tcPr/gridSpan"), 1), MOST_COLUMNS))
        merge = child(cell, "tcPr/vMerge")
        goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
        held = content(cell)
        found.inner += held.tables
        over = above.get(column)
        beside = cells[-1] if cells and cells[-1].row == row else None
        if value(cell, "tcPr/hMerge") == "continue" and beside is not None:
            beside.columns += columns
            _cover(found, held)
        elif goes_on and over is not None and over.columns == columns:
            over.rows += 1
            here[column] = over
            _cover(found, held)
        else:
            one = _Open(held.text, row, column, columns)
            cells.append(one)
            if merge is not None:
                here[column] = one
        column += columns
    return here


def _cover(found: Drawn, held: Content) -> None:
    if held.text:
        found.covered.append(held.text)
