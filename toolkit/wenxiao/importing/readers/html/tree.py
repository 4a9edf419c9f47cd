"""Broken HTML made into a tree; scripts, styles and what a page hides are taken out."""

import re
from typing import Any, Final

from wenxiao.errors import InputError
from wenxiao.importing.limits import MOST_ELEMENTS, refusal
from wenxiao.importing.readers.building import Draft
from wenxiao.words import Words

_NEVER_SHOWN: Final = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "button",
    "meta", "link",
}  # fmt: skip
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NO_CHARACTERS: Final = {**dict.fromkeys([*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF]), 12: " "}
"""What no XML may hold; a form feed is a blank to HTML."""
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")


def tree_of(draft: Draft, text: str) -> Any:
    """Give the root element of a page; None where there is nothing in it.

    Raises:
        InputError: it is deeper or larger than any form.
    """
    from lxml import etree, html

    source = _DECLARATION.sub("", text.translate(_NO_CHARACTERS))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log):
        raise _too_large(draft.file)  # the parser stopped there, and what follows is lost
    elements = list(root.iter())
    if len(elements) > MOST_ELEMENTS:
        raise _too_large(draft.file)
    _clean(elements)
    _take_out(draft, elements)
    return root


def _clean(elements: list[Any]) -> None:
    """Take out of a tree what no tree may hold: the parser lets through a control character written as ``&#1;``."""
    for element in elements:
        for part in ("text", "tail"):
            text = getattr(element, part) or ""
            if (clean := text.translate(_NO_CHARACTERS)) != text:
                setattr(element, part, clean)


def _take_out(draft: Draft, elements: list[Any]) -> None:
    hidden = 0
    for element in elements:
        if element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag.lower() in _NEVER_SHOWN:
            element.drop_tree()
        elif element.tag in ("input", "select"):
            _show(element)
        elif element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            hidden += bool(element.text_content().strip())
            element.drop_tree()
    if hidden:
        draft.note(f"网页中有 {hidden} 处不显示的内容，没有采用。")


def _show(element: Any) -> None:
    """Put into a field of a page what it shows: its value, a tick, the chosen entry."""
    kind = (element.get("type") or "text").lower()
    if element.tag == "select":
        chosen = element.xpath(".//option[@selected]")
        text = chosen[0].text_content() if chosen else ""
        for child in list(element):
            element.remove(child)
    elif kind in ("checkbox", "radio"):
        text = "☑" if element.get("checked") is not None else "□"
    else:
        text = (element.get("value") or "") if kind in ("text", "number", "date", "tel") else ""
    element.tag, element.text = "span", text.translate(_NO_CHARACTERS)


def _too_large(file: str) -> InputError:
    return refusal(
        file,
        Words(
            "网页层次过深或异常大，没有读。", "The page is deeper or larger than any form; it was not read."
        ),
        Words(
            "请把自评表复制到 Word 或 Excel，另存后再导入。",
            "Copy the form into Word or Excel, save it and import that.",
        ),
    )
