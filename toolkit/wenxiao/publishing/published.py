"""What the pages, the data files and the feeds of a site are made from: values, read from what the site itself holds.

A site is larger than memory should be: of every report a small :class:`Row` is kept, and a :class:`Published` with its
whole evaluation only while its page or its lines of data are made. Whatever is published stands in the site, so that
reports which are no longer at hand stay on it.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from wenxiao.loading import load_project
from wenxiao.model import Project
from wenxiao.publishing.settings import Settings

Kind = Literal["published", "corrected", "reissued", "withdrawn"]

MANIFEST: Final = "manifest.json"
"""Beside the other downloads: their hashes, and those of what they were made from."""
DOWNLOADS: Final = {
    "report.html": "网页版报告（单个文件）",
    "report.pdf": "PDF 报告",
    "report.docx": "Word 报告（可以编辑）",
    "form.xlsx": "绩效自评表（Excel 工作簿）",
    "report.xlsx": "报告数据（Excel 工作簿）",
    "evaluation.json": "评价结果数据（JSON）",
    "params.yaml": "项目数据文件（YAML）",
    "rubric.yaml": "评分规则（YAML）",
    "report.ipynb": "Jupyter 笔记本",
    MANIFEST: "文件清单与指纹（JSON）",
}
"""The files of a published report, where it has them, and their words. Of a report folder no other file is published,
evidence least of all: a params file cannot say that its evidence is to be published, only hash it."""


@dataclass(frozen=True, slots=True)
class File:
    """One download: its size in bytes and its SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a year's log.

    ``n`` counts the lines of the year from 0. ``report`` is the number of the line that first published the report: it
    is the report's number, and stands in its 索引号. ``manifest`` and ``previous`` are SHA-256 of the manifest.json
    that holds from now on and of the one before. ``reason`` is what the publisher says (corrected) or a code of the
    gate (withdrawn). A withdrawn report leaves no name: ``stem`` is None in its last line, and its earlier lines are
    erased down to their hashes.
    """

    year: int
    n: int
    date: dt.date
    kind: Kind
    report: int
    stem: str | None
    manifest: str | None
    previous: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What lists and charts need of one report; amounts in 元, ``rate`` in %, None where nothing is stated or given."""

    year: int
    stem: str
    report: int
    index: str
    name: str
    unit: str
    department: str | None
    region: str | None
    rubric: str
    original: Decimal | None
    adjusted: Decimal
    outturn: Decimal
    rate: Decimal | None
    total: Decimal | None
    grade: str | None
    first: dt.date
    last: dt.date
    corrections: int
    key: str
    """The SHA-256 of everything of the report that the site shows: manifest, history, index."""

    @property
    def place(self) -> str:
        """The report's folder in the site."""
        return f"{self.year}/{self.stem}"


@dataclass(frozen=True)
class Published:
    """One report on the site, whole. ``folder`` is where its files can be read, and is never shown."""

    year: int
    stem: str
    report: int
    index: str
    record: Mapping[str, Any]
    files: Mapping[str, File]
    history: tuple[Entry, ...]
    folder: Path

    @cached_property
    def project(self) -> Project:
        """The facts of its params.yaml: objectives, signature, disclosure, evidence."""
        return load_project(self.folder / "params.yaml")

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Its manifest.json."""
        import json

        found: Mapping[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return found

    @property
    def place(self) -> str:
        """The report's folder in the site."""
        return f"{self.year}/{self.stem}"

    @property
    def first(self) -> dt.date:
        """When it was first published."""
        return self.history[0].date

    @property
    def last(self) -> dt.date:
        """When it was last changed."""
        return self.history[-1].date


@dataclass(frozen=True)
class Site:
    """Everything that is on the site. ``rows`` are sorted by year and stem, ``changes`` (all corrections, reissues and
    withdrawals) newest first. There is no clock in it: ``updated`` is the date of the log's newest line.
    """

    settings: Settings
    rows: tuple[Row, ...]
    changes: tuple[Entry, ...]
    updated: dt.date
    load: Callable[[Row], Published]

    def reports(self) -> Iterator[Published]:
        """Give every report, one at a time, in the order of ``rows``."""
        return map(self.load, self.rows)

    @cached_property
    def row_of(self) -> Mapping[tuple[int, int], Row]:
        """(year, report number) → row, to find what a line of the log speaks of; a withdrawn report has none."""
        return {(row.year, row.report): row for row in self.rows}


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site to be made. ``key`` is the SHA-256 of all its content depends on (without the package's own
    code, which is added): ``make`` is called only where the key is not that of the file that stands there. An empty
    key: always made, and written where it differs.
    """

    path: str
    key: str
    make: Callable[[], bytes]
