"""Strictness: what is wrong with a rubric as a whole: what is missing, and values that do not fit together."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from wenxiao.faults import FAULTS
from wenxiao.loading import Path_
from wenxiao.money import ZERO, show, total
from wenxiao.rubric.checks import Fault, value_faults
from wenxiao.rubric.model import DATED, ITEMS, Rubric
from wenxiao.rubric.rules import in_force
from wenxiao.rubric.values import PARTS
from wenxiao.words import CATEGORIES

_Found = tuple[str, dict[str, Any]] | None


def _sum_together(values: dict[str, Any], year: int) -> _Found:
    if "total" not in values:  # a form without points
        return None
    for name in ("category_points", "goal_points"):
        if name in values and (found := _sum_of(values, name, year)):
            return found
    points = values.get("execution_points", ZERO)
    if points > values["total"]:
        return "execution_above_total", {"given": show(points), "expected": show(values["total"])}
    return None


def _sum_of(values: dict[str, Any], name: str, year: int) -> _Found:
    parts: list[tuple[str, Decimal]] = []
    if "execution_points" in values and "execution" not in values.get("inside", {}):
        parts.append(("预算执行率", values["execution_points"]))
    if name == "goal_points":
        parts.append((ITEMS[name].zh, values[name]))
    else:
        parts += [(CATEGORIES[key], points) for key, points in values[name].items()]
    summed = total(points for _, points in parts)
    if summed == values["total"]:
        return None
    said = " + ".join(f"{label} {show(points)}" for label, points in parts)
    return "points_do_not_add_up", {
        "given": show(summed), "expected": show(values["total"]), "parts": said, "year": year,
    }  # fmt: skip


def _execution_together(values: dict[str, Any], year: int) -> _Found:
    """Points for 预算执行率 and how it is scored belong together."""
    return ("execution_pair", {"year": year}) if len(values) == 1 else None


def _inside_together(values: dict[str, Any], year: int) -> _Found:
    """What counts inside another category has no points of its own, and the other has points."""
    if len(values) < 2:
        return None
    points = values["category_points"]
    for part, whole in values["inside"].items():
        if part in points and part != whole:
            return "inside_twice", {"given": PARTS[part], "whole": CATEGORIES[whole]}
        if whole not in points:
            return "inside_nowhere", {"given": PARTS[part], "whole": CATEGORIES[whole]}
    return None


def _below_total(values: dict[str, Any], year: int) -> _Found:
    """Grades and least points that no total can reach."""
    for name in ("grades", "at_least"):
        if name in values and "total" in values:
            highest = values[name][0].from_ if name == "grades" else values[name].points
            if highest > values["total"]:
                return "above_total", {
                    "given": show(highest), "expected": show(values["total"]), "label": ITEMS[name].zh, "key": name,
                }  # fmt: skip
    return None


_TOGETHER: Final[tuple[tuple[tuple[str, ...], Callable[[dict[str, Any], int], _Found]], ...]] = (
    (("total", "execution_points", "category_points", "goal_points", "inside"), _sum_together),
    (("execution_points", "execution"), _execution_together),
    (("inside", "category_points"), _inside_together),
    (("grades", "at_least", "total"), _below_total),
)
"""Values that must fit together, the one a fault is rather shown at first."""


def rubric_faults(rubric: Rubric) -> Iterator[Fault]:
    """Give what is wrong with a rubric beyond single fields: sums, gaps, names without meaning.

    What is taken over from another rubric was checked there; only what the own values make of it is checked again.
    """
    for name in DATED:
        if not rubric.takes_over(name):
            yield from value_faults(rubric, name)
    needed = ("total", "quantitative", "rounding") if rubric.scored else ("quantitative", "rounding")
    missing = [name for name in needed if not getattr(rubric, name)]
    for name in missing:
        code = "rubric_total" if name == "total" else "rule_required"
        yield (name,), code, {"label": ITEMS[name].zh, "key": name}
    if not missing:
        yield from _faults_together(rubric)


def _faults_together(rubric: Rubric) -> Iterator[Fault]:
    """Give what does not fit together, at the first year in which it does not."""
    for names, check in _TOGETHER:
        if all(rubric.takes_over(name) for name in names):
            continue
        starts = {dated.since for name in names for dated in getattr(rubric, name)}
        for year in sorted({max(rubric.since, start) for start in starts}):
            used = {name: in_force(getattr(rubric, name), year) for name in names}
            found = check({name: dated.value for name, dated in used.items() if dated is not None}, year)
            if found is None:
                continue
            inherited = [name for name in names if rubric.takes_over(name) and used[name] is not None]
            code, values = found
            if inherited and f"{code}_inherited" in FAULTS:
                values["base"], code = rubric.origin(inherited[-1]), f"{code}_inherited"
                values["inherited"] = "、".join(inherited)
            yield _own_place(rubric, names, year), code, values
            break


def _own_place(rubric: Rubric, names: tuple[str, ...], year: int) -> Path_:
    """Give where the own file has its part in what does not fit: the newest of its values in force."""
    own = [name for name in names if not rubric.takes_over(name)]
    places = [
        (dated.since, name, i)
        for name in own
        for i, dated in enumerate(getattr(rubric, name))
        if dated.since <= year
    ]
    if not places:  # the own file only takes a value away
        return (own[0],)
    _, name, i = max(places, key=lambda place: (place[0], -names.index(place[1])))
    return (name, i, "value")
