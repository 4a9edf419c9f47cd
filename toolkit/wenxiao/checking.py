"""Params files all the way to their findings, with every fault as a Problem at its place in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings import KINDS, answered, evaluate
from wenxiao.findings.across import audit_across
from wenxiao.fitness import faults
from wenxiao.loading import Sheet, hidden_words, open_sheet, project_of, read_where, sheet_of
from wenxiao.model import Project
from wenxiao.rubric import Rubric, is_file, load_rubric, rubric_ids, rubric_text


@dataclass(frozen=True)
class Checked:
    """One file of a check: its evaluation with all findings, or the problems that keep it from being loaded."""

    file: str
    sheet: Sheet | None = None
    evaluation: Evaluation | None = None
    problems: tuple[Problem, ...] = ()
    across: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the file, those across projects last."""
        return (*(self.evaluation.findings if self.evaluation else ()), *self.across)

    def place(self, finding: Finding) -> tuple[int, int]:
        """Give line and column of what a finding is about; of the nearest group where the field is absent."""
        return self.sheet.place(read_where(finding.where) or ()) if self.sheet else (0, 0)


def check_file(
    path: str | Path, rubric: str | None = None, overrides: Mapping[str, object] | None = None
) -> Evaluation:
    """Load, score and audit a params file; ``rubric`` replaces the one it names.

    Raises:
        InputError: all faults of the file, those against its rubric included.

    >>> import wenxiao as wx
    >>> wx.check_file("params/2021/xinhuang-video-conference.yaml").budget.total.outturn
    Decimal('37.66')
    """
    sheet = open_sheet(path)
    return evaluated(project_of(sheet, Path(path).parent, overrides), rubric, sheet)


def check_text(text: str, path: Path) -> Checked:
    """Check a text that is to be the params file ``path``: what an editor holds before it is saved."""
    file = path.name
    try:
        sheet = sheet_of(file, text)
        return Checked(file, sheet, evaluated(project_of(sheet, path.parent), None, sheet))
    except InputError as error:
        return Checked(file, problems=error.problems)


def check_files(paths: Iterable[Path], rubric: str | None = None) -> list[Checked]:
    """Check each file by itself, then all of them against each other (P601, P602). One bad file stops nothing."""
    checked: list[Checked] = []
    for path in paths:
        file = shown_path(path)
        try:
            sheet = open_sheet(path)
            evaluation = evaluated(project_of(sheet, path.parent), rubric, sheet)
        except InputError as error:
            checked.append(Checked(file, problems=error.problems))
        else:
            checked.append(Checked(file, sheet, evaluation))
    found = audit_across({one.file: one.evaluation for one in checked if one.evaluation is not None})
    return [
        replace(one, across=answered(found[one.file], one.evaluation.project))
        if one.evaluation is not None and one.file in found
        else one
        for one in checked
    ]


def evaluated(project: Project, rubric: str | Rubric | None, sheet: Sheet) -> Evaluation:
    """Score and audit a project; ``rubric`` replaces its own, and faults are told at their places in the sheet.

    Raises:
        InputError: no such rubric, or what makes the project unfit for it.
    """
    regulation = rubric if isinstance(rubric, Rubric) else _regulation(rubric or project.rubric, sheet)
    used = regulation.id if isinstance(rubric, Rubric) else rubric
    if used is not None and used != project.rubric and (used is rubric or used in rubric_ids()):
        project = project.model_copy(update={"rubric": used})
    try:
        rules = regulation.at(project.year)
    except LookupError as error:
        given = regulation.id if isinstance(rubric, Rubric) else project.rubric
        sheet.problem("rubric_year", ("project", "year"), given=given, year=project.year, since=error.args[0])
        raise InputError(sheet.problems) from None
    for path, code, values in (*faults(project, rules), *_acknowledged(project)):
        sheet.problem(code, path, **values)
    if sheet.problems:
        raise InputError(sheet.problems)
    return evaluate(project, regulation)


def _regulation(name: str, sheet: Sheet) -> Rubric:
    if not is_file(name) and name not in rubric_ids():
        sheet.problem("no_rubric", ("rubric",), given=name, choices="、".join(rubric_ids()))
        raise InputError(sheet.problems)
    regulation = load_rubric(name)
    if is_file(name):
        _refuse_redacted_rubric(name, sheet)
    return regulation


def _refuse_redacted_rubric(name: str, sheet: Sheet) -> None:
    """Refuse a word to hide that stands in a bureau's own rubric, which goes into the report as it is."""
    text = rubric_text(name)
    for i, word in enumerate((sheet.data or {}).get("redact") or ()):
        if hidden_words((str(word),)).search(text):
            sheet.problem("redacted_rubric", ("redact", i), given=word, file=Path(name).name)


def _acknowledged(project: Project) -> Iterable[tuple[tuple[str | int, ...], str, dict[str, object]]]:
    """A code that no finding has can't be answered: it is a slip of the pen."""
    for i, one in enumerate(project.acknowledged):
        if one.code not in KINDS:
            yield (
                ("acknowledged", i, "code"),
                "no_such_code",
                {"given": one.code, "choices": "、".join(KINDS)},
            )
