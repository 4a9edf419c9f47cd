"""Forms damaged at random, as scans, conversions and copying damage them; and what an import made of them."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from imported_facts import flat
from wenxiao.findings import evaluate
from wenxiao.importing.grid import Cell, Grid, Paragraph, Table
from wenxiao.importing.interpreting import Imported, interpret
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.loading import sheet_of
from wenxiao.model import Project
from wenxiao.rubric import load_rubric

Cells = list[Cell]
FIGURES = re.compile(
    r"budget\.(?:amount_unit|received|total\.\w+|sources\[\d+\]\.(?:original|adjusted|outturn)|printed\.\w+|splits\[\d+\]\.parts\[\d+\]\.amount)"
    r"|indicators\[\d+\]\.(?:target|actual|points|share|printed\.score)|printed\.(?:total|points\.\w+)|objectives\[\d+\]\.points"
)
UNITS = (
    ("万元", "元"),
    ("元", "万元"),
    ("个", "套"),
    ("人", "户"),
    ("亩", "公顷"),
    ("%", "‰"),
    ("小时", "天"),
)


def _said(cells: Cells) -> list[int]:
    return [i for i, cell in enumerate(cells) if not is_blank(cell.text)]


def _moved(cell: Cell, rows: int = 0, columns: int = 0) -> Cell:
    place = replace(cell.place, row=cell.place.row + rows, column=cell.place.column + columns)
    return replace(cell, place=place)


def _placed(cells: Cells) -> Cells:
    return sorted(cells, key=lambda cell: (cell.place.row, cell.place.column))


def drop(cells: Cells, chance: random.Random) -> Cells:
    """A cell loses its text."""
    at = chance.choice(_said(cells))
    return [replace(cell, text="") if i == at else cell for i, cell in enumerate(cells)]


def merge(cells: Cells, chance: random.Random) -> Cells:
    """Two neighbours in a row become one cell with both texts."""
    pairs = [
        (a, b)
        for a in cells
        for b in cells
        if (a.place.row, a.rows, a.place.column + a.columns) == (b.place.row, b.rows, b.place.column)
    ]
    a, b = chance.choice(pairs)
    joined = replace(a, text=a.text + chance.choice(["", "\n"]) + b.text, columns=a.columns + b.columns)
    return [joined if cell is a else cell for cell in cells if cell is not b]


def merge_down(cells: Cells, chance: random.Random) -> Cells:
    """A cell and the one below it become one."""
    pairs = [
        (a, b)
        for a in cells
        for b in cells
        if (a.place.column, a.columns, a.place.row + a.rows) == (b.place.column, b.columns, b.place.row)
    ]
    a, b = chance.choice(pairs)
    joined = replace(a, text=a.text + chance.choice(["", "\n"]) + b.text, rows=a.rows + b.rows)
    return [joined if cell is a else cell for cell in cells if cell is not b]


def split(cells: Cells, chance: random.Random) -> Cells:
    """A text is torn in two; its second half takes the next column, and what follows in the row moves on."""
    at = chance.choice([i for i in _said(cells) if len(cells[i].text) > 1])
    torn = cells[at]
    where = chance.randrange(1, len(torn.text))
    end = torn.place.column + torn.columns
    moved = [
        _moved(cell, columns=1) if cell.place.row == torn.place.row and cell.place.column >= end else cell
        for cell in cells
        if cell is not torn
    ]
    second = _moved(replace(torn, text=torn.text[where:], columns=1), columns=torn.columns)
    return _placed([*moved, replace(torn, text=torn.text[:where]), second])


def unmerge(cells: Cells, chance: random.Random) -> Cells:
    """A merged cell falls into single ones; the first keeps the text."""
    wide = [cell for cell in cells if cell.columns > 1 or cell.rows > 1]
    if not wide:
        return drop(cells, chance)
    one = chance.choice(wide)
    parts = [
        replace(_moved(one, down, along), text=one.text if not (down or along) else "", rows=1, columns=1)
        for down in range(one.rows)
        for along in range(one.columns)
    ]
    return _placed([*(cell for cell in cells if cell is not one), *parts])


def shift_right(cells: Cells, chance: random.Random) -> Cells:
    """An empty cell slips into a row: what follows moves one column on."""
    one = cells[chance.choice(_said(cells))]
    return _placed([
        _moved(cell, columns=1) if cell.place.row == one.place.row and cell.place.column >= one.place.column else cell
        for cell in cells
    ])  # fmt: skip


def shift_left(cells: Cells, chance: random.Random) -> Cells:
    """A cell of a row is lost: what follows moves back into its place."""
    one = cells[chance.choice(_said(cells))]
    return _placed([
        _moved(cell, columns=-one.columns) if cell.place.row == one.place.row and cell.place.column > one.place.column else cell
        for cell in cells
        if cell is not one
    ])  # fmt: skip


def shift_down(cells: Cells, chance: random.Random) -> Cells:
    """The cells of a column slip down by one from some row on; the last one is lost."""
    one = cells[chance.choice(_said(cells))]
    column = [c for c in cells if (c.place.column, c.columns, c.rows) == (one.place.column, one.columns, 1)]
    column = [c for c in column if c.place.row >= one.place.row]
    texts = {id(below): above.text for above, below in pairwise(column)}
    return [replace(c, text=texts.get(id(c), "" if c is one else c.text)) for c in cells]


def double(cells: Cells, chance: random.Random) -> Cells:
    """A row stands twice."""
    row = cells[chance.choice(_said(cells))].place.row
    later: Cells = []
    for cell in cells:
        if cell.place.row > row:
            later.append(_moved(cell, rows=1))
        elif cell.place.row + cell.rows > row + 1 or (
            cell.place.row <= row < cell.place.row + cell.rows and cell.place.row < row
        ):
            later.append(replace(cell, rows=cell.rows + 1))
        elif cell.place.row == row:
            later += [cell, _moved(cell, rows=1)]
        else:
            later.append(cell)
    return _placed(later)


def lose_row(cells: Cells, chance: random.Random) -> Cells:
    """A row is lost."""
    row = cells[chance.choice(_said(cells))].place.row
    kept: Cells = []
    for cell in cells:
        if cell.place.row > row:
            kept.append(_moved(cell, rows=-1))
        elif cell.place.row + cell.rows > row and cell.rows > 1:
            kept.append(replace(cell, rows=cell.rows - 1))
        elif cell.place.row != row:
            kept.append(cell)
    return _placed(kept)


def change_unit(cells: Cells, chance: random.Random) -> Cells:
    """A unit is another one: 万元 for 元, 套 for 个."""
    places = [(i, old, new) for i, cell in enumerate(cells) for old, new in UNITS if _unit(cell.text, old)]
    if not places:
        return drop(cells, chance)
    at, old, new = chance.choice(places)
    text = re.sub(rf"{old}(?=$|\)|）)", new, cells[at].text, count=1)
    return [replace(cell, text=text) if i == at else cell for i, cell in enumerate(cells)]


def _unit(text: str, unit: str) -> bool:
    if unit == "元" and "万元" in text:
        return False
    return bool(re.search(rf"(?:\d|[(（]){unit}(?:$|\)|）)", text))


Mutation = Callable[[Cells, random.Random], Cells]
MUTATIONS: tuple[Mutation, ...] = (
    drop, merge, merge_down, split, unmerge, shift_right, shift_left, shift_down, double, lose_row, change_unit,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of one damaged form; ``silent`` names the figures that differ and of which nothing is said;
    ``printed`` those that the damaged document itself prints so, with another unit, and nowhere else otherwise."""

    mutation: str
    grid: Grid
    imported: Imported
    silent: tuple[str, ...]
    printed: tuple[str, ...]
    lost: tuple[str, ...]


def mutated(grid: Grid, mutation: Mutation, chance: random.Random) -> Grid:
    """Give the document with one of its tables damaged."""
    tables = [
        i for i, block in enumerate(grid.blocks) if isinstance(block, Table) and _said(list(block.cells))
    ]
    at = chance.choice(tables)
    blocks: list[Paragraph | Table] = list(grid.blocks)
    table = blocks[at]
    assert isinstance(table, Table)
    try:
        cells = mutation(list(table.cells), chance)
    except IndexError:  # no such pair of cells in this table
        cells = drop(list(table.cells), chance)
    blocks[at] = Table(table.name, tuple(cells))
    return replace(grid, blocks=tuple(blocks))


def outcome(grid: Grid, truth: Imported, seed: int) -> Outcome:
    """Damage a form once, import it, and compare every figure with the one of the sound form."""
    chance = random.Random(seed)
    mutation = chance.choice(MUTATIONS)
    damaged = mutated(grid, mutation, chance)
    imported = interpret(damaged)
    named = mutation is not change_unit  # which moves no row, but changes names that hold a number
    before, after = figures(truth.text, named, named), figures(imported.text, named)
    told = {note.field for note in imported.notes if note.uncertain}
    new = findings(imported.project) - findings(truth.project)
    silent = [
        f"{key}: {before.get(key, ('',))[0]} → {text}"
        for key, (text, field) in after.items()
        if before.get(key, ("", ""))[0] != text and not _said_of(field, told, new)
    ]
    if mutation is change_unit:  # the document itself prints the other unit, and nothing in it disagrees
        printed, silent = silent, []
    else:
        printed = []
    kept, whole = (Counter(squeezed(item.text) for item in texts(one)) for one in (damaged, grid))
    told_of = [*(one.text for one in imported.unread), *(note.text for note in imported.notes)]
    listed = squeezed(imported.text + "".join(told_of))
    lost = [
        f"{key}: {text}"
        for key, (text, _) in before.items()
        if key not in after and kept[text] >= whole[text] > 0 and text not in listed
    ]
    return Outcome(mutation.__name__, damaged, imported, tuple(silent), tuple(printed), tuple(lost))


def texts(grid: Grid) -> Iterator[Cell | Paragraph]:
    """Give every cell and paragraph."""
    for block in grid.blocks:
        yield from block.cells if isinstance(block, Table) else (block,)


def figures(text: str, named: bool = True, planned: bool = False) -> dict[str, tuple[str, str]]:
    """Give the figures of a params text → (text, field).

    By indicator's name, so that a lost row moves nothing; ``planned``: by the name of the target table too, which is left
    where the result table is lost.
    """
    facts = flat(sheet_of("imported.yaml", text).data)
    found: dict[str, tuple[str, str]] = {}
    for field, said in facts.items():
        if not FIGURES.fullmatch(field):
            continue
        key, group = field, re.match(r"(indicators|budget\.sources)\[\d+\]", field)
        if group and named:
            end = field[group.end() :]
            key = f"{group[1]} {squeezed(facts[f'{group[0]}.name'])}{end}"
            while key in found:
                key += "+"
            if planned and (name := facts.get(f"{group[0]}.planned_as")):
                found[f"{group[1]} {squeezed(name)}{end}"] = (squeezed(said), field)
        found[key] = (squeezed(said), field)
    return found


def findings(project: Project | None) -> set[tuple[str, str]]:
    """Give codes and places of the findings."""
    if project is None:
        return set()
    try:
        evaluation = evaluate(project, load_rubric(project.rubric))
    except Exception:  # unfit for its rubric: `check` says so at the place
        return {("unfit", "")}
    return {(f.code, f.where) for f in evaluation.findings}


def _said_of(field: str, told: set[str], new: set[tuple[str, str]]) -> bool:
    """Tell whether a figure is noted as uncertain, or a finding that the sound form does not have is about it."""
    if field in told or ("budget.amount_unit" in told and field.startswith("budget")):
        return True
    group = re.match(r"indicators\[\d+\]|budget", field)
    wholes = {"S201", "S202", "S203"} if "points" in field or "score" in field or "total" in field else set()
    return any(code in wholes or (group and where.startswith(group[0])) for code, where in new)
