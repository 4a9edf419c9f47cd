"""PDF documents, by pdfplumber, where it is installed: tables by their ruled lines, and the text around them."""

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from wenxiao.importing.grid import Cell, Grid, Place
from wenxiao.importing.limits import has_password, refusal
from wenxiao.importing.readers.building import Draft, tidy
from wenxiao.words import Words

_MOST_PAGES: Final = 200
_MOST_LINES: Final = 30_000
"""Lines and boxes on a page beyond which it is a drawing, no form."""
_NEAR: Final = 2
_BLANK: Final = 0.7
"""Room between two signs, in heights of a sign, that is read as a blank."""
_BEGINS: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)
_PAGE_NUMBER: Final = re.compile(r"[\s—–-]*(第?\s*\d+\s*页?)?[\s—–-]*(共\s*\d+\s*页|/\s*\d+)?")


def read_pdf(file: str, data: bytes) -> Grid:
    """Read a PDF document.

    Raises:
        InputError: pdfplumber is not there; the document has a password, no text, too many pages, or is damaged.
    """
    try:
        import pdfplumber
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise refusal(
            file,
            Words("这是 PDF，要有 pdfplumber 才能读。", "It is a PDF, which only pdfplumber reads."),
            Words(
                '请运行 pip install "wenxiao[pdf]"，或另存为 Word、Excel。',
                'Run pip install "wenxiao[pdf]", or save it as Word or Excel.',
            ),
        ) from None
    draft = Draft(file, "pdf")
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > _MOST_PAGES:
                raise _too_long(file)
            reader = _Pages(draft)
            signs = sum(reader.read(page) for page in document.pages)
            reader.end_table()
    except (PdfminerException, PDFException) as error:
        inner = error.args[0] if error.args else error
        if "Password" in f"{type(inner).__name__}{type(error).__name__}" or "Encrypt" in type(inner).__name__:
            raise has_password(file) from None
        raise _damaged(file) from None
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        AssertionError,
        OSError,
        RecursionError,
    ):
        raise _damaged(file) from None
    if not signs:
        raise refusal(
            file,
            Words("PDF 里没有文字（是扫描件）。", "The PDF holds no text (it was scanned)."),
            Words(
                "请找原来的 Word、Excel 或网页，或照件填写 wenxiao form 给出的表。",
                "Find the original document, or fill in the form that wenxiao form gives.",
            ),
        )
    return draft.grid()


class _Pages:
    """Reads page after page; a table that goes on at the head of the next page is one table."""

    def __init__(self, draft: Draft):
        self._draft = draft
        self._name = ""
        self._cells: list[Cell] = []
        self._across: list[Any] = []

    def read(self, page: Any) -> int:
        """Read a page from top to bottom; give how many signs stand on it."""
        signs = len(page.chars)
        if not signs:
            if page.images:
                self._draft.note(f"第 {page.page_number} 页只有图片，没有读。")
            return 0
        if len(page.lines) + len(page.rects) + len(page.curves) > _MOST_LINES:
            raise _too_long(self._draft.file)
        top = 0
        for table in sorted(page.find_tables(), key=lambda t: t.bbox[1]):
            self._text(page, top, table.bbox[1])
            self._table(page, table)
            top = max(top, table.bbox[3])
        self._text(page, top, page.height)
        page.close()
        return signs

    def end_table(self) -> None:
        """Give the table that waited for its rest."""
        if self._cells:
            self._draft.table(self._name, self._cells)
        self._cells = []

    def _table(self, page: Any, table: Any) -> None:
        across = _edges(x for x0, _, x1, _ in filter(None, table.cells) for x in (x0, x1))
        if self._cells and _fit(across, self._across):
            self._draft.note(
                f"{self._name} 在第 {page.page_number} 页接上页，分页处的行可能断成两行，请核对。"
            )
        else:
            self.end_table()
            self._name, self._across = self._draft.next_name(), across
        above = max((cell.place.row + cell.rows - 1 for cell in self._cells), default=0)
        self._cells += _cells(self._name, table, page, above, self._across)

    def _text(self, page: Any, top: Any, bottom: Any) -> None:
        """Read the lines between two heights; lines that go on from the margin to the edge are one paragraph."""
        if bottom - top < _NEAR:
            return
        left, upper, right, lower = page.bbox
        strip = page.crop((left, max(top, upper), right, min(bottom, lower)))
        edge = max((box["x1"] for box in (*page.chars, *page.rects)), default=0)
        margin = min((sign["x0"] for sign in page.chars), default=0)
        waiting = ""
        for line in strip.extract_text_lines(return_chars=False, x_tolerance_ratio=_BLANK):
            if _PAGE_NUMBER.fullmatch(line["text"]):
                continue
            size = line["bottom"] - line["top"]
            if waiting and (line["x0"] - margin > size / 2 or _BEGINS.match(line["text"])):
                self._paragraph(waiting)
                waiting = ""
            waiting += line["text"]
            if edge - line["x1"] > 2 * size:
                self._paragraph(waiting)
                waiting = ""
        if waiting:
            self._paragraph(waiting)

    def _paragraph(self, text: str) -> None:
        self.end_table()
        self._draft.paragraph(text)


def _cells(name: str, table: Any, page: Any, above: int, across: list[Any]) -> Iterator[Cell]:
    """Give the cells of a table; how far each is merged is seen from the lines its edges lie on."""
    boxes = sorted((cell for cell in table.cells if cell), key=lambda box: (round(box[1]), box[0]))
    signs = [sign for sign in page.chars if sign["text"].strip()]
    down = _edges(y for _, y0, _, y1 in boxes for y in (y0, y1))
    for x0, y0, x1, y1 in boxes:
        column, last = _at(across, x0), _at(across, x1)
        row, end = _at(down, y0), _at(down, y1)
        yield Cell(
            tidy(_wrapped(signs, (x0, y0, x1, y1))),
            Place(name, above + row + 1, column + 1),
            max(1, end - row),
            max(1, last - column),
        )


def _fit(across: list[Any], above: list[Any]) -> bool:
    """Tell whether a table has the outer lines of the one above, and none within that the other has not."""
    near = [min(abs(x - line) for line in above) <= 2 * _NEAR for x in across]
    return all(near) and abs(across[0] - above[0]) <= 2 * _NEAR and abs(across[-1] - above[-1]) <= 2 * _NEAR


def _wrapped(signs: list[Any], box: tuple[Any, Any, Any, Any]) -> str:
    """Give the text of a cell, of the signs whose middle lies in it; a line that reaches its edge goes on in the next."""
    from pdfplumber.utils.text import chars_to_textmap

    x0, y0, x1, y1 = box
    inside = [
        s for s in signs if x0 <= (s["x0"] + s["x1"]) / 2 < x1 and y0 <= (s["top"] + s["bottom"]) / 2 < y1
    ]
    if not inside:
        return ""
    lines = chars_to_textmap(inside, x_tolerance_ratio=_BLANK).extract_text_lines(return_chars=False)
    text = ""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        text += line["text"]
        if following and not _goes_on(line, following["text"], x1 - line["x1"]):
            text += "\n"
    return text


def _goes_on(line: Any, following: str, gap: Any) -> bool:
    """Tell whether a line was broken only because the cell ended: a number needs its room, Chinese keeps marks together."""
    room = 1.2 if line["text"][-1:].isascii() and following[:1].isascii() else 3.2
    return bool(gap < room * (line["bottom"] - line["top"]))


def _edges(values: Iterator[Any]) -> list[Any]:
    """Give the lines that edges lie on; edges that differ by a hair lie on one."""
    found: list[Any] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _at(lines: list[Any], value: Any) -> int:
    return min(range(len(lines)), key=lambda i: abs(lines[i] - value))


def _too_long(file: str) -> Exception:
    return refusal(
        file,
        Words(
            f"PDF 超过 {_MOST_PAGES} 页或是图纸，没有读。",
            f"The PDF has more than {_MOST_PAGES} pages or is a drawing; it was not read.",
        ),
        Words("请只留下自评表的页面后再导入。", "Keep the pages of the form only and import those."),
    )


def _damaged(file: str) -> Exception:
    return refusal(
        file,
        Words("PDF 已损坏，打不开。", "The PDF is damaged and can't be opened."),
        Words(
            "请重新下载，或另存为 Word、Excel 后再导入。", "Download it again, or save it as Word or Excel."
        ),
    )
