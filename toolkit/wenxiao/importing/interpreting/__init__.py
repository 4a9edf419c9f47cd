"""A grid → facts: one interpreter that knows the layouts of published forms and reports, whatever file they came in.

:func:`interpret` never guesses and never loses anything silently: a figure is taken where its meaning is certain; it is
taken and noted where it is likely; all other text is listed with its place. Contradictions of the document are kept:
they become findings of ``wenxiao check``.

The modules, from the bottom: cleaning · quantities · heads (what a column is called) · columns · ledger (what is used, noted,
left over) · drafting · found; then what reads a part of a document: ragged (tables copied as text), stacked (a cell a
paragraph), dividing (one document for each project), titles, labels, marks, budget (with budget_doubts, splits, funds),
goals, indicators (with targets, doubts, pairing, and leftover: what has no field), totals, sections (a table from top to
bottom), running and narrative (text), telling (figures in it); then rubrics, assembling, finishing (written and loaded),
and reading, which runs them over a document.

A report.docx of our own goes to ``carried.read_edited`` first, where its words were changed since it was made.
"""

from dataclasses import replace

from wenxiao.importing.grid import Grid
from wenxiao.importing.interpreting.imported import Imported, Note, Personal, Unread

__all__ = ["Imported", "Note", "Personal", "Unread", "interpret", "interpret_all"]


def interpret(grid: Grid, rubric: str | None = None, year: int | None = None) -> Imported:
    """Give the facts of a document, as a params text with a comment at each uncertain figure.

    ``rubric`` and ``year`` (评价年度) replace what the document says or what would be chosen from its layout. A document
    that holds no facts gives status ``not``; nothing is raised for what a document says. Of a document with several
    projects the first one is given, and what belongs to the others is listed: :func:`interpret_all` gives them all.
    """
    first, *others = interpret_all(grid, rubric, year)
    if not others:
        return first
    rest = [item for other in others for item in other.everything]
    names = "、".join(other.project.name for other in others if other.project)
    note = Note(
        None, "", "", f"文件里有{len(others) + 1}个项目，只录入了第一个；其余：{names or '没有读到名称'}"
    )
    return replace(first, notes=(*first.notes, note), unread=(*first.unread, *rest))


def interpret_all(grid: Grid, rubric: str | None = None, year: int | None = None) -> list[Imported]:
    """Give one result for each project of a document: many offices publish all their forms in one file.

    A form that does not say its year is given the first one's, in doubt.
    """
    from wenxiao.importing.interpreting.dividing import divided
    from wenxiao.importing.interpreting.reading import read_document

    found: list[Imported] = []
    for part in divided(grid):
        one = read_document(part, rubric, year)
        first = found[0].project if found else None
        if first is not None and "project.year" in one.missing:
            one = read_document(part, rubric, first.year)
            why = "这张表没有写年度，取自文件里的第一个项目"
            one = replace(one, notes=(*one.notes, Note(None, "", str(first.year), why, "project.year")))
        found.append(one)
    return found
