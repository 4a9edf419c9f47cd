"""Scores and totals, recomputed a second way; and the answers of scoring that no worked case shows."""

from fractions import Fraction
from typing import Any

import pytest
from ruamel.yaml import YAML

from helpers import PARAMS
from recomputed import FORMS, Recomputed, UnreadError, half_up, recompute
from wenxiao.evaluation import Evaluation
from wenxiao.loading import load_project
from wenxiao.rubric import load_rubric, rubric_ids
from wenxiao.scoring import score
from wenxiao.words import GRADES
from worked import cases, facts_of, project_of, rubric_of

CASES = [(file, case) for file, case in cases() if "refused" not in case and not case.get("faults")]
WHOLE = [pytest.param(case, id=case["name"]) for file, case in CASES if file == "whole_projects"]


def exactly(result: Evaluation) -> Recomputed:
    """Give what the program computed, as fractions."""

    def fraction(value: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    total = result.budget.total
    return Recomputed(
        Fraction(total.outturn) / Fraction(total.adjusted) if total.adjusted else None,
        fraction(result.budget.score.value),
        tuple(fraction(one.score.value) for one in result.indicators),
        fraction(result.total),
        GRADES[result.grade] if result.grade else None,
    )


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_published_project_is_recomputed(path):
    raw = YAML(typ="base").load(path)
    rubric = raw.get("rubric", "mof-2020")
    result = score(load_project(path), load_rubric(rubric))
    second = recompute(raw, rubric)
    assert exactly(result) == second
    shown = result.as_dict()["budget"]["execution_rate"]
    assert Fraction(shown.rstrip("%")) == half_up(second.rate * 100, 2)


@pytest.mark.parametrize("case", WHOLE)
def test_every_whole_project_is_recomputed(case):
    assert exactly(score(project_of(case), rubric_of(case))) == recompute(
        facts_of(case), case.get("rubric", "mof-2020")
    )


def test_the_plain_ones_among_all_worked_cases_are_recomputed():
    compared, different = 0, []
    for _, case in CASES:
        try:
            second = recompute(facts_of(case), case.get("rubric", "mof-2020"))
        except UnreadError:
            continue
        compared += 1
        if exactly(score(project_of(case), rubric_of(case))) != second:
            different.append(case["name"])
    assert different == []
    assert compared >= 250


def test_the_second_way_knows_every_rubric():
    assert set(rubric_ids()) <= set(FORMS)
