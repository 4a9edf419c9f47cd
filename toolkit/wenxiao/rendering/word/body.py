"""Document tree → the body of a Word document."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from wenxiao.document import (
    Block,
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
    safe_href,
    text,
)
from wenxiao.rendering.layout import IN_TEXT
from wenxiao.rendering.word.cells import table_xml
from wenxiao.rendering.word.contents import mark_of
from wenxiao.rendering.word.marks import HEI, attribute, flat, fonts, paragraph, properties_of, run_xml
from wenxiao.rendering.word.package import LEVELS, STEP
from wenxiao.rendering.word.pictures import Picture, inline, pictures_of
from wenxiao.rendering.word.styles import BARS

FIRST: Final = 9000
"""Numbers of pictures and marks: beyond those that an office's own template has given."""


class Parts(Protocol):
    """What the body needs of the document around it: each gives the id by which the body names it."""

    def picture(self, png: bytes) -> str | None:
        """Take in a picture; None where it is none."""

    def address(self, href: str) -> str:
        """Take in the address of a link."""

    def listing(self, ordered: bool, start: int) -> int:
        """Begin a list."""


@dataclass(frozen=True)
class _Around:
    """Where a block stands: the style of its paragraphs, how far in, and the list item it begins."""

    style: str = "WxText"
    left: int = 0
    level: int = -1
    item: tuple[int, int] | None = None


class Body:
    """Blocks as XML, with the headings met on the way (level from 1, text)."""

    def __init__(self, parts: Parts):
        self._parts = parts
        self._numbers = itertools.count(FIRST)
        self._pictures: Iterator[Picture] = iter(())
        self.headings: list[tuple[int, str]] = []

    def xml(self, blocks: Iterable[Block]) -> str:
        """Give the XML of all blocks of a document."""
        given = tuple(blocks)
        self._pictures = iter(pictures_of(list(_figures(given))))
        return "".join(self._blocks(given, _Around()))

    def _blocks(self, blocks: Iterable[Block], around: _Around) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block, around)
            around = replace(around, item=None)

    def _block(self, block: Block, around: _Around) -> Iterator[str]:
        match block:
            case Heading(level, runs):
                yield self._heading(max(1, level - 1), runs)
            case Paragraph(runs):
                yield self._paragraph(runs, around)
            case Listing():
                yield from self._listing(block, around)
            case Quote(blocks):
                style = "Quote" if around.style == "WxText" else around.style
                yield from self._blocks(blocks, replace(around, style=style))
            case Code(content, _):
                yield paragraph("WxCode", run_xml(content))
            case Details(title, blocks):
                yield from self._box("note", title, blocks)
            case Notice(kind, title, blocks):
                yield from self._box(kind, title, blocks)
            case Figure():
                yield from self._figure(block)
            case Table():
                yield from _table(block)

    def _heading(self, level: int, runs: Iterable[Run]) -> str:
        runs = tuple(runs)
        self.headings.append((level, " ".join(flat(runs).split())))
        n = len(self.headings)
        identity = FIRST + n
        mark = f'<w:bookmarkStart w:id="{identity}" w:name="{mark_of(n)}"/>{self._runs(runs)}<w:bookmarkEnd w:id="{identity}"/>'
        return paragraph(f"Heading{min(level, 4)}", mark)

    def _paragraph(self, runs: Iterable[Run], around: _Around) -> str:
        runs = tuple(runs)
        kept = (
            "<w:keepNext/>" if runs and all(run.bold for run in runs) else ""
        )  # such a line is a heading in all but name
        numbered = ""
        if around.item is not None:
            number, level = around.item
            numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        loose = '<w:wordWrap w:val="0"/>' if IN_TEXT.search(flat(runs)) else ""
        deep = f'<w:ind w:left="{around.left}"/>' if around.left and not numbered else ""
        return paragraph(around.style, self._runs(runs), f"{kept}{numbered}{loose}{deep}")

    def _runs(self, runs: Iterable[Run]) -> str:
        made = ""
        for run in runs:
            written = run_xml(run.text, properties_of(run))
            if written and (address := safe_href(run.href)):
                relation = self._parts.address(address)
                written = f'<w:hyperlink r:id={attribute(relation)} w:history="1">{written}</w:hyperlink>'
            made += written
        return made

    def _listing(self, listing: Listing, around: _Around) -> Iterator[str]:
        number = self._parts.listing(listing.ordered, listing.start)
        level = min(around.level + 1, LEVELS - 1)
        style = "WxList" if around.style == "WxText" else around.style
        inside = replace(around, style=style, level=level, left=STEP * (level + 2), item=(number, level))
        for item in listing.items:
            if item and not isinstance(item[0], Paragraph):
                yield self._paragraph((), inside)
                yield from self._blocks(item, replace(inside, item=None))
            else:
                yield from self._blocks(item or (Paragraph(()),), inside)

    def _box(self, kind: str, title: str, blocks: Iterable[Block]) -> Iterator[str]:
        kind = kind if kind in BARS else "note"
        style = f"WxBox{kind.capitalize()}"
        letters = f'{fonts(HEI)}<w:color w:val="{BARS[kind]}"/>'
        yield paragraph(style, run_xml(title, letters), "<w:keepNext/>")
        yield from self._blocks(blocks, _Around(style))
        yield paragraph("WxGap", "")

    def _figure(self, figure: Figure) -> Iterator[str]:
        picture = next(self._pictures)
        relation = self._parts.picture(picture.png)
        if relation is not None:
            yield paragraph("WxPicture", inline(picture, relation, next(self._numbers), figure.alt))
        else:
            yield self._paragraph(text(f"〔图：{figure.alt}〕"), _Around())
        yield paragraph("WxUnder", run_xml(figure.caption)) if figure.caption else paragraph("WxGap", "")


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield paragraph("Caption", run_xml(table.caption))
    yield table_xml(table)
    # Word joins two tables that nothing parts.
    yield paragraph("WxNote", run_xml(table.note)) if table.note else paragraph("WxGap", "")


def _figures(blocks: Iterable[Any]) -> Iterator[Figure]:
    """Give the figures of blocks in the order in which they are met."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Listing():
                for item in block.items:
                    yield from _figures(item)
            case Quote() | Notice() | Details():
                yield from _figures(block.blocks)
