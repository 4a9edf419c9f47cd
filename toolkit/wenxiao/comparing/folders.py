"""Many projects compared: a row for each, who gains and who loses. One that can't be scored stops nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

from wenxiao.comparing.pairs import Pair
from wenxiao.comparing.projects import compare_projects, remarks
from wenxiao.comparing.scores import Line, decimal, less, lines, moved, score_row
from wenxiao.comparing.shown import CHANGE, OUTCOMES, Column, Comparison, Part, Row, by_side, signed
from wenxiao.comparing.subjects import Match, Scored, Side, Subject, scored
from wenxiao.errors import InputError
from wenxiao.money import total
from wenxiao.rubric import load_rubric
from wenxiao.words import Words

_NAMED: Final = 3  # scores that a note names before it only counts


def _data(key: str, zh: str, en: str) -> Column:
    return Column(key, Words(zh, en), printed=False)


_COLUMNS: Final = (
    Column("title", Words("项目", "project"), data=False),
    _data("stem", "文件", "file"), _data("project", "项目", "project"), Column("outcome", Words("结果", "outcome")),
    Column("result_a", Words("A", "A"), data=False), Column("result_b", Words("B", "B"), data=False),
    _data("total_a", "总分 A", "total A"), _data("total_b", "总分 B", "total B"), CHANGE,
    _data("grade_a", "等级 A", "grade A"), _data("grade_b", "等级 B", "grade B"),
    _data("rubric_a", "规则 A", "rubric A"), _data("rubric_b", "规则 B", "rubric B"),
    _data("scores_moved", "变动的得分项", "scores moved"),
    _data("scored_change", "两边都有的得分之差", "change of the scores on both sides"),
    _data("facts_changed", "可影响得分的事实变动", "facts changed"),
    _data("claims_changed", "原文件数字变动", "claims changed"), _data("others_changed", "其他变动", "other changes"),
    Column("note", Words("说明", "note")),
)  # fmt: skip


def compare_under_rubric(one: Subject, two: Subject, year: int | None) -> Comparison:
    """Score the same facts under their own rubric and under the other, in the order the two were given.

    Raises:
        InputError: the rubric, or the only project under its own rubric, can't be loaded.
    """
    own = two if one.kind == "rubric" else one
    rubrics = [side.given if side.kind == "rubric" else None for side in (one, two)]
    for name in filter(None, rubrics):
        load_rubric(name)  # a faulty rubric is one problem, not one a project
    if own.kind == "project":
        a, b = (Side(own.only, rubric) for rubric in rubrics)
        try:
            return compare_projects(a, b, one.given, two.given)
        except InputError:
            # Only what the other rubric can't score is told in a row; the project's own faults are raised.
            scored(Side(own.only))
    matches = [(key, Side(path, rubrics[0]), Side(path, rubrics[1])) for key, path in own.projects.items()]
    return compare_folders(one, two, matches, year)


def compare_folders(one: Subject, two: Subject, matches: Iterable[Match], year: int | None) -> Comparison:
    """Give a row for each project: who gains most comes first, who has no total to compare last."""
    rows: list[Row] = []
    details = {}
    for key, a, b in matches:
        row, years = _project_row(key, a, b)
        if year is None or not years or year in years:
            rows.append(row)
            if a and b:
                names = (f"{side.given}（{key}）" for side in (one, two))
                details[key] = partial(compare_projects, a, b, *names)
    rows.sort(key=_by_gain)
    part = Part("projects", Words("各项目", "Projects"), _COLUMNS, tuple(rows), _tells)
    return Comparison(one.given, two.given, "folder", _summary(rows), (part,), details=details)


def _by_gain(row: Row) -> tuple[bool, Decimal, str]:
    change = row["change"]
    known = isinstance(change, Decimal)
    return not known, -change if isinstance(change, Decimal) else Decimal(0), str(row["stem"])


def _tells(row: Row) -> bool:
    counts = ("scores_moved", "facts_changed", "claims_changed", "others_changed")
    changed = row["result_a"] != row["result_b"] or any(row.get(key) for key in counts)
    return changed or row["outcome"] not in ("same", "no_total")


def _summary(rows: list[Row]) -> Words:
    if not rows:
        return Words("没有可比较的项目。", "There is no project to compare.")
    counts = Counter(str(row["outcome"]) for row in rows)
    told = [(counts[key], words) for key, words in OUTCOMES.items() if counts[key]]
    zh = "，".join(f"{n} 个{words.zh}" for n, words in told)
    en = ", ".join(f"{n} {words.en}" for n, words in told)
    still = Words("", "") if any(map(_tells, rows)) else Words("什么都没有变。", " Nothing changed.")
    return Words(f"共 {len(rows)} 个项目：{zh}。{still.zh}", f"{len(rows)} projects: {en}.{still.en}")


def _project_row(key: str, a: Side | None, b: Side | None) -> tuple[Row, set[int]]:
    """Give a project's row, and the years of its sides; no years where none could be loaded."""
    (one, fault_a), (two, fault_b) = _tried(a), _tried(b)
    row = _bare_row(key, one, two)
    if fault_a or fault_b:
        row |= {"outcome": "failed", "note": tuple(by_side(fault_a, fault_b))}
    elif one is None or two is None:
        row |= {"outcome": "added" if one is None else "removed"}
    else:
        row |= _compared(Pair(one, two), row["change"])
    return row, {side.year for side in (one, two) if side}


def _tried(side: Side | None) -> tuple[Scored | None, Words | None]:
    try:
        return (scored(side) if side else None), None
    except InputError as error:
        return None, _first(error)


def _first(error: InputError) -> Words:
    """Say the first fault of a file, and how many more there are."""
    first, more = error.problems[0], len(error.problems) - 1
    place = f"{first.line}:{first.column} {first.where}".rstrip() if first.line else first.where
    return Words(
        f"{place} {first.wrong.zh}".strip() + (f"（另有 {more} 处）" if more else ""),
        f"{place} {first.wrong.en}".strip() + (f" ({more} more)" if more else ""),
    )


def _bare_row(key: str, one: Scored | None, two: Scored | None) -> Row:
    a, b = (side.result if side else {} for side in (one, two))
    total_a, total_b = decimal(a.get("total")), decimal(b.get("total"))
    known = two or one
    name = known.facts["project"]["name"] if known else None
    return {
        "stem": key, "project": name, "title": tuple(Words(text, text) for text in (key, name) if text),
        "outcome": "no_total", "result_a": _result(a), "result_b": _result(b),
        "total_a": total_a, "total_b": total_b, "change": less(total_b, total_a),
        "grade_a": a.get("grade"), "grade_b": b.get("grade"), "rubric_a": a.get("rubric"), "rubric_b": b.get("rubric"),
        "note": (),
    }  # fmt: skip


def _result(result: dict[str, Any]) -> str | None:
    return " ".join(str(result[key]) for key in ("total", "grade") if result.get(key)) or None


def _compared(pair: Pair, change: Any) -> Row:
    """Give what a row says of a project scored on both sides."""
    found = [(line, score_row(pair, line)) for line in lines(pair)]
    changed = [row for _, row in found if row["a"] != row["b"]]
    changes = [one for _, row in found if isinstance(one := row["change"], Decimal)]
    summed = total(changes) if changes else None
    lost = [_lost(row) for line, row in found if _is_lost(line, row)]
    note = [*_moved(changed, summed if change is None else None), *lost, *remarks(pair)]
    outcome = "no_total" if change is None else "gains" if change > 0 else "loses" if change < 0 else "same"
    return {
        "outcome": outcome, "scores_moved": len(changed), "scored_change": summed, "facts_changed": len(pair.facts),
        "claims_changed": len(pair.claims), "others_changed": len(pair.others), "note": tuple(note),
    }  # fmt: skip


def _moved(changed: list[Row], summed: Decimal | None) -> Iterator[Words]:
    """Name the scores that moved; and their sum, where there is no total to show it."""
    known = [moved(row) for row in changed if row["change"] is not None]
    if not known:
        return
    more, first = len(known) - _NAMED, known[:_NAMED]
    zh, en = "、".join(one.zh for one in first), ", ".join(one.en for one in first)
    if more > 0:
        zh, en = f"{zh} 等 {len(known)} 项", f"{en} and {more} more"
    if summed is not None and len(known) > 1:
        zh, en = f"{zh}，合计 {signed(summed)}", f"{en}; together {signed(summed)}"
    yield Words(zh, en)


def _is_lost(line: Line, row: Row) -> bool:
    """Tell whether only one side scores what both have: a total then says less than it seems."""
    return bool(line.a and line.b) and (row["a"] is None) != (row["b"] is None)


def _lost(row: Row) -> Words:
    name, side = row["name"], "A" if row["a"] is None else "B"
    assert isinstance(name, Words)
    return Words(f"{side} 算不出“{name.zh}”的得分", f"{side} gives no score for {name.en}")
