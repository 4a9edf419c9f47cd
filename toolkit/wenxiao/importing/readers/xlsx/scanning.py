"""How large the sheets of a workbook are, before a library opens them; and what only the raw parts tell.

A library lays every merged cell out as an object: one merged area over a whole sheet would be seventeen billion.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from wenxiao.importing.limits import MOST_CELLS, MOST_MERGED, refusal, too_many
from wenxiao.importing.package import Package, look_over_xml
from wenxiao.words import Words

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_XML: Final = re.compile(r".*\.(xml|rels|vml)", re.I)
_AREA: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass
class Scanned:
    """What the raw parts of a workbook tell."""

    cells: int = 0
    merged: int = 0
    covered: int = 0
    without_value: dict[str, list[str]] = field(default_factory=dict)
    """Part of a sheet → addresses of formulas that hold no value."""


def scanned(file: str, package: Package) -> Scanned:
    """Look over all parts of a workbook.

    Raises:
        InputError: a part declares entities, is broken or too deep; there are too many cells or merged areas.
    """
    found = Scanned()
    for name in package.names:
        if not _XML.fullmatch(name):
            continue
        data = package.read(name)
        sheet = _SHEET.fullmatch(name)
        if data or sheet:  # an empty sheet is a broken one
            look_over_xml(file, data)
        if sheet:
            _scan_sheet(file, name, data, found)
    return found


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Give first column, first row, last column and last row of an area; None for what is none.

    >>> area("B2:D10")
    (2, 2, 4, 10)
    """
    ends = _AREA.fullmatch(reference)
    if not ends:
        return None
    left, top = _column(ends[1]), int(ends[2])
    return left, top, _column(ends[3] or ends[1]), int(ends[4] or ends[2])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _scan_sheet(file: str, name: str, data: bytes, found: Scanned) -> None:
    cell: dict[str, Any] = {}

    def begin(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            cell.update(at=attributes.get("r", "?"), formula=False, value=False)
            found.cells += 1
            if found.cells > MOST_CELLS:
                raise too_many(file, Words("单元格", "cells"), MOST_CELLS)
        elif tag == "f":
            cell["formula"] = True
        elif tag in ("v", "is"):
            cell["value"] = True
        elif tag == "mergeCell":
            _count_merged(file, attributes.get("ref", ""), found)

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "c" and cell["formula"] and not cell["value"]:
            found.without_value.setdefault(name, []).append(cell["at"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(data, True)


def _count_merged(file: str, reference: str, found: Scanned) -> None:
    found.merged += 1
    ends = area(reference)
    if ends is None or ends[0] > ends[2] or ends[1] > ends[3]:
        raise refusal(
            file,
            Words(
                f"合并单元格的区域“{reference[:30]}”不成立。", f"The merged area {reference[:30]!r} is none."
            ),
            Words(
                "请用 Excel 或 WPS 打开另存后再导入。", "Open it in Excel or WPS, save it and import that."
            ),
        )
    found.covered += (ends[2] - ends[0] + 1) * (ends[3] - ends[1] + 1)
    if found.merged > MOST_MERGED:
        raise too_many(file, Words("合并区域", "merged areas"), MOST_MERGED)
    if found.covered > MOST_CELLS:
        raise too_many(file, Words("被合并的单元格", "merged cells"), MOST_CELLS)
