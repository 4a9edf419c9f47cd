"""Rows of indicators → facts, each with its cell."""

import re
from dataclasses import dataclass, field
from typing import Final

from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.cleaning import (
    is_blank,
    paragraphs,
    points_in,
    squeezed,
    tidy,
    without_points,
)
from wenxiao.importing.interpreting.columns import Columns, Parts
from wenxiao.importing.interpreting.drafting import Record
from wenxiao.importing.interpreting.heads import Role
from wenxiao.importing.interpreting.ledger import shown
from wenxiao.importing.interpreting.quantities import is_figure, is_words, points, sign
from wenxiao.importing.interpreting.targets import joined
from wenxiao.words import CATEGORIES, SUBCATEGORIES, key_of

VALUES: Final[tuple[Role, ...]] = ("target", "actual", "points", "score")
"""Columns whose figures are lost or mistaken when a row is damaged."""
_AMONG: Final = re.compile(r"^其\s*中")
_COUNTED: Final = re.compile(r"^指标\d{1,2}\s*[:：、.．]?\s*(?=[^\s\d])")
PLACEHOLDER: Final = re.compile(r"指标\d{1,2}[:：、.]?")
"""Templates number their rows: 指标1, 指标2; what follows is the name."""
_BELONGS: Final = {
    "quantity": "output", "quality": "output", "timeliness": "output", "economic": "outcome", "social": "outcome",
    "ecological": "outcome", "sustainability": "outcome", "satisfaction": "satisfaction", "benefit": "outcome",
    "social_cost": "cost", "ecological_cost": "cost",
}  # fmt: skip
"""二级指标 → the 一级指标 that it belongs to on every form seen; 成本指标 has two."""


@dataclass
class Above:
    """What the rows above said, for rows that leave it out: 一级指标, 二级指标 and the 年度绩效目标."""

    category: Cell | None = None
    subcategory: Cell | None = None
    goal: int | None = None
    heading_points: dict[str, tuple[str, Cell]] = field(default_factory=dict)
    without_field: list[Cell] = field(default_factory=list)
    """Headings of 二级指标 with points, for which a params file has no field."""


@dataclass
class Row:
    """One indicator as read; ``parts`` keeps the cells for the checks of a whole table."""

    record: Record
    parts: Parts
    table: str
    number: int
    oddities: list[str] = field(default_factory=list)
    after_nameless: bool = False

    def said(self, key: str) -> str | None:
        """Give what the row states, or None."""
        return self.record.text(key)


def label_key(table: dict[str, str], text: str) -> str | None:
    """Give the key of a 一级 or 二级指标 heading, points and bullet left off.

    >>> label_key(CATEGORIES, "产出指标\\n(50分)"), label_key(SUBCATEGORIES, "1.数量指标")
    ('output', 'quantity')
    """
    plain = re.sub(r"^[\d一二三四]*[、.．★*]", "", without_points(text)).strip(":：")
    return key_of(table, plain) or (key_of(table, f"{plain}指标") if plain else None)


def indicator_row(table: Table, number: int, columns: Columns, above: Above) -> Row | None:
    """Read one row under the headings of the indicators; None where it names no indicator."""
    parts = columns.parts(table, number)
    above_this = _headings(parts, above)
    names = [c for c in parts.said("name") if c.place.row == number]
    if not names or _is_unused(parts, names):
        return None
    row = Row(Record(), parts, table.name, number)
    row.oddities += above_this
    name = _COUNTED.sub("", " ".join(tidy(cell.text) for cell in names).rstrip("…./ "))
    row.record.put("name", name, *names)
    if len(names) > 1:
        row.oddities.append("三级指标一栏有几个单元格")
    if _reaches_over_values(table, names[0], columns):
        row.oddities.append("三级指标跨了几行，下面的行另有数")
    _grouping(row, parts, above)
    _target(row, parts, number)
    for role, key in (
        ("actual", "actual"),
        ("rule", "rule"),
        ("cause", "deviation_cause"),
        ("action", "corrective_action"),
    ):
        cell = _own(parts, role, number, row)  # type: ignore[arg-type]
        if cell and (key == "actual" or (is_words(cell.text) and not is_figure(cell.text))):
            row.record.put(key, tidy(cell.text) if key == "actual" else paragraphs(cell.text), cell)
        elif cell and role == "cause" and squeezed(cell.text) == "0":
            row.record.put("no_cause", "0", cell)  # said of a full score; it states nothing
    for role in ("points", "score"):
        cell = _own(parts, role, number, row)  # type: ignore[arg-type]
        if cell and (text := points(cell.text)) is not None:
            row.record.put(role, text, cell)
    share = _own(parts, "share", number, row)
    if share and re.fullmatch(r"\d{1,3}(?:\.\d{1,6})?%?", squeezed(share.text)):
        head = squeezed("".join(cell.text for cell in columns.heads))
        text = squeezed(share.text)
        row.record.put("share", text if "%" in text or "系数(%)" not in head else f"{text}%", share)
    return row


def _is_unused(parts: Parts, names: list[Cell]) -> bool:
    """Tell a row that the template left for one more indicator: 指标2, and nothing else."""
    rest = [
        cell
        for role, cells in parts.by.items()
        if role not in ("name", "category", "subcategory")
        for cell in cells
    ]
    return all(PLACEHOLDER.fullmatch(squeezed(c.text)) for c in names) and all(is_blank(c.text) for c in rest)


def nameless(table: Table, number: int, columns: Columns) -> bool:
    """Tell whether a row has values of its own but no name: then the names of the rows below may have moved."""
    parts = columns.parts(table, number)
    own = [c for role in VALUES for c in parts.said(role) if c.place.row == number]
    return bool(own) and not [c for c in parts.said("name") if c.place.row == number]


def _reaches_over_values(table: Table, name: Cell, columns: Columns) -> bool:
    below = range(name.place.row + 1, name.place.row + name.rows)
    return any(
        cell.place.row == number
        for number in below
        for role in VALUES
        for cell in columns.parts(table, number).said(role)
    )


def is_part(row: Row) -> bool:
    """Tell a 其中 row, which splits the indicator above it."""
    return bool(_AMONG.match(row.said("name") or "")) and row.said("points") is None


def _headings(parts: Parts, above: Above) -> list[str]:
    """Keep the 一级 and 二级指标 of this row for those below; say where an own cell is not understood."""
    odd = []
    for role, labels in (("category", CATEGORIES), ("subcategory", SUBCATEGORIES)):
        said = parts.said(role)  # type: ignore[arg-type]
        if len(said) > 1:
            odd.append("一级、二级指标一栏有几个单元格")
        if not said:
            continue
        cell = said[0]
        if label_key(labels, cell.text) is None:
            odd.append(f"不认识指标类别“{shown(cell.text)}”")
        elif role == "category" and cell is not above.category:
            above.category, above.subcategory = cell, None
            if found := points_in(cell.text):
                above.heading_points.setdefault(str(label_key(labels, cell.text)), (found, cell))
        elif role == "subcategory" and cell is not above.subcategory:
            above.subcategory = cell
            if points_in(cell.text):
                above.without_field.append(cell)
    return odd


def _grouping(row: Row, parts: Parts, above: Above) -> None:
    sub = above.subcategory
    key = label_key(SUBCATEGORIES, sub.text) if sub else None
    if above.category:
        label = without_points(above.category.text)
        row.record.put(
            "category",
            label if key_of(CATEGORIES, label) else CATEGORIES[str(label_key(CATEGORIES, label))],
            above.category,
        )
        belongs = _BELONGS.get(key or "")
        held = label_key(CATEGORIES, above.category.text)
        if (
            belongs
            and held in ("output", "outcome", "satisfaction")
            and belongs != held
            and not parts.said("category")
            and not parts.said("subcategory")
        ):
            row.oddities.append("本行没有写一级指标，沿用上行的与二级指标不配")
    elif belongs := _BELONGS.get(key or ""):
        row.record.put("category", CATEGORIES[belongs], *([sub] if sub else []))
    if sub and key:
        label = without_points(sub.text)
        row.record.put("subcategory", label if key_of(SUBCATEGORIES, label) else SUBCATEGORIES[key], sub)
    if above.goal:
        row.record.put("goal", str(above.goal))


def _own(parts: Parts, role: Role, number: int, row: Row) -> Cell | None:
    """Give the row's own cell of a column; one that reaches over several rows says nothing certain about any."""
    cell = parts.cell(role)
    if cell is None:
        return None
    names = parts.said("name")
    if cell.place.row != number or cell.rows > max((name.rows for name in names), default=1):
        row.oddities.append("有单元格跨了几行")
        return None
    return cell


def _target(row: Row, parts: Parts, number: int) -> None:
    cell, signed, measure = (_own(parts, role, number, row) for role in ("target", "sign", "measure"))
    if signed is not None and sign(signed.text) is None:
        row.oddities.append(f"不认识指标性质“{shown(signed.text)}”")
    if cell is not None:
        row.record.values["target"] = joined(cell, signed, measure)
