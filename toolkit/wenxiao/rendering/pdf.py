"""nbconvert exporter ``wenxiao-pdf``: PDF/A-3a and PDF/UA-1 in the layout of GB/T 9704, set by Typst in-process."""

import calendar
import datetime as dt
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from nbconvert.exporters import Exporter
from traitlets import default

from wenxiao import fonts
from wenxiao.document import Block, Heading, plain_text
from wenxiao.rendering import RenderingError
from wenxiao.rendering.layout import appended, continued, title_lines, to_json
from wenxiao.rendering.tree import Report, read_notebook

TEMPLATE: Final = Path(__file__).parent / "templates" / "gongwen.typ"
STANDARDS: Final = ("a-3a", "ua-1")
NO_DATE: Final = dt.date(2000, 1, 1)
MOST_PASSES: Final = 4


class WenxiaoPDFExporter(Exporter):
    """A PDF for disclosure and archive, with evaluation.json attached where the notebook carries it."""

    export_from_notebook = "PDF（公文格式）"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Give the PDF of an executed notebook.

        Raises:
            RenderingError: a character no bundled font has, with its place; or what the compiler says.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return render(read_notebook(nb)), resources


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def render(report: Report) -> bytes:
    """Set a document; the same document gives the same bytes."""
    _refuse_uncovered(report)
    record = json.loads(report.record) if report.record else {}
    document = {
        "title": report.title,
        "lines": title_lines(report.title),
        "author": str((record.get("project") or {}).get("unit") or ""),
        "blocks": to_json(appended(report.blocks)),
    }
    date = dt.date.fromisoformat(record["date"]) if record.get("date") else NO_DATE
    return _compile(document, report.record, calendar.timegm(date.timetuple()))


def _compiler(document: dict[str, Any], record: str | None) -> Any:
    import typst

    inputs = {"doc": json.dumps(document, ensure_ascii=False)}
    if record:
        inputs["attach"] = record
    return typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def _pages(compiler: Any) -> dict[str, int]:
    return {row["k"]: row["p"] for row in json.loads(compiler.query("<rowpos>", field="value"))}


def _compile(document: dict[str, Any], record: str | None, seconds: int) -> bytes:
    import typst

    try:
        compiler = _compiler(document, record)
        if _has_spans(document):
            compiler = _settled(compiler, document, record)
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=list(STANDARDS), timestamp=seconds
        )
    except typst.TypstError as error:
        raise RenderingError(f"排版失败：{error.message}") from error
    if warnings:  # an unknown font family, for one, is only a warning
        raise RenderingError("排版有警告：" + "；".join(str(w.message) for w in warnings))
    return bytes(pdf)


def _has_spans(document: dict[str, Any]) -> bool:
    return any(c["rs"] > 1 for b in document["blocks"] if b["t"] == "table" for row in b["body"] for c in row)


def _settled(compiler: Any, document: dict[str, Any], record: str | None) -> Any:
    """Ask on which page each row falls, cut the spans there, and repeat until the rows stand still."""
    pages = _pages(compiler)
    for _ in range(MOST_PASSES):
        compiler = _compiler(continued(document, pages), record)
        if (seen := _pages(compiler)) == pages:
            break
        pages = seen
    return compiler  # not settled: a label may stand one row off; the text is complete all the same


def _refuse_uncovered(report: Report) -> None:
    """Name every character that no font has, with the heading it stands under and the words around it."""
    found: list[str] = []
    heading = report.title
    blocks: Iterable[Block] = (Heading(1, ()), *report.blocks)
    for block in blocks:
        words = plain_text([block]) or report.title
        if isinstance(block, Heading):
            heading = words
        for character in fonts.uncovered(words):
            at = words.index(character)
            around = words[max(0, at - 8) : at + 9].replace("\n", " ")
            found.append(f"字体里没有“{character}”（U+{ord(character):04X}）：“{heading}”一节，“…{around}…”")
    if found:
        raise RenderingError("\n".join(dict.fromkeys(found)) + "\n请换用常用字，或用文字描述这个符号。")
