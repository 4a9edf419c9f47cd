"""Every worked case of tests/cases: a sentence, the facts, and what they earn."""

import re
from typing import Any

import pytest

from wenxiao.evaluation import Evaluation, Score
from wenxiao.fitness import faults
from wenxiao.money import percent
from wenxiao.rubric import rubric_ids
from wenxiao.scoring import score
from wenxiao.words import GRADES, METHODS
from worked import EXPECTED, FILES, GIVEN, cases, project_of, rubric_of

ALL = cases()
PARAMETERS = [pytest.param(case, id=f"{file}: {case['name']}") for file, case in ALL]
WHOLE = ("scores", "total", "grade")


@pytest.mark.parametrize("case", PARAMETERS)
def test_case(case):
    project, rubric = project_of(case), rubric_of(case)
    if "refused" in case:
        with pytest.raises(LookupError) as refused:
            score(project, rubric)
        assert refused.value.args == (int(case["refused"]),)
        return
    if "faults" in case:
        codes = [code for _, code, _ in faults(project, rubric.at(project.year))]
        assert codes == case["faults"]
        if case["faults"] and "score" not in case:
            return
    result = score(project, rubric)
    expected = {key: case[key] for key in EXPECTED - {"faults", "reason"} & case.keys()}
    assert {key: said(result, key, case) for key in expected} == expected
    assert case.get("reason", "") in reason_of(result, case)


def said(result: Evaluation, key: str, case: dict[str, Any]) -> Any:
    """Give what the program says where the case says ``key``."""
    indicator = result.indicators[0]
    match key:
        case "execution":
            return _text(result.budget.score)
        case "score":
            return _text(indicator.score)
        case "scores":
            return [_text(one.score) for one in result.indicators]
        case "total":
            return None if result.total is None else f"{result.total:f}"
        case "grade":
            return GRADES[result.grade] if result.grade else None
        case "rate":
            rate = result.budget.total.rate
            return None if rate is None else percent(rate, result.rules.rate_places)
        case "stated":
            return indicator.stated
        case "method_used":
            return indicator.score.method
        case "formula":
            return _scored(result, case).formula
    raise AssertionError(key)


def reason_of(result: Evaluation, case: dict[str, Any]) -> str:
    return result.reason if case.keys() & set(WHOLE) else _scored(result, case).reason


def _scored(result: Evaluation, case: dict[str, Any]) -> Score:
    """Give the score a case is about: the budget's where it says ``execution``, else the one indicator's."""
    return result.budget.score if "execution" in case else result.indicators[0].score


def _text(one: Score) -> str | None:
    assert one.value is None or one.formula, "a score says how it came to be"
    assert one.value is not None or one.reason, "no score says why"
    return None if one.value is None else f"{one.value:f}"


def test_cases_are_many_and_each_says_what_is_expected():
    assert len(ALL) >= 240
    names = [case["name"] for _, case in ALL]
    assert sorted(names) == sorted(set(names))
    for _, case in ALL:
        assert re.search("[一-鿿]", case["name"])
        assert not case.keys() - GIVEN - EXPECTED, case
        assert case.keys() & EXPECTED - {"reason", "formula"}, case


def test_every_rubric_has_a_whole_project_and_its_first_year():
    by_file = {
        path.stem: {case.get("rubric", "mof-2020") for file, case in ALL if file == path.stem}
        for path in FILES
    }
    assert by_file["whole_projects"] >= set(rubric_ids())
    assert by_file["rule_changes"] >= set(rubric_ids())
    for _, case in ALL:
        if "refused" in case:
            assert rubric_of(case).since == int(case["refused"]) == int(case["year"]) + 1


def test_cases_stand_on_every_grade_and_every_method():
    grades = {case.get("grade") for _, case in ALL}
    assert grades >= {*GRADES.values(), None}
    methods = {
        one.score.method
        for _, case in ALL
        if "refused" not in case and not case.get("faults")
        for one in score(project_of(case), rubric_of(case)).indicators
    }
    assert methods >= set(METHODS)
