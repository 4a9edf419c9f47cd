"""A table walked from top to bottom: labels, budget, objectives, indicators and totals, in whatever order they stand."""

from wenxiao.importing.grid import Table
from wenxiao.importing.interpreting.budget import budget_row, has_amounts
from wenxiao.importing.interpreting.budget_doubts import mark_row
from wenxiao.importing.interpreting.cleaning import is_blank, points_in, squeezed
from wenxiao.importing.interpreting.columns import Columns, columns_at
from wenxiao.importing.interpreting.drafting import Value
from wenxiao.importing.interpreting.found import Found, IndicatorTable
from wenxiao.importing.interpreting.goals import goal_heads, goal_row, use_heads
from wenxiao.importing.interpreting.heads import role_of
from wenxiao.importing.interpreting.indicators import PLACEHOLDER, indicator_row, nameless
from wenxiao.importing.interpreting.labels import field_of, labelled_row
from wenxiao.importing.interpreting.marks import GOAL, is_money_label, is_section, is_source_label, note_unit
from wenxiao.importing.interpreting.splits import split_row
from wenxiao.importing.interpreting.titles import title_of
from wenxiao.importing.interpreting.totals import total_row


def read_table(found: Found, table: Table) -> None:
    """Read every row of a table into ``found``."""
    columns: Columns | None = None
    goals: tuple[range, range] | None = None
    below = 0
    for row in table.numbers:
        if row <= below:
            continue  # the second row of a heading
        head = columns_at(table, row)
        if head:
            goals = None
            columns = _opened(found, table, row, head, columns)
            below = head.last_row
        elif goal_columns := goal_heads(table, row):
            columns, goals = None, goal_columns
            use_heads(found, table, row)
        elif goals and goal_row(found, table, row, goals):
            continue
        elif columns and columns.kind == "indicators":
            _indicators(found, table, row, columns)
        else:
            _other_row(found, table, row, columns)


def _other_row(found: Found, table: Table, row: int, columns: Columns | None) -> None:
    if columns and columns.kind == "budget":
        one = budget_row(table, row, columns, found.ledger)
        if (one is None and has_amounts(table, row, columns)) or (one and _is_no_source(one.label.text)):
            found.nameless_amounts = True
        if one:
            mark_row(one, columns)
            if found.nameless_amounts:
                one.record.doubt("有一行没有名称或名称像表头，名称可能错行")
                one.printed.doubt("有一行没有名称或名称像表头，名称可能错行")
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
            note_unit(found, cell)
    labelled_row(found, table, row)


def _is_no_source(text: str) -> bool:
    """Tell the label of another part of the form, which has slipped into the place of a source's name."""
    heading = role_of("budget", text) in ("original", "adjusted", "outturn", "rate")
    return bool(field_of(text)) or heading or role_of("indicators", text) is not None


def _empty_row(found: Found, table: Table, row: int, columns: Columns) -> bool:
    """Use the name of a source that has no amounts; False where the row says more than a name."""
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    left = [cell for cell in own if cell.place.column < columns.first()]
    if len(own) != 1 or not left or not is_source_label(own[0].text) or not columns.parts(table, row).by:
        return False
    found.ledger.use(own[0])
    return True


def _opened(found: Found, table: Table, row: int, head: Columns, before: Columns | None) -> Columns:
    """Begin a section at its heading; the same heading once more goes on with the same indicators."""
    for cell in head.heads:
        label = head.kind == "budget" and cell.place.column < head.first() and is_money_label(cell.text)
        if cell.place.column in head.roles or is_section(cell.text) or label:
            found.ledger.use(cell)
        note_unit(found, cell)
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
    if total_row(found, table, row, columns):
        return
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    field = field_of(own[0].text) if own and own[0].place.column <= columns.first() else None
    goal = field == "objective" and len(own) < 4 and not columns.parts(table, row).said("name")
    if goal or (field or "").startswith("narrative."):
        labelled_row(found, table, row)
        return
    _section_labels(found, table, row, columns)
    one = indicator_row(table, row, columns, current.above)
    for cell in current.above.without_field:
        found.ledger.remark("二级指标旁印的分值没有对应栏目，没有录入。", cell)
    current.above.without_field.clear()
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
    if all(is_blank(cell.text) for role in ("target", "actual", "score") for cell in parts.by.get(role, ())):
        above = found.tables[-1].above
        found.ledger.use(*(c for c in (above.category, above.subcategory) if c and c in table.row(row)))
        found.ledger.use(*(c for c in parts.said("name") if PLACEHOLDER.fullmatch(squeezed(c.text))))


def _section_labels(found: Found, table: Table, row: int, columns: Columns) -> None:
    """Use the labels on the left that name a section, with the points and the unit they print."""
    for cell in table.row(row):
        if (
            cell.place.column + cell.columns > columns.first()
            or is_blank(cell.text)
            or not is_section(cell.text)
        ):
            continue
        found.ledger.use(cell)
        note_unit(found, cell)
        said, goal = points_in(cell.text), GOAL.search(squeezed(cell.text))
        if goal and columns.kind == "indicators":
            number = int(goal[1]) if goal[1].isdigit() else "一二三四五六七八九".index(goal[1]) + 1
            found.tables[-1].above.goal = number
            if said:
                found.goal_points.setdefault(number, Value(said, (cell,)))
        elif said and columns.kind == "budget":
            found.group_points.setdefault("execution", Value(said, (cell,)))
        elif said and cell.place.row == row:
            found.ledger.remark("标题旁印的分值没有对应栏目，没有录入。", cell)
