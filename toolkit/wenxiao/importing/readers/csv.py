"""Tables as plain text: csv and tsv."""

import csv
import io
from typing import Final

from wenxiao.importing.grid import Cell, Grid
from wenxiao.importing.limits import MOST_CELLS, MOST_COLUMNS, too_many
from wenxiao.importing.readers.building import Draft, tidy
from wenxiao.importing.readers.places import Address
from wenxiao.words import Words

_SEPARATORS: Final = ",\t;，"


def read_csv(file: str, text: str) -> Grid:
    """Read a table of plain text; what separates its cells is what its first lines hold most of."""
    draft = Draft(file, "csv")
    head = text[:4000]
    separator = max(_SEPARATORS, key=head.count)
    csv.field_size_limit(10_000_000)
    name = "表1"
    cells: list[Cell] = []
    for at, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
        if len(row) > MOST_COLUMNS or len(cells) > MOST_CELLS:
            raise too_many(file, Words("单元格", "cells"), MOST_CELLS)
        cells += [Cell(tidy(cell), Address(name, at, column)) for column, cell in enumerate(row, 1)]
    draft.table(name, cells)
    return draft.grid()
