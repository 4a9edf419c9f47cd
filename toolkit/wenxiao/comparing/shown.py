"""A comparison as tables: plain data for a notebook, text for the terminal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

from wenxiao.above import Displayed
from wenxiao.words import Words

Cell = str | int | bool | Decimal | Words | tuple[Words, ...] | None
Row = dict[str, Cell]
"""Cells by column; a cell without a value may be left out."""

Table = tuple[str, list[str], list[list[str]]]
Kind = Literal["project", "folder", "rubric"]

OUTCOMES: Final = {
    "gains": Words("得分上升", "gains"),
    "loses": Words("得分下降", "loses"),
    "same": Words("总分不变", "same total"),
    "no_total": Words("无总分可比", "no total to compare"),
    "failed": Words("无法计分", "can't be scored"),
    "added": Words("只在 B 中", "only in B"),
    "removed": Words("只在 A 中", "only in A"),
}
"""What becomes of a project, in the order in which a summary counts them."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the rows, its heading, and whether it is printed, given as data, or both."""

    key: str
    heading: Words
    printed: bool = True
    data: bool = True


A: Final = Column("a", Words("A", "A"))
B: Final = Column("b", Words("B", "B"))
SIDES: Final = (
    Column("a", Words("A", "A"), printed=False), Column("b", Words("B", "B"), printed=False),
    Column("said_a", Words("A", "A"), data=False), Column("said_b", Words("B", "B"), data=False),
)  # fmt: skip
"""A and B where the table says them otherwise than the data."""
CHANGE: Final = Column("change", Words("变化", "change"))


@dataclass(frozen=True)
class Part:
    """One table of a comparison; printed are only the rows of which ``tells`` says so."""

    key: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tells: Callable[[Row], bool] = lambda row: True

    @property
    def keys(self) -> list[str]:
        """The names of the columns given as data."""
        return [column.key for column in self.columns if column.data]

    def data(self, language: str) -> list[dict[str, Any]]:
        """Give the rows as plain data: numbers stay ``Decimal``, words are in the language."""
        return [{key: _said(row.get(key), language) for key in self.keys} for row in self.rows]

    def table(self, language: str) -> Table:
        """Give title, headings and rows, all text; the title says how many unchanged rows are left out."""
        columns = [column for column in self.columns if column.printed]
        rows = [row for row in self.rows if self.tells(row)]
        title, quiet = self.title, len(self.rows) - len(rows)
        if quiet:
            left_out = Words(f"（另有 {quiet} 项不变，未列出）", f" ({quiet} unchanged, not listed)")
            title = Words(title.zh + left_out.zh, title.en + left_out.en)
        body = [[_printed(column.key, row.get(column.key), language) for column in columns] for row in rows]
        return title.in_(language), [column.heading.in_(language) for column in columns], body


@dataclass(frozen=True, repr=False)
class Comparison(Displayed):
    """What :func:`compare` found. The first part is the main table; ``notes`` are remarks on the whole.

    ``details`` gives, for projects that stand on both sides of a comparison of folders, the comparison of the two.
    """

    a: str
    b: str
    kind: Kind
    summary: Words
    parts: tuple[Part, ...]
    notes: tuple[Words, ...] = ()
    details: Mapping[str, "Callable[[], Comparison]"] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Comparison of {self.a} and {self.b}: {self.summary.en}>"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The main table as plain data, words in Chinese."""
        return self.parts[0].data("zh")

    def frame(self, part: str | None = None, language: str = "zh") -> Any:
        """Give a part (default: the main one) as a pandas DataFrame; numbers stay ``Decimal``.

        Raises:
            KeyError: no such part in this comparison.
        """
        import pandas as pd

        chosen = self.part(part) if part else self.parts[0]
        return pd.DataFrame(chosen.data(language), columns=chosen.keys, dtype=object)

    def part(self, key: str) -> Part:
        """Give a part by name.

        Raises:
            KeyError: no such part in this comparison.
        """
        return {part.key: part for part in self.parts}[key]

    def tables(self, language: str) -> list[Table]:
        """Give every part that has something to tell as (title, headings, rows), all text, for the terminal."""
        return [part.table(language) for part in self.parts if any(map(part.tells, part.rows))]

    def as_dict(self, language: str) -> dict[str, Any]:
        """Give the whole comparison as plain data for JSON; scores are strings, as printed."""
        parts = {
            part.key: [{key: _plain(cell) for key, cell in row.items()} for row in part.data(language)]
            for part in self.parts
        }
        return {
            "schema": "wenxiao/diff/1", "kind": self.kind, "a": self.a, "b": self.b,
            "summary": self.summary.in_(language), "notes": [note.in_(language) for note in self.notes], **parts,
        }  # fmt: skip

    def detail(self, key: str) -> "Comparison":
        """Give the comparison of one project of two folders, facts and scores.

        Raises:
            KeyError: the project doesn't stand on both sides.
            InputError: it can't be scored on one side.
        """
        return self.details[key]()


def by_side(a: Words | None, b: Words | None) -> Iterator[Words]:
    """Say what holds of A, of B, or of both (once)."""
    if a is not None and a == b:
        yield Words(f"A、B：{a.zh}", f"A, B: {a.en}")
        return
    for side, said in (("A", a), ("B", b)):
        if said is not None:
            yield Words(f"{side}：{said.zh}", f"{side}: {said.en}")


def signed(change: Decimal) -> str:
    """Write a change with its sign; none before zero."""
    return f"{change:+f}" if change else f"{change:f}"


def _said(cell: Cell, language: str) -> Any:
    if isinstance(cell, Words):
        return cell.in_(language)
    if isinstance(cell, tuple):
        return Words("；", "; ").in_(language).join(words.in_(language) for words in cell)
    return cell


def _plain(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _printed(key: str, cell: Cell, language: str) -> str:
    if cell is None:
        return "—"
    if key == "outcome":
        return OUTCOMES[str(cell)].in_(language)
    if isinstance(cell, Decimal):
        return signed(cell) if key == "change" else f"{cell:f}"
    if isinstance(cell, tuple):
        return "\n".join(words.in_(language) for words in cell)
    return str(_said(cell, language))
