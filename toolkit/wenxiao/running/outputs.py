"""What a template's cells show: whether page and PDF can show it too, to everybody, the same on every machine.

An exporter passes over what it can't show; a report that a run puts in place has no such holes.
"""

import base64
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from wenxiao.document import RECORD, Figure, from_html, from_markdown, plain_text
from wenxiao.rendering.tree import HIDDEN, NO_ALT, shown_by
from wenxiao.running.templates import Fault, numbered, tags_of
from wenxiao.words import Words

WIDGET: Final = "application/vnd.jupyter.widget-view+json"
_SHOWN: Final = ("image/svg+xml", "text/html", "text/markdown", "image/png")
"""What the exporters show; they take the first of these that an output has."""
_LOST: Final = re.compile(
    r"<(script|iframe|object|embed|applet|svg|math|canvas|video|audio|form|input|button|select|textarea)\b",
    re.I,
)
# In lower case, and each begins with letters that are searched for fast: a chart is long, and most are our own.
_UNSAFE_SVG: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"<script\b",
        r"<foreignobject\b",
        r"href\s*=\s*[\"'](?!#|data:)",
        r"on(?<=\son)[a-z]+\s*=\s*[\"']",
    )
)
_DRAWN: Final = re.compile(r"<(?:path|rect|line|circle|ellipse|polyline|polygon|text|use|image)\b")
_OBJECT: Final = re.compile(r" at 0x[0-9a-fA-F]+>|\A[\[({]*<[A-Za-z_][\w.]*[ :>]|\AText\(")
_EMPTY: Final = re.compile(r"\A<Figure size \S+ with 0 Axes>")
_IDS: Final = re.compile(r'(?<=\bid=")[^"]+(?=")')


def output_faults(nb: Any) -> Iterator[Fault]:
    """Give the faults of everything that an executed notebook shows."""
    for number, cell in numbered(nb):
        if cell["cell_type"] != "code" or HIDDEN & set(tags_of(cell)):
            continue
        shown = [one for one in cell["outputs"] if one["output_type"] in ("execute_result", "display_data")]
        for output in shown:
            yield from (Fault(number, *words) for words in _faults(output))
        yield from (Fault(number, *words) for words in _described(cell, shown))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def _faults(output: Any) -> Iterator[tuple[Words, Words]]:
    """Give what is wrong with one output, and what to write instead."""
    data = output["data"]
    if RECORD in data:
        return
    kind = next((one for one in _SHOWN if one in data), "")
    if kind == "text/html":
        page = _text(data[kind])
        if found := _LOST.search(page):
            yield _HTML.filled(tag=found[1].lower()), _INSTEAD
        elif "<img" in page and "〔图：" in plain_text(from_html(page)):
            yield _IMAGE, _INSTEAD
    elif kind == "text/markdown":
        if "〔图：" in plain_text(from_markdown(_text(data[kind]))):
            yield _IMAGE, _INSTEAD
    elif kind:
        plain = _text(data.get("text/plain", ""))
        svg = _text(data[kind]) if kind == "image/svg+xml" else ""
        lower = svg.lower()
        if svg and any(unsafe.search(lower) for unsafe in _UNSAFE_SVG):
            yield _ACTIVE, _INSTEAD
        elif _EMPTY.match(plain) or not (_DRAWN.search(svg) if svg else _is_drawn(_text(data[kind]))):
            yield _BLANK, _DRAW
    elif others := [one for one in data if one != "text/plain"]:
        yield _OTHER.filled(kind=others[0]), _INSTEAD_OF.get(others[0], _INSTEAD)
    elif _OBJECT.search(plain := _text(data.get("text/plain", ""))):
        yield _REPR.filled(text=plain.splitlines()[0][:60]), _SILENT


def _is_drawn(png: str) -> bool:
    """Tell whether a PNG has more than one colour."""
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA")
        return any(low != high for low, high in picture.getextrema())  # type: ignore[misc]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False


def _described(cell: Any, shown: list[Any]) -> Iterator[tuple[Words, Words]]:
    """Every picture says in words what it shows; one line of a cell speaks of one picture."""
    drawn = [one for one in shown if any(kind in one["data"] for kind in ("image/svg+xml", "image/png"))]
    pictures = [block for output in drawn for block in shown_by({**cell, "outputs": [output]})]
    figures = [block for block in pictures if isinstance(block, Figure)]
    if any(figure.alt == NO_ALT for figure in figures):
        yield _NO_WORDS, _ALT
        return
    alone = {(one.svg, one.png) for one in figures}
    if len(alone) < len(figures):
        yield _TWICE, _CLOSE
    elif len({figure.alt for figure in figures}) < len(figures):
        yield _SAME_WORDS, _ONE_EACH


def stable(data: Any) -> None:
    """Take out of an output what differs between two runs: ids and date of a picture by matplotlib, a widget's number."""
    svg = data.get("image/svg+xml")
    if svg is not None and "matplotlib.org" in (text := _text(svg)):
        text = re.sub(r"(?s)\s*<metadata>.*?</metadata>", "", text)
        names = {name: f"i{n}" for n, name in enumerate(dict.fromkeys(_IDS.findall(text)), 1)}
        data["image/svg+xml"] = re.sub(
            r'(\bid="|#)([^")\s]+)(?=["\)])',
            lambda found: found[1] + names.get(found[2], found[2]),
            text,
        )
    if WIDGET in data and any(kind in data for kind in _SHOWN):
        del data[WIDGET]


_HTML: Final = Words(
    "这段网页有 <{tag}>，报告不收，会留下空白。",
    "Its HTML has <{tag}>, which no report takes: a hole would be left.",
)
_IMAGE: Final = Words("网页里的 <img> 不会出现在报告里。", "An <img> in HTML does not come into the report.")
_ACTIVE: Final = Words(
    "这张 SVG 图有程序或外部地址。", "This SVG picture has a script or an outside address."
)
_BLANK: Final = Words("图是空的。", "The picture is empty.")
_DRAW: Final = Words(
    "没有数据时不画图，写一句话说明。", "Where there are no data draw none, and say so in a sentence."
)
_OTHER: Final = Words(
    "输出的格式是 {kind}，报告不能显示。", "Its output is {kind}, which no report can show."
)
_REPR: Final = Words(
    "最后一行的结果是程序里的对象，不是内容：“{text}”。",
    "Its last line gives an object of the program, no content: “{text}”.",
)
_SILENT: Final = Words(
    "在最后一行末尾加分号，或者写要显示的表、图、文字。",
    "End the last line with a semicolon, or give a table, a picture or words.",
)
_NO_WORDS: Final = Words(
    "图没有文字说明，看不见图的人不知道它说什么。", "A picture says nothing to whoever can't see it."
)
_ALT: Final = Words(
    '第一行写：#| fig-alt: "图里说了什么"；随数据变的，用 display(fig, metadata={"alt": …})。',
    'Begin the cell with: #| fig-alt: "what it says"; where that depends on data: display(fig, metadata={"alt": …}).',
)
_TWICE: Final = Words("同一张图显示了两次。", "It shows the same picture twice.")
_CLOSE: Final = Words(
    "删去最后一行的 fig，或者在它前面写 plt.close(fig)。",
    "Delete fig in the last line, or write plt.close(fig) before it.",
)
_SAME_WORDS: Final = Words("几张图的文字说明相同。", "Several pictures have the same words.")
_ONE_EACH: Final = Words(
    "一格只画一张图，各写各的说明。", "Draw one picture a cell, each with words of its own."
)
_INSTEAD: Final = Words(
    "改用 pandas 表格、matplotlib 图（PNG 或 SVG）或 Markdown 文字。",
    "Use a pandas table, a matplotlib picture (PNG or SVG) or Markdown.",
)
_INSTEAD_OF: Final = {
    "image/jpeg": Words("改存为 PNG。", "Save it as PNG."),
    "image/gif": Words("改存为 PNG。", "Save it as PNG."),
    "text/latex": Words("公式写成文字，或者画成带说明的图。", "Put the formula into words, or into a picture with words."),
    WIDGET: Words("控件留在分析用的笔记本里；报告里写它的结果。", "Keep widgets in a notebook of your own; a report has their results."),
}  # fmt: skip

__all__ = ["WIDGET", "output_faults", "stable"]
