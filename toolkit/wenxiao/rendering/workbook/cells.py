"""The pen that writes 自评表: cells of each kind, drop-downs and hints."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.addresses import Rulebook
from wenxiao.rendering.workbook.books import Book, formula, merge
from wenxiao.rendering.workbook.exactness import fits
from wenxiao.rendering.workbook.layout import COLUMNS, Layout

YEAR_AT: Final = "B2"
UNIT_AT: Final = "E2"
RUBRIC_AT: Final = "H2"
ELSEWHERE: Final = "（内容较长，见“其他信息”）"
"""What stands in a cell whose text no cell can hold; the text itself is on 其他信息."""


class Pen:
    """Writes cells of one sheet. ``long`` gathers texts that no cell can hold: (path, text)."""

    def __init__(self, book: Book, sheet: Any, layout: Layout, rules: Rulebook, places: int):
        self.book, self.sheet, self.layout, self.rules, self.places = book, sheet, layout, rules, places
        self.long: list[tuple[str, str]] = []

    @property
    def score(self) -> str:
        """The number format of scores."""
        return "0." + "0" * self.places if self.places else "0"

    def text(self, row: int, left: int, right: int, path: str, text: str | None, look: str = "text") -> None:
        """Write a text over a merged block."""
        if text and not fits(text):
            self.long.append((path, text))
            text = ELSEWHERE
        merge(self.sheet, row, left, row, right, text, self.book.look(look))

    def decimal(
        self, row: int, left: int, right: int, value: Decimal | None, look: str, grouped: bool
    ) -> None:
        """Write an exact number over a merged block."""
        content, style = (
            ("", self.book.look(look)) if value is None else self.book.number(look, value, grouped)
        )
        merge(self.sheet, row, left, row, right, content, style)

    def label(
        self, row: int, left: int, right: int, text: str, bottom: int | None = None, look: str = "label"
    ) -> None:
        """Write a fixed text over a merged block."""
        merge(self.sheet, row, left, bottom or row, right, text, self.book.look(look))

    def made(self, row: int, left: int, right: int, text: str, value: object = "", **look: Any) -> None:
        """Write a formula, with the value shown by programs that don't compute."""
        style = self.book.look("made", **look)
        merge(self.sheet, row, left, row, right, "", style)
        formula(self.sheet, row, left, f"={text}", style, value)

    def choose(self, where: str, name: str, title: str, hint: str, strict: bool = True) -> None:
        """Offer a list; ``strict`` refuses anything else."""
        options = {
            "validate": "list",
            "source": f"={self.rules.lists[name]}",
            "input_title": title,
            "input_message": hint,
        }
        options |= {
            "error_type": "stop" if strict else "information",
            "error_title": title,
            "error_message": f"请从列表中选择{title}。",
        }
        self.sheet.data_validation(where, options)

    def hint(self, where: str, title: str, hint: str) -> None:
        """Show a hint while a cell is filled."""
        self.sheet.data_validation(where, {"validate": "any", "input_title": title, "input_message": hint})

    def not_negative(self, where: str, title: str, hint: str) -> None:
        """Refuse whatever is no number from 0 on."""
        options = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "input_title": title,
            "input_message": hint,
        }
        options |= {"error_title": title, "error_message": "只写不小于 0 的数字，不写单位。"}
        self.sheet.data_validation(where, options)

    def remark(self, row: int, tests: Iterable[remarks.Test]) -> None:
        """Write 核对 of a row."""
        formula(self.sheet, row, COLUMNS["remark"], remarks.said(list(tests)), self.book.look("remark"))
