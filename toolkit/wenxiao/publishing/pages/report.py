"""The report inside its page: the notebook's own document, one heading level deeper, its charts as files of their own."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import nbformat

from wenxiao.document import Block, Details, Heading, Listing, Paragraph, plain_text, to_html
from wenxiao.rendering.html import distinct_labels
from wenxiao.rendering.tree import Report, read_notebook

NOTEBOOK: Final = "report.ipynb"
MOST_BYTES: Final = 220_000
"""A longer report leaves out the steps of its scores, and if that is not enough, itself: the page links to it."""
_PICTURE: Final = re.compile(r'<img src="data:image/(svg\+xml|png);base64,([A-Za-z0-9+/=]*)"')
_HEAD: Final = re.compile(r'<h3 id="(s\d+)">(.*?)</h3>', re.S)
_SIZE: Final = re.compile(rb'<svg[^>]*?\bviewBox="0 0 ([\d.]+) ([\d.]+)"', re.S)
_UNSEARCHED: Final = re.compile(
    r'<(details(?=>)|section(?= class="notice k-provenance")|div(?= class="wide" role="region"))'
)
"""What no search needs: steps of scores, hashes, tables. The text of a report is escaped and can't look like it."""


@dataclass(frozen=True)
class Body:
    """A report as HTML (empty where it is too long for a page), its contents as (anchor, words), and its charts by name.

    ``complete`` is False where the steps of the scores are left out.
    """

    html: str
    contents: tuple[tuple[str, str], ...]
    charts: dict[str, bytes]
    complete: bool = True


@dataclass(frozen=True)
class Achievement:
    """What the report says of its indicators: a sentence each category, and those that were not met."""

    sentences: tuple[str, ...]
    missed: tuple[str, ...]


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> Report:
    return read_notebook(nbformat.reads(path.read_text(encoding="utf-8"), as_version=4))  # type: ignore[no-untyped-call]


def read_report(folder: Path) -> Report:
    """Give the document of a report folder's notebook (OSError when it can't be read)."""
    path = folder / NOTEBOOK
    return _read(path, path.stat().st_mtime_ns)


def body_of(report: Report) -> Body:
    """Give the report for its page."""
    charts: dict[str, bytes] = {}
    made = _html(report.blocks, charts)
    if complete := len(made.encode()) <= MOST_BYTES:
        return Body(made, _contents(made), charts, complete)
    made = _html((block for block in report.blocks if not isinstance(block, Details)), {})
    if len(made.encode()) > MOST_BYTES:
        made, charts = "", {}
    return Body(made, _contents(made), charts, complete)


def _html(blocks: Iterator[Block] | tuple[Block, ...], charts: dict[str, bytes]) -> str:
    def lower(block: Block) -> Block:
        return replace(block, level=block.level + 1) if isinstance(block, Heading) else block

    def placed(match: re.Match[str]) -> str:
        kind, content = match[1].partition("+")[0], base64.b64decode(match[2])
        name = f"chart-{len(charts) + 1}.{kind}"
        charts[name] = content
        return f'<img src="{name}"{_extent(content)}'

    made = _PICTURE.sub(placed, distinct_labels(to_html(map(lower, blocks))))
    return _UNSEARCHED.sub(r"<\1 data-pagefind-ignore", made)


def _extent(content: bytes) -> str:
    """Give width and height of a picture, so that a page does not jump when it arrives."""
    if found := _SIZE.search(content[:2000]):
        wide, high = (round(float(number) * 4 / 3) for number in found.groups())
        return f' width="{wide}" height="{high}"'
    if content.startswith(b"\x89PNG") and len(content) > 24:
        return f' width="{int.from_bytes(content[16:20], "big")}" height="{int.from_bytes(content[20:24], "big")}"'
    return ""


def _contents(made: str) -> tuple[tuple[str, str], ...]:
    return tuple((mark, re.sub("<[^>]+>", "", inner)) for mark, inner in _HEAD.findall(made))


def achievement(report: Report) -> Achievement:
    """Give what stands under 指标完成情况, in the report's own words; empty where a template has no such part."""
    sentences: list[str] = []
    missed: list[str] = []
    inside = False
    for block in report.blocks:
        if isinstance(block, Heading):
            inside = plain_text([block]).endswith("指标完成情况")
        elif inside and isinstance(block, Paragraph):
            sentences.append(plain_text([block]))
        elif inside and isinstance(block, Listing):
            missed += [plain_text(item) for item in block.items]
    return Achievement(tuple(sentences), tuple(missed))
