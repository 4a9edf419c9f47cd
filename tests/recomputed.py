"""The scores once more, in fractions and from the raw text: a second way to the same numbers that shares nothing with the package.

It reads only plain spellings; where it can't, it raises :class:`UnreadError`, and the figure is left to the worked cases.
"""

import calendar
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

Row = dict[str, Any]


class UnreadError(Exception):
    """A spelling or rule that this small reader does not know."""


@dataclass(frozen=True)
class Form:
    """What a form prints of its rules: execution points, ≤ family, pass threshold, bands, what a begun step costs."""

    execution: int | None = 10
    ratio: bool = False
    guideline: bool = False
    coefficient: bool = False
    begun_step: bool = False
    scored: bool = True
    grades_since: int | None = 0
    places: int = 2
    whole_percent: bool = False
    measures: bool = False


FORMS: Final = {
    "mof-2020": Form(),
    "mof-2021": Form(guideline=True),
    "mof-2021-cost": Form(guideline=True),
    "hubei-20-80": Form(execution=20, ratio=True),
    "sichuan-10-90": Form(),
    "chongqing-10-90": Form(coefficient=True),
    "ningxia-10-25-30-35": Form(),
    "hunan-department": Form(),
    "fujian-deductions": Form(execution=None, begun_step=True),
    "jiangxi-2017": Form(ratio=True, begun_step=True, grades_since=2019),
    "beijing-2016": Form(ratio=True, grades_since=None),
    "mof-2020-framework": Form(execution=None, coefficient=True, measures=True),
    "county-no-scores": Form(scored=False),
    "transfer-no-scores": Form(scored=False),
    "rubrics/whole-percent.yaml": Form(whole_percent=True),
    "rubrics/one-decimal.yaml": Form(places=1),
}


def half_up(value: Fraction, places: int) -> Fraction:
    """四舍五入 of a number that is not negative."""
    return Fraction((value * 10**places * 2 + 1) // 2, 10**places)


@dataclass(frozen=True)
class Recomputed:
    """Rate, score for execution, scores of the indicators, total and grade; None where there is none."""

    rate: Fraction | None
    execution: Fraction | None
    scores: tuple[Fraction | None, ...]
    total: Fraction | None
    grade: str | None


def recompute(facts: Row, rubric: str) -> Recomputed:
    """Give all numbers of a raw params file."""
    form, year = FORMS[rubric], int(facts["project"]["year"])
    adjusted, outturn = (_column(facts["budget"], name) for name in ("adjusted", "outturn"))
    rate = outturn / adjusted if adjusted else None
    execution = _execution(form, rate, facts["project"].get("completed"), year)
    scores = tuple(indicator(row, facts, form) for row in facts["indicators"])
    total = _total(facts, form, execution, scores)
    return Recomputed(rate, execution, scores, total, _grade(total, form, year))


def _column(budget: Row, name: str) -> Fraction:
    rows = budget.get("sources") or [budget["total"]]
    return sum((Fraction(row[name]) for row in rows), Fraction(0))


def _execution(form: Form, rate: Fraction | None, completed: str | None, year: int) -> Fraction | None:
    if form.execution is None or not form.scored or rate is None:
        return None
    if not form.guideline:
        share = half_up(rate, 2) if form.whole_percent else rate
        return half_up(form.execution * min(Fraction(1), share), form.places)
    if completed and int(completed[:4]) <= year and rate <= 1:
        return Fraction(10)
    if completed is None or rate >= 1:
        return None
    return Fraction(7 if rate >= Fraction(80, 100) else 5 if rate >= Fraction(60, 100) else 0)


def _total(
    facts: Row, form: Form, execution: Fraction | None, scores: tuple[Fraction | None, ...]
) -> Fraction | None:
    if not form.scored or facts.get("excerpt") == "true":
        return None
    points = [row.get("points") for row in facts["indicators"]]
    earned = [*scores, *([execution] if form.execution else [])]
    if None in points or None in earned:
        return None
    return sum(earned, Fraction(0)) if sum(map(Fraction, points)) + (form.execution or 0) == 100 else None


def _grade(total: Fraction | None, form: Form, year: int) -> str | None:
    if total is None or form.grades_since is None or year < form.grades_since:
        return None
    return next(name for low, name in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if total >= low)


# --- one indicator ----------------------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(r"(每亩)?([≥≤<>=≧≦═]?)(-?[0-9]+(?:\.[0-9]+)?)(万|亿)?([^0-9.≥≤至到-]*)")
_RANGE: Final = re.compile(r"([0-9]+)-([0-9]+)([^0-9-]*)")
_DAY: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_MONTH_END: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月底前")
_SCALES: Final = {None: 1, "万": 10**4, "亿": 10**8}
_METHODS: Final = {"达标得满分、未达标不得分": "all_or_nothing", "按得分系数计分": "coefficient"}
_SIGNS: Final = {"≧": "≥", "≦": "≤", "═": "="}


def indicator(row: Row, facts: Row, form: Form) -> Fraction | None:
    """Give the score of one indicator, or None where the form gives none.

    Raises:
        UnreadError: a spelling that only the package knows.
    """
    row = row | {"method": _METHODS.get(row.get("method"), row.get("method"))}
    points, target, actual = row.get("points"), row.get("target"), row.get("actual")
    if form.measures and actual is None:
        actual = _measure(row["name"], facts["budget"])
    if not form.scored or points is None or actual is None:
        return None
    if row.get("share") is not None:
        return half_up(Fraction(points) * _share(row["share"]), form.places)
    if target is None or row.get("level"):
        return None
    if not re.search("[0-9]", target):
        if re.search("百分之|[一二三四五六七八九十]次|年内", target):
            raise UnreadError(target)
        return None
    earned = _earned(Fraction(points), target, actual, row, form)
    return None if earned is None else half_up(earned, form.places)


def _measure(name: str, budget: Row) -> str | None:
    parts = {"资金到位率": ("received", "adjusted"), "预算执行率": ("outturn", "received")}.get(name)
    if parts is None or "received" not in budget:
        return None
    part, whole = (Fraction(budget["received"]) if p == "received" else _column(budget, p) for p in parts)
    return f"{half_up(part / whole * 100, 12).limit_denominator(10**12)}" if whole else None


def _share(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _earned(points: Fraction, target: str, actual: str, row: Row, form: Form) -> Fraction | None:
    if _DAY.fullmatch(actual) or _MONTH_END.fullmatch(target):
        return _by_day(points, target, actual, row, form)
    if found := _RANGE.fullmatch(target):
        return _by_range(points, found, actual, row, form)
    sign, bound, unit = _read(target)
    done = _done(actual, unit, target)
    if done is None:
        return None
    return _by_number(points, sign, bound, done, unit, row, form)


def _read(text: str) -> tuple[str, Fraction, str]:
    found = _NUMBER.fullmatch(text)
    if not found or found[3].startswith("-") or re.fullmatch("2[0-9]{2}%", text):
        raise UnreadError(text)
    unit = {"百分比": "%"}.get(found[5], found[5])
    sign = _SIGNS.get(found[2], found[2])
    if unit.endswith("以上"):
        sign, unit = "≥", unit.removesuffix("以上")
    if not re.fullmatch("%|个|人|人次|次|项|台|处|元|亩|只|头|米|厘米|起|件|天|场|小时|吨|", unit):
        raise UnreadError(text)
    return sign, Fraction(found[3]) * _SCALES[found[4]], unit


def _done(actual: str, unit: str, target: str) -> Fraction | None:
    """Give the measured number in plain units; None where words, a bound or another unit are written."""
    if not re.search("[0-9]", actual):
        return None
    if "/" in actual:
        return Fraction(actual)  # a measure, exact
    sign, done, own = _read(actual)
    if sign not in ("", "=") or own not in ("", unit):
        return None
    scale = _NUMBER.fullmatch(target)[4] if not own else None
    return done * _SCALES[scale]


def _by_number(
    points: Fraction, sign: str, bound: Fraction, done: Fraction, unit: str, row: Row, form: Form
) -> Fraction | None:
    if row.get("rule"):
        return _by_steps(points, sign, bound, done, unit, row["rule"], form)
    lower = sign in ("≤", "<") or (sign in ("", "=") and bound == 0)
    if sign in ("", "=") and done != bound and bound and _either_way(row):
        return None
    if row.get("method") == "all_or_nothing":
        strict = {"<": done < bound, ">": done > bound}
        return points * strict.get(sign, done <= bound if lower else done >= bound)
    if row.get("method") == "interval" and unit != "%":
        return None  # the bands are percentages
    if _by_bands(row, unit, form):
        return points * next(
            Fraction(s, 100) for low, s in ((90, 100), (80, 80), (60, 50), (0, 0)) if done >= low
        )
    if (done <= bound) if lower else (done >= bound):
        return points
    if lower and bound == 0:
        return Fraction(0)
    floor = form.guideline and row.get("method") in (None, "proportional_with_floor")
    if floor and (bound / done if lower else done / bound) < Fraction(60, 100):
        return Fraction(0)
    if not lower:
        return points * done / bound
    return points * bound / done if form.ratio else max(Fraction(0), points * (1 - (done - bound) / bound))


def _either_way(row: Row) -> bool:
    """Tell whether less may be better, where the target doesn't say: cost, how long it takes, what is unwelcome."""
    kinds = {row.get("category"), row.get("subcategory")}
    cost = kinds & {"cost", "成本指标", "社会成本"}
    return bool(cost) or "timeliness" in kinds or row["name"] == "返工率"


def _by_bands(row: Row, unit: str, form: Form) -> bool:
    satisfied = (
        row.get("category") in ("satisfaction", "满意度指标") and unit == "%" and row.get("method") is None
    )
    return form.guideline and (satisfied or row.get("method") == "interval")


def _by_range(points: Fraction, found: re.Match[str], actual: str, row: Row, form: Form) -> Fraction | None:
    low, high, unit = Fraction(found[1]), Fraction(found[2]), found[3]
    done = _done(actual, unit, f"0{unit}")
    if row.get("rule"):
        raise UnreadError(row["rule"])
    if done is None or low <= done <= high:
        return points if done is not None else None
    if row.get("method") == "all_or_nothing":
        return Fraction(0)
    sign, bound = ("≤", high) if done > high else ("≥", low)
    return _by_number(points, sign, bound, done, unit, row, form)


def _by_steps(
    points: Fraction, sign: str, bound: Fraction, done: Fraction, unit: str, rule: str, form: Form
) -> Fraction:
    found = re.search(r"(?:每降(5)%|少\w*?一[个场])扣([0-9.]+)分", rule)
    if not found or re.search("不足|满分", rule) or (found[1] and unit != "%"):
        raise UnreadError(rule)
    if (stated := re.match(r"达([0-9]+)", rule)) and Fraction(stated[1]) != bound:
        raise UnreadError(rule)
    steps = max(Fraction(0), bound - done) / int(found[1] or 1)
    lost = -(-steps // 1) if form.begun_step else steps // 1
    return max(Fraction(0), points - lost * Fraction(found[2]))


def _by_day(points: Fraction, target: str, actual: str, row: Row, form: Form) -> Fraction | None:
    done, due = _DAY.fullmatch(actual), _MONTH_END.fullmatch(target)
    if not done or not due or row.get("rule"):
        raise UnreadError(f"{target} {actual}")
    year, month = int(due[1]), int(due[2])
    if tuple(map(int, done.groups())) <= (year, month, calendar.monthrange(year, month)[1]):
        return points
    return Fraction(0) if form.guideline or row.get("method") == "all_or_nothing" else None
