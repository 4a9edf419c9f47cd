"""nbconvert exporter ``wenxiao-pdf``: PDF/A-3a and PDF/UA-1 in the layout of GB/T 9704, set by Typst in-process."""

import calendar
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from nbconvert.exporters import Exporter
from traitlets import default

from wenxiao import fonts
from wenxiao.document import Block, Heading, plain_text
from wenxiao.rendering import RenderingError
from wenxiao.rendering.grids import cuts, has_spans
from wenxiao.rendering.layout import appended, title_lines, to_json
from wenxiao.rendering.tree import Report, read_notebook

TEMPLATE: Final = Path(__file__).parent / "templates" / "gongwen.typ"
STANDARDS: Final = ("a-3a", "ua-1")
NO_DATE: Final = dt.date(2000, 1, 1)
MOST_PASSES: Final = 4
_ROWS: Final = "query(<rowpos>).map(row => (row.value, row.location().page()))"
_KEPT: Final = 10
"""How many compilations the typst wheel keeps what it computed for one: to a run of different reports that is of no use."""
_PANIC: Final = "PanicException"
"""What a fault inside the typst wheel is raised as: no Exception, in no module, and nothing that goes to another process."""


class WenxiaoPDFExporter(Exporter):
    """A PDF for disclosure and archive, with all attached that the notebook carries for making it again."""

    export_from_notebook = "PDF（公文格式）"
    output_mimetype = "application/pdf"

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True  # after the last preprocessor, not after each of eleven that are off

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
    """Set a document; the same document gives the same bytes.

    Raises:
        RenderingError: a character no bundled font has, with its place; what the compiler says, or a fault inside it.
    """
    _refuse_uncovered(report)
    record = json.loads(report.record) if report.record else {}
    document = {
        "title": report.title,
        "lines": title_lines(report.title),
        "author": str((record.get("project") or {}).get("unit") or ""),
        "blocks": to_json(appended(report.blocks)),
        "attached": list(_attached(report)),
    }
    date = dt.date.fromisoformat(record["date"]) if record.get("date") else NO_DATE
    try:
        return _compile(document, calendar.timegm(date.timetuple()))
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise RenderingError(f"排版程序内部出错：{error}") from None


def _attached(report: Report) -> Iterator[dict[str, str]]:
    for name, text, relation, mime, about in (
        ("evaluation.json", report.record, "data", "application/json", "本报告的机器可读数据"),
        ("params.yaml", report.facts, "source", "application/yaml", "本报告所依据的项目数据"),
        ("rubric.yaml", report.rubric, "source", "application/yaml", "本报告所用的评分规则"),
    ):
        if text is not None:
            yield {"name": name, "text": text, "relation": relation, "mime": mime, "about": about}


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _files(cut: dict[str, Any]) -> dict[str, bytes]:
    return {"main.typ": _template(), "cuts.json": json.dumps(cut, ensure_ascii=False).encode()}


def _compiler(document: str, cut: dict[str, Any]) -> Any:
    import typst

    return typst.Compiler(
        _files(cut),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"doc": document},
    )


def _compile(document: dict[str, Any], seconds: int) -> bytes:
    text = json.dumps(document, ensure_ascii=False)
    compiler, cut = _compiler(text, {}), dict[str, Any]()
    try:
        for _ in range(MOST_PASSES if has_spans(document) else 0):
            # Ask on which page each row falls, cut the spans there, and repeat until the rows stand still.
            found = cuts(document, dict(json.loads(compiler.eval(_ROWS))))
            if found == cut:
                break
            compiler, cut = _compiler(text, found), found
        # Not settled after so many: a label may stand one row off; the text is complete all the same.
        pdf, warnings = compiler.compile_with_warnings(
            input=_files(cut), format="pdf", pdf_standards=list(STANDARDS), timestamp=seconds
        )
    except RuntimeError as error:  # a TypstError, or what a query says of one
        raise RenderingError(f"排版失败：{getattr(error, 'message', error)}") from error
    finally:
        _forget(compiler)
    if warnings:  # an unknown font family, for one, is only a warning
        raise RenderingError("排版有警告：" + "；".join(str(w.message) for w in warnings))
    return bytes(pdf)


def _forget(compiler: Any) -> None:
    """Free what typst remembers of a document, by as many compilations of nothing; each takes microseconds.

    The empty file has a name: typst gives nameless input a new number each time, and has 65,535 in a process.
    """
    for _ in range(_KEPT + 1):
        compiler.compile(input={"main.typ": b""}, format="svg")


def _refuse_uncovered(report: Report) -> None:
    """Name every character that no font has, with the heading it stands under and the words around it."""
    if not fonts.uncovered(report.title + plain_text(report.blocks)):
        return
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
    raise RenderingError("\n".join(dict.fromkeys(found)) + "\n请换用常用字，或用文字描述这个符号。")
