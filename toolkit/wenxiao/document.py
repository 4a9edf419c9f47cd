"""What a reader sees, as a neutral tree: the one source of page, PDF and every later format.

Text is text: nothing here is ever executed, fetched or interpreted twice. :func:`to_html` writes the tree as plain
semantic HTML which :func:`from_html` reads back; Markdown and the HTML of DataFrames come in through the same door.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any, Final

import mistune

RECORD: Final = "application/vnd.wenxiao.evaluation"
"""The media type under which a cell carries the text of evaluation.json."""
FACTS: Final = "application/vnd.wenxiao.params"
RULES: Final = "application/vnd.wenxiao.rubric"
"""Beside it: the text of params.yaml, and of rubric.yaml where a bureau's own rubric scored the project."""


@dataclass(frozen=True)
class Run:
    """A piece of text in one style; ``href`` is an http, https or mailto address."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str | None = None


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Listing:
    """A list whose items are blocks."""

    ordered: bool
    items: "tuple[tuple[Block, ...], ...]"
    start: int = 1


@dataclass(frozen=True)
class Quote:
    """A block quotation."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class Code:
    """Text as it stands; kind is ``output``, ``source`` or ``error``."""

    text: str
    kind: str = "output"


@dataclass(frozen=True)
class Cell:
    """A cell; ``scope`` (col, row, colgroup, rowgroup) makes it a header, ``align`` right marks a number."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    scope: str | None = None
    align: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` in percent, one a column, or empty; ``note`` stands below it.

    The rows of a ``sortable`` one can be put in another order where there is a reader to do it; a row whose first cell is
    of the kind ``sum`` stays last.
    """

    caption: str
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    note: str = ""
    sortable: bool = False

    @property
    def columns(self) -> int:
        """Number of columns."""
        return columns_of(self.head + self.body)


@dataclass(frozen=True)
class Figure:
    """A picture, as SVG text or PNG bytes, with its alternative text and caption."""

    alt: str
    caption: str
    svg: str | None = None
    png: bytes | None = None


@dataclass(frozen=True)
class Notice:
    """A box: kind is ``note``, ``warning``, ``error`` or ``provenance``."""

    kind: str
    title: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True)
class Details:
    """What a reader may open: a summary, and blocks behind it. On paper the blocks stand in an appendix."""

    summary: str
    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | Listing | Quote | Code | Table | Figure | Notice | Details


def text(content: str) -> tuple[Run, ...]:
    """Give one plain run."""
    return (Run(content),)


def columns_of(rows: tuple[tuple[Cell, ...], ...]) -> int:
    """Give the number of columns of rows with spans."""
    ends = (column + cell.colspan for _, column, cell in places(rows, lambda c: (c.rowspan, c.colspan)))
    return max(ends, default=1)


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


# --- links ---------------------------------------------------------------------------------------------------------


def safe_href(address: str | None) -> str | None:
    """Give an address that may be a link, else None.

    >>> safe_href("https://a.cn/x"), safe_href("java\\nscript:alert(1)"), safe_href("//a.cn")
    ('https://a.cn/x', None, None)
    """
    if not address or re.search(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\\]", address):
        return None
    return address if re.match(r"(?i)(https?://[^/]|mailto:)", address) else None


# --- Markdown ------------------------------------------------------------------------------------------------------

_markdown: Final = mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough"])
# CommonMark does not close **总体目标：**县; a zero-width word joiner beside the marks would change the text, so the
# marks move inside the punctuation instead, which reads the same.
_FLANKING: Final = re.compile(r"\*\*([^*\n]+?)([：，。；、！？”）》】])\*\*(?=[\w\u4e00-\u9fff])")
_PROSE_TAG: Final = re.compile(r"(?is)^\s*<(table|p|ul|ol|div|h[1-6]|blockquote|dl)\b")


def from_markdown(source: str) -> tuple[Block, ...]:
    """Read Markdown. Raw HTML shows as characters, except a block that is a table or prose; images are not fetched."""
    tokens = _markdown(_FLANKING.sub(r"**\1**\2", source))
    return tuple(_blocks(tokens if isinstance(tokens, list) else []))


def _blocks(nodes: Iterable[dict[str, Any]]) -> Iterator[Block]:
    for node in nodes:
        kind, children = node["type"], node.get("children") or []
        if kind == "heading":
            yield Heading(node["attrs"]["level"], _runs(children))
        elif kind in ("paragraph", "block_text"):
            if runs := _runs(children):
                yield Paragraph(runs)
        elif kind == "list":
            attributes = node["attrs"]
            items = tuple(tuple(_blocks(item.get("children") or [])) for item in children)
            yield Listing(bool(attributes.get("ordered")), items, int(attributes.get("start") or 1))
        elif kind == "block_quote":
            yield Quote(tuple(_blocks(children)))
        elif kind == "block_code":
            yield Code(str(node["raw"]).rstrip("\n"), "source")
        elif kind == "block_html":
            raw = str(node["raw"])
            if _PROSE_TAG.match(raw):
                yield from from_html(raw)
            elif raw.strip():
                yield Paragraph(text(raw.strip()))
        elif kind == "table":
            yield _markdown_table(children)
        elif children:
            yield from _blocks(children)


def _markdown_table(parts: list[dict[str, Any]]) -> Table:
    def row(cells: list[dict[str, Any]], scope: str | None) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                _flat(_runs(c.get("children") or [])), scope=scope, align=(c.get("attrs") or {}).get("align")
            )
            for c in cells
        )

    head = tuple(row(part["children"], "col") for part in parts if part["type"] == "table_head")
    rows = [r for part in parts if part["type"] == "table_body" for r in part["children"]]
    return Table("", head, tuple(row(r["children"], None) for r in rows))


def _flat(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def _runs(nodes: Iterable[dict[str, Any]]) -> tuple[Run, ...]:
    found: list[Run] = []
    for node in nodes:
        kind, raw, children = node["type"], str(node.get("raw", "")), node.get("children") or []
        if kind == "text":
            found.append(Run(html.unescape(raw)))
        elif kind == "softbreak":
            found.append(Run(_soft(found)))
        elif kind == "linebreak":
            found.append(Run("\n"))
        elif kind == "codespan":
            found.append(Run(html.unescape(raw), code=True))
        elif kind == "strong":
            found += [replace(run, bold=True) for run in _runs(children)]
        elif kind == "emphasis":
            found += [replace(run, italic=True) for run in _runs(children)]
        elif kind == "link":
            address = safe_href((node.get("attrs") or {}).get("url"))
            found += [replace(run, href=address) for run in _runs(children)]
        elif kind == "image":
            found.append(Run(f"〔图：{_flat(_runs(children)) or '没有文字说明'}〕"))
        elif children:
            found += _runs(children)
        elif raw:
            found.append(Run(raw))
    return _joined(found)


def _soft(before: list[Run]) -> str:
    """A line end in the source is a space between Latin words and nothing between Chinese characters."""
    return " " if before and before[-1].text[-1:].isascii() and before[-1].text[-1:].isalnum() else ""


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


# --- HTML out ------------------------------------------------------------------------------------------------------


def _escape(content: str) -> str:
    return html.escape(content, quote=True).replace("\n", "<br>")


def _run_html(run: Run) -> str:
    written = _escape(run.text)
    for wanted, tag in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong")):
        if wanted:
            written = f"<{tag}>{written}</{tag}>"
    if address := safe_href(run.href):
        written = f'<a href="{html.escape(address, quote=True)}" rel="noopener noreferrer">{written}</a>'
    return written


def _runs_html(runs: Iterable[Run]) -> str:
    return "".join(map(_run_html, runs))


_ALIGN: Final = {"right": "n", "center": "c", "left": "l"}


def _cell_html(cell: Cell) -> str:
    tag = "th" if cell.scope else "td"
    marks = [_ALIGN[cell.align]] if cell.align else []
    marks += [f"k-{cell.kind}"] if cell.kind else []
    attributes = f' scope="{cell.scope}"' if cell.scope else ""
    attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    attributes += f' class="{" ".join(marks)}"' if marks else ""
    return f"<{tag}{attributes}>{_escape(cell.text)}</{tag}>"


def _table_html(table: Table) -> str:
    def rows(part: tuple[tuple[Cell, ...], ...]) -> str:
        return "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>\n" for row in part)

    sorts = ' class="sorts"' if table.sortable else ""
    parts = [f'<div class="wide" role="region" tabindex="0" aria-label="{_label(table)}"><table{sorts}>']
    parts += [f"<caption>{_escape(table.caption)}</caption>"] if table.caption else []
    if table.widths:
        parts.append("<colgroup>" + "".join(f'<col class="w{w}">' for w in table.widths) + "</colgroup>")
    parts += [f"<thead>\n{rows(table.head)}</thead>"] if table.head else []
    parts += [f"<tbody>\n{rows(table.body)}</tbody></table></div>"]
    parts += [f'<p class="note">{_escape(table.note)}</p>'] if table.note else []
    return "\n".join(parts)


def _label(table: Table) -> str:
    return html.escape(" ".join(table.caption.split()) or "数据表", quote=True)


_SVG_NOISE: Final = re.compile(r"(?s)<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->")


def clean_svg(svg: str) -> str:
    """Give an SVG without prolog, comments and metadata."""
    return _SVG_NOISE.sub("", svg).strip()


def _figure_html(figure: Figure) -> str:
    if figure.svg is not None:
        kind, content = "svg+xml", clean_svg(figure.svg).encode()
    else:
        kind, content = "png", figure.png or b""
    source = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    caption = f"<figcaption>{_escape(figure.caption)}</figcaption>" if figure.caption else ""
    return f'<figure><img src="{source}" alt="{html.escape(figure.alt, quote=True)}">{caption}</figure>'


def _block_html(block: Block, ids: Iterator[str]) -> str:
    match block:
        case Heading(level, runs):
            mark = f' id="{next(ids)}"' if level > 1 else ""
            return f"<h{level}{mark}>{_runs_html(runs)}</h{level}>"
        case Paragraph(runs):
            return f"<p>{_runs_html(runs)}</p>"
        case Listing(ordered, items, start):
            tag = "ol" if ordered else "ul"
            first = f' start="{start}"' if ordered and start != 1 else ""
            inside = "".join(f"<li>{''.join(_block_html(b, ids) for b in item)}</li>\n" for item in items)
            return f"<{tag}{first}>\n{inside}</{tag}>"
        case Quote(blocks):
            return f"<blockquote>{''.join(_block_html(b, ids) for b in blocks)}</blockquote>"
        case Code(content, kind):
            return f'<pre class="k-{kind}" tabindex="0"><code>{html.escape(content, quote=True)}</code></pre>'
        case Table():
            return _table_html(block)
        case Figure():
            return _figure_html(block)
        case Notice(kind, title, blocks):
            inside = "\n".join(_block_html(b, ids) for b in blocks)
            return f'<section class="notice k-{kind}"><p class="notice-title">{_escape(title)}</p>\n{inside}</section>'
        case Details(summary, blocks):
            inside = "\n".join(_block_html(b, ids) for b in blocks)
            return f"<details><summary>{_escape(summary)}</summary>\n{inside}</details>"


def _ids() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"s{number}"


def to_html(blocks: Iterable[Block]) -> str:
    """Write blocks as semantic HTML: no script, no style attribute, ids counted from s1."""
    ids = _ids()
    return "\n".join(_block_html(block, ids) for block in blocks)


# --- HTML in -------------------------------------------------------------------------------------------------------

_SKIPPED: Final = {
    "script",
    "style",
    "iframe",
    "object",
    "noscript",
    "template",
    "svg",
    "math",
    "head",
    "title",
    "textarea",
}
_CONTAINERS: Final = {
    "ul", "ol", "li", "blockquote", "section", "details", "summary", "p", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_STYLES: Final = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code", "kbd": "code"}


class _Reader(HTMLParser):
    """Builds blocks from HTML events; a stack of containers, each collecting blocks and runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[dict[str, Any]] = [_frame("root")]
        self.styles: list[tuple[str, str, Any]] = []
        self.skipping: list[str] = []
        self.table: dict[str, Any] | None = None
        self.cell: dict[str, Any] | None = None
        self.figure: dict[str, str] | None = None
        self.pre: list[str] | None = None
        self.caption: list[str] | None = None

    def flush(self) -> None:
        frame = self.stack[-1]
        runs, frame["runs"] = _trimmed(frame["runs"]), []
        if runs:
            frame["blocks"].append(Paragraph(runs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {k: v or "" for k, v in attrs}
        if self.skipping or tag in _SKIPPED:
            if tag in _SKIPPED:
                self.skipping.append(tag)
            return
        if self.table is not None:
            self._in_table(tag, got)
        elif tag == "table":
            self.flush()
            self.table = {"caption": "", "head": [], "body": [], "widths": [], "part": "body"}
            self.table["sorts"] = "sorts" in got.get("class", "").split()
        elif tag == "img":
            self._image(got)
        elif tag == "figcaption":
            self.caption = []
        elif tag == "figure":
            self.flush()
            self.figure = {"alt": "", "src": "", "caption": ""}
        elif tag == "pre":
            self.flush()
            self.pre = []
            self.stack.append(_frame("pre", got))
        elif tag == "br":
            self.stack[-1]["runs"].append(self._styled("\n"))
        elif tag in _STYLES:
            self.styles.append((tag, _STYLES[tag], True))
        elif tag == "a":
            self.styles.append((tag, "href", safe_href(got.get("href"))))
        elif tag in _CONTAINERS:
            self.flush()
            self.stack.append(_frame(tag, got))
        elif tag in ("div", "hr", "tr", "dl", "dt", "dd"):
            self.flush()

    def _image(self, got: dict[str, str]) -> None:
        if self.figure is not None:
            self.figure |= {"alt": got.get("alt", ""), "src": got.get("src", "")}
        else:
            self.stack[-1]["runs"].append(self._styled(f"〔图：{got.get('alt') or '没有文字说明'}〕"))

    def _in_table(self, tag: str, got: dict[str, str]) -> None:
        assert self.table is not None
        if tag in ("thead", "tbody", "tfoot"):
            self.table["part"] = "head" if tag == "thead" else "body"
        elif tag == "tr":
            self.table[self.table["part"]].append([])
        elif tag == "col":
            found = re.search(r"\bw(\d{1,3})\b", got.get("class", ""))
            self.table["widths"] += [int(found[1])] if found else []
        elif tag == "caption":
            self.cell = {"text": []}
        elif tag in ("td", "th"):
            marks = got.get("class", "").split()
            kind = next((m[2:] for m in marks if m.startswith("k-")), None)
            align = next((a for a, mark in _ALIGN.items() if mark in marks), None)
            self.cell = {
                "text": [], "th": tag == "th", "scope": got.get("scope"), "align": align, "kind": kind,
                "rowspan": _span(got.get("rowspan")), "colspan": _span(got.get("colspan")),
            }  # fmt: skip
        elif tag == "br" and self.cell is not None:
            self.cell["text"].append("\n")

    def _styled(self, content: str) -> Run:
        values: dict[str, Any] = {name: value for _, name, value in self.styles if value}
        return Run(content, **values)

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.cell is not None:
            self.cell["text"].append(data)
        elif self.pre is not None:
            self.pre.append(data)
        elif self.caption is not None:
            self.caption.append(data)
        elif self.table is None and self.figure is None:
            self.stack[-1]["runs"].append(self._styled(re.sub(r"[ \t\r\n]+", " ", data)))

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if self.table is not None:
            self._end_in_table(tag)
        elif tag == "figcaption" and self.figure is not None and self.caption is not None:
            self.figure["caption"], self.caption = "".join(self.caption), None
        elif tag == "figure" and self.figure is not None:
            figure, self.figure = self.figure, None
            self.stack[-1]["blocks"].append(_figure(figure))
        elif tag in _STYLES or tag == "a":
            for i in range(len(self.styles) - 1, -1, -1):
                if self.styles[i][0] == tag:
                    del self.styles[i]
                    break
        elif any(frame["tag"] == tag for frame in self.stack[1:]):
            while len(self.stack) > 1:
                done = self._close()
                if done == tag:
                    break

    def _close(self) -> str:
        frame = self.stack[-1]
        tag = str(frame["tag"])
        above = self.stack[-2]
        if tag == "pre":
            kind = next((k for k in ("error", "source") if f"k-{k}" in frame["class"]), "output")
            made: list[Block] = [Code("".join(self.pre or []), kind)]
            self.pre = None
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            made = [Heading(int(tag[1]), _trimmed(frame["runs"]))]
        elif tag == "p":
            runs = _trimmed(frame["runs"])
            marks = frame["class"]
            if "note" in marks and above["blocks"] and isinstance(above["blocks"][-1], Table):
                above["blocks"][-1] = replace(above["blocks"][-1], note=_flat(runs))
                runs = ()
            if "notice-title" in marks:
                above["title"], runs = _flat(runs), ()
            made = [*frame["blocks"], *([Paragraph(runs)] if runs else [])]
        else:
            self.flush()
            blocks = tuple(frame["blocks"])
            if tag == "li":
                above["items"].append(blocks)
                made = []
            elif tag in ("ul", "ol"):
                made = [Listing(tag == "ol", tuple(frame["items"]), frame["start"])]
            elif tag == "blockquote":
                made = [Quote(blocks)]
            elif tag == "summary":
                above["title"], made = plain_text(blocks), []
            elif tag == "details":
                made = [Details(frame["title"], blocks)]
            elif "notice" in frame["class"]:
                kind = next((m[2:] for m in frame["class"] if m.startswith("k-")), "note")
                made = [Notice(kind, frame["title"], blocks)]
            else:
                made = list(blocks)
        self.stack.pop()
        self.stack[-1]["blocks"] += made
        return tag

    def _end_in_table(self, tag: str) -> None:
        assert self.table is not None
        if tag == "caption" and self.cell is not None:
            self.table["caption"], self.cell = "".join(self.cell["text"]), None
        elif tag in ("td", "th") and self.cell is not None:
            cell, self.cell = self.cell, None
            if not self.table[self.table["part"]]:
                self.table[self.table["part"]].append([])
            self.table[self.table["part"]][-1].append(cell)
        elif tag == "table":
            table, self.table = self.table, None
            self.stack[-1]["blocks"].append(_table(table))

    def close(self) -> None:
        super().close()
        if self.table is not None:
            self.handle_endtag("table")
        while len(self.stack) > 1:
            self._close()
        self.flush()


def _frame(tag: str, got: dict[str, str] | None = None) -> dict[str, Any]:
    got = got or {}
    start = got.get("start", "1")
    return {
        "tag": tag, "blocks": [], "runs": [], "items": [], "title": "", "class": got.get("class", "").split(),
        "start": int(start) if start.isdigit() else 1,
    }  # fmt: skip


def _span(value: str | None) -> int:
    return max(1, min(1000, int(value))) if value and value.isdigit() else 1


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    joined = list(_joined(runs))
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip(" "))
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
    return tuple(run for run in joined if run.text)


def _figure(figure: dict[str, str]) -> Block:
    found = re.match(r"data:image/(svg\+xml|png);base64,(.*)", figure["src"], re.S)
    try:
        content = base64.b64decode(found[2]) if found else b""
    except binascii.Error:
        content = b""
    if not found or not content:
        return Paragraph(text(f"〔图：{figure['alt'] or '没有文字说明'}〕"))
    if found[1] == "png":
        return Figure(figure["alt"], figure["caption"], png=content)
    return Figure(figure["alt"], figure["caption"], svg=content.decode("utf-8", "replace"))


_NUMERIC: Final = re.compile(r"\s*[-−+]?[\d,]*\.?\d+(e[-+]?\d+)?\s*%?\s*", re.I)


def _table(raw: dict[str, Any]) -> Table:
    def cell(one: dict[str, Any], part: str, first: bool) -> Cell:
        content = "".join(one["text"])
        scope = one["scope"] or (("col" if part == "head" else "row") if one["th"] else None)
        align = one["align"]
        if (
            align is None
            and scope is None
            and not one["kind"]
            and raw["foreign"]
            and _NUMERIC.fullmatch(content)
        ):
            align = "right"
        return Cell(
            content.strip() if raw["foreign"] else content,
            one["rowspan"],
            one["colspan"],
            scope,
            align,
            one["kind"],
        )

    # A header cell without scope is somebody else's table (pandas): its numbers are set right here.
    cells = [c for part in ("head", "body") for row in raw[part] for c in row]
    raw["foreign"] = any(c["th"] and not c["scope"] for c in cells)
    parts = {
        part: tuple(tuple(cell(c, part, i == 0) for i, c in enumerate(row)) for row in raw[part] if row)
        for part in ("head", "body")
    }
    head = _folded(parts["head"]) if raw["foreign"] else parts["head"]
    return Table(raw["caption"], head, parts["body"], tuple(raw["widths"]), sortable=raw["sorts"])


def _folded(head: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """Give the two rows of heads that pandas writes for an index with a name as one: each has a cell where the other is
    empty.
    """
    if (
        len(head) != 2
        or len(head[0]) != len(head[1])
        or any(c.rowspan + c.colspan > 2 for c in head[0] + head[1])
    ):
        return head
    pairs = tuple(zip(*head, strict=True))
    if any(upper.text and lower.text for upper, lower in pairs):
        return head
    return (tuple(upper if upper.text else lower for upper, lower in pairs),)


def from_html(source: str) -> tuple[Block, ...]:
    """Read HTML: our own, a DataFrame's, or prose. Scripts, styles and unknown addresses fall away."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return tuple(reader.stack[0]["blocks"])


# --- other forms ---------------------------------------------------------------------------------------------------


def plain_text(blocks: Iterable[Block]) -> str:
    """Give all text a reader sees, block by block, alternative texts included."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading(_, runs) | Paragraph(runs):
                parts.append(_flat(runs))
            case Listing(_, items, _):
                parts += [plain_text(item) for item in items]
            case Quote(inside):
                parts.append(plain_text(inside))
            case Notice(_, title, inside) | Details(title, inside):
                parts += [title, plain_text(inside)]
            case Code(content, _):
                parts.append(content)
            case Table():
                parts.append(block.caption)
                parts += [cell.text for row in block.head + block.body for cell in row]
                parts.append(block.note)
            case Figure():
                parts += [block.caption, block.alt]
    return "\n".join(part for part in parts if part)
