"""A report.docx of our own that a person has edited: the facts it carries, with what was changed on its pages.

The report is made once more from the facts it carries, and the two are compared. What was changed in a field of the form
or in a paragraph of the narrative replaces the fact, for the page is what people see; every other change is listed.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from wenxiao.composing import written
from wenxiao.errors import WenxiaoError
from wenxiao.findings.personal import masked
from wenxiao.importing.grid import Cell, Grid, Paragraph
from wenxiao.importing.interpreting.cleaning import squeezed, tidy
from wenxiao.importing.interpreting.imported import Imported, Note, Unread
from wenxiao.importing.interpreting.ledger import Ledger, shown
from wenxiao.importing.interpreting.quantities import money
from wenxiao.importing.writing import SCHEMA_LINE, comment
from wenxiao.loading import Path_, project_of, read_where, sheet_of, shown_where, value_at
from wenxiao.model import Project

_MOST_CHANGED: Final = 3
"""A page whose items differ in more than one of so many is no edited copy: it was made by another template or version."""


@dataclass
class _Edits:
    """The facts carried, as plain data, and what became of each change on the page."""

    data: dict[str, Any]
    file: str
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_edited(file: str, content: bytes) -> Imported | None:
    """Give the facts of an edited report.docx of ours; None for any other document, and where the report can't be made again.

    Each change is a note with its place: in doubt, because a person made it.
    """
    from wenxiao.importing.interpreting import interpret
    from wenxiao.importing.readers import read_bytes
    from wenxiao.rendering.word.facts import carried_by

    carried = carried_by(BytesIO(content))
    if carried is None or not carried.edited:
        return None
    again = _made_again(carried.facts, carried.rubric)
    if again is None:
        return None
    page, before = read_bytes(file, content), read_bytes(file, again)
    changes = list(_changes(before, page))
    if len(changes) * _MOST_CHANGED > len(Ledger(before).items()):
        return None
    edits = _Edits(sheet_of(file, carried.facts).data, file)
    now, then = interpret(page), interpret(before)
    for old, new in changes:
        _apply(edits, old, new, now, then)
    return _imported(edits, now)


def _made_again(facts: str, rubric: str | None) -> bytes | None:
    """Give the report as this program makes it from the facts; None where it can't."""
    from wenxiao.checking import evaluated
    from wenxiao.rendering.word import document_of
    from wenxiao.rubric import load_rubric

    try:
        sheet = sheet_of("params.yaml", facts)
        project = project_of(sheet, Path(), hashes=_hashes(sheet.data))
        if rubric is None:
            return document_of(evaluated(project, None, sheet))
        with TemporaryDirectory() as folder:
            path = Path(folder) / "rubric.yaml"
            path.write_text(rubric, encoding="utf-8")
            return document_of(evaluated(project, load_rubric(path), sheet))
    except (WenxiaoError, LookupError, OSError):
        return None


def _hashes(data: dict[str, Any]) -> dict[str, str]:
    """Give the hashes of the evidence, which need not lie here."""
    found = [one for row in data.get("indicators") or () for one in row.get("evidence") or ()]
    return {one["file"]: one["sha256"] for one in found if "file" in one and "sha256" in one}


Item = Cell | Paragraph


def _changes(before: Grid, page: Grid) -> Iterator[tuple[Item | None, Item | None]]:
    """Give what was there and what is there now; None on either side where something was added or deleted."""
    old, new = Ledger(before).items(), Ledger(page).items()
    left, right = ([squeezed(item.text) for item in items] for items in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for number in range(max(b - a, d - c)):
            yield (
                old[a + number] if a + number < b else None,
                new[c + number] if c + number < d else None,
            )


def _apply(edits: _Edits, old: Item | None, new: Item | None, now: Imported, then: Imported) -> None:
    """Put one change into the facts, where it is certain which fact it is about; else list it."""
    if new is None:
        if old is not None:
            edits.notes.append(Note(None, shown(old.text), "", "页面上删去了这一处，随文件的数据没有改"))
        return
    done = old is not None and (_in_form(edits, new, now, then) or _in_prose(edits, old, new))
    if not done:
        edits.unread.append(Unread(new.place, shown(new.text)))


def _in_form(edits: _Edits, new: Item, now: Imported, then: Imported) -> bool:
    after, before = (sheet_of(edits.file, one.text).data for one in (now, then))
    for where in [where for where, place in now.places.items() if place == new.place]:
        path = read_where(where) or ()
        told, was, carried = (value_at(data, path) for data in (after, before, edits.data))
        if ".printed" in where or where.startswith("printed") or told is None or told == was:
            continue
        if _same(carried, was) and _put(edits.data, path, told):
            _told(edits, new, where, str(carried), told)
            return True
    return False


def _in_prose(edits: _Edits, old: Item, new: Item) -> bool:
    """Replace a paragraph that stands in exactly one text of the facts."""
    said = squeezed(old.text)
    for between in ("\n\n", "\n"):  # Markdown joins the lines of a paragraph
        pieces = [(path, text.split(between)) for path, text in _texts(edits.data)]
        found = [
            (path, parts, i) for path, parts in pieces for i, one in enumerate(parts) if squeezed(one) == said
        ]
        if len(found) == 1 and len(said) > 1:
            path, parts, number = found[0]
            was, parts[number] = parts[number], masked(tidy(new.text))
            _put(edits.data, path, between.join(parts))
            _told(edits, new, shown_where(path), was, parts[number])
            return True
    return False


def _told(edits: _Edits, item: Item, where: str, was: str, now: str) -> None:
    why = f"页面被人改过：随文件的数据是“{shown(was)}”，以页面为准"
    edits.notes.append(Note(item.place, shown(item.text), now, why, where))


def _same(carried: Any, was: Any) -> bool:
    if carried is None or was is None:
        return carried is was
    amounts = money(str(carried)), money(str(was))
    if all(amounts):
        return amounts[0].value == amounts[1].value  # type: ignore[union-attr]
    return squeezed(str(carried)) == squeezed(str(was))


def _put(data: Any, path: Path_, text: str) -> bool:
    group = value_at(data, path[:-1])
    if not isinstance(group, dict):
        return False
    group[path[-1]] = text
    return True


def _texts(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, (*path, key))
    elif isinstance(data, str) and path[-1] not in ("name", "category", "subcategory", "rubric", "schema"):
        yield path, data


def _imported(edits: _Edits, now: Imported) -> Imported:
    lines = [SCHEMA_LINE, comment(f"由“{edits.file}”携带的数据得出；页面被人改过，改动处以页面为准：")]
    lines += [comment(f"{note.field or '（未录入）'}：{note.shown()}") for note in edits.notes]
    text = "\n".join([*lines, written(edits.data)])
    project: Project | None
    try:
        project = project_of(sheet_of(edits.file, text), Path(), hashes=_hashes(edits.data))
    except WenxiaoError:
        project = None
    return Imported(edits.file, text, project, tuple(edits.notes), tuple(edits.unread), now.personal)
