"""Charts: the same bytes whatever the analyst's settings, and legible for what a form can hold."""

import itertools
import re
from xml.etree import ElementTree

import matplotlib
import matplotlib.style
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import ROOT
from wenxiao.charts import attainment_chart, budget_chart, points_chart
from wenxiao.checking import check_file
from wenxiao.document import clean_svg
from wenxiao.drawing import BLUE, LEFT, RED, WIDTH, Drawing, round_numbers
from wenxiao.fonts.outlines import UNITS, letter

PATHS = sorted((ROOT / "params").rglob("*.yaml"))
CHARTS = (budget_chart, attainment_chart, points_chart)


def words(svg):
    """Each text of a picture with its box (left, top, right, bottom); what an outline's id says is its character."""
    for x, y, scale, inner in re.findall(
        r'<g transform="translate\(([\d.-]+) ([\d.-]+)\)scale\(([\d.]+)\)"[^>]*>(.*?)</g>', svg
    ):
        text = "".join(chr(int(code, 16)) for code in re.findall(r'href="#u([0-9a-f]+)"', inner))
        starts = [int(start) for start in re.findall(r' x="(\d+)"', inner)]
        x, y, scale = float(x), float(y), float(scale)
        end = x + (starts[-1] + letter(text[-1]).width) * scale
        yield text, (x, y - 0.8 * UNITS * scale, end, y + 0.1 * UNITS * scale)


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_chart_of_a_real_project_is_a_picture_both_formats_take(path):
    evaluation = check_file(path)
    for chart in CHARTS:
        if (figure := chart(evaluation)) is not None:
            assert figure.alt
            assert figure.caption
            assert ElementTree.fromstring(clean_svg(figure.svg)).tag.endswith("svg")
            assert len(figure.svg) < 60_000


def test_an_analysts_settings_do_not_show():
    evaluation = check_file(PATHS[0])
    before = [chart(evaluation).svg for chart in CHARTS]
    with matplotlib.style.context(["dark_background", "fivethirtyeight"]):
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": None, "font.size": 30})
        matplotlib.rcParams.update(
            {"path.sketch": (1, 100, 2), "font.family": ["DejaVu Sans"], "text.hinting": "none"}
        )
        assert [chart(evaluation).svg for chart in CHARTS] == before


def test_what_was_drawn_before_does_not_show():
    evaluation = check_file(PATHS[0])
    before = [chart(evaluation).svg for chart in CHARTS]
    letter.cache_clear()
    assert [chart(evaluation).svg for chart in reversed(CHARTS)] == before[::-1]


def test_a_missed_target_is_told_without_colour_too():
    evaluation = check_file(ROOT / "params" / "2021" / "lingling-forestry.yaml")
    assert any(r.attained is not None and not r.met for r in evaluation.indicators)
    assert "（空心：未达到指标值）" in [text for text, _ in words(attainment_chart(evaluation).svg)]


def turn(ring):
    """Twice the signed area of a closed path: its sign is the way round, and two ways make a hole."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", ring)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return sum(a * d - b * c for (a, b), (c, d) in itertools.pairwise([*points, points[0]]))


@pytest.mark.parametrize("hollow", [False, True])
def test_a_ring_has_a_hole_and_a_dot_has_none(hollow):
    drawing = Drawing(1, 10)
    drawing.pin(0, 5, RED, hollow=hollow)
    (shape,) = re.findall(r'<path d="([^"]*)" style', drawing.svg())
    heads = [turn(part) for part in shape.split("z") if "C" in part]
    assert [heads[0] * other < 0 for other in heads[1:]] == [True] * hollow


def edges(svg):
    """The left and right ends of all shapes."""
    numbers = [
        float(x)
        for d in re.findall(r'<path d="([^"]*)" style', svg)
        for x in re.findall(r"[ML] (-?[\d.]+)", d)
    ]
    return min(numbers), max(numbers)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=60) | st.text("名W㎡㙦😀 1", max_size=60),
            st.floats(-10, 1e13) | st.integers(0, 200),
        ),
        min_size=1,
        max_size=30,
    ),
    st.sampled_from([0.01, 1, 50, 182, 9e12]),
)
def test_nothing_leaves_the_picture_or_hides_a_word(rows, most):
    drawing = Drawing(len(rows), most)
    drawing.upright(most * 0.55)
    for row, (name, value) in enumerate(rows):
        drawing.name(row, name)
        drawing.bar(row, value, 0.6, BLUE)
        drawing.pin(row, value, RED, hollow=value < 100, beyond=value > most)
        drawing.value(row, value, f"{value:.2f}%（失 {value:.2f}）", RED)
    drawing.scale(words="万元（浅色：全年预算数；深色：全年执行数）")
    svg = drawing.svg()
    ElementTree.fromstring(clean_svg(svg))
    left, right = edges(svg)
    assert left >= LEFT - 4
    assert right <= WIDTH
    boxes = [box for _, box in words(svg)]
    assert all(
        x >= 0 and y >= 0 and right <= WIDTH and bottom <= drawing.height for x, y, right, bottom in boxes
    )
    assert not [pair for pair in itertools.combinations(boxes, 2) if meet(*pair)]
    line = drawing.x(most * 0.55)
    values = [box for text, box in words(svg) if "失" in text]
    assert not [box for box in values if box[0] < line < box[2] and box[1] < 13 + 26 * len(rows)]


def test_a_name_takes_two_lines_at_most():
    drawing = Drawing(1, 10)
    drawing.name(0, "名" * 10_000)
    assert [text for text, _ in words(drawing.svg())] == ["名" * 16, "名" * 15 + "…"]


def test_outlines_stand_once_and_all_that_is_used_is_there():
    svg = points_chart(check_file(ROOT / "params" / "2023" / "xiaoxian-zhangzhuangzhai.yaml")).svg
    outlines = re.findall(r'<path id="([^"]+)"', svg)
    assert len(set(outlines)) == len(outlines)
    assert set(re.findall(r'href="#([^"]+)"', svg)) == set(outlines)


@pytest.mark.parametrize("most", [0.000_1, 0.9, 1, 7, 10, 99.9, 12_345, 2e12])
def test_a_scale_has_a_few_round_numbers(most):
    marks = round_numbers(most)
    assert 3 <= len(marks) <= 6
    assert max(marks) <= most * (1 + 1e-9)
    assert len(set(marks.values())) == len(marks)
    assert [float(words.replace(",", "")) for words in marks.values()] == pytest.approx(list(marks))
