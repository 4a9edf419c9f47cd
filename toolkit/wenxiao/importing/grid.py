"""What every document is made into before it is read: paragraphs and tables of cells, each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Place:
    """Where something stands in a document: a clerk finds it again by :meth:`shown`.

    ``table`` counts the tables of the document (or names the sheet of a workbook); ``row`` and ``column`` count from 1;
    ``line`` counts paragraphs, or lines of a text.
    """

    table: str | None = None
    row: int = 0
    column: int = 0
    line: int = 0

    def shown(self) -> str:
        """Give the place in words: ``表2 第5行第3列``, ``工作表“自评表” B7``, ``第12段``."""
        if self.table is None:
            return f"第{self.line}段"
        return f"{self.table} 第{self.row}行第{self.column}列"


@dataclass(frozen=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its upper left corner."""

    text: str
    place: Place
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """A table as it is drawn: cells by row, then column; ``name`` says which (``表2``, ``工作表“自评表”``)."""

    name: str
    cells: tuple[Cell, ...]

    def at(self, row: int, column: int) -> Cell | None:
        """Give the cell that covers a position (both from 1); None where the table has none."""
        return self._covering.get((row, column))

    @cached_property
    def height(self) -> int:
        """How many rows."""
        return max((c.place.row + c.rows - 1 for c in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """How many columns."""
        return max((c.place.column + c.columns - 1 for c in self.cells), default=0)

    def row(self, number: int) -> list[Cell]:
        """Give the cells that cover a row, from left to right, a merged one once."""
        return list(self._rows.get(number, ()))

    @cached_property
    def numbers(self) -> list[int]:
        """The rows that any cell covers, from the top: a sheet may hold a cell a million rows below the others."""
        return sorted(self._rows)

    @cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for (number, _), cell in sorted(self._covering.items(), key=lambda one: one[0]):
            row = rows.setdefault(number, [])
            if not row or row[-1] is not cell:
                row.append(cell)
        return rows

    @cached_property
    def _covering(self) -> dict[tuple[int, int], Cell]:
        return {
            (cell.place.row + down, cell.place.column + along): cell
            for cell in self.cells
            for down in range(cell.rows)
            for along in range(cell.columns)
        }


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text outside tables; ``level`` where it is a heading (1 for 一、), else 0."""

    text: str
    place: Place
    level: int = 0


@dataclass(frozen=True)
class Grid:
    """A whole document: its paragraphs and tables in their order.

    ``kind`` is the reader that read it (``docx``, ``xlsx``, ``html``, ``text``); ``notes`` is what the reader
    itself has to say (a hidden sheet, a picture that holds a table, a formula without a value).
    """

    file: str
    kind: str
    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...] = field(default=())

    def tables(self) -> Iterator[Table]:
        """Give the tables in their order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        """Give the paragraphs in their order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
