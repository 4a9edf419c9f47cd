"""What a table of indicators says beyond what a params file holds: parts of an indicator, a second score, further columns.

None of it is taken for something else. Each cell is listed with what it is and what a person can do with it.
"""

import re
from typing import Final

from wenxiao.importing.grid import Cell
from wenxiao.importing.interpreting.columns import Columns
from wenxiao.importing.interpreting.found import Found, IndicatorTable
from wenxiao.importing.interpreting.heads import is_second_score
from wenxiao.importing.interpreting.indicators import Row, is_part
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.interpreting.quantities import money, points

_NUMBERING: Final = re.compile(r"序号")
_SAME: Final = "与单位自评得分相同，不另录入。"


def tell_apart(found: Found, table: IndicatorTable) -> None:
    """Say of each cell that has no field what it is."""
    above: Row | None = None
    for row in table.rows:
        if is_part(row):
            _part(found, row, above)
        else:
            above = row
            _further(found, row, table.columns)


def _part(found: Found, row: Row, above: Row | None) -> None:
    """Say of a 其中 row to which indicator it belongs: parts have no points, and no field."""
    whole = f"“{shown(above.said('name') or '')}”" if above else "指标"
    why = f"是{whole}的分项，不计分，项目文件没有分项栏目；要保留的，请写进该项指标的 evidence 或 narrative.other"
    for cells in row.parts.by.values():
        for cell in cells:
            if cell.place.row == row.number:
                found.ledger.explain(cell, why)


def _further(found: Found, row: Row, columns: Columns) -> None:
    name = shown(row.said("name") or "")
    for cell in row.parts.said("other"):
        if cell.place.row != row.number:
            continue
        head = columns.head_over(cell)
        if _NUMBERING.fullmatch(head) and cell.text.strip().isdecimal():
            found.ledger.use(cell)
        elif is_second_score(head) and points(cell.text) is not None:
            _second_score(found, row, cell, head, name)
        else:
            found.ledger.explain(cell, f"是“{name}”的“{head}”，项目文件没有这一栏")


def _second_score(found: Found, row: Row, cell: Cell, head: str, name: str) -> None:
    """The finance bureau's score beside the unit's own: told where it differs, for a params file holds the unit's."""
    own, second = money(row.said("score") or ""), money(points(cell.text) or "")
    if own and second and own.value == second.value:
        found.ledger.use(cell)
        found.ledger.remark(f"“{head}”{_SAME}", cell)
        return
    told = f"单位自评得分是{own.text}" if own else "单位没有写自评得分"
    why = f"是“{name}”的“{head}”，{told}；项目文件只记单位自评得分，审核得分请另行留存"
    found.ledger.explain(cell, why)
