"""What was given to compare: a project, a folder of projects or a rubric; and a project with its result."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from wenxiao.checking import check_file, evaluated
from wenxiao.comparing.shown import Kind
from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.evaluation import Evaluation
from wenxiao.loading import facts, load_project, read_text, sheet_for
from wenxiao.rubric import is_file, rubric_ids
from wenxiao.words import Words

_PARAMS: Final = "params.yaml"
_RECORD: Final = "evaluation.json"


@dataclass(frozen=True)
class Side:
    """One project of a comparison: a params file, a report folder or an evaluation, and the rubric to use instead."""

    path: Path | Evaluation
    rubric: str | None = None


Match = tuple[str, Side | None, Side | None]
"""A project's key, and where it stands in A and in B."""


@dataclass(frozen=True)
class Subject:
    """One argument of ``diff``: what kind of thing it is, and the projects in it by key."""

    given: str
    kind: Kind
    projects: Mapping[str, Path | Evaluation] = field(default_factory=dict)

    @property
    def only(self) -> Path | Evaluation:
        """The one project of a subject that is a project."""
        return next(iter(self.projects.values()))


@dataclass(frozen=True)
class Scored:
    """A project's facts and its result, in the shape of evaluation.json."""

    facts: dict[str, Any]
    result: dict[str, Any]

    @property
    def year(self) -> int:
        """The 评价年度."""
        return int(self.facts["project"]["year"])


def subject(given: str | Path | Evaluation) -> Subject:
    """Tell what was given.

    Raises:
        InputError: nothing that can be compared.
    """
    if isinstance(given, Evaluation):
        what_if = "，试算" if given.project.overrides else ""
        name = f"{given.project.name}（{given.project.year}{what_if}）"
        return Subject(name, "project", {name: given})
    name, path = str(given), Path(given)
    if os.path.isdir(name):  # noqa: PTH112  a name too long for a file is no error here, but one of no file
        return _folder(name, path)
    yaml = is_file(name) and os.path.isfile(name)  # noqa: PTH113
    if name in rubric_ids() or (yaml and _holds_rubric(path)):
        return Subject(name, "rubric")
    if yaml:
        return Subject(name, "project", {path.stem: path})
    choices = rubric_ids()
    raise refusal(
        name,
        Words("没有这样的项目文件、报告文件夹或评分规则。", "There is no params file, report folder or rubric of this name."),
        Words(
            f"写项目文件（.yaml）、报告文件夹、装有它们的文件夹，或评分规则的编号（{'、'.join(choices)}）。",
            f"Give a params file (.yaml), a report folder, a folder of either, or a rubric's id ({', '.join(choices)}).",
        ),
    )  # fmt: skip


def _folder(name: str, path: Path) -> Subject:
    if _is_report(path):
        return Subject(name, "project", {path.name: path})
    reports = [p.parent for p in _below(path, _RECORD) if _is_report(p.parent)]
    found = {p.relative_to(path).as_posix(): p for p in reports}
    if not found:
        files = [p for p in _below(path, "*.yaml") if not _holds_rubric(p)]
        found = {p.relative_to(path).with_suffix("").as_posix(): p for p in files}
    if not found:
        raise refusal(
            name,
            Words("这个文件夹里没有项目文件，也没有报告。", "There is no params file and no report in this folder."),
            Words("请核对文件夹。", "Check the folder."),
        )  # fmt: skip
    return Subject(name, "folder", found)


def _below(path: Path, pattern: str) -> list[Path]:
    """Give the files below a folder, sorted; not what stands in hidden folders (half-made reports, checkpoints)."""
    found = sorted(p for p in path.rglob(pattern) if p.is_file())
    return [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]


def _is_report(path: Path) -> bool:
    return (path / _PARAMS).is_file() and (path / _RECORD).is_file()


def _holds_rubric(path: Path) -> bool:
    """Tell a rubric's file by its first line after comments."""
    try:
        lines = [line.strip() for line in read_text(path).splitlines()]
    except InputError:  # told with the project it was meant to be
        return False
    first = next((line for line in lines if line and not line.startswith(("#", "---", "%"))), "")
    return bool(re.match(r"schema:\s*[\"']?wenxiao/rubric/1\b", first))


def refusal(file: str, wrong: Words, instead: Words) -> InputError:
    """Say in one line why something given can't be compared."""
    return InputError([Problem(file, 0, 0, "", wrong, instead)])


def matched(a: Mapping[str, Path | Evaluation], b: Mapping[str, Path | Evaluation]) -> list[Match]:
    """Match projects by relative path, then by bare name where only one left over on either side has it."""
    found = {key: key for key in b if key in a}
    left, right = _by_name(a, found), _by_name(b, found)
    found |= {right[name]: left[name] for name in right if name in left}
    pairs: list[Match] = [(key, Side(a[found[key]]) if key in found else None, Side(b[key])) for key in b]
    gone: list[Match] = [(key, Side(a[key]), None) for key in a.keys() - found.values()]
    return sorted([*pairs, *gone], key=lambda match: match[0])


def _by_name(keys: Iterable[str], taken: Mapping[str, str]) -> dict[str, str]:
    """Give bare name → key, of the keys not taken whose name no other has."""
    names = {key: key.rpartition("/")[2] for key in keys if key not in taken}
    counts = Counter(names.values())
    return {name: key for key, name in names.items() if counts[name] == 1}


def scored(side: Side) -> Scored:
    """Give a project's facts and result; the one place that scores. A report keeps the scores it published.

    Raises:
        InputError: it can't be loaded, or not scored under the rubric.
    """
    if isinstance(side.path, Evaluation):
        return _scored(side.path, side.rubric)
    report = side.path.is_dir()
    params = side.path / _PARAMS if report else side.path
    if report and side.rubric is None:
        return Scored(facts(load_project(params)), _published(side.path / _RECORD))
    return _scored(check_file(params, side.rubric))


def _scored(evaluation: Evaluation, rubric: str | None = None) -> Scored:
    if rubric is not None:
        evaluation = evaluated(evaluation.project, rubric, sheet_for(evaluation.project))
    return Scored(facts(evaluation.project), evaluation.as_dict())


def _published(path: Path) -> dict[str, Any]:
    try:
        result = json.loads(read_text(path), parse_float=Decimal)
    except ValueError:
        result = None
    groups = {"project": dict, "budget": dict, "indicators": list}
    whole = isinstance(result, dict) and all(isinstance(result.get(k), t) for k, t in groups.items())
    if (
        not isinstance(result, dict)
        or not whole
        or not all(isinstance(one, dict) for one in result["indicators"])
    ):
        raise refusal(
            shown_path(path),
            Words("这不是 wenxiao 写的评价结果。", "This is no evaluation written by wenxiao."),
            Words("重新生成这份报告：wenxiao run。", "Make the report anew: wenxiao run."),
        )
    return result
