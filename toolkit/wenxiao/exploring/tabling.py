"""Tables of a display: a heading stands as its column does."""

from collections.abc import Iterable, Sequence
from typing import Final

from wenxiao.document import Cell, Table

NONE: Final = "—"


def table(caption: str, labels: Sequence[str], rows: Iterable[Sequence[Cell]], note: str = "") -> Table:
    """Give a table without merged cells; ``labels`` are the headings of its columns."""
    body = tuple(map(tuple, rows))
    head = tuple(
        Cell(
            label,
            scope="col",
            align="right" if body and all(row[i].align == "right" for row in body) else None,
        )
        for i, label in enumerate(labels)
    )
    return Table(caption, (head,), body, note=note)


def right(*shown: str) -> tuple[Cell, ...]:
    """Give cells of numbers."""
    return tuple(Cell(one, align="right") for one in shown)
