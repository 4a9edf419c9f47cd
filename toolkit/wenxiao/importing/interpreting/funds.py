"""The rows of the budget and the splits → the budget of a params file, in one unit."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from wenxiao.importing.interpreting.budget import AMOUNTS, BudgetRow
from wenxiao.importing.interpreting.budget_doubts import repeats
from wenxiao.importing.interpreting.drafting import Record, Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import money
from wenxiao.importing.interpreting.splits import put_splits
from wenxiao.money import YUAN_IN, AmountUnit, convert, show
from wenxiao.money import total as summed

_FEW: Final = Decimal(20_000)
"""A budget in 元 below this may be one in 万元; one in a larger unit above :data:`_MANY` 元 may be one in 元."""
_MANY: Final = Decimal(1_000_000_000)


def put_budget(found: Found) -> None:
    """State unit, total, sources, splits and what is printed beside the total."""
    totals, sources = _rows(found)
    unit = _unit(found)
    draft = found.draft
    for row in (*totals, *sources):
        _in_unit(row, unit)
    if sources:
        draft.tree.setdefault("budget", {})["sources"] = [
            {"name": Value(row.name, (row.label,)), **_amounts(row)} for row in sources
        ]
    for row in totals:
        for key, value in _amounts(row).items():
            draft.put(f"budget.total.{key}", value)
    for row in sources if totals else sources[1:]:
        for value in row.printed.values.values():
            for item in value.items:
                found.ledger.free(item)
        same = repeats(row, totals[0]) if totals else []
        found.ledger.use(*same)
        for cell in same:
            found.ledger.remark("与总额行相同或由本行各数得出，不另录入。", cell)
    for row in (totals or sources)[:1]:
        if received := row.record.values.get("received"):
            draft.put("budget.received", received)
        for key, path in (
            ("execution_rate", "budget.printed.execution_rate"), ("score", "budget.printed.score"),
            ("cause", "budget.deviation_cause"), ("action", "budget.corrective_action"),
        ):  # fmt: skip
            if held := row.printed.values.get(key):
                draft.put(path, held)
        if points := row.printed.values.get("points"):
            known = found.group_points.setdefault("execution", points)
            if known.text != points.text:
                found.ledger.free(points.items[0])
                known.doubt(f"表上另有一处写{points.text}")
    _columns(found, totals, sources)
    put_splits(found)
    _plausible(found, unit)


def _columns(found: Found, totals: list[BudgetRow], sources: list[BudgetRow]) -> None:
    """Mark a column whose cells may have slipped: a gap among its amounts, or sources that do not add up to the total."""
    rows = [row.record for row in (*totals, *sources)]
    for key in ("original", "adjusted", "outturn"):
        everywhere = [row.record.text(key) for row in found.budget if row.record.values]
        if any(everywhere) and not all(everywhere):
            for row in rows:
                row.doubt("这一栏有空格，各数可能错行", key)
        held = [money(row.text(key) or "") for row in rows]
        amounts = [one.value for one in held if one]
        if totals and sources and all(held) and amounts[0] != summed(amounts[1:]):
            for row in rows:
                row.doubt("各来源之和与总额不同", key)


def _amounts(row: BudgetRow) -> dict[str, Value]:
    return {key: value for key, value in row.record.values.items() if key != "received"}


def _rows(found: Found) -> tuple[list[BudgetRow], list[BudgetRow]]:
    """Give the row of the total (one, or none) and the rows of the sources; what can't be stated is left out and listed."""
    totals: list[BudgetRow] = []
    sources: list[BudgetRow] = []
    for row in found.budget:
        if row.kind == "total" and not row.record.values and not totals:
            totals.append(row)  # a form whose sources alone have amounts prints the rate here
        elif not _complete(row, found):
            _left_out(row, found, "这一行缺全年预算数或全年执行数，未录入")
            if row.kind == "total" and not totals:
                totals.append(_printed_only(row, found))
        elif row.kind == "source":
            if sources and _said(sources[-1]) == _said(row):
                row.record.doubt("与上一行完全相同")
            sources.append(row)
        elif not totals:
            totals.append(row)
        elif _said(row) == _said(totals[0]):
            found.ledger.remark("总额行重复，只录一次。", row.label)
        else:
            _left_out(row, found, "总额行不止一行，数字不同，只录了第一行")
    return totals, sources


def _printed_only(row: BudgetRow, found: Found) -> BudgetRow:
    """Give the total row without its amounts: what it prints beside them is still a claim of the form."""
    bare = replace(row, record=Record(), units={})
    found.ledger.use(row.label, *(i for value in row.printed.values.values() for i in value.items))
    return bare


def _said(row: BudgetRow) -> tuple[str, ...]:
    return (row.name, *(row.record.text(key) or "" for key in AMOUNTS))


def _complete(row: BudgetRow, found: Found) -> bool:
    """Tell whether a row can be stated; where a form prints one budget column only, that one is 全年预算数 too."""
    held = row.record.values
    if (
        "adjusted" not in held
        and "original" in held
        and "全年预算" not in found.words
        and "调整" not in found.words
    ):
        first = held["original"]
        row.record.put(
            "adjusted", first.text, *first.items, why="表上只印年初预算数，没有全年预算数，照年初预算数录入"
        )
    return {"adjusted", "outturn"} <= set(held)


def _left_out(row: BudgetRow, found: Found, why: str) -> None:
    for cell in row.cells:
        found.ledger.free(cell)
    found.ledger.doubt(row.label, "", why)


def _unit(found: Found) -> AmountUnit:
    """Choose the unit of the file: the heading's, else the first one said; 万元 where none is said."""
    said = list(dict.fromkeys(unit for unit, _ in found.units))
    own = [unit for row in found.budget for unit in row.units]
    said += [unit for unit in dict.fromkeys(own) if unit not in said]
    unit: AmountUnit = said[0] if said else "万元"
    items = tuple(item for _, item in found.units[:1])
    why = ""
    if not said:
        why = "文件没有写金额单位，暂按万元"
    elif len(said) > 1:
        why = f"文件里金额单位不一（{'、'.join(said)}），已统一为{unit}"
    found.draft.put("budget.amount_unit", Value(unit, items, why))
    return unit


def _in_unit(row: BudgetRow, unit: AmountUnit) -> None:
    """Convert an amount whose own cell prints another unit."""
    for value in row.record.values.values():
        printed = money(value.items[0].text)
        if printed and printed.unit and printed.unit != unit:
            value.text = show(convert(printed.value, printed.unit, unit))
            value.doubt(f"原单位是{printed.unit}，已换算为{unit}")


def _plausible(found: Found, unit: AmountUnit) -> None:
    """Mark amounts that are far too small or too large for their unit: 38.14元 was meant as 万元."""
    held = found.draft.get("budget.total.adjusted")
    amounts = [money(row.record.text("adjusted") or "") for row in found.budget]
    amounts += [money(held.text)] if held else []
    largest = max((one for one in amounts if one), key=lambda one: one.value, default=None)
    if largest is None or not largest.value:
        return
    yuan = largest.value * YUAN_IN[unit]
    small, large = unit == "元" and yuan < _FEW, unit != "元" and yuan > _MANY
    if small or large:
        reason = f"全年预算数{largest.text}{unit}{'过小' if small else '过大'}，单位可能有误"
        for record in _records(found):
            record.doubt(reason)
        if chosen := found.draft.get("budget.amount_unit"):
            chosen.doubt(reason)


def _records(found: Found) -> list[Record]:
    return [row.record for row in found.budget]
