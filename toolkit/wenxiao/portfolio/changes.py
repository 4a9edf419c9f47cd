"""The same project in two years."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Figure
from wenxiao.portfolio.figures import (
    NONE,
    count_of,
    grouped_by,
    median,
    paragraph,
    part_of,
    points,
    signed,
    table,
)
from wenxiao.portfolio.ones import One

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

Pair = tuple[One, One]
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?度?|\s+")
_NONE: Final = Decimal(0)
MOST: Final = 15
"""Pairs in the chart."""


def same(name: str) -> str:
    """Give a project's name without years, spaces and full-width letters: what two years of one project share.

    >>> same("2021年度 视频会议接入"), same("视频会议接入（２０２２年）")
    ('视频会议接入', '视频会议接入()')
    """
    return _YEAR.sub("", unicodedata.normalize("NFKC", name))


def pairs_of(ones: Sequence[One]) -> tuple[list[Pair], int]:
    """Give each project with itself in the next year there is, and the names left out: two of one unit in one year."""
    pairs, doubtful = list[Pair](), 0
    for group in grouped_by(ones, lambda one: (same(one.name), one.unit)).values():
        years = [one.year for one in group]
        if len(set(years)) < 2:
            continue
        if len(set(years)) < len(years):
            doubtful += 1
            continue
        ordered = sorted(group, key=lambda one: one.year)
        pairs += pairwise(ordered)
    return pairs, doubtful


def _moved(pair: Pair) -> Decimal | None:
    before, after = pair
    return None if before.total is None or after.total is None else after.total - before.total


def _spent(pair: Pair) -> Decimal | None:
    before, after = pair
    return None if before.rate is None or after.rate is None else after.rate - before.rate


def changes(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say what became of projects that were evaluated in more than one year."""
    ones = portfolio.ones
    if not ones:
        return ()
    pairs, doubtful = pairs_of(ones)
    unclear = (
        f"另有 {count_of(doubtful)}名称在同一单位同一年度不止一份报告，无法对应，没有比较。"
        if doubtful
        else ""
    )
    if not pairs:
        return (
            paragraph(
                f"{count_of(len(ones))}项目中，没有名称和实施单位都相同、在两个年度都有报告的项目，不作年度比较。{unclear}"
            ),
        )
    moved = [change for pair in pairs if (change := _moved(pair)) is not None]
    said = [
        f"名称（不计年份）和实施单位都相同、在不止一个年度有报告的项目，有 {count_of(len(pairs), '对')}相邻的年度可以对照；其中 ",
        f"{part_of(len(moved), len(pairs), '对')}两年都有总分",
    ]
    if moved:
        up, down = sum(one > 0 for one in moved), sum(one < 0 for one in moved)
        said.append(
            f"：上升 {part_of(up, len(moved), '对')}，下降 {part_of(down, len(moved), '对')}，持平 "
            f"{part_of(len(moved) - up - down, len(moved), '对')}；变化的中位数为 {signed(median(moved))} 分"
        )
    measure, name = (_moved, "总分") if moved else (_spent, "执行率")
    shown = [pair for pair in pairs if measure(pair)]
    shown.sort(key=lambda pair: (-abs(measure(pair) or _NONE), pair[1].key))
    words = paragraph(*said, "。", "" if shown else f"没有一对的{name}有变化。", unclear)
    if not shown:
        return (words,)
    head = ("项目", "实施单位", "年度", "总分", "总分变化", "执行率（%）")
    rows = [_row(pair) for pair in shown]
    order = f"只列{name}有变化的，按变化从大到小排列"
    return words, table(
        "同一项目的年度变化", head, rows, (20, 16, 15, 18, 9, 22), order=order, prose=(1, 2), noun="对"
    )


def _row(pair: Pair) -> tuple[str, ...]:
    before, after = pair
    moved = _moved(pair)
    return (
        after.name, after.unit, f"{before.year} → {after.year}", f"{points(before.total)} → {points(after.total)}",
        NONE if moved is None else signed(moved), f"{points(before.rate)} → {points(after.rate)}",
    )  # fmt: skip


def changes_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw the largest changes of the total; None where none changed."""
    from wenxiao.portfolio.plots import Change, moves

    found = [pair for pair in pairs_of(portfolio.ones)[0] if _moved(pair)]
    if not found:
        return None
    found.sort(key=lambda pair: (-abs(_moved(pair) or _NONE), pair[1].key))
    shown = [
        Change(after.name, before.year, after.year, before.total, after.total)
        for before, after in found[:MOST]
        if before.total is not None and after.total is not None
    ]
    parts = "；".join(
        f"{one.name} {one.first}年度 {points(one.before)} 分，{one.second}年度 {points(one.after)} 分"
        for one in shown
    )
    size = f"变化最大的 {MOST} 对，共 {len(found):,} 对" if len(found) > MOST else f"{len(found)} 对"
    caption = f"同一项目两个年度的总分（{size}；空心为前一年度，实心为后一年度）"
    return Figure(f"哑铃图：{parts}。", caption, svg=moves(shown))
