"""Reading a whole rule: every clause, then what they make together."""

import re
from decimal import Decimal

from wenxiao.steps.by_bands import as_bands
from wenxiao.steps.by_steps import as_steps
from wenxiao.steps.clauses import read_clause
from wenxiao.steps.parts import (
    Begun,
    Earn,
    Else,
    Full,
    Part,
    Parts,
    Reach,
    Step,
    caps_of,
    earned_by,
    full_marks,
    parts_of,
)
from wenxiao.steps.rules import AllOrNothing, Rule, Unclear
from wenxiao.steps.splitting import split_clauses
from wenxiao.target import Moment


def read_rule(text: str) -> Rule:
    """Read a scoring rule.

    >>> read_rule("本指标满分6分，达9个得6分，少检查一个扣1分，扣完为止。").per.shown
    '1个'
    >>> read_rule("±10%以内得5分，±10-15%以内得3分，±15%以外不得分").points_of(Decimal(-12))
    Decimal('3')
    >>> read_rule("完成指标值得满分，未完成不得分")
    AllOrNothing(clause='完成指标值得满分', full=None, target=None, of='')
    >>> read_rule("90%以上得10分，完成较好的得5分")
    Unclear(clause='完成较好的得5分')
    """
    clauses = split_clauses(text)
    if listed := _numbered(clauses):
        return Unclear(listed)
    parts: list[tuple[str, Part]] = []
    for clause in clauses:
        part = read_clause(clause)
        if part is None:
            return Unclear(clause)
        parts.append((clause, part))
    if wrong := _contradiction(parts):
        return Unclear(wrong)
    if parts_of(parts, Step):
        return as_steps(parts)
    if any(isinstance(part, Earn | Reach) for _, part in parts):
        return _as_all_or_nothing(parts) or as_bands(parts)
    return Unclear(clauses[0] if clauses else text.strip())


def _numbered(clauses: list[str]) -> str | None:
    """Give the clause in which 2.80% may be number 2 of a list, and 80%; None where nothing looks like a list."""
    heads = [(clause, found) for clause in clauses if (found := re.match(r"(\d{1,2})[.．](\d?)", clause))]
    if [found[1] for _, found in heads[:2]] != ["1", "2"]:
        return None
    return next((clause for clause, found in heads if found[2]), None)


def _contradiction(parts: Parts) -> str | None:
    """Give the first clause that states other full marks or another measure than a clause before it."""
    full: Decimal | None = None
    of = ""
    for clause, part in parts:
        stated = part.points if isinstance(part, Full | Reach) else None
        named = part.of if isinstance(part, Step | Earn) else ""
        if (full is not None and stated not in (None, full)) or (of and named not in ("", of)):
            return clause
        full, of = full if stated is None else stated, of or named
    return None


def _as_all_or_nothing(parts: Parts) -> Unclear | None:
    """Read 达到指标值得满分，否则不得分; None where the rule says more, or gives points by number."""
    met = [(clause, part) for clause, part in parts if isinstance(part, Reach | Earn)]
    missed = parts_of(parts, Else)
    if len(met) != 1 or len(missed) != 1 or missed[0][1].points or parts_of(parts, Begun) or caps_of(parts):
        return None
    full, (clause, one), (last, other) = full_marks(parts), met[0], missed[0]
    how = one.how if isinstance(one, Reach) else "in time" if isinstance(one.target, Moment) else ""
    if other.unmet not in (None, how):
        return Unclear(last)
    if isinstance(one, Reach):
        return AllOrNothing(clause, full)
    earned = earned_by(one, full)
    by_number = one.span is not None and earned is not None
    if one.target is None or by_number or earned == 0 or (full is not None and earned != full):
        return None
    return AllOrNothing(clause, earned, one.target, one.of)
