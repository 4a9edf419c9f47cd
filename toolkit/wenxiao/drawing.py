"""A bar chart in the house's style: matplotlib's SVG renderer draws the shapes, its font reader gives the letters.

A report draws three charts in a kernel of its own. Axes with their ticks, spines and layout took four fifths of that
time, so what a chart of bars needs stands here: rows with names, bars, pins, words, and a scale below.

Lengths are points (1/72 inch), from the top left corner. All of one colour is one path, a letter's outline stands once,
and numbers have as many decimals as the eye can see.
"""

import io
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wenxiao.fonts.outlines import UNITS, letter

INK, BLUE, PALE, GREY, RED, LOST = "#1b1b1b", "#1f5a99", "#c9d8ea", "#8a8f98", "#a3200f", "#f0cfc9"
WIDTH: Final = 442.0
"""The 156 mm of the type area."""
LEFT, RIGHT, TOP, ROW = 0.34 * WIDTH, 0.92 * WIDTH, 13.0, 26.0
MARKS, BOTTOM = 17.0, 30.5
"""What numbers take below the rows, and what numbers and words take."""
NAME, SMALL, NORMAL = 8.5, 8.5, 9.0
"""Sizes of type: names of rows, scale, values."""
MOST_NAME: Final = 16
"""Characters in a line of a row's name."""
_SETTINGS: Final[Any] = {
    "svg.hashsalt": "wenxiao",
    "svg.id": None,
    "path.simplify": False,
    "path.sketch": None,
}
"""All of an analyst's settings that the renderer would listen to."""
_NEEDLESS: Final = re.compile(
    r"(?s)^.*?(?=<svg )|<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>|\s*\n\s*|</svg>\s*$"
)


class Drawing:
    """A chart of ``rows`` rows whose scale ends at ``most``; ``svg()`` gives it."""

    def __init__(self, rows: int, most: float):
        self._foot = TOP + ROW * rows
        self.height = self._foot + MARKS
        self._most = most
        self._shapes: dict[str, list[tuple[Any, Any]]] = {}
        self._words: list[tuple[str, float, float, float, str]] = []
        self._uprights: list[float] = []

    def x(self, value: float) -> float:
        """Give where a value stands."""
        return LEFT + (RIGHT - LEFT) * min(max(value, 0.0), self._most) / self._most

    def bar(self, row: int, value: float, thickness: float, colour: str) -> None:
        """Draw a bar from zero; ``thickness`` is a share of the row."""
        if value > 0:
            half = ROW * thickness / 2
            self._box(LEFT, self._middle(row) - half, self.x(value), self._middle(row) + half, colour)

    def pin(self, row: int, value: float, colour: str, *, hollow: bool = False, beyond: bool = False) -> None:
        """Draw a thin bar with a head: a dot, a ring where ``hollow``, an arrow where the value is ``beyond`` the scale."""
        from matplotlib.path import Path

        x, y, r = self.x(value), self._middle(row), 3.0
        if x - r > LEFT:
            self._box(LEFT, y - 1.1, x - r + 0.5, y + 1.1, colour)
        if beyond:
            corners = [(x - r, y - r), (x + r, y), (x - r, y + r), (x - r, y - r)]
            self._add(colour, corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])
            return
        circle: Any = Path.unit_circle()
        self._add(colour, circle.vertices * r + (x, y), circle.codes)
        if hollow:  # a circle the other way round is a hole
            self._add(colour, circle.vertices * (1.2 - r, r - 1.2) + (x, y), circle.codes)

    def upright(self, value: float) -> None:
        """Draw a line through all rows at a value."""
        self._box(self.x(value) - 0.5, TOP, self.x(value) + 0.5, self._foot, INK)
        self._uprights.append(self.x(value))

    def name(self, row: int, name: str) -> None:
        """Write a row's name on the left, in at most two lines."""
        name = " ".join(name.split())
        lines = [name[i : i + MOST_NAME] for i in range(0, len(name), MOST_NAME)]
        if len(lines) > 2:
            lines = [lines[0], lines[1][:-1] + "…"]
        first = self._middle(row) - (len(lines) - 1) * NAME * 0.6
        for i, line in enumerate(lines):
            self._write(line, LEFT - 5, first + i * NAME * 1.2, NAME, INK, 1, room=LEFT - 7)

    def value(self, row: int, at: float, words: str, colour: str = INK) -> None:
        """Write words to the right of a value, beyond a line they would cross, smaller where they would pass the edge."""
        x, end = self.x(at) + 4, self.x(at) + 6 + _width(words, NORMAL)
        x = max([x, *(line + 4 for line in self._uprights if x - 2 < line < end)])
        self._write(words, x, self._middle(row), NORMAL, colour, 0, room=WIDTH - 2 - x)

    def scale(self, marks: Mapping[float, str] | None = None, words: str = "") -> None:
        """Draw the axes, numbers below (round ones, unless ``marks`` says where and what), and ``words`` below these."""
        self._box(LEFT - 0.4, TOP, LEFT + 0.4, self._foot, GREY)
        self._box(LEFT, self._foot - 0.4, RIGHT, self._foot + 0.4, GREY)
        marks = marks or self._apart(round_numbers(self._most))
        for value, mark in marks.items():
            self._write(mark, self.x(value), self._foot + 8.5, SMALL, INK, 0.5)
        if words:
            self.height = self._foot + BOTTOM
        self._write(words, (LEFT + RIGHT) / 2, self._foot + 22, SMALL, INK, 0.5, room=RIGHT - LEFT)

    def svg(self) -> str:
        """Give the picture."""
        import matplotlib
        from matplotlib.backends import backend_svg

        svg_renderer: Any = backend_svg.RendererSVG
        out = io.StringIO()
        with matplotlib.rc_context(_SETTINGS):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            renderer: Any = svg_renderer(WIDTH, self.height, out, image_dpi=72, metadata=nothing)
            self._draw_shapes(renderer)
            renderer.finalize()
        return _NEEDLESS.sub("", out.getvalue()) + "".join(self._lettering()) + "</svg>\n"

    def _draw_shapes(self, renderer: Any) -> None:
        import numpy
        from matplotlib.colors import to_rgb
        from matplotlib.path import Path
        from matplotlib.transforms import IdentityTransform

        for colour, shapes in self._shapes.items():
            points = numpy.concatenate([points for points, _ in shapes])
            points[:, 1] = self.height - points[:, 1]  # the renderer counts upwards
            outline = Path(points.round(1), numpy.concatenate([codes for _, codes in shapes]))
            gc = renderer.new_gc()
            gc.set_linewidth(0)
            renderer.draw_path(gc, outline, IdentityTransform(), to_rgb(colour))

    def _lettering(self) -> Iterator[str]:
        used = dict.fromkeys(c for words, *_ in self._words for c in words)
        letters = {character: letter(character) for character in used}
        yield "<defs>"
        yield from (f'<path id="{one.id}" d="{one.outline}"/>' for one in letters.values() if one.outline)
        yield f'</defs><g fill="{INK}">'
        for words, x, y, size, colour in self._words:
            fill = "" if colour == INK else f' fill="{colour}"'
            yield f'<g transform="translate({_short(x)} {_short(y + 0.36 * size)})scale({size / UNITS:.4g})"{fill}>'
            at = 0
            for one in (letters[character] for character in words):
                if one.outline:
                    yield f'<use xlink:href="#{one.id}" x="{at}"/>'
                at += one.width
            yield "</g>"
        yield "</g>"

    def _apart(self, marks: dict[float, str]) -> dict[float, str]:
        """Leave out every second mark, or more, where they would touch."""
        widest = max(_width(mark, SMALL) for mark in marks.values())
        step = math.ceil((widest + 4) / (self.x(list(marks)[1]) - LEFT))
        return dict(list(marks.items())[::step])

    def _middle(self, row: int) -> float:
        return TOP + ROW * (row + 0.5)

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        from matplotlib.path import Path

        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._add(colour, corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])

    def _add(self, colour: str, vertices: Any, codes: Any) -> None:
        self._shapes.setdefault(colour, []).append((vertices, codes))

    def _write(
        self, words: str, x: float, y: float, size: float, colour: str, before: float, room: float = math.inf
    ) -> None:
        """Note words that have the share ``before`` of their width before ``x``, smaller where they need more than ``room``."""
        if any(letter(character).outline for character in words):
            width = _width(words, size)
            shrunk = min(1, room / width) if width else 1
            self._words.append((words, x - before * shrunk * width, y, shrunk * size, colour))


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


def _width(words: str, size: float) -> float:
    return sum(letter(character).width for character in words) * size / UNITS


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
