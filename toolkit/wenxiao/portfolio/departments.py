"""Departments side by side."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Figure
from wenxiao.money import total
from wenxiao.portfolio.figures import (
    count_of,
    grouped_by,
    mean,
    median,
    paragraph,
    points,
    quantile,
    rate_of,
    share_of,
    table,
    wan,
)
from wenxiao.portfolio.ones import One
from wenxiao.portfolio.tabular import UNSTATED

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

FEWEST: Final = 5
"""Totals of a department that can be compared with those of another."""
MOST: Final = 15
"""Departments in the chart."""
_QUARTER: Final = Decimal("0.25")


def _groups(ones: Sequence[One]) -> list[tuple[str, list[One]]]:
    """Give the projects by department: the most projects first, those that state none last."""
    found = grouped_by(ones, lambda one: one.department)
    return sorted(found.items(), key=lambda pair: (pair[0] == UNSTATED, -len(pair[1]), pair[0]))


def _totals(ones: Sequence[One]) -> list[Decimal]:
    return [one.total for one in ones if one.total is not None]


def departments(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Compare departments: in words, and in a table."""
    groups = _groups(portfolio.ones)
    if not groups:
        return ()
    if len(groups) == 1:
        name, ones = groups[0]
        words = "都没有写明主管部门" if name == UNSTATED else f"都属于{name}"
        return (paragraph(f"{count_of(len(ones))}项目{words}，不作部门比较。"),)
    head = (
        "主管部门", "项目数", "全年预算数（万元）", "执行率", "有总分", "平均总分", "总分中位数", "未达到的指标", "有错误的项目",
    )  # fmt: skip
    shown = table(
        "主管部门比较", head, [_row(name, ones) for name, ones in groups], (24, 8, 14, 10, 8, 9, 9, 9, 9),
        order=f"按项目数从多到少排列，“{UNSTATED}”在最后", noun="个",
        note="“未达到的指标”是占可以与指标值比较的指标的比例。",
    )  # fmt: skip
    return (paragraph(*_compared(groups)), shown)


def _compared(groups: Sequence[tuple[str, Sequence[One]]]) -> list[str]:
    stated = [(name, ones) for name, ones in groups if name != UNSTATED]
    said = [f"写明的主管部门有 {count_of(len(stated))}。"]
    fit = [
        (median(_totals(ones)), name, len(_totals(ones)))
        for name, ones in stated
        if len(_totals(ones)) >= FEWEST
    ]
    if len(fit) < 2:
        return [*said, f"有总分的项目达到 {FEWEST} 个的主管部门有 {count_of(len(fit))}，不比较总分。"]
    high, low = max(fit, key=lambda one: (one[0], one[1])), min(fit)
    return [
        *said,
        f"有总分的项目不少于 {FEWEST} 个的有 {count_of(len(fit))}；其中总分中位数最高的是{high[1]}（{points(high[0])} 分，{count_of(high[2])}项目），",
        f"最低的是{low[1]}（{points(low[0])} 分，{count_of(low[2])}项目）。",
    ]


def _row(name: str, ones: Sequence[One]) -> tuple[str, ...]:
    adjusted, outturn, totals = total(o.adjusted for o in ones), total(o.outturn for o in ones), _totals(ones)
    return (
        name, f"{len(ones):,}", wan(adjusted), rate_of(outturn, adjusted), f"{len(totals):,}",
        points(mean(totals) if totals else None), points(median(totals) if totals else None),
        share_of(sum(one.missed for one in ones), sum(one.comparable for one in ones)), f"{sum(one.errors > 0 for one in ones):,}",
    )  # fmt: skip


def departments_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw median and middle half of the totals of each department; None where fewer than two can be compared."""
    from wenxiao.portfolio.plots import ranges

    fit = [
        (name, totals)
        for name, ones in _groups(portfolio.ones)
        if name != UNSTATED and len(totals := _totals(ones)) >= FEWEST
    ]
    if len(fit) < 2:
        return None
    rows = [
        (name, quantile(totals, _QUARTER), median(totals), quantile(totals, 3 * _QUARTER), len(totals))
        for name, totals in fit[:MOST]
    ]
    rows.sort(key=lambda row: (-row[2], row[0]))
    parts = "；".join(
        f"{name}中位数 {points(middle)} 分，中间一半 {points(low)}—{points(high)} 分，{count_of(many)}项目"
        for name, low, middle, high, many in rows
    )
    size = f"项目最多的 {len(rows)} 个部门，共 {len(fit):,} 个" if len(fit) > MOST else f"{len(rows)} 个部门"
    caption = f"各主管部门的总分（{size}；有总分的项目不少于 {FEWEST} 个；点为中位数，线为中间一半）"
    return Figure(f"点线图：{parts}。", caption, svg=ranges(rows))
