"""Findings on 项目资金: B101, B102, B103, B104, B106."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.money import half_up, percent, printed_number, show, total
from wenxiao.words import label

SMALLEST_PLAUSIBLE: Final = Decimal(1000)
"""元; a whole project's yearly budget below this is very likely 万元 written as 元."""


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on the budget."""
    yield from execution_rate(evaluation)
    yield from above_budget(evaluation)
    yield from sum_of_sources(evaluation)
    yield from execution_score(evaluation)
    yield from amount_unit(evaluation)


def execution_rate(evaluation: Evaluation) -> Iterator[Finding]:
    """B101: a printed rate that no rounding of outturn ÷ adjusted to its decimals gives."""
    line, text = evaluation.budget.total, evaluation.project.budget.printed.execution_rate
    claim = printed_number(text) if text else None
    if claim is None or line.rate is None:
        return
    readings = {half_up(line.rate * 100, claim.places)}
    if not claim.percent and claim.value <= 1 and claim.places:
        readings.add(half_up(line.rate, claim.places))  # "0.98" may be meant as a ratio
    if claim.value not in readings:
        yield finding(
            "B101", "error", "budget.printed.execution_rate",
            printed=claim.text, computed=percent(line.rate, max(claim.places, evaluation.rules.rate_places)),
            outturn=show(line.outturn), adjusted=show(line.adjusted),
        )  # fmt: skip


def above_budget(evaluation: Evaluation) -> Iterator[Finding]:
    """B102: outturn above the adjusted budget, in the total or in one source."""
    lines = [("budget.total", evaluation.budget.total)]
    lines += [(f"budget.sources[{i}]", line) for i, line in enumerate(evaluation.budget.sources)]
    for where, line in lines:
        if line.outturn > line.adjusted:
            yield finding(
                "B102", "error", where, computed=show(line.outturn), name=line.name,
                outturn=show(line.outturn), adjusted=show(line.adjusted), over=show(line.outturn - line.adjusted),
            )  # fmt: skip


def sum_of_sources(evaluation: Evaluation) -> Iterator[Finding]:
    """B103: a stated total that is not the sum of the sources, column by column."""
    budget = evaluation.project.budget
    if budget.total is None or not budget.sources:
        return
    for column in ("original", "adjusted", "outturn"):
        stated = getattr(budget.total, column)
        parts = [getattr(source, column) for source in budget.sources]
        if stated is None or any(part is None for part in parts):
            continue
        if (summed := total(parts)) != stated:
            yield finding(
                "B103", "error", f"budget.total.{column}",
                printed=show(stated), computed=show(summed), column=label(column),
            )  # fmt: skip


def execution_score(evaluation: Evaluation) -> Iterator[Finding]:
    """B104: a printed execution score that differs; only a warning where it is the same number rounded earlier."""
    text, score = evaluation.project.budget.printed.score, evaluation.budget.score
    claim = printed_number(text) if text else None
    if claim is None or score.value is None or claim.value == score.value:
        return
    early = claim.places < evaluation.rules.score_places and half_up(score.value, claim.places) == claim.value
    yield finding(
        "B104", "warning" if early else "error", "budget.printed.score",
        printed=claim.text, computed=str(score.value), formula=score.formula,
        early="看来是先把执行率舍入、再算得分。" if early else "",
        early_en="The rate was probably rounded before scoring." if early else "",
    )  # fmt: skip


def amount_unit(evaluation: Evaluation) -> Iterator[Finding]:
    """B106: a whole budget of less than 1,000 元."""
    adjusted = evaluation.budget.total.adjusted
    if evaluation.project.budget.amount_unit == "元" and 0 < adjusted < SMALLEST_PLAUSIBLE:
        yield finding(
            "B106", "warning", "budget.amount_unit", printed="元", computed="万元", adjusted=show(adjusted)
        )
