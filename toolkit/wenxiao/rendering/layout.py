"""Document tree → the JSON that the Typst template reads: column widths, row spans over pages, title lines."""

import itertools
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

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
    clean_svg,
    plain_text,
    safe_href,
    text,
)

TITLE_CHARACTERS: Final = 19
LINE_MM: Final = 156
LONG_CELL: Final = 300
"""Characters from which on a row may break over pages; typst clips a row that may not and does not fit."""
# An address or a long code has no place to break a line: from so many characters on it gets one after every character.
# In boxes, set in 12 pt, a SHA-256 stands on one line and is copied without zero-width spaces.
IN_TEXT, IN_BOX, IN_CELL = (re.compile(f"[0-9A-Za-z_./:?=&%-]{{{most},}}") for most in (24, 69, 12))


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Give blocks as plain data for Typst; tables are numbered so that their rows can be asked for their page."""
    numbers = itertools.count()
    return [_block(block, numbers) for block in blocks]


APPENDIX: Final = "附：每个得分怎样算出"


def appended(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give blocks for paper: what a reader would open on a screen stands in a table at the end."""
    shown = tuple(blocks)
    hidden = [block for block in shown if isinstance(block, Details)]
    if not hidden:
        return shown
    rows = tuple((Cell(one.summary, scope="row"), Cell(plain_text(one.blocks))) for one in hidden)
    head = (Cell("得分", scope="col"), Cell("怎样算出", scope="col"))
    table = Table("得分的计算过程", (head,), rows, (24, 76))
    kept = tuple(block for block in shown if not isinstance(block, Details))
    return (*kept, Heading(2, text(APPENDIX)), table)


def _loose(content: str, long: re.Pattern[str]) -> str:
    return long.sub(lambda code: "\u200b".join(code[0]), content)


def _runs(runs: Iterable[Run], long: re.Pattern[str] | None = None) -> list[dict[str, Any]]:
    return [
        {
            "s": _loose(r.text, long) if long else r.text,
            "b": r.bold, "i": r.italic, "c": r.code, "a": safe_href(r.href),
        }
        for r in runs
    ]  # fmt: skip


def _block(block: Block, numbers: Iterator[int], long: re.Pattern[str] = IN_TEXT) -> dict[str, Any]:
    def inside(blocks: Iterable[Block], long: re.Pattern[str] = long) -> list[dict[str, Any]]:
        return [_block(b, numbers, long) for b in blocks]

    match block:
        case Heading(level, runs):
            return {"t": "h", "l": level, "c": _runs(runs)}
        case Paragraph(runs):
            return {"t": "p", "c": _runs(runs, long)}
        case Listing(ordered, items, start):
            return {"t": "list", "ord": ordered, "start": start, "items": [inside(item) for item in items]}
        case Quote(blocks):
            return {"t": "quote", "items": inside(blocks)}
        case Code(content, _):
            return {"t": "code", "x": content}
        case Details(summary, blocks):  # only inside another block; see appended()
            return {"t": "box", "k": "note", "title": summary, "items": inside(blocks, IN_BOX)}
        case Notice(kind, title, blocks):
            return {"t": "box", "k": kind, "title": title, "items": inside(blocks, IN_BOX)}
        case Figure():
            return _figure(block)
        case Table():
            return _table(block, next(numbers))


def _figure(figure: Figure) -> dict[str, Any]:
    svg = clean_svg(figure.svg) if figure.svg is not None else None
    png, mm = figure.png or b"", LINE_MM
    if len(png) > 24:
        (pixels,) = struct.unpack(">I", png[16:20])
        mm = max(20, round(pixels / 100 * 25.4))  # a notebook's picture is about 100 pixels an inch
    return {
        "t": "img",
        "svg": svg,
        "png": None if svg else list(png),
        "mm": mm,
        "alt": figure.alt,
        "caption": figure.caption,
    }


def _table(table: Table, number: int) -> dict[str, Any]:
    widths = list(table.widths) or column_widths(table)
    scale = sum(widths)
    size = 10.5 if len(widths) <= 10 else max(5.0, 10.5 * 10 / len(widths))
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
        return made

    return {
        "t": "table", "id": number, "caption": table.caption, "note": table.note, "size": size,
        "widths": [100 * w / scale for w in widths], "head": rows(table.head, True), "body": rows(table.body, False),
    }  # fmt: skip


def _cell(cell: Cell, head: bool) -> dict[str, Any]:
    return {
        "x": _loose(cell.text, IN_CELL), "rs": cell.rowspan, "cs": cell.colspan, "h": cell.scope is not None, "al": cell.align,
        "br": cell.rowspan > 1, "k": cell.kind if cell.kind in ("bad", "good", "muted") else None, "m": None,
        "hd": head and cell.scope is not None,
    }  # fmt: skip


def places(rows: Iterable[Iterable[Any]], span: Any) -> Iterator[tuple[int, int, Any]]:
    """Give (row, column, cell) of rows with spans; ``span`` gives (rowspan, colspan) of a cell."""
    taken: set[tuple[int, int]] = set()
    for i, row in enumerate(rows):
        j = 0
        for cell in row:
            while (i, j) in taken:
                j += 1
            down, across = span(cell)
            taken |= {(i + a, j + b) for a in range(down) for b in range(across)}
            yield i, j, cell
            j += across


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


_GOOD_AFTER: Final = "度局会部厅院校所心县市省区镇乡、，）；的"
_BAD_START: Final = "）》」、，。；：的"


def title_lines(title: str) -> list[str]:
    """Break a title into lines of like length, where the words allow it (词意完整 as far as a simple rule can).

    >>> title_lines("2021年度视频会议接入及监控接入平台建设工程项目支出绩效自评报告")
    ['2021年度视频会议接入及监控接入平台', '建设工程项目支出绩效自评报告']
    """
    count = max(1, -(-int(width_of(title) + 0.99) // TITLE_CHARACTERS))
    lines: list[str] = []
    rest = title
    for left in range(count, 1, -1):
        ideal = width_of(rest) / left
        best, at = 1e9, len(rest)
        for k in range(2, len(rest) - 1):
            width = width_of(rest[:k])
            if width > TITLE_CHARACTERS or width_of(rest[k:]) > TITLE_CHARACTERS * (left - 1):
                continue
            cost = abs(width - ideal)
            cost -= 1.5 if rest[k - 1] in _GOOD_AFTER else 0
            cost -= 2.5 if rest[k:].startswith(("项目支出", "接入", "建设", "绩效")) else 0
            cost += 6 if rest[k] in _BAD_START or (rest[k - 1].isascii() and rest[k].isascii()) else 0
            cost += (
                3
                if rest[k - 1 : k + 1]
                in ("项目", "支出", "绩效", "自评", "报告", "工程", "平台", "会议", "年度")
                else 0
            )
            if cost < best:
                best, at = cost, k
        lines.append(rest[:at].strip())
        rest = rest[at:]
    return [line for line in [*lines, rest.strip()] if line]
