"""The facts written as a params text, and loaded once; what the file can't hold is taken out and listed."""

from pathlib import Path as Folder
from pathlib import PurePath
from typing import Final

from wenxiao.errors import InputError
from wenxiao.importing.grid import Cell, Place
from wenxiao.importing.interpreting.drafting import Draft, Value, leaves
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.imported import Imported, Note
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.writing import params_text
from wenxiao.loading import project_of, read_where, sheet_of, shown_where
from wenxiao.model import Project

REQUIRED: Final = ("project.name", "project.year", "project.unit")
_NOWHERE: Final = Folder()
_MOST_INDICATORS: Final = 1_000
_ROUNDS: Final = 8
"""How often a params text is written again without what does not load."""


def finished(found: Found) -> Imported:
    """Write the params text and load it; what the file can't hold is taken out and listed."""
    ledger, tree = found.ledger, found.draft
    source = PurePath(ledger.grid.file)
    missing = tuple(path for path in REQUIRED if not tree.get(path))
    project = _loaded(found, source, missing)
    facts = bool(found.budget or tree.get("budget.total.adjusted") or tree.at(("indicators",)))
    if tree.at(("budget", "total")) is None and not tree.at(("budget", "sources")):
        missing += ("budget",)
    if not tree.at(("indicators",)):
        missing += ("indicators",)
    notes = [*_doubts(tree), *ledger.notes]
    text = params_text(tree, source.name, missing, notes)
    return Imported(
        ledger.grid.file, text, project, tuple(notes), ledger.unread(), ledger.personal(), missing, facts,
        _places(tree), ledger.everything()
    )  # fmt: skip


def _loaded(found: Found, source: PurePath, missing: tuple[str, ...]) -> Project | None:
    """Load the facts as a params file would be; take out what it can't hold, a value at a time."""
    tree = found.draft
    rows = tree.at(("indicators",)) or ()
    if len(rows) > _MOST_INDICATORS:
        found.ledger.doubt(
            None, "", f"指标有{len(rows)}项，一个项目的文件放不下，请核对是不是一个项目的表", "indicators"
        )
        return None
    for _ in range(_ROUNDS):
        text = params_text(tree, source.name, missing, [*_doubts(tree), *found.ledger.notes])
        try:
            return project_of(sheet_of(f"{source.stem}.yaml", text), _NOWHERE)
        except InputError as error:
            wrong = [problem for problem in error.problems if _removable(tree, problem.where)]
            if not wrong:
                return None
            for problem in wrong:
                _take_out(found, problem.where, problem.wrong.zh)
    return None


def _places(draft: Draft) -> dict[str, Place]:
    """Give the place of each fact that was read from one."""
    return {shown_where(path): value.items[0].place for path, value in leaves(draft.tree) if value.items}


def _doubts(draft: Draft) -> list[Note]:
    """Give a note for each uncertain fact, with its field."""
    notes = []
    for path, value in leaves(draft.tree):
        if value.why:
            item = value.items[0] if value.items else None
            text = shown(item.text) if isinstance(item, Cell) else ""
            notes.append(
                Note(item.place if item else None, text, shown(value.text), value.why, shown_where(path))
            )
    return notes


def _removable(draft: Draft, where: str) -> bool:
    path = read_where(where)
    return (
        bool(path)
        and draft.at(path or ()) is not None
        and where not in ("schema", "project", "budget", "indicators")
    )


def _take_out(found: Found, where: str, why: str) -> None:
    path = read_where(where) or ()
    value = found.draft.at(path)
    first = value.items[0] if isinstance(value, Value) and value.items else None
    for gone in found.draft.remove(path):
        for item in gone.items:
            found.ledger.free(item)
    found.ledger.doubt(first, "", f"未录入：{why}", where)
