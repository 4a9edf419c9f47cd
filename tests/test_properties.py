"""What holds for every project, whatever its figures."""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpers import evaluated, project
from projects import (
    ABOUT,
    NUMBERS,
    POINTS,
    SCORED,
    YEAR,
    fits,
    incomplete,
    number,
    projects,
    quantitative,
    rows,
)
from wenxiao.evaluation import Evaluation
from wenxiao.model import Project
from wenxiao.money import YUAN_IN, half_up
from wenxiao.rubric import load_rubric, rubric_ids
from wenxiao.scoring import score
from wenxiao.steps import read_rule, spell_rule
from wenxiao.target import read, spell
from wenxiao.words import METHODS

ANY = st.one_of(SCORED, incomplete())
quickly = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def plain(result: Evaluation) -> list[tuple[Any, ...]]:
    """Give what is computed for each indicator, apart from its wording."""
    return [
        (r.indicator.name, r.score.points, r.score.value, r.score.method, r.met) for r in result.indicators
    ]


@quickly
@given(projects(ANY))
def test_scores_lie_between_nothing_and_the_points(drawn):
    result = score(drawn[0], load_rubric(drawn[1]))
    for one in (result.budget.score, *(r.score for r in result.indicators)):
        if one.value is None:
            assert one.reason
        else:
            assert one.points is not None
            assert 0 <= one.value <= half_up(one.points, result.rules.score_places)
            assert one.value == half_up(one.value, result.rules.score_places)
            assert one.formula
            assert one.trace is not None


@quickly
@given(projects(ANY))
def test_the_total_is_the_sum_of_the_scores_or_there_is_none(drawn):
    result = score(drawn[0], load_rubric(drawn[1]))
    scores = [r.score for r in result.indicators]
    execution = result.budget.score
    if execution.points is not None:
        scores.append(execution)
    complete = result.rules.scored and all(s.value is not None for s in scores)
    whole = complete and sum(s.points for s in scores) == result.rules.total
    assert (result.total is not None) == whole
    if result.total is None:
        assert result.reason
        assert result.grade is None
    else:
        assert result.total == sum(s.value for s in scores)
        assert result.grade == result.rules.grade_of(result.total)
        assert 0 <= result.total <= result.rules.total


@quickly
@given(st.data(), st.sampled_from(rubric_ids()))
def test_doing_better_never_earns_less(data, rubric):
    rules = load_rubric(rubric).at(YEAR)
    row = data.draw(rows(rules, quantitative()))
    unit = row["target"].lstrip("≥>=≤<").lstrip("0123456789.")
    lower = read(row["target"]).lower_is_better
    one, other = sorted((data.draw(NUMBERS), data.draw(NUMBERS)), reverse=lower)
    worse, better = (
        score(project(project=ABOUT, indicators=[row | {"actual": f"{number(actual)}{unit}"}]), load_rubric(rubric))
        .indicators[0].score.value
        for actual in (one, other)
    )  # fmt: skip
    # Points by band reward the larger number, whichever direction the target has.
    banded = "以上得" in row.get("rule", "") or row.get("method") == "interval"
    assume(worse is not None and better is not None and not (lower and banded))
    assert worse <= better


@quickly
@given(projects(ANY), st.sampled_from(["元", "万元", "亿元"]))
def test_the_same_money_in_another_unit_earns_the_same(drawn, unit):
    one, rubric = drawn
    factor = YUAN_IN[one.budget.amount_unit] / YUAN_IN[unit]
    budget = one.budget.model_dump(exclude_unset=True)

    def changed(amount: Decimal) -> str:
        return number(amount * factor)

    with localcontext(prec=40):
        sources = [
            s | {"adjusted": changed(s["adjusted"]), "outturn": changed(s["outturn"])}
            for s in budget["sources"]
        ]
        received = changed(budget["received"])
    other = one.model_dump(by_alias=True, exclude_unset=True)
    other["budget"] = {"amount_unit": unit, "sources": sources, "received": received}
    before, after = (score(p, load_rubric(rubric)) for p in (one, Project.model_validate(other)))
    assert plain(after) == plain(before)
    assert after.budget.score.value == before.budget.score.value
    assert (after.budget.total.rate, after.budget.received_rate) == (
        before.budget.total.rate,
        before.budget.received_rate,
    )
    assert (after.total, after.grade) == (before.total, before.grade)


SCALES = {"元": 1, "万元": 10**4, "亿元": 10**8}


@quickly
@given(
    st.sampled_from(rubric_ids()),
    st.sampled_from(["≥", ">", "=", "", "≤", "<"]),
    st.integers(1, 10**8),
    st.integers(0, 10**8),
    st.tuples(*[st.sampled_from(sorted(SCALES))] * 4),
    st.sampled_from(
        [{}, {"method": "proportional"}, {"method": "all_or_nothing"}, {"rule": "每相差5%扣1分，扣完为止"}]
    ),
)
def test_targets_in_yuan_or_in_ten_thousand_earn_the_same(rubric, sign, target, actual, units, how):
    def row(a: str, b: str) -> dict[str, Any]:
        promised, done = (number(Decimal(n) / SCALES[u]) for n, u in ((target, a), (actual, b)))
        return {
            "category": "output",
            "name": "金额",
            "target": f"{sign}{promised}{a}",
            "actual": f"{done}{b}",
            "points": 15,
        } | how

    results = [
        score(project(project=ABOUT, indicators=[row(a, b)]), load_rubric(rubric)).indicators[0]
        for a, b in (units[:2], units[2:])
    ]
    assert len({(r.met, r.score.value, r.attained and half_up(r.attained, 30)) for r in results}) == 1


@settings(quickly, max_examples=60)
@given(projects(ANY), st.randoms(use_true_random=False))
def test_the_order_of_the_indicators_changes_nothing(drawn, random):
    one, rubric = drawn
    order = list(range(len(one.indicators)))
    random.shuffle(order)
    other = one.model_copy(update={"indicators": tuple(one.indicators[i] for i in order)})
    before, after = evaluated(one, rubric), evaluated(other, rubric)
    assert plain(after) == [plain(before)[i] for i in order]
    assert (after.total, after.grade) == (before.total, before.grade)

    def anywhere(result: Evaluation, places: list[int]) -> Counter[Any]:
        """Give the findings with the place each indicator has in the first order."""
        names = {f"indicators[{now}]": f"indicators[{was}]" for now, was in enumerate(places)}
        return Counter(
            replace(f, where=next((names[n] + f.where[len(n):] for n in names if f.where.startswith(n)), f.where))
            for f in result.findings
        )  # fmt: skip

    assert anywhere(after, order) == anywhere(before, list(range(len(order))))


@quickly
@given(projects(ANY), st.integers(1, 40))
def test_the_callers_decimal_context_changes_nothing(drawn, precision):
    one, rubric = drawn
    before = evaluated(one, rubric)
    with localcontext(prec=precision, rounding=ROUND_HALF_UP if precision % 2 else "ROUND_FLOOR"):
        assert evaluated(one, rubric).as_json() == before.as_json()


@quickly
@given(st.sampled_from(rubric_ids()), POINTS, st.integers(0, 10000), st.data())
def test_more_points_never_earn_less(rubric, points, more, data):
    rules = load_rubric(rubric).at(YEAR)
    row = data.draw(rows(rules, SCORED))
    assume("rule" not in row)  # a rule in points of its own may not fit other points
    values = [
        score(project(project=ABOUT, indicators=[row | {"points": number(p)}]), load_rubric(rubric))
        .indicators[0]
        .score.value
        for p in (points, points + Decimal(more) / 100)
    ]
    assert values[0] is None or values[0] <= values[1]


LETTERS = st.text(
    "0123456789.,%≥≤=<>±-~ 约至个万亿元人年月日底前后约每亩增长下降百分之第二季度不超过以上内（）同比",
    max_size=14,
)


@settings(quickly, max_examples=400)
@given(st.one_of(LETTERS, st.builds(lambda row: row["target"], quantitative())))
def test_a_target_spelled_out_reads_the_same(text):
    assume(text.strip())
    first = read(text)
    assert read(spell(first)) == first


@settings(quickly, max_examples=100)
@given(
    st.sampled_from(
        [
            "每降5%扣1分",
            "每少1个扣0.5分，不足1个按1个计",
            "90%以上得10分，80%-90%得8分",
            "完成得满分，未完成不得分",
            "每延迟一天扣1分",
        ]
    ),
    st.sampled_from(["", "，扣完为止"]),
)
def test_a_rule_spelled_out_reads_the_same(text, tail):
    first = read_rule(text + tail)
    assert read_rule(spell_rule(first)) == first


def test_the_strategies_reach_every_method_and_every_kind_of_answer():
    seen: Counter[str | None] = Counter()

    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(projects(ANY))
    def collect(drawn):
        result = score(drawn[0], load_rubric(drawn[1]))
        seen.update(r.score.method for r in result.indicators)
        seen.update({"total" if result.total is not None else "no total"})

    collect()
    assert set(seen) >= {*METHODS, "deadline", "total", "no total"}


@pytest.mark.parametrize("rubric", rubric_ids())
def test_an_indicator_the_rubric_refuses_is_never_drawn(rubric):
    rules = load_rubric(rubric).at(YEAR)
    assert not fits(
        {"category": "output", "name": "指标", "target": "提高", "actual": "提高", "method": "proportional"},
        rules,
    )
