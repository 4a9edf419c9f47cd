"""A grid → facts: one interpreter that knows the layouts of published forms and reports, whatever file they came in.

:func:`interpret` never guesses and never loses anything silently: a figure is taken where its meaning is certain; it is
taken and noted where it is likely; all other text is listed with its place. Contradictions of the document are kept:
they become findings of ``wenxiao check``.

The modules, from the bottom: cleaning · quantities · heads · ledger · drafting; then what reads a part of a document:
titles, labels, budget, objectives, indicators (with doubts and pairing), narrative and telling (figures in running text);
then rubrics, assembling, finishing (written and loaded), and reading, which runs them over a document.

A report.docx of our own goes to ``carried.read_edited`` first, where its words were changed since it was made.
"""

from wenxiao.importing.grid import Grid
from wenxiao.importing.interpreting.imported import Imported, Note, Personal, Unread

__all__ = ["Imported", "Note", "Personal", "Unread", "interpret"]


def interpret(grid: Grid, rubric: str | None = None, year: int | None = None) -> Imported:
    """Give the facts of a document, as a params text with a comment at each uncertain figure.

    ``rubric`` and ``year`` (评价年度) replace what the document says or what would be chosen from its layout. A document
    that holds no facts gives status ``not``; nothing is raised for what a document says.
    """
    from wenxiao.importing.interpreting.reading import read_document

    return read_document(grid, rubric, year)
