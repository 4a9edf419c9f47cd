"""A reports folder, read one report at a time: ``<year>/<stem>/`` as ``wenxiao run`` leaves it.

Ten thousand reports are never in memory together. What is no report, or a damaged one, comes as :class:`Unreadable`
with the reason in words: one bad folder stops nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import reason
from wenxiao.loading import Sheet, open_sheet, project_of
from wenxiao.model import Project
from wenxiao.running.storage.base import PROVENANCE, provenance_of
from wenxiao.words import Words

PARAMS: Final = "params.yaml"
RECORD: Final = "evaluation.json"
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_PARTS: Final[tuple[tuple[str, type], ...]] = (
    ("project", dict), ("budget", dict), ("indicators", list), ("findings", list), ("overrides", dict),
)  # fmt: skip


@dataclass(frozen=True)
class ReportFolder:
    """One report: where it stands, its evaluation.json (``record``) and its provenance.json, both as plain data."""

    path: Path
    year: int
    stem: str
    record: Mapping[str, Any] = field(repr=False)
    provenance: Mapping[str, Any] = field(repr=False)

    @property
    def place(self) -> str:
        """The report's place under the reports folder: ``2021/xinhuang-video-conference``."""
        return f"{self.year}/{self.stem}"

    @property
    def files(self) -> Mapping[str, str]:
        """File name → SHA-256 of all that the run wrote, as provenance.json has it; only these may be published."""
        found: Mapping[str, str] = self.provenance["files"]
        return found

    @cached_property
    def sheet(self) -> Sheet:
        """The facts as text, field by field.

        Raises:
            InputError: params.yaml can't be read.
        """
        return open_sheet(self.path / PARAMS)

    @cached_property
    def _project(self) -> Project:
        return project_of(self.sheet, self.path)

    def project(self) -> Project:
        """Give the facts, loaded once.

        Raises:
            InputError: with every fault of params.yaml.
        """
        return self._project

    def read(self, name: str) -> bytes:
        """Give a file's content (OSError when it can't be read, or is a pipe that would be waited for without end)."""
        if not (self.path / name).is_file():
            raise FileNotFoundError(name)
        return (self.path / name).read_bytes()


@dataclass(frozen=True)
class Unreadable:
    """A folder that holds no report that could be examined; ``words`` say why, ``remedy`` what to do."""

    path: Path
    words: Words
    remedy: Words

    @property
    def place(self) -> str:
        """The folder's place under the reports folder."""
        return f"{self.path.parent.name}/{self.path.name}"


def read_folders(reports: Path) -> Iterator[ReportFolder | Unreadable]:
    """Give every report under a reports folder, sorted by year and stem; hidden folders and loose files are passed over.

    Raises:
        OSError: the reports folder itself can't be read.
    """
    for year in _folders(reports):
        if not _YEAR.fullmatch(year.name):
            yield Unreadable(year, _NO_YEAR.filled(name=year.name), _MOVE)
            continue
        try:
            inside = _folders(year)
        except OSError as error:
            yield Unreadable(year, _CLOSED.filled(name=year.name, why=reason(error)), _OPEN)
            continue
        for path in inside:
            yield read_folder(path)


def read_folder(path: Path) -> ReportFolder | Unreadable:
    """Give the report in a folder ``<year>/<stem>``; year and stem are taken from its path."""
    try:
        provenance = provenance_of((path / PROVENANCE).read_bytes())
        if provenance is None or not _is_provenance(provenance):
            return Unreadable(path, _DAMAGED.filled(name=PROVENANCE), _AGAIN)
        record = json.loads((path / RECORD).read_bytes())
    except FileNotFoundError as error:
        return Unreadable(path, _MISSING.filled(name=Path(error.filename).name), _AGAIN)
    except OSError as error:
        return Unreadable(path, _CLOSED.filled(name=path.name, why=reason(error)), _OPEN)
    except (ValueError, RecursionError):
        return Unreadable(path, _DAMAGED.filled(name=RECORD), _AGAIN)
    if not _is_record(record):
        return Unreadable(path, _DAMAGED.filled(name=RECORD), _AGAIN)
    year = record["project"]["year"]
    if str(year) != path.parent.name:
        return Unreadable(path, _OTHER_YEAR.filled(name=path.parent.name, year=year), _MOVE)
    return ReportFolder(path, year, path.name, record, provenance)


def _folders(path: Path) -> list[Path]:
    return sorted(one for one in path.iterdir() if not one.name.startswith(".") and one.is_dir())


def _is_provenance(provenance: Mapping[str, Any]) -> bool:
    """Tell whether a provenance.json says all that the gate and the manifest take from it."""
    inputs = provenance.get("inputs")
    return (
        isinstance(inputs, dict)
        and isinstance(inputs.get("params"), str)
        and isinstance(provenance.get("python"), str)
    )


def _is_record(record: Any) -> bool:
    """Tell whether data are an evaluation.json, as far as the gate and the pages lean on it."""
    if not isinstance(record, dict) or record.get("schema") != "wenxiao/evaluation/1":
        return False
    if not all(isinstance(record.get(name), kind) for name, kind in _PARTS):
        return False
    about, findings = record["project"], record["findings"]
    named = isinstance(about.get("year"), int) and all(
        isinstance(about.get(k), str) for k in ("name", "unit")
    )
    told = all(isinstance(one, dict) and isinstance(one.get("code"), str) for one in findings)
    return named and told and all(isinstance(one, dict) for one in record["indicators"])


_NO_YEAR: Final = Words("“{name}”不是年份。", "“{name}” is no year.")
_OTHER_YEAR: Final = Words(
    "报告放在“{name}”下，评价年度却是 {year}。", "The report stands under “{name}”, yet its year is {year}."
)
_MISSING: Final = Words(
    "没有 {name}，不是生成完整的报告。", "There is no {name}: this is no finished report."
)
_DAMAGED: Final = Words(
    "{name} 已损坏，或者不是本软件写的。", "{name} is damaged, or was not written by this software."
)
_CLOSED: Final = Words("打不开“{name}”：{why}。", "“{name}” can't be opened: {why}.")
_MOVE: Final = Words(
    "报告按 <年份>/<项目>/ 存放；不是报告的文件夹请移到别处。",
    "Reports stand in <year>/<project>/; move other folders elsewhere.",
)
_AGAIN: Final = Words(
    "用 wenxiao run 重新生成；不是报告的文件夹请移到别处。",
    "Make it again with wenxiao run; move other folders elsewhere.",
)
_OPEN: Final = Words("检查读取权限。", "Check the permissions.")

__all__ = ["PARAMS", "RECORD", "ReportFolder", "Unreadable", "read_folder", "read_folders"]
