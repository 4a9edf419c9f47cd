"""What a machine leaves in a document: authors, times, paths. G711 and G712."""

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wenxiao.publishing.gate import office, pdf
from wenxiao.publishing.gate.reading import Piece
from wenxiao.publishing.gate.reasons import Refusal, refusal
from wenxiao.words import Words

_PATH: Final = re.compile(
    r"(?<![\w./:-])/(?:home|Users|root|tmp|var|mnt|media|opt|srv|usr|etc|private|proc)/[^\s\"'<>，。；、）]+"
    r"|(?<![A-Za-z])[A-Za-z]:\\+[^\s\"'<>，。；、）]+|(?<![A-Za-z])[A-Za-z]:/(?:Users|Windows|Program)[^\s\"'<>]*"
    r"|(?<![\\\w])\\\\[A-Za-z0-9_.-]+\\[^\s\"'<>，。；、）]+|file:/{2,3}[^\s\"'<>]+"
)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?")
UNDATED: Final = dt.date(2000, 1, 1)
"""The date of a PDF whose report bears none (rendering.pdf.NO_DATE, which would import nbconvert)."""
_META: Final = re.compile(r"<meta\b[^>]*>", re.I)
_ATTRIBUTE: Final = re.compile(r"([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_NAMED: Final = re.compile(r"(?:creator|lastModifiedBy|Manager|Company|contributor|publisher)$")
_WHO: Final = re.compile(r"author|creator|owner|publisher|editor|company|contributor", re.I)
_LEFT_BY_TOOLS: Final = frozenset(
    {"authors", "papermill", "execution", "ExecuteTime", "signature", "varInspector"}
)

_AUTHOR, _TIME = Words("作者等信息", "an author or the like"), Words("时间", "a time")
_UNKNOWN, _ACTIVE = (
    Words("不应有的项目", "an entry that does not belong"),
    Words("打开时会运行的内容", "something that runs when opened"),
)
_TRACE, _PHOTO = Words("运行痕迹", "traces of a run"), Words("拍摄信息", "data of a camera")


def paths(pieces: Iterable[Piece]) -> Iterator[Refusal]:
    """G712: paths of a machine, which tell user and host names; one refusal a place."""
    seen: set[str] = set()
    for place, text in pieces:
        if ("/" in text or "\\" in text) and (found := _PATH.search(text)) and found[0] not in seen:
            seen.add(found[0])
            yield refusal("G712", place, "path", given=_short(found[0]))


def of_pdf(name: str, beside: pdf.Beside, unit: str, date: dt.date | None) -> Iterator[Refusal]:
    """G711: properties and XMP other than title, unit and the report's date; anything that runs."""
    for key, value in pdf.improper(beside, unit, frozenset({date or UNDATED})):
        what = _TIME if re.match(r"(?:D:)?\d{4}", value) else _AUTHOR if _WHO.search(key) else _UNKNOWN
        yield _improper(f"{name} {key}", what, value)
    if beside.active:
        yield _improper(name, _ACTIVE, "/OpenAction")


def of_office(name: str, package: office.Package, unit: str, date: dt.date | None) -> Iterator[Refusal]:
    """G711: properties, comments and changes that name somebody else than the unit, or another time than the report's
    date; anything that runs or is fetched, and what nobody can look into.
    """
    day = (date or UNDATED).isoformat()
    for place, value in package.properties:
        if _MOMENT.search(value) and not re.fullmatch(day + r"T00:00:00(?:\.0+)?Z?", value):
            yield _improper(f"{name} {place}", _TIME, value)
        elif _NAMED.search(place) and value not in ("", unit):
            yield _improper(f"{name} {place}", _AUTHOR, value)
        elif place.startswith("docProps/custom.xml ") and place.split()[-1] not in office.OURS:
            yield _improper(f"{name} {place}", _UNKNOWN, value)
    for place, value in dict.fromkeys(package.people):
        if value != unit:
            yield _improper(f"{name} {place}", _AUTHOR, value)
    yield from (_improper(f"{name} {place}", _ACTIVE, place) for place in dict.fromkeys(package.active))
    yield from (_improper(f"{name} {place}", _UNKNOWN, place) for place in package.strange)
    yield from (_improper(f"{name} {place}", _PHOTO, "Exif") for place in package.photos)


def of_page(name: str, text: str, unit: str) -> Iterator[Refusal]:
    """G711: ``<meta>`` that names somebody else than the unit, or a time."""
    for tag in _META.findall(text):
        about = {key.lower(): html.unescape(a or b) for key, a, b in _ATTRIBUTE.findall(tag)}
        key, content = about.get("name") or about.get("property") or "", about.get("content", "")
        if _WHO.search(key) and content not in ("", unit):
            yield _improper(f"{name} {key}", _AUTHOR, content)
        elif found := _MOMENT.search(content):
            yield _improper(f"{name} {key}", _TIME, found[0])


def of_notebook(name: str, nb: Any) -> Iterator[Refusal]:
    """G711: metadata with authors, times or traces of the run; photographs with the camera's data."""
    for where, metadata in _metadata(nb):
        for key, value in metadata.items():
            if key in _LEFT_BY_TOOLS and value:
                yield _improper(f"{name} {where}", _AUTHOR if key == "authors" else _TRACE, key)
            elif found := _MOMENT.search(str(value)):
                yield _improper(f"{name} {where}", _TIME, found[0])
    for i, cell in enumerate(nb.get("cells", ())):
        for output in cell.get("outputs", ()):
            if "image/jpeg" in output.get("data", {}):
                yield _improper(f"{name} cells[{i}]", _PHOTO, "image/jpeg")


def _metadata(nb: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "metadata", nb.get("metadata", {})
    for i, cell in enumerate(nb.get("cells", ())):
        yield f"cells[{i}].metadata", cell.get("metadata", {})
        for j, output in enumerate(cell.get("outputs", ())):
            yield f"cells[{i}].outputs[{j}].metadata", output.get("metadata", {})


def _improper(place: str, what: Words, given: str) -> Refusal:
    return refusal("G711", place, "property", what=what.zh, what_en=what.en, given=_short(given))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
