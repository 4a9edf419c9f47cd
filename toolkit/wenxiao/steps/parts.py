"""The clauses of a rule as read one by one, and what they state together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from wenxiao.steps.bands import PointBand
from wenxiao.steps.deductions import Side
from wenxiao.steps.measures import Target
from wenxiao.target import Quantity


@dataclass(frozen=True)
class Full:
    """本指标满分6分, 扣满6分为止 (``down``); 扣完为止 states no points."""

    points: Decimal | None
    down: bool = False


@dataclass(frozen=True)
class Step:
    """每降5%扣1分."""

    per: Quantity
    deduct: Decimal
    side: Side
    of: str


@dataclass(frozen=True)
class Begun:
    """不足5%按5%计, 不足5%不扣分."""

    per: Quantity
    up: bool


@dataclass(frozen=True)
class Reach:
    """达到指标值得满分; ``points`` None is 满分; ``how`` tells 按时完成 and 全部完成 from 完成."""

    points: Decimal | None
    how: str


@dataclass(frozen=True)
class Earn:
    """90%以上得10分: what is to be reached, as a target and as a band as far as it is one."""

    target: Target | None
    span: PointBand | None
    unit: str
    points: Decimal | None
    of: str


@dataclass(frozen=True)
class Else:
    """否则不得分; ``unmet`` is how, where 未完成 is written instead: it leaves out what is done late, or in part."""

    points: Decimal
    unmet: str | None = None


Part = Full | Step | Begun | Reach | Earn | Else
"""What one clause says."""
Parts = Sequence[tuple[str, Part]]
"""Clauses as written and as read, in the order of the rule."""
_P = TypeVar("_P", Full, Step, Begun, Reach, Earn, Else)


def parts_of(parts: Parts, kind: type[_P]) -> list[tuple[str, _P]]:
    """Give the clauses of one kind."""
    return [(clause, part) for clause, part in parts if isinstance(part, kind)]


def full_marks(parts: Parts) -> Decimal | None:
    """Give the full marks the rule states, by themselves or for 完成指标值."""
    points = [part.points for _, part in parts if isinstance(part, Full | Reach)]
    return next((one for one in points if one is not None), None)


def measure_of(parts: Parts) -> str:
    """Give the measure the rule names, or ""."""
    return next((part.of for _, part in parts if isinstance(part, Step | Earn) and part.of), "")


def earned_by(part: Earn, full: Decimal | None) -> Decimal | None:
    """Give the points of a clause; 满分 is the full marks, None where they are not stated."""
    return full if part.points is None else part.points


def caps_of(parts: Parts) -> list[str]:
    """Give the clauses that belong to a deduction: 扣完为止."""
    return [clause for clause, part in parts_of(parts, Full) if part.down]
