"""What stands in a PDF beside its pages: properties, XMP, attachments. Its pages are those of the notebook."""

import datetime as dt
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

KNOWN: Final = frozenset(
    {
        "/Title",
        "/Subject",
        "/Keywords",
        "/Author",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/Trapped",
    }
)
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:000000)?(?:Z|[+]00'?00'?)?")
_MOMENT: Final = re.compile(r">\s*(\d{4}-\d\d-\d\d)T([^<]*)<")
_MIDNIGHT: Final = re.compile(r"00:00(?::00(?:\.0+)?)?(?:Z|[+]00:00)?\s*")
_CREATORS: Final = re.compile(r"<dc:creator>(.*?)</dc:creator>", re.S)
_ITEM: Final = re.compile(r"<rdf:li[^>]*>(.*?)</rdf:li>", re.S)


@dataclass(frozen=True)
class Beside:
    """Properties of a PDF, its XMP as text, and its attachments by name."""

    properties: Mapping[str, str]
    xmp: str
    attached: tuple[tuple[str, bytes], ...]
    active: bool
    """Whether something in it would run when it is opened."""


def read_pdf(content: bytes) -> Beside:
    """Give what stands beside the pages.

    Raises:
        ValueError: it is no PDF that can be read.
    """
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        root: Any = reader.trailer["/Root"]
        info = reader.trailer.get("/Info")
        properties = {key: str(value) for key, value in (info.get_object() if info else {}).items()}
        stream = root.get("/Metadata")
        xmp = stream.get_object().get_data().decode("utf-8", "replace") if stream else ""
        attached = tuple((name, data) for name, each in reader.attachments.items() for data in each)
        named = root.get("/Names")
        active = "/OpenAction" in root or "/AA" in root or bool(named and "/JavaScript" in named.get_object())
    except Exception as error:  # what a damaged PDF raises is of many unrelated kinds
        raise ValueError(type(error).__name__) from error
    return Beside(properties, xmp, attached, active)


def texts(beside: Beside) -> Iterator[tuple[str, str]]:
    """Give (place, text) of properties, XMP and names of attachments."""
    yield from beside.properties.items()
    yield from (("XMP", html.unescape(words)) for words in re.split(r"<[^>]*>", beside.xmp) if words.strip())
    yield from (("/EmbeddedFiles", name) for name, _ in beside.attached)


def improper(beside: Beside, unit: str, days: frozenset[dt.date]) -> Iterator[tuple[str, str]]:
    """Give (property, value) of all that says more than title, unit and one of ``days``."""
    for key, value in beside.properties.items():
        if key in ("/CreationDate", "/ModDate"):
            found = _DATE.fullmatch(value)
            if not found or _day(*found.groups()) not in days:
                yield key, value
        elif key not in KNOWN or (key == "/Author" and value not in ("", unit)):
            yield key, value
    for day, time in _MOMENT.findall(beside.xmp):
        if _day(*day.split("-")) not in days or not _MIDNIGHT.fullmatch(time):
            yield "XMP", f"{day}T{time}"
    for creators in _CREATORS.findall(beside.xmp):
        for name in _ITEM.findall(creators):
            if html.unescape(name) not in ("", unit):
                yield "XMP dc:creator", html.unescape(name)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
