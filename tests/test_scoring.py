import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from helpers import evaluated, project
from wenxiao.rubric import load_rubric, rubric_ids
from wenxiao.scoring import score

CASES = YAML(typ="safe").load(Path(__file__).parent / "cases" / "scores.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    facts = {
        k: v
        for k, v in case.items()
        if k in ("subcategory", "points", "target", "actual", "method", "level", "share")
    }
    one = {"category": case.get("category", "output"), "name": "指标", **facts}
    result = score(project(indicators=[one]), load_rubric(case["rubric"])).indicators[0].score
    assert (None if result.value is None else str(result.value)) == case["score"]
    assert result.formula or result.reason, "a score says how it came to be, or why there is none"


def test_execution_is_scored_from_the_unrounded_rate():
    budget = {"amount_unit": "万元", "total": {"adjusted": "4753.66", "outturn": "3824.26"}}
    result = evaluated(project(budget=budget)).budget
    assert str(result.score.value) == "8.04"
    assert result.score.formula == "3824.26 ÷ 4753.66 = 80.45%；10 × 3824.26 ÷ 4753.66 = 8.04"


@pytest.mark.parametrize(
    ("completed", "outturn", "expected"),
    [("2021-11-30", "88.74", "10.00"), ("2022-03-01", "88.74", "7.00"), ("2022-03-01", "79.99", "5.00"),
     ("2022-03-01", "59", "0.00"), (None, "88.74", None)],
)  # fmt: skip
def test_guideline_101_scores_execution_by_interval(completed, outturn, expected):
    about = {"name": "试点", "year": 2021, "unit": "甲局"} | ({"completed": completed} if completed else {})
    budget = {"amount_unit": "万元", "total": {"adjusted": "100", "outturn": outturn}}
    value = evaluated(project(project=about, budget=budget), "mof-2021-cost").budget.score.value
    assert (None if value is None else str(value)) == expected


def test_total_and_grade():
    result = evaluated(project())
    assert (str(result.total), result.grade) == ("100.00", "excellent")


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90", "excellent"), ("89.99", "good"), ("80", "good"), ("60", "fair"), ("59.99", "poor")],
)
def test_grades_are_half_open(total, grade):
    assert load_rubric("mof-2020").at(2021).grade_of(Decimal(total)) == grade


@pytest.mark.parametrize("missing", ["points", "actual"])
def test_no_total_is_invented(missing):
    rows = [dict(i) for i in project().model_dump(exclude_unset=True)["indicators"]]
    del rows[0][missing]
    result = evaluated(project(indicators=rows))
    assert result.total is None
    assert result.grade is None
    assert result.reason


NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2)


@given(
    NUMBERS.filter(bool),
    NUMBERS,
    st.sampled_from(["≥", "≤", "=", ">", "<", ""]),
    st.sampled_from(rubric_ids()),
)
def test_scores_stay_within_their_points_and_formulas_recompute(target, actual, sign, rubric):
    rules = load_rubric(rubric)
    if not rules.scored:
        return
    row = {
        "category": "output",
        "name": "指标",
        "target": f"{sign}{target}",
        "actual": f"{actual}",
        "points": 15,
    }
    about = {"name": "试点", "year": 2023, "unit": "甲局"}
    result = score(project(project=about, indicators=[row]), rules).indicators[0].score
    assert result.value is not None
    assert 0 <= result.value <= 15
    sums = re.findall(r"，([\d.()×÷−\s]+) = ([\d.]+)$", result.formula)
    for left, right in sums:  # what a reader types into a calculator
        fractions = re.sub(r"[\d.]+", lambda m: f"Fraction('{m[0]}')", left)
        value = eval(fractions.replace("×", "*").replace("÷", "/").replace("−", "-"), {"Fraction": Fraction})
        assert abs(value - Fraction(right)) <= Fraction(1, 200)
    assert sums or "满分" in result.formula or "记 0 分" in result.formula


@given(NUMBERS.filter(bool), NUMBERS, NUMBERS)
def test_doing_more_never_earns_less(target, less, more):
    less, more = sorted((less, more))
    values = []
    for actual in (less, more):
        row = {
            "category": "output",
            "name": "指标",
            "target": f"≥{target}",
            "actual": f"{actual}",
            "points": 15,
        }
        values.append(score(project(indicators=[row]), load_rubric("mof-2020")).indicators[0].score.value)
    assert values[0] <= values[1]


@pytest.mark.parametrize("name", rubric_ids())
def test_rubric_values_are_dated_and_referenced(name):
    rubric = load_rubric(name)
    assert rubric.id == name
    assert rubric.rounding
    with pytest.raises(LookupError):
        rubric.at(1990)
