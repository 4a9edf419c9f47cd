"""One project compared with one: its scores, and the facts that differ."""

from collections.abc import Iterator, Sequence
from typing import Final

from wenxiao.comparing.facts import Difference
from wenxiao.comparing.pairs import Pair
from wenxiao.comparing.scores import score_part
from wenxiao.comparing.shown import SIDES, Column, Comparison, Part, Row, by_side
from wenxiao.comparing.subjects import Scored, Side, scored
from wenxiao.loading import shown_where
from wenxiao.words import Words

_COLUMNS: Final = (Column("where", Words("位置", "where")), Column("label", Words("事实", "fact")), *SIDES)


def compare_projects(one: Side, two: Side, name_a: str, name_b: str) -> Comparison:
    """Compare two projects, or one under two rubrics.

    Raises:
        InputError: one of them can't be loaded or scored.
    """
    pair = Pair(scored(one), scored(two))
    parts = (
        score_part(pair),
        _facts("facts", Words("可影响得分的事实", "Facts that scores rest on"), [fact for fact, _ in pair.facts]),
        _facts("claims", Words("原文件上写的数（只核对，不影响得分）", "Printed claims (move no score)"), pair.claims),
        _facts("others", Words("不影响得分的其他变动", "Other changes (move no score)"), pair.others),
    )  # fmt: skip
    return Comparison(name_a, name_b, "project", _summary(parts), parts, (*pair.rules, *remarks(pair)))


def _facts(key: str, title: Words, found: Sequence[Difference]) -> Part:
    return Part(key, title, _COLUMNS, tuple(map(_row, found)))


def _row(one: Difference) -> Row:
    said_a, said_b = one.cut
    return {
        "where": shown_where(one.path), "label": one.label, "a": one.a, "b": one.b, "said_a": said_a, "said_b": said_b,
    }  # fmt: skip


_COUNTS: Final = (
    Words("{} 项得分变动", "scores moved: {}"),
    Words("可影响得分的事实变动 {} 处", "facts that scores rest on: {}"),
    Words("原文件上写的数变动 {} 处", "printed claims: {}"),
    Words("其他变动 {} 处", "other changes: {}"),
)


def _summary(parts: Sequence[Part]) -> Words:
    """Say how total and grade went, and how much changed."""
    *scores, total, grade = parts[0].rows
    moved = sum(row["a"] != row["b"] for row in scores)
    counts = (moved, *(len(part.rows) for part in parts[1:]))
    said = [*_went(Words("总分", "total"), total), *_went(Words("等级", "grade"), grade)]
    said += [Words(w.zh.format(n), w.en.format(n)) for w, n in zip(_COUNTS, counts, strict=True) if n]
    if not said:
        return Words("得分和事实都没有不同。", "No score and no fact differs.")
    en = "; ".join(one.en for one in said)
    return Words("；".join(one.zh for one in said) + "。", f"{en[0].upper()}{en[1:]}.")


def _went(name: Words, row: Row) -> Iterator[Words]:
    if row["a"] != row["b"]:
        shown = " → ".join("—" if row[side] is None else str(row[side]) for side in ("a", "b"))
        yield Words(f"{name.zh} {shown}", f"{name.en} {shown}")


def remarks(pair: Pair) -> Iterator[Words]:
    """Say what a reader must know of either side: a what-if, or no total."""
    what_if = Words("这是试算报告，其中有事实被临时改动。", "a what-if report: facts were replaced in it.")
    yield from by_side(*(what_if if side.result.get("overrides") else None for side in (pair.a, pair.b)))
    yield from by_side(*(_no_total(side) for side in (pair.a, pair.b)))


def _no_total(side: Scored) -> Words | None:
    reason = side.result.get("reason")
    return Words(str(reason), str(reason)) if reason else None
