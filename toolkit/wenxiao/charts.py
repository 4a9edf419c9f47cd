"""Evaluation → charts that say something at a glance; drawn as SVG in the bundled fonts, same bytes every time."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from wenxiao import fonts
from wenxiao.document import Figure
from wenxiao.drawing import BLUE, GREY, INK, LOST, PALE, RED, Drawing
from wenxiao.evaluation import Evaluation
from wenxiao.money import grouped, percent, show

STYLE: Final[Any] = {
    "font.family": [fonts.HEI, fonts.GAP],
    "font.size": 10,
    "svg.fonttype": "path",  # an <img> can't load the page's fonts
    "svg.hashsalt": "wenxiao",
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
MOST_PERCENT: Final = 160


def use_house_style() -> None:
    """Let an analyst's own matplotlib figures use the bundled fonts and the house style.

    >>> import matplotlib, wenxiao as wx
    >>> with matplotlib.rc_context():
    ...     wx.use_house_style()
    ...     matplotlib.rcParams["font.family"][0]
    'FandolHei'
    """
    import matplotlib

    fonts.register_with_matplotlib()
    matplotlib.rcParams.update(STYLE)


def _most(values: Iterable[Decimal]) -> float:
    """Give what the longest bar stands for; 1 where nothing is above zero."""
    return max((float(value) for value in values), default=0.0) or 1.0


def budget_chart(evaluation: Evaluation) -> Figure:
    """Budget → outturn by source: the pale bar is the adjusted budget, the dark one what was spent of it."""
    lines = [
        line
        for line in (*evaluation.budget.sources, evaluation.budget.total)
        if line.adjusted or line.outturn
    ]
    lines = lines or [evaluation.budget.total]
    unit, places = evaluation.project.budget.amount_unit, evaluation.rules.rate_places

    def rate(rate: Decimal | None) -> str:
        return "" if rate is None else percent(rate, places)

    drawing = Drawing(len(lines), 1.16 * _most(max(line.adjusted, line.outturn) for line in lines))
    for i, line in enumerate(lines):
        over = line.outturn > line.adjusted
        drawing.name(i, line.name)
        drawing.bar(i, float(line.adjusted), 0.62, PALE)
        drawing.bar(i, float(line.outturn), 0.3, RED if over else BLUE)
        drawing.value(i, float(max(line.adjusted, line.outturn)), rate(line.rate), RED if over else INK)
    drawing.scale(words=f"{unit}（浅色：全年预算数；深色：全年执行数）")
    parts = "；".join(
        f"{line.name}全年预算数{grouped(line.adjusted)}{unit}，执行{grouped(line.outturn)}{unit}"
        + (f"，执行率{rate(line.rate)}" if line.rate is not None else "")
        for line in lines
    )
    return Figure(f"条形图：{parts}。", "预算执行情况：预算与执行", svg=drawing.svg())


def attainment_chart(evaluation: Evaluation) -> Figure | None:
    """Attained against target by indicator, the target at 100 %; None when nothing can be measured."""
    measured = [r for r in evaluation.indicators if r.attained is not None]
    if not measured:
        return None

    drawing = Drawing(len(measured), MOST_PERCENT + 22)
    drawing.upright(100)
    for i, result in enumerate(measured):
        value = float(result.attained or 0) * 100
        shown, colour = min(value, MOST_PERCENT), BLUE if result.met else RED
        drawing.name(i, result.indicator.name)
        drawing.pin(i, shown, colour, hollow=not result.met, beyond=value > MOST_PERCENT)
        drawing.value(i, shown + 1.5, percent(result.attained or Decimal(0), 1), colour)
    some_missed = not all(r.met for r in measured)
    drawing.scale(
        {0: "0", 50: "50%", 100: "指标值", 150: "150%"}, "（空心：未达到指标值）" if some_missed else ""
    )
    parts = "；".join(
        f"{r.indicator.name}完成指标值的{percent(r.attained or Decimal(0), 1)}"
        + ("" if r.met else "，未达到")
        for r in measured
    )
    left_out = len(evaluation.indicators) - len(measured)
    caption = "定量指标的完成程度（指标值为 100%）" + (f"；另有 {left_out} 项无法比较" if left_out else "")
    return Figure(f"点线图：{parts}。", caption, svg=drawing.svg())


def points_chart(evaluation: Evaluation) -> Figure | None:
    """Points earned and lost; None when the rubric gives no scores."""
    scores = [
        ("预算执行率", evaluation.budget.score),
        *((r.indicator.name, r.score) for r in evaluation.indicators),
    ]
    scored = [
        (name, score.points, score.value)
        for name, score in scores
        if score.points is not None and score.value is not None
    ]
    if not scored or not evaluation.rules.scored:
        return None

    drawing = Drawing(len(scored), 1.3 * _most(points for _, points, _ in scored))
    for i, (name, points, value) in enumerate(scored):
        lost = points - value
        drawing.name(i, name)
        drawing.bar(i, float(points), 0.6, LOST)
        drawing.bar(i, float(value), 0.6, BLUE)
        drawing.value(i, float(points), f"{value}（失 {lost}）" if lost else f"{value}", RED if lost else INK)
    drawing.scale(words="分（深色：得分；浅色：失分）")
    parts = "；".join(f"{name}分值{show(points)}，得{value}" for name, points, value in scored)
    left_out = len(scores) - len(scored)
    caption = "得分与失分" + (f"；另有 {left_out} 项算不出得分" if left_out else "")
    return Figure(f"条形图：{parts}。", caption, svg=drawing.svg())
