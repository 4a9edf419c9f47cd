"""Documents this program made itself: its form, its list, its report carry their facts and are read back exactly."""

from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.importing.batch.one import Made, checked, made_of

if TYPE_CHECKING:
    from wenxiao.errors import Problem
    from wenxiao.rendering.workbook.reading import FormRead


def read_own_workbook(path: Path) -> list[Made]:
    """Give the params file of a form made by ``wenxiao form``, the params files of a list; none for other workbooks.

    Raises:
        InputError: the form's own sheet is gone.
    """
    from wenxiao.rendering.workbook import is_form, is_list

    if is_form(path):
        from wenxiao.rendering.workbook.reading import read_form

        return [_made(path, read_form(path), "")]
    if is_list(path):
        return _listed(path)
    return []


def _listed(path: Path) -> list[Made]:
    """Give the projects of a list under their file names; what is wrong with the list itself stands with the first."""
    from wenxiao.errors import InputError
    from wenxiao.rendering.workbook.lists import read_list

    found = read_list(path)
    made = [_made(path, form, stem) for stem, form in found.projects.items()]
    if found.problems and not made:
        raise InputError(found.problems)
    if found.problems:
        made[0].problems = [*map(_said, found.problems), *made[0].problems]
        made[0].status = "partly"
    return made


def _made(path: Path, form: "FormRead", name: str) -> Made:
    """Give what was read from a form: its text stands even where something in it is still to be corrected."""
    made = checked(form.text, path, "partly" if form.problems else "read", name)
    made.problems = (
        list(map(_said, form.problems or form.unfit)) or made.problems
    )  # with cells, not YAML places
    made.remarks = list(map(_said, form.notes))
    return made


def _said(problem: "Problem") -> str:
    return f"{problem.where or problem.place}：{problem.wrong.zh} {problem.instead.zh}".strip()


def read_own_report(path: Path) -> list[Made]:
    """Give the params file that a report.docx made by ``wenxiao run`` carries; none for any other document.

    Where its words were changed since, the page wins, and each change is listed.
    """
    from wenxiao.importing.interpreting.carried import read_edited
    from wenxiao.rendering.word.facts import carried_by

    carried = carried_by(path)
    if carried is None:
        return []
    if not carried.edited:
        return [checked(carried.facts, path)]
    edited = read_edited(path.name, path.read_bytes())
    return [] if edited is None else [made_of(edited, path)]
