"""The sheet 规则: what each rubric states, and what is in force for the form's rubric and year, looked up by formulas."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao.rendering.workbook.books import Book, formula, letter, put
from wenxiao.rendering.workbook.marks import RULES
from wenxiao.rubric import Band, Rubric, Rules, load_rubric, rubric_ids
from wenxiao.words import GRADES, KINDS, LEVELS, METHODS

MOST_BANDS: Final = 5
_FIRST: Final = 4
"""The first row of values; above stand the heading, ids and years."""
Value = str | Decimal | None


def _bands(name: str, bands: Iterable[Band]) -> dict[str, Value]:
    rows = sorted(bands, key=lambda band: band.from_, reverse=True)
    found: dict[str, Value] = {}
    for i in range(MOST_BANDS):
        found[f"{name}_from_{i}"] = rows[i].from_ if i < len(rows) else None
        found[f"{name}_share_{i}"] = rows[i].share if i < len(rows) else None
    return found


def _grades(rules: Rules) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for i, key in enumerate(GRADES):
        band = next((band for band in rules.grades if band.grade == key), None)
        found[f"grade_{i}"] = GRADES[key] if band else None
        found[f"grade_from_{i}"] = band.from_ if band else None
    return found


def stated(rules: Rules, rubric: str) -> dict[str, Value]:
    """Give what formulas need of the rules in force, by name; what a formula can't express is left out.

    ``rubric`` is how the form names it: an id, or the path of a bureau's own file.
    """
    execution, satisfaction = rules.execution, rules.satisfaction
    many = [len(one.bands) for one in (execution, satisfaction) if one is not None]
    found: dict[str, Value] = {
        "name": rules.name,
        "title": f"{KINDS[rules.kind]}表",
        "scored": "是" if rules.scored and all(count <= MOST_BANDS for count in many) else "否",
        "total": rules.total,
        "execution_points": rules.execution_points,
        "execution": execution.method if execution else None,
        "rate_first": "是" if rules.rate_first else "否",
        **_bands("execution", execution.bands if execution else ()),
        "quantitative": METHODS[rules.quantitative.method],
        "at_most": rules.quantitative.at_most,
        "floor": rules.quantitative.floor,
        "qualitative": METHODS[rules.qualitative.method],
        "satisfaction": METHODS["interval"] if satisfaction else None,
        **_bands("satisfaction", satisfaction.bands if satisfaction else ()),
        "deadlines": METHODS[rules.deadlines.method] if rules.deadlines else None,
        "execution_below": rules.thresholds.execution_below,
        "above_target_by": rules.thresholds.above_target_by,
        "goal_points": rules.goal_points,
        "rate_places": Decimal(rules.rate_places),
        "score_places": Decimal(rules.score_places),
        **_grades(rules),
    }
    for key in LEVELS:
        level = rules.levels.get(key)
        found[f"{key}_low"], found[f"{key}_high"] = (level.low, level.high) if level else (None, None)
    return found


@dataclass(frozen=True)
class Regulations:
    """Where the values in force stand: ``at["total"]`` is the address to write into a formula."""

    at: dict[str, str]


def editions(own: tuple[str, Rubric] | None = None) -> list[tuple[str, int, Rules]]:
    """Give every rubric's rules, one entry for each year from which they differ: (id, first year, rules).

    ``own`` is a bureau's own rubric with the name by which the form knows it.
    """
    known = [(name, load_rubric(name)) for name in rubric_ids()]
    if own is not None and own[0] not in rubric_ids():
        known.append(own)
    found = []
    for name, rubric in known:
        years = sorted({max(d.since, rubric.since) for _, _, d in rubric.dated()} or {rubric.since})
        found += [(name, year, rubric.at(year)) for year in years]
    return found


def write_rules(book: Book, own: tuple[str, Rubric] | None, rubric_at: str, year_at: str) -> Regulations:
    """Write the sheet; ``rubric_at`` and ``year_at`` are the cells of the form that choose."""
    sheet = book.sheet(RULES)
    columns = [(name, since, stated(rules, name)) for name, since, rules in editions(own)]
    head, cell = book.look("plain_head"), book.look("plain")
    last = letter(2 + len(columns))
    put(sheet, 1, 1, "值", head)
    put(sheet, 1, 2, "本表所用", head)
    put(sheet, 2, 1, "评分规则编号", cell)
    put(sheet, 3, 1, "起始评价年度", cell)
    ids, sinces = f"$C$2:${last}$2", f"$C$3:${last}$3"
    formula(sheet, 2, 2, f'={rubric_at}&""', cell)
    formula(sheet, 3, 2, f"=SUMPRODUCT(MAX(({ids}=$B$2)*({sinces}<=N({year_at}))*{sinces}))", cell)
    which = f"SUMPRODUCT(({ids}=$B$2)*({sinces}=$B$3)*(COLUMN({ids})-2))"
    for i, (name, since, _) in enumerate(columns):
        put(sheet, 1, 3 + i, f"{name} {since}", head)
        put(sheet, 2, 3 + i, name, cell)
        put(sheet, 3, 3 + i, since, cell)
    at = {}
    for row, key in enumerate(columns[0][2], _FIRST):
        put(sheet, row, 1, key, cell)
        values = f"$C${row}:${last}${row}"
        text = f'=IF(N($B$3)=0,"",IF(INDEX({values},1,{which})="","",INDEX({values},1,{which})))'
        formula(sheet, row, 2, text, cell)
        at[key] = f"{RULES}!$B${row}"
        for i, (_, _, found) in enumerate(columns):
            _value(sheet, row, 3 + i, found[key], book)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 1 + len(columns), 14)
    sheet.freeze_panes(3, 2)
    sheet.protect()
    sheet.hide()
    return Regulations(at)


def _value(sheet: Any, row: int, column: int, value: Value, book: Book) -> None:
    if isinstance(value, Decimal):
        content, look = book.number("plain", value)
        put(sheet, row, column, content, look)
    elif value is not None:
        put(sheet, row, column, value, book.look("plain"))
