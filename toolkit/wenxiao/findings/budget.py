"""Findings on 项目资金: B101–B107."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.funds import TOTAL_NAME
from wenxiao.model import Part
from wenxiao.money import half_up, percent, places_of, printed_number, ratio, show, total
from wenxiao.words import label

SMALLEST_PLAUSIBLE: Final = Decimal(1000)
"""元; a whole project's yearly budget below this is very likely 万元 written as 元."""

HALF: Final = Decimal("0.5")


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on the budget."""
    yield from execution_rate(evaluation)
    yield from above_budget(evaluation)
    yield from sum_of_sources(evaluation)
    yield from splits(evaluation)
    yield from execution_score(evaluation)
    yield from low_execution(evaluation)
    yield from amount_unit(evaluation)
    yield from complete_on_a_fraction(evaluation)


_AMOUNTS: Final = {
    "original": "original budget", "adjusted": "adjusted budget", "outturn": "outturn", "received": "money received",
}  # fmt: skip


def execution_rate(evaluation: Evaluation) -> Iterator[Finding]:
    """B101: a printed rate that no rounding of its division to its decimals gives.

    Besides 执行率 this checks the rates that the rubric computes from 项目资金 (资金到位率 and 执行率 of the framework).
    """
    claim = evaluation.project.budget.printed.execution_rate
    yield from _rate(evaluation, "budget.printed.execution_rate", "执行率", claim, ("outturn", "adjusted"))
    for i, indicator in enumerate(evaluation.project.indicators):
        if measure := evaluation.rules.measures.get(indicator.name):
            columns = (measure.numerator, measure.denominator)
            yield from _rate(evaluation, f"indicators[{i}].actual", indicator.name, indicator.actual, columns)


def _rate(
    evaluation: Evaluation, where: str, name: str, text: str | None, columns: tuple[str, str]
) -> Iterator[Finding]:
    budget = evaluation.budget.total
    amounts = {c: getattr(budget, c) for c in ("original", "adjusted", "outturn")}
    amounts["received"] = evaluation.project.budget.received
    part, whole = (amounts[column] for column in columns)
    claim = printed_number(text) if text else None
    if claim is None or part is None or not whole:
        return
    rate = ratio(part, whole)
    readings = {half_up(rate * 100, claim.places)}
    if not claim.percent and claim.value <= 1 and claim.places:
        readings.add(half_up(rate, claim.places))  # "0.98" may be meant as a ratio
    if claim.value not in readings:
        yield finding(
            "B101", "error", where, printed=claim.text,
            computed=percent(rate, max(claim.places, evaluation.rules.rate_places)), name=name,
            part=show(part), whole=show(whole), part_label=label(columns[0]), whole_label=label(columns[1]),
            part_en=_AMOUNTS[columns[0]], whole_en=_AMOUNTS[columns[1]],
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
            yield _sum(f"budget.total.{column}", column, TOTAL_NAME, show(stated), "各资金来源", summed)


def splits(evaluation: Evaluation) -> Iterator[Finding]:
    """B103: the total divided once more (by income, by expenditure, in the text) against its printed sum or its column."""
    summed_sources = bool(evaluation.project.budget.sources)
    for i, split in enumerate(evaluation.project.budget.splits):
        where, summed = f"budget.splits[{i}]", total(part.amount for part in split.parts)
        claim = printed_number(split.printed.total) if split.printed.total else None
        if claim is not None and claim.value != summed:
            yield _sum(
                f"{where}.printed.total", split.column, f"{split.name}的合计", claim.text, "其中各项", summed
            )
            continue
        whole = getattr(evaluation.budget.total, split.column)
        if whole is not None and abs(whole - summed) > _slack(split.parts, whole):
            name = "各资金来源合计" if summed_sources else TOTAL_NAME
            yield _sum(where, split.column, name, show(whole), f"{split.name}的各项", summed)


def _slack(parts: tuple[Part, ...], whole: Decimal) -> Decimal:
    """Give what rounding may explain: half a last place of each part written with fewer decimals than the total."""
    rounded = [places for part in parts if (places := places_of(part.amount)) < places_of(whole)]
    return total(Decimal(5).scaleb(-places - 1) for places in rounded)


_COLUMNS: Final = {"original": "original budget", "adjusted": "adjusted budget", "outturn": "outturn"}


def _sum(where: str, column: str, whole: str, printed: str, parts: str, summed: Decimal) -> Finding:
    english = {TOTAL_NAME: "the total", "各资金来源合计": "the sum of the sources"}.get(whole, whole)
    return finding(
        "B103", "error", where, printed=printed, computed=show(summed), column=label(column), column_en=_COLUMNS[column],
        whole=whole, whole_en=english, parts=parts, parts_en="the sources" if parts == "各资金来源" else "its parts",
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


def low_execution(evaluation: Evaluation) -> Iterator[Finding]:
    """B105: execution below the rubric's threshold without a reason; a note where only a part of the form is known."""
    rate, rules, project = evaluation.budget.total.rate, evaluation.rules, evaluation.project
    threshold = rules.thresholds.execution_below
    if rate is None or threshold is None or rate >= threshold or project.budget.deviation_cause:
        return
    yield finding(
        "B105", "note" if project.is_excerpt else "warning", "budget", threshold=f"{show(threshold * 100)}%",
        computed=percent(rate, rules.rate_places),
    )  # fmt: skip


def complete_on_a_fraction(evaluation: Evaluation) -> Iterator[Finding]:
    """B107: at least two measurable outputs, all met, on half of the money or less, without a reason."""
    rate, outputs = evaluation.budget.total.rate, [
        r.met for r in evaluation.indicators if r.indicator.category == "output" and r.met is not None
    ]  # fmt: skip
    if rate is None or rate > HALF or len(outputs) < 2 or not all(outputs):
        return
    if not evaluation.project.budget.deviation_cause:
        shown = percent(rate, evaluation.rules.rate_places)
        yield finding("B107", "warning", "budget", computed=shown, count=len(outputs))


def amount_unit(evaluation: Evaluation) -> Iterator[Finding]:
    """B106: a whole budget of less than 1,000 元."""
    adjusted = evaluation.budget.total.adjusted
    if evaluation.project.budget.amount_unit == "元" and 0 < adjusted < SMALLEST_PLAUSIBLE:
        yield finding(
            "B106", "warning", "budget.amount_unit", printed="元", computed="万元", adjusted=show(adjusted)
        )
