"""Blocks as text for a console: 80 columns, a Chinese character taking two."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, OverflowMethod, RenderableType
from rich.containers import Lines
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from wenxiao.document import (
    Block,
    Cell,
    Code,
    Details,
    Figure,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Quote,
    Run,
    Table,
)

WIDTH: Final = 80
_MOST_FOLDED: Final = 2  # lines of a grid's rows on average, before it is given row by row
_LONG: Final = 40
_NARROW: Final = (
    8  # a column of words is not made narrower, one of numbers by its heading not below half of it
)
_GAP: Final = 2
# Consoles of Chinese Windows draw the lines of other boxes two columns wide.
_RULED: Final = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


# What stays on one line: a character or Latin word with the punctuation around it.
_PIECE: Final = re.compile(r"[（“《〔]*(?:[!-~≥≤×÷]+|\S)?[，。；：！？、”）》〕]*\s*")


def breaks(content: str, width: int) -> list[int]:
    """Give where a line of text is broken so that no part is wider than ``width``, by the rules of Chinese setting.

    >>> text = "执行率 98.74%，按金额计算。"
    >>> first, second = breaks(text, 14)
    >>> text[:first], text[first:second], text[second:]
    ('执行率 ', '98.74%，按金额', '计算。')
    """
    found, used, at = [], 0, 0
    for piece in _PIECE.findall(content):
        if used and used + cell_len(piece.rstrip()) > width:
            found.append(at)
            used = 0
        for character in piece:
            if (
                used and used + cell_len(character) > width and character != " "
            ):  # wider than a line by itself
                found.append(at)
                used = 0
            used, at = used + cell_len(character), at + 1
    return found


class Chinese(Text):
    """Text that breaks between Chinese characters and not inside numbers."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Give the lines of the text."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(breaks(line.plain, width))
            for part in parts:
                part.rstrip_end(width)
            parts.justify(console, width, justify or "left", overflow or "fold")
            lines.extend(parts)
        return lines


def console_text(blocks: Iterable[Block]) -> str:
    """Give blocks as text without colours; a figure by its alternative text."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=WIDTH,
        color_system=None,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for block in blocks:
        for part in _parts(block):
            console.print(
                Group(part), overflow="fold"
            )  # alone, rich would take it for a text of its own kind
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()).strip("\n")


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(_, runs) | Paragraph(runs):
            yield Chinese(_flat(runs))
        case Table():
            yield from _table(block)
        case Notice(_, title, inside) | Details(title, inside):
            yield Chinese(f"[{title}]")
            yield from (Padding(part, (0, 0, 0, 2)) for one in inside for part in _parts(one))
        case Quote(inside):
            yield from (Padding(part, (0, 0, 0, 2)) for one in inside for part in _parts(one))
        case Listing(ordered, items, start):
            for i, item in enumerate(items, start):
                first, *rest = [part for one in item for part in _parts(one)] or [Text("")]
                mark = f"{i}. " if ordered else "- "
                yield Chinese(mark + first.plain) if isinstance(first, Text) else first
                yield from (Padding(part, (0, 0, 0, 2)) for part in rest)
        case Code(content, _):
            yield Chinese(content)
        case Figure():
            yield Chinese(f"〔图：{block.alt}〕")


def _flat(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _table(table: Table) -> Iterator[RenderableType]:
    """Give a table as a grid; row by row where merged cells or long texts would make a grid unreadable."""
    if table.caption:
        yield Chinese(f"\n{table.caption}")
    rows = table.head + table.body
    if any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row):
        yield from (Chinese("  ".join(cell.text.replace("\n", " ") for cell in row)) for row in rows)
    elif sum(_widths(table)) <= _MOST_FOLDED * WIDTH and (fitting := _fitting(table)):
        yield _grid(table, fitting)
    else:
        yield from _stacked(table)
    if table.note:
        yield Chinese(table.note)


def _heads(table: Table) -> tuple[Cell, ...]:
    return table.head[0] if table.head else (Cell(""),) * table.columns


def _widths(table: Table) -> list[int]:
    """Give the width of the widest text of each column below its head."""
    rows = [row[i : i + 1] for row in table.body for i in range(table.columns)]
    columns = [rows[i :: table.columns] for i in range(table.columns)]
    return [max((_width(cell.text) for one in column for cell in one), default=0) for column in columns]


def _width(content: str) -> int:
    return max(map(cell_len, content.split("\n")))


def _fitting(table: Table) -> list[int]:
    """Give the width of each column of a grid; empty where numbers and paths, which are never broken, find no room."""
    least = [
        body if _is_whole(table, i) else min(max(body, _width(head.text)), _NARROW)
        for i, (head, body) in enumerate(zip(_heads(table), _widths(table), strict=True))
    ]
    found = [max(_width(head.text), body) for head, body in zip(_heads(table), _widths(table), strict=True)]
    while sum(found) + _GAP * (len(found) - 1) > WIDTH:
        loose = [i for i, width in enumerate(found) if width > max(least[i], _NARROW // 2)]
        if not loose:
            return []
        found[max(loose, key=found.__getitem__)] -= 1
    return found


def _is_whole(table: Table, column: int) -> bool:
    """Tell whether what stands in a column is not broken: numbers, and paths, which are copied from there."""
    cells = [row[column] for row in table.body if column < len(row)]
    return bool(cells) and all(cell.align == "right" or cell.kind == "path" for cell in cells)


def _grid(table: Table, widths: Sequence[int]) -> Grid:
    grid = Grid(
        box=_RULED, show_header=bool(table.head), show_edge=False, pad_edge=False, padding=(0, 1, 0, 0)
    )
    for i, (head, width) in enumerate(zip(_heads(table), widths, strict=True)):
        right = bool(table.body) and all(row[i].align == "right" for row in table.body if i < len(row))
        grid.add_column(
            Chinese(head.text), justify="right" if right else "left", overflow="fold", width=width
        )
    for row in table.body:
        grid.add_row(*(Chinese(cell.text) for cell in row))
    return grid


def _stacked(table: Table) -> Iterator[RenderableType]:
    """Give the short cells of each row in a line, and every long one below it under its heading."""
    long = [width > _LONG for width in _widths(table)]
    for row in table.body:
        short = [cell.text for cell, apart in zip(row, long, strict=False) if not apart]
        yield Chinese("  ".join(filter(None, short)))
        for head, cell, apart in zip(_heads(table), row, long, strict=False):
            if apart and cell.text:
                yield Padding(Chinese(f"{head.text}：{cell.text}"), (0, 0, 0, 4))
