"""A table walked from top to bottom: labels, budget, objectives, indicators and totals, in whatever order they stand."""

import re
from typing import Final

from wenxiao.findings.personal import masked
from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.budget import budget_row, has_amounts
from wenxiao.importing.interpreting.cleaning import is_blank, points_in, squeezed, without_points
from wenxiao.importing.interpreting.columns import Columns, columns_at
from wenxiao.importing.interpreting.drafting import Record, Value
from wenxiao.importing.interpreting.found import Found, IndicatorTable
from wenxiao.importing.interpreting.heads import is_total_label
from wenxiao.importing.interpreting.indicators import indicator_row, nameless
from wenxiao.importing.interpreting.labels import field_of, labelled_row, paragraphs
from wenxiao.importing.interpreting.quantities import points, unit_said
from wenxiao.importing.interpreting.splits import split_row
from wenxiao.importing.interpreting.titles import title_of

_PLANNED: Final = re.compile(
    r"(?:年初|年度)?(?:预期|设定|总体|计划)(?:的)?(?:绩效)?目标|年初设定目标|预期目标|年度总体目标|年度绩效目标|总体目标|年初设定的?绩效目标"
)
_ACTUAL: Final = re.compile(
    r"(?:全年|年度|目标|年末)*(?:总体目标)?(?:实际)?完成情况(?:综述)?|(?:目标)?实际完成情况|年度总体目标完成情况综述"
)
_SECTION: Final = re.compile(
    r"(?:年度|项目|全年|部门)*(?:绩效)?(?:指标|目标)(?:完成情况)?|(?:项目|预算|年度)*(?:资金|预算)(?:执行|申请|使用|安排|来源|投入)*(?:情况)?|年度总体目标|总体目标完成情况|"
    r"年度总体目标完成情况|年度预算申请|(?:项目)?(?:支出)?预算执行(?:情况|率)?|绩效指标完成情况"
)
_GRADE: Final = re.compile(r"(?:优|良|中|差|优秀|良好|合格|中等|较差|不合格|一般)(?:\([^)]*\))?")
_GOAL: Final = re.compile(r"年度绩效目标([一二三四五六七八九\d])")


def read_table(found: Found, table: Table) -> None:
    """Read every row of a table into ``found``."""
    columns: Columns | None = None
    goals: tuple[range, range] | None = None
    row = 0
    while row < table.height:
        row += 1
        head = columns_at(table, row)
        if head:
            goals = None
            columns = _opened(found, table, row, head, columns)
            row = head.last_row
        elif goal_columns := _goal_heads(table, row):
            columns, goals = None, goal_columns
            _use_heads(found, table, row)
        elif goals and _goal_row(found, table, row, goals):
            continue
        elif columns and columns.kind == "indicators":
            _indicators(found, table, row, columns)
        else:
            _other_row(found, table, row, columns)


def _other_row(found: Found, table: Table, row: int, columns: Columns | None) -> None:
    if columns and columns.kind == "budget":
        one = budget_row(table, row, columns, found.ledger)
        if one is None and has_amounts(table, row, columns):
            found.nameless_amounts = True
        if one:
            if found.nameless_amounts:
                one.record.doubt("上面有一行没有名称，名称可能错行")
                one.printed.doubt("上面有一行没有名称，名称可能错行")
            found.budget.append(one)
            _section_labels(found, table, row, columns)
            return
        if _empty_row(found, table, row, columns):
            return
    if split_row(found, table, row):
        return
    for cell in table.row(row):
        if cell.place.row == row and not found.ledger.is_used(cell):
            title_of(found, cell)
            _unit(found, cell)
    labelled_row(found, table, row)


def _empty_row(found: Found, table: Table, row: int, columns: Columns) -> bool:
    """Use the name of a source that has no amounts; False where the row says more than a name."""
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    left = [cell for cell in own if cell.place.column < columns.first()]
    if len(own) != 1 or not left or field_of(own[0].text) or not columns.parts(table, row).by:
        return False
    found.ledger.use(own[0])
    return True


def _opened(found: Found, table: Table, row: int, head: Columns, before: Columns | None) -> Columns:
    """Begin a section at its heading; the same heading once more goes on with the same indicators."""
    for cell in head.heads:
        if cell.place.column in head.roles or _is_section(cell.text):
            found.ledger.use(cell)
        _unit(found, cell)
    if head.kind == "indicators":
        same = before and before.kind == "indicators" and before.roles == head.roles
        if not (same and found.tables and found.tables[-1].columns is before):
            found.tables.append(IndicatorTable(head))
        else:
            head = found.tables[-1].columns
    _section_labels(found, table, row, head)
    return head


def _indicators(found: Found, table: Table, row: int, columns: Columns) -> None:
    current = found.tables[-1]
    if _totals(found, table, row, columns):
        return
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    if (
        own
        and own[0].place.column <= columns.first()
        and (field_of(own[0].text) or "").startswith("narrative.")
    ):
        labelled_row(found, table, row)
        return
    _section_labels(found, table, row, columns)
    one = indicator_row(table, row, columns, current.above)
    if one is None:
        current.nameless = current.nameless or nameless(table, row, columns)
        _headings_used(found, table, row, columns)
        labelled_row(found, table, row)
        return
    one.after_nameless = current.nameless
    current.rows.append(one)


def _headings_used(found: Found, table: Table, row: int, columns: Columns) -> None:
    """A group that is not used on this form still prints its headings."""
    parts = columns.parts(table, row)
    if all(is_blank(cell.text) for role in ("target", "actual", "score") for cell in parts.by.get(role, ())):  # type: ignore[call-overload]
        above = found.tables[-1].above
        found.ledger.use(*(c for c in (above.category, above.subcategory) if c and c in table.row(row)))


def _section_labels(found: Found, table: Table, row: int, columns: Columns) -> None:
    """Use the labels on the left that name a section, with the points and the unit they print."""
    for cell in table.row(row):
        if (
            cell.place.column + cell.columns > columns.first()
            or is_blank(cell.text)
            or not _is_section(cell.text)
        ):
            continue
        found.ledger.use(cell)
        _unit(found, cell)
        said, goal = points_in(cell.text), _GOAL.search(squeezed(cell.text))
        if goal and columns.kind == "indicators":
            number = int(goal[1]) if goal[1].isdigit() else "一二三四五六七八九".index(goal[1]) + 1
            found.tables[-1].above.goal = number
            if said:
                found.goal_points.setdefault(number, Value(said, (cell,)))
        elif said and columns.kind == "budget":
            found.group_points.setdefault("execution", Value(said, (cell,)))


def _is_section(text: str) -> bool:
    plain = re.sub(r"\([^)]*\)|[\d一二三四五六七八九]+$", "", without_points(text)).strip(":")
    return bool(_SECTION.fullmatch(plain)) or bool(_GOAL.fullmatch(plain))


def _unit(found: Found, cell: Cell) -> None:
    if (unit := unit_said(cell.text)) and all(item is not cell for _, item in found.units):
        found.units.append((unit, cell))


# --- objectives --------------------------------------------------------------------------------------------------------


def _goal_heads(table: Table, row: int) -> tuple[range, range] | None:
    """Give the columns of 预期目标 and 实际完成情况 where a row is their heading."""
    spans: dict[str, range] = {}
    for cell in table.row(row):
        plain = re.sub(r"\([^)]*\)", "", squeezed(cell.text))
        span = range(cell.place.column, cell.place.column + cell.columns)
        if _ACTUAL.fullmatch(plain):
            spans["actual"] = span
        elif _PLANNED.fullmatch(plain) and cell.place.row == row:
            spans["planned"] = span
    if len(spans) < 2 or columns_at(table, row):
        return None
    return spans["planned"], spans["actual"]


def _use_heads(found: Found, table: Table, row: int) -> None:
    for cell in table.row(row):
        plain = re.sub(r"\([^)]*\)", "", squeezed(cell.text))
        if _PLANNED.fullmatch(plain) or _ACTUAL.fullmatch(plain) or _is_section(cell.text):
            found.ledger.use(cell)


def _goal_row(found: Found, table: Table, row: int, goals: tuple[range, range]) -> bool:
    """Read a goal and what became of it; False where the row is something else."""
    record, stray = Record(), False
    for cell in table.row(row):
        if cell.place.row != row or is_blank(cell.text):
            continue
        span = set(range(cell.place.column, cell.place.column + cell.columns))
        under = [
            key for key, columns in zip(("planned", "actual"), goals, strict=True) if span & set(columns)
        ]
        if len(under) == 1 and under[0] not in record.values:
            record.put(under[0], masked(paragraphs(cell.text)), cell)
        else:
            stray = True
    if stray or not record.values:
        return not stray
    found.ledger.use(*(item for value in record.values.values() for item in value.items))
    found.objectives.append(record)
    return True


# --- totals ------------------------------------------------------------------------------------------------------------


def _totals(found: Found, table: Table, row: int, columns: Columns) -> bool:
    """Read the row 总分; False where the row is another one."""
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    label = next((cell for cell in own if is_total_label(cell.text)), None)
    if label is None or own[0] is not label:
        return False
    found.ledger.use(label)
    parts = columns.parts(table, row)
    numbers = [cell for cell in own if points(cell.text) is not None]
    score, full = parts.cell("score"), parts.cell("points")
    taken = score if score in numbers else None
    why = ""
    if full is not None and full in numbers and (taken is not None or points(full.text) == "100"):
        found.ledger.use(full)
    if taken is None and not columns.has("score") and len(numbers) == 1:
        taken, why = numbers[0], "表上没有得分一栏，可能是满分"
    if full is not None and points(full.text) not in ("100", None):
        why = "总分一行的满分不是100"
    if taken is score and full is None and columns.has("points"):
        why = "满分一栏空着，数字可能错栏"
    if any(cell not in (score, full, taken) for cell in numbers) or (full and full not in numbers):
        why = "总分行的数字与表头没有对齐"
    if taken is not None and found.draft.put("printed.total", Value(str(points(taken.text)), (taken,), why)):
        found.ledger.use(taken)
    for cell in own:
        if _GRADE.fullmatch(squeezed(cell.text)) and found.draft.put(
            "printed.grade", Value(squeezed(cell.text), (cell,))
        ):
            found.ledger.use(cell)
    return True
