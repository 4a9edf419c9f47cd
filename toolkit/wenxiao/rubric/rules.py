"""The rules in force for one 评价年度: a rubric without its dates."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic import ConfigDict

from wenxiao.rubric.values import (
    AtLeast,
    Deadlines,
    Deductions,
    Execution,
    GradeBand,
    Interval,
    Level,
    Measure,
    Qualitative,
    Quantitative,
    Reference,
    Strict,
    Thresholds,
)


def in_force(values: tuple[Any, ...], year: int) -> Any:
    """Give the newest of dated values that is not later than the 评价年度, or None."""
    return max((v for v in values if v.since <= year), key=lambda v: v.since, default=None)


@dataclass(frozen=True)
class Basis:
    """What a rule in force rests on: its reference, the first year, and whether that was verified."""

    reference: Reference
    since: int
    verified: bool

    @property
    def text(self) -> str:
        """The reference in words, with what is still to be confirmed."""
        title = self.reference.title + (f"，{self.reference.article}" if self.reference.article else "")
        return title if self.verified else f"{title}（尚待与原文核对）"


class Rules(Strict):
    """A rubric resolved for one year: plain values, no dates."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    id: str
    name: str
    kind: str
    scored: bool
    total: Decimal | None
    execution_points: Decimal | None
    execution: Execution | None
    category_points: dict[str, Decimal]
    goal_points: Decimal | None
    inside: dict[str, str]
    at_least: AtLeast | None
    adjustable: bool
    quantitative: Quantitative
    qualitative: Qualitative
    satisfaction: Interval | None
    deadlines: Deadlines | None
    deductions: Deductions | None
    levels: dict[str, Level]
    measures: dict[str, Measure]
    splits: tuple[str, ...]
    thresholds: Thresholds
    grades: tuple[GradeBand, ...]
    rate_places: int
    score_places: int
    rate_first: bool
    references: tuple[Reference, ...]
    bases: dict[str, Any]

    @property
    def verified(self) -> bool:
        """Tell whether every rule in force was compared with its original text."""
        return all(basis.verified for basis in self.bases.values())

    def basis(self, name: str) -> str:
        """Give what a rule rests on, in words; empty when the rubric does not have the rule."""
        return self.bases[name].text if name in self.bases else ""

    def category_of(self, category: str) -> str:
        """Give the category that carries the points of another (满意度 inside 效益), or the category itself."""
        return self.inside.get(category, category)

    def grade_of(self, total: Decimal) -> str | None:
        """Give the grade's key for a total, by half-open bands (89.6 is 良)."""
        return next((band.grade for band in self.grades if total >= band.from_), None)


WITHOUT: Final[dict[str, Any]] = {
    "total": None, "execution_points": None, "execution": None, "category_points": {}, "goal_points": None, "inside": {},
    "at_least": None, "adjustable": False, "quantitative": Quantitative(method="proportional", at_most="linear"),
    "qualitative": Qualitative(method="banded"), "satisfaction": None, "deadlines": None, "deductions": None,
    "levels": {}, "measures": {}, "splits": (), "thresholds": Thresholds(), "grades": (),
}  # fmt: skip
"""What holds where a rubric is silent."""
