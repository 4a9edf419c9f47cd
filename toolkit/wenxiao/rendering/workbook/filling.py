"""Params files as they are to be put into forms: nothing hidden yet, nothing added, faults against the rubric allowed."""

from pathlib import Path

from wenxiao.errors import InputError
from wenxiao.loading import open_sheet, validated
from wenxiao.model import Project
from wenxiao.rubric import Rubric, is_file, load_rubric, rubric_ids


def to_fill(path: str | Path) -> tuple[Project, Rubric]:
    """Give the facts of a params file word for word, and the rubric it names.

    Unlike :func:`wenxiao.loading.load_project` this leaves the words of ``redact`` where they stand: the form is a working
    copy, and what is read back from it must be the same file. No evidence is hashed.

    Raises:
        InputError: every fault of the file, or no such rubric.
    """
    path = Path(path)
    sheet = open_sheet(path)
    project = validated(sheet, sheet.data, Project)
    if sheet.problems or project is None:
        raise InputError(sheet.problems)
    named = project.rubric
    if not is_file(named) and named not in rubric_ids():
        sheet.problem("no_rubric", ("rubric",), given=named, choices="、".join(rubric_ids()))
        raise InputError(sheet.problems)
    return project, load_rubric(path.parent / named if is_file(named) else named)
