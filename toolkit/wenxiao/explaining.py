"""How each number came to be: inputs → formula with numbers → rounding → rule and what it rests on.

The traces are the report's own words and therefore Chinese; only their headings follow the reader's language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wenxiao.evaluation import Evaluation, Score, Trace
from wenxiao.words import GRADES, Words

HEADINGS: Final = {
    "inputs": Words("数据", "inputs"),
    "formula": Words("公式", "formula"),
    "unrounded": Words("未舍入", "unrounded"),
    "rounding": Words("舍入", "rounding"),
    "result": Words("结果", "result"),
    "rule": Words("规则", "rule"),
    "basis": Words("依据", "basis"),
    "reason": Words("没有得分", "no score"),
}


@dataclass(frozen=True)
class Explained:
    """One number: its name, the result as shown (— where there is none), and its steps as (heading's key, text)."""

    name: str
    result: str
    steps: tuple[tuple[str, str], ...]


def explained(evaluation: Evaluation) -> Iterator[Explained]:
    """Give every score of an evaluation in the order of the form, the total last."""
    yield _score("预算执行率", evaluation.budget.score, evaluation)
    for result in evaluation.indicators:
        yield _score(result.indicator.name, result.score, evaluation)
    yield _total(evaluation)


def _score(name: str, score: Score, evaluation: Evaluation) -> Explained:
    if score.trace is None or score.value is None:
        said = [("formula", score.formula)] if score.formula else []
        return Explained(name, "—", (*said, ("reason", score.reason)))
    value = f"{score.value:.{evaluation.rules.score_places}f}"
    return Explained(name, value, _steps(score.trace, f"{value} 分"))


def _steps(trace: Trace, result: str) -> tuple[tuple[str, str], ...]:
    steps = [
        ("inputs", "；".join(f"{name} {value}" for name, value in trace.inputs)),
        ("formula", trace.formula),
    ]
    if trace.unrounded:
        steps.append(("unrounded", trace.unrounded))
    steps += [("rounding", trace.rounding), ("result", result), ("rule", trace.rule)]
    return (*steps, ("basis", trace.basis)) if trace.basis else tuple(steps)


def _total(evaluation: Evaluation) -> Explained:
    if evaluation.trace is None or evaluation.total is None:
        return Explained("总分", "—", (("reason", evaluation.reason.rstrip("。")),))
    value = f"{evaluation.total:.{evaluation.rules.score_places}f}"
    grade = (
        f"，等级“{GRADES[evaluation.grade]}”（{evaluation.rules.basis('grades')}）"
        if evaluation.grade
        else ""
    )
    return Explained("总分", value, _steps(evaluation.trace, f"{value} 分{grade}"))


def explanation(evaluation: Evaluation, language: str) -> str:
    """Give the explanation of all numbers as text for a terminal."""
    rules = evaluation.rules
    lines = [f"{evaluation.project.name}（{evaluation.project.year}）  {rules.id}：{rules.name}"]
    for one in explained(evaluation):
        lines += ["", f"{one.name}  {one.result}"]
        lines += [
            f"  {HEADINGS[key].in_(language)}{Words('：', ': ').in_(language)}{text}"
            for key, text in one.steps
        ]
    return "\n".join(lines)
