"""Which cells and paragraphs ended up somewhere: what is used, what is in doubt, what is left over."""

from dataclasses import dataclass, field

from wenxiao.findings.personal import KINDS, masked, personal_data
from wenxiao.importing.grid import Cell, Grid, Paragraph, Place, Table
from wenxiao.importing.interpreting.cleaning import is_blank, tidy
from wenxiao.importing.interpreting.imported import Note, Personal, Unread

_LONGEST = 120


@dataclass
class Ledger:
    """The account of one document: every non-empty cell and paragraph is used or, at the end, listed as unread."""

    grid: Grid
    notes: list[Note] = field(default_factory=list)
    lines: list[Paragraph] = field(default_factory=list)
    """Lines of a cell that holds a whole text, each with a place of its own."""
    _used: set[Place] = field(default_factory=set)
    _why: dict[Place, str] = field(default_factory=dict)

    def use(self, *items: Cell | Paragraph | None) -> None:
        """Mark what has been read."""
        self._used.update(item.place for item in items if item is not None)

    def free(self, item: Cell | Paragraph) -> None:
        """Take a mark back: a fact that was read can't be kept after all."""
        self._used.discard(item.place)

    def is_used(self, item: Cell | Paragraph) -> bool:
        """Tell whether something has been read already."""
        return item.place in self._used

    def explain(self, item: Cell | Paragraph, why: str) -> None:
        """Say why something is left over, should it be: what it is, and where a person can put it."""
        self._why.setdefault(item.place, why)

    def doubt(self, item: Cell | Paragraph | None, taken: str, why: str, where: str = "") -> None:
        """Note a figure as uncertain: what was taken from this cell, and why that may be wrong."""
        text = shown(item.text) if item else ""
        self.notes.append(Note(item.place if item else None, text, shown(taken), why, where))

    def remark(
        self, why: str, item: Cell | Paragraph | None = None, taken: str = "", where: str = ""
    ) -> None:
        """Say something that puts no figure in doubt."""
        text = shown(item.text) if item else ""
        self.notes.append(Note(item.place if item else None, text, shown(taken), why, where, uncertain=False))

    def items(self) -> list[Cell | Paragraph]:
        """Give all cells and paragraphs that say something, in their order."""
        found: list[Cell | Paragraph] = []
        for block in self.grid.blocks:
            items = block.cells if isinstance(block, Table) else (block,)
            found += [item for item in items if not is_blank(item.text)]
        return [*found, *self.lines]

    def unread(self) -> tuple[Unread, ...]:
        """Give what ended up nowhere, with its place."""
        return tuple(
            Unread(item.place, shown(item.text), self._why.get(item.place, ""))
            for item in self.items()
            if item.place not in self._used
        )

    def everything(self) -> tuple[Unread, ...]:
        """Give all that the document says, with its places."""
        return tuple(Unread(item.place, shown(item.text)) for item in self.items())

    def personal(self) -> tuple[Personal, ...]:
        """Give the personal data anywhere in the document, masked."""
        return tuple(
            Personal(item.place, KINDS[hit.kind].zh, hit.masked)
            for item in self.items()
            for hit in personal_data(item.text)
        )


def shown(text: str) -> str:
    """Give a text for a message: one line, personal data masked, a long one shortened."""
    line = masked(tidy(text))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
