"""The vocabulary of WordprocessingML, as far as it is read."""

from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"

WRAPPERS: Final = {
    W + name
    for name in (
        "ins",
        "moveTo",
        "sdtContent",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
    )
}
"""What only wraps text that is there."""
GONE: Final = {
    W + name
    for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "pPr", "sdtPr")
}
"""What is not, or no longer, part of the text."""
_OFF: Final = ("0", "false", "off", "none")


def transitional(root: Any) -> Any:
    """Give a tree in the usual namespace; documents saved as "Strict Open XML" have another."""
    if not str(root.tag).startswith(_STRICT):
        return root
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.replace(_STRICT, W)
            for name, value in list(element.attrib.items()):
                if name.startswith(_STRICT):
                    element.set(name.replace(_STRICT, W), value)
    return root


def value(element: Any, path: str, default: str | None = None) -> str | None:
    """Give ``w:val`` of a child by its path of names without prefix, such as ``pPr/numPr/ilvl``."""
    found = child(element, path)
    return default if found is None else found.get(W + "val", default)


def child(element: Any, path: str) -> Any:
    """Give a child by its path of names without prefix; None where there is none."""
    return None if element is None else element.find("/".join(W + step for step in path.split("/")))


def switched_on(element: Any, path: str) -> bool:
    """Tell whether a property such as ``rPr/vanish`` is there and not switched off."""
    found = child(element, path)
    return found is not None and found.get(W + "val", "1").lower() not in _OFF


def number(text: str | None, default: int) -> int:
    """Give a whole number of an attribute; the default for what is none."""
    try:
        return int(text or "")
    except ValueError:
        return default
