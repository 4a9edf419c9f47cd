"""Tables for the Typst template: column widths, numbers that fit their column, row spans cut over pages."""

import re
from collections.abc import Mapping
from typing import Any, Final

from wenxiao.document import Cell, Table, places

LINE_MM: Final = 156
"""The width of a line, and of a table."""
LONG_CELL: Final = 300
"""Characters from which on a row may break over pages; typst clips a row that may not and does not fit."""
CODE: Final = re.compile(r"[0-9A-Za-z_./:?=&%\[\]-]{12,}")
_SIZE: Final = 10.5
_INSET: Final = 0.28
"""Space on the left and the right of a cell, in em; the template has the same."""
_NUMBER: Final = re.compile(r"[-−+≥≤=]?\d[\d,.]{4,}%?")
_WIDE: Final = {
    ",": 0.28,
    ".": 0.28,
    "%": 0.84,
    "-": 0.34,
    "+": 0.78,
    "=": 0.78,
    "−": 0.78,
    "≥": 1.0,
    "≤": 1.0,
}
"""Widths in em of what is not half an em wide, as a digit is."""


def loose(content: str, long: re.Pattern[str]) -> str:
    """Give a text with a place to break after every character of what ``long`` finds."""
    return long.sub(lambda code: "\u200b".join(code[0]), content)


def table_json(table: Table, number: int) -> dict[str, Any]:
    """Give a table as plain data for Typst; ``number`` is its place among the document's tables."""
    widths = list(table.widths) or column_widths(table)
    shares = [w / sum(widths) for w in widths]
    size = _SIZE if len(widths) <= 10 else max(5.0, _SIZE * 10 / len(widths))
    spanned = any(cell.rowspan > 1 for row in table.body for cell in row)

    def rows(part: tuple[tuple[Cell, ...], ...], head: bool) -> list[list[dict[str, Any]]]:
        made = []
        for r, row in enumerate(part):
            cells = [_cell(cell, head) for cell in row]
            if any(len(cell.text) > LONG_CELL for cell in row):  # such a row may be higher than a page
                cells = [one | {"br": True} for one in cells]
            # Where spans may have to be cut, a cell that spans no rows tells the row's page.
            for one in cells:
                if spanned and not head and one["rs"] == 1:
                    one["m"] = f"{number}:{r}"
                    break
            made.append(cells)
        _fit(made, shares, size)
        return made

    return {
        "t": "table", "id": number, "caption": table.caption, "note": table.note, "size": size,
        "widths": [100 * share for share in shares], "head": rows(table.head, True), "body": rows(table.body, False),
    }  # fmt: skip


def _cell(cell: Cell, head: bool) -> dict[str, Any]:
    return {
        "x": loose(cell.text, CODE), "rs": cell.rowspan, "cs": cell.colspan, "h": cell.scope is not None, "al": cell.align,
        "br": cell.rowspan > 1, "k": cell.kind if cell.kind in ("bad", "good", "muted") else None, "m": None,
        "hd": head and cell.scope is not None, "z": None,
    }  # fmt: skip


def _fit(rows: list[list[dict[str, Any]]], shares: list[float], size: float) -> None:
    """Set the size in points of cells whose numbers are wider than their column: two that touch would be read as one.

    All amounts of a table, which stand on the right, get the size of the widest.
    """
    line, least = LINE_MM / 25.4 * 72, size
    amounts = []
    for _, j, cell in places(rows, lambda c: (c["rs"], c["cs"])):
        room = sum(shares[j : j + cell["cs"]]) * line - 2 * _INSET * size
        wide = max((sum(_WIDE.get(c, 0.5) for c in n) for n in _NUMBER.findall(cell["x"])), default=0)
        fitting = min(size, room / wide) if wide else size
        if cell["al"] == "right":
            amounts.append(cell)
            least = min(least, fitting)
        elif fitting < size:
            cell["z"] = round(fitting, 1)
    for cell in amounts if least < size else ():
        cell["z"] = round(least, 1)


def width_of(content: str) -> float:
    """Give the width of a text in characters: a Latin letter counts half."""
    return sum(0.55 if ord(c) < 0x2E80 else 1.0 for c in content)


def column_widths(table: Table) -> list[int]:
    """Give sensible widths: by the square root of the longest text, so that prose wraps and numbers do not."""
    most = [1.5] * table.columns
    for part in (table.head, table.body):
        for _, column, cell in places(part, lambda c: (c.rowspan, c.colspan)):
            if cell.colspan == 1:
                longest = max((width_of(line) for line in cell.text.split("\n")), default=0)
                needed = longest if longest <= 6 else 6 + (min(longest, 400) - 6) ** 0.6
                most[column] = max(most[column], needed + 0.8)
    return [max(1, round(1000 * width / sum(most))) for width in most]


def has_spans(document: dict[str, Any]) -> bool:
    """Tell whether a row span of the document may have to be cut."""
    return any(
        cell["m"] for b in document["blocks"] if b["t"] == "table" for row in b["body"] for cell in row
    )


def cuts(document: dict[str, Any], page: Mapping[str, int]) -> dict[str, list[list[dict[str, Any]]]]:
    """Give the bodies, by table, in which a row span is cut where the page changes and its label repeated with （续）.

    ``page`` tells the page of a row by the mark in it. Tables that need no cut are left out.
    """
    tables = [block for block in document["blocks"] if block["t"] == "table"]
    made = {str(table["id"]): (_continued(table, page), table["body"]) for table in tables}
    return {number: body for number, (body, whole) in made.items() if body != whole}


def _continued(block: dict[str, Any], page: Mapping[str, int]) -> list[list[dict[str, Any]]]:
    rows = block["body"]
    pages = [page.get(f"{block['id']}:{r}") for r in range(len(rows))]
    for r in range(1, len(pages)):  # a row of spanning cells only falls where the row above it did
        pages[r] = pages[r] or pages[r - 1]
    made: list[list[tuple[int, dict[str, Any]]]] = [[] for _ in rows]
    for i, j, cell in places(rows, lambda c: (c["rs"], c["cs"])):
        start, stop = i, min(i + cell["rs"], len(rows))
        while start < stop:
            end = start
            while end < stop and pages[end] == pages[start]:
                end += 1
            label = cell["x"] if start == i else f"{cell['x']}\n（续）"
            made[start].append(
                (j, cell | {"rs": end - start, "x": label, "m": cell["m"] if start == i else None})
            )
            start = end
    return [[cell for _, cell in sorted(row, key=lambda x: x[0])] for row in made]
