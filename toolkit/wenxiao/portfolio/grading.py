"""How totals and grades are spread."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Figure
from wenxiao.drawing import BLUE, GREY, LOST, PALE, RED, Drawing
from wenxiao.money import half_up
from wenxiao.portfolio.figures import bar_value, count_of, paragraph, part_of, points, quantile, share_of
from wenxiao.portfolio.ones import One

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

GRADES: Final = {"优": BLUE, "良": PALE, "中": LOST, "差": RED}
LIMITS: Final = {60: "中", 80: "良", 90: "优"}
"""Totals from which on a grade is given: 《项目支出绩效评价管理办法》（财预〔2020〕10号）."""
FEWEST: Final = 5
"""Totals that a picture of their spread needs."""
BIN: Final = 5
_QUARTER: Final = Decimal("0.25")


def scored(ones: Sequence[One]) -> list[tuple[Decimal, One]]:
    """Give the projects that have a total, with it."""
    return [(one.total, one) for one in ones if one.total is not None]


def grades(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say how many projects have which grade, and how their totals are spread."""
    ones, found = portfolio.ones, scored(portfolio.ones)
    if not found:
        return (paragraph(f"{count_of(len(ones))}项目都没有总分，不作分布分析。"),) if ones else ()
    if len(found) < FEWEST:
        listed = "；".join(
            f"{points(total)} 分{f'（{one.grade}）' if one.grade else ''}，{one.year}年度{one.name}，{one.unit}"
            for total, one in found
        )
        return (paragraph(f"有总分的项目只有 {count_of(len(found))}，不作分布分析：{listed}。"),)
    totals = [total for total, _ in found]
    graded = Counter(one.grade for one in ones if one.grade)
    said = "、".join(f"{grade} {part_of(graded[grade], graded.total())}" for grade in GRADES)
    lowest = min(found, key=lambda pair: (pair[0], pair[1].key))
    sentences = [f"{count_of(graded.total())}有等级的项目中，{said}。"] if graded else []
    sentences.append(
        f"{count_of(len(found))}有总分的项目，最低 {points(lowest[0])} 分（{lowest[1].year}年度{lowest[1].name}，{lowest[1].unit}），最高 "
        f"{points(max(totals))} 分；中间一半在 {points(quantile(totals, _QUARTER))}—{points(quantile(totals, 1 - _QUARTER))} 分之间"
    )
    full = sum(total == 100 for total in totals)
    sentences.append(f"；满分（100 分）的有 {part_of(full, len(found))}。" if full else "。")
    return (paragraph(*sentences),)


def grades_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw how many projects have which grade; None where no project has one."""
    ones = portfolio.ones
    counts = Counter(one.grade or "没有等级" for one in ones)
    names = [*GRADES, *(["没有等级"] if counts["没有等级"] else [])]
    if not any(counts[grade] for grade in GRADES):
        return None
    drawing = Drawing(len(names), 1.3 * max(counts.values()))
    for i, name in enumerate(names):
        drawing.name(i, name)
        drawing.bar(i, counts[name], 0.6, GRADES.get(name, GREY))
        drawing.value(i, counts[name], bar_value(counts[name], len(ones)))
    drawing.scale(words="项目数（括号内为占全部项目的比例）")
    parts = "；".join(
        f"{name}{count_of(counts[name])}，占 {share_of(counts[name], len(ones))}" for name in names
    )
    return Figure(f"条形图：{parts}。", f"等级分布（{count_of(len(ones))}项目）", svg=drawing.svg())


def totals_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw how totals are spread; None where too few projects have one."""
    from wenxiao.portfolio.plots import histogram

    totals = [total for total, _ in scored(portfolio.ones)]
    if len(totals) < FEWEST:
        return None
    counts = Counter(min(int(max(total, Decimal(0)) // BIN), 100 // BIN - 1) for total in totals)
    first = min(min(counts), 11)  # the limit of 60 is always seen
    bins = {n * BIN: counts[n] for n in range(first, 100 // BIN)}
    parts = "；".join(
        f"{low}—{low + BIN} 分 {count_of(many)}（{share_of(many, len(totals))}）"
        for low, many in bins.items()
        if many
    )
    svg = histogram(bins, BIN, LIMITS, "总分", "项目数")
    middle = points(half_up(quantile(totals, Decimal("0.5")), 2))
    caption = f"总分分布（{count_of(len(totals))}有总分的项目；每格 {BIN} 分，含下限，100 分并入最后一格；虚线为等级界限）"
    return Figure(f"直方图：{parts}。中位数 {middle} 分。", caption, svg=svg)
