"""What the parts of a document gave → the tree of a params file, with last doubts about the whole."""

import re
from typing import Any, Final

from pydantic import BaseModel

from wenxiao.findings.personal import masked
from wenxiao.fitness import EXECUTION_NAME
from wenxiao.importing.interpreting.cleaning import squeezed
from wenxiao.importing.interpreting.drafting import Record, Value, leaves
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import money
from wenxiao.importing.interpreting.rubrics import choose
from wenxiao.importing.interpreting.titles import name_in
from wenxiao.model import Project
from wenxiao.money import printed_number
from wenxiao.words import CATEGORIES, key_of

_ORDER: Final = (
    "category", "subcategory", "name", "target", "actual", "points", "planned_as", "rule", "goal", "share",
    "deviation_cause", "corrective_action",
)  # fmt: skip


def assemble(found: Found, rows: list[Record], rubric: str | None) -> None:
    """Put indicators, objectives, points of headings and the rubric into the draft; order it like a params file."""
    _choose(found, rubric)
    rows = _without_execution(found, rows)
    _put_indicators(found, rows)
    _put_rest(found)
    _doubt_total(found, rows)
    _doubt_money(found, rows)
    _mask(found)


def put_names(found: Found) -> None:
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


def _without_execution(found: Found, rows: list[Record]) -> list[Record]:
    """Take the execution rate out of the indicators where the form counts it among those of the process, as Ningxia does:
    it is counted once. In the framework for evaluations by a department it is an indicator like others.
    """
    framework = found.draft.tree["rubric"].text == "mof-2020-framework"
    kept = []
    for row in rows:
        process = key_of(CATEGORIES, row.text("category") or "") == "process"
        if framework or not process or not EXECUTION_NAME.match(row.text("name") or ""):
            kept.append(row)
            continue
        for key, path in (("actual", "budget.printed.execution_rate"), ("score", "budget.printed.score")):
            value = row.values.get(key)
            if not value:
                continue
            told = found.draft.get(path)
            if told is None and printed_number(value.text):
                found.draft.put(path, value)
            elif told is None or told.text != value.text:
                found.ledger.free(value.items[0])
        if points := row.values.get("points"):
            found.group_points.setdefault("execution", points)
        target = row.text("target")
        why = "预算执行率列在指标里，只计一次" + (f"；指标值{target}不另录入。" if target else "。")
        found.ledger.remark(why, row.values["name"].items[0])
    return kept


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


def _mask(found: Found) -> None:
    """Hide personal data in every fact; a bare number in a column of values stays a number, for `check` to ask about."""
    for path, value in leaves(found.draft.tree):
        number = path[-1] in ("target", "actual") and re.fullmatch(r"[\d.,\s]+", value.text)
        if path[0] != "contact" and not number:
            value.text = masked(value.text)


def _doubt_money(found: Found, rows: list[Record]) -> None:
    """A cost of 90元 beside a budget of 90万元 is the same number in two units."""
    unit = found.draft.get("budget.amount_unit")
    amounts = {value.text for row in found.budget for value in row.record.values.values()}
    for row in rows:
        for key in ("target", "actual"):
            said = money(re.sub(r"^[≥≤=><]", "", squeezed(row.text(key) or "")))
            if said and said.unit and unit and said.unit != unit.text and said.text in amounts:
                row.doubt(f"与预算的数字相同，单位却不同（预算用{unit.text}）", key)


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
