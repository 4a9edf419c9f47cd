"""A rubric as a table a reader understands: each value in a sentence, from which year, by which reference, how sure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.money import show
from wenxiao.rubric import Band, Dated, Rubric
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, Words, label

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
"""Name of a dated value → its label."""


@dataclass(frozen=True)
class Item:
    """One dated value of a rubric in words."""

    name: str
    label: Words
    since: int
    text: Words
    reference: str
    verified: bool


def items(rubric: Rubric, year: int | None = None) -> Iterator[Item]:
    """Give a rubric's values in the order of the form; with ``year`` only those in force in that 评价年度."""
    for name, _, dated in rubric.dated():
        if year is not None and dated is not _newest(rubric, name, year):
            continue
        reference = rubric.references[dated.reference]
        title = reference.title + (f"，{reference.article}" if reference.article else "")
        yield Item(name, ITEMS[name], dated.since, value_text(name, dated.value), title, dated.verified)


def _newest(rubric: Rubric, name: str, year: int) -> Dated[Any] | None:
    values = [value for value in getattr(rubric, name) if value.since <= year]
    return max(values, key=lambda value: value.since, default=None)


def value_text(name: str, value: Any) -> Words:
    """Give a rubric's value in a sentence."""
    return _TEXTS[name](value)


def _points(value: Any) -> Words:
    return Words(f"{show(value)} 分", f"{show(value)} points")


def _percent(value: Any) -> str:
    return f"{show(value * 100)}%"


def _joined(pairs: list[tuple[str, str, str]]) -> Words:
    """Join (Chinese name, English name, value) triples."""
    return Words("、".join(f"{zh} {v}" for zh, _, v in pairs), ", ".join(f"{en} {v}" for _, en, v in pairs))


def _categories(value: Any) -> Words:
    return _joined([(CATEGORIES[key], key, show(points)) for key, points in value.items()])


def _bands(bands: tuple[Band, ...]) -> tuple[str, str]:
    zh = "，".join(f"{_percent(band.from_)}（含）以上得分值的 {_percent(band.share)}" for band in bands)
    return zh, ", ".join(
        f"from {_percent(band.from_)}: {_percent(band.share)} of the points" for band in bands
    )


def _execution(value: Any) -> Words:
    if value.method == "proportional":
        return Words("分值 × 执行率，最高不超过分值", "points × rate, at most the points")
    zh, en = _bands(value.bands)
    return Words(
        f"项目完成且未超预算得满分；尚未完成的：{zh}",
        f"full when completed within the budget; otherwise {en}",
    )


_AT_MOST: Final = {
    "linear": Words("反向指标 分值 ×（1 − 超出部分 ÷ 指标值）", "for ≤: points × (1 − excess ÷ target)"),
    "ratio": Words("反向指标 分值 × 指标值 ÷ 完成值", "for ≤: points × target ÷ actual"),
}


def _quantitative(value: Any) -> Words:
    how, floor = _AT_MOST[value.at_most], ("", "")
    if value.floor is not None:
        floor = f"；完成比例低于 {_percent(value.floor)} 不得分", f"; nothing below {_percent(value.floor)}"
    return Words(f"{METHODS[value.method]}，{how.zh}{floor[0]}", f"{value.method}; {how.en}{floor[1]}")


def _interval(value: Any) -> Words:
    return Words(*_bands(value.bands))


def _inside(value: Any) -> Words:
    names = {"execution": "预算执行率", **CATEGORIES}
    zh = "；".join(f"{names[part]}计入{CATEGORIES[whole]}" for part, whole in value.items())
    return Words(zh, "; ".join(f"{part} inside {whole}" for part, whole in value.items()))


def _at_least(value: Any) -> Words:
    names, points = "、".join(CATEGORIES[c] for c in value.categories), show(value.points)
    return Words(
        f"{names}合计至少 {points} 分", f"{' and '.join(value.categories)}: at least {points} points"
    )


def _levels(value: Any) -> Words:
    spans = [(key, f"{_percent(one.high)}–{_percent(one.low)}") for key, one in value.items()]
    return _joined([(LEVELS[key], key, span) for key, span in spans])


def _measures(value: Any) -> Words:
    zh = "；".join(f"{name}＝{label(m.numerator)}÷{label(m.denominator)}" for name, m in value.items())
    return Words(zh, "; ".join(f"{name} = {m.numerator} ÷ {m.denominator}" for name, m in value.items()))


_THRESHOLDS: Final = {
    "execution_below": Words("执行率低于 {}", "execution below {}"),
    "above_target_by": Words("超过指标值 {}", "target exceeded by {}"),
    "points_of_one": Words("单项占指标分值 {} 及以上", "one indicator with {} of the points or more"),
}


def _thresholds(value: Any) -> Words:
    said = [
        (words, _percent(limit))
        for name, words in _THRESHOLDS.items()
        if (limit := getattr(value, name)) is not None
    ]
    return Words("、".join(w.zh.format(v) for w, v in said), ", ".join(w.en.format(v) for w, v in said))


def _grades(value: Any) -> Words:
    return _joined([(GRADES[band.grade], band.grade, f"≥{show(band.from_)}") for band in value])


def _rounding(value: Any) -> Words:
    order = Words("得分由未舍入的执行率计算", "scores from the unrounded rate")
    if value.rate_first:
        order = Words("先舍入执行率再计分", "scores from the rounded rate")
    rate, points = value.rate_places, value.score_places
    return Words(
        f"比率 {rate} 位、得分 {points} 位，四舍五入；{order.zh}",
        f"rates to {rate}, scores to {points} decimals, half up; {order.en}",
    )


_YES: Final = {True: Words("可以", "yes"), False: Words("不可以", "no")}
_WHOLE: Final = {
    "free": Words("不足一步的不扣", "an incomplete step costs nothing"),
    "whole": Words("不足一步的按一步扣", "an incomplete step counts as one"),
}
_TEXTS: Final[dict[str, Callable[[Any], Words]]] = {
    "total": _points, "execution_points": _points, "execution": _execution, "category_points": _categories,
    "goal_points": _points, "inside": _inside, "at_least": _at_least, "adjustable": lambda v: _YES[v],
    "quantitative": _quantitative, "qualitative": lambda v: Words(METHODS[v.method], v.method),
    "satisfaction": _interval, "deadlines": lambda v: Words(METHODS[v.method], v.method),
    "deductions": lambda v: _WHOLE[v.incomplete_step], "levels": _levels, "measures": _measures,
    "splits": lambda v: Words("、".join(v), ", ".join(v)), "thresholds": _thresholds, "grades": _grades,
    "rounding": _rounding,
}  # fmt: skip
