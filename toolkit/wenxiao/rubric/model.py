"""A scoring regulation as it stands in its file: dated values by name."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from pydantic import Field, PrivateAttr

from wenxiao.above import Displayed
from wenxiao.model import Points, Text
from wenxiao.rubric.rules import WITHOUT, Basis, Rules, in_force
from wenxiao.rubric.values import (
    AtLeast,
    CategoryPoints,
    Dated,
    Deadlines,
    Deductions,
    Execution,
    Flag,
    GradeBand,
    Inside,
    Interval,
    Levels,
    Measure,
    Qualitative,
    Quantitative,
    Reference,
    Rounding,
    Strict,
    Thresholds,
)
from wenxiao.words import Words

ITEMS: Final[dict[str, Words]] = {
    "total": Words("总分", "total"),
    "execution_points": Words("预算执行率分值", "points for execution"),
    "execution": Words("预算执行率计分", "scoring of execution"),
    "category_points": Words("一级指标分值", "points by category"),
    "goal_points": Words("年度绩效目标分值", "points of the objectives"),
    "inside": Words("计入其他一级指标", "counted inside another category"),
    "at_least": Words("最低分值", "least points"),
    "adjustable": Words("分值可否调整", "points may be adjusted"),
    "quantitative": Words("定量指标计分", "quantitative indicators"),
    "qualitative": Words("定性指标计分", "qualitative indicators"),
    "satisfaction": Words("满意度计分", "satisfaction"),
    "deadlines": Words("期限指标计分", "deadlines"),
    "deductions": Words("扣分规则", "deductions"),
    "levels": Words("定性档次", "qualitative levels"),
    "measures": Words("由项目资金算出的指标", "measures computed from the budget"),
    "splits": Words("总额的分列", "splits of the total"),
    "thresholds": Words("提请说明的界限", "thresholds for findings"),
    "grades": Words("等级", "grades"),
    "rounding": Words("小数位数", "rounding"),
}
"""Name of a dated value → its label, in the order in which they are shown."""

DATED: Final = tuple(ITEMS)
"""The names of the dated values."""

_NEEDED: Final = ("total", "execution_points", "execution", "category_points", "quantitative", "rounding")


class Rubric(Displayed, Strict):
    """A scoring regulation: dated values by name. Points are in 分, shares between 0 and 1."""

    schema_: Literal["wenxiao/rubric/1"] = Field(alias="schema")
    id: Text
    name: Text
    based_on: Text | None = None
    kind: Literal["self_evaluation", "whole_unit", "transfer", "department_evaluation"] = "self_evaluation"
    scored: Flag = True
    references: dict[str, Reference]
    total: tuple[Dated[Points], ...] = ()
    execution_points: tuple[Dated[Points], ...] = ()
    execution: tuple[Dated[Execution], ...] = ()
    category_points: tuple[Dated[CategoryPoints], ...] = ()
    goal_points: tuple[Dated[Points], ...] = ()
    inside: tuple[Dated[Inside], ...] = ()
    at_least: tuple[Dated[AtLeast], ...] = ()
    adjustable: tuple[Dated[Flag], ...] = ()
    quantitative: tuple[Dated[Quantitative], ...] = ()
    qualitative: tuple[Dated[Qualitative], ...] = ()
    satisfaction: tuple[Dated[Interval], ...] = ()
    deadlines: tuple[Dated[Deadlines], ...] = ()
    deductions: tuple[Dated[Deductions], ...] = ()
    levels: tuple[Dated[Levels], ...] = ()
    measures: tuple[Dated[dict[Text, Measure]], ...] = ()
    splits: tuple[Dated[tuple[Text, ...]], ...] = ()
    thresholds: tuple[Dated[Thresholds], ...] = ()
    grades: tuple[Dated[tuple[GradeBand, ...]], ...] = ()
    rounding: tuple[Dated[Rounding], ...] = ()
    _origins: dict[str, str] = PrivateAttr(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Rubric {self.id}, from {self.since} on: {self.name}>"

    @property
    def since(self) -> int:
        """The first 评价年度 the rubric applies to: all that every score needs is in force."""
        needed: list[tuple[Dated[Any], ...]] = [values for name in _NEEDED if (values := getattr(self, name))]
        return max(min(dated.since for dated in values) for values in needed)

    def takes_over(self, name: str) -> bool:
        """Tell whether a value is taken over from the rubric this one is based on."""
        return name in self._origins

    def origin(self, name: str) -> str:
        """Give the id of the rubric that states a value: another one's where the value is taken over from it."""
        return self._origins.get(name, self.id)

    @property
    def without_points(self) -> Reference | None:
        """The form that prints no points: it stands behind the rubric as a whole, not behind one of its values."""
        return None if self.scored else self.references.get("form")

    def dated(self) -> Iterator[tuple[str, int, Dated[Any]]]:
        """Give every dated value: (name, position, value)."""
        for name in DATED:
            yield from ((name, i, value) for i, value in enumerate(getattr(self, name)))

    def at(self, year: int) -> Rules:
        """Give the rules in force for a 评价年度.

        Raises:
            LookupError: the rubric does not apply to that year; ``args[0]`` is the first year it does.
        """
        if year < self.since:
            raise LookupError(self.since)
        used = {name: d for name in DATED if (d := in_force(getattr(self, name), year)) is not None}
        values = {name: d.value for name, d in used.items()}
        rounding = values.pop("rounding")
        return Rules(
            id=self.id,
            name=self.name,
            kind=self.kind,
            scored=self.scored,
            **(WITHOUT | values),
            rate_places=rounding.rate_places,
            score_places=rounding.score_places,
            rate_first=rounding.rate_first,
            references=tuple(dict.fromkeys(self._references_of(used.values()))),
            bases={
                name: Basis(self.references[d.reference], d.since, d.verified) for name, d in used.items()
            },
        )

    def _references_of(self, used: Iterable[Dated[Any]]) -> Iterator[Reference]:
        if self.without_points is not None:
            yield self.without_points
        yield from (self.references[dated.reference] for dated in used)
