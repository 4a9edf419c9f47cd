"""Everything that stands in a Word document or a workbook: what is shown, what is hidden, and what a program left there.

Each part of the package is read: text, headers, footers, comments, properties, custom XML, hidden sheets, cells, names,
formulas, alternative texts. Runs are joined first, so that a number is found however its letters are dressed.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree

from wenxiao.archives import DAMAGED
from wenxiao.document import safe_href

MOST: Final = 64 * 2**20
"""Bytes that a document may unpack to; one of ours has less than one megabyte."""
PARTS: Final = 2000
FACTS: Final = "{urn:wenxiao:facts:1}"
"""The namespace of what rides along (rendering.word.facts, which leans on the rendering)."""
OURS: Final = frozenset({"wenxiao"})
"""Properties of our own: by them a form is known."""
_BLOCKS: Final = frozenset({"p", "si", "is", "comment"})
"""Elements whose text is read as one: a paragraph of a document or drawing, a string, a comment."""
_GAPS: Final = frozenset({"br", "cr", "tab", "p", "row"})
_SAID: Final = frozenset(
    re.findall(r"\w+", "descr title name author initials alt tooltip prompt promptTitle error errorTitle display comment description")
)  # fmt: skip
"""Attributes that say something to a reader, or name one; of others, what is not written in plain letters."""
_PEOPLE: Final = frozenset({"author", "initials", "userId", "lastModifiedBy"})
_TEXTS: Final = frozenset({".xml", ".rels", ".vml"})
_PICTURES: Final = frozenset({".png", ".gif", ".jpeg", ".jpg", ".emf", ".wmf", ".bmp", ".tiff"})
_PRINTABLE: Final = re.compile(rb"[ -~]{11,}")
_ACTIVE: Final = re.compile(
    "(?:vbaProject|wordVbaData|oleObject|control|package|attachedTemplate|aFChunk|subDocument|activeXControlBinary|frame|"
    "externalLink|externalLinkPath|connections|queryTable|macrosheet|xlMacrosheet|customUI|extensibility)$"
)
_FIELDS: Final = re.compile(
    r"\b(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DDE|DDEAUTO|DATABASE|MACROBUTTON|EMBED|RD)\b", re.I
)
_FORMULAS: Final = re.compile(
    r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EVALUATE)\s*\(|\[[^\]]*\.xl\w*\]|\|\s*'", re.I
)
"""What fetches or runs something when the document is opened: fields of Word, formulas of Excel."""
_WORDS_OF_FORMULA: Final = re.compile(r'"(?:[^"]|"")*"|\d{7,}|[^\x00-\x7f]+')


@dataclass
class Package:
    """A document or workbook. ``texts``, ``properties`` and ``people`` are (place, text), each place inside the file.

    ``carried`` are the files that ride along in a custom XML part, ``active`` what would run or be fetched, ``strange``
    the parts that nobody can look into, ``photos`` the pictures that a camera has signed.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    people: list[tuple[str, str]] = field(default_factory=list)
    carried: list[tuple[str, bytes]] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)


def read_package(content: bytes) -> Package:
    """Give all that stands in a .docx or .xlsx.

    Raises:
        ValueError: it is none, is damaged, locked, or unpacks to more than is read.
    """
    found = Package()
    for name, data in parts_of(content).items():
        _part(found, name, data)
    return found


def parts_of(content: bytes) -> dict[str, bytes]:
    """Give name → content of the parts of a .docx or .xlsx, in the order of the file.

    Raises:
        ValueError: it is none, is damaged, locked, or unpacks to more than is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.infolist()
            if len(listed) > PARTS or sum(one.file_size for one in listed) > MOST:
                raise ValueError("too large")
            found = {one.filename: package.read(one) for one in listed}
    except ValueError:
        raise
    except DAMAGED as error:
        raise ValueError(type(error).__name__) from error
    if len(found) != len(listed) or "[Content_Types].xml" not in found:
        raise ValueError("no document")
    return found


def parsed(name: str, content: bytes) -> Any:
    """Give the root of an XML part, its comments included.

    Raises:
        ValueError: it is none, or declares what no part of a document does.
    """
    if b"<!DOCTYPE" in content or b"\0" in content:
        raise ValueError(name)
    try:
        builder = ElementTree.TreeBuilder(insert_comments=True)
        return ElementTree.fromstring(content, ElementTree.XMLParser(target=builder))
    except ElementTree.ParseError as error:
        raise ValueError(f"{name} {error}") from None


def _part(found: Package, name: str, content: bytes) -> None:
    found.texts.append(("", name))
    ending = re.sub(r".*(\.\w+)$|.*", r"\1", name.lower())
    if ending in _TEXTS:
        _xml(found, name, content)
    elif ending in _PICTURES:
        if b"Exif\0" in content[:65536]:
            found.photos.append(name)
        found.texts += [(name, one.decode("ascii")) for one in _PRINTABLE.findall(content)]
    else:
        found.strange.append(name)


def _xml(found: Package, name: str, content: bytes) -> None:
    root = parsed(name, content)
    if root.tag == f"{FACTS}facts":
        found.carried += [(one.get("name", ""), (one.text or "").encode()) for one in root]
    if name.startswith("docProps/"):
        found.properties += _properties(name, root)
    for one in root.iter():
        _look(found, name, one)
    found.texts += [(_place(name, one), text) for one, text in texts_of(root) if text.strip()]


def _look(found: Package, name: str, one: Any) -> None:
    """Take note of an element's attributes, and of what it does when the document is opened."""
    tag = local(one.tag)
    if tag == "Relationship":
        outside = one.get("TargetMode") == "External"
        target, kind = one.get("Target", ""), one.get("Type", "")
        if _ACTIVE.search(kind) or (outside and not (kind.endswith("/hyperlink") and safe_href(target))):
            found.active.append(f"{name} {target}")
        found.texts.append((name, target if outside else ""))
        return
    if tag in ("Override", "Default"):
        if "macroEnabled" in one.get("ContentType", ""):
            found.active.append(name)
        return
    code = _code(one, tag)
    if (_FORMULAS if tag.startswith(("f", "F")) and tag != "fldSimple" else _FIELDS).search(code):
        found.active.append(f"{name} {code.strip()}")
    for key, value in one.attrib.items():
        said = local(key)
        if said in _PEOPLE and value.strip():
            found.people.append((name, value))
        if said in _SAID or not value.isascii() or "@" in value or "/" in value or "\\" in value:
            found.texts.append((_place(name, one), value))
    if tag == "author" and (one.text or "").strip():  # of a workbook's comments
        found.people.append((name, one.text or ""))


def _code(one: Any, tag: str) -> str:
    """Give what a paragraph or cell computes: the codes of its fields, however they are divided, or a formula."""
    if tag == "p":
        return "".join(part.text or "" for part in one.iter() if local(part.tag) == "instrText")
    if tag == "fldSimple":
        return _value(one, "instr")
    return one.text or "" if tag in ("f", "formula", "formula1", "formula2") else ""


def texts_of(root: Any) -> Iterator[tuple[Any, str]]:
    """Give (element, text): of a block all that is in it, of others their own; of a cell its formula and its value."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        tag = local(one.tag)
        if tag in _BLOCKS:
            yield one, joined(one)
        elif tag == "c":  # the number of a shared string says nothing
            parts = [part for part in one if not (one.get("t") == "s" and local(part.tag) == "v")]
            yield from ((one, _said(part)) for part in parts)
        else:
            yield one, one.text or ""
            waiting += reversed(list(one))
        yield one, one.tail or ""


def _said(part: Any) -> str:
    """Give what a part of a cell says: of a formula the texts and long numbers in it, of others all."""
    text = joined(part)
    return " ".join(_WORDS_OF_FORMULA.findall(text)) if local(part.tag) == "f" else text


def joined(block: Any) -> str:
    """Give the text of a block, its runs joined; line ends, tabs and paragraphs part it."""
    said = []
    for one in block.iter():
        if one is not block:
            said.append("\n" if local(one.tag) in _GAPS else "")
            said.append((one.tail or "").strip("\n\r\t "))
        said.append(one.text or "")
    return "".join(said)


def _properties(name: str, root: Any) -> Iterator[tuple[str, str]]:
    """Give (name, value) of properties; of an office's own their names too."""
    for one in root:
        said = one.get("name") or local(one.tag)
        yield f"{name} {said}", "".join(one.itertext()).strip()


def _place(name: str, one: Any) -> str:
    """Give where an element stands as far as a reader can find it: the part, and of a cell its address."""
    where = one.get("r") if local(one.tag) == "c" else one.get("name")
    return f"{name} {where}" if where and len(where) < 60 else name


def _value(one: Any, name: str) -> str:
    return next((value for key, value in one.attrib.items() if local(key) == name), "")


def local(tag: Any) -> str:
    """Give a tag or attribute without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
