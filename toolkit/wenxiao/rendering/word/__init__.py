"""The report as a Word document that an office can edit, in the layout of GB/T 9704.

From the bottom: marks (XML of text) · styles (page, styles, footers) · pictures, cells, contents, package (parts and
bytes), body (blocks → XML) · facts (what rides along, and whether somebody edited the document since) · setting (all of
it together) · headfile, adopting, letterhead (an office's own template) · straight (a report without a kernel) ·
exporter (nbconvert).

Imported here is nothing: reading the facts out of a document needs no nbconvert.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenxiao.evaluation import Evaluation


def document_of(evaluation: "Evaluation") -> bytes:
    """Give report.docx of an evaluation, the same bytes as a run with the package's own template gives.

    Raises:
        RenderingError: the template calls what is no part of a report.
    """
    from wenxiao.rendering.word.setting import render
    from wenxiao.rendering.word.straight import report_of

    return render(report_of(evaluation))
