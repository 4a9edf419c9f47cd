"""What there is: the title, how many projects of whom, the money, and year by year."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Notice, Table
from wenxiao.money import total
from wenxiao.portfolio.figures import (
    clipped,
    count_of,
    grouped_by,
    mean,
    median,
    paragraph,
    part_of,
    points,
    rate_of,
    share_of,
    table,
    wan,
)
from wenxiao.portfolio.ones import One
from wenxiao.portfolio.tabular import UNSTATED

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

REASONS: Final = 3
"""Reasons for a missing total that a sentence names."""
MOST_YEARS: Final = 30


def title(portfolio: "Portfolio") -> str:
    """Give the title: the years there are, and the department where one was chosen."""
    year, department = portfolio.chosen
    years = sorted({one.year for one in portfolio.ones}) or ([year] if year else [])
    span = "—".join(dict.fromkeys((str(years[0]), str(years[-1])))) + "年度" if years else ""
    return f"{span}{department or ''}项目支出绩效自评组合分析"


def overview(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say how many projects there are, of whom, with how much money, and how many have a total; then year by year."""
    ones = portfolio.ones
    if not ones:
        return (*_nothing(portfolio), *_left_out(portfolio))
    units, departments = {one.unit for one in ones}, {one.department for one in ones} - {UNSTATED}
    unstated = sum(one.department == UNSTATED for one in ones)
    years = sorted({one.year for one in ones})
    span = (
        f" {years[0]} 年"
        if len(years) == 1
        else f" {years[0]}—{years[-1]} 年（其中 {len(years)} 个年度有报告）"
    )
    adjusted, outturn = total(one.adjusted for one in ones), total(one.outturn for one in ones)
    blocks: list[Block] = [
        paragraph(
            f"本分析收入 {count_of(len(ones))}项目的绩效自评，评价年度为{span}，由 {count_of(len(units))}实施单位实施；",
            f"写明的主管部门有 {count_of(len(departments))}" if departments else "都没有写明主管部门",
            f"，另有 {count_of(unstated)}项目没有写明主管部门，列为“{UNSTATED}”。"
            if unstated and departments
            else "。",
        ),
        paragraph(
            f"{count_of(len(ones))}项目的全年预算数合计 {wan(adjusted)} 万元，全年执行数合计 {wan(outturn)} 万元，总体执行率 "
            f"{rate_of(outturn, adjusted)}。"
        ),
        paragraph(*_totals(ones)),
    ]
    if changed := sum(one.overrides > 0 for one in ones):
        blocks.append(
            paragraph(f"注意：其中 {part_of(changed, len(ones))}是改动了事实的假设情景，不是单位的自评结果。")
        )
    return (*blocks, *_left_out(portfolio), by_year(ones))


def _nothing(portfolio: "Portfolio") -> tuple[Block, ...]:
    year, department = portfolio.chosen
    if year or department:
        words = "、".join(filter(None, (f"{year}年度" if year else "", department)))
        said = f"没有符合条件（{words}）的项目。请核对参数 year 和 department；不写则分析全部项目。"
    else:
        said = "报告文件夹里还没有报告。请先运行 wenxiao run params，再打开本分析。"
    return (Notice("warning", "没有可以分析的项目", (paragraph(said),)),)


def _left_out(portfolio: "Portfolio") -> tuple[Block, ...]:
    many = portfolio.left_out
    return (paragraph(f"另有 {many:,} 份 evaluation.json 读不出，没有收入。"),) if many else ()


def _totals(ones: Sequence[One]) -> tuple[str, ...]:
    totals = [one.total for one in ones if one.total is not None]
    rest = len(ones) - len(totals)
    found = f"其中 {part_of(len(totals), len(ones))}算出了总分"
    if totals:
        found += f"，平均 {points(mean(totals))} 分，中位数 {points(median(totals))} 分"
    if not rest:
        return (f"{found}。",)
    causes = Counter(clipped(one.reason or "没有写明原因").rstrip("。") for one in ones if one.total is None)
    named = sorted(causes.items(), key=lambda one: (-one[1], one[0]))
    said = "；".join(f"{words}（{count_of(many)}）" for words, many in named[:REASONS])
    more = f"；其他原因 {count_of(sum(many for _, many in named[REASONS:]))}" if named[REASONS:] else ""
    return f"{found}；其余 {count_of(rest)}没有总分：", f"{said}{more}。"


def by_year(ones: Sequence[One]) -> Table:
    """Give the projects year by year."""
    years = grouped_by(sorted(ones, key=lambda one: -one.year), lambda one: one.year)
    head = (
        "评价年度", "项目数", "全年预算数（万元）", "全年执行数（万元）", "执行率", "有总分", "平均总分", "优良率", "有错误的项目",
    )  # fmt: skip
    rows = [_row(f"{year}", group) for year, group in years.items()]
    last = _row("合计", ones) if len(rows) > 1 else ()
    return table(
        "各年度概况", head, rows, (10, 9, 16, 16, 10, 9, 10, 10, 10), order="按评价年度从近到远排列", most=MOST_YEARS, noun="个年度",
        note="“优良率”是优、良占有等级的项目的比例；“有错误的项目”指有未说明的错误级问题的项目。", last=last,
    )  # fmt: skip


def _row(label: str, ones: Sequence[One]) -> tuple[str, ...]:
    adjusted, outturn = total(one.adjusted for one in ones), total(one.outturn for one in ones)
    totals = [one.total for one in ones if one.total is not None]
    graded = [one.grade for one in ones if one.grade]
    good = sum(grade in ("优", "良") for grade in graded)
    return (
        label, f"{len(ones):,}", wan(adjusted), wan(outturn), rate_of(outturn, adjusted), f"{len(totals):,}",
        points(mean(totals) if totals else None), share_of(good, len(graded)), f"{sum(one.errors > 0 for one in ones):,}",
    )  # fmt: skip
