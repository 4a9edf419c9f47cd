"""What makes a project unfit for a rubric: faults of the file that only the rubric shows."""

import re
from collections.abc import Iterator
from typing import Any, Final

from wenxiao.model import Indicator, Project
from wenxiao.money import percent
from wenxiao.rubric import Rules
from wenxiao.scoring import method_of
from wenxiao.steps import AllOrNothing, Bands, Steps, Unclear, read_rule
from wenxiao.target import Bound, Moment, Range, Reading, read
from wenxiao.words import CATEGORIES, LEVELS, METHODS

Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]
EXECUTION_NAME: Final = re.compile(
    r"^(?:项目|部门|年度|全年)?(?:预算|资金|预算资金|项目资金|财政资金)(?:支出)?执行率$"
)
"""Names under which a form lists the execution rate as an indicator of its own."""


def faults(project: Project, rules: Rules) -> list[Fault]:
    """Give what makes a project unfit for a rubric: (field path, code in wenxiao.faults, values)."""
    found: list[Fault] = []
    for i, indicator in enumerate(project.indicators):
        at: tuple[str | int, ...] = ("indicators", i)
        for path, code, values in _indicator_faults(indicator, project, rules):
            found.append(((*at, path), code, values))
    return found


def _indicator_faults(
    indicator: Indicator, project: Project, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    target = read(indicator.target) if indicator.target else None
    if rules.category_points and rules.category_of(indicator.category) not in rules.category_points:
        choices = "、".join(CATEGORIES[c] for c in rules.category_points)
        yield "category", "category_not_in_rubric", {
            "rubric": rules.id, "given": CATEGORIES[indicator.category], "choices": choices,
        }  # fmt: skip
    if "execution" in rules.inside and EXECUTION_NAME.match(indicator.name):
        yield "name", "execution_twice", {"given": indicator.name, "rubric": rules.id}
    if indicator.goal is not None and indicator.goal > len(project.objectives):
        yield "goal", "no_such_goal", {"given": indicator.goal, "count": len(project.objectives)}
    yield from _level_faults(indicator, target, rules)
    yield from _method_faults(indicator, target, rules)


def _level_faults(
    indicator: Indicator, target: Reading | None, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    number = isinstance(target, Bound | Range | Moment)
    if indicator.level and number and indicator.method != "banded":
        yield "level", "level_of_quantity", {"given": indicator.target}
    if (
        indicator.share is not None
        and indicator.level is None
        and method_of(indicator, target, rules) != "coefficient"
    ):
        yield "share", "share_without_level", {}
    band = rules.levels.get(indicator.level) if indicator.level else None
    if band is not None and indicator.share is not None:
        inside = band.low <= indicator.share and (indicator.share < band.high or band.high == 1)
        if not inside and indicator.level is not None:
            shown = f"{percent(band.low, 0)}（含）–{percent(band.high, 0)}"
            level = {"level": LEVELS[indicator.level], "level_en": indicator.level}
            yield (
                "share",
                "share_outside_level",
                {"given": percent(indicator.share, 0), "band": shown, **level},
            )


def _method_faults(
    indicator: Indicator, target: Reading | None, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    method = indicator.method
    named = {"method": METHODS.get(method or "", ""), "method_en": method, "rubric": rules.id}
    rule = read_rule(indicator.rule) if indicator.rule is not None else None
    if isinstance(rule, Unclear) and not isinstance(rule, AllOrNothing):
        yield "rule", "rule_unclear", {"given": rule.clause}
    if method and method not in ("banded", "coefficient") and not isinstance(target, Bound | Range | Moment):
        yield "method", "method_needs_number", {"given": indicator.target or "", **named}
    lacks = (
        (method == "interval" and not isinstance(rule, Bands) and not rules.satisfaction)
        or (method == "proportional_with_floor" and rules.quantitative.floor is None)
        or (method == "stepwise" and not isinstance(rule, Steps))
    )
    if lacks and not isinstance(rule, Unclear):
        yield "method", "stepwise_needs_rule" if method == "stepwise" else "method_without_rule", named
