"""Text and runs as WordprocessingML: escaped, nothing lost, nothing interpreted."""

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from wenxiao.document import Run

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARED: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
W: Final = f"{{{NAMESPACES['w']}}}"

FANG, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
"""Fonts by name: the computers of Chinese offices have them, and none may be handed on."""
MONO: Final = "Consolas"

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PART: Final = re.compile("([\n\t])")
_BREAK: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def legal(content: str) -> str:
    """Give a text in which each character that XML can't hold is U+FFFD.

    >>> legal("甲\\x07乙")
    '甲\ufffd乙'
    """
    return _NO_XML.sub("\ufffd", content.replace("\r\n", "\n").replace("\r", "\n"))


def attribute(content: str) -> str:
    """Give a text as a quoted attribute value."""
    return quoteattr(legal(content), {"\n": "&#10;", "\t": "&#9;"})


def exact_text(content: str) -> str:
    """Give a text as the content of an element from which it is read back as it is, carriage returns included.

    >>> exact_text("a<b\\r\\n")
    'a&lt;b&#13;\\n'
    """
    return _NO_XML.sub("\ufffd", escape(content)).replace("\r", "&#13;")


def fonts(name: str) -> str:
    """Give w:rFonts for all four scripts."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def run_xml(content: str, properties: str = "") -> str:
    """Give a text as one run; line ends and tabs become Word's own. ``properties`` are the children of w:rPr."""
    parts = [
        _BREAK.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _PART.split(legal(content))
        if part
    ]
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{kept}{''.join(parts)}</w:r>" if parts else ""


def properties_of(run: Run) -> str:
    """Give the run properties of a piece of text: the character styles of `styles`, and 斜体 beside one of them."""
    style = next((s for on, s in ((run.href, "Hyperlink"), (run.code, "WxCodeText"), (run.bold, "Strong"),
                                  (run.italic, "Emphasis")) if on), None)  # fmt: skip
    if style is None:
        return ""
    beside = fonts(HEI) if run.bold and style != "Strong" else ""
    beside += "<w:i/>" if run.italic and style != "Emphasis" else ""
    return f'<w:rStyle w:val="{style}"/>{beside}'


def paragraph(style: str, inside: str, properties: str = "") -> str:
    """Give a paragraph in a style; ``properties`` are further children of w:pPr, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def flat(runs: Iterable[Run]) -> str:
    """Give the text of runs."""
    return "".join(run.text for run in runs)
