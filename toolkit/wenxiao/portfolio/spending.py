"""How much of the money was spent, and what was done for it."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Figure
from wenxiao.drawing import BLUE, GREY, INK, PALE, RED, Drawing
from wenxiao.money import total
from wenxiao.portfolio.figures import (
    bar_value,
    count_of,
    median,
    paragraph,
    part_of,
    points,
    rank_correlation,
    rate_of,
    share_of,
    signed,
    wan,
)
from wenxiao.portfolio.ones import HUNDRED, One

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

LOW: Final = Decimal(60)
"""%; below it a rate of execution is called very low here."""
MUCH: Final = Decimal(80)
"""%; below it a rate of execution is called low here."""
BANDS: Final = (
    ("低于 60%", Decimal(0), LOW), ("60%—80%", LOW, MUCH), ("80%—90%", MUCH, Decimal(90)), ("90%—100%", Decimal(90), HUNDRED),
)  # fmt: skip
"""Bands of the rate, the lower end included; 100 % and what is above it stand apart."""
FULL, OVER, UNKNOWN = "正好 100%", "超过 100%", "算不出"
FEWEST: Final = 10
"""Pairs that a rank correlation needs to say anything."""
REACHED: Final = (
    ("全部达到", HUNDRED), ("95%—100%", Decimal(95)), ("80%—95%", Decimal(80)), ("低于 80%", Decimal(0)),
)  # fmt: skip
"""Bands of the attainment of outputs with their lower ends, the best first."""


def band_of(rate: Decimal | None) -> str:
    """Give the band of a rate in %.

    >>> [band_of(Decimal(n)) for n in (0, 60, 100, 101)]
    ['低于 60%', '60%—80%', '正好 100%', '超过 100%']
    """
    if rate is None:
        return UNKNOWN
    return next((name for name, low, high in BANDS if low <= rate < high), FULL if rate == HUNDRED else OVER)


def execution(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say how the rates of execution are spread, and where the money lies that was not spent."""
    ones = portfolio.ones
    rated = [one for one in ones if one.rate is not None]
    if not rated:
        return (paragraph(f"{count_of(len(ones))}项目的全年预算数都是 0，没有执行率。"),) if ones else ()
    low, over = (
        [o for o in rated if band_of(o.rate) == BANDS[0][0]],
        [o for o in rated if band_of(o.rate) == OVER],
    )
    full = [one for one in rated if one.rate == HUNDRED]
    rates = [one.rate for one in rated if one.rate is not None]
    unspent = total(max(one.adjusted - one.outturn, Decimal(0)) for one in rated)
    of_low = total(one.adjusted - one.outturn for one in low)
    sentences = [
        f"{count_of(len(rated))}项目有执行率",
        f"（另有 {count_of(len(ones) - len(rated))}的全年预算数为 0）" if len(rated) < len(ones) else "",
        f"，中位数 {points(median(rates))}%。其中正好 100% 的 {part_of(len(full), len(rated))}，",
        f"低于 {LOW}% 的 {part_of(len(low), len(rated))}，超过 100% 的 {part_of(len(over), len(rated))}。",
    ]
    if unspent:
        where = (
            f"，其中 {wan(of_low)} 万元（{rate_of(of_low, unspent)}）在执行率低于 {LOW}% 的项目"
            if of_low
            else ""
        )
        sentences.append(f"没有执行的资金合计 {wan(unspent)} 万元{where}。")
    return (paragraph(*sentences),)


def execution_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw how many projects are in which band of the rate; None without projects."""
    ones = portfolio.ones
    if not ones:
        return None
    counts = Counter(band_of(one.rate) for one in ones)
    colours = {BANDS[0][0]: RED, FULL: BLUE, OVER: RED, UNKNOWN: GREY}
    names = [*(name for name, _, _ in BANDS), FULL, OVER, *([UNKNOWN] if counts[UNKNOWN] else [])]
    drawing = Drawing(len(names), 1.3 * max(counts.values()))
    for i, name in enumerate(names):
        drawing.name(i, name)
        drawing.bar(i, counts[name], 0.6, colours.get(name, PALE))
        red = counts[name] and colours.get(name) == RED
        drawing.value(i, counts[name], bar_value(counts[name], len(ones)), RED if red else INK)
    drawing.scale(words="项目数（括号内为占全部项目的比例）")
    parts = "；".join(
        f"{name} {count_of(counts[name])}（{share_of(counts[name], len(ones))}）" for name in names
    )
    caption = f"预算执行率分布（{count_of(len(ones))}项目；各段含下限）"
    return Figure(f"条形图：{parts}。", caption, svg=drawing.svg())


def both(ones: Sequence[One]) -> list[tuple[Decimal, Decimal]]:
    """Give rate of execution and attainment of outputs of the projects that have both, in %."""
    return [(one.rate, one.outputs) for one in ones if one.rate is not None and one.outputs is not None]


def outputs(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say how spending and outputs go together, and where they do not."""
    ones = portfolio.ones
    if not ones:
        return ()
    pairs = both(ones)
    if not pairs:
        return (paragraph(f"{count_of(len(ones))}项目都没有可以用数字比较的产出指标，不作比较。"),)
    corners = _corners(pairs)
    sentences = [
        f"{count_of(len(ones))}项目中，{part_of(len(pairs), len(ones))}既有执行率，又有可以用数字比较的产出指标。",
        f"这 {count_of(len(pairs))}中：执行率不低于 {MUCH}% 且产出全部达到指标值的 {part_of(corners['both'], len(pairs))}；",
        f"钱没有花完、产出却全部达到的（执行率低于 {MUCH}%）{part_of(corners['done'], len(pairs))}",
        "，要核对是节约、款项未付还是指标值偏低；" if corners["done"] else "；",
        f"钱花了、产出没有全部达到的（执行率不低于 {MUCH}%）{part_of(corners['spent'], len(pairs))}；",
        f"两者都低的 {part_of(corners['neither'], len(pairs))}。",
    ]
    if len(pairs) >= FEWEST and (found := rank_correlation(pairs)) is not None:
        sentences.append(
            f"两者的等级相关系数（Spearman）为 {signed(found)}（{count_of(len(pairs))}项目；1 为完全同步，0 为没有关系）。"
        )
    return (paragraph(*sentences),)


def _corners(pairs: Sequence[tuple[Decimal, Decimal]]) -> Counter[str]:
    names = {(True, True): "both", (False, True): "done", (True, False): "spent", (False, False): "neither"}
    return Counter(names[rate >= MUCH, done == HUNDRED] for rate, done in pairs)


def outputs_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw how many projects are in which band of the rate and of the attainment of outputs; None where none has both."""
    from wenxiao.portfolio.plots import Kind, crossing

    pairs = both(portfolio.ones)
    if not pairs:
        return None
    columns = [*(name for name, _, _ in BANDS), FULL, OVER]
    counts = Counter((_reached(done), columns.index(band_of(rate))) for rate, done in pairs)
    limit = 1, next(i for i, (_, low, _) in enumerate(BANDS) if low == MUCH)
    spent = Kind("钱花了，产出全部达到", BLUE), Kind("钱花了，产出没有全部达到", RED, filled=False)
    left = Kind("钱没有花完，产出却全部达到", RED), Kind("两者都低", GREY)
    fields = {
        (row, column): (many, (left if column < limit[1] else spent)[row >= limit[0]])
        for (row, column), many in sorted(counts.items())
    }
    svg = crossing([name for name, _ in REACHED], columns, fields, limit, "预算执行率", "产出平均完成程度")
    said = "；".join(
        f"执行率{columns[column]}、产出{REACHED[row][0]} {count_of(many)}"
        for (row, column), (many, _) in fields.items()
    )
    caption = f"执行率与产出完成程度（{count_of(len(pairs))}项目；圆的面积和下方的数为项目数，各段含下限）"
    return Figure(f"气泡图，横轴为执行率，纵轴为产出平均完成程度：{said}。", caption, svg=svg)


def _reached(done: Decimal) -> int:
    """Give the band of an attainment of outputs in %."""
    return next(i for i, (_, low) in enumerate(REACHED) if done >= low)
