"""Paragraphs and tables of a web page: rowspan and colspan, tables that only lay out the page, lines broken by hand."""

import re
from typing import Any, Final

from wenxiao.importing.readers.building import Draft, spread, tidy

_BLOCKS: Final = {
    "p", "div", "section", "article", "main", "center", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt",
    "dd", "blockquote", "pre", "form", "fieldset", "hr", "address", "figure", "figcaption", "body", "header", "footer",
    "tr", "td", "th", "tbody", "thead", "tfoot", "table", "caption", "aside", "nav",
}  # fmt: skip
_FEW_COLUMNS: Final = 3
_LONGEST: Final = 60
_ATTACHED: Final = re.compile(r"\.(docx?|xlsx?|wps|et|pdf|rtf|zip|rar)([?#]|$)")
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_FIRST_CHINESE: Final = 0x2E80


class Blocks:
    """Reads an element of a page into a draft."""

    def __init__(self, draft: Draft):
        self._draft = draft
        self._text: list[str] = []

    def read(self, element: Any) -> None:
        """Read an element with all that stands in it; attached files are told, and never fetched."""
        for link in element.iter("a"):
            if _ATTACHED.search((link.get("href") or "").lower()):
                self._draft.note(
                    f"网页附有文件“{tidy(link.text_content())[:_LONGEST]}”，没有取用，请下载后另行导入。"
                )
        if element.tag == "table":
            self._table(element)
        else:
            self._walk(element)
        self._end()

    def _walk(self, element: Any) -> None:
        self._text.append(_unbroken(element, element.text))
        for child in element:
            tag = child.tag
            if tag == "table":
                self._end()
                self._table(child)
            elif tag == "br":
                self._text.append("\n")
            elif tag == "img":
                self._draft.note("网页中有图片，图片里的文字没有读。")
            elif tag in _BLOCKS:
                self._end()
                self._walk(child)
                self._end()
            else:
                self._walk(child)
            self._text.append(_unbroken(element, child.tail))

    def _end(self) -> None:
        text, self._text = "".join(self._text), []
        if text.strip():
            self._draft.paragraph(text)

    def _table(self, table: Any) -> None:
        for caption in table.iterchildren("caption"):
            self._walk(caption)
            self._end()
        rows = _rows(table)
        inner = table.find(".//table") is not None
        if _lays_out(rows, inner):
            for cell in (cell for row in rows for cell in row):
                self._walk(cell)
                self._end()
            return
        name = self._draft.next_name()
        self._draft.table(name, spread(self._draft, name, [[_cell(c) for c in row] for row in rows]))
        for one in table.iterfind(".//table"):
            if next(one.iterancestors("table")) is table:
                self._table(one)


def _rows(table: Any) -> list[list[Any]]:
    """Give the cells of a table by row; those of tables inside are not among them."""
    lines = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    rows = [[cell for cell in line if cell.tag in ("td", "th")] for line in lines]
    return [
        row
        for row, line in zip(rows, lines, strict=True)
        if row or line.get("height") is not None or len(line)
    ]


def _lays_out(rows: list[list[Any]], inner: bool) -> bool:
    """Tell whether a table only puts parts of a page beside each other."""
    widest = max(map(len, rows), default=0)
    return (inner and (widest < _FEW_COLUMNS or len(rows) < _FEW_COLUMNS)) or (widest <= 1 and len(rows) <= 1)


def _cell(cell: Any) -> tuple[str, int, int]:
    down = _count(cell.get("rowspan"))
    return _text(cell), _count(cell.get("colspan")) or 1, 10**6 if down == 0 else down or 1


def _count(text: str | None) -> int | None:
    digits = "".join(c for c in (text or "").strip()[:6] if c in "0123456789")
    return int(digits) if digits else None


def _text(cell: Any) -> str:
    """Give the text of a cell: a line for each paragraph and line break."""
    pieces: list[str] = []

    def walk(element: Any) -> None:
        pieces.append(_unbroken(element, element.text))
        for child in element:
            if child.tag == "br":
                pieces.append("\n")
            elif child.tag == "table":
                pass
            elif child.tag in _BLOCKS:
                pieces.append("\n")
                walk(child)
                pieces.append("\n")
            else:
                walk(child)
            pieces.append(_unbroken(element, child.tail))

    walk(cell)
    lines = [line for line in tidy("".join(pieces)).split("\n") if line]
    return "\n".join(lines)


def _unbroken(element: Any, text: str | None) -> str:
    """Give text as a browser shows it: a line end of the source is a blank, none between two Chinese signs."""
    if not text:
        return ""
    if element.tag == "pre":
        return text
    return _BLANKS.sub(lambda run: "" if "\n" in run[0] and _is_between_chinese(text, run) else " ", text)


def _is_between_chinese(text: str, run: re.Match[str]) -> bool:
    before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
    return all(sign and ord(sign) >= _FIRST_CHINESE for sign in (before, after))
