"""Hypothesis strategies for whole projects: every rubric, every method, every kind of target, in 元, 万元 or 亿元."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from helpers import project
from wenxiao.fitness import faults
from wenxiao.model import Project
from wenxiao.rubric import Rules, load_rubric, rubric_ids
from wenxiao.target import Bound, read

YEAR = 2023
Row = dict[str, Any]

NUMBERS = st.one_of(
    st.integers(0, 400).map(Decimal),
    st.decimals(0, 10**6, places=2),
    st.decimals(0, 1, places=4),
)
POSITIVE = NUMBERS.filter(bool)
SIGNS = st.sampled_from(["≥", ">", "=", "", "≤", "<"])
UNITS = st.sampled_from(["个", "%", "人", "公里", ""])
SHARES = st.integers(0, 10000).map(lambda n: f"{Decimal(n) / 100}%")
POINTS = st.integers(1, 9000).map(lambda n: Decimal(n) / 100)
OWN_RULES = st.sampled_from([
    "每少1{unit}扣1分，扣完为止", "每相差5%扣0.5分，扣完为止", "每超过指标值1{unit}扣2分，不足1{unit}按1{unit}计，扣完为止",
    "90%以上得满分，否则不得分", "100{unit}以上得2分，50{unit}-100{unit}得1分，50{unit}以下不得分", "完成得满分，未完成不得分",
])  # fmt: skip


def number(value: Decimal) -> str:
    """Write a number as a form does: 100.50 → 100.5, no exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@st.composite
def quantitative(draw: st.DrawFn) -> Row:
    """One number against one number, by the rubric, by a named method or by the indicator's own rule."""
    unit, sign = draw(UNITS), draw(SIGNS)
    targets = NUMBERS.map(lambda n: f"{sign}{number(n)}{unit}").filter(
        lambda t: isinstance(read(t), Bound)
    )  # not 290%
    row: Row = {"target": draw(targets), "actual": f"{number(draw(NUMBERS))}{unit}"}
    how = draw(
        st.sampled_from(
            ["rubric", "all_or_nothing", "proportional", "proportional_with_floor", "interval", "own"]
        )
    )
    if how == "own":
        row["rule"] = draw(OWN_RULES).format(unit=unit)
    elif how != "rubric":
        row["method"] = how
    return row


@st.composite
def ranged(draw: st.DrawFn) -> Row:
    """A number against a range."""
    low = draw(st.integers(1, 200))
    high = low + draw(st.integers(1, 50))
    row: Row = {"target": f"{low}-{high}个", "actual": f"{draw(st.integers(0, 600))}个"}
    return row | draw(
        st.sampled_from([{}, {"method": "all_or_nothing"}, {"rule": "每相差1个扣0.5分，扣完为止"}])
    )


@st.composite
def dated(draw: st.DrawFn) -> Row:
    """A day against a deadline."""
    row: Row = {
        "target": draw(st.sampled_from(["2023年6月底前", "12月底前", "2023年2月底前", "2023年内"])),
        "actual": f"{draw(st.sampled_from([2022, 2023, 2024]))}年{draw(st.integers(1, 12))}月{draw(st.integers(1, 28))}日",
    }
    return row | draw(
        st.sampled_from([{}, {"method": "all_or_nothing"}, {"rule": "每延迟一周扣1分，扣完为止"}])
    )


@st.composite
def judged(draw: st.DrawFn) -> Row:
    """A target in words, with a level and a share, or with a coefficient."""
    row: Row = {"target": "明显改善", "actual": "有所改善", "share": draw(SHARES)}
    return row | draw(
        st.sampled_from(
            [{"level": "达成"}, {"level": "部分达成"}, {"level": "未达成"}, {"method": "coefficient"}]
        )
    )


@st.composite
def incomplete(draw: st.DrawFn) -> Row:
    """What gives no score: nothing measured, words for a number, other units."""
    return dict(draw(st.sampled_from([
        {"target": "≥90%"}, {"target": "≥90%", "actual": "已完成"}, {"target": "8个", "actual": "8套"}, {"target": "提高", "actual": "提高"},
        {"target": "≥3次", "actual": "≥3次"}, {"actual": "8"}, {"target": "≥5", "actual": "-1"},
    ])))  # fmt: skip


SCORED = st.one_of(quantitative(), quantitative(), ranged(), dated(), judged())


def categories(rules: Rules) -> list[str]:
    """Give the 一级指标 a rubric knows; all where it sets none."""
    everything = ["decision", "process", "output", "outcome", "satisfaction", "cost"]
    known = rules.category_points
    return [one for one in everything if not known or rules.category_of(one) in known]


def fits(row: Row, rules: Rules) -> bool:
    """Tell whether a file with this indicator would be let in under the rubric."""
    return not faults(project(project=ABOUT, indicators=[row]), rules)


CLAIMS = st.one_of(st.just({}), POINTS.map(lambda points: {"printed": {"score": number(points)}}))
"""What a form may print beside a row: a score, right or wrong."""
ABOUT = {"name": "试点", "year": YEAR, "unit": "甲局"}


def rows(rules: Rules, scored: st.SearchStrategy[Row] = SCORED) -> st.SearchStrategy[Row]:
    """Give indicators that the rubric lets in."""
    told = st.fixed_dictionaries(
        {
            "category": st.sampled_from(categories(rules)),
            "name": st.just("指标"),
            "points": POINTS.map(number),
        }
    )
    return st.tuples(told, scored).map(lambda two: two[0] | two[1]).filter(lambda row: fits(row, rules))


@st.composite
def budgets(draw: st.DrawFn) -> Row:
    """Budgets of one to three sources, in whole cents."""
    unit, places = draw(st.sampled_from([("元", 2), ("万元", 6), ("亿元", 10)]))
    cents = st.integers(0, 10**10).map(lambda n: number(Decimal(n).scaleb(-places)))
    source = st.fixed_dictionaries({"name": st.just("财政拨款"), "adjusted": cents, "outturn": cents})
    return {
        "amount_unit": unit,
        "sources": draw(st.lists(source, min_size=1, max_size=3)),
        "received": draw(cents),
    }


def _to_a_hundred(drawn: list[Row], rules: Rules) -> list[Row]:
    """Share out what execution leaves of the rubric's total, so that a total can be given."""
    left = (rules.total or Decimal(100)) - (rules.execution_points or 0)
    each = (left / len(drawn)).quantize(Decimal("0.01"))
    sizes = [each] * (len(drawn) - 1)
    return [
        row | {"points": number(size)} for row, size in zip(drawn, [*sizes, left - sum(sizes)], strict=True)
    ]


@st.composite
def projects(draw: st.DrawFn, scored: st.SearchStrategy[Row] = SCORED) -> tuple[Project, str]:
    """Give a whole project and the rubric it is scored by; most add up to 100 points."""
    rubric = draw(st.sampled_from(rubric_ids()))
    rules = load_rubric(rubric).at(YEAR)
    drawn = draw(st.lists(rows(rules, scored), min_size=1, max_size=6))
    if draw(st.integers(0, 4)):
        drawn = _to_a_hundred(drawn, rules)
    named = [row | {"name": f"指标{i}"} | draw(CLAIMS) for i, row in enumerate(drawn, 1)]
    about = ABOUT | draw(st.sampled_from([{}, {"completed": "2023-11-30"}, {"completed": "2024-06-30"}]))
    return project(project=about, budget=draw(budgets()), indicators=named), rubric
