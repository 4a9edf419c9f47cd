"""Tables for Word: merged cells, header rows that repeat, rows that stay whole."""

from itertools import pairwise
from typing import Any, Final

from wenxiao.document import Cell, Table, places
from wenxiao.rendering.grids import CODE, LONG_CELL, table_json
from wenxiao.rendering.word.marks import attribute, paragraph, run_xml
from wenxiao.rendering.word.styles import INK, WIDTH

_SIDES: Final = {"right": "right", "center": "center", "left": "left"}
_NORMAL: Final = 10.5
SMALL: Final = 12
"""Rows up to which a table is kept whole, as an official form is."""


def table_xml(table: Table) -> str:
    """Give a table without its caption and note."""
    plan = table_json(table, 0)
    edges = [0.0]
    for share in plan["widths"]:
        edges.append(edges[-1] + share)
    at = [round(WIDTH * edge / edges[-1]) for edge in edges]
    grid = "".join(f'<w:gridCol w:w="{b - a}"/>' for a, b in pairwise(at))
    named = f"<w:tblCaption w:val={attribute(' '.join(table.caption.split()))}/>" if table.caption else ""
    rows = _rows(table.head, plan["head"], at, plan["size"], head=True)
    rows += _rows(
        table.body, plan["body"], at, plan["size"], head=False, noted=bool(table.note), whole=_small(table)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="WxTable"/><w:tblW w:w="{at[-1]}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _small(table: Table) -> bool:
    """Tell whether a table takes so little of a page that it is to stand on one."""
    texts = [cell.text for row in (*table.head, *table.body) for cell in row]
    return len(table.head) + len(table.body) <= SMALL and sum(map(len, texts)) <= LONG_CELL


def _rows(
    part: tuple[tuple[Cell, ...], ...],
    plan: list[list[dict[str, Any]]],
    at: list[int],
    size: float,
    head: bool,
    noted: bool = False,
    whole: bool = False,
) -> list[str]:
    """Give the rows of one part; ``plan`` says of each cell what the PDF does with it, ``at`` where columns begin.

    Heads stay with the row below them, all rows of a table that is to be ``whole`` with the next, and the last row with the
    note, where there is one.
    """
    columns = len(at) - 1
    placed: dict[tuple[int, int], tuple[Cell, dict[str, Any]]] = {}
    below: dict[tuple[int, int], int] = {}
    marks = iter([mark for row in plan for mark in row])
    for i, j, cell in places(part, lambda c: (c.rowspan, c.colspan)):
        placed[i, j] = (cell, next(marks))
        below |= {(i + k, j): cell.colspan for k in range(1, cell.rowspan)}
    made = []
    for i, row in enumerate(part):
        inside, j = "", 0
        kept = "<w:keepNext/>" if head or (noted if i == len(part) - 1 else whole) else ""
        while j < columns:
            if (i, j) in placed:
                cell, mark = placed[i, j]
                span = min(cell.colspan, columns - j)
                merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
                inside += _cell(cell, mark, at[j + span] - at[j], span, merge, size, kept)
            else:  # under a cell that spans rows, or missing in a ragged table
                span = below.get((i, j), 1)
                merge = "<w:vMerge/>" if (i, j) in below else ""
                inside += _tc(at[j + span] - at[j], span, merge, "", paragraph("WxCell", "", kept))
            j += span
        unbroken = "" if any(len(cell.text) > LONG_CELL for cell in row) else "<w:cantSplit/>"
        repeated = "<w:tblHeader/>" if head else ""
        properties = f"<w:trPr>{unbroken}{repeated}</w:trPr>" if unbroken or repeated else ""
        made.append(f"<w:tr>{properties}{inside}</w:tr>")
    return made


def _cell(cell: Cell, mark: dict[str, Any], width: int, span: int, merge: str, size: float, kept: str) -> str:
    header = cell.scope is not None
    style = "WxHead" if header else "WxCell"
    aside = "center" if header else "left"
    side = _SIDES.get(cell.align or "", aside)
    properties = kept + '<w:wordWrap w:val="0"/>' if CODE.search(cell.text) else kept
    properties += f'<w:jc w:val="{side}"/>' if side != aside else ""
    points = mark["z"] or size
    letters = f'<w:color w:val="{INK[cell.kind]}"/>' if cell.kind in INK else ""
    letters += (
        f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
        if points != _NORMAL
        else ""
    )
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F2F4"/>' if mark["hd"] else ""
    return _tc(width, span, merge, shade, paragraph(style, run_xml(cell.text, letters), properties))


def _tc(width: int, span: int, merge: str, shade: str, inside: str) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
