"""The scoring regulations as dated, referenced data (``rubrics/*.yaml``), and the rules in force for one year.

A rubric is not code: every value names the first 评价年度 it applies to, the reference it comes from, and whether
that reference was verified against the original text. A rubric may be ``based_on`` another and state only what differs.
"""

import hashlib
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML

from wenxiao.errors import InputError, Problem, shown_path
from wenxiao.faults import FAULTS, fault
from wenxiao.loading import Path_, Sheet, read_text, validated
from wenxiao.model import Category, Points, Share, Text, Year
from wenxiao.money import ZERO, exact, percent, show, total
from wenxiao.words import CATEGORIES, GRADES, KINDS, LABELS, LEVELS, METHODS, Words, key_of

T = TypeVar("T")
Fault = tuple[Path_, str, dict[str, Any]]


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


_PARTS: Final = {"execution": "预算执行率", **CATEGORIES}
Flag = Annotated[bool, BeforeValidator(_flag)]
Places = Annotated[int, BeforeValidator(_places)]
Grade = Annotated[str, _one_of(GRADES)]
LevelKey = Annotated[str, _one_of(LEVELS)]
PartKey = Annotated[str, _one_of(_PARTS)]
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


CategoryPoints = Annotated[dict[Category, Points], _each_once(CATEGORIES)]
Inside = Annotated[dict[PartKey, Category], _each_once(_PARTS)]
Levels = Annotated[dict[LevelKey, Level], _each_once(LEVELS)]


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

    @property
    def since(self) -> int:
        """The first 评价年度 the rubric applies to: all that every score needs is in force."""
        needed: list[tuple[Dated[Any], ...]] = [values for name in _NEEDED if (values := getattr(self, name))]
        return max(min(dated.since for dated in values) for values in needed)

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

    def at(self, year: int) -> "Rules":
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
            **(_WITHOUT | values),
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
    """Give what is wrong with a rubric beyond single fields: sums, gaps, names without meaning.

    What is taken over from another rubric was checked there; only what the own values make of it is checked again.
    """
    for name in DATED:
        if name not in rubric._origins:
            yield from _value_faults(rubric, name)
    needed = ("total", "quantitative", "rounding") if rubric.scored else ("quantitative", "rounding")
    missing = [name for name in needed if not getattr(rubric, name)]
    for name in missing:
        code = "rubric_total" if name == "total" else "rule_required"
        yield (name,), code, {"label": ITEMS[name].zh, "key": name}
    if not missing:
        yield from _faults_together(rubric)


def _value_faults(rubric: Rubric, name: str) -> Iterator[Fault]:
    values: tuple[Dated[Any], ...] = getattr(rubric, name)
    for i, dated in enumerate(values):
        if dated.reference not in rubric.references:
            # Keys with a colon are references taken over under another name; nobody writes them.
            choices = "、".join(key for key in rubric.references if ":" not in key)
            yield (
                (name, i, "reference"),
                "no_reference",
                {"given": dated.reference, "choices": choices or "—"},
            )
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
            yield (part,), "inside_chain", {"given": _PARTS[part], "whole": CATEGORIES[whole]}


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


def _faults_together(rubric: Rubric) -> Iterator[Fault]:
    """Give what does not fit together, at the first year in which it does not."""
    for names, check in _TOGETHER:
        if all(name in rubric._origins for name in names):
            continue
        starts = {dated.since for name in names for dated in getattr(rubric, name)}
        for year in sorted({max(rubric.since, start) for start in starts}):
            used = {name: in_force(getattr(rubric, name), year) for name in names}
            found = check({name: dated.value for name, dated in used.items() if dated is not None}, year)
            if found is None:
                continue
            inherited = [name for name in names if name in rubric._origins and used[name] is not None]
            code, values = found
            if inherited and f"{code}_inherited" in FAULTS:
                values["base"], code = rubric.origin(inherited[-1]), f"{code}_inherited"
                values["inherited"] = "、".join(inherited)
            yield _own_place(rubric, names, year), code, values
            break


def _own_place(rubric: Rubric, names: tuple[str, ...], year: int) -> Path_:
    """Give where the own file has its part in what does not fit: the newest of its values in force."""
    own = [name for name in names if name not in rubric._origins]
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
            return "inside_twice", {"given": _PARTS[part], "whole": CATEGORIES[whole]}
        if whole not in points:
            return "inside_nowhere", {"given": _PARTS[part], "whole": CATEGORIES[whole]}
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


# --- loading ---------------------------------------------------------------------------------------------------------

_WORDS: Final = {
    "id": "编号", "name": "名称", "based_on": "所依据的规则", "kind": "评价的种类", "scored": "是否计分",
    "references": "来源", "since": "起始年度", "reference": "来源", "verified": "是否核对", "article": "条款",
    "url": "网址", "note": "说明", "at_most": "反向指标公式", "floor": "及格门槛", "bands": "区间", "from": "下限",
    "share": "得分比例", "low": "下限", "high": "上限", "categories": "一级指标", "points": "分值",
    "numerator": "分子", "denominator": "分母", "rate_places": "比率的小数位数", "score_places": "得分的小数位数",
    "rate_first": "是否先舍入执行率", "incomplete_step": "不足一步的扣法", "execution_below": "执行率的界限",
    "above_target_by": "超过指标值的界限", "points_of_one": "单项占比的界限", **_PARTS, **LEVELS,
}  # fmt: skip
"""Field of a rubric → its label, where that of a params file is another."""

_CHOICES: Final = {
    **METHODS, **KINDS, **{key: LABELS[key] for key in ("original", "adjusted", "outturn", "received")},
    "linear": "分值×(1−超出部分÷指标值)", "ratio": "分值×指标值÷完成值", "free": "不足一步不扣", "whole": "不足一步按一步扣",
}  # fmt: skip

VALUES: Final = {
    "total": "100",
    "execution_points": "10",
    "execution": "{method: proportional}",
    "category_points": "{output: 50, outcome: 30, satisfaction: 10}",
    "goal_points": "80",
    "inside": "{satisfaction: outcome}",
    "at_least": "{categories: [output, outcome], points: 60}",
    "adjustable": "false",
    "quantitative": "{method: proportional, at_most: linear}",
    "qualitative": "{method: banded}",
    "satisfaction": "{method: interval, bands: [{from: 90%, share: 100%}, {from: 0%, share: 0%}]}",
    "deadlines": "{method: all_or_nothing}",
    "deductions": "{incomplete_step: free}",
    "levels": "{achieved: {low: 80%, high: 100%}, partly: {low: 60%, high: 80%}, missed: {low: 0%, high: 60%}}",
    "measures": "{资金到位率: {numerator: received, denominator: adjusted}}",
    "splits": "[按收入性质分, 按支出性质分]",
    "thresholds": "{execution_below: 80%}",
    "grades": "[{grade: 优, from: 90}, {grade: 良, from: 80}, {grade: 中, from: 60}, {grade: 差, from: 0}]",
    "rounding": "{rate_places: 2, score_places: 2}",
}
"""Name of a dated value → an example of its value, as messages and the documentation show it."""


_FIELDS: Final = {
    "references": "、".join(Reference.model_fields), "levels": "low、high", "measures": "numerator、denominator",
}  # fmt: skip


class _RuleSheet(Sheet):
    """A rubric's file: its faults are said with a rubric's words and examples."""

    def problem(
        self, code: str, path: Path_ = (), place: tuple[int, int] | None = None, **values: object
    ) -> None:
        """Note a fault as :class:`Sheet` does, in the words of a rubric."""
        key_is_wrong = "[key]" in path
        path = tuple(part for part in path if part != "[key]")
        item = ITEMS.get(str(path[0])) if path else None
        whole = item is not None and (len(path) == 1 or path[2:] == ("value",))
        values["label"] = _label(code, path, str(values.get("key", "")))
        if key_is_wrong or path[:1] == ("inside",):
            values["label"] = "达成档次" if path[:1] == ("levels",) else "一级指标"
            values["key"] = path[0]
        if code == "choice" and "（" not in str(values["choices"]):
            choices = str(values["choices"]).split("、")
            values["choices"] = "、".join(f"{c}（{_CHOICES[c]}）" if c in _CHOICES else c for c in choices)
        if code == "unknown" and not values["fields"]:  # below a name that the writer chose
            values["fields"] = _FIELDS.get(str(path[0]), "")
        code = _rule_code(code, path)
        values["value"] = VALUES[str(path[0])] if item else ""
        values["example"] = values["value"] if code == "number" and whole else "10"
        super().problem(code, path, place, **values)


def _label(code: str, path: Path_, key: str) -> str:
    """Give the label of the field a fault speaks of: the one that is missing, else the last of the path."""
    names = [part for part in path if isinstance(part, str)]
    last = key if code == "missing" or not names else names[-1]
    item = ITEMS.get(names[0] if last == "value" else last)
    return item.zh if item else _WORDS.get(last) or LABELS.get(last, last)


_RULE_CODES: Final = {
    "share": "rule_share", "year": "rule_year", "negative": "rule_negative", "blank": "rule_blank", "empty": "rule_blank",
    "several_documents": "rubric_documents", "too_deep": "rubric_deep",
}  # fmt: skip


def _rule_code(code: str, path: Path_) -> str:
    """Give the fault as a rubric says it: what belongs here is a list of dated values, a value, or references."""
    if path and path[0] == "references" and code in ("mapping", "text"):
        return "rule_reference"
    if path and path[0] in ITEMS and code in ("list", "mapping", "text", "empty"):
        if len(path) == 1:
            return "rule_empty" if code == "empty" else "rule_dated"
        if len(path) == 2:
            return "rule_dated"
        if code != "empty" and path[2] == "value":
            return "rule_value"
    return _RULE_CODES.get(code, code)


@cache
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


@dataclass(frozen=True)
class _File:
    """The file of a rubric as read; equal text loads to the same rubric, so an edited file is never served stale."""

    shown: str
    text: str
    own: bool


def _read(name: str | Path) -> _File:
    if not is_file(name) and str(name) not in rubric_ids():
        wrong, instead = fault("no_rubric", given=name, choices="、".join(rubric_ids()))
        raise InputError([Problem(str(name), 0, 0, "rubric", wrong, instead)])
    path = rubric_path(name)
    shown = shown_path(path) if is_file(name) else path.name
    if is_file(name) and path.is_file() and not path.read_bytes().strip():
        raise InputError([Problem(shown, 0, 0, "", *fault("rubric_no_content"))])
    return _File(shown, read_text(path), is_file(name))


def _files(name: str | Path, below: tuple[Path, ...] = ()) -> tuple[_File, ...]:
    """Read a rubric's file and those it is based on, the nearest first.

    Raises:
        InputError: one of them is not there, or they go round in a circle.
    """
    file, path = _read(name), rubric_path(name).resolve()
    stated = _based_on(file)
    if stated is None:
        return (file,)
    base = _base(name, stated)
    code = ""
    if not is_file(base):
        code = "" if base in rubric_ids() else "no_rubric"
    elif rubric_path(base).resolve() in (*below, path):
        code = "base_circle"
    elif not rubric_path(base).is_file():
        code = "base_not_found"
    if code:
        sheet = _RuleSheet(file.shown, file.text)
        sheet.problem(code, ("based_on",), given=stated, choices="、".join(rubric_ids()))
        raise InputError(sheet.problems)
    return (file, *_files(base, (*below, path)))


def _base(name: str | Path, stated: str) -> str:
    """Give the name of the base: an id, or the path as seen from here of a file named relative to the rubric's."""
    return (rubric_path(name).parent / stated).as_posix() if is_file(stated) else stated


@lru_cache(maxsize=64)
def _based_on(file: _File) -> str | None:
    data = _RuleSheet(file.shown, file.text).data
    stated = data.get("based_on") if isinstance(data, dict) else None
    return stated.strip() or None if isinstance(stated, str) else None


def _opened(file: _File) -> _RuleSheet:
    """Give the data of a rubric's file, or refuse a file so wrong that its fields mean nothing."""
    sheet = _RuleSheet(file.shown, file.text)
    if isinstance(sheet.data, dict) and sheet.data.get("schema") == "wenxiao/1":
        sheet.problem("params_as_rubric", ("schema",))
        raise InputError(sheet.problems)
    if not sheet.problems and not isinstance(sheet.data, dict):
        sheet.problem("not_a_rubric", place=(1, 1))
    if sheet.broken or not isinstance(sheet.data, dict):
        raise InputError(sheet.problems)
    return sheet


def _merged(stated: dict[str, Any], base: Rubric) -> dict[str, Any]:
    """Put what a file states over its base. A value taken over keeps the base's reference, whatever the file's own
    references are called: else a place's form would seem to print what only the base's does.
    """
    own = stated.get("references", {})
    keys = {key: f"{base.id}:{key}" if key in (own or ()) else key for key in base.references}
    taken: dict[str, Any] = {
        name: tuple(
            dated.model_copy(update={"reference": keys[dated.reference]}) for dated in getattr(base, name)
        )
        for name in DATED
    }
    references = {keys[key]: reference for key, reference in base.references.items()}
    merged = {"kind": base.kind, "scored": base.scored, **taken, **stated}
    return {**merged, "references": {**references, **own} if isinstance(own, dict) else own}


@lru_cache(maxsize=64)
def _load(files: tuple[_File, ...]) -> Rubric:
    file, *below = files
    base = _load(tuple(below)) if below else None  # whose own faults are said of its own file
    sheet = _opened(file)
    data = sheet.data if base is None else _merged(sheet.data, base)
    rubric = validated(sheet, data, Rubric)
    if rubric is not None:
        if base is not None:
            rubric._origins = {name: base.origin(name) for name in DATED if name not in sheet.data}
        if file.own and rubric.id in rubric_ids() and file.text != read_text(rubric_path(rubric.id)):
            sheet.problem("id_taken", ("id",), given=rubric.id)
        for path, code, values in rubric_faults(rubric):
            sheet.problem(code, path, **values)
    if sheet.problems or rubric is None:
        raise InputError(sheet.problems)
    return rubric


def load_rubric(name: str | Path) -> Rubric:
    """Load a rubric by id, or by path when it ends in ``.yaml``; read again only when a file has changed.

    Raises:
        InputError: no such rubric, or all its faults with file, line and column.
    """
    with exact():  # percentages are divided by 100, whatever precision the caller works with
        return _load(_files(name))


def rubric_hash(name: str | Path) -> str:
    """Give the SHA-256 of a rubric's file; where it is based on another, of the file followed by the other's hash."""
    content = rubric_path(name).read_bytes()
    stated = load_rubric(name).based_on
    below = rubric_hash(_base(name, stated)).encode() if stated else b""
    return hashlib.sha256(content + below).hexdigest()


def rubric_text(name: str | Path) -> str:
    """Give a rubric as one file that stands anywhere: its own text, or, where it is based on other files of the bureau,
    all that they state together, based on the shipped rubric below them.
    """
    files = _files(name)
    own = [file for file in files if file.own]
    if len(own) < 2:
        return files[0].text
    rubric = load_rubric(name)
    stated = [key for key in DATED if any(key in _opened(file).data for file in own)]
    data = rubric.model_dump(by_alias=True, exclude_none=True, include={*_UNDATED, *stated})
    data["references"] = {key: data["references"][key] for key in _cited(rubric, stated)}
    below = _based_on(own[-1])
    rest = {"based_on": below} if below else {}
    return _yaml({**data, **rest})


_UNDATED: Final = ("schema_", "id", "name", "kind", "scored", "references")


def _yaml(data: dict[str, Any]) -> str:
    """Write plain data as YAML, numbers as they are; the same data give the same bytes."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 10_000
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.representer.add_representer(
        Decimal, lambda r, v: r.represent_scalar("tag:yaml.org,2002:float", format(v, "f"))
    )
    yaml.representer.add_representer(tuple, lambda r, v: r.represent_list(list(v)))
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _cited(rubric: Rubric, names: Iterable[str]) -> tuple[str, ...]:
    """Give the keys of the references behind the named values, and of the form that prints no points."""
    keys = [dated.reference for name in names for dated in getattr(rubric, name)]
    return tuple(dict.fromkeys([*keys, *(["form"] if rubric.without_points else [])]))
