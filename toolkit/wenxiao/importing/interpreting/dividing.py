"""A document that holds several projects' forms, one after another → one document for each."""

from dataclasses import replace
from itertools import pairwise

from wenxiao.importing.grid import Cell, Grid, Paragraph, Table
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.importing.interpreting.labels import field_of
from wenxiao.importing.interpreting.titles import is_title

Block = Paragraph | Table


def divided(grid: Grid) -> list[Grid]:
    """Give a document for each project named in a form (项目名称); the document itself where there is only one.

    Two forms with one name are one project: a target table and a result table. Places stay those of the whole document.
    """
    parts: list[list[Block]] = [[]]
    name: str | None = None
    for block in grid.blocks:
        for piece, named in _pieces(block):
            if named is not None and name is not None and named != name:
                parts.append(_titles(parts[-1]))
            name = named or name
            parts[-1].append(piece)
    return [replace(grid, blocks=tuple(blocks)) for blocks in parts] if len(parts) > 1 else [grid]


def _pieces(block: Block) -> list[tuple[Block, str | None]]:
    """Give a block with the project it names; a table that names several, cut above each."""
    if isinstance(block, Paragraph):
        return [(block, None)]
    starts = _starts(block)
    changes = [at for at, start in enumerate(starts) if at == 0 or start[1] != starts[at - 1][1]]
    if not changes:
        return [(block, None)]
    cuts = [1, *(_above(block, starts[at][0]) for at in changes[1:]), block.height + 1]
    return [
        (
            Table(block.name, tuple(c for c in block.cells if first <= c.place.row < last)),
            starts[changes[number]][1],
        )
        for number, (first, last) in enumerate(pairwise(cuts))
    ]


def _starts(table: Table) -> list[tuple[int, str]]:
    """Give the rows that name a project, each with the name in plain characters."""
    found = []
    for cell in table.cells:
        if field_of(cell.text) != "project.name":
            continue
        beside = [
            c
            for c in table.row(cell.place.row)
            if c.place.column > cell.place.column and not is_blank(c.text)
        ]
        if beside and field_of(beside[0].text) is None:
            found.append((cell.place.row, squeezed(beside[0].text)))
    return found


def _above(table: Table, row: int) -> int:
    """Give the row where a form begins: its title and other lines that stand alone above the project's name."""
    while row > 1 and len(_own(table, row - 1)) == 1 and _own(table, row - 1)[0].rows == 1:
        row -= 1
    return row


def _own(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.row(row) if not is_blank(cell.text)]


def _titles(blocks: list[Block]) -> list[Block]:
    """Take the title lines at the end of one project's blocks away, for the next one."""
    at = len(blocks)
    while at and isinstance(blocks[at - 1], Paragraph):
        at -= 1
    first = next((i for i in range(at, len(blocks)) if is_title(blocks[i].text)), len(blocks))  # type: ignore[union-attr]
    taken = blocks[first:]
    del blocks[first:]
    return taken
