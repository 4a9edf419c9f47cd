"""The row 总分: the total that the form prints, and a grade beside it."""

import re
from typing import Final

from wenxiao.importing.grid import Table
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.importing.interpreting.columns import Columns
from wenxiao.importing.interpreting.drafting import Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.heads import is_second_score, is_total_label
from wenxiao.importing.interpreting.quantities import points

_GRADE: Final = re.compile(r"(?:优|良|中|差|优秀|良好|合格|中等|较差|不合格|一般)(?:\([^)]*\))?")


def total_row(found: Found, table: Table, row: int, columns: Columns) -> bool:
    """Read the row 总分; False where the row is another one."""
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    label = next((cell for cell in own if is_total_label(cell.text)), None)
    if label is None or own[0] is not label:
        return False
    found.ledger.use(label)
    parts = columns.parts(table, row)
    second = [cell for cell in parts.said("other") if is_second_score(columns.head_over(cell))]
    numbers = [cell for cell in own if points(cell.text) is not None and cell not in second]
    score, full = parts.cell("score"), parts.cell("points")
    taken = score if score in numbers else None
    why = ""
    if full is not None and full in numbers and (taken is not None or points(full.text) == "100"):
        found.ledger.use(full)
    if taken is None and not columns.has("score") and len(numbers) == 1:
        taken, why = numbers[0], "表上没有得分一栏，可能是满分"
    if full is not None and points(full.text) not in ("100", None):
        why = "总分一行的满分不是100"
    if taken is score and full is None and columns.has("points"):
        why = "满分一栏空着，数字可能错栏"
    if any(cell not in (score, full, taken) for cell in numbers) or (full and full not in numbers):
        why = "总分行的数字与表头没有对齐"
    if taken is not None and found.draft.put("printed.total", Value(str(points(taken.text)), (taken,), why)):
        found.ledger.use(taken)
    for cell in second:
        if taken is not None and points(cell.text) == points(taken.text):
            found.ledger.use(cell)
        else:
            found.ledger.explain(
                cell,
                f"是总分的“{columns.head_over(cell)}”；项目文件只记单位自评的总分，审核得分请另行留存",
            )
    for cell in own:
        if _GRADE.fullmatch(squeezed(cell.text)) and found.draft.put(
            "printed.grade", Value(squeezed(cell.text), (cell,))
        ):
            found.ledger.use(cell)
    return True
