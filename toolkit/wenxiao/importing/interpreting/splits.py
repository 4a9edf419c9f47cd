"""The total divided once more: 按收入性质分 and 按支出性质分 beside each other, or amounts listed in a sentence."""

import re
from typing import Final

from wenxiao.importing.grid import Cell, Paragraph, Table
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed, tidy
from wenxiao.importing.interpreting.drafting import Item, Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.quantities import money
from wenxiao.money import total as summed
from wenxiao.numerals import ARABIC

_HEAD: Final = re.compile(r"(按.{1,8}性质分)[:：]?(.*)")
_PART: Final = re.compile(rf"(?:其中[:：]?)?(.+?)[:：]({ARABIC}(?:[万亿]?元)?)")
_LISTED: Final = re.compile(rf"([^\d:：、，,；;]+?)({ARABIC})([万亿]?元)")


def split_row(found: Found, table: Table, row: int) -> bool:
    """Read a row of the two splits of the Hunan form; False where the row is another one."""
    cells = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    heads = [(cell, match) for cell in cells if (match := _HEAD.fullmatch(squeezed(cell.text)))]
    if heads:
        found.split_row = (table.name, row)
        for cell, match in heads:
            found.splits.append((Value(match[1], (cell,)), [], None))
            found.ledger.use(cell)
            _total(found, table, row, cell, match[2])
        return True
    if found.split_row != (table.name, row - 1):
        return False
    taken = False
    for cell in cells:
        taken |= _part(found, table, row, cell)
    if taken:
        found.split_row = (table.name, row)
    return taken


def _total(found: Found, table: Table, row: int, head: Cell, said: str) -> None:
    name, parts, _ = found.splits[-1]
    beside = table.at(row, head.place.column + head.columns)
    items: tuple[Item, ...] = (head,)
    amount = money(said)
    if amount is None and beside is not None and (amount := money(beside.text)):
        items = (head, beside)
        found.ledger.use(beside)
    if amount:
        found.splits[-1] = (name, parts, Value(amount.text, items))


def _part(found: Found, table: Table, row: int, cell: Cell) -> bool:
    """Read ``其中：一般公共预算：1873.66``, in one cell or two, into the split above it."""
    split = _above(found, cell)
    if split is None or found.ledger.is_used(cell):
        return False
    text = squeezed(cell.text)
    match = _PART.fullmatch(text)
    beside = table.at(row, cell.place.column + cell.columns)
    if match and (amount := money(match[2])):
        split[1].append((Value(match[1], (cell,)), Value(amount.text, (cell,))))
        found.ledger.use(cell)
        return True
    amount = money(beside.text) if beside else None
    if amount and beside and not re.search(r"\d", text):
        name = re.sub(r"^其中[:：]?", "", tidy(cell.text)).strip(":： ")
        split[1].append((Value(name, (cell,)), Value(amount.text, (beside,))))
        found.ledger.use(cell, beside)
        return True
    return False


def _above(found: Found, cell: Cell) -> tuple[Value, list[tuple[Value, Value]], Value | None] | None:
    """Give the split whose heading stands above a cell: the last one that begins at or left of it."""
    best = None
    for split in found.splits:
        head = split[0].items[0]
        if (
            isinstance(head, Cell)
            and head.place.table == cell.place.table
            and head.place.column <= cell.place.column
        ):
            best = split
    return best


def listed(found: Found, paragraph: Paragraph) -> bool:
    """Read ``名称：甲30万元、乙20万元，合计50万元。``; False where a line is something else."""
    name, colon, rest = tidy(paragraph.text).rstrip("。").partition("：")
    if not colon or len(name) > 30:
        return False
    parts, total = [], None
    pieces = re.split(r"[、，,；;]", rest)
    for piece in pieces:
        match = _LISTED.fullmatch(squeezed(piece))
        if match is None:
            return False
        if match[1] == "合计":
            total = Value(match[2], (paragraph,))
        else:
            parts.append((Value(match[1], (paragraph,)), Value(match[2], (paragraph,))))
    if len(parts) < 2:
        return False
    found.splits.append((Value(name, (paragraph,)), parts, total))
    found.ledger.use(paragraph)
    return True


def put_splits(found: Found) -> None:
    """State the splits of the budget that have parts; give back the headings of others."""
    splits = []
    for name, parts, total in found.splits:
        if not parts:
            for item in (*name.items, *(total.items if total else ())):
                found.ledger.free(item)
            continue
        one: dict[str, object] = {"name": name}
        if not any("性质分" in name.text for _ in parts):
            one["column"] = Value("outturn", (), "原文没有写明这是哪一栏的分列，暂按全年执行数")
        one["parts"] = [{"name": label, "amount": _plain(amount)} for label, amount in parts]
        if total:
            one["printed"] = {"total": _plain(total)}
        _doubt_parts(found, [amount for _, amount in parts], total)
        splits.append(one)
    if splits:
        found.draft.tree.setdefault("budget", {})["splits"] = splits


def _plain(value: Value) -> Value:
    """Give an amount without its unit, in the same value, so that later doubts reach it."""
    if amount := money(value.text):
        value.text = amount.text
    return value


def _doubt_parts(found: Found, parts: list[Value], total: Value | None) -> None:
    """Mark the parts of a split that do not add up to what is printed for it, else to the total of the form."""
    whole = total or found.draft.get("budget.total.adjusted")
    amounts = [money(value.text) for value in (*parts, *([whole] if whole else []))]
    if whole and all(amounts):
        *said, last = [one.value for one in amounts if one]
        if summed(said) != last:
            for value in parts:
                value.doubt("各项之和与总额不同")
