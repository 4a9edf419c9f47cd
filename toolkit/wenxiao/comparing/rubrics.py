"""Two rubrics compared: each value that differs, in which years, and what it rests on."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from wenxiao.comparing.shown import SIDES, Cell, Column, Comparison, Part, Row
from wenxiao.comparing.subjects import Subject, refusal
from wenxiao.errors import InputError
from wenxiao.regulation import ITEMS, value_text
from wenxiao.rubric import DATED, Basis, Dated, Rubric, in_force, load_rubric
from wenxiao.words import KINDS, Words

_COLUMNS: Final = (
    Column("where", Words("位置", "where"), printed=False), Column("label", Words("规定", "rule")),
    Column("years", Words("适用年度", "years"), data=False),
    Column("from", Words("自（年度）", "from"), printed=False), Column("to", Words("至（年度）", "to"), printed=False),
    *SIDES,
    Column("reference_a", Words("依据 A", "reference A"), printed=False),
    Column("reference_b", Words("依据 B", "reference B"), printed=False),
    Column("verified_a", Words("已核对 A", "verified A"), printed=False),
    Column("verified_b", Words("已核对 B", "verified B"), printed=False),
)  # fmt: skip
_SOURCE_COLUMNS: Final = (
    Column("rubric", Words("规则", "rubric")), Column("reference", Words("依据", "reference")),
    Column("rules", Words("规定", "rules")),
)  # fmt: skip
_UNDATED: Final = {
    "since": Words("适用年度起点", "applies from"),
    "name": Words("名称", "name"),
    "based_on": Words("所依据的规则", "based on"),
    "kind": Words("评价的种类", "kind"),
    "scored": Words("是否计分", "scored"),
}
_SCORED: Final = {True: Words("是", "yes"), False: Words("否", "no")}
_KINDS: Final = {key: Words(label, key) for key, label in KINDS.items()}
_Sides = tuple[Dated[Any] | None, Dated[Any] | None]


def compare_rubrics(one: Subject, two: Subject, year: int | None) -> Comparison:
    """Compare two rubrics over the years both apply to, or in one year.

    Raises:
        InputError: one of them can't be loaded, or does not apply to the year.
    """
    a, b = load_rubric(one.given), load_rubric(two.given)
    for given, rubric in ((one, a), (two, b)):
        if year is not None and year < rubric.since:
            raise _too_early(given.given, year, rubric.since)
    rows = (*_undated_rows(a, b), *_dated_rows(a, b, year))
    rules = Part("rules", Words("不同的规定", "Rules that differ"), _COLUMNS, rows)
    sources = Part("sources", Words("依据", "References"), _SOURCE_COLUMNS, tuple(_sources(rows)))
    summary = Words(f"有 {len(rows)} 项规定不同。", f"Rules that differ: {len(rows)}.")
    if not rows:
        summary = Words("没有不同的规定。", "No rule differs.")
    return Comparison(one.given, two.given, "rubric", summary, (rules, sources))


def _too_early(given: str, year: int, since: int) -> InputError:
    return refusal(
        given,
        Words(f"这套评分规则不适用于 {year} 年度（自 {since} 年度起适用）。", f"This rubric does not apply to {year} (it applies from {since} on)."),
        Words("改用两套规则都适用的年度。", " Take a year to which both apply."),
    )  # fmt: skip


def _undated_rows(a: Rubric, b: Rubric) -> Iterator[Row]:
    for name, said in _UNDATED.items():
        one, two = getattr(a, name), getattr(b, name)
        if one != two:
            yield _row(name, said, _undated(name, one), _undated(name, two))


def _undated(name: str, value: Any) -> Cell:
    if name == "kind":
        return _KINDS[value]
    return _SCORED[value] if name == "scored" else None if value is None else str(value)


def _dated_rows(a: Rubric, b: Rubric, year: int | None) -> Iterator[Row]:
    """Give a row for each value and each run of years in which it differs."""
    first = max(a.since, b.since)
    for name in DATED:
        values = getattr(a, name), getattr(b, name)
        sinces = {dated.since for side in values for dated in side if dated.since > first}
        for from_, to, sides in _runs(values, [year] if year else [first, *sorted(sinces)]):
            row = _dated_row(name, from_, year or to, sides, (a, b))
            # What reads the same in words makes no difference: a formula for ≤ where none is used.
            if _value(sides[0]) != _value(sides[1]) and row["a"] != row["b"]:
                yield row


def _runs(values: tuple[Any, Any], years: Sequence[int]) -> Iterator[tuple[int, int | None, _Sides]]:
    """Give each run of years in which both sides keep their value: first year, last (None: open), what is in force."""
    sides_by_year = [(year, (in_force(values[0], year), in_force(values[1], year))) for year in years]
    grouped = groupby(sides_by_year, key=lambda one: [_value(side) for side in one[1]])
    runs = [next(group) for _, group in grouped]
    for i, (first, sides) in enumerate(runs):
        yield first, runs[i + 1][0] - 1 if i + 1 < len(runs) else None, sides


def _value(dated: Dated[Any] | None) -> Any:
    return dated and dated.value


def _dated_row(name: str, from_: int, to: int | None, sides: _Sides, rubrics: tuple[Rubric, Rubric]) -> Row:
    values = [value_text(name, side.value) if side else None for side in sides]
    row = _row(name, ITEMS[name], *values)
    row |= {"from": from_, "to": to, "years": _years(from_, to)}
    for letter, rubric, side in zip("ab", rubrics, sides, strict=True):
        if side:
            row |= {f"reference_{letter}": _reference(rubric, side), f"verified_{letter}": side.verified}
            row |= {} if side.verified else {f"said_{letter}": _doubted(value_text(name, side.value))}
    return row


def _years(from_: int, to: int | None) -> Words:
    if to is None:
        return Words(f"{from_} 起", f"from {from_}")
    span = str(from_) if from_ == to else f"{from_}–{to}"
    return Words(span, span)


def _reference(rubric: Rubric, dated: Dated[Any]) -> Words:
    reference = rubric.references[dated.reference]
    title = Basis(reference, dated.since, verified=True).text
    return Words(title, title) if dated.verified else _doubted(Words(title, title))


def _doubted(said: Words) -> Words:
    return Words(f"{said.zh}（尚待与原文核对）", f"{said.en} (to be confirmed)")


def _row(where: str, said: Words, a: Cell, b: Cell) -> Row:
    return {"where": where, "label": said, "a": a, "b": b, "said_a": a, "said_b": b}


def _sources(rows: Sequence[Row]) -> Iterator[Row]:
    """Give each reference of either rubric once, with the rules that rest on it."""
    for side in ("a", "b"):
        resting: dict[Cell, dict[Cell, None]] = {}
        for row in rows:
            if row.get(f"reference_{side}"):
                resting.setdefault(row[f"reference_{side}"], {})[row["label"]] = None
        for reference, labels in resting.items():
            rules = tuple(label for label in labels if isinstance(label, Words))
            yield {"rubric": side.upper(), "reference": reference, "rules": rules}
