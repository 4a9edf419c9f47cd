"""The columns of a table under their heading row: which cells of a row hold what."""

from dataclasses import dataclass, field
from typing import Literal

from wenxiao.importing.grid import Cell, Table
from wenxiao.importing.interpreting.cleaning import bare, is_blank
from wenxiao.importing.interpreting.heads import Role, role_of

Kind = Literal["indicators", "budget"]
_INDICATOR_MARKS: set[Role] = {"name", "target", "actual"}
BUDGET_MARKS: set[Role] = {"original", "adjusted", "outturn", "rate"}


@dataclass
class Parts:
    """The cells of one row: by what they hold; across several columns; under no known heading; half under one."""

    by: dict[Role, list[Cell]] = field(default_factory=dict)
    across: list[Cell] = field(default_factory=list)
    outside: list[Cell] = field(default_factory=list)
    askew: list[Cell] = field(default_factory=list)

    def cell(self, role: Role) -> Cell | None:
        """Give the one cell that says something, or None where there is none or more than one."""
        said = self.said(role)
        return said[0] if len(said) == 1 else None

    def said(self, role: Role) -> list[Cell]:
        """Give the cells that say something."""
        return [cell for cell in self.by.get(role, ()) if not is_blank(cell.text)]


@dataclass
class Columns:
    """Which role each column has, from one or two heading rows; ``heads`` are the heading cells."""

    kind: Kind
    roles: dict[int, Role]
    heads: list[Cell]
    last_row: int

    def parts(self, table: Table, row: int) -> Parts:
        """Sort the cells of a row."""
        parts = Parts()
        for cell in table.row(row):
            under = [
                self.roles.get(column)
                for column in range(cell.place.column, cell.place.column + cell.columns)
            ]
            known = [role for role in dict.fromkeys(under) if role is not None]
            if not known:
                parts.outside.append(cell)
            elif len(known) > 1:
                parts.across.append(cell)
            else:
                if None in under:
                    parts.askew.append(cell)
                parts.by.setdefault(known[0], []).append(cell)
        return parts

    def first(self) -> int:
        """Give the leftmost column with a role."""
        return min(self.roles)

    def head_over(self, cell: Cell) -> str:
        """Give the heading over a cell in plain characters; the lowest one where there are two."""
        at = cell.place.column
        over = [one for one in self.heads if one.place.column <= at < one.place.column + one.columns]
        return bare(over[-1].text) if over else ""

    def has(self, role: Role) -> bool:
        """Tell whether the table has such a column."""
        return role in self.roles.values()


def columns_at(table: Table, row: int) -> Columns | None:
    """Give the columns where a row is the heading of indicators or of the budget; None where it is neither.

    A second heading row below (年度指标值 over 指标性质, 指标值, 度量单位) is taken in.
    """
    for kind in ("indicators", "budget"):
        found = _roles(table, row, kind)
        if kind == "budget":
            _without_label(table, row, found)
        if found and _is_head(kind, found):
            heads = [cell for cell in table.row(row) if not is_blank(cell.text)]
            last = row
            below = _roles(table, row + 1, kind, row + 1) if row < table.height else {}
            if len(set(below.values())) > 1 and _only_heads(table, row + 1, kind):
                found |= below
                heads += [cell for cell in table.row(row + 1) if cell.place.row == row + 1]
                last = row + 1
            return Columns(kind, found, heads, last)
    return None


def _without_label(table: Table, row: int, roles: dict[int, Role]) -> None:
    """Take away 年度预算数（万元） where it names the rows, left of the column that holds the adjusted budget."""
    held = [cell for cell in table.row(row) if roles.get(cell.place.column) == "adjusted"]
    if len(held) > 1 and held[0].place.column == min(roles):
        for column in range(held[0].place.column, held[0].place.column + held[0].columns):
            del roles[column]


def _is_head(kind: Kind, roles: dict[int, Role]) -> bool:
    held = set(roles.values())
    if kind == "budget":
        return len(held & BUDGET_MARKS) > 1
    return bool(held & _INDICATOR_MARKS) and len(held - {"other", "cause"}) > 1 and len(
        held & {"name", "category", "subcategory", "target", "points"}
    ) > 1  # fmt: skip


def _roles(table: Table, row: int, kind: Kind, since: int = 0) -> dict[int, Role]:
    found: dict[int, Role] = {}
    for cell in table.row(row):
        role = role_of(kind, cell.text) if cell.place.row >= since else None
        if role is not None:
            found |= dict.fromkeys(range(cell.place.column, cell.place.column + cell.columns), role)
    return found


def _only_heads(table: Table, row: int, kind: Kind) -> bool:
    """Tell whether a row under a heading holds headings only."""
    own = [cell for cell in table.row(row) if cell.place.row == row and not is_blank(cell.text)]
    return bool(own) and all(role_of(kind, cell.text) for cell in own)
