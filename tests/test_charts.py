"""Charts: the same bytes whatever the analyst's settings, and legible for what a form can hold."""

import re
from xml.etree import ElementTree

import matplotlib
import matplotlib.style
import pytest

from helpers import ROOT
from wenxiao.charts import attainment_chart, budget_chart, points_chart
from wenxiao.checking import check_file
from wenxiao.document import clean_svg
from wenxiao.drawing import BLUE, RED, WIDTH, Drawing, round_numbers

PATHS = sorted((ROOT / "params").rglob("*.yaml"))
CHARTS = (budget_chart, attainment_chart, points_chart)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_chart_of_a_real_project_is_a_picture_both_formats_take(path):
    evaluation = check_file(path)
    for chart in CHARTS:
        if (figure := chart(evaluation)) is not None:
            assert figure.alt
            assert figure.caption
            assert ElementTree.fromstring(clean_svg(figure.svg)).tag.endswith("svg")
            assert len(figure.svg) < 120_000


def test_an_analysts_settings_do_not_show():
    evaluation = check_file(PATHS[0])
    before = [chart(evaluation).svg for chart in CHARTS]
    with matplotlib.style.context(["dark_background", "fivethirtyeight"]):
        matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": None, "font.size": 30})
        matplotlib.rcParams.update(
            {"path.sketch": (1, 100, 2), "font.family": ["DejaVu Sans"], "text.hinting": "none"}
        )
        assert [chart(evaluation).svg for chart in CHARTS] == before


def edges(svg):
    """The right and left ends of all shapes."""
    numbers = [
        float(x)
        for d in re.findall(r'<path d="([^"]*)" style', svg)
        for x in re.findall(r"[ML](-?[\d.]+)", d)
    ]
    return min(numbers), max(numbers)


def test_bars_stay_inside_whatever_they_stand_for():
    drawing = Drawing(3, 10)
    for row, value in enumerate((-5, 10_000, 0)):
        drawing.bar(row, value, 0.6, BLUE)
        drawing.mark(row, value, RED, beyond=value > 10)
        drawing.name(row, "名" * 10_000)
        drawing.value(row, value, "9" * 12)
    drawing.scale()
    left, right = edges(drawing.svg())
    assert left >= 0.3 * WIDTH
    assert right <= WIDTH
    assert drawing.svg().count("<use") < 300, "a name takes two lines at most"


@pytest.mark.parametrize("most", [0.000_1, 0.9, 1, 7, 10, 99.9, 12_345, 2e12])
def test_a_scale_has_a_few_round_numbers(most):
    marks = round_numbers(most)
    assert 3 <= len(marks) <= 6
    assert max(marks) <= most * (1 + 1e-9)
    assert len(set(marks.values())) == len(marks)
    assert [float(words.replace(",", "")) for words in marks.values()] == pytest.approx(list(marks))
