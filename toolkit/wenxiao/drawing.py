"""A bar chart in the house's style, drawn with matplotlib's SVG renderer alone.

A report draws three charts in a kernel of its own. Axes with their ticks, spines and layout took four fifths of that
time, so what a chart of bars needs stands here: rows with names, bars, marks, words, and a scale below.

Lengths are points (1/72 inch), from the top left corner. All of one colour is one path, and numbers have as many
decimals as the eye can see.
"""

import io
import math
import re
from functools import lru_cache
from typing import Any, Final

from wenxiao import fonts

INK, BLUE, PALE, GREY, RED, LOST = "#1b1b1b", "#1f5a99", "#c9d8ea", "#8a8f98", "#a3200f", "#f0cfc9"
WIDTH: Final = 442.0
"""The 156 mm of the type area."""
LEFT, RIGHT, TOP, BOTTOM, ROW = 0.34 * WIDTH, 0.92 * WIDTH, 13.0, 30.5, 26.0
NAME, SMALL, NORMAL = 8.5, 8.5, 9.0
"""Sizes of type: names of rows, scale, values."""
MOST_NAME: Final = 16
"""Characters in a line of a row's name."""
_SETTINGS: Final[Any] = {
    "svg.fonttype": "path",  # an <img> can't load the page's fonts
    "svg.hashsalt": "wenxiao",
    "svg.id": None,
    "path.simplify": False,
    "path.sketch": None,
}
"""All of an analyst's settings that the renderer would listen to."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_TRANSFORM: Final = re.compile(r' (?:transform|x|y|width|height|viewBox)="[^"]*"')
_LETTER: Final = re.compile(r" ?([A-Za-z]) ?")
_DECIMAL: Final = re.compile(r"-?\d+\.\d+")
_SHAPE: Final = re.compile(r'<path d="([^"]*)"')
_OUTLINE: Final = re.compile(r'(<path id="[^"]*") d="([^"]*)"')
_GRAIN: Final = 16
"""Units of a letter's outline (64 to 1/100 of its size) that are made one."""
_HEAD: Final = re.compile(r"^.*?(?=<svg )", re.S)
_EMPTY: Final = re.compile(
    r"\s*<metadata>.*?</metadata>|<!--.*?-->|\s*<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.S
)


class Drawing:
    """A chart of ``rows`` rows whose scale ends at ``most``; ``svg()`` gives it."""

    def __init__(self, rows: int, most: float):
        self.height = TOP + BOTTOM + ROW * rows
        self._foot = TOP + ROW * rows
        self._most = most
        self._shapes: dict[str, list[tuple[Any, Any]]] = {}
        self._words: list[tuple[str, float, float, float, str, str]] = []

    def x(self, value: float) -> float:
        """Give where a value stands."""
        return LEFT + (RIGHT - LEFT) * min(max(value, 0.0), self._most) / self._most

    def bar(self, row: int, value: float, thickness: float, colour: str) -> None:
        """Draw a bar from zero; ``thickness`` is a share of the row."""
        if value > 0:
            half = ROW * thickness / 2
            self._box(LEFT, self._middle(row) - half, self.x(value), self._middle(row) + half, colour)

    def mark(self, row: int, value: float, colour: str, beyond: bool = False) -> None:
        """Draw a dot at a value, or an arrow head where the value lies beyond the scale."""
        from matplotlib.path import Path

        x, y, r = self.x(value), self._middle(row), 3.0
        if beyond:
            corners = [(x - r, y - r), (x + r, y), (x - r, y + r), (x - r, y - r)]
            self._add(colour, corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])
        else:
            circle: Any = Path.unit_circle()
            self._add(colour, circle.vertices * r + (x, y), circle.codes)

    def upright(self, value: float) -> None:
        """Draw a line through all rows at a value."""
        self._box(self.x(value) - 0.5, TOP, self.x(value) + 0.5, self._foot, INK)

    def name(self, row: int, name: str) -> None:
        """Write a row's name on the left, in at most two lines."""
        lines = [name[i : i + MOST_NAME] for i in range(0, len(name), MOST_NAME)]
        if len(lines) > 2:
            lines = [lines[0], lines[1][:-1] + "…"]
        first = self._middle(row) - (len(lines) - 1) * NAME * 0.6
        for i, line in enumerate(lines):
            self._write(line, LEFT - 5, first + i * NAME * 1.2, NAME, INK, "right")

    def value(self, row: int, at: float, words: str, colour: str = INK) -> None:
        """Write words to the right of a value."""
        self._write(words, self.x(at) + 4, self._middle(row), NORMAL, colour, "left")

    def scale(self, marks: dict[float, str] | None = None, words: str = "") -> None:
        """Draw the axes, numbers below (round ones, unless ``marks`` says where and what), and ``words`` below these."""
        self._box(LEFT - 0.4, TOP, LEFT + 0.4, self._foot, GREY)
        self._box(LEFT, self._foot - 0.4, RIGHT, self._foot + 0.4, GREY)
        for value, mark in (marks or round_numbers(self._most)).items():
            self._write(mark, self.x(value), self._foot + 8.5, SMALL, INK, "center")
        if words:
            self._write(words, (LEFT + RIGHT) / 2, self._foot + 22, SMALL, INK, "center")

    def svg(self) -> str:
        """Give the picture."""
        import matplotlib
        from matplotlib.backends import backend_svg

        svg_renderer: Any = backend_svg.RendererSVG
        fonts.register_with_matplotlib()
        out = io.StringIO()
        with matplotlib.rc_context(_SETTINGS):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            renderer: Any = svg_renderer(WIDTH, self.height, out, image_dpi=72, metadata=nothing)
            self._draw(renderer)
            renderer.finalize()
        return _slim(out.getvalue())

    def _draw(self, renderer: Any) -> None:
        import numpy
        from matplotlib.colors import to_rgb
        from matplotlib.path import Path
        from matplotlib.transforms import Affine2D

        upside_down = Affine2D().scale(1, -1).translate(0, self.height)  # the renderer turns paths, not words
        for colour, shapes in self._shapes.items():
            outline = Path(
                numpy.concatenate([v for v, _ in shapes]), numpy.concatenate([c for _, c in shapes])
            )
            gc = renderer.new_gc()
            gc.set_linewidth(0)
            renderer.draw_path(gc, outline, upside_down, to_rgb(colour))
        for words, x, y, size, colour, side in self._words:
            font = _font(size)
            width, _, _ = renderer.get_text_width_height_descent(words, font, ismath=False)
            start = x - {"left": 0, "center": width / 2, "right": width}[side]
            gc = renderer.new_gc()
            gc.set_foreground(colour)
            renderer.draw_text(gc, start, y + 0.36 * size, words, font, 0, ismath=False)

    def _middle(self, row: int) -> float:
        return TOP + ROW * (row + 0.5)

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        from matplotlib.path import Path

        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._add(colour, corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])

    def _add(self, colour: str, vertices: Any, codes: Any) -> None:
        self._shapes.setdefault(colour, []).append((vertices, codes))

    def _write(self, words: str, x: float, y: float, size: float, colour: str, side: str) -> None:
        if words.strip():
            self._words.append((words, x, y, size, colour, side))


def round_numbers(most: float) -> dict[float, str]:
    """Give three to six round numbers from 0 to ``most``, and how they are written.

    >>> round_numbers(44.2), round_numbers(0.9)
    ({0: '0', 10: '10', 20: '20', 30: '30', 40: '40'}, {0.0: '0', 0.2: '0.2', 0.4: '0.4', 0.6: '0.6', 0.8: '0.8'})
    """
    power = 10 ** math.floor(math.log10(most / 2))
    step = next(power * n for n in (1, 2, 5, 10, 20) if most / (power * n) < 6)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    count = math.floor(most / step + 1e-9)
    return {round(i * step, 12): f"{i * step:,.{decimals}f}" if i else "0" for i in range(count + 1)}


def _slim(svg: str) -> str:
    """Drop what says nothing, and decimals nobody can see."""
    svg = _EMPTY.sub("", _HEAD.sub("", svg))
    svg = svg.replace("scale(0.015625)", f"scale({_GRAIN / 64})")
    svg = _OUTLINE.sub(lambda found: f'{found[1]} d="{_outline(found[2])}"', svg)
    svg = _TRANSFORM.sub(lambda found: _DECIMAL.sub(lambda one: f"{float(one[0]):.4g}", found[0]), svg)
    return _SHAPE.sub(lambda found: f'<path d="{_tight(_shortened(found[1]))}"', svg)


def _shortened(path: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), path)


@lru_cache(maxsize=20_000)
def _outline(path: str) -> str:
    """Give the outline of a letter on a coarser grid; the same letters come again and again."""
    return _tight(_NUMBER.sub(lambda found: str(round(float(found[0]) / _GRAIN)), path))


def _tight(path: str) -> str:
    return _LETTER.sub(r"\1", " ".join(path.split())).replace(" -", "-")


@lru_cache
def _font(size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=[fonts.HEI, fonts.GAP],
        size=size,
        style="normal",
        variant="normal",
        weight="normal",
        stretch="normal",
    )
