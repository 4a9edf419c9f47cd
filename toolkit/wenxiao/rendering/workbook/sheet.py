"""The sheet 自评表 as a whole: its two parts, how it prints, what may be changed."""

from wenxiao.evaluation import Evaluation
from wenxiao.model import Project
from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.books import formula, letter
from wenxiao.rendering.workbook.cells import Pen
from wenxiao.rendering.workbook.layout import COLUMNS, LAST_PRINTED, WIDTHS
from wenxiao.rendering.workbook.lower import write_lower
from wenxiao.rendering.workbook.marks import OTHERS
from wenxiao.rendering.workbook.others import FIELDS
from wenxiao.rendering.workbook.upper import write_upper


def write_sheet(pen: Pen, project: Project | None, rubric: str, evaluation: Evaluation | None) -> None:
    """Write the sheet; ``rubric`` is how the form names the rubric."""
    write_upper(pen, project, rubric, evaluation)
    write_lower(pen, project, evaluation)
    _frame(pen)
    remarks.turn_red(pen.sheet, pen.book, pen.layout)


def _frame(pen: Pen) -> None:
    layout, column = pen.layout, letter(COLUMNS["remark"])
    look = pen.book.look("remark", bold=True)
    span = f"{column}3:{column}{layout.total}"
    others = f"{OTHERS}!$E$2:$E${1 + len(FIELDS)}"
    rows, places = (f"SUMPRODUCT(--(LEN({cells})>0))" for cells in (span, others))
    text = f'="需核对：本表 "&{rows}-1&" 行，“{OTHERS}” "&{places}&" 处"'  # the heading of the column is no remark
    formula(pen.sheet, 1, COLUMNS["remark"], text, look)
    for i, width in enumerate(WIDTHS):
        pen.sheet.set_column(i, i, width)
    pen.sheet.set_row(0, 28)
    pen.sheet.set_landscape()
    pen.sheet.set_paper(9)
    pen.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.print_black_and_white()
    pen.sheet.print_area(0, 0, layout.total, LAST_PRINTED - 1)
    pen.sheet.repeat_rows(layout.head - 1, layout.head)
    pen.sheet.set_footer("&C第 &P 页，共 &N 页")
    pen.sheet.ignore_errors({"number_stored_as_text": f"A1:U{layout.total + 1}"})
    pen.sheet.outline_settings(symbols_below=False)
    allowed = {"format_rows": True, "format_columns": True, "format_cells": True, "select_locked_cells": True}
    pen.sheet.protect("", allowed)
