"""The text of a paragraph, as it is printed: insertions kept, deletions dropped, fields by what they show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from wenxiao.importing.readers.docx.names import (
    GONE,
    MC,
    W14,
    WRAPPERS,
    M,
    W,
    child,
    number,
    switched_on,
    value,
)

_SYMBOLS: Final = {
    "symbol": {0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0xB0: "°"},
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0xFC: "√", 0xFB: "×", 0x52: "☑", 0x53: "☒", 0xAB: "★"},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x2A: "□"},
}  # fmt: skip
_DRAWINGS: Final = (W + "drawing", W + "pict", W + "object")
_SIGNS: Final = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t",
}  # fmt: skip


@dataclass
class Told:
    """What a paragraph says, and what stands in it beside its text."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0
    hidden: list[str] = field(default_factory=list)
    unknown: int = 0

    @property
    def text(self) -> str:
        """The printed text."""
        return "".join(self.pieces)


def told(paragraph: Any) -> Told:
    """Read a paragraph."""
    found = Told()
    for piece in paragraph:
        _read(piece, found)
    return found


def _read(element: Any, found: Told) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in GONE:
        return
    if tag == W + "r":
        _read_run(element, found)
    elif tag == W + "sdt":
        _read_control(element, found)
    elif tag in _DRAWINGS:
        _read_drawing(element, found)
    elif tag == MC + "AlternateContent":
        for piece in chosen(element):
            _read(piece, found)
    elif tag == M + "oMath" or tag == M + "oMathPara":
        found.pieces += [text.text or "" for text in element.iter(M + "t")]
    elif tag in WRAPPERS or tag == W + "ruby" or tag == W + "rubyBase":
        for piece in element:
            _read(piece, found)


def _read_run(run: Any, found: Told) -> None:
    if switched_on(run, "rPr/vanish"):
        hidden = "".join(text.text or "" for text in run.iter(W + "t"))
        if hidden.strip():
            found.hidden.append(hidden)
        return
    for piece in run:
        tag = piece.tag
        if tag == W + "t":
            found.pieces.append(piece.text or "")
        elif tag == W + "br" and piece.get(W + "type") in ("page", "column"):
            continue
        elif tag in _SIGNS:
            found.pieces.append(_SIGNS[tag])
        elif tag == W + "sym":
            found.pieces.append(_symbol(piece, found))
        elif tag == W + "fldChar":
            found.pieces.append(_form_field(piece))
        else:
            _read(piece, found)


def _read_drawing(drawing: Any, found: Told) -> None:
    boxes = [box for box in drawing.iter(W + "txbxContent") if not _inside(box, drawing)]
    found.boxes += boxes
    if drawing.tag == W + "object":
        found.objects += 1
    elif not boxes:
        found.pictures += 1


def _inside(box: Any, drawing: Any) -> bool:
    """Tell whether a text box stands in another, or is the spelling of one for older programs."""
    for above in box.iterancestors():
        if above is drawing:
            return False
        if above.tag in (W + "txbxContent", MC + "Fallback"):
            return True
    return False


def _read_control(control: Any, found: Told) -> None:
    """Read a content control; the words that ask for something are not its content."""
    if switched_on(control, "sdtPr/showingPlcHdr"):
        return
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is not None:
        state = box.find(W14 + "checked")
        found.pieces.append("☑" if state is not None and state.get(W14 + "val") in ("1", "true") else "□")
        return
    for piece in control.iterchildren(W + "sdtContent"):
        _read(piece, found)


def _form_field(mark: Any) -> str:
    """Give what a field of an old form shows: a tick box, or the entry chosen from a list."""
    box = child(mark, "ffData/checkBox")
    if box is not None:
        return (
            "☑"
            if switched_on(box, "checked") or (child(box, "checked") is None and switched_on(box, "default"))
            else "□"
        )
    choices = child(mark, "ffData/ddList")
    if choices is None:
        return ""
    entries = [entry.get(W + "val", "") for entry in choices.iterfind(W + "listEntry")]
    at = number(value(choices, "result"), 0)
    return entries[at] if 0 <= at < len(entries) else ""


def _symbol(symbol: Any, found: Told) -> str:
    try:
        code = int(symbol.get(W + "char", ""), 16) & 0xFF
    except ValueError:
        return ""
    text = _SYMBOLS.get(symbol.get(W + "font", "").lower(), {}).get(code)
    if text is None:
        found.unknown += 1
        return "〓"
    return text


def chosen(alternatives: Any) -> Iterator[Any]:
    """Give the content of the first of several spellings of the same thing."""
    first = next(iter(alternatives.iterchildren(MC + "Choice", MC + "Fallback")), None)
    yield from first if first is not None else ()
