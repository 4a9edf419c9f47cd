"""What a rubric can state: kinds of value, each strict about what is written."""

import re
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from wenxiao.model import Category, Points, Share, Text, Year
from wenxiao.words import CATEGORIES, GRADES, LEVELS, key_of

T = TypeVar("T")


def _flag(value: Any) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise PydanticCustomError("flag", "flag", {"given": str(value)})


def _places(value: Any) -> int:
    if isinstance(value, bool) or not re.fullmatch("[0-6]", str(value).strip()):
        raise PydanticCustomError("places", "places", {"given": str(value)})
    return int(value)


def _one_of(table: dict[str, str]) -> BeforeValidator:
    """Let a key of the table be written as key or label."""

    def find(value: Any) -> str:
        key = key_of(table, value.strip()) if isinstance(value, str) else None
        if key is None:
            choices = "、".join(f"{key}（{label}）" for key, label in table.items())
            raise PydanticCustomError("choice", "choice", {"given": str(value), "choices": choices})
        return key

    return BeforeValidator(find)


def _each_once(table: dict[str, str]) -> BeforeValidator:
    """Refuse a group that names one key twice, as key and as label: one of the two would be lost."""

    def look(value: Any) -> Any:
        seen: dict[str, str] = {}
        for given in value if isinstance(value, dict) else ():
            key = key_of(table, given)
            if key in seen:
                values = {"given": given, "first": seen[key], "at": given}
                raise PydanticCustomError("written_twice", "written_twice", values)
            if key is not None:
                seen[key] = given
        return value

    return BeforeValidator(look)


PARTS: Final = {"execution": "预算执行率", **CATEGORIES}
"""What carries points of its own: 预算执行率 and the categories."""
Flag = Annotated[bool, BeforeValidator(_flag)]
Places = Annotated[int, BeforeValidator(_places)]
Grade = Annotated[str, _one_of(GRADES)]
LevelKey = Annotated[str, _one_of(LEVELS)]
PartKey = Annotated[str, _one_of(PARTS)]
Column = Literal["original", "adjusted", "outturn", "received"]


class Strict(BaseModel):
    """Immutable, and without unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reference(Strict):
    """Where a value comes from."""

    title: Text
    article: Text | None = None
    url: Text | None = None
    note: Text | None = None


class Dated(Strict, Generic[T]):
    """A value, the first 评价年度 it applies to, its reference, and whether that was verified."""

    since: Year
    value: T
    reference: Text
    verified: Flag


class Band(Strict):
    """``from`` (included) up to the next band → the share of the points."""

    from_: Share = Field(alias="from")
    share: Share


class Level(Strict):
    """A level of a qualitative indicator: shares from ``low`` (included) to ``high``."""

    low: Share
    high: Share


class Execution(Strict):
    """How 预算执行率 is scored: ``proportional`` (points × rate) or ``interval`` (by bands, full when completed)."""

    method: Literal["proportional", "interval"]
    bands: tuple[Band, ...] = ()


class Quantitative(Strict):
    """How a target with a number is scored.

    ``at_most`` chooses the family for ≤: ``linear`` w·(1−(a−t)/t), or ``ratio`` w·t/a. ``floor`` is the share of the
    target below which ``proportional_with_floor`` gives nothing.
    """

    method: Literal["proportional", "proportional_with_floor", "all_or_nothing"]
    at_most: Literal["linear", "ratio"]
    floor: Share | None = None


class Qualitative(Strict):
    """How a target in words is scored: by ``level`` and share, or by a stated ``coefficient``."""

    method: Literal["banded", "coefficient"]


class Interval(Strict):
    """Bands over the actual percentage itself (satisfaction)."""

    method: Literal["interval"]
    bands: tuple[Band, ...]


class Deadlines(Strict):
    """What a missed deadline earns; without this value of the rubric it is not scored."""

    method: Literal["all_or_nothing"]


class Deductions(Strict):
    """每降5%扣1分: what an incomplete step costs, where the rule itself does not say."""

    incomplete_step: Literal["free", "whole"]


class GradeBand(Strict):
    """A grade and the lowest total that earns it."""

    grade: Grade
    from_: Points = Field(alias="from")


class Rounding(Strict):
    """Places of rates and scores, half-up; ``rate_first`` scores from the rate as rounded (else from the unrounded)."""

    rate_places: Places
    score_places: Places
    rate_first: Flag = False


class Thresholds(Strict):
    """From where on an auditor asks: low execution (B105), far above target (I309), one dominant indicator (I311)."""

    execution_below: Share | None = None
    above_target_by: Share | None = None
    points_of_one: Share | None = None


class AtLeast(Strict):
    """Categories that together carry at least so many points."""

    categories: tuple[Category, ...]
    points: Points


class Measure(Strict):
    """A rate of the form computed from 项目资金: numerator ÷ denominator."""

    numerator: Column
    denominator: Column


CategoryPoints = Annotated[dict[Category, Points], _each_once(CATEGORIES)]
Inside = Annotated[dict[PartKey, Category], _each_once(PARTS)]
Levels = Annotated[dict[LevelKey, Level], _each_once(LEVELS)]
