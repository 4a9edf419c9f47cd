"""Evaluation → charts that say something at a glance; drawn as SVG in the bundled fonts, same bytes every time.

Figures are made without pyplot: no global state, nothing to close. Margins are set by hand, never "tight", which
would draw every figure twice.
"""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from wenxiao import fonts
from wenxiao.document import Figure
from wenxiao.evaluation import Evaluation
from wenxiao.money import grouped, percent, show

INK, BLUE, PALE, GREY, RED = "#1b1b1b", "#1f5a99", "#c9d8ea", "#8a8f98", "#a3200f"
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
WIDTH: Final = 6.14  # inches: the 156 mm of the type area
MOST_PERCENT: Final = 160


def use_house_style() -> None:
    """Let an analyst's own matplotlib figures use the bundled fonts and the house style."""
    import matplotlib

    fonts.register_with_matplotlib()
    matplotlib.rcParams.update(STYLE)


def _figure(rows: int, draw: Any, alt: str, caption: str) -> Figure:
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    fonts.register_with_matplotlib()
    with matplotlib.rc_context():
        matplotlib.rcParams.update(matplotlib.rcParamsDefault)
        matplotlib.rcParams.update(STYLE)
        height = 0.62 + 0.36 * rows
        figure = Canvas(figsize=(WIDTH, height))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0.34, 0.42 / height, 0.58, 1 - 0.6 / height))
        axes.tick_params(length=0)
        draw(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Figure(alt, caption, svg=out.getvalue())


def _short(name: str, most: int = 16) -> str:
    """Break a name into at most two lines of ``most`` characters."""
    lines = [name[i : i + most] for i in range(0, len(name), most)]
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1][: most - 1]}…"


def _rows(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_short(name) for name in names], fontsize=8.5)
    axes.set_ylim(len(names) - 0.4, -0.6)


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

    def draw(axes: Any) -> None:
        most = max(float(max(line.adjusted, line.outturn)) for line in lines) or 1.0
        for i, line in enumerate(lines):
            axes.barh(i, float(line.adjusted), height=0.62, color=PALE)
            axes.barh(i, float(line.outturn), height=0.3, color=RED if line.outturn > line.adjusted else BLUE)
            axes.text(
                float(max(line.adjusted, line.outturn)) + most * 0.015,
                i,
                rate(line.rate),
                va="center",
                fontsize=9,
            )
        axes.set_xlim(0, most * 1.16)
        _rows(axes, [line.name for line in lines])
        axes.set_xlabel(f"{unit}（浅色：全年预算数；深色：全年执行数）", fontsize=8.5)

    parts = "；".join(
        f"{line.name}全年预算数{grouped(line.adjusted)}{unit}，执行{grouped(line.outturn)}{unit}"
        + (f"，执行率{rate(line.rate)}" if line.rate is not None else "")
        for line in lines
    )
    return _figure(len(lines) + 1, draw, f"条形图：{parts}。", "预算执行情况：预算与执行")


def attainment_chart(evaluation: Evaluation) -> Figure | None:
    """Attained against target by indicator, the target at 100 %; None when nothing can be measured."""
    measured = [r for r in evaluation.indicators if r.attained is not None]
    if not measured:
        return None

    def draw(axes: Any) -> None:
        axes.axvline(100, color=INK, linewidth=1)
        for i, result in enumerate(measured):
            value = float(result.attained or 0) * 100
            shown = min(value, MOST_PERCENT)
            colour = BLUE if result.met else RED
            axes.plot([0, shown], [i, i], color=colour, linewidth=2.2, solid_capstyle="butt")
            axes.plot([shown], [i], marker=">" if value > MOST_PERCENT else "o", color=colour, markersize=6)
            axes.text(
                shown + 3, i, percent(result.attained or Decimal(0), 1), va="center", fontsize=9, color=colour
            )
        axes.set_xlim(0, MOST_PERCENT + 22)
        axes.set_xticks([0, 50, 100, 150], ["0", "50%", "指标值", "150%"])
        _rows(axes, [result.indicator.name for result in measured])

    parts = "；".join(
        f"{r.indicator.name}完成指标值的{percent(r.attained or Decimal(0), 1)}"
        + ("" if r.met else "，未达到")
        for r in measured
    )
    left_out = len(evaluation.indicators) - len(measured)
    caption = "定量指标的完成程度（指标值为 100%）" + (f"；另有 {left_out} 项无法比较" if left_out else "")
    return _figure(len(measured) + 1, draw, f"点线图：{parts}。", caption)


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

    def draw(axes: Any) -> None:
        most = max(float(points) for _, points, _ in scored) or 1.0
        for i, (_, points, value) in enumerate(scored):
            axes.barh(i, float(points), height=0.6, color="#f0cfc9")
            axes.barh(i, float(value), height=0.6, color=BLUE)
            lost = points - value
            words = f"{value}" if not lost else f"{value}（失 {lost}）"
            axes.text(
                float(points) + most * 0.015,
                i,
                words,
                va="center",
                fontsize=9,
                color=INK if not lost else RED,
            )
        axes.set_xlim(0, most * 1.3)
        _rows(axes, [name for name, _, _ in scored])
        axes.set_xlabel("分（深色：得分；浅色：失分）", fontsize=8.5)

    parts = "；".join(f"{name}分值{show(points)}，得{value}" for name, points, value in scored)
    left_out = len(scores) - len(scored)
    caption = "得分与失分" + (f"；另有 {left_out} 项算不出得分" if left_out else "")
    return _figure(len(scored) + 1, draw, f"条形图：{parts}。", caption)
