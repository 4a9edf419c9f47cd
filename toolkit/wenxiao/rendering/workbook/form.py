"""The form: 项目支出绩效自评表 as a workbook that helps while it is filled, and that is read back without loss."""

from typing import Final

from wenxiao.evaluation import Evaluation
from wenxiao.fitness import faults
from wenxiao.model import Project
from wenxiao.rendering.workbook import others
from wenxiao.rendering.workbook.addresses import Rulebook
from wenxiao.rendering.workbook.books import Book
from wenxiao.rendering.workbook.cells import RUBRIC_AT, YEAR_AT, Pen
from wenxiao.rendering.workbook.choices import write_choices
from wenxiao.rendering.workbook.instructions import write_instructions
from wenxiao.rendering.workbook.layout import layout_of
from wenxiao.rendering.workbook.marks import (
    ANSWERED,
    CHOICES,
    EVIDENCE,
    FORM,
    FORM_MARK,
    INSTRUCTIONS,
    OTHERS,
    RULES,
    SPLITS,
    WORKINGS,
)
from wenxiao.rendering.workbook.regulations import write_rules
from wenxiao.rendering.workbook.sheet import write_sheet
from wenxiao.rendering.workbook.splitting import split
from wenxiao.rendering.workbook.workings import write_workings
from wenxiao.rubric import Rubric, Rules, load_rubric
from wenxiao.scoring import score

SPARE: Final = 5
"""Hidden rows at the end of each group of indicators, unless said otherwise."""
ORDER: Final = (FORM, INSTRUCTIONS, OTHERS, EVIDENCE, SPLITS, ANSWERED, WORKINGS, RULES, CHOICES)
"""The sheets, in the order in which a clerk meets them."""
USUAL: Final = "mof-2020"
_LATEST: Final = 2099


def form_of(
    subject: Evaluation | Project | None = None, rubric: Rubric | None = None, spare: int = SPARE
) -> bytes:
    """Give the form as a workbook (xlsx): filled with the facts of a project, or empty for None.

    ``rubric`` scores it (otherwise the project's own, or mof-2020): needed for a bureau's own rubric, which a project only
    names. ``spare`` rows in each group wait hidden. 联系人 is never written. The same facts give the same bytes.

    Raises:
        InputError: the project names no rubric that can be loaded.
    """
    project = subject.project if isinstance(subject, Evaluation) else subject
    regulation = rubric or load_rubric(project.rubric if project else USUAL)
    evaluation = subject if isinstance(subject, Evaluation) else _scored(project, regulation)
    rules = evaluation.rules if evaluation else _rules(project, regulation)
    named = project.rubric if project else regulation.id
    layout = layout_of(project, rules, spare)
    title = f"项目支出绩效自评表 {project.name} {project.year}" if project else "项目支出绩效自评表"
    book = Book(title, project.signed.date if project else None, FORM_MARK)
    book.arrange(ORDER)
    write_instructions(book, layout)
    rubric_at, year_at = (f"{FORM}!${at[0]}${at[1:]}" for at in (RUBRIC_AT, YEAR_AT))
    lists = write_choices(
        book, [split(one.target)[2] for one in project.indicators] if project else [], [named]
    )
    found = write_rules(book, (named, regulation), rubric_at, year_at)
    completed, excerpt = (f"{OTHERS}!{others.place_of(path)}" for path in ("project.completed", "excerpt"))
    book_of_rules = Rulebook(found.at, lists, year_at, rubric_at, excerpt, completed)
    pen = Pen(book, book.sheet(FORM), layout, book_of_rules, rules.score_places if rules else 2)
    write_sheet(pen, project, named, evaluation)
    long = others.write_lists(book, project, layout, book_of_rules)
    others.write_others(book, project, layout, book_of_rules, [*pen.long, *long])
    write_workings(book, layout, book_of_rules, evaluation)
    return book.done({FORM_MARK: f"={CHOICES}!$A$1"})


def _scored(project: Project | None, regulation: Rubric) -> Evaluation | None:
    """Score a project, where the rubric is fit for it: a form can also hold what is still to be corrected."""
    rules = _rules(project, regulation)
    if project is None or rules is None or faults(project, rules):
        return None
    return score(project, regulation)


def _rules(project: Project | None, regulation: Rubric) -> Rules | None:
    try:
        return regulation.at(project.year if project else max(regulation.since, _LATEST))
    except LookupError:
        return None
