"""A report set as a Word document."""

import datetime as dt
import io
import json
from typing import Any

from wenxiao.rendering.layout import appended, title_lines
from wenxiao.rendering.tree import Report
from wenxiao.rendering.word.body import Body
from wenxiao.rendering.word.contents import contents_xml
from wenxiao.rendering.word.facts import ITEM, NAMESPACE, facts_xml, words_hash
from wenxiao.rendering.word.marks import DECLARED, paragraph, run_xml
from wenxiao.rendering.word.package import NO_DATE, Package
from wenxiao.rendering.word.styles import blank


def render(report: Report) -> bytes:
    """Set a report; the same report gives the same bytes.

    Raises:
        RenderingError: a picture can't be drawn.
    """
    from docx import Document

    document: Any = Document(io.BytesIO(blank()))
    package = Package(document)
    body = document.element.body
    last = body.sectPr
    for child in list(body):
        if child is not last:
            body.remove(child)
    for one in elements(report, package):
        last.addprevious(one)
    return finished(report, package)


def elements(report: Report, package: Package, whole: bool = True) -> list[Any]:
    """Give the elements of a report's body; as a ``whole`` with title and contents first."""
    from docx.oxml import parse_xml

    writer = Body(package)
    blocks = appended(report.blocks)
    written = writer.xml(blocks)
    if not whole:
        return list(parse_xml(f"<w:body {DECLARED}>{written}</w:body>"))
    title = paragraph("Title", run_xml("\n".join(title_lines(report.title))))
    contents = contents_xml(writer.headings)
    return list(parse_xml(f"<w:body {DECLARED}>{title}{contents}{written}</w:body>"))


def finished(report: Report, package: Package) -> bytes:
    """Give the file of a document whose body is complete."""
    if report.facts is not None:
        words = words_hash(package.document.element)
        package.carry(facts_xml(report, words), ITEM, NAMESPACE)
    record = json.loads(report.record) if report.record else {}
    date = dt.date.fromisoformat(record["date"]) if record.get("date") else NO_DATE
    return package.bytes(report.title, date)
