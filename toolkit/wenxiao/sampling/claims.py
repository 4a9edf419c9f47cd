"""What the unit's own document prints of a sample: rate, scores, total and grade, as the rubric gives them."""

from decimal import Decimal

from wenxiao.evaluation import Evaluation
from wenxiao.model import Project
from wenxiao.money import ZERO, percent, show, total
from wenxiao.sampling.data import Facts, forms, rubric
from wenxiao.scoring import score
from wenxiao.words import GRADES


def evaluated(facts: Facts) -> Evaluation:
    """Score the facts by their rubric."""
    return score(Project.model_validate(facts), rubric(facts["rubric"]))


def with_claims(facts: Facts, evaluation: Evaluation, headings: bool = False) -> Facts:
    """Give the facts with what is printed; ``headings`` also prints the points of the categories."""
    budget, rate = facts["budget"], percent(evaluation.budget.total.rate or ZERO)
    if not evaluation.rules.scored:
        return facts | {"budget": budget | {"printed": {"execution_rate": rate}}}
    claims = {"execution_rate": rate, "score": show(evaluation.budget.score.value or ZERO)}
    rows = [
        row if (value := result.score.value) is None else row | {"printed": {"score": show(value)}}
        for row, result in zip(facts["indicators"], evaluation.indicators, strict=True)
    ]
    told = facts | {"budget": budget | {"printed": claims}, "indicators": rows}
    printed = _printed(facts, evaluation, headings)
    return told | {"printed": printed} if printed else told


def _printed(facts: Facts, evaluation: Evaluation, headings: bool) -> Facts:
    printed: Facts = {}
    if evaluation.total is not None and evaluation.grade:
        printed = {"total": show(evaluation.total), "grade": GRADES[evaluation.grade]}
    if headings:
        execution = show(evaluation.rules.execution_points or ZERO)
        printed["points"] = {"execution": execution, **forms()[facts["rubric"]].points}
    return printed


def reprint_total(facts: Facts) -> None:
    """Let a printed total follow the printed scores, so that one planted fault is one fault."""
    if "total" in facts.get("printed", {}):
        scored = [facts["budget"], *facts["indicators"]]
        facts["printed"]["total"] = show(total(Decimal(one["printed"]["score"]) for one in scored))
        facts["printed"].pop("grade", None)
