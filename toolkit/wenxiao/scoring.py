"""Project × Rubric → Evaluation. Pure: no clock, no file, no environment, ``Decimal`` only.

Each score carries its formula in the numbers of the form. What can't be computed is None with the reason in words;
nothing is guessed and no grade is invented.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from typing import Final

from wenxiao.evaluation import BudgetResult, Evaluation, IndicatorResult, Score, Trace
from wenxiao.faults import unread
from wenxiao.funds import evaluate_budget, rounding, unrounded
from wenxiao.measuring import UNCLEAR, measure, undefined
from wenxiao.methods import all_or_nothing, attained, coefficient, interval, proportional
from wenxiao.model import Indicator, Project
from wenxiao.money import (
    MOST_DIGITS,
    ZERO,
    exact,
    half_up,
    percent,
    percent_apart,
    places_of,
    ratio,
    show,
    total,
)
from wenxiao.rubric import Rubric, Rules
from wenxiao.steps import AllOrNothing, Bands, Steps, Unclear, read_rule, stepwise
from wenxiao.target import Bound, Moment, Quantity, Range, Reading, Unread, comparable, spell
from wenxiao.words import LEVELS

_RULES: Final = {
    "met": "完成指标值的，记该指标的全部分值",
    "at_least": "未完成指标值的，按完成值与指标值的比例记分",
    "linear": "反向指标超过指标值的，分值×（1−超出部分÷指标值），达到两倍及以上记 0 分",
    "ratio": "反向指标超过指标值的，分值×指标值÷完成值",
    "all_or_nothing": "达到指标值记满分，未达到不得分",
    "floor": "完成比例低于及格门槛的不得分",
    "interval": "按完成值所在区间记分，区间含下限",
    "own": "按本指标的评分标准记分",
    "banded": "定性指标按达成档次，在档次区间内合理确定得分",
    "coefficient": "得分＝分值×得分系数",
}


@dataclass(frozen=True)
class _Earned:
    """Points earned, exact; ``step`` is the formula without its result; ``rule`` names one of the rules above."""

    value: Decimal
    step: str
    rule: str


def method_of(indicator: Indicator, target: Reading | None, rules: Rules) -> str:
    """Give the scoring method: the indicator's own, else that of its own rule, else the rubric's for its kind."""
    if indicator.method:
        return indicator.method
    if indicator.rule is not None and isinstance(target, Bound | Range | Moment):
        rule = read_rule(indicator.rule)
        if isinstance(rule, AllOrNothing):
            return "all_or_nothing"
        return "interval" if isinstance(rule, Bands) else "stepwise"
    if not isinstance(target, Bound | Range | Moment) or indicator.level is not None:
        return rules.qualitative.method
    if isinstance(target, Moment):
        return rules.deadlines.method if rules.deadlines else "deadline"
    percentage = isinstance(target, Bound) and target.quantity.unit == "%"
    if indicator.category == "satisfaction" and rules.satisfaction and percentage:
        return rules.satisfaction.method
    return rules.quantitative.method


def method_by_rule(indicator: Indicator) -> bool:
    """Tell whether an indicator's own 评分标准 does the scoring: it has one, and names no method that passes it over."""
    return indicator.rule is not None and indicator.method in (None, "stepwise", "interval")


# --- one indicator ----------------------------------------------------------------------------------------------------


def _evaluate_indicator(
    indicator: Indicator, budget: BudgetResult, project: Project, rules: Rules
) -> IndicatorResult:
    one = measure(indicator, budget, project, rules)
    nothing = Score(None, None, None, "")
    result = IndicatorResult(
        indicator,
        one.target,
        one.actual,
        one.measured,
        one.met,
        one.attained,
        nothing,
        one.stated,
        one.unmeasured,
    )
    return replace(result, score=_score_indicator(result, project.year, rules))


def _comparison(result: IndicatorResult, year: int) -> str:
    """Say in words how the actual stands to the target; empty where the two can't be compared."""
    target, measured = result.target, result.measured
    if isinstance(target, Moment):
        if result.met is None:
            return ""
        deadline = target.days(year)[1]
        own = "" if target.year else f"（未写年份，按评价年度 {year} 年）"
        return f"完成时间 {result.stated} {'不晚于' if result.met else '晚于'}期限 {deadline}{own}"
    if measured is None or not isinstance(target, Bound | Range) or result.unmeasured == UNCLEAR:
        return ""
    wanted = (
        f"{target.sign or ''}{target.quantity.shown}"
        if isinstance(target, Bound)
        else f"{target.low.shown}–{target.high.shown}"
    )
    return f"完成值 {_brief(measured).shown} {'达到' if target.met_by(measured.value) else '未达到'}指标值 {wanted}"


def _score_indicator(result: IndicatorResult, year: int, rules: Rules) -> Score:
    indicator, target, reason = result.indicator, result.target, result.unmeasured
    points, method, said = indicator.points, method_of(indicator, target, rules), _comparison(result, year)
    if not rules.scored:
        return Score(points, None, None, said, reason or "本评分规则不计分")
    if points is None:
        return Score(None, None, None, said, "没有写分值")
    if isinstance(target, Unread) and method in ("banded", "coefficient") and indicator.share is None:
        return Score(
            points, None, None, "", f"指标值“{target.text}”读不出确定的数：{unread(target.problem).zh}"
        )
    if method in ("banded", "coefficient"):
        return _score_judged(result, points, method, rules)
    if result.met is None and (result.measured is None or reason):
        return Score(points, None, method, "", reason or "指标值里没有可读的数")
    earned = _earned(result, points, method, year, rules)
    if isinstance(earned, str):
        return Score(points, None, method, said, earned)
    value = half_up(earned.value, rules.score_places)
    shown = earned.step if earned.step.startswith("记") else f"{earned.step} = {value}"
    basis = rules.basis(_BASES.get(earned.rule, "quantitative"))
    own = indicator.rule if method_by_rule(indicator) else None
    trace = _trace(result, points, said, earned, own or basis, rules)
    return Score(points, value, method, f"{said}，{shown}", "", trace)


_BASES: Final = {"interval": "satisfaction", "banded": "levels", "coefficient": "qualitative"}


def _trace(
    result: IndicatorResult, points: Decimal, said: str, earned: _Earned, basis: str, rules: Rules
) -> Trace:
    inputs = [("分值", show(points)), ("年度指标值", result.indicator.target or "未写明")]
    inputs += [("实际完成值", result.stated or "未写明"), ("比较", said)]
    return Trace(
        tuple(inputs),
        earned.step,
        unrounded(earned.value, rules),
        rounding(rules),
        _RULES[earned.rule],
        basis,
    )


def _earned(result: IndicatorResult, points: Decimal, method: str, year: int, rules: Rules) -> _Earned | str:
    """Give the points earned, or why the rules give none."""
    if method_by_rule(result.indicator):
        return _by_own_rule(result, points, year, rules)
    target = result.target
    if isinstance(target, Moment):
        return _by_deadline(result, points, method)
    assert isinstance(target, Bound | Range)
    assert result.measured is not None
    actual = result.measured.value
    if method == "all_or_nothing" and result.met is not None:
        return _by_all_or_nothing(points, result.met)
    if why := undefined(target, actual):
        return why
    if method == "interval":
        assert rules.satisfaction is not None
        if actual < 0:
            return "完成值为负数，评分规则没有规定算法"
        if not isinstance(target, Bound) or target.lower_is_better or target.quantity.unit != "%":
            return "评分规则的区间按百分比规定，这项指标值不是“多少以上”的百分比"
        value = interval(points, rules.satisfaction.bands, ratio(actual, Decimal(100)))
        return _Earned(
            value,
            f"记该区间的 {show(half_up(value, rules.score_places))} 分（分值 {show(points)}）",
            "interval",
        )
    if target.met_by(actual):
        return _Earned(points, f"记满分 {show(points)}", "met")
    bound = target if isinstance(target, Bound) else target.side(actual)
    return _by_proportion(points, bound, result.measured, method, rules)


def _by_all_or_nothing(points: Decimal, met: bool) -> _Earned:
    value = all_or_nothing(points, met)
    return _Earned(value, f"记满分 {show(points)}" if met else "记 0 分", "all_or_nothing")


def _by_deadline(result: IndicatorResult, points: Decimal, method: str) -> _Earned | str:
    assert result.met is not None
    if result.met:
        return _Earned(points, f"记满分 {show(points)}", "met")
    if method == "all_or_nothing":
        return _by_all_or_nothing(points, False)
    return "未按期完成，评分规则没有规定逾期怎样计分；可写 method: all_or_nothing，或在 rule 写明每逾期几天扣几分"


def _by_proportion(points: Decimal, target: Bound, actual: Quantity, method: str, rules: Rules) -> _Earned:
    reached, floor = attained(target, actual.value), rules.quantitative.floor
    if method == "proportional_with_floor" and floor is not None and reached is not None and reached < floor:
        return _Earned(
            ZERO,
            f"记 0 分：完成比例 {percent_apart(reached, [floor])} 低于及格门槛 {percent(floor, 0)}",
            "floor",
        )
    family = rules.quantitative.at_most
    value = proportional(points, target, actual.value, family)
    rule = family if target.lower_is_better else "at_least"
    if value == points:
        return _Earned(value, f"记满分 {show(points)}", rule)
    if not target.quantity.value:
        return _Earned(value, "记 0 分：指标值为 0，而实际大于 0", rule)
    if target.lower_is_better and value == 0:
        return _Earned(value, "记 0 分：达到或超过指标值的两倍", rule)
    return _Earned(value, _proportion(points, target, actual, family), rule)


def _brief(quantity: Quantity) -> Quantity:
    """Give a quantity as a formula shows it: a rate that never ends (2 ÷ 3) cut, never rounded up, at six decimals."""
    if places_of(quantity.number) <= MOST_DIGITS:
        return quantity
    with exact():
        return replace(quantity, number=quantity.number.quantize(Decimal("0.000001"), rounding=ROUND_DOWN))


def _proportion(points: Decimal, target: Bound, actual: Quantity, family: str) -> str:
    """Write the formula with the numbers of the form when both are in one unit, else both in plain units."""
    same = target.quantity.scale == actual.scale
    actual = _brief(actual)
    bound = show(target.quantity.number if same else target.quantity.value)
    done = show(actual.number if same else actual.value)
    if not target.lower_is_better:
        return f"{show(points)} × {done} ÷ {bound}"
    if family == "ratio":
        return f"{show(points)} × {bound} ÷ {done}"
    return f"{show(points)} × (1 − ({done} − {bound}) ÷ {bound})"


def _by_own_rule(result: IndicatorResult, points: Decimal, year: int, rules: Rules) -> _Earned | str:
    """Score by the indicator's own 评分标准: steps or bands."""
    assert result.indicator.rule is not None
    rule = read_rule(result.indicator.rule)
    if isinstance(rule, Unclear) and not isinstance(rule, AllOrNothing):
        return f"评分标准中这一句读不准：{rule.clause}"
    if isinstance(rule, AllOrNothing | Steps) and (why := _contradicts(rule, result, points)):
        return why
    if isinstance(rule, AllOrNothing):
        return _by_all_or_nothing(points, bool(result.met))
    if isinstance(rule, Bands):
        return _by_own_bands(result, rule, points)
    assert isinstance(rule, Steps)
    whole = rules.deductions is not None and rules.deductions.incomplete_step == "whole"
    count = _steps_lost(result, rule, whole, year)
    if count is None:
        return _why_no_steps(result, rule, year)
    value = stepwise(points, rule.deduct, count)
    if not count:
        return _Earned(value, f"记满分 {show(points)}", "own")
    step = f"{show(points)} − {count} × {show(rule.deduct)}"
    return _Earned(value, step if value else f"记 0 分：{step} 已扣完", "own")


def _why_no_steps(result: IndicatorResult, rule: Steps, year: int) -> str:
    if isinstance(result.actual, Moment) and len(set(result.actual.days(year))) > 1:
        return f"实际完成值“{result.stated}”不够具体，看不出逾期几天"
    return f"评分标准按每 {rule.per.shown} 扣分，与指标值、完成值的单位对不上"


def _contradicts(rule: Steps | AllOrNothing, result: IndicatorResult, points: Decimal) -> str:
    """Say where a rule states other full marks or another target than the form; empty where it does not."""
    if rule.full is not None and rule.full != points:
        return f"评分标准写的满分 {show(rule.full)} 分与分值 {show(points)} 不一致"
    if rule.target is not None and not _same_target(rule.target, result.target):
        return f"评分标准写的指标值 {spell(rule.target)} 与年度指标值 {result.indicator.target} 不一致"
    return ""


def _by_own_bands(result: IndicatorResult, rule: Bands, points: Decimal) -> _Earned | str:
    if result.measured is None or not isinstance(result.target, Bound | Range):
        return "评分标准按区间记分，而实际完成值里没有可读的数"
    if rule.full is not None and rule.full != points:
        return f"评分标准写的满分 {show(rule.full)} 分与分值 {show(points)} 不一致"
    at = rule.measured(result.target, result.measured)
    if at is None:
        return "评分标准的区间与完成值的单位对不上"
    value = rule.points_of(at)
    if value is None:
        return f"评分标准没有写完成值 {result.measured.shown} 记多少分"
    if value > points:
        return f"评分标准给出 {show(value)} 分，超过分值 {show(points)}"
    return _Earned(value, f"记评分标准中该区间的 {show(value)} 分", "own")


def _same_target(stated: Reading, target: Reading | None) -> bool:
    """Tell whether a rule restates the indicator's target: 达9个 is the target ≥9个 or 9个."""
    if isinstance(stated, Bound) and isinstance(target, Bound):
        same = comparable(target.quantity, stated.quantity)
        return same is not None and same.value == target.quantity.value
    return stated == target


def _steps_lost(result: IndicatorResult, rule: Steps, up: bool, year: int) -> int | None:
    target = result.target
    if isinstance(target, Moment):
        if result.met:
            return 0
        assert isinstance(result.actual, Moment)
        deadline = target.days(year)[1]
        late = {rule.late((day - deadline).days, up) for day in result.actual.days(year)}
        return late.pop() if len(late) == 1 else None  # only the month is written: how many days late?
    assert isinstance(target, Bound | Range)
    assert result.measured is not None
    return rule.count(target, result.measured.value, up)


def _score_judged(result: IndicatorResult, points: Decimal, method: str, rules: Rules) -> Score:
    """Score a target in words: the share chosen inside a level, or the stated coefficient."""
    indicator = result.indicator
    if result.stated is None:
        return Score(points, None, method, "", "没有写实际完成值")
    if method == "banded" and indicator.level is None:
        return Score(points, None, method, "", "定性指标没有写达成档次 level 和档内比例 share")
    if indicator.share is None:
        missing = "定性指标没有写档内比例 share" if method == "banded" else "没有写得分系数 share"
        return Score(points, None, method, "", missing)
    exact_value = coefficient(points, indicator.share)
    value = half_up(exact_value, rules.score_places)
    with exact():
        share = f"{show(indicator.share * 100)}%"
    said = LEVELS[indicator.level] if indicator.level else "得分系数"
    step = f"{show(points)} × {share}"
    earned = _Earned(exact_value, step, method)
    basis = rules.basis(_BASES[method]) or rules.basis("quantitative")
    trace = _trace(result, points, f"{said} {share}", earned, basis, rules)
    return Score(points, value, method, f"{said}，{step} = {value}", "", trace)


# --- the whole --------------------------------------------------------------------------------------------------------


def score(project: Project, rubric: Rubric) -> Evaluation:
    """Score a project under a rubric for its year; without findings.

    Raises:
        LookupError: the rubric does not apply to the project's year (see :meth:`Rubric.at`).
    """
    rules = rubric.at(project.year)
    budget = evaluate_budget(project, rules)
    indicators = tuple(
        _evaluate_indicator(indicator, budget, project, rules) for indicator in project.indicators
    )
    if reason := _why_no_total(project, rules, budget, indicators):
        return Evaluation(project, rules, budget, indicators, None, None, reason)
    named = [("预算执行率", budget.score), *((r.indicator.name, r.score) for r in indicators)]
    scores = [(name, s.value) for name, s in named if s.value is not None]
    summed = total(value for _, value in scores)
    trace = _total_trace(scores, rules)
    return Evaluation(project, rules, budget, indicators, summed, rules.grade_of(summed), "", trace)


def _total_trace(scores: list[tuple[str, Decimal]], rules: Rules) -> Trace:
    inputs = tuple((name, str(value)) for name, value in scores)
    formula = " + ".join(str(value) for _, value in scores)
    rule = (
        "总分为预算执行率与各项指标得分之和"
        if rules.execution_points is not None
        else "总分为各项指标得分之和"
    )
    return Trace(inputs, formula, "", "各项得分已舍入，相加不再舍入", rule, rules.basis("total"))


def _why_no_total(
    project: Project, rules: Rules, budget: BudgetResult, indicators: tuple[IndicatorResult, ...]
) -> str:
    if not rules.scored:
        return "本表不设分值，因此不计总分、不评等级。"
    if project.is_excerpt:
        return "项目文件只摘录了原表的一部分，因此不计总分、不评等级。"
    if any(r.score.points is None for r in indicators):
        return "有指标没有写分值，因此不计总分、不评等级。"
    points = total(s.points for s in (budget.score, *(r.score for r in indicators)) if s.points is not None)
    assert rules.total is not None
    if points != rules.total:
        return f"各项分值合计 {show(points)} 分，不等于 {show(rules.total)} 分，因此不计总分、不评等级。"
    missing = [r.indicator.name for r in indicators if r.score.value is None]
    if budget.score.value is None and budget.score.points is not None:
        missing.insert(0, "预算执行率")
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:3]) + ("等" if len(missing) > 3 else "")
        return f"{names}共 {len(missing)} 项算不出得分，因此不计总分、不评等级。"
    return ""
