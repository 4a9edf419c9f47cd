"""Places as a clerk looks for them: a cell of a workbook by its address, a line of a header by its part."""

from dataclasses import dataclass

from wenxiao.importing.grid import Place


def column_letters(column: int) -> str:
    """Give a column's letters.

    >>> column_letters(2), column_letters(28)
    ('B', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Address(Place):
    """A cell of a workbook.

    >>> Address("工作表“自评表”", 7, 2).shown()
    '工作表“自评表” B7'
    """

    def shown(self) -> str:
        """Give sheet and address."""
        return f"{self.table} {column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class Lined(Place):
    """A cell that stands in a paragraph of its own: a clerk finds the paragraph.

    >>> Lined("表1", 2, 3, line=12).shown()
    '第12段'
    """

    def shown(self) -> str:
        """Give the paragraph."""
        return f"第{self.line}段"


@dataclass(frozen=True)
class Aside(Place):
    """A paragraph beside the running text, counted by itself.

    >>> Aside("页脚", line=1).shown()
    '页脚 第1段'
    """

    def shown(self) -> str:
        """Give which part of the document, and the paragraph in it."""
        return f"{self.table} 第{self.line}段"
