"""Charts with axes, by matplotlib: the same bytes every time, in the bundled fonts, letters as outlines."""

import io
import re
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
def _sheet(
    height: float, left: float = 46, right: float = 12, foot: float = 34
) -> Iterator[tuple[Any, Callable[[], str]]]:
    """Give axes of the text's width, ``height`` points high, and what gives the picture.

    Only the house style holds: an analyst's own settings do not reach it.
    """
    from matplotlib import style
    from matplotlib.figure import Figure

    fonts.register_with_matplotlib()
    with style.context(["default", _STYLE]):
        figure: Any = Figure(figsize=(WIDTH / 72, height / 72))
        axes = figure.add_axes(
            (left / WIDTH, foot / height, 1 - (left + right) / WIDTH, 1 - (foot + 14) / height)
        )

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


@dataclass(frozen=True)
class Kind:
    """What the fields of a grid have in common: in words, in which colour, and whether their circles are filled."""

    words: str
    colour: str
    filled: bool = True


def crossing(
    rows: Sequence[str], columns: Sequence[str], fields: Mapping[tuple[int, int], tuple[int, Kind]], limit: tuple[int, int],
    across: str, up: str,
) -> str:  # fmt: skip
    """Draw how many stand in each field of a grid, by row and column: a circle of that area, the number below it.

    Dashed lines stand before the row and the column of ``limit``. However many there are, nothing covers anything.
    """
    with _sheet(66 + _FIELD * len(rows), 78, foot=52) as (axes, svg):
        most = max(many for many, _ in fields.values())
        for (row, column), (many, kind) in fields.items():
            wide = max(_LARGEST * (many / most) ** 0.5, _SMALLEST)
            at = (column + 0.5, row + 0.4)
            axes.scatter(
                *at, s=wide**2, marker="o", facecolors=kind.colour if kind.filled else "none", edgecolors=kind.colour,
                linewidths=1.2, clip_on=False, zorder=3,
            )  # fmt: skip
            axes.annotate(
                f"{many:,}",
                at,
                (0, -wide / 2 - 2.5),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=8.5,
            )
        for line, last, first in (
            (axes.axhline, len(rows), limit[0]),
            (axes.axvline, len(columns), limit[1]),
        ):
            for place in range(1, last):
                if place == first:
                    line(place, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
                else:
                    line(place, color=PALE, linewidth=0.6)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        axes.set_xticks([i + 0.5 for i in range(len(columns))], columns)
        axes.set_yticks([i + 0.5 for i in range(len(rows))], rows)
        axes.tick_params(length=0)
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        _legend(axes, list(dict.fromkeys(kind for _, kind in fields.values())))
        return svg()


def _legend(axes: Any, kinds: Sequence[Kind]) -> None:
    """Write what the circles are in a line at the foot of the picture."""
    size, gap = 8.5, 12.0
    widths = [size * (len(kind.words) + 1.2) + gap for kind in kinds]
    left = (WIDTH - sum(widths) + gap) / 2
    for kind, width in zip(kinds, widths, strict=True):
        for shift, words, colour in (
            (0.0, "●" if kind.filled else "○", kind.colour),
            (1.2 * size, kind.words, INK),
        ):
            at = (left + shift, 6)
            axes.annotate(
                words, at, xycoords="figure points", ha="left", va="bottom", fontsize=size, color=colour
            )
        left += width


_FIELD: Final = 43.0
_LARGEST, _SMALLEST = 26.0, 3.5
"""Height of a row, and diameters of the largest and the smallest circle, in points."""
