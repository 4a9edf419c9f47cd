"""Strictness: what is wrong with a single value of a rubric beyond its fields."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from wenxiao.loading import Path_
from wenxiao.money import percent, show
from wenxiao.rubric.model import ITEMS, Rubric
from wenxiao.rubric.values import PARTS, Dated
from wenxiao.words import CATEGORIES, GRADES, LABELS, LEVELS, METHODS

Fault = tuple[Path_, str, dict[str, Any]]
"""Where in the file, the code of :mod:`wenxiao.faults`, and what its words need."""


def value_faults(rubric: Rubric, name: str) -> Iterator[Fault]:
    """Give what is wrong with the values of one name: their references, their order, and each by itself."""
    values: tuple[Dated[Any], ...] = getattr(rubric, name)
    for i, dated in enumerate(values):
        if dated.reference not in rubric.references:
            # Keys with a colon are references taken over under another name; nobody writes them.
            choices = "、".join(key for key in rubric.references if ":" not in key)
            words = {"given": dated.reference, "choices": choices or "—"}
            yield (name, i, "reference"), "no_reference", words
        if i and values[i - 1].since >= dated.since:
            yield (name, i, "since"), "since_order", {"given": dated.since}
        if check := _CHECKS.get(name):
            for path, code, more in check(dated.value):
                yield (name, i, "value", *path), code, more


def _check_bands(value: Any) -> Iterator[Fault]:
    lows, shares = [band.from_ for band in value.bands], [band.share for band in value.bands]
    given = {"given": "、".join(f"{percent(b.from_, 0)}→{percent(b.share, 0)}" for b in value.bands)}
    if value.method != "interval":
        if lows:
            yield ("bands",), "bands_unused", {"given": METHODS[value.method]}
    elif not lows:
        yield (), "bands_missing", {}
    elif not _falling_to_zero(lows):
        yield ("bands",), "bands_gap", given
    elif any(a < b for a, b in itertools.pairwise(shares)):
        yield ("bands",), "bands_rise", given


def _falling_to_zero(lows: list[Decimal]) -> bool:
    """Tell whether lower ends fall from band to band and end at 0."""
    return bool(lows) and lows[-1] == 0 and all(a > b for a, b in itertools.pairwise(lows))


def _check_levels(value: Any) -> Iterator[Fault]:
    if set(value) != set(LEVELS):
        yield (), "levels_names", {"choices": "、".join(f"{key}（{text}）" for key, text in LEVELS.items())}
        return
    order = [value[key] for key in LEVELS]
    gap = any(above.low != below.high for above, below in itertools.pairwise(order))
    if gap or order[0].high != 1 or order[-1].low != 0 or any(level.low >= level.high for level in order):
        given = "、".join(f"{percent(level.low, 0)}–{percent(level.high, 0)}" for level in order)
        yield (), "levels_gap", {"given": given}


def _check_grades(value: Any) -> Iterator[Fault]:
    names = [band.grade for band in value]
    if len(set(names)) < len(names) or not _falling_to_zero([band.from_ for band in value]):
        given = "、".join(f"{GRADES[b.grade]} {show(b.from_)}" for b in value)
        yield (), "grades_gap", {"given": given or "—"}
    elif names != [key for key in GRADES if key in names]:
        yield (), "grades_order", {"given": "、".join(GRADES[name] for name in names)}


def _check_floor(value: Any) -> Iterator[Fault]:
    if (value.method == "proportional_with_floor") != (value.floor is not None):
        yield (), "floor", {"given": METHODS[value.method]}


def _check_inside(value: Any) -> Iterator[Fault]:
    for part, whole in value.items():
        if whole == part or whole in value:
            yield (part,), "inside_chain", {"given": PARTS[part], "whole": CATEGORIES[whole]}


def _check_at_least(value: Any) -> Iterator[Fault]:
    if len(set(value.categories)) < max(1, len(value.categories)):
        yield ("categories",), "listed_once", {"label": "一级指标", "key": "categories"}


def _check_splits(value: Any) -> Iterator[Fault]:
    if len(set(value)) < max(1, len(value)):
        yield (), "listed_once", {"label": ITEMS["splits"].zh, "key": "value"}


def _check_measures(value: Any) -> Iterator[Fault]:
    for name, measure in value.items():
        if measure.numerator == measure.denominator:
            yield (name, "denominator"), "measure_of_itself", {"given": LABELS[measure.numerator]}


_CHECKS: Final = {
    "execution": _check_bands, "satisfaction": _check_bands, "levels": _check_levels, "grades": _check_grades,
    "quantitative": _check_floor, "inside": _check_inside, "at_least": _check_at_least, "splits": _check_splits,
    "measures": _check_measures,
}  # fmt: skip
