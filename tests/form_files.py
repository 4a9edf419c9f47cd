"""Published forms as files: an abstract form (paragraphs and tables of merged cells) as docx, xlsx, html or text."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import openpyxl
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class C:
    """A cell: its text (line feeds are lines of the cell), and how many columns and rows it covers."""

    text: str = ""
    columns: int = 1
    rows: int = 1


Rows = list[list[C]]
Form = list[str | Rows]
"""Paragraphs and tables; rows list their cells as HTML does: what a cell above covers is left out."""


def placed(rows: Rows) -> Iterator[tuple[int, int, C]]:
    """Give every cell with its row and column (from 1)."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows, 1):
        column = 1
        for cell in row:
            while (at, column) in taken:
                column += 1
            taken |= {(at + d, column + a) for d in range(cell.rows) for a in range(cell.columns)}
            yield at, column, cell


def rectangular(rows: Rows) -> bool:
    """Tell whether the cells fill a rectangle, none twice."""
    cells = list(placed(rows))
    area = sum(c.rows * c.columns for _, _, c in cells)
    width = max(column + c.columns - 1 for _, column, c in cells)
    height = max(at + c.rows - 1 for at, _, c in cells)
    return area == width * height and height == len(rows)


# --- Word -------------------------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


_WIDE = 9000
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_DRAWN = f'<w:tblPr><w:tblW w:w="{_WIDE}" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Give a zip file of parts, always with the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(info, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def docx_of(body: str, **parts: str) -> bytes:
    """Give a Word document of its body's XML, and further parts by name."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    return packed(
        {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document, **parts}
    )


def paragraph(text: str) -> str:
    """Give a paragraph's XML; a line feed is a soft line break."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{html.escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:p><w:r>{lines}</w:r></w:p>"


def docx(form: Form) -> bytes:
    """Give a form as a Word document: gridSpan and vMerge as Word writes them."""
    last = "<w:p/>" if form and not isinstance(form[-1], str) else ""  # Word never ends on a table
    return docx_of(
        "".join(paragraph(b) if isinstance(b, str) else _word_table(b) for b in form) + last + "<w:sectPr/>"
    )


def _word_table(rows: Rows) -> str:
    width = max(column + c.columns - 1 for _, column, c in placed(rows))
    covering: dict[tuple[int, int], tuple[C, bool]] = {}
    wide = _WIDE // width
    for at, column, cell in placed(rows):
        for down in range(cell.rows):
            covering[at + down, column] = (cell, down == 0)
    lines = []
    for at in range(1, len(rows) + 1):
        cells = "".join(
            _word_cell(*covering[at, column], wide)
            for column in range(1, width + 1)
            if (at, column) in covering
        )
        lines.append(f"<w:tr>{cells}</w:tr>")
    grid = f'<w:gridCol w:w="{_WIDE // width}"/>' * width
    return f"<w:tbl>{_DRAWN}<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _word_cell(cell: C, first: bool, wide: int) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide * cell.columns}" w:type="dxa"/>{span}{merge}</w:tcPr>{paragraph(cell.text if first else "")}</w:tc>'


# --- workbook ---------------------------------------------------------------------------------------------------------


def xlsx(form: Form) -> bytes:
    """Give a form as a workbook of one sheet; what looks like a number is one, shown by its format."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001
    sheet = book.active
    sheet.title = "自评表"
    width = max(
        (column + c.columns - 1 for b in form if not isinstance(b, str) for _, column, c in placed(b)),
        default=1,
    )
    row = 0
    for block in form:
        rows = [[C(block, width)]] if isinstance(block, str) else block
        for at, column, cell in placed(rows):
            _fill(sheet, row + at, column, cell)
        row += len(rows)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet, row: int, column: int, cell: C) -> None:
    target = sheet.cell(row, column)
    target.alignment = Alignment(wrap_text=True)
    target.border = Border(*[Side(style="thin")] * 4)
    number = re.fullmatch(r"(\d{1,9})(?:\.(\d{1,6}))?(%?)", cell.text)
    if number and not re.match(r"0\d", cell.text):
        value = Decimal(cell.text.rstrip("%"))
        target.value = value.scaleb(-2) if number[3] else value
        target.number_format = "0" + (f".{'0' * len(number[2])}" if number[2] else "") + number[3]
    else:
        target.value = cell.text or None
        target.data_type = "s" if cell.text else "n"  # "=8个" is no formula
    if cell.rows > 1 or cell.columns > 1:
        end = f"{get_column_letter(column + cell.columns - 1)}{row + cell.rows - 1}"
        sheet.merge_cells(f"{target.coordinate}:{end}")


# --- web page and text ------------------------------------------------------------------------------------------------

_PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}" />
<title>{title}-某某区人民政府</title><meta name="ColumnName" content="财政预决算" /><style>td {{ border: 1px }}</style>
<script type="text/javascript">document.write('<table><tr><td>999</td></tr></table>');</script></head>
<body><div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/bsfw/">办事服务</a></li></ul></div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/czxx/">财政信息</a></div>
<table width="1000" border="0" align="center"><tr><td class="side" width="200"><ul><li><a href="/a.html">部门预算</a></li>
<li><a href="/b.html">部门决算</a></li></ul></td><td><div class="article"><h1>{title}</h1>
<div class="info">发布时间：2022-04-07 10:00 &nbsp; 来源：财政局 &nbsp; 浏览次数：<span id="hits"></span></div>
<div class="content" id="zoom">
{content}
</div><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div></td></tr></table>
<div class="footer"><p>主办：某某区人民政府办公室 &copy; 版权所有</p><p>ICP备12345678号</p></div></body></html>
"""


def page(form: Form, charset: str = "utf-8") -> bytes:
    """Give a form as a government page publishes it: navigation, layout table, article, footer."""
    title = next((b for b in form if isinstance(b, str)), "绩效自评")
    content = "\n".join(_page_paragraph(b) if isinstance(b, str) else _page_table(b) for b in form)
    text = _PAGE.format(charset=charset, title=html.escape(title), content=content)
    return text.encode("gb18030" if charset.lower().startswith("gb") else charset)


def _page_text(text: str) -> str:
    return html.escape(text).replace("\n", "<br />").replace("  ", "&nbsp;&nbsp;")


def _page_paragraph(text: str) -> str:
    return f'<p style="text-indent: 2em"><span style="font-size: 16pt">{_page_text(text)}</span></p>'


def _page_table(rows: Rows) -> str:
    lines = []
    for row in rows:
        cells = "".join(
            f"<td{f' colspan={c.columns}' if c.columns > 1 else ''}{f' rowspan={c.rows}' if c.rows > 1 else ''}>"
            f"<p>{_page_text(c.text)}</p></td>"
            for c in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f'<table border="1" cellspacing="0"><tbody>{"".join(lines)}</tbody></table>'


def text(form: Form) -> bytes:
    """Give a form as copied from a workbook: a line a row, tabs between cells, blanks where a merged cell goes on."""
    return _copied(form, _tabbed)


def copied(form: Form) -> bytes:
    """Give a form as copied from a Word document by a converter: a line a cell, a tab before it, a blank line after a row."""
    return _copied(form, _cell_a_line)


def _copied(form: Form, table) -> bytes:
    return "\n".join(b if isinstance(b, str) else f"\n{table(b)}\n" for b in form).encode()


def _spread(rows: Rows) -> list[list[str]]:
    cells = list(placed(rows))
    width = max(column + c.columns - 1 for _, column, c in cells)
    lines = [[""] * width for _ in rows]
    for at, column, cell in cells:
        lines[at - 1][column - 1] = cell.text
    return lines


def _tabbed(rows: Rows) -> str:
    return "\n".join("\t".join(f'"{t}"' if "\n" in t else t for t in line) for line in _spread(rows))


def _cell_a_line(rows: Rows) -> str:
    """Merged columns make one cell here; what goes on from above is an empty one."""
    cells = list(placed(rows))
    lines: list[str] = []
    for number in range(1, len(rows) + 1):
        here = sorted(
            (column, cell.text if at == number else "")
            for at, column, cell in cells
            if at <= number < at + cell.rows
        )
        lines += [f"\t{one}" for _, one in here] + [""]
    return "\n".join(lines)


KINDS = {"docx": docx, "xlsx": xlsx, "html": page, "txt": text, "copied": copied}
