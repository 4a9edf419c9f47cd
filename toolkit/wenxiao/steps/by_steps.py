"""Clauses that make a rule by steps: 90%以上得10分，每降5%扣1分，不足5%按5%计，扣完为止."""

from collections.abc import Iterator

from wenxiao.steps.deductions import Steps
from wenxiao.steps.measures import TIMES, Target
from wenxiao.steps.parts import (
    Begun,
    Earn,
    Else,
    Full,
    Part,
    Parts,
    Reach,
    Step,
    earned_by,
    full_marks,
    measure_of,
    parts_of,
)
from wenxiao.steps.rules import Unclear
from wenxiao.target import Moment, Range


def as_steps(parts: Parts) -> Steps | Unclear:
    """Give the rule that the clauses make, or the first that does not belong to it."""
    clause, step = parts_of(parts, Step)[0]
    begun = [part for _, part in parts_of(parts, Begun)]
    if wrong := next(_odd_beside(step, parts), None):
        return Unclear(wrong)
    full, target, of = full_marks(parts), None, measure_of(parts)
    for _, part in parts_of(parts, Earn):
        target, full = part.target, earned_by(part, full)
    if target is not None and not _fits(step, target):
        return Unclear(clause)
    return Steps(step.per, step.deduct, begun[0].up if begun else None, full, target, step.side, of)


def _odd_beside(step: Step, parts: Parts) -> Iterator[str]:
    """Give the clauses that a rule by steps can't hold: 否则不得分, a second step, another begun step, other marks."""
    full = full_marks(parts)
    seen: set[type[Part]] = set()
    for clause, part in parts:
        kind = Earn if isinstance(part, Reach) else type(part)
        again = kind in seen and kind is not Full
        other = isinstance(part, Begun) and part.per != step.per
        if isinstance(part, Earn):
            earned = earned_by(part, full)
            other = part.target is None or earned == 0 or (full is not None and earned != full)
        if again or other or isinstance(part, Else):
            yield clause
        seen.add(kind)


def _fits(step: Step, target: Target) -> bool:
    """Tell whether points can be lost that way: not above ≥90%, nor by percent after a day.

    每低于90%扣1分 beside a target of 90% is a threshold, no step.
    """
    if isinstance(target, Moment):
        return step.per.unit in TIMES and step.side != "below"
    if isinstance(target, Range):
        return True
    wrong = "below" if target.lower_is_better else "above" if target.sign in ("≥", ">") else None
    return step.side != wrong and target.quantity != step.per
