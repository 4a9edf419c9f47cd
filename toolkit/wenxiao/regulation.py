"""A rubric as a table a reader understands: each value in a sentence, from which year, by which reference, how sure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.money import exact, show
from wenxiao.rubric import ITEMS as ITEMS
from wenxiao.rubric import Band, Reference, Rubric, in_force
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, Words, label


@dataclass(frozen=True)
class Item:
    """One dated value of a rubric in words; ``taken_from`` is the rubric it is taken over from, or empty."""

    name: str
    label: Words
    since: int
    text: Words
    reference: Reference
    verified: bool
    taken_from: str = ""


def items(rubric: Rubric, year: int | None = None) -> Iterator[Item]:
    """Give a rubric's values in the order of the form; with ``year`` only those in force in that 评价年度."""
    for name, _, dated in rubric.dated():
        if year is not None and dated is not in_force(getattr(rubric, name), year):
            continue
        reference, origin = rubric.references[dated.reference], rubric.origin(name)
        taken_from = "" if origin == rubric.id else origin
        said = value_text(name, dated.value)
        yield Item(name, ITEMS[name], dated.since, said, reference, dated.verified, taken_from)


def reference_text(reference: Reference) -> str:
    """Give a reference in one line: title, article, what it says, address."""
    title = reference.title + (f"，{reference.article}" if reference.article else "")
    return title + (f"。{reference.note}。" if reference.note else "") + (reference.url or "")


def value_text(name: str, value: Any) -> Words:
    """Give a rubric's value in a sentence."""
    return _TEXTS[name](value)


def _points(value: Any) -> Words:
    return Words(f"{show(value)} 分", f"{show(value)} points")


def _percent(value: Any) -> str:
    with exact():
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
    "linear": Words("反向指标得分值 ×（1 − 超出部分 ÷ 指标值）", "for ≤: points × (1 − excess ÷ target)"),
    "ratio": Words("反向指标得分值 × 指标值 ÷ 完成值", "for ≤: points × target ÷ actual"),
}


def _quantitative(value: Any) -> Words:
    method = _method(value.method)
    if value.method == "all_or_nothing":  # which needs no formula for ≤
        return method
    how, floor = _AT_MOST[value.at_most], Words("", "")
    if value.floor is not None:
        share = _percent(value.floor)
        floor = Words(f"；完成比例低于 {share} 不得分", f"; nothing below {share} of the target")
    return Words(f"{method.zh}，{how.zh}{floor.zh}", f"{method.en}; {how.en}{floor.en}")


def _method(name: str) -> Words:
    return Words(METHODS[name], name.replace("_", " "))


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
    zh, en = "、".join(w.zh.format(v) for w, v in said), ", ".join(w.en.format(v) for w, v in said)
    return Words(zh or "没有界限", en or "none")


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
_DEADLINES: Final = {
    "all_or_nothing": Words("按期完成得满分，逾期不得分", "full points in time, nothing when late")
}
_TEXTS: Final[dict[str, Callable[[Any], Words]]] = {
    "total": _points, "execution_points": _points, "execution": _execution, "category_points": _categories,
    "goal_points": _points, "inside": _inside, "at_least": _at_least, "adjustable": lambda v: _YES[v],
    "quantitative": _quantitative, "qualitative": lambda v: _method(v.method),
    "satisfaction": _interval, "deadlines": lambda v: _DEADLINES[v.method],
    "deductions": lambda v: _WHOLE[v.incomplete_step], "levels": _levels, "measures": _measures,
    "splits": lambda v: Words("、".join(v), ", ".join(v)), "thresholds": _thresholds, "grades": _grades,
    "rounding": _rounding,
}  # fmt: skip
