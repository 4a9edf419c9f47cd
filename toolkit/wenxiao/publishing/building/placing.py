"""One report's folder in the site: copied, paged and put in place as a whole."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wenxiao.errors import SpokenError, shown_path
from wenxiao.publishing.building.reading import RECORD, manifest_at, published_at
from wenxiao.publishing.data import CRATE, report_crate
from wenxiao.publishing.pages import project_page, report_charts
from wenxiao.publishing.published import MANIFEST, Entry, Row, Site
from wenxiao.publishing.settings import Settings
from wenxiao.running.storage.base import digest
from wenxiao.words import Words

PAGE: Final = "index.html"
HISTORY: Final = "history"
KEPT: Final = (RECORD, MANIFEST)
"""The files of an earlier version that stay, in ``history/<number of its line in the log>/``."""


class ChangedError(SpokenError):
    """A report was changed by another hand while it was being published."""


class PageError(SpokenError):
    """A report's page can't be made: a fault of ours, named, so that the report can be left out."""


@dataclass(frozen=True, slots=True)
class Task:
    """One report whose files are to be made. ``row`` and ``history`` are as they will be.

    ``source`` is its report folder and ``stage`` the new, empty folder to make it in; without them its page is made
    anew from what stands in the site, ``there``.
    """

    there: Path
    settings: Settings
    row: Row
    history: tuple[Entry, ...]
    source: Path | None = None
    stage: Path | None = None
    manifest: str = ""


def stage_report(task: Task) -> dict[str, str]:
    """Make a report's folder; give name in it → SHA-256.

    Raises:
        ChangedError: a file is not the one that passed the gate.
    """
    assert task.source
    assert task.stage
    task.stage.mkdir()
    for name, found in json.loads(task.manifest)["files"].items():
        _copy(task.source / name, task.stage / name, found)
    (task.stage / MANIFEST).write_text(task.manifest, encoding="utf-8", newline="\n")
    _keep_earlier(task.stage, task.there, task.history[:-1])
    for name, content in made_files(task).items():
        (task.stage / name).write_bytes(content)
    return dict(_hashes(task.stage))


def made_files(task: Task) -> dict[str, bytes]:
    """Give name → content of what stands beside the downloads: the page, its charts, the crate.

    Raises:
        PageError: they can't be made.
    """
    report = published_at(task.stage or task.there, task.row, task.history)
    site = Site(task.settings, (task.row,), (), task.row.last, lambda _: report)
    try:
        return {
            PAGE: project_page(report, site),
            **report_charts(report.folder),
            CRATE: report_crate(report, task.settings).encode(),
        }
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise PageError(
            _UNMADE.filled(place=task.row.place, why=f"{type(error).__name__}: {error}")
        ) from error


def _keep_earlier(folder: Path, there: Path, earlier: Sequence[Entry]) -> None:
    """Keep what earlier versions said: those already kept, and the one that still stands there."""
    for entry in earlier:
        kept, source = folder / HISTORY / str(entry.n), there / HISTORY / str(entry.n)
        if source.is_dir():
            shutil.copytree(source, kept)
        elif manifest_at(there, entry.manifest) is not None:
            kept.mkdir(parents=True)
            for name in KEPT:
                shutil.copyfile(there / name, kept / name)


def _copy(source: Path, target: Path, expected: str) -> None:
    content = b"" if source.is_symlink() else source.read_bytes()
    if digest(content) != expected:
        raise ChangedError(Words(
            f"{shown_path(source)} 在发布过程中被改动。请等报告生成完毕，再发布一次。",
            f"{shown_path(source)} was changed while it was being published. Wait until the reports are made, and publish again.",
        ))  # fmt: skip
    target.write_bytes(content)


_UNMADE: Final = Words(
    "{place} 的网页做不出来（{why}）。请把这份报告移出报告文件夹，再发布其余的，并把问题告诉问效的维护者。",
    "The page of {place} can't be made ({why}). Move this report out of the folder, publish the others, and tell the maintainers.",
)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()
