"""One params file all the way to its findings, with every fault as a Problem at its place in the file."""

from collections.abc import Mapping
from pathlib import Path

from wenxiao.evaluation import Evaluation
from wenxiao.findings import evaluate
from wenxiao.loading import load_project, place_problems
from wenxiao.rubric import load_rubric, rubric_ids
from wenxiao.scoring import faults


def check_file(
    path: Path, rubric: str | None = None, overrides: Mapping[str, object] | None = None
) -> Evaluation:
    """Load, score and audit a params file; ``rubric`` replaces the one it names.

    Raises:
        InputError: all faults of the file, those against its rubric included.
    """
    project = load_project(path, overrides)
    name = rubric or project.rubric
    if rubric is not None:
        project = project.model_copy(update={"rubric": rubric})
    if not name.endswith((".yaml", ".yml")) and name not in rubric_ids():
        known = {"given": name, "choices": "、".join(rubric_ids())}
        raise place_problems(path, [(("rubric",), "no_rubric", known)])
    regulation = load_rubric(name)
    try:
        rules = regulation.at(project.year)
    except LookupError as error:
        values: dict[str, object] = {"given": name, "year": project.year, "since": error.args[0]}
        raise place_problems(path, [(("project", "year"), "rubric_year", values)]) from None
    if found := faults(project, rules):
        raise place_problems(path, found)
    return evaluate(project, regulation)
