"""The sheets of a workbook: cells as shown, merged areas, hidden rows and sheets, text boxes."""

import datetime as dt
import io
import posixpath
import re
import warnings
from typing import Any, Final

from wenxiao.errors import InputError
from wenxiao.importing.grid import Cell, Grid
from wenxiao.importing.limits import refusal
from wenxiao.importing.package import Package
from wenxiao.importing.readers.building import Draft, tidy
from wenxiao.importing.readers.places import Address, Aside, column_letters
from wenxiao.importing.readers.xlsx.formats import (
    GENERAL,
    LOCAL_DATES,
    UnknownFormatError,
    number_of,
    plain,
    shown_date,
    shown_number,
)
from wenxiao.importing.readers.xlsx.scanning import scanned
from wenxiao.words import Words

_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TEXT: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_LINE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_BODY: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"
_NAMED: Final = 8
_SMALL: Final = 20_000
_CODES: Final = re.compile(r'&\[[^\]]*\]|&"[^"]*"|&\d+|&[A-Za-z]')
_PAGE_NUMBER: Final = re.compile(r"[\s—–\-－第页共/\d]*")
_ERRORS: Final = ("#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?", "#NULL!", "#NUM!")


def read_xlsx(file: str, data: bytes, package: Package) -> Grid:
    """Read a workbook.

    Raises:
        InputError: it is damaged, or larger than any form.
    """
    import openpyxl

    raw = scanned(file, package)
    draft = Draft(file, "xlsx")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out: pictures, validations
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            for sheet in book.worksheets:
                _Sheet(draft, sheet).read()
            missing = [at for addresses in raw.without_value.values() for at in addresses]
            empty = _without_values(book, raw.without_value)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever the libraries below it happen to raise
        raise refusal(
            file,
            Words(
                f"工作簿已损坏，打不开（{type(error).__name__}）。",
                f"The workbook is damaged ({type(error).__name__}).",
            ),
            Words(
                "请用 Excel 或 WPS 打开另存后再导入。", "Open it in Excel or WPS, save it and import that."
            ),
        ) from None
    if missing:
        draft.note(f"公式没有存下结果，没有读：{empty}。请用 Excel 或 WPS 打开、保存后再导入。")
    _boxes(draft, package)
    if any(name.startswith("xl/externalLinks/") for name in package.names):
        draft.note("工作簿引用了其他文件，没有取用；用的是存下的数值。")
    if book.chartsheets:
        draft.note("有只放图表的工作表，没有读。")
    return draft.grid()


def _without_values(book: Any, parts: dict[str, list[str]]) -> str:
    """Name the formulas without a value; by sheet where there is more than one."""
    several = len(book.worksheets) > 1
    addresses = [
        f"{posixpath.basename(part)}!{at}" if several else at for part, found in parts.items() for at in found
    ]
    return "、".join(addresses[:_NAMED]) + (f" 等 {len(addresses)} 处" if len(addresses) > _NAMED else "")


class _Sheet:
    def __init__(self, draft: Draft, sheet: Any):
        self._draft = draft
        self._sheet = sheet
        self._name = f"工作表“{sheet.title}”"
        self._rounded: list[str] = []
        self._formats: list[str] = []
        self._wrong: list[str] = []

    def read(self) -> None:
        sheet = self._sheet
        if sheet.sheet_state != "visible":
            self._draft.note(f"{self._name} 是隐藏的，也读了。")
        merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
        held = {
            (cell.row, cell.column): cell for cell in sheet._cells.values()
        }  # iter_rows() would lay all out
        drawn = sheet.max_row * sheet.max_column <= _SMALL  # then empty cells are told as well
        positions = set(held)
        if drawn:
            every = ((r, c) for r in range(1, sheet.max_row + 1) for c in range(1, sheet.max_column + 1))
            positions = set(every) - {at for m in merged.values() for at in m.cells} | set(merged)
        cells: list[Cell] = []
        for row, column in sorted(positions):
            cell, area = held.get((row, column)), merged.get((row, column))
            text = self._shown(cell, Address(self._name, row, column)) if cell is not None else ""
            if not text and area is None and not drawn:
                continue
            rows = area.max_row - area.min_row + 1 if area else 1
            columns = area.max_col - area.min_col + 1 if area else 1
            cells.append(Cell(text, Address(self._name, row, column), rows, columns))
        comments = sum(getattr(cell, "comment", None) is not None for cell in held.values())
        self._draft.table(self._name, cells)
        self._head_and_foot()
        self._hidden(cells)
        self._say("数字显示的位数比存的少，按显示的读", self._rounded)
        self._say("数字格式认不出，按存的值读", self._formats)
        self._say("公式出错", self._wrong)
        if comments:
            self._draft.note(f"{self._name} 有 {comments} 条批注，没有读。")

    def _shown(self, cell: Any, place: Address) -> str:
        value, form = cell.value, cell.number_format or GENERAL
        form = LOCAL_DATES.get(cell._style.numFmtId, form) if form == GENERAL else form
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            if value in _ERRORS:
                self._wrong.append(place.shown().rpartition(" ")[2])
            return tidy(value.replace("_x000D_", ""))
        if isinstance(value, dt.datetime | dt.date | dt.time):
            return shown_date(value, form)
        if isinstance(value, dt.timedelta):
            return str(value)
        if form in LOCAL_DATES.values():
            from openpyxl.utils.datetime import from_excel

            return shown_date(from_excel(value, self._sheet.parent.epoch), form)
        return self._number(value, form, place)

    def _number(self, value: object, form: str, place: Address) -> str:
        number = number_of(value)
        address = place.shown().rpartition(" ")[2]
        try:
            text, shows = shown_number(number, form)
        except (UnknownFormatError, ArithmeticError):  # ArithmeticError: 1e300 with two decimals
            self._formats.append(address)
            return plain(number)
        if not text.strip():
            self._formats.append(address)
            return plain(number)
        if shows != number:
            self._rounded.append(f"{address} 显示 {text.strip()}、存 {plain(number)}")
        return tidy(text).strip()

    def _head_and_foot(self) -> None:
        """Read what is printed above and below every page."""
        for where, part in (("页眉", self._sheet.oddHeader), ("页脚", self._sheet.oddFooter)):
            texts = [getattr(part, side).text or "" for side in ("left", "center", "right")]
            said = [
                text
                for text in (_CODES.sub("", text).strip() for text in texts)
                if not _PAGE_NUMBER.fullmatch(text)
            ]
            for line, text in enumerate(said, 1):
                self._draft.paragraph(text, place=Aside(f"{self._name} {where}", line=line))

    def _hidden(self, cells: list[Cell]) -> None:
        """Note hidden rows and columns that hold something: they are read like all others."""
        rows = {at for at, row in self._sheet.row_dimensions.items() if row.hidden}
        columns: set[int] = set()
        for one in self._sheet.column_dimensions.values():
            if one.hidden:
                columns |= set(range(one.min or 0, (one.max or 0) + 1))
        hidden_rows = sorted({c.place.row for c in cells if c.text and c.rows == 1 and c.place.row in rows})
        hidden_columns = sorted(
            {c.place.column for c in cells if c.text and c.columns == 1 and c.place.column in columns}
        )
        self._say("有隐藏的行，也读了：第", [str(row) for row in hidden_rows])
        self._say("有隐藏的列，也读了：", [column_letters(column) for column in hidden_columns])

    def _say(self, what: str, found: list[str]) -> None:
        if found:
            more = f" 等 {len(found)} 处" if len(found) > _NAMED else ""
            self._draft.note(
                f"{self._name} {what}：{'、'.join(found[:_NAMED])}{more}。".replace("：第：", "：").replace(
                    "：：", "："
                )
            )


def _boxes(draft: Draft, package: Package) -> None:
    """Read the text boxes that lie over the sheets."""
    line = 0
    for name in package.names:
        if not re.fullmatch(r"xl/drawings/drawing\d*\.xml", name):
            continue
        root = package.xml(name)
        for body in () if root is None else root.iter(_BODY):
            for one in body.iter(_LINE):
                text = "".join(t.text or "" for t in one.iter(_TEXT))
                if text.strip():
                    line += 1
                    draft.paragraph(text, place=Aside("文本框", line=line))
