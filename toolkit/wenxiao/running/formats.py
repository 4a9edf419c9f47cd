"""What a run can write: the formats of ``--to``, and the files of each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from wenxiao.evaluation import Evaluation
from wenxiao.rubric import Rubric, is_file, load_rubric

FORMATS: Final = ("html", "pdf", "docx", "xlsx")
DEFAULT: Final = ("html", "pdf")
"""What a run writes where nothing is said: what is published, and no more time than that takes."""
FILES: Final = {
    "html": ("report.html",), "pdf": ("report.pdf",), "docx": ("report.docx",), "xlsx": ("form.xlsx", "report.xlsx"),
}  # fmt: skip
RUBRIC: Final = "rubric.yaml"
"""A bureau's own rubric, in the report folder beside the facts."""
_MADE_WITH: Final = {"docx": ("python-docx",), "xlsx": ("xlsxwriter",)}


def libraries(formats: Iterable[str], letterhead: str | None = None) -> tuple[str, ...]:
    """Give the libraries on which the bytes of these formats depend beside those of every report."""
    named = [name for one in sorted(formats) for name in _MADE_WITH.get(one, ())]
    return (*named, *(("docxtpl",) if letterhead else ()))


def formats_of(files: Iterable[str]) -> tuple[str, ...]:
    """Give the formats of a report folder's files.

    >>> formats_of(["report.ipynb", "report.pdf", "form.xlsx"])
    ('pdf', 'xlsx')
    """
    there = set(files)
    return tuple(name for name in FORMATS if there & set(FILES[name]))


def written(
    name: str, nb: Any, evaluation: Evaluation, letterhead: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """Give (file name, content) of one format: of an executed notebook, or for workbooks of its evaluation.

    Raises:
        RenderingError, LetterheadError: it can't be set; says why.
    """
    if name == "xlsx":
        from wenxiao.rendering.workbook.data import data_of
        from wenxiao.rendering.workbook.form import form_of

        subject, rubric = _as_published(evaluation)
        yield "form.xlsx", form_of(subject, rubric)
        yield "report.xlsx", data_of(subject)
        return
    content, _ = exporter(name, letterhead if name == "docx" else None).from_notebook_node(nb)
    yield FILES[name][0], content if isinstance(content, bytes) else content.encode()


def _as_published(evaluation: Evaluation) -> tuple[Evaluation, Rubric | None]:
    """Give an evaluation naming a bureau's own rubric as it stands beside the report, and that rubric; else as it is."""
    named = evaluation.project.rubric
    if not is_file(named):
        return evaluation, None
    project = evaluation.project.model_copy(update={"rubric": RUBRIC})
    return replace(evaluation, project=project), load_rubric(named)


@cache
def exporter(name: str, letterhead: str | None = None) -> Any:
    """Give the exporter of a format, made once in a process."""
    if name == "pdf":
        from wenxiao.rendering.pdf import WenxiaoPDFExporter

        return WenxiaoPDFExporter()
    if name == "docx":
        from wenxiao.rendering.word.exporter import WenxiaoWordExporter

        return WenxiaoWordExporter(letterhead=letterhead or "")
    from wenxiao.rendering.html import WenxiaoHTMLExporter

    return WenxiaoHTMLExporter()
