"""Letters of the charts: what is left out of an outline can't be seen."""

import itertools
import re

import numpy
import pytest
from matplotlib.ft2font import LoadFlags

from wenxiao import fonts
from wenxiao.fonts import outlines
from wenxiao.fonts.outlines import MOST_OFF, UNITS, letter, short_path

CHARACTERS = "预算执行绩效满意度8%剔暝缣碑；（g㙦䶮⑳✓"
ROUNDING = 0.5**0.5


def bends(path):
    """The parts of a path's data, each as the points that define it."""
    here = begin = numpy.zeros(2)
    for command, numbers in re.findall(r"([Mlhvqcz])([^Mlhvqcz]*)", path):
        values = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        if command == "M":
            here = begin = numpy.array(values)
            continue
        if command == "z":
            steps = (begin - here)[None, :]
        else:
            flat = {"h": [*values, 0], "v": [0, *values]}.get(command, values)
            steps = numpy.array(flat).reshape(-1, 2)
        yield numpy.vstack([here, here + steps])
        here = here + steps[-1]


def exact_bends(points, codes):
    points, i = points * (UNITS / 100, -UNITS / 100), 0
    while i < len(codes):
        if codes[i] == 1:
            begin = points[i]
            count = 1
        else:
            count = {2: 1, 4: 3, 79: 1}[codes[i]]
            end = begin[None, :] if codes[i] == 79 else points[i : i + count]
            yield numpy.vstack([points[i - 1], end])
        i += count


def traced(parts, steps=9):
    """Points along each part, by de Casteljau."""
    share = numpy.linspace(0, 1, steps)[:, None]
    for part in parts:
        level = list(part)
        while len(level) > 1:
            level = [a * (1 - share) + b * share for a, b in itertools.pairwise(level)]
        yield level[0]


def farthest(one, other):
    """How far the points of one outline are from the other at most."""
    starts = numpy.concatenate([line[:-1] for line in other])
    along = numpy.concatenate([line[1:] for line in other]) - starts
    square = (along**2).sum(1)
    points = numpy.concatenate([line[::2] for line in one])[:, None]
    share = ((points - starts) * along).sum(2) / numpy.where(square, square, 1)
    gap = starts + share.clip(0, 1)[..., None] * along - points
    return ((gap**2).sum(2).min(1) ** 0.5).max()


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_short_outline_stays_beside_the_exact_one(character):
    font = next(
        font for font in map(outlines._font, (fonts.HEI, fonts.GAP)) if font.get_char_index(ord(character))
    )
    font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    points, codes = font.get_path()
    exact = list(traced(exact_bends(points, codes.tolist())))
    short = list(traced(bends(short_path(points, codes))))
    assert max(farthest(exact, short), farthest(short, exact)) <= MOST_OFF + ROUNDING


def test_a_blank_has_a_width_and_no_outline():
    assert letter(" ").outline == ""
    assert letter(" ").width > 0
    assert letter("　").width == letter("算").width == UNITS


def test_a_character_of_no_font_is_a_box():
    assert letter("😀").outline == letter("🎉").outline != ""
    assert letter("😀").id != letter("🎉").id
