"""Running text, wherever it stands: workbooks keep each paragraph in a cell, some documents a whole report in one."""

from dataclasses import replace
from typing import Final

from wenxiao.importing.grid import Cell, Paragraph, Table
from wenxiao.importing.interpreting.cleaning import is_blank
from wenxiao.importing.interpreting.ledger import Ledger

_A_TEXT: Final = 120
"""Characters from which a cell of several lines is taken for a text, not for a wrapped label."""


def running_text(ledger: Ledger) -> list[Paragraph]:
    """Give the paragraphs of a document, with the cells that stand alone in their row and are not read yet."""
    found: list[Paragraph] = []
    for block in ledger.grid.blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            for cell in _alone(block):
                if not ledger.is_used(cell):
                    found += _lines(ledger, cell)
    return found


def _alone(table: Table) -> list[Cell]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not is_blank(cell.text):
            rows.setdefault(cell.place.row, []).append(cell)
    alone = [cells[0] for _, cells in sorted(rows.items()) if len(cells) == 1]
    return [cell for cell in alone if cell.place.column == 1 or 2 * cell.columns > table.width]


def _lines(ledger: Ledger, cell: Cell) -> list[Paragraph]:
    lines = [line for line in cell.text.split("\n") if not is_blank(line)]
    if len(lines) < 2 or len(cell.text) < _A_TEXT:
        return [Paragraph(cell.text, cell.place)]
    ledger.use(cell)
    own = [Paragraph(line, replace(cell.place, line=number)) for number, line in enumerate(lines, 1)]
    ledger.lines += own
    return own
