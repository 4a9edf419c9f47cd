"""The scores of two projects side by side, and why each of them moved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao.comparing.facts import name_of, paired
from wenxiao.comparing.pairs import Pair
from wenxiao.comparing.shown import CHANGE, A, B, Column, Part, Row, signed
from wenxiao.loading import shown_where
from wenxiao.money import exact
from wenxiao.words import METHODS, Words

_COLUMNS: Final = (
    Column("where", Words("位置", "where"), printed=False), Column("name", Words("得分项", "score")), A, B, CHANGE,
    Column("why", Words("原因", "why")),
    Column("formula_a", Words("算法 A", "formula A"), printed=False),
    Column("formula_b", Words("算法 B", "formula B"), printed=False),
)  # fmt: skip
_RESULTS: Final = ("total", "grade")
_UNEXPLAINED: Final = Words(
    "没有事实或规则编号的变动能解释它：规则文件的内容或程序版本可能不同，或结果被改动过",
    "no changed fact or rubric id explains it: the rubric's text or the program may differ, or the result was edited",
)


@dataclass(frozen=True)
class Line:
    """One score on both sides: its place, its name, and what evaluation.json says of it (empty: not there)."""

    place: str
    name: Words
    a: dict[str, Any]
    b: dict[str, Any]


def lines(pair: Pair) -> Iterator[Line]:
    """Give the score for execution, then those of the indicators of B, then of those only A has."""
    one, two = pair.a.result, pair.b.result
    yield Line("budget", Words("预算执行率", "budget execution"), one["budget"], two["budget"])
    for i, j in paired(one["indicators"], two["indicators"]):
        a = {} if i is None else one["indicators"][i]
        b = {} if j is None else two["indicators"][j]
        index = i if j is None else j
        assert index is not None
        name = name_of(b or a)
        yield Line(shown_where(("indicators", index)), Words(name, name), a, b)


def score_part(pair: Pair) -> Part:
    """Give the table of scores, total and grade last; printed are those that moved, and the result."""
    rows = [score_row(pair, line) for line in lines(pair)]
    rows += [_total_row(pair, rows), _grade_row(pair)]
    return Part("scores", Words("得分", "Scores"), _COLUMNS, tuple(rows), _tells)


def _tells(row: Row) -> bool:
    return row["where"] in _RESULTS or row["a"] != row["b"]


def score_row(pair: Pair, line: Line) -> Row:
    """Give the row of one score."""
    one, two = decimal(line.a.get("score")), decimal(line.b.get("score"))
    row = _row(line.place, line.name, one, two, _why(pair, line) if one != two else ())
    return row | {"formula_a": line.a.get("formula"), "formula_b": line.b.get("formula")}


def _row(where: str, name: Words, a: Any, b: Any, why: Sequence[Words]) -> Row:
    change = None if where == "grade" else less(b, a)
    return {"where": where, "name": name, "a": a, "b": b, "change": change, "why": tuple(why)}


def _why(pair: Pair, line: Line) -> list[Words]:
    """Give what moved a score: facts it rests on, the rule, and what is missing where there is no score."""
    a, b = line.a, line.b
    said = pair.moving(line.place if b else f"{line.place}-")
    if not said and a.get("actual") != b.get("actual"):
        said += _changed(Words("由项目资金算出的完成值", "actual computed from the budget"), a, b, "actual")
    if pair.rules and a and b:
        said += [*pair.rules, *_changed_rule(a, b)]
    said += _missing("score", Words("{} 无得分：{}", "no score in {}: {}"), a, b)
    return said or [_UNEXPLAINED]


def _changed(said: Words, a: dict[str, Any], b: dict[str, Any], key: str) -> Iterator[Words]:
    """Say that a field of the result differs."""
    one, two = (str(side.get(key) or "—") for side in (a, b))
    if one != two:
        zh = " → ".join(METHODS.get(value, value) for value in (one, two))
        yield Words(f"{said.zh} {zh}", f"{said.en} {one} → {two}")


def _changed_rule(a: dict[str, Any], b: dict[str, Any]) -> Iterator[Words]:
    """Say how the rule treats one score otherwise: its method, and points that come from the rubric."""
    yield from _changed(Words("计分方法", "method"), a, b, "method")
    if "amount_unit" in a:
        yield from _changed(Words("分值", "points"), a, b, "points")


def _missing(key: str, said: Words, a: dict[str, Any], b: dict[str, Any]) -> Iterator[Words]:
    """Say why a side has no score or total."""
    for side, result in (("A", a), ("B", b)):
        if result.get(key) is None and (reason := result.get("reason")):
            yield Words(said.zh.format(side, reason), said.en.format(side, reason))


def _total_row(pair: Pair, rows: Sequence[Row]) -> Row:
    a, b = pair.a.result, pair.b.result
    one, two = decimal(a.get("total")), decimal(b.get("total"))
    said = [*pair.moving("total"), *(moved(row) for row in rows if row["a"] != row["b"])]
    said += _missing("total", Words("{} 无总分：{}", "no total in {}: {}"), a, b)
    why = (said or pair.rules or [_UNEXPLAINED]) if one != two else ()
    return _row("total", Words("总分", "total"), one, two, why)


def _grade_row(pair: Pair) -> Row:
    a, b = pair.a.result, pair.b.result
    one, two = a.get("grade"), b.get("grade")
    why: list[Words] = []
    if one != two:
        why = [*_changed(Words("总分", "total"), a, b, "total"), *pair.rules]
    return _row("grade", Words("等级", "grade"), one, two, why)


def moved(row: Row) -> Words:
    """Say by how much a score moved; from what to what where one side has none."""
    name, change = row["name"], row["change"]
    assert isinstance(name, Words)
    shown = " → ".join("—" if row[side] is None else str(row[side]) for side in ("a", "b"))
    if isinstance(change, Decimal):
        shown = signed(change)
    return Words(f"{name.zh} {shown}", f"{name.en} {shown}")


def decimal(value: Any) -> Decimal | None:
    """Read a score as evaluation.json writes it; None where there is none."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(value) if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) else None


def less(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    """Give a − b, exactly; None where one is missing."""
    if a is None or b is None:
        return None
    with exact():
        return a - b
