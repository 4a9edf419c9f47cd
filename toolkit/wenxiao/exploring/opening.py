"""A project opened, evaluated, and asked what if."""

from collections.abc import Mapping
from pathlib import Path

from wenxiao.checking import evaluated
from wenxiao.evaluation import Evaluation
from wenxiao.loading import Source, facts, project_of, sheet_for, source_of
from wenxiao.model import Project
from wenxiao.rubric import Rubric


def evaluate(project: Project, rubric: str | Path | Rubric | None = None) -> Evaluation:
    """Score a project and audit the result.

    ``rubric`` (an id, the path of a file, or a loaded rubric) replaces the one the project names. Points and scores
    are exact ``Decimal`` in 分; ``total`` and ``grade`` are None where the rubric can give none.

    Raises:
        InputError: no such rubric, or the project does not fit it: every fault with its place in the params file.

    >>> import wenxiao as wx
    >>> wx.evaluate(wx.load("params/2021/xinhuang-video-conference.yaml"), "mof-2020").budget.score.value
    Decimal('9.87')
    """
    given = rubric if isinstance(rubric, Rubric) or rubric is None else str(rubric)
    return evaluated(project, given, sheet_for(project))


def what_if(project: Project, overrides: Mapping[str, object]) -> Project:
    """Give the project with facts replaced (see :meth:`wenxiao.model.Project.what_if`)."""
    source = _source(project)
    stated = facts(project)
    if words := source.data.get("redact"):
        stated["redact"] = words  # hidden in what is new, too
    if "rubric" in stated:
        stated["rubric"] = _rubric_as_stated(project, source)
    known = {}  # hashes of evidence: not read again, and not taken for those of another file
    for item in (item for one in stated["indicators"] for item in one.get("evidence", ())):
        if item.get("file") and item.get("sha256"):
            known[item["file"]] = item.pop("sha256")
    changed = project_of(source.sheet(stated), source.folder, overrides, known)
    changed._overrides = tuple((dict(project.overrides) | dict(changed.overrides)).items())
    changed._source = source
    return changed


def original(project: Project) -> Project:
    """Give the project as it was before anything was replaced."""
    if not project.overrides:
        return project
    source = _source(project)
    return project_of(source.sheet(source.data), source.folder)


def _source(project: Project) -> Source:
    """Give where a project was read; one made in Python is its own source."""
    return source_of(project) or Source(project.name, "", facts(project), {}, {}, Path())


def _rubric_as_stated(project: Project, source: Source) -> str:
    """A bureau's own rubric is named relative to the params file; any other file from where the process runs."""
    stated = str(source.data.get("rubric", ""))
    if not project.rubric.endswith((".yaml", ".yml")):
        return project.rubric
    placed = (source.folder / stated).as_posix()
    return stated if placed == project.rubric else Path(project.rubric).absolute().as_posix()
