"""A target table and a result table of the same indicators → one list; a changed indicator keeps both names."""

from wenxiao.importing.interpreting.cleaning import squeezed
from wenxiao.importing.interpreting.doubts import mark
from wenxiao.importing.interpreting.drafting import Record
from wenxiao.importing.interpreting.found import Found, IndicatorTable
from wenxiao.importing.interpreting.indicators import Row, is_part
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.interpreting.leftover import tell_apart


def indicators(found: Found) -> list[Record]:
    """Give the indicators of all tables, with ``planned_as`` where the target table has another name."""
    tables = [table for table in found.tables if _own_rows(table)]
    kept = {id(table): _kept(found, table) for table in tables}
    results = [table for table in tables if table.has_results]
    if not results and len(tables) > 1 and _alike(tables[0], tables[-1]):
        results = tables[-1:]
    targets = [table for table in tables if table not in results] if results else []
    shown = results or tables
    rows = [row for table in shown for row in kept[id(table)]]
    for table in targets:
        _pair(found, kept[id(table)], rows)
    return [row.record for row in rows]


def _alike(table: IndicatorTable, other: IndicatorTable) -> bool:
    """Tell whether two tables list the same indicators: then one of them has lost its column of results."""
    names, others = ({row.said("name") for row in one.rows} for one in (table, other))
    return len(names & others) * 2 > len(names)


def _own_rows(table: IndicatorTable) -> list[Row]:
    return [row for row in table.rows if not is_part(row)]


def _kept(found: Found, table: IndicatorTable) -> list[Row]:
    rows = _own_rows(table)
    tell_apart(found, table)
    table.slipped = mark(rows, table.columns)
    for row in rows:
        for value in row.record.values.values():
            found.ledger.use(*value.items)
    return rows


def _pair(found: Found, planned: list[Row], rows: list[Row]) -> None:
    """Join the rows of a target table to those of the result table: by name, what is left over by its place."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(squeezed(row.said("name") or ""), []).append(row)
    alone: list[tuple[int, Row]] = []
    paired: set[int] = set()
    for index, one in enumerate(planned):
        mates = [row for row in by_name.get(squeezed(one.said("name") or ""), []) if id(row) not in paired]
        if mates:
            paired.add(id(mates[0]))
            _compare(found, one, mates[0])
        else:
            alone.append((index, one))
    left = [(index, row) for index, row in enumerate(rows) if id(row) not in paired]
    for index, one in alone:
        mate = next((row for i, row in left if i == index and _group(row) == _group(one)), None)
        if mate is None and len(alone) == len(left) == 1 and _group(left[0][1]) == _group(one):
            mate = left[0][1]
        if mate is None:
            _not_in_results(found, one)
            continue
        left = [(i, row) for i, row in left if row is not mate]
        name = one.record.values["name"]
        mate.record.put("planned_as", name.text, *name.items, why=name.why)
        _compare(found, one, mate)
    for _, row in left:
        items = row.record.values["name"].items
        found.ledger.remark("绩效目标表里没有这项指标。", items[0], row.said("name") or "")


def _group(row: Row) -> tuple[str | None, str | None]:
    return row.said("category"), row.said("subcategory")


def _compare(found: Found, planned: Row, row: Row) -> None:
    before, after = planned.record.values.get("target"), row.record.values.get("target")
    if before is None:
        return
    if after is None:
        row.record.put("target", before.text, *before.items, why="自评表没有写指标值，取自绩效目标表")
    elif squeezed(before.text) != squeezed(after.text):
        row.record.doubt(f"绩效目标表的指标值是“{shown(before.text)}”", "target")


def _not_in_results(found: Found, one: Row) -> None:
    for value in one.record.values.values():
        for item in value.items:
            found.ledger.free(item)
    items = one.record.values["name"].items
    found.ledger.doubt(items[0], "", "绩效目标表有这项指标，自评表没有，未录入")
