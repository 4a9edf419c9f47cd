"""One document: read, interpreted, and what it says checked. Everything given is plain data, to cross a process border."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wenxiao.errors import InputError
from wenxiao.importing.grid import Grid
from wenxiao.importing.readers import read

if TYPE_CHECKING:
    from wenxiao.importing.interpreting import Imported

_YEAR: Final = re.compile(
    r"^  year: [\"']?((?:19|20)\d\d)\b|^project: \{.*\byear: [\"']?((?:19|20)\d\d)\b", re.M
)
_MOST: Final = 500
"""Lines of one kind in a list: more help nobody."""


@dataclass
class Made:
    """One params file: its text, and what a person must look at.

    ``name`` is the file's name where one document gives several params files, else empty. ``findings`` are (code,
    severity, place in the params file, Chinese message); ``problems`` keep the text from being loaded.
    """

    text: str
    status: str
    name: str = ""
    year: str = ""
    uncertain: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    findings: list[tuple[str, str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class Result:
    """What became of one document: what was made of it, or the line (Chinese, English) that says why nothing was."""

    kind: str = ""
    made: list[Made] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: tuple[str, str] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give plain data."""
        return asdict(self)

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Result":
        """Give the result of its plain data."""
        made = [Made(**{**one, "findings": [tuple(f) for f in one["findings"]]}) for one in data["made"]]
        refused = data["refused"]
        return cls(data["kind"], made, data["notes"], None if refused is None else (refused[0], refused[1]))


def import_one(path: Path, rubric: str | None = None, year: int | None = None) -> Result:
    """Import one document; what keeps it from being read is told in the result, never raised."""
    try:
        grid = read(path)
        if own := _own(path, grid.kind):
            return Result(grid.kind, own)
        return Result(grid.kind, _interpreted(path, grid, rubric, year), list(grid.notes))
    except InputError as error:
        return Result(refused=(_one_line(error.text("zh")), _one_line(error.text("en"))))


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines())


def _own(path: Path, kind: str) -> list[Made]:
    """Give what a form, list or report made by this program carries; nothing for any other document."""
    if kind not in ("xlsx", "docx"):
        return []
    from wenxiao.importing.batch import own

    return own.read_own_workbook(path) if kind == "xlsx" else own.read_own_report(path)


def _interpreted(path: Path, grid: Grid, rubric: str | None, year: int | None) -> list[Made]:
    """Give what the interpreter finds; several projects of one document are named after them."""
    from wenxiao.importing.interpreting import interpret_all

    found = interpret_all(grid, rubric, year)
    made = [made_of(one, path) for one in found]
    if len(found) > 1:
        for number, (one, project) in enumerate(zip(made, (one.project for one in found), strict=True), 1):
            one.name = f"{path.stem}-{project.name if project else number}"
    return made


def made_of(found: "Imported", path: Path) -> Made:
    """Give an interpreter's result as plain data, checked."""
    made = checked(found.text, path, found.status) if found.status != "not" else Made("", "not")
    made.uncertain = _shortened(note.shown() for note in found.notes if note.uncertain)
    made.remarks = _shortened(note.shown() for note in found.notes if not note.uncertain)
    made.unread = _shortened(one.shown() for one in found.unread)
    made.personal = _shortened(f"{one.place.shown()}：{one.kind} {one.masked}" for one in found.personal)
    made.missing = list(found.missing)
    return made


def _shortened(lines: Iterable[str]) -> list[str]:
    given = [line.replace("\n", " ") for line in lines]
    more = [f"另有 {len(given) - _MOST} 处。"] if len(given) > _MOST else []
    return given[:_MOST] + more


def checked(text: str, path: Path, status: str = "read", name: str = "") -> Made:
    """Check a params text as ``wenxiao check`` does; one that does not load is at most partly read."""
    from wenxiao.checking import check_text

    result = check_text(text, path.with_suffix(".yaml"))
    found = _YEAR.search(text)
    return Made(
        text,
        "partly" if result.problems and status == "read" else status,
        name,
        (found[1] or found[2]) if found else "",
        findings=[(f.code, f.severity, f.where, f.message) for f in result.findings],
        problems=[f"{p.where or p.place}：{p.wrong.zh}" for p in result.problems],
    )
