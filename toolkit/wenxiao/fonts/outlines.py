"""Characters of the bundled fonts as outlines of an SVG, taken from matplotlib's font reader and made short.

A Chinese character is drawn with two hundred points, many of them on a straight line; written out one by one they were
nine tenths of a chart. Here a curve that the eye takes for a line, or for a simpler curve, is written as one.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from wenxiao import fonts

UNITS: Final = 250
"""Units in an outline to the em: at 9 pt one is 0.013 mm."""
MOST_OFF: Final = 0.5
"""Units that a line or a simpler curve may stand off the curve it replaces."""
_EM: Final = 100
"""Points to the em at which the font is read."""
_MOVE, _LINE, _QUADRATIC, _CUBIC, _CLOSE = 1, 2, 3, 4, 79
"""matplotlib's codes of the parts of a path."""
_POINTS: Final = {_LINE: 1, _QUADRATIC: 2, _CUBIC: 3}


@dataclass(frozen=True)
class Letter:
    """A character: the id and the path data of its outline (empty for a blank), and its width, both in units.

    An id stands for the same outline in every chart, so charts may share a page.
    """

    id: str
    width: int
    outline: str


@lru_cache(maxsize=30_000)
def letter(character: str) -> Letter:
    """Give a character in Hei, or else from the gap font; an empty box where neither has it.

    What was read once is kept, also by processes forked later.
    """
    from matplotlib.ft2font import LoadFlags

    font, index = next(_holding(character), (_font(fonts.HEI), 0))
    shape = font.load_glyph(index, flags=LoadFlags.NO_HINTING)
    width = shape.linearHoriAdvance / 65_536 * UNITS / _EM
    return Letter(f"u{ord(character):x}", round(width), short_path(*font.get_path()))


def _holding(character: str) -> Iterator[tuple[Any, int]]:
    for font in map(_font, (fonts.HEI, fonts.GAP)):
        if index := font.get_char_index(ord(character)):
            yield font, index


def short_path(points: Any, codes: Any) -> str:
    """Give a path of matplotlib's (its points in 1/100 em, upwards) as short path data in units, downwards."""
    import numpy

    exact = points * (UNITS / _EM, -UNITS / _EM)
    kinds = codes.tolist()
    starts = numpy.flatnonzero(codes == _CUBIC)[::3]
    rounded = numpy.rint(exact)
    if starts.size:
        plane = exact[:, 0] + 1j * exact[:, 1]
        a, b, c, d = (plane[starts + i] for i in (-1, 0, 1, 2))
        across = (d - a).conjugate()
        aside = numpy.maximum(abs(((b - a) * across).imag), abs(((c - a) * across).imag))
        straight = 0.75 * aside <= MOST_OFF * abs(across)
        # The quadratic curve nearest to a cubic one, and how far apart they are at most.
        simple = abs(d - 3 * c + 3 * b - a) * math.sqrt(3) / 36 <= MOST_OFF
        control = numpy.rint(numpy.where(simple, (3 * (b + c) - a - d) / 4, b).view(float).reshape(-1, 2))
        rounded[starts] = control
        for start, is_straight, is_simple in zip(
            starts.tolist(), straight.tolist(), simple.tolist(), strict=True
        ):
            if is_straight or is_simple:
                kinds[start] = _LINE if is_straight else _QUADRATIC
    return _written(rounded.astype(int).tolist(), kinds, codes.tolist())


def _written(points: list[list[int]], kinds: list[int], codes: list[int]) -> str:
    """Write a path with relative steps; ``codes`` tell how many points a part takes, ``kinds`` as what it is written."""
    parts: list[str] = []
    x = y = i = 0
    begin = [0, 0]
    while i < len(kinds):
        kind = kinds[i]
        if kind == _MOVE:
            x, y = begin = points[i]
            parts.append(f"M{x} {y}")
        elif kind == _CLOSE:
            x, y = begin
            parts.append("z")
        else:
            (ax, ay), last = points[i], i + _POINTS[codes[i]] - 1
            right, down = points[last][0] - x, points[last][1] - y
            if kind == _QUADRATIC:
                parts.append(f"q{ax - x} {ay - y} {right} {down}")
            elif kind == _CUBIC:
                bx, by = points[i + 1]
                parts.append(f"c{ax - x} {ay - y} {bx - x} {by - y} {right} {down}")
            elif codes[last + 1 : last + 2] == [_CLOSE] and points[last] == begin:
                pass  # the close draws it
            elif right and down:
                parts.append(f"l{right} {down}")
            elif right:
                parts.append(f"h{right}")
            elif down:
                parts.append(f"v{down}")
            x, y, i = x + right, y + down, last
        i += 1
    return "".join(parts).replace(" -", "-")


@cache
def _file(family: str) -> str:
    return next(
        str(fonts.FOLDER / record["file"]) for record in fonts.sources() if record["family"] == family
    )


def _font(family: str) -> Any:
    from matplotlib.font_manager import (
        get_font,
    )  # keeps fonts open; another after a fork, and for each thread

    font: Any = get_font(_file(family))
    font.set_size(_EM, 72)
    return font
