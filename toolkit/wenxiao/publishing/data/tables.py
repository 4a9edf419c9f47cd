"""Published reports → the lines of both tables; one report in memory at a time.

The spelling is the portfolio's (wenxiao.portfolio.csv): UTF-8 with a byte order mark, CRLF, exact decimals, an empty
cell for "not stated", and ``'`` before whatever a spreadsheet would take for a formula.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TextIO

from wenxiao.portfolio.csv import cell_of
from wenxiao.portfolio.rows import indicator_rows, project_row
from wenxiao.portfolio.schema import Column, Row
from wenxiao.publishing.data.columns import PROJECTS, SCORES
from wenxiao.publishing.published import Published

TABLES: Final = {"projects.csv": PROJECTS, "scores.csv": SCORES}
"""File name in ``data/`` → its columns."""
ENCODING: Final = "utf-8-sig"
"""Open both files with this encoding and ``newline=""``."""


def project_cells(report: Published) -> list[str]:
    """Give a report's line of ``projects.csv``."""
    corrections = sum(entry.kind == "corrected" for entry in report.history)
    row: Row = {
        **project_row(report.stem, report.record), "index": report.index, "published": report.first.isoformat(),
        "updated": report.last.isoformat(), "corrections": corrections, "page": f"../{report.place}/index.html",
    }  # fmt: skip
    return _cells(row, PROJECTS)


def score_cells(report: Published) -> Iterator[list[str]]:
    """Give a report's lines of ``scores.csv``, in the order of the form."""
    stated: list[Mapping[str, Any]] = report.record["indicators"]
    for row, one in zip(indicator_rows(report.stem, report.record), stated, strict=True):
        yield _cells({**row, "formula": one["formula"], "index": report.index}, SCORES)


def _cells(row: Row, columns: Iterable[Column]) -> list[str]:
    return [cell_of(row[column.name]) for column in columns]


def write_tables(reports: Iterable[Published], projects: TextIO, scores: TextIO) -> None:
    """Write both tables in one pass, with their headers; see ``ENCODING`` for how the files are opened."""
    lines, details = (csv.writer(file, lineterminator="\r\n") for file in (projects, scores))
    lines.writerow([column.name for column in PROJECTS])
    details.writerow([column.name for column in SCORES])
    for report in reports:
        lines.writerow(project_cells(report))
        details.writerows(score_cells(report))
