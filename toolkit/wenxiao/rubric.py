"""The scoring regulations as dated, referenced data (``rubrics/*.yaml``), and the rules in force for one year.

A rubric is not code: every value names the first 评价年度 it applies to, the reference it comes from, and whether
that reference was verified against the original text.
"""

import hashlib
import itertools
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from wenxiao.errors import InputError, Problem
from wenxiao.faults import fault
from wenxiao.loading import Sheet, read_text
from wenxiao.model import Category, Method, Points, Share, Text, Year
from wenxiao.words import GRADES, LEVELS, Words, key_of

T = TypeVar("T")


def _true(value: Any) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise ValueError("true or false")


Flag = Annotated[bool, BeforeValidator(_true)]
Places = Annotated[int, BeforeValidator(lambda v: int(str(v))), Field(ge=0, le=6)]


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

    method: Method
    bands: tuple[Band, ...] = ()


class Quantitative(_Part):
    """How a target with a number is scored.

    ``at_most`` chooses the family for ≤: ``linear`` w·(1−(a−t)/t), or ``ratio`` w·t/a. ``floor`` is the share of the
    target below which ``proportional_with_floor`` gives nothing.
    """

    method: Method
    at_most: Literal["linear", "ratio"]
    floor: Share | None = None


class Interval(_Part):
    """Bands over the actual percentage itself (satisfaction)."""

    method: Method
    bands: tuple[Band, ...] = ()


class GradeBand(_Part):
    """A grade and the lowest total that earns it."""

    grade: Annotated[str, BeforeValidator(lambda v: key_of(GRADES, str(v)) or str(v))]
    from_: Points = Field(alias="from")


class Rounding(_Part):
    """Places shown for rates and scores; scores come from the unrounded rate, half-up."""

    rate_places: Places
    score_places: Places


class Rubric(_Part):
    """A scoring regulation: dated values by name."""

    schema_: Literal["wenxiao/rubric/1"] = Field(alias="schema")
    id: Text
    name: Text
    scored: Flag = True
    references: dict[str, Reference]
    total: tuple[Dated[Points], ...] = ()
    execution_points: tuple[Dated[Points], ...] = ()
    execution: tuple[Dated[Execution], ...] = ()
    category_points: tuple[Dated[dict[Category, Points]], ...] = ()
    adjustable: tuple[Dated[Flag], ...] = ()
    quantitative: tuple[Dated[Quantitative], ...] = ()
    satisfaction: tuple[Dated[Interval], ...] = ()
    levels: tuple[Dated[dict[str, Level]], ...] = ()
    grades: tuple[Dated[tuple[GradeBand, ...]], ...] = ()
    rounding: tuple[Dated[Rounding], ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        """Points add up, bands meet without gap, every reference exists."""
        values = [v for name in _DATED for v in getattr(self, name)]
        for value in values:
            if value.reference not in self.references:
                raise ValueError(f"reference {value.reference!r} is not listed under references")
        for dated in self.category_points:
            total, execution = _at(self.total, dated.since), _at(self.execution_points, dated.since)
            if (
                total is None
                or sum(dated.value.values()) + (execution.value if execution else 0) != total.value
            ):
                raise ValueError("category_points and execution_points do not add up to total")
        for levels in self.levels:
            if set(levels.value) != set(LEVELS):
                raise ValueError(f"levels must be {list(LEVELS)}")
            order = [levels.value[key] for key in LEVELS]
            if (
                order[0].high != 1
                or order[-1].low != 0
                or any(a.low != b.high for a, b in itertools.pairwise(order))
            ):
                raise ValueError("levels must meet without gap from 0% to 100%")
        for grades in self.grades:
            lows = [band.from_ for band in grades.value]
            if (
                {b.grade for b in grades.value} - set(GRADES)
                or lows != sorted(lows, reverse=True)
                or lows[-1] != 0
            ):
                raise ValueError("grades must be 优良中差 in falling order down to 0")
        return self

    def at(self, year: int) -> "Rules":
        """Give the rules in force for a 评价年度.

        Raises:
            LookupError: the rubric does not apply to that year; ``args[0]`` is the first year it does.
        """
        first = max(min(d.since for d in getattr(self, name)) for name in _DATED if getattr(self, name))
        if year < first:
            raise LookupError(first)

        def value(name: str) -> Any:
            found = _at(getattr(self, name), year)
            return found.value if found else None

        used = {name: d for name in _DATED if (d := _at(getattr(self, name), year))}
        return Rules(
            id=self.id,
            name=self.name,
            scored=self.scored,
            total=value("total"),
            execution_points=value("execution_points"),
            execution=value("execution"),
            category_points=value("category_points") or {},
            adjustable=bool(value("adjustable")),
            quantitative=value("quantitative") or Quantitative(method="proportional", at_most="linear"),
            satisfaction=value("satisfaction"),
            levels=value("levels") or {},
            grades=value("grades") or (),
            rate_places=value("rounding").rate_places,
            score_places=value("rounding").score_places,
            references=tuple(
                self.references[key] for key in dict.fromkeys(d.reference for d in used.values())
            ),
            verified=all(d.verified for d in used.values()),
        )


_DATED = (
    "total", "execution_points", "execution", "category_points", "adjustable", "quantitative", "satisfaction",
    "levels", "grades", "rounding",
)  # fmt: skip


def _at(values: tuple[Any, ...], year: int) -> Any:
    """Give the newest value not later than the year, or None."""
    return max((v for v in values if v.since <= year), key=lambda v: v.since, default=None)


class Rules(_Part):
    """A rubric resolved for one year: plain values, no dates."""

    id: str
    name: str
    scored: bool
    total: Decimal | None
    execution_points: Decimal | None
    execution: Execution | None
    category_points: dict[str, Decimal]
    adjustable: bool
    quantitative: Quantitative
    satisfaction: Interval | None
    levels: dict[str, Level]
    grades: tuple[GradeBand, ...]
    rate_places: int
    score_places: int
    references: tuple[Reference, ...]
    verified: bool

    def grade_of(self, total: Decimal) -> str | None:
        """Give the grade's key for a total, by half-open bands (89.6 is 良)."""
        return next((band.grade for band in self.grades if total >= band.from_), None)


def rubric_ids() -> tuple[str, ...]:
    """Give the ids of the shipped rubrics, sorted."""
    folder = resources.files("wenxiao") / "rubrics"
    return tuple(
        sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    )


def rubric_path(name: str | Path) -> Path:
    """Give the file of a shipped rubric's id, or of a bureau's own rubric file."""
    if str(name).endswith((".yaml", ".yml")):
        return Path(name)
    return Path(str(resources.files("wenxiao") / "rubrics" / f"{name}.yaml"))


@cache
def load_rubric(name: str | Path) -> Rubric:
    """Load a rubric by id, or by path when it ends in ``.yaml``.

    Raises:
        InputError: no such rubric, or its faults.
    """
    if not str(name).endswith((".yaml", ".yml")) and str(name) not in rubric_ids():
        wrong, instead = fault("no_rubric", given=name, choices="、".join(rubric_ids()))
        raise InputError([Problem(str(name), 0, 0, "rubric", wrong, instead)])
    path = rubric_path(name)
    sheet = Sheet(path.name, read_text(path))
    if not sheet.problems:
        try:
            return Rubric.model_validate(sheet.data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                where = tuple(p for p in one["loc"] if isinstance(p, int) or p in _keys(sheet.data))
                said = Words(f"评分规则有误：{one['msg']}", f"The rubric is faulty: {one['msg']}")
                instead = Words("对照随附的 mof-2020.yaml 修改。", "Compare with the shipped mof-2020.yaml.")
                sheet.problems.append(
                    Problem(sheet.file, *sheet.place(where), ".".join(map(str, where)), said, instead)
                )
    raise InputError(sheet.problems)


def rubric_hash(name: str | Path) -> str:
    """Give the SHA-256 of a rubric's file."""
    return hashlib.sha256(rubric_path(name).read_bytes()).hexdigest()


def _keys(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {key for value in data.values() for key in _keys(value)}
    if isinstance(data, list):
        return {key for value in data for key in _keys(value)}
    return set()
