"""The files of rubrics: those shipped, a bureau's own, and what each is based on."""

import os
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.faults import fault
from wenxiao.loading import read_text
from wenxiao.rubric.wording import RuleSheet


def _shipped() -> Traversable:
    return resources.files("wenxiao").joinpath("rubrics")


@cache
def rubric_ids() -> tuple[str, ...]:
    """Give the ids of the shipped rubrics, sorted."""
    names = [entry.name for entry in _shipped().iterdir()]
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def is_file(name: str | Path) -> bool:
    """Tell whether a rubric's name is the path of a bureau's own file."""
    return str(name).endswith((".yaml", ".yml"))


def rubric_path(name: str | Path) -> Path:
    """Give the file of a shipped rubric's id, or of a bureau's own rubric file."""
    return Path(name if is_file(name) else str(_shipped().joinpath(f"{name}.yaml")))


@dataclass(frozen=True)
class File:
    """The file of a rubric as read; equal text loads to the same rubric, so an edited file is never served stale."""

    shown: str
    text: str
    own: bool


def files_of(name: str | Path, below: tuple[str, ...] = ()) -> tuple[File, ...]:
    """Read a rubric's file and those it is based on, the nearest first.

    Raises:
        InputError: one of them is not there, or they go round in a circle.
    """
    file, path = _read(name), _real(name)
    stated = stated_base(file)
    if stated is None:
        return (file,)
    base = base_of(name, stated)
    code = ""
    if not is_file(base):
        code = "" if base in rubric_ids() else "no_rubric"
    elif _real(base) in (*below, path):
        code = "base_circle"
    elif not os.path.isfile(rubric_path(base)):  # noqa: PTH113  a name too long for a file is that of no file
        code = "base_not_found"
    if code:
        sheet = RuleSheet(file.shown, file.text)
        sheet.problem(code, ("based_on",), given=stated, choices="、".join(rubric_ids()))
        raise InputError(sheet.problems)
    return (file, *files_of(base, (*below, path)))


def _real(name: str | Path) -> str:
    """Give a rubric's file with all links followed; of links in a circle the name as it is."""
    return os.path.realpath(rubric_path(name))


def _read(name: str | Path) -> File:
    if not is_file(name) and str(name) not in rubric_ids():
        wrong, instead = fault("no_rubric", given=name, choices="、".join(rubric_ids()))
        raise InputError([Problem(str(name), 0, 0, "rubric", wrong, instead)])
    path = rubric_path(name)
    shown = shown_path(path) if is_file(name) else path.name
    return File(shown, read_text(path, "rubric_no_content"), is_file(name))


def base_of(name: str | Path, stated: str) -> str:
    """Give the name of the base: an id, or the path as seen from here of a file named relative to the rubric's."""
    return rubric_path(name).parent.joinpath(stated).as_posix() if is_file(stated) else stated


@lru_cache(maxsize=64)
def stated_base(file: File) -> str | None:
    """Give what a file is based on, as it is written there."""
    data = RuleSheet(file.shown, file.text).data
    stated = data.get("based_on") if isinstance(data, dict) else None
    return stated.strip() or None if isinstance(stated, str) else None
