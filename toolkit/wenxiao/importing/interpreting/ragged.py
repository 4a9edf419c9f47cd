"""Tables copied as text, where merged cells have become single ones: their rows are put under each other again."""

from dataclasses import replace
from typing import Final

from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.cleaning import is_blank
from wenxiao.importing.interpreting.heads import is_total_label, role_of

LOOSE: Final = frozenset({"text", "csv", "tsv"})
"""Kinds of documents that know no merged cells: a merged one leaves empty ones beside it."""


def squared(table: Table) -> Table:
    """Give a table without merged cells with its two-row headings and its rows 总分 aligned; others as they are.

    A heading over several columns is widened to the columns named below it; 总分 ends where the headings end.
    """
    if any(cell.rows > 1 or cell.columns > 1 for cell in table.cells):
        return table
    rows = [table.row(number) for number in range(1, table.height + 1)]
    width = 0
    cells: list[Cell] = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else []
        if _is_heading(row):
            row = _widened(row, below)
            width = max((cell.place.column + cell.columns - 1 for cell in row), default=0)
        elif row and is_total_label(row[0].text) and 1 < len(row) < width:
            row = [row[0], *(_at(cell, width - len(row) + 1 + n) for n, cell in enumerate(row[1:], 1))]
        cells += row
    return Table(table.name, tuple(cells))


def _is_heading(row: list[Cell]) -> bool:
    return sum(role_of("indicators", cell.text) is not None for cell in row) > 3


def _widened(row: list[Cell], below: list[Cell]) -> list[Cell]:
    """Widen the headings that stand over several; the row as it is, where the two do not fit together."""
    if len(below) <= len(row) or not all(is_blank(c.text) or role_of("indicators", c.text) for c in below):
        return row
    placed: list[Cell] = []
    left, column = list(row), 0
    while column < len(below) and left:
        run, family = 1, _family(below[column])
        while family and column + run < len(below) and _family(below[column + run]) == family:
            run += 1
        placed.append(replace(_at(left.pop(0), column + 1), columns=run))
        column += run
    return placed if not left and column == len(below) else row


def _family(cell: Cell) -> str:
    """Tell 一级、二级、三级指标 from 指标性质、指标值、度量单位: they stand under two headings."""
    if is_blank(cell.text):
        return ""
    return "names" if role_of("indicators", cell.text) in ("category", "subcategory", "name") else "values"


def _at(cell: Cell, column: int) -> Cell:
    return replace(cell, place=replace(cell.place, column=column))
