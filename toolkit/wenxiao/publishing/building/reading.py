"""What stands on a site, read from the site itself: rows for all reports, and one report whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import SpokenError, shown_path
from wenxiao.portfolio.rows import project_row
from wenxiao.portfolio.schema import PROJECT_COLUMNS, check_row
from wenxiao.publishing.ledger import line_text
from wenxiao.publishing.manifest import manifest_hash
from wenxiao.publishing.published import MANIFEST, Entry, File, Published, Row
from wenxiao.publishing.settings import Settings
from wenxiao.words import Words

RECORD: Final = "evaluation.json"
_COLUMNS: Final = {
    "name": "project", "rate": "execution_rate",
    **{name: name for name in ("unit", "department", "region", "rubric", "original", "adjusted", "outturn", "total", "grade")},
}  # fmt: skip
"""Field of a row → column of the portfolio's table of projects."""


class DamagedError(SpokenError):
    """A file of the site can't be read as what it was when it was published."""


def row_of(stem: str, record: Mapping[str, Any], history: Sequence[Entry], settings: Settings) -> Row:
    """Give the row of a report from its evaluation.json and its lines of the log.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, ArithmeticError: the record is not what it should be.
    """
    row: Mapping[str, Any] = project_row(stem, record)
    check_row(row, PROJECT_COLUMNS)
    about = {name: row[column] for name, column in _COLUMNS.items()}
    year, report = history[0].year, history[0].report
    return Row(
        year=year, stem=stem, report=report, index=settings.index(year, report), **about,
        first=history[0].date, last=history[-1].date, corrections=sum(entry.kind == "corrected" for entry in history),
        key=hashlib.sha256("\n".join(map(line_text, history)).encode()).hexdigest(),
    )  # fmt: skip


def row_at(folder: Path, stem: str, history: Sequence[Entry], settings: Settings) -> Row:
    """Give the row of a report that stands in a folder of the site.

    Raises:
        DamagedError: its evaluation.json can't be read, or is not what it should be.
    """
    try:
        return row_of(stem, record_at(folder), history, settings)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise damaged(folder / RECORD) from error


def record_at(folder: Path) -> Mapping[str, Any]:
    """Give the evaluation.json in a folder of the site.

    Raises:
        DamagedError: it can't be read.
    """
    try:
        found: Mapping[str, Any] = json.loads((folder / RECORD).read_bytes())
    except (OSError, ValueError) as error:
        raise damaged(folder / RECORD) from error
    return found


def check_downloads(folder: Path, manifest: Mapping[str, Any] | None) -> None:
    """Make sure that the downloads of a report stand in a folder of the site.

    Raises:
        DamagedError: one is missing, or the manifest is.
    """
    for name in manifest["files"] if manifest else (MANIFEST,):
        if manifest is None or not (folder / name).is_file():
            raise damaged(folder / name)


def holds(folder: Path, files: Mapping[str, str]) -> bool:
    """Tell whether all files of a report stand in a folder of the site, its evaluation.json as it was published."""
    return all((folder / name).is_file() for name in files) and _is_as_published(folder, files)


def _is_as_published(folder: Path, files: Mapping[str, str]) -> bool:
    """Tell whether the evaluation.json, from which tables and pages are made, is the one the manifest speaks of."""
    try:
        return hashlib.sha256((folder / RECORD).read_bytes()).hexdigest() == files.get(RECORD)
    except OSError:
        return False


def manifest_at(folder: Path, expected: str | None) -> Mapping[str, Any] | None:
    """Give the manifest of a folder of the site, or None when it is not the one the log speaks of."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        found: Mapping[str, Any] = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        return None
    return found if expected in (None, manifest_hash(text)) else None


def published_at(folder: Path, row: Row, history: Sequence[Entry]) -> Published:
    """Give one report from a folder that holds its files; ``history`` are its lines of the log.

    Raises:
        DamagedError: a file is not there, or can't be read.
    """
    manifest = manifest_at(folder, None)
    if manifest is None:
        raise damaged(folder / MANIFEST)
    if not _is_as_published(folder, manifest["files"]):
        raise damaged(folder / RECORD)
    return Published(
        row.year, row.stem, row.report, row.index, record_at(folder), dict(_files(folder, {**manifest["files"], MANIFEST: str(history[-1].manifest)})),
        tuple(history), folder,
    )  # fmt: skip


def _files(folder: Path, sums: Mapping[str, str]) -> Iterator[tuple[str, File]]:
    for name, found in sums.items():
        try:
            yield name, File((folder / name).stat().st_size, found)
        except OSError as error:
            raise damaged(folder / name) from error


def damaged(path: Path) -> DamagedError:
    """Give the error that says that a file of the site is damaged, and what to do."""
    return DamagedError(Words(
        f"{shown_path(path)} 不在，或已损坏。把这份报告的文件夹放回报告目录再发布一次，或者用备份恢复网站。",
        f"{shown_path(path)} is missing or damaged. Publish again with this report among the reports, or restore the site from a backup.",
    ))  # fmt: skip
