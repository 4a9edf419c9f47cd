"""Indicators most often missed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from wenxiao.document import Block, Figure
from wenxiao.drawing import BLUE, RED, Drawing
from wenxiao.money import exact
from wenxiao.portfolio.figures import (
    NONE,
    clipped,
    count_of,
    paragraph,
    part_of,
    points,
    rate_of,
    share_of,
    table,
)
from wenxiao.words import CATEGORIES, SUBCATEGORIES

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

FEWEST: Final = 5
"""Indicators of one kind whose share of missed ones says anything."""
MOST: Final = 12
"""Kinds of indicators in the chart."""


@dataclass(slots=True)
class Tally:
    """Indicators of one kind: how many, how many can be compared, miss their target, and the points they have and lost."""

    all: int = 0
    comparable: int = 0
    missed: int = 0
    points: Decimal = Decimal(0)
    lost: Decimal = Decimal(0)

    def add(self, met: str | None, points: Decimal | None, score: Decimal | None) -> None:
        """Count one indicator."""
        self.all += 1
        self.comparable += met is not None
        self.missed += met == "no"
        if points is not None and score is not None:
            self.points += points
            self.lost += points - score


def tallies(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Tally]:
    """Count indicators by what the rows begin with; the rest of a row is met, points, score."""
    found: dict[Any, Tally] = {}
    with exact():
        for *key, met, points_, score in rows:
            found.setdefault(tuple(key), Tally()).add(met, points_, score)
    return found


def _rows(portfolio: "Portfolio", *key: str) -> dict[Any, Tally]:
    return tallies(portfolio.rows("indicators", *key, "met", "points", "score"))


def missed(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say which indicators miss their targets: in words, by kind, and by name."""
    kinds = _rows(portfolio, "category", "subcategory")
    whole = sum(one.all for one in kinds.values())
    if not whole:
        return ()
    comparable, lacking = (
        sum(getattr(one, name) for one in kinds.values()) for name in ("comparable", "missed")
    )
    ones = portfolio.ones
    projects = sum(one.missed > 0 for one in ones)
    said = paragraph(
        f"{count_of(len(ones))}项目共有 {count_of(whole, '项')}指标，其中 {part_of(comparable, whole, '项')}的实际完成值可以与指标值比较；",
        f"可以比较的指标中，{part_of(lacking, comparable, '项')}没有达到指标值，分布在 {part_of(projects, len(ones))}项目。",
        "其余指标是定性的、没有写完成值，或者两者的单位、期限无法比较。" if comparable < whole else "",
    )
    order = [(category, sub) for category in CATEGORIES.values() for sub in (*SUBCATEGORIES.values(), None)]
    listed = sorted(kinds.items(), key=lambda pair: order.index(pair[0]))
    head = (
        "二级指标",
        "一级指标",
        "指标数",
        "可以比较",
        "未达到",
        "未达到率",
        "计分的分值",
        "失分",
        "失分率",
    )
    by_kind = table(
        "各类指标的完成和失分", head, [_kind_row(key, one) for key, one in listed], (17, 14, 9, 9, 9, 11, 12, 10, 9),
        order="按自评表的顺序排列", prose=(1,), most=len(listed), noun="类", note="“未达到率”是未达到的占可以比较的比例，“失分率”是失分占计分的分值的比例。",
    )  # fmt: skip
    return (said, by_kind, *_by_name(portfolio))


def _kind_row(key: tuple[str, str | None], one: Tally) -> tuple[str, ...]:
    scored = one.points > 0
    return (
        key[1] or "未分二级", key[0], f"{one.all:,}", f"{one.comparable:,}", f"{one.missed:,}", share_of(one.missed, one.comparable),
        points(one.points) if scored else NONE, points(one.lost) if scored else NONE, rate_of(one.lost, one.points),
    )  # fmt: skip


def _by_name(portfolio: "Portfolio") -> tuple[Block, ...]:
    names = [(key, one) for key, one in _rows(portfolio, "indicator", "subcategory").items() if one.missed]
    if not names:
        return ()
    names.sort(
        key=lambda pair: (
            -pair[1].missed,
            -Decimal(pair[1].missed) / pair[1].comparable,
            pair[0][0],
            pair[0][1] or "",
        )
    )
    rows = [
        (
            clipped(name), sub or "未分二级", f"{one.comparable:,}", f"{one.missed:,}", share_of(one.missed, one.comparable),
            points(one.lost) if one.points > 0 else NONE,
        )
        for (name, sub), one in names
    ]  # fmt: skip
    head = ("三级指标", "二级指标", "可以比较", "未达到", "未达到率", "失分")
    order = "按未达到的次数从多到少排列，名称和二级指标都相同的合并统计"
    return (table("最常未达到的指标", head, rows, (36, 18, 12, 12, 12, 10), order=order, prose=(1,)),)


def missed_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw the share of missed indicators by kind; None where no kind has enough that can be compared."""
    found = [
        (sub or "未分二级", category, one)
        for (category, sub), one in _rows(portfolio, "category", "subcategory").items()
        if one.comparable >= FEWEST
    ]
    if not found:
        return None
    found.sort(key=lambda row: (-Decimal(row[2].missed) / row[2].comparable, row[0], row[1]))
    shown = found[:MOST]
    names = [sub for sub, _, _ in shown]
    named = [f"{category}·{sub}" if names.count(sub) > 1 else sub for sub, category, _ in shown]
    shares = [100 * one.missed / one.comparable for _, _, one in shown]
    drawing = Drawing(len(shown), 1.35 * (max(shares) or 1))
    for i, (name, share, (_, _, one)) in enumerate(zip(named, shares, shown, strict=True)):
        drawing.name(i, name)
        drawing.bar(i, share, 0.6, RED if one.missed else BLUE)
        drawing.value(
            i,
            share,
            f"{share_of(one.missed, one.comparable)}（{one.missed:,}/{one.comparable:,}）"
            if one.missed
            else f"0（共 {one.comparable:,} 项）",
        )
    drawing.scale(words="未达到率（%；括号内为未达到和可以比较的项数）")
    parts = "；".join(
        f"{name} {one.comparable:,} 项中 {one.missed:,} 项未达到（{share_of(one.missed, one.comparable)}）"
        for name, (_, _, one) in zip(named, shown, strict=True)
    )
    size = f"占比最高的 {MOST} 类，共 {len(found)} 类" if len(found) > MOST else f"{len(found)} 类"
    caption = f"未达到指标值的比例，按二级指标（{size}；可以比较的不少于 {FEWEST} 项）"
    return Figure(f"条形图：{parts}。", caption, svg=drawing.svg())
