"""Where each fact stands on the sheet 自评表: the ministry's layout, with as many rows as the project needs and spare ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from wenxiao.model import Indicator, Objective, Project, Source
from wenxiao.rubric import Rules
from wenxiao.words import CATEGORIES

COLUMNS: Final = {
    "side": 1, "category": 2, "subcategory": 3, "name": 4, "sign": 5, "value": 6, "unit": 7, "actual": 8, "points": 9,
    "score": 10, "cause": 11, "action": 12, "remark": 13, "number": 14, "level": 15, "share": 16, "method": 17, "rule": 18,
    "printed": 19, "planned_as": 20, "goal": 21,
}  # fmt: skip
"""What a row of an indicator holds → its column. The first twelve are the official form; the others are not printed."""
LAST_PRINTED: Final = COLUMNS["action"]
WIDTHS: Final = (9, 11, 13, 26, 8, 11, 9, 14, 8, 10, 22, 22, 46, 6, 10, 11, 18, 26, 10, 22, 8)
SOURCE_NAMES: Final = ("当年财政拨款", "上年结转资金", "其他资金")
TOTAL_ROW: Final = 6
"""The row of 年度资金总额; above it stand title, year and unit, 项目名称, 主管部门 and the heading of the amounts."""

_SUBCATEGORIES: Final = {
    "decision": ("approval", "goals", "funding"),
    "process": ("fund_management", "implementation"),
    "output": ("quantity", "quality", "timeliness", "cost"),
    "outcome": ("economic", "social", "ecological", "sustainability"),
    "satisfaction": ("satisfaction",),
    "cost": ("cost", "social_cost", "ecological_cost"),
}
_EACH: Final = 2
"""Rows for each 二级指标 of an empty form."""
_SPARE_SOURCES: Final = 4
_SPARE_GOALS: Final = 3


@dataclass(frozen=True)
class SourceRow:
    """A row of 项目资金; ``name`` is what stands there beforehand."""

    row: int
    name: str
    source: Source | None
    hidden: bool


@dataclass(frozen=True)
class GoalRow:
    """A row of 年度总体目标."""

    row: int
    objective: Objective | None
    hidden: bool


@dataclass(frozen=True)
class IndicatorRow:
    """A row of 绩效指标; ``tops`` are the rows where its merged 一级指标 and 二级指标 begin."""

    row: int
    number: int
    category: str
    subcategory: str | None
    tops: tuple[int, int]
    indicator: Indicator | None
    hidden: bool


@dataclass(frozen=True)
class Layout:
    """Every row of the sheet, counted from 1."""

    sources: tuple[SourceRow, ...]
    goals: tuple[GoalRow, ...]
    indicators: tuple[IndicatorRow, ...]

    @property
    def goal_head(self) -> int:
        """The heading of 年度总体目标."""
        return self.goals[0].row - 1

    @property
    def head(self) -> int:
        """The first of the two rows of headings above the indicators."""
        return self.goals[-1].row + 1

    @property
    def first(self) -> int:
        """The first row of indicators."""
        return self.head + 2

    @property
    def last(self) -> int:
        """The last row of indicators."""
        return self.indicators[-1].row

    @property
    def total(self) -> int:
        """The row of 总分."""
        return self.last + 1


def layout_of(project: Project | None, rules: Rules | None, spare: int) -> Layout:
    """Give the layout for a project, or of an empty form; ``spare`` more rows in each group are hidden until needed."""
    sources = _sources(project.budget.sources if project else ())
    goals = _goals(project.objectives if project else (), sources[-1].row + 2)
    row = goals[-1].row + 3
    found: list[IndicatorRow] = []
    for category, members in _groups(project, rules):
        found += _group(category, members, row, len(found) + 1, spare)
        row = found[-1].row + 1
    return Layout(sources, goals, tuple(found))


def _sources(stated: Sequence[Source]) -> tuple[SourceRow, ...]:
    known = {source.name for source in stated}
    names = [name for name in SOURCE_NAMES if name not in known]
    entries: list[tuple[str, Source | None, bool]] = [(source.name, source, False) for source in stated]
    entries += [(name, None, False) for name in names] + [("", None, True)] * _SPARE_SOURCES
    return tuple(SourceRow(TOTAL_ROW + i, *entry) for i, entry in enumerate(entries, 1))


def _goals(stated: Sequence[Objective], row: int) -> tuple[GoalRow, ...]:
    entries: list[tuple[Objective | None, bool]] = [(one, False) for one in stated] or [(None, False)]
    entries += [(None, True)] * _SPARE_GOALS
    return tuple(GoalRow(row + i, *entry) for i, entry in enumerate(entries))


Member = tuple[str | None, Indicator | None]


def _groups(project: Project | None, rules: Rules | None) -> list[tuple[str, list[Member]]]:
    """Give the groups in order: 一级指标, and its rows; a group that a project does not use is empty."""
    usual = list(rules.category_points) if rules and rules.category_points else _usual(rules)
    inside = rules.inside if rules else {}
    usual += [category for category in inside if category in CATEGORIES and category not in usual]
    usual.sort(key=list(CATEGORIES).index)
    if project is None:
        return [(c, [(sub, None) for sub in _subcategories(c, usual) for _ in range(_EACH)]) for c in usual]
    found: list[tuple[str, list[Member]]] = [
        (category, [(one.subcategory, one) for one in members])
        for category, members in groupby(project.indicators, lambda one: one.category)
    ]
    used = {category for category, _ in found}
    return found + [(category, []) for category in usual if category not in used]


def _usual(rules: Rules | None) -> list[str]:
    """Give the groups where a rubric sets no points for them."""
    if rules is not None and rules.kind == "department_evaluation":
        return ["decision", "process", "output", "outcome"]
    return ["output", "outcome", "satisfaction"]


def _subcategories(category: str, usual: list[str]) -> tuple[str, ...]:
    """Give the 二级指标 of a category: 成本指标 stands under 产出指标 unless it is a category of its own."""
    known = _SUBCATEGORIES[category]
    return tuple(sub for sub in known if not (category == "output" and sub == "cost" and "cost" in usual))


def _group(category: str, members: list[Member], row: int, number: int, spare: int) -> list[IndicatorRow]:
    found = []
    start = row
    for subcategory, run in groupby(members, lambda member: member[0]):
        top = row
        for _, indicator in run:
            tops = (start, top if subcategory else row)
            found.append(IndicatorRow(row, number, category, subcategory, tops, indicator, False))
            row, number = row + 1, number + 1
    for _ in range(max(1, spare) if not members else spare):
        found.append(IndicatorRow(row, number, category, None, (start, row), None, True))
        row, number = row + 1, number + 1
    return found
