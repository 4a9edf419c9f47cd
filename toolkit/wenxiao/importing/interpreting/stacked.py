"""Tables whose every cell stands in a paragraph of its own, as old web pages and copied text have them.

Empty cells have left no trace there, so a row is known only by what its cells are. A table is put together again where its
paragraphs make rows in exactly one way; otherwise nothing is taken, and the list says what a person can do. What is
taken is in doubt all the same: nobody sees which cells were lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wenxiao.importing.grid import Cell, Grid, Paragraph, Table
from wenxiao.importing.interpreting.budget import is_total
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.importing.interpreting.columns import BUDGET_MARKS, Kind
from wenxiao.importing.interpreting.drafting import Draft, leaves
from wenxiao.importing.interpreting.goals import goal_kind
from wenxiao.importing.interpreting.heads import Role, is_total_label, role_of
from wenxiao.importing.interpreting.indicators import label_key
from wenxiao.importing.interpreting.labels import field_of
from wenxiao.importing.interpreting.ledger import Ledger
from wenxiao.importing.interpreting.marks import is_money_label, is_section, is_source_label
from wenxiao.importing.interpreting.quantities import (
    is_figure,
    is_words,
    money,
    points,
    rate,
    unit_said,
)
from wenxiao.importing.interpreting.titles import is_title
from wenxiao.importing.readers.places import Lined
from wenxiao.target import Bound, Moment, Range, read
from wenxiao.words import CATEGORIES, SUBCATEGORIES

WHY: Final = "原表的单元格一格一段，按先后顺序排成行，请对照原件核对"
UNREADABLE: Final = "这张表的单元格一格一段，分不清哪几格是一行，没有读；请从原网页或 Word 中选中整张表，粘贴到 Excel 另存后再导入，或照原件填写"
_LABELLED: Final = ("project.name", "project.department", "project.unit", "unit")
_OPTIONAL: Final = ("cause", "action", "rule", "other")
_NUMBERS: Final = ("points", "score", "share")
_FEWEST: Final = 5
"""Headings of indicators that must follow each other."""
_LONGEST_VALUE: Final = 80
_LONGEST_RUN: Final = 5_000


@dataclass
class Restacked:
    """A document with such tables put together; ``unreadable`` are the first paragraphs of those that could not be."""

    grid: Grid
    unreadable: list[Paragraph] = field(default_factory=list)
    sections: list[Paragraph] = field(default_factory=list)
    """Labels beside such tables that state nothing."""

    def tell(self, ledger: Ledger) -> None:
        """Say why paragraphs were not read, and use the labels of sections."""
        for one in self.unreadable:
            ledger.explain(one, UNREADABLE)
        ledger.use(*self.sections)


def restacked(grid: Grid) -> Restacked:
    """Give a document with the tables of single paragraphs put together; the document itself where there are none."""
    found = Restacked(grid)
    blocks: list[Paragraph | Table] = []
    tables = sum(1 for _ in grid.tables())
    at = made = 0
    while at < len(grid.blocks):
        table, used = None, 1
        if _may_begin(grid.blocks, at):
            table, used = _table(f"表{tables + made + 1}", _run(grid.blocks, at), found.unreadable)
        if table:
            blocks.append(table)
            made += 1
        else:
            used = max(used, 1)
            blocks += grid.blocks[at : at + used]
        at += used
    if made:
        blocks = _with_labels(blocks)
        found.grid = replace(grid, blocks=tuple(blocks))
        alone = [one for one in blocks if isinstance(one, Paragraph)]
        found.sections = [one for one in alone if _states_nothing(one.text)]
    return found


def _states_nothing(text: str) -> bool:
    """Tell the label of a section, and one whose value was left empty."""
    return (is_section(text) and not unit_said(text)) or field_of(text) in _LABELLED


def _may_begin(blocks: Sequence[Paragraph | Table], at: int) -> bool:
    """Tell whether two headings of a table follow each other here, the first perhaps below the label of its section."""
    two = [one for one in blocks[at : at + 2] if isinstance(one, Paragraph)]
    return len(two) == 2 and all(_is_head(one.text) for one in two)


def _is_head(text: str) -> bool:
    return bool(is_section(text) or role_of("indicators", text) or role_of("budget", text) or goal_kind(text))


def _run(blocks: Sequence[Paragraph | Table], at: int) -> list[Paragraph]:
    """Give the paragraphs from here to the next table."""
    run: list[Paragraph] = []
    for block in blocks[at : at + _LONGEST_RUN]:
        if isinstance(block, Table):
            break
        run.append(block)
    return run


def doubt_restacked(draft: Draft) -> None:
    """Mark every fact that was read from such a table."""
    for _, value in leaves(draft.tree):
        if any(isinstance(item.place, Lined) for item in value.items):
            value.doubt(WHY)


def _table(name: str, run: list[Paragraph], unreadable: list[Paragraph]) -> tuple[Table | None, int]:
    """Give the table that begins with a run of paragraphs, and how many of them it takes.

    None with a count: a table that can't be put together; None and 0: none begins here.
    """
    heads = _heads("indicators", run)
    if (
        len(heads) >= _FEWEST
        and {"name", "target"} <= set(heads)
        and set(heads) & {"points", "score", "actual"}
    ):
        return _indicators(name, run, heads, unreadable)
    section = bool(run) and is_section(run[0].text) and is_money_label(run[0].text)
    heads = _heads("budget", run[section:])
    if len(set(heads) & BUDGET_MARKS) > 1:
        return _budget(name, run, heads, section, unreadable)
    return _goals(name, run)


def _heads(kind: Kind, run: list[Paragraph]) -> list[Role]:
    """Give what the paragraphs from here on are headings of."""
    heads: list[Role] = []
    for one in run:
        role = role_of(kind, one.text)
        if role is None:
            break
        heads.append(role)
    return heads


# --- indicators ---------------------------------------------------------------------------------------------------------


def _indicators(
    name: str, run: list[Paragraph], heads: list[Role], unreadable: list[Paragraph]
) -> tuple[Table | None, int]:
    first = len(heads)
    end = next((at for at in range(first, len(run)) if _ends(run[at].text)), len(run))
    body = run[first:end]
    rows = _rows([one.text for one in body], heads) if len(set(heads)) == len(heads) else None
    if rows is None:
        unreadable.append(run[0])
        return None, end
    cells = [_cell(name, 1, column, one) for column, one in enumerate(run[:first], 1)]
    at = 0
    for number, row in enumerate(rows, 2):
        for role in row:
            cells.append(_cell(name, number, heads.index(role) + 1, body[at]))
            at += 1
    total, taken = _total(name, len(rows) + 2, run[end:], heads)
    return Table(name, tuple(cells + total)), end + taken


def _ends(text: str) -> bool:
    return (
        is_total_label(text) or is_title(text) or (field_of(text) or "").startswith(("narrative.", "signed."))
    )


def _rows(texts: list[str], heads: list[Role]) -> list[list[Role]] | None:
    """Give for each row the columns that its paragraphs stand in; None where there is not exactly one way.

    ``ways[i]`` counts in how many ways, up to two, the paragraphs from ``i`` on make rows.
    """
    ways = [0] * len(texts) + [1]
    begins: list[list[list[Role]]] = [[] for _ in texts]
    for at in range(len(texts) - 1, -1, -1):
        begins[at] = [row for row in _row(texts, at, heads) if ways[at + len(row)]]
        ways[at] = min(2, sum(ways[at + len(row)] for row in begins[at]))
    if not texts or ways[0] != 1:
        return None
    rows: list[list[Role]] = []
    at = 0
    while at < len(texts):
        (row,) = begins[at]
        rows.append(row)
        at += len(row)
    return rows


def _row(texts: list[str], at: int, heads: list[Role]) -> list[list[Role]]:
    """Give the rows that may begin at a paragraph, each as the columns that its paragraphs stand in."""
    found: list[list[Role]] = [[]]
    for role in heads:
        following: list[list[Role]] = []
        for row in found:
            here = at + len(row)
            fits = here < len(texts) and _fits(role, texts[here])
            if fits:
                following.append([*row, role])
            if role in _OPTIONAL or (role in ("category", "subcategory") and not fits):
                following.append(row)
        found = following
    return found


def _fits(role: Role, text: str) -> bool:
    """Tell whether a paragraph can stand in a column."""
    if role == "category":
        return label_key(CATEGORIES, text) is not None
    if role == "subcategory":
        return label_key(SUBCATEGORIES, text) is not None
    heading = label_key(CATEGORIES, text) or label_key(SUBCATEGORIES, text)
    if role in _NUMBERS:
        return points(text) is not None
    if role in ("name", *_OPTIONAL):
        short = len(text) <= _LONGEST_VALUE
        figure = short and (is_figure(text) or isinstance(read(text), Bound | Range | Moment))
        return is_words(text) and not figure and not heading
    return not heading


def _total(name: str, number: int, rest: list[Paragraph], heads: list[Role]) -> tuple[list[Cell], int]:
    """Give the row 总分 with its two numbers; nothing where there are not two."""
    if len(rest) < 3 or not is_total_label(rest[0].text) or not {"points", "score"} <= set(heads):
        return [], 0
    if any(points(one.text) is None for one in rest[1:3]):
        return [], 0
    places = (1, heads.index("points") + 1, heads.index("score") + 1)
    return [_cell(name, number, column, one) for column, one in zip(places, rest, strict=False)], 3


# --- money and goals ----------------------------------------------------------------------------------------------------


def _budget(
    name: str, run: list[Paragraph], heads: list[Role], section: bool, unreadable: list[Paragraph]
) -> tuple[Table | None, int]:
    """Put rows together that have a label and a cell under each heading, no more and no fewer."""
    at = section + len(heads)
    left = [_cell(name, 1, 1, run[0])] if section else []
    cells = [*left, *(_cell(name, 1, column, one) for column, one in enumerate(run[section:at], 3))]
    number = 1
    while at < len(run) and _is_source(run[at].text):
        values = run[at + 1 : at + 1 + len(heads)]
        after = run[at + 1 + len(heads) : at + 2 + len(heads)]
        if len(values) < len(heads) or not all(_is_amount(one.text) for one in values):
            break
        if after and _is_amount(after[0].text):
            break
        number += 1
        cells += [_cell(name, number, column, one) for column, one in enumerate((run[at], *values), 2)]
        at += 1 + len(heads)
    if number == 1:
        unreadable.append(run[0])
        return None, at
    return Table(name, tuple(cells)), at


def _is_source(text: str) -> bool:
    return (
        is_total(text)
        or squeezed(text).startswith("其中")
        or (is_source_label(text) and not _is_amount(text))
    )


def _is_amount(text: str) -> bool:
    return is_blank(text) or money(text) is not None or rate(text) is not None


def _goals(name: str, run: list[Paragraph]) -> tuple[Table | None, int]:
    """Put 预期目标, 实际完成情况 and the two texts below them together, where they are two."""
    if len(run) < 4 or {goal_kind(one.text) for one in run[:2]} != {"planned", "actual"}:
        return None, 0
    planned, actual, *after = run[2:5]
    known = [one for one in (planned, actual) if _is_known(one.text)]
    if known or (after and not _is_known(after[0].text)):
        return None, 0
    rows = ((run[0], run[1]), (planned, actual))
    return Table(
        name,
        tuple(
            _cell(name, row, column, one)
            for row, pair in enumerate(rows, 1)
            for column, one in enumerate(pair, 1)
        ),
    ), 4


def _is_known(text: str) -> bool:
    """Tell a heading or label of a form."""
    return bool(
        is_section(text)
        or field_of(text)
        or is_title(text)
        or role_of("indicators", text)
        or role_of("budget", text)
    )


# --- labels -------------------------------------------------------------------------------------------------------------


def _with_labels(blocks: list[Paragraph | Table]) -> list[Paragraph | Table]:
    """Put 项目名称 and the like beside the paragraph below, which is the value unless it is a heading itself."""
    found: list[Paragraph | Table] = []
    at = 0
    while at < len(blocks):
        label, value = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
        if (
            isinstance(label, Paragraph)
            and isinstance(value, Paragraph)
            and field_of(label.text) in _LABELLED
            and not is_blank(value.text)
            and len(value.text) <= _LONGEST_VALUE
            and is_words(value.text)
            and not _is_known(value.text)
            and ":" not in squeezed(value.text)
        ):
            name = f"第{label.place.line}段"
            found.append(Table(name, (_cell(name, 1, 1, label), _cell(name, 1, 2, value))))
            at += 2
        else:
            found.append(label)
            at += 1
    return found


def _cell(name: str, row: int, column: int, one: Paragraph) -> Cell:
    return Cell(one.text, Lined(name, row, column, one.place.line))
