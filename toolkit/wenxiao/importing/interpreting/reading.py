"""A document from its grid to what the import gives: all parts read, put together, written, and loaded once."""

import re
from dataclasses import replace
from pathlib import Path as Path_
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from wenxiao.errors import InputError
from wenxiao.importing.grid import Cell, Grid, Table
from wenxiao.importing.interpreting.cleaning import squeezed
from wenxiao.importing.interpreting.drafting import Draft, Path, Record, Value, leaves
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.funds import put_budget
from wenxiao.importing.interpreting.imported import Imported, Note
from wenxiao.importing.interpreting.ledger import Ledger, shown
from wenxiao.importing.interpreting.narrative import read_paragraphs
from wenxiao.importing.interpreting.pairing import indicators
from wenxiao.importing.interpreting.quantities import money
from wenxiao.importing.interpreting.ragged import LOOSE, squared
from wenxiao.importing.interpreting.rubrics import choose
from wenxiao.importing.interpreting.running import running_text
from wenxiao.importing.interpreting.sections import read_table
from wenxiao.importing.interpreting.telling import read_text
from wenxiao.importing.interpreting.titles import name_in
from wenxiao.importing.writing import params_text
from wenxiao.loading import project_of, read_where, sheet_of, shown_where
from wenxiao.model import Project

_NOWHERE = Path_()
REQUIRED = ("project.name", "project.year", "project.unit")
_ROUNDS = 8
"""How often a params text is written again without what does not load."""


def read_document(grid: Grid, rubric: str | None, year: int | None) -> Imported:
    """Read a document; see :func:`wenxiao.importing.interpreting.interpret`."""
    if grid.kind in LOOSE:
        grid = replace(grid, blocks=tuple(squared(b) if isinstance(b, Table) else b for b in grid.blocks))
    ledger = Ledger(grid)
    found = Found(ledger, Draft(), "".join(squeezed(item.text) for item in ledger.items()))
    found.draft.tree["schema"] = Value("wenxiao/1")
    found.draft.tree["rubric"] = Value("")
    if year is not None:
        found.draft.put("project.year", Value(str(year)))
    for table in grid.tables():
        read_table(found, table)
    found.paragraphs = running_text(ledger)
    read_paragraphs(found)
    read_text(found)
    _names(found)
    rows = indicators(found)
    put_budget(found)
    _put_indicators(found, rows)
    _put_rest(found)
    _doubt_total(found, rows)
    _doubt_money(found, rows)
    _choose(found, rubric)
    return _written(found)


def _names(found: Found) -> None:
    """Take name and unit from a title where no field says them."""
    unit_said = found.draft.get("project.unit")
    for title, item in found.names:
        unit, name = name_in(title)
        if unit:
            found.draft.put("project.unit", Value(unit, (item,), "取自标题，请核对"))
        if name:
            found.draft.put("project.name", Value(name, (item,), "取自标题，请核对"))
    if unit_said and "部门整体支出" in found.words and not found.draft.get("project.name"):
        name = f"{unit_said.text}部门整体支出"
        found.draft.put(
            "project.name", Value(name, unit_said.items, "部门整体支出的表没有项目名称，由单位名称得出")
        )


def _doubt_total(found: Found, rows: list[Record]) -> None:
    """A total beside indicators without any score may be a number that slipped into its place."""
    total = found.draft.get("printed.total")
    if (
        total
        and rows
        and any(table.columns.has("score") for table in found.tables)
        and not any(row.text("score") for row in rows)
    ):
        total.doubt("各项指标都没有得分")
    if total and any("score" in table.slipped for table in found.tables):
        total.doubt("得分一栏有空格，数字可能错行")


def _doubt_money(found: Found, rows: list[Record]) -> None:
    """A cost of 90元 beside a budget of 90万元 is the same number in two units."""
    unit = found.draft.get("budget.amount_unit")
    amounts = {value.text for row in found.budget for value in row.record.values.values()}
    for row in rows:
        for key in ("target", "actual"):
            said = money(re.sub(r"^[≥≤=><]", "", squeezed(row.text(key) or "")))
            if said and said.unit and unit and said.unit != unit.text and said.text in amounts:
                row.doubt(f"与预算的数字相同，单位却不同（预算用{unit.text}）", key)


_ORDER = (
    "category", "subcategory", "name", "target", "actual", "points", "planned_as", "rule", "goal", "share",
    "deviation_cause", "corrective_action",
)  # fmt: skip


def _put_indicators(found: Found, rows: list[Record]) -> None:
    listed: list[dict[str, Any]] = []
    for row in rows:
        held = row.values
        if "category" not in held:
            row.put("category", "产出指标", why="表上没有写一级指标，暂归产出指标")
        one: dict[str, Any] = {key: held[key] for key in _ORDER if key in held}
        if "score" in held:
            one["printed"] = {"score": held["score"]}
        listed.append(one)
    if listed:
        found.draft.tree["indicators"] = listed


def _put_rest(found: Found) -> None:
    """State objectives, the points printed beside headings, and keep the order of the file."""
    tree = found.draft.tree
    goals = [dict(record.values) for record in found.objectives]
    for number, value in sorted(found.goal_points.items()):
        while len(goals) < number:
            goals.append({})
        goals[number - 1] = {"points": value, **goals[number - 1]}
    if goals:
        tree["objectives"] = goals
    for table in found.tables:
        for key, (text, cell) in table.above.heading_points.items():
            found.group_points.setdefault(key, Value(text, (cell,)))
    for key, value in found.group_points.items():
        found.draft.put(f"printed.points.{key}", value)
    found.draft.tree = _ordered(tree, Project)


def _ordered(tree: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Give a group in the order of the params file."""
    found: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in tree:
            kind, held = field.annotation, tree[key]
            group = isinstance(held, dict) and isinstance(kind, type) and issubclass(kind, BaseModel)
            found[key] = _ordered(held, kind) if group else held  # type: ignore[arg-type]
    return found


def _choose(found: Found, rubric: str | None) -> None:
    year = found.draft.get("project.year")
    if rubric:
        found.draft.tree["rubric"] = Value(rubric)
        return
    choice = choose(found, int(year.text) if year else None)
    found.draft.tree["rubric"] = Value(choice.rubric)
    found.ledger.remark(
        f"评分规则选用 {choice.rubric}：{choice.why}。" + ("" if choice.certain else "请核对。"),
        where="rubric",
    )


# --- written and loaded ------------------------------------------------------------------------------------------------


def _written(found: Found) -> Imported:
    """Write the params text and load it; what the file can't hold is taken out and listed."""
    ledger, tree = found.ledger, found.draft
    file = f"{PurePath(found.ledger.grid.file).stem}.yaml"
    project: Project | None = None
    missing = tuple(path for path in REQUIRED if not tree.get(path))
    text = ""
    for _ in range(_ROUNDS):
        notes = [*_doubts(tree), *ledger.notes]
        text = params_text(tree, PurePath(found.ledger.grid.file).name, missing, notes)
        try:
            project = project_of(sheet_of(file, text), _NOWHERE)
            break
        except InputError as error:
            if not [
                _take_out(found, problem.where, problem.wrong.zh)
                for problem in error.problems
                if _removable(tree, problem.where)
            ]:
                break
    facts = bool(found.budget or tree.get("budget.total.adjusted") or tree.at(("indicators",)))
    if tree.at(("budget", "total")) is None and not tree.at(("budget", "sources")):
        missing += ("budget",)
    if not tree.at(("indicators",)):
        missing += ("indicators",)
    notes = [*_doubts(tree), *ledger.notes]
    text = params_text(tree, PurePath(found.ledger.grid.file).name, missing, notes)
    return Imported(
        found.ledger.grid.file,
        text,
        project,
        tuple(notes),
        ledger.unread(),
        ledger.personal(),
        missing,
        facts,
    )


def _doubts(draft: Draft) -> list[Note]:
    """Give a note for each uncertain fact, with its field."""
    notes = []
    for path, value in leaves(draft.tree):
        if value.why:
            item = value.items[0] if value.items else None
            text = shown(item.text) if isinstance(item, Cell) else ""
            notes.append(Note(item.place if item else None, text, value.text, value.why, shown_where(path)))
    return notes


def _removable(draft: Draft, where: str) -> bool:
    path = read_where(where)
    return (
        bool(path)
        and draft.at(path or ()) is not None
        and where not in ("schema", "project", "budget", "indicators")
    )


def _take_out(found: Found, where: str, why: str) -> bool:
    path: Path = read_where(where) or ()
    value = found.draft.at(path)
    first = value.items[0] if isinstance(value, Value) and value.items else None
    for gone in found.draft.remove(path):
        for item in gone.items:
            found.ledger.free(item)
    found.ledger.doubt(first, "", f"未录入：{why}", where)
    return True
