"""Projects that stand out, and why."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block
from wenxiao.money import exact
from wenxiao.portfolio.figures import count_of, paragraph, part_of, points, quantile, table, wan
from wenxiao.portfolio.grading import FEWEST, scored
from wenxiao.portfolio.ones import HUNDRED, One
from wenxiao.portfolio.spending import LOW

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

Rule = tuple[str, Callable[[One], str]]
_QUARTER: Final = Decimal("0.25")
_FENCE: Final = Decimal("1.5")
"""Tukey's: so many times the middle half below its lower end a value stands out."""
HIGH: Final = Decimal(90)


def _low_total(ones: Sequence[One]) -> Decimal | None:
    """Give the total below which one stands out; None where too few have one."""
    totals = [total for total, _ in scored(ones)]
    if len(totals) < FEWEST:
        return None
    low, high = quantile(totals, _QUARTER), quantile(totals, 1 - _QUARTER)
    with exact():
        return low - _FENCE * (high - low)


def rules(ones: Sequence[One]) -> tuple[Rule, ...]:
    """Give what makes a project stand out: the name of each rule, and what it says of a project, empty where nothing."""
    fence = _low_total(ones)

    def low_total(one: One) -> str:
        if fence is None or one.total is None or one.total >= fence:
            return ""
        return f"总分明显偏低（界限 {points(fence)}）"

    def over(one: One) -> str:
        return "执行数超过全年预算数" if one.rate is not None and one.rate > HUNDRED else ""

    def high_unspent(one: One) -> str:
        low = one.rate is not None and one.rate < LOW
        return "执行率低而总分高" if low and (one.total or 0) >= HIGH else ""

    def done_unspent(one: One) -> str:
        low = one.rate is not None and one.rate < LOW
        if not low or one.outputs != HUNDRED or not one.measured:
            return ""
        return f"执行率低而 {one.measured} 项产出全部达到"

    def high_wrong(one: One) -> str:
        wrong = one.errors and (one.total or 0) >= HIGH
        return f"总分高而有 {one.errors} 条错误没有说明" if wrong else ""

    return (
        ("总分明显偏低", low_total), ("执行数超过全年预算数", over), (f"执行率低于 {LOW}% 而总分在 {HIGH} 分以上", high_unspent),
        (f"执行率低于 {LOW}% 而产出全部达到", done_unspent), (f"总分在 {HIGH} 分以上而有未说明的错误", high_wrong),
    )  # fmt: skip


def outliers(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Name the projects that stand out, those with the most reasons and the most money first."""
    ones = portfolio.ones
    if not ones:
        return ()
    asked = rules(ones)
    told = [(one, [(name, said) for name, rule in asked if (said := rule(one))]) for one in ones]
    told = [(one, why) for one, why in told if why]
    counts = {name: sum(name == one for _, why in told for one, _ in why) for name, _ in asked}
    said = "；".join(f"{name}的 {count_of(many)}" for name, many in counts.items())
    few = "" if _low_total(ones) is not None else f"有总分的项目不足 {FEWEST} 个，不判断总分是否偏低。"
    if not told:
        return (
            paragraph(
                f"按下列各条检查 {count_of(len(ones))}项目，没有需要特别关注的：{'、'.join(counts)}。{few}"
            ),
        )
    told.sort(key=lambda pair: (-len(pair[1]), -pair[0].adjusted, pair[0].key))
    rows = [
        (
            one.name, one.unit, f"{one.year}", wan(one.adjusted), "—" if one.rate is None else f"{points(one.rate)}%", points(one.total),
            "；".join(words for _, words in why),
        )
        for one, why in told
    ]  # fmt: skip
    head = ("项目", "实施单位", "年度", "全年预算数（万元）", "执行率", "总分", "为什么")
    return (
        paragraph(
            f"{count_of(len(ones))}项目中，{part_of(len(told), len(ones))}需要关注：{said}（一个项目可以有几条）。{few}"
            "这些是线索，不是结论，要对照报告核实。"
        ),
        table(
            "需要关注的项目",
            head,
            rows,
            (20, 16, 7, 12, 9, 8, 28),
            order="按条数、再按全年预算数从多到少排列",
            prose=(1, 6),
            noun="个",
            note="其余的可以在 portfolio-projects.csv 中按执行率、总分和未说明的错误数筛选。",
        ),
    )
