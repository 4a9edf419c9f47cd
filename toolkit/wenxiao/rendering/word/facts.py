"""What rides along in report.docx: the facts it was made from, and a hash of its words.

Word keeps a custom XML part through editing and saving, which is its use, and its danger: the facts would still be the
old ones when somebody has changed a figure on the page. So the hash of the words rides along too, and who reads the
facts is told whether the words are still those.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from wenxiao.archives import DAMAGED
from wenxiao.rendering.word.marks import W, attribute, exact_text

if TYPE_CHECKING:
    from wenxiao.rendering.tree import Report

NAMESPACE: Final = "urn:wenxiao:facts:1"
ITEM: Final = "{6B0C7D9A-9704-4E2B-9C5F-2020F0101001}"
"""The name of the part among the others of a document; always the same, so that the bytes are."""
PARAMS, RUBRIC = "params.yaml", "rubric.yaml"
LARGEST: Final = 16 * 2**20
"""Bytes of one part beyond which none is read: a zip can promise anything."""
_ITEM: Final = re.compile(r"customXml/item\d+\.xml")


@dataclass(frozen=True)
class Carried:
    """The texts of params.yaml and of a bureau's own rubric.yaml; ``edited``: the words were changed since."""

    facts: str
    rubric: str | None
    edited: bool


def facts_xml(report: "Report", words: str) -> str:
    """Give the custom XML part of a report; ``words`` is the hash that :func:`words_hash` gives of its body."""
    files = ((PARAMS, report.facts), (RUBRIC, report.rubric))
    inside = "".join(
        f"<file name={attribute(name)}>{exact_text(text)}</file>" for name, text in files if text is not None
    )
    return f'<facts xmlns="{NAMESPACE}" words="{words}">{inside}</facts>'


def facts_in(path: Path) -> str | None:
    """Give the text of params.yaml that a report.docx carries, or None: it carries none, or its words were changed since,
    so that its figures are to be read from the page.
    """
    found = carried_by(path)
    return found.facts if found and not found.edited else None


def facts_of(content: bytes) -> str | None:
    """As :func:`facts_in`, of a file's bytes."""
    found = carried_by(BytesIO(content))
    return found.facts if found and not found.edited else None


def carried_by(source: Path | IO[bytes]) -> Carried | None:
    """Give what a document carries; None where it is no document of ours, or none that can be read."""
    try:
        with zipfile.ZipFile(source) as package:
            for name in package.namelist():
                if _ITEM.fullmatch(name) and (found := _read(package, name)) is not None:
                    return found
    except DAMAGED:
        return None
    return None


def _read(package: zipfile.ZipFile, name: str) -> Carried | None:
    root = _parsed(package, name)
    if root is None or root.tag != f"{{{NAMESPACE}}}facts":
        return None
    files = {one.get("name"): one.text or "" for one in root}
    if PARAMS not in files:
        return None
    body = _parsed(package, "word/document.xml")
    edited = body is None or words_hash(body) != root.get("words")
    return Carried(files[PARAMS], files.get(RUBRIC), edited)


def _parsed(package: zipfile.ZipFile, name: str) -> Any:
    from xml.etree import ElementTree

    if package.getinfo(name).file_size > LARGEST:
        return None
    with package.open(name) as stream:
        content = stream.read(LARGEST + 1)
    if (
        len(content) > LARGEST or b"\0" in content or b"<!DOCTYPE" in content
    ):  # UTF-8 without declarations, as ours are
        return None
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return None


def words_hash(root: Any) -> str:
    """Give the SHA-256 of the words of a body, without white space and without the contents, which a program fills in."""
    words = "".join("".join(_words(root)).split())
    return hashlib.sha256(words.encode()).hexdigest()


def _words(root: Any) -> Iterator[str]:
    """Give the texts of a body outside of the field TOC; fields stand one in another."""
    fields: list[str] = []
    for one in root.iter():
        if one.tag == f"{W}fldChar":
            kind = one.get(f"{W}fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and fields:
                fields.pop()
        elif one.tag == f"{W}instrText":
            if fields:
                fields[-1] += one.text or ""
        elif one.tag == f"{W}t" and not any(field.split()[:1] == ["TOC"] for field in fields):
            yield one.text or ""
