"""What a reader of the home page sees before any project: totals, and charts that are tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wenxiao.money import exact, half_up, total
from wenxiao.publishing.pages import lists
from wenxiao.publishing.pages.lists import Listing
from wenxiao.publishing.pages.shown import Money, clipped, money, rate, wan, width
from wenxiao.publishing.published import Row

MOST_BARS: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: its label and list, the texts of its columns, and one or two lengths in hundredths."""

    words: str
    path: str
    cells: tuple[str, ...]
    lengths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is a table: bars in the first column after the label, and what they mean."""

    id: str
    title: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    legend: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """What is on the site: projects, money, execution."""

    count: int
    years: str
    departments: int
    adjusted: Money
    outturn: Money
    rate: str
    bar: str


def execution(adjusted: Decimal, outturn: Decimal) -> str:
    """Give the rate of two sums, in % with two decimals.

    >>> execution(Decimal(3), Decimal(2)), execution(Decimal(0), Decimal(0))
    ('66.67%', '无法计算')
    """
    if not adjusted:
        return rate(None)
    with exact():
        share = outturn * 100 / adjusted
    return rate(half_up(share, 2))


def totals(rows: Sequence[Row]) -> Totals:
    """Give the totals of a site."""
    found = sorted({row.year for row in rows})
    span = "" if not found else f"{found[0]}年度" if len(found) == 1 else f"{found[0]}—{found[-1]}年度"
    adjusted, outturn = total(row.adjusted for row in rows), total(row.outturn for row in rows)
    departments = len({row.department for row in rows if row.department})
    return Totals(
        len(rows), span, departments, money(adjusted), money(outturn), execution(adjusted, outturn), width(outturn, adjusted),
    )  # fmt: skip


def charts(rows: Sequence[Row]) -> Iterator[Chart]:
    """Give the charts of the home page."""
    count = Decimal(len(rows))
    yield _money_chart("by-year", "各年度预算与支出", lists.years(rows), "年度", MOST_BARS)
    bands = tuple(_count_bar(one, count) for one in lists.bands(rows))
    yield Chart(
        "by-rate",
        "预算执行率分布",
        ("执行率", "项目数"),
        bands,
        ("项目数",),
        "执行率＝全年执行数÷全年预算数。",
    )
    grades = tuple(_count_bar(one, count) for one in lists.grades(rows))
    note = "等级按评分规则由总分得出；规则不计分，或者有得分算不出的，不评等级。"
    yield Chart("by-grade", "评价等级", ("等级", "项目数"), grades, ("项目数",), note)
    named = [row for row in rows if row.department]
    if named:
        largest = sorted(lists.departments(named), key=lambda one: -one.adjusted)
        missing = (
            f"另有 {len(rows) - len(named):,} 个项目没有填报主管部门。" if len(named) < len(rows) else ""
        )
        yield _money_chart("by-department", "预算最多的主管部门", largest, "主管部门", MOST_BARS, missing)


def _money_chart(
    key: str, title: str, listings: Sequence[Listing], head: str, most: int, missing: str = ""
) -> Chart:
    shown = listings[:most]
    highest = max([Decimal(0), *(max(one.adjusted, one.outturn) for one in shown)])
    bars = tuple(
        Bar(
            clipped(one.words, 30), one.path(lists.ORDERS[0]),
            (wan(one.adjusted), wan(one.outturn), execution(one.adjusted, one.outturn)),
            (width(one.adjusted, highest), width(one.outturn, highest)),
        ) for one in shown
    )  # fmt: skip
    rest = f"另有 {len(listings) - most} 个没有画出。" if len(listings) > most else ""
    return Chart(
        key, title, (head, "预算（万元）", "支出（万元）", "执行率"), bars, ("预算", "支出"), rest + missing
    )


def _count_bar(one: Listing, count: Decimal) -> Bar:
    number = len(one.rows)
    return Bar(one.words, one.path(lists.ORDERS[0]), (f"{number:,}",), (width(Decimal(number), count),))
