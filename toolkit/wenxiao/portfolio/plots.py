"""Charts with axes, by matplotlib: the same bytes every time, in the bundled fonts, letters as outlines."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao import fonts
from wenxiao.charts import STYLE
from wenxiao.document import clean_svg
from wenxiao.drawing import BLUE, GREY, INK, PALE, RED, WIDTH

_STYLE: Final[Any] = {
    **STYLE, "font.size": 9, "axes.labelsize": 9, "xtick.labelsize": 8.5, "ytick.labelsize": 8.5, "axes.linewidth": 0.8,
    "xtick.color": GREY, "ytick.color": GREY, "xtick.labelcolor": INK, "ytick.labelcolor": INK, "svg.id": None,
    "path.simplify": False, "path.sketch": None, "hatch.linewidth": 0.6,
}  # fmt: skip
_ROW: Final = 24.0
_OUTLINE: Final = re.compile(r' d="[^"]*"')
_LONG: Final = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Change:
    """A project's total in two years."""

    name: str
    first: int
    second: int
    before: Decimal
    after: Decimal


def _short(number: re.Match[str]) -> str:
    """Round to what the eye can see: a tenth of a point, a thousandth of a letter's height."""
    return f"{float(number[0]):.1f}".removesuffix(".0")


@contextmanager
def _sheet(height: float, left: float = 46, right: float = 12) -> Iterator[tuple[Any, Callable[[], str]]]:
    """Give axes of the text's width, ``height`` points high, and what gives the picture.

    Only the house style holds: an analyst's own settings do not reach it.
    """
    from matplotlib import style
    from matplotlib.figure import Figure

    fonts.register_with_matplotlib()
    with style.context(["default", _STYLE]):
        figure: Any = Figure(figsize=(WIDTH / 72, height / 72))
        axes = figure.add_axes((left / WIDTH, 34 / height, 1 - (left + right) / WIDTH, 1 - 48 / height))

        def svg() -> str:
            out = io.StringIO()
            figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
            return _OUTLINE.sub(lambda found: _LONG.sub(_short, found[0]), clean_svg(out.getvalue()))

        yield axes, svg


def histogram(bins: Mapping[int, int], width: int, limits: Mapping[int, str], across: str, up: str) -> str:
    """Draw counts by lower end of bins of one width, with named limits as dashed lines."""
    most = max(bins.values())
    with _sheet(200) as (axes, svg):
        axes.bar(list(bins), list(bins.values()), width=0.92 * width, align="edge", color=BLUE)
        for low, many in bins.items():
            if many:
                axes.text(
                    low + 0.46 * width, many + 0.015 * most, f"{many:,}", ha="center", va="bottom", fontsize=8
                )
        first, last = min(bins), max(bins) + width
        for at, name in limits.items():
            axes.axvline(at, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
            axes.text(at + 0.1 * width, 1.19 * most, f"{name} {at}", ha="left", va="top", fontsize=8.5)
        axes.set_xlim(first, last)
        axes.set_ylim(0, 1.2 * most)
        axes.set_xticks(range(first, last + 1, width if (last - first) / width <= 14 else 2 * width))
        axes.yaxis.set_major_locator(_whole())
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        return svg()


def _whole() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(5, integer=True)


def ranges(rows: Sequence[tuple[str, Decimal, Decimal, Decimal, int]]) -> str:
    """Draw a line from low to high with a dot in the middle, row by row: name, low, middle, high, how many."""
    with _sheet(52 + _ROW * len(rows), 132) as (axes, svg):
        for i, (name, low, middle, high, many) in enumerate(rows):
            axes.plot(
                [float(low), float(high)], [i, i], color=PALE, linewidth=6, solid_capstyle="butt", zorder=1
            )
            axes.plot([float(middle)], [i], marker="o", markersize=5.5, color=BLUE, zorder=2)
            axes.annotate(
                f"{middle:.1f}（{many:,}）", (1, i), (-2, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                ha="right", va="center", fontsize=8.5,
            )  # fmt: skip
            _row_name(axes, i, name)
        least, most = min(float(row[1]) for row in rows), max(float(row[3]) for row in rows)
        room = (most - least) or 1.0
        axes.set_xlim(least - 0.06 * room, most + 0.28 * room)
        _rows_down(axes, len(rows))
        axes.set_xticks(
            [
                tick
                for tick in axes.get_xticks()
                if least - 0.06 * room <= tick <= min(100, most + 0.05 * room)
            ]
        )
        axes.set_xlabel("总分（右侧：中位数，括号内为有总分的项目数）")
        return svg()


def moves(rows: Sequence[Change]) -> str:
    """Draw a project's total in two years, row by row: hollow before, filled after."""
    with _sheet(52 + _ROW * len(rows), 160) as (axes, svg):
        ends = [float(end) for row in rows for end in (row.before, row.after)]
        room = (max(ends) - min(ends)) or 1.0
        for i, row in enumerate(rows):
            before, after, colour = (
                float(row.before),
                float(row.after),
                RED if row.after < row.before else BLUE,
            )
            axes.plot([before, after], [i, i], color=colour, linewidth=1.6, zorder=1)
            axes.plot(
                [before],
                [i],
                marker="o",
                markersize=6,
                markerfacecolor="white",
                markeredgecolor=colour,
                zorder=2,
            )
            axes.plot([after], [i], marker="o", markersize=6, color=colour, zorder=3)
            sign = "+" if row.after > row.before else "−" if row.after < row.before else ""
            axes.annotate(
                f"{sign}{abs(row.after - row.before):.2f}", (1, i), (-2, 0), xycoords=("axes fraction", "data"),
                textcoords="offset points", ha="right", va="center", fontsize=8.5, color=colour,
            )  # fmt: skip
            _row_name(axes, i, row.name, f"{row.first} → {row.second} 年度")
        axes.set_xlim(min(ends) - 0.06 * room, max(ends) + 0.22 * room)
        axes.set_xticks(
            [
                tick
                for tick in axes.get_xticks()
                if min(ends) - 0.06 * room <= tick <= min(100, max(ends) + 0.05 * room)
            ]
        )
        _rows_down(axes, len(rows))
        axes.set_xlabel("总分（右侧：变化）")
        return svg()


def _row_name(axes: Any, row: int, name: str, below: str = "") -> None:
    """Write a row's name on the left, in at most two lines, or in one with ``below`` under it."""
    size = int((axes.get_position().x0 * WIDTH - 8) / 8.5)
    lines = [name[i : i + size] for i in range(0, len(name), size)]
    if len(lines) > (1 if below else 2):
        lines = [f"{name[: size - 1]}…"] if below else [lines[0], f"{lines[1][:-1]}…"]
    lines += [below] if below else []
    axes.annotate(
        "\n".join(lines), (0, row), (-5, 0), xycoords=("axes fraction", "data"), textcoords="offset points", ha="right", va="center",
        fontsize=8.5, linespacing=1.0,
    )  # fmt: skip


def _rows_down(axes: Any, rows: int) -> None:
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    axes.grid(axis="x", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)


Pairs = Sequence[tuple[Decimal, Decimal]]


@contextmanager
def _plane(
    pairs: Pairs, limit: float, right: float = 12
) -> Iterator[tuple[Any, list[float], list[float], Callable[[], str]]]:
    """Give axes for rate of execution across and attainment of outputs up, both in %."""
    across, up = [float(rate) for rate, _ in pairs], [float(done) for _, done in pairs]
    with _sheet(270, right=right) as (axes, svg):
        axes.set_xlim(*_span(across, 104))
        axes.set_ylim(*_span(up, 103))
        axes.axvline(limit, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
        axes.set_xlabel("预算执行率（%）")
        axes.set_ylabel("产出平均完成程度（%）")
        yield axes, across, up, svg


SEEN: Final = 0.05
"""Share of the projects from which on their number is written where they stand one upon another."""
MOST_RATE: Final = 130.0
"""%; what is beyond is drawn at the edge."""


def _span(values: Sequence[float], end: float) -> tuple[float, float]:
    low = min(values)
    first = max(0.0, 10 * ((low - 3) // 10)) if low < 80 else 75.0
    return first - (2 if first == 0 else 0), max(end, min(max(values), MOST_RATE) + 4)


def scatter(pairs: Pairs, limit: float) -> str:
    """Draw projects one by one: a triangle where money is left and all outputs are reached, a ring where they are not."""
    with _plane(pairs, limit) as (axes, across, up, svg):
        at = [(min(x, MOST_RATE), y) for x, y in zip(across, up, strict=True)]
        kinds = {
            ("o", BLUE, BLUE): [(x, y) for x, y in at if y == 100 and x >= limit],
            ("o", RED, "none"): [(x, y) for x, y in at if y < 100],
            ("^", RED, RED): [(x, y) for x, y in at if y == 100 and x < limit],
        }
        for (marker, edge, face), found in kinds.items():
            axes.scatter(
                [x for x, _ in found], [y for _, y in found], s=34 if len(at) <= 200 else 12, marker=marker, facecolors=face,
                edgecolors=edge, linewidths=1.0, alpha=0.85, clip_on=False, zorder=3,
            )  # fmt: skip
        for (x, y), many in sorted(Counter((round(x, 1), round(y, 1)) for x, y in at).items()):
            if many > 1 and many >= SEEN * len(at):
                axes.annotate(
                    f"{many} 个",
                    (x, y),
                    (0, 5),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=8.5,
                    zorder=4,
                )
        return svg()


def fields(pairs: Pairs, limit: float) -> str:
    """Draw many projects as hexagons, the darker the more stand there."""
    from matplotlib.colors import LinearSegmentedColormap, LogNorm

    with _plane(pairs, limit, 74) as (axes, across, up, svg):
        colours = LinearSegmentedColormap.from_list("blue", [PALE, BLUE, "#0b2545"])
        (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
        drawn = axes.hexbin(
            [min(x, MOST_RATE) for x in across], up, gridsize=(36, 16), extent=(left, right, low, high), mincnt=1, cmap=colours,
            norm=LogNorm(), linewidths=0.2,
        )  # fmt: skip
        box = axes.get_position()
        bar = axes.figure.colorbar(drawn, cax=axes.figure.add_axes((box.x1 + 0.02, box.y0, 0.02, box.height)))
        bar.outline.set_visible(False)
        bar.set_label("每格项目数（对数刻度）")
        bar.ax.minorticks_off()
        ticks = [10**n for n in range(6) if 10**n <= max(drawn.get_array())]
        bar.set_ticks(ticks, labels=[f"{tick:,}" for tick in ticks])
        return svg()
