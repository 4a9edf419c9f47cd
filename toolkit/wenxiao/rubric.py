"""The scoring regulations as dated, referenced data (``rubrics/*.yaml``), and the rules in force for one year.

A rubric is not code: every value names the first 评价年度 it applies to, the reference it comes from, and whether
that reference was verified against the original text. A rubric may be ``based_on`` another and state only what differs.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from wenxiao.errors import InputError, Problem
from wenxiao.faults import fault
from wenxiao.loading import Path_, Sheet, read_text, validated
from wenxiao.model import Category, Method, Points, Share, Text, Year
from wenxiao.money import percent, show, total
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, key_of

T = TypeVar("T")
Fault = tuple[Path_, str, dict[str, Any]]


def _flag(value: Any) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise PydanticCustomError("flag", "flag", {"given": str(value)})


def _places(value: Any) -> int:
    if isinstance(value, bool) or str(value) not in "0123456" or not str(value):
        raise PydanticCustomError("places", "places", {"given": str(value)})
    return int(value)


def _grade(value: Any) -> str:
    key = key_of(GRADES, str(value))
    if key is None:
        raise PydanticCustomError(
            "choice", "choice", {"given": str(value), "choices": "、".join(GRADES.values())}
        )
    return key


Flag = Annotated[bool, BeforeValidator(_flag)]
Places = Annotated[int, BeforeValidator(_places)]
Grade = Annotated[str, BeforeValidator(_grade)]
Column = Literal["original", "adjusted", "outturn", "received"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reference(_Part):
    """Where a value comes from."""

    title: Text
    article: Text | None = None
    url: Text | None = None
    note: Text | None = None


class Dated(_Part, Generic[T]):
    """A value, the first 评价年度 it applies to, its reference, and whether that was verified."""

    since: Year
    value: T
    reference: Text
    verified: Flag


class Band(_Part):
    """``from`` (included) up to the next band → the share of the points."""

    from_: Share = Field(alias="from")
    share: Share


class Level(_Part):
    """A level of a qualitative indicator: shares from ``low`` (included) to ``high``."""

    low: Share
    high: Share


class Execution(_Part):
    """How 预算执行率 is scored: ``proportional`` (points × rate) or ``interval`` (by bands, full when completed)."""

    method: Literal["proportional", "interval"]
    bands: tuple[Band, ...] = ()


class Quantitative(_Part):
    """How a target with a number is scored.

    ``at_most`` chooses the family for ≤: ``linear`` w·(1−(a−t)/t), or ``ratio`` w·t/a. ``floor`` is the share of the
    target below which ``proportional_with_floor`` gives nothing.
    """

    method: Literal["proportional", "proportional_with_floor", "all_or_nothing"]
    at_most: Literal["linear", "ratio"]
    floor: Share | None = None


class Qualitative(_Part):
    """How a target in words is scored: by ``level`` and share, or by a stated ``coefficient``."""

    method: Literal["banded", "coefficient"]


class Interval(_Part):
    """Bands over the actual percentage itself (satisfaction)."""

    method: Literal["interval"]
    bands: tuple[Band, ...]


class Deadlines(_Part):
    """What a missed deadline earns; without this value of the rubric it is not scored."""

    method: Literal["all_or_nothing"]


class Deductions(_Part):
    """每降5%扣1分: what an incomplete step costs, where the rule itself does not say."""

    incomplete_step: Literal["free", "whole"]


class GradeBand(_Part):
    """A grade and the lowest total that earns it."""

    grade: Grade
    from_: Points = Field(alias="from")


class Rounding(_Part):
    """Places of rates and scores, half-up; ``rate_first`` scores from the rate as rounded (else from the unrounded)."""

    rate_places: Places
    score_places: Places
    rate_first: Flag = False


class Thresholds(_Part):
    """From where on an auditor asks: low execution (B105), far above target (I309), one dominant indicator (I311)."""

    execution_below: Share | None = None
    above_target_by: Share | None = None
    points_of_one: Share | None = None


class AtLeast(_Part):
    """Categories that together carry at least so many points."""

    categories: tuple[Category, ...]
    points: Points


class Measure(_Part):
    """A rate of the form computed from 项目资金: numerator ÷ denominator."""

    numerator: Column
    denominator: Column


class Rubric(_Part):
    """A scoring regulation: dated values by name."""

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
    category_points: tuple[Dated[dict[Category, Points]], ...] = ()
    goal_points: tuple[Dated[Points], ...] = ()
    inside: tuple[Dated[dict[str, Category]], ...] = ()
    at_least: tuple[Dated[AtLeast], ...] = ()
    adjustable: tuple[Dated[Flag], ...] = ()
    quantitative: tuple[Dated[Quantitative], ...] = ()
    qualitative: tuple[Dated[Qualitative], ...] = ()
    satisfaction: tuple[Dated[Interval], ...] = ()
    deadlines: tuple[Dated[Deadlines], ...] = ()
    deductions: tuple[Dated[Deductions], ...] = ()
    levels: tuple[Dated[dict[str, Level]], ...] = ()
    measures: tuple[Dated[dict[str, Measure]], ...] = ()
    splits: tuple[Dated[tuple[Text, ...]], ...] = ()
    thresholds: tuple[Dated[Thresholds], ...] = ()
    grades: tuple[Dated[tuple[GradeBand, ...]], ...] = ()
    rounding: tuple[Dated[Rounding], ...]

    @property
    def since(self) -> int:
        """The first 评价年度 the rubric applies to: all that every score needs is in force."""
        needed: list[tuple[Dated[Any], ...]] = [values for name in _NEEDED if (values := getattr(self, name))]
        return max(min(dated.since for dated in values) for values in needed)

    def dated(self) -> Iterator[tuple[str, int, Dated[Any]]]:
        """Give every dated value: (name, position, value)."""
        for name in DATED:
            yield from ((name, i, value) for i, value in enumerate(getattr(self, name)))

    def at(self, year: int) -> "Rules":
        """Give the rules in force for a 评价年度.

        Raises:
            LookupError: the rubric does not apply to that year; ``args[0]`` is the first year it does.
        """
        if year < self.since:
            raise LookupError(self.since)
        used = {name: d for name in DATED if (d := _at(getattr(self, name), year)) is not None}
        values = {name: d.value for name, d in used.items()}
        rounding = values.pop("rounding")
        return Rules(
            id=self.id,
            name=self.name,
            kind=self.kind,
            scored=self.scored,
            **(_WITHOUT | values),
            rate_places=rounding.rate_places,
            score_places=rounding.score_places,
            rate_first=rounding.rate_first,
            references=tuple(
                self.references[key] for key in dict.fromkeys(d.reference for d in used.values())
            ),
            bases={
                name: Basis(self.references[d.reference], d.since, d.verified) for name, d in used.items()
            },
        )


DATED: Final = (
    "total", "execution_points", "execution", "category_points", "goal_points", "inside", "at_least", "adjustable",
    "quantitative", "qualitative", "satisfaction", "deadlines", "deductions", "levels", "measures", "splits",
    "thresholds", "grades", "rounding",
)  # fmt: skip
"""The dated values of a rubric, in the order in which they are shown."""

_NEEDED: Final = ("total", "execution_points", "execution", "category_points", "quantitative", "rounding")


def _at(values: tuple[Any, ...], year: int) -> Any:
    """Give the newest value not later than the year, or None."""
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


class Rules(_Part):
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


_WITHOUT: Final[dict[str, Any]] = {
    "total": None, "execution_points": None, "execution": None, "category_points": {}, "goal_points": None, "inside": {},
    "at_least": None, "adjustable": False, "quantitative": Quantitative(method="proportional", at_most="linear"),
    "qualitative": Qualitative(method="banded"), "satisfaction": None, "deadlines": None, "deductions": None,
    "levels": {}, "measures": {}, "splits": (), "thresholds": Thresholds(), "grades": (),
}  # fmt: skip
"""What holds where a rubric is silent."""


# --- strictness: a bureau's own file is checked like a params file ---------------------------------------------------


def rubric_faults(rubric: Rubric) -> Iterator[Fault]:
    """Give what is wrong with a rubric beyond single fields: sums, gaps, names without meaning."""
    for name, i, dated in rubric.dated():
        if dated.reference not in rubric.references:
            values = {"given": dated.reference, "choices": "、".join(rubric.references)}
            yield (name, i, "reference"), "no_reference", values
        if i and getattr(rubric, name)[i - 1].since >= dated.since:
            yield (name, i, "since"), "since_order", {"given": dated.since}
        check = _CHECKS.get(name)
        if check:
            yield from (
                ((name, i, "value", *path), code, values) for path, code, values in check(rubric, dated)
            )
    if rubric.scored and not rubric.total:
        yield (), "rubric_total", {}


def _check_sum(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    whole, execution = _at(rubric.total, dated.since), _at(rubric.execution_points, dated.since)
    inside = _at(rubric.inside, dated.since)
    outside = execution is not None and not (inside and "execution" in inside.value)
    parts = list(dated.value.values()) if isinstance(dated.value, dict) else [dated.value]
    summed = total([*parts, *([execution.value] if outside else [])])
    if whole is None or summed != whole.value:
        expected = show(whole.value) if whole else "—"
        yield (), "points_do_not_add_up", {"given": show(summed), "expected": expected}


def _check_bands(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    lows = [band.from_ for band in dated.value.bands]
    if dated.value.method == "interval" and (
        not lows or lows[-1] != 0 or any(a <= b for a, b in itertools.pairwise(lows))
    ):
        yield ("bands",), "bands_gap", {"given": "、".join(percent(low, 0) for low in lows) or "—"}


def _check_levels(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    if set(dated.value) != set(LEVELS):
        yield (), "levels_names", {"choices": "、".join(LEVELS)}
        return
    order = [dated.value[key] for key in LEVELS]
    gap = any(above.low != below.high for above, below in itertools.pairwise(order))
    if gap or order[0].high != 1 or order[-1].low != 0 or any(level.low >= level.high for level in order):
        given = "、".join(f"{percent(level.low, 0)}–{percent(level.high, 0)}" for level in order)
        yield (), "levels_gap", {"given": given}


def _check_grades(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    lows = [band.from_ for band in dated.value]
    names = [band.grade for band in dated.value]
    if (
        len(set(names)) < len(names)
        or not lows
        or lows[-1] != 0
        or any(a <= b for a, b in itertools.pairwise(lows))
    ):
        given = "、".join(f"{GRADES[b.grade]} {show(b.from_)}" for b in dated.value)
        yield (), "grades_gap", {"given": given or "—"}


def _check_floor(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    if (dated.value.method == "proportional_with_floor") != (dated.value.floor is not None):
        yield (), "floor", {"given": METHODS[dated.value.method]}


def _check_inside(rubric: Rubric, dated: Dated[Any]) -> Iterator[Fault]:
    for key in dated.value:
        if key != "execution" and key not in CATEGORIES:
            yield (
                (key,),
                "choice",
                {"given": key, "label": key, "key": key, "choices": "execution、" + "、".join(CATEGORIES)},
            )


_CHECKS: Final = {
    "category_points": _check_sum, "goal_points": _check_sum, "execution": _check_bands, "satisfaction": _check_bands,
    "levels": _check_levels, "grades": _check_grades, "quantitative": _check_floor, "inside": _check_inside,
}  # fmt: skip


# --- loading ---------------------------------------------------------------------------------------------------------


def rubric_ids() -> tuple[str, ...]:
    """Give the ids of the shipped rubrics, sorted."""
    folder = resources.files("wenxiao") / "rubrics"
    return tuple(
        sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    )


def is_file(name: str | Path) -> bool:
    """Tell whether a rubric's name is the path of a bureau's own file."""
    return str(name).endswith((".yaml", ".yml"))


def rubric_path(name: str | Path) -> Path:
    """Give the file of a shipped rubric's id, or of a bureau's own rubric file."""
    if is_file(name):
        return Path(name)
    return Path(str(resources.files("wenxiao") / "rubrics" / f"{name}.yaml"))


def _sheet(name: str | Path) -> Sheet:
    """Read a rubric's file and merge it over what it is based on.

    Raises:
        InputError: no such rubric, or a file so wrong that its fields mean nothing.
    """
    if not is_file(name) and str(name) not in rubric_ids():
        wrong, instead = fault("no_rubric", given=name, choices="、".join(rubric_ids()))
        raise InputError([Problem(str(name), 0, 0, "rubric", wrong, instead)])
    path = rubric_path(name)
    sheet = Sheet(str(path) if is_file(name) else path.name, read_text(path))
    if not sheet.problems and not isinstance(sheet.data, dict):
        sheet.problem("not_a_rubric", place=(1, 1))
    if sheet.broken or not isinstance(sheet.data, dict):
        raise InputError(sheet.problems)
    base = sheet.data.get("based_on")
    if base is None:
        return sheet
    if base not in rubric_ids():
        sheet.problem("no_rubric", ("based_on",), given=base, choices="、".join(rubric_ids()))
        raise InputError(sheet.problems)
    below = _sheet(base).data
    references = sheet.data.get("references")
    merged = {**below, **sheet.data}
    if isinstance(references, dict):
        merged["references"] = {**below["references"], **references}
    sheet.data = merged
    return sheet


@cache
def load_rubric(name: str | Path) -> Rubric:
    """Load a rubric by id, or by path when it ends in ``.yaml``.

    Raises:
        InputError: no such rubric, or all its faults with file, line and column.
    """
    sheet = _sheet(name)
    rubric = validated(sheet, sheet.data, Rubric)
    if rubric is not None:
        for path, code, values in rubric_faults(rubric):
            sheet.problem(code, path, **values)
    if sheet.problems or rubric is None:
        raise InputError(sheet.problems)
    return rubric


def rubric_hash(name: str | Path) -> str:
    """Give the SHA-256 of a rubric's file, followed by that of the file it is based on."""
    content = rubric_path(name).read_bytes()
    base = load_rubric(name).based_on
    return hashlib.sha256(content + (rubric_hash(base).encode() if base else b"")).hexdigest()
