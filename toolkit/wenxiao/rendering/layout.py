"""Document tree → the JSON that the Typst template reads: blocks, pictures, title lines."""

import itertools
import re
import struct
from collections.abc import Iterable, Iterator
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
from wenxiao.rendering.grids import LINE_MM, loose, table_json, width_of
from wenxiao.rendering.lettering import lettered

TITLE_CHARACTERS: Final = 19
PICTURE_MM: Final = 205
"""The height that a page leaves a picture, with its caption below it."""
# An address or a long code has no place to break a line: from so many characters on it gets one after every character.
# In boxes, set in 12 pt, a SHA-256 stands on one line and is copied without zero-width spaces.
IN_TEXT, IN_BOX = (re.compile(f"[0-9A-Za-z_./:?=&%-]{{{most},}}") for most in (24, 69))
_VIEW_BOX: Final = re.compile(r'<svg[^>]* viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+(\d*[1-9][\d.]*)[ ,]+([\d.]+)"')


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


def _runs(runs: Iterable[Run], long: re.Pattern[str] | None = None) -> list[dict[str, Any]]:
    return [
        {
            "s": loose(r.text, long) if long else r.text,
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
            return table_json(block, next(numbers))


def _figure(figure: Figure) -> dict[str, Any]:
    svg = lettered(clean_svg(figure.svg)) if figure.svg is not None else None
    png, width, shape = figure.png or b"", float(LINE_MM), 0.0
    if svg is not None and (box := _VIEW_BOX.search(svg)):
        shape = float(box[2]) / float(box[1])
    elif len(png) > 24:
        across, down = struct.unpack(">II", png[16:24])
        width, shape = max(20, across / 100 * 25.4), down / max(1, across)  # about 100 pixels an inch
    if shape:  # a picture is not broken over pages: what does not fit on one is made smaller
        width = min(width, PICTURE_MM / shape)
    return {
        "t": "img",
        "svg": svg,
        "png": None if svg else list(png),
        "share": min(100, 100 * width / LINE_MM),
        "alt": figure.alt,
        "caption": figure.caption,
    }


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
                in ("项目", "支出", "绩效", "自评", "报告", "工程", "平台", "会议", "年度", "部门")
                else 0
            )
            if cost < best:
                best, at = cost, k
        lines.append(rest[:at].strip())
        rest = rest[at:]
    return [line for line in [*lines, rest.strip()] if line]
