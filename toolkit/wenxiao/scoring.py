"""Project × Rubric → Evaluation. Pure: no clock, no file, no environment, ``Decimal`` only.

Each score carries its formula in the numbers of the form. What can't be computed is None with the reason in words;
nothing is guessed and no grade is invented.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from wenxiao.evaluation import BudgetResult, Evaluation, IndicatorResult, Score, Trace
from wenxiao.faults import unread
from wenxiao.funds import evaluate_budget, rounding, unrounded
from wenxiao.methods import all_or_nothing, attained, coefficient, interval, proportional
from wenxiao.model import Indicator, Project
from wenxiao.money import ZERO, half_up, percent, ratio, show, total
from wenxiao.rubric import Rubric, Rules
from wenxiao.steps import AllOrNothing, Bands, Steps, Unclear, read_rule, stepwise
from wenxiao.target import Bound, Moment, Quantity, Range, Reading, Unread, comparable, read, spell
from wenxiao.words import CATEGORIES, LEVELS, METHODS

Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]
EXECUTION_NAME: Final = re.compile(
    r"^(?:项目|部门|年度|全年)?(?:预算|资金|预算资金|项目资金|财政资金)(?:支出)?执行率$"
)
"""Names under which a form lists the execution rate as an indicator of its own."""

UNCLEAR: Final = "指标值没有写“≥”还是“≤”，看不出多好还是少好"

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


# --- what is promised, what was measured ------------------------------------------------------------------------------


def _stated(indicator: Indicator, budget: BudgetResult, rules: Rules, project: Project) -> str | None:
    """Give the actual as stated, or as the rubric's measure computes it from 项目资金 where none is stated."""
    measure = rules.measures.get(indicator.name)
    if indicator.actual is not None or measure is None:
        return indicator.actual
    amounts = {
        "original": budget.total.original, "adjusted": budget.total.adjusted, "outturn": budget.total.outturn,
        "received": project.budget.received,
    }  # fmt: skip
    part, whole = amounts[measure.numerator], amounts[measure.denominator]
    return None if part is None or not whole else percent(ratio(part, whole), rules.rate_places)


def _measured(
    target: Reading | None, stated: str | None, actual: Reading | None
) -> tuple[Quantity | None, str]:
    """Give the actual on the terms of a target with a number, or why the two can't be compared."""
    if stated is None:
        return None, "没有写实际完成值"
    if not isinstance(target, Bound | Range):
        return None, ""
    if isinstance(actual, Unread):
        return None, f"实际完成值“{stated}”读不出确定的数：{unread(actual.problem).zh}"
    if isinstance(actual, Range):
        return None, f"实际完成值“{stated}”写的是区间，不是测得的数"
    if not isinstance(actual, Bound):
        return None, f"指标值是定量的，实际完成值“{stated}”里没有可读的数"
    if actual.sign not in (None, "="):
        return None, f"实际完成值“{stated}”写的是界限，不是测得的数"
    if actual.approximate:
        return None, f"实际完成值“{stated}”写的是约数，不是测得的数"
    bound = target.quantity if isinstance(target, Bound) else target.high
    if (quantity := comparable(bound, actual.quantity)) is None:
        ours, theirs = (f"{q.lead}{q.unit}" or "没有单位" for q in (bound, actual.quantity))
        return None, f"指标值与完成值的单位不同（{ours}、{theirs}）"
    return quantity, ""


def _in_time(
    target: Moment, stated: str | None, actual: Reading | None, year: int
) -> tuple[bool | None, str]:
    if stated is None:
        return None, "没有写实际完成值"
    if not isinstance(actual, Moment):
        return None, f"指标值是期限，实际完成值“{stated}”不是日期"
    if actual.before:
        return None, f"实际完成值“{stated}”写的是期限，不是完成的日期"
    met = target.met_by(actual, year)
    return met, "" if met is not None else f"实际完成值“{stated}”不够具体，看不出是否按期"


def undefined(target: Bound | Range, actual: Decimal, indicator: Indicator) -> str:
    """Say why the rules give no score for these numbers; empty when they do.

    The published rules define nothing for negative numbers, nor which way a cost target without a sign counts, nor how
    far an approximate target may be missed.
    """
    if direction_unclear(target, actual, indicator):
        return UNCLEAR
    bound = target if isinstance(target, Bound) else target.side(actual)
    if target.met_by(actual) and (isinstance(target, Range) or (actual >= 0 and bound.quantity.value >= 0)):
        return ""
    if bound.quantity.value < 0 or actual < 0:
        return "指标值或完成值为负数，评分规则没有规定算法"
    if isinstance(target, Bound) and target.approximate:
        return "指标值是约数，没有写允许的偏差，未达到时无法计分"
    return ""


_LESS_IS_BETTER: Final = re.compile(
    r"返工|事故|投诉|差错|错误|缺陷|故障|死亡|伤亡|发病|感染|失业|流失|辍学|损耗|违规|逾期|延误|排放|超标|不合格"
)
_HANDLED: Final = re.compile(r"处理|处置|办结|办理|修复|整改|回复|下降|降低|减少|控制")
_DURATIONS: Final = ("天", "日", "个工作日", "工作日", "周", "月", "个月", "小时", "分钟", "年")


def direction_unclear(target: Reading | None, actual: Decimal, indicator: Indicator) -> bool:
    """Tell whether it can't be known if more or less than the target is better.

    The published systems read a target without sign, or with ``=``, as "at least". For cost, for how long something
    takes, and for what is unwelcome (返工率, 事故) that would punish the better result: there only an equal actual is
    certain. 0起 is certain too.
    """
    if not isinstance(target, Bound) or target.sign not in (None, "="):
        return False
    bound = target.quantity
    if actual == bound.value or bound.value == 0 or bound.lead.endswith(("增长", "下降")):
        return False
    cost = "cost" in (indicator.category, indicator.subcategory or "") or (
        indicator.subcategory or ""
    ).endswith("_cost")
    lasting = indicator.subcategory == "timeliness" and bound.unit in _DURATIONS and not bound.lead
    unwelcome = _LESS_IS_BETTER.search(indicator.name) is not None and not _HANDLED.search(indicator.name)
    return cost or lasting or unwelcome


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


# --- one indicator ----------------------------------------------------------------------------------------------------


def _evaluate_indicator(
    indicator: Indicator, budget: BudgetResult, project: Project, rules: Rules
) -> IndicatorResult:
    target = read(indicator.target) if indicator.target else None
    stated = _stated(indicator, budget, rules, project)
    actual = read(stated) if stated else None
    measured, reason = _measured(target, stated, actual)
    met: bool | None = None
    reached: Decimal | None = None
    if isinstance(target, Bound | Range) and measured is not None:
        met = target.met_by(measured.value)
        if isinstance(target, Bound) and target.approximate and not met:
            met = None
        if direction_unclear(target, measured.value, indicator):
            met, reason = None, UNCLEAR
        reached = attained(
            target if isinstance(target, Bound) else target.side(measured.value), measured.value
        )
    elif isinstance(target, Moment):
        met, reason = _in_time(target, stated, actual, project.year)
    result = IndicatorResult(
        indicator, target, actual, measured, met, reached, Score(None, None, None, ""), stated, reason
    )
    return replace(result, score=_score_indicator(result, reason, project.year, rules))


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
    return f"完成值 {measured.shown} {'达到' if target.met_by(measured.value) else '未达到'}指标值 {wanted}"


def _score_indicator(result: IndicatorResult, reason: str, year: int, rules: Rules) -> Score:
    indicator, target = result.indicator, result.target
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
    trace = _trace(result, points, said, earned, indicator.rule or basis, rules)
    return Score(points, value, method, f"{said}，{shown}", "", trace)


_BASES: Final = {"interval": "satisfaction", "banded": "levels", "coefficient": "qualitative"}


def _trace(
    result: IndicatorResult, points: Decimal, said: str, earned: _Earned, basis: str, rules: Rules
) -> Trace:
    inputs = [("分值", show(points)), ("年度指标值", result.indicator.target or "未写明")]
    inputs.append(("实际完成值", result.stated or "未写明"))
    if said:
        inputs.append(("比较", said))
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
    if method in ("stepwise", "interval") and result.indicator.rule is not None:
        return _by_own_rule(result, points, year, rules)
    target = result.target
    if isinstance(target, Moment):
        return _by_deadline(result, points, method)
    assert isinstance(target, Bound | Range)
    assert result.measured is not None
    actual = result.measured.value
    if why := undefined(target, actual, result.indicator):
        return why
    if method == "interval":
        assert rules.satisfaction is not None
        if actual < 0:
            return "完成值为负数，评分规则没有规定算法"
        value = interval(points, rules.satisfaction.bands, ratio(actual, Decimal(100)))
        return _Earned(
            value,
            f"记该区间的 {show(half_up(value, rules.score_places))} 分（分值 {show(points)}）",
            "interval",
        )
    if method == "all_or_nothing":
        return _by_all_or_nothing(points, target.met_by(actual))
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
            ZERO, f"记 0 分：完成比例 {percent(reached)} 低于及格门槛 {percent(floor, 0)}", "floor"
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


def _proportion(points: Decimal, target: Bound, actual: Quantity, family: str) -> str:
    """Write the formula with the numbers of the form when both are in one unit, else both in plain units."""
    same = target.quantity.scale == actual.scale
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
    assert isinstance(rule, Steps | Bands)
    if rule.full is not None and rule.full != points:
        return f"评分标准写的满分 {show(rule.full)} 分与分值 {show(points)} 不一致"
    if isinstance(rule, Bands):
        return _by_own_bands(result, rule, points)
    if rule.target is not None and not _same_target(rule.target, result.target):
        return f"评分标准写的指标值 {spell(rule.target)} 与年度指标值 {result.indicator.target} 不一致"
    whole = rules.deductions is not None and rules.deductions.incomplete_step == "whole"
    count = _steps_lost(result, rule, rule.round_up if rule.round_up is not None else whole, year)
    if count is None:
        return f"评分标准按每 {rule.per.shown} 扣分，与指标值、完成值的单位对不上"
    value = stepwise(points, rule.deduct, count)
    if not count:
        return _Earned(value, f"记满分 {show(points)}", "own")
    step = f"{show(points)} − {count} × {show(rule.deduct)}"
    return _Earned(value, step if value else f"记 0 分：{step} 已扣完", "own")


def _by_own_bands(result: IndicatorResult, rule: Bands, points: Decimal) -> _Earned | str:
    if result.measured is None or not isinstance(result.target, Bound | Range):
        return "评分标准按区间记分，而实际完成值里没有可读的数"
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
        if result.met or not isinstance(result.actual, Moment):
            return 0 if result.met else None
        late = (result.actual.days(year)[1] - target.days(year)[1]).days
        return rule.late(late, up)
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
    share = f"{show(indicator.share * 100)}%"
    said = LEVELS[indicator.level] if indicator.level else "得分系数"
    step = f"{show(points)} × {share}"
    earned = _Earned(exact_value, step, method)
    basis = rules.basis(_BASES[method]) or rules.basis("quantitative")
    trace = _trace(result, points, f"{said} {share}", earned, basis, rules)
    return Score(points, value, method, f"{said}，{step} = {value}", "", trace)


# --- the whole --------------------------------------------------------------------------------------------------------


def faults(project: Project, rules: Rules) -> list[Fault]:
    """Give what makes a project unfit for a rubric: (field path, code in wenxiao.faults, values)."""
    found: list[Fault] = []
    for i, indicator in enumerate(project.indicators):
        at: tuple[str | int, ...] = ("indicators", i)
        for path, code, values in _indicator_faults(indicator, project, rules):
            found.append(((*at, path), code, values))
    return found


def _indicator_faults(
    indicator: Indicator, project: Project, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    target = read(indicator.target) if indicator.target else None
    if rules.category_points and rules.category_of(indicator.category) not in rules.category_points:
        choices = "、".join(CATEGORIES[c] for c in rules.category_points)
        yield "category", "category_not_in_rubric", {
            "rubric": rules.id, "given": CATEGORIES[indicator.category], "choices": choices,
        }  # fmt: skip
    if "execution" in rules.inside and EXECUTION_NAME.match(indicator.name):
        yield "name", "execution_twice", {"given": indicator.name, "rubric": rules.id}
    if indicator.goal is not None and indicator.goal > len(project.objectives):
        yield "goal", "no_such_goal", {"given": indicator.goal, "count": len(project.objectives)}
    yield from _level_faults(indicator, target, rules)
    yield from _method_faults(indicator, target, rules)


def _level_faults(
    indicator: Indicator, target: Reading | None, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    number = isinstance(target, Bound | Range | Moment)
    if indicator.level and number and indicator.method != "banded":
        yield "level", "level_of_quantity", {"given": indicator.target}
    if (
        indicator.share is not None
        and indicator.level is None
        and method_of(indicator, target, rules) != "coefficient"
    ):
        yield "share", "share_without_level", {}
    band = rules.levels.get(indicator.level) if indicator.level else None
    if band is not None and indicator.share is not None:
        inside = band.low <= indicator.share and (indicator.share < band.high or band.high == 1)
        if not inside and indicator.level is not None:
            shown = f"{percent(band.low, 0)}（含）–{percent(band.high, 0)}"
            level = {"level": LEVELS[indicator.level], "level_en": indicator.level}
            yield (
                "share",
                "share_outside_level",
                {"given": percent(indicator.share, 0), "band": shown, **level},
            )


def _method_faults(
    indicator: Indicator, target: Reading | None, rules: Rules
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    method = indicator.method
    named = {"method": METHODS.get(method or "", ""), "method_en": method, "rubric": rules.id}
    rule = read_rule(indicator.rule) if indicator.rule is not None else None
    if isinstance(rule, Unclear) and not isinstance(rule, AllOrNothing):
        yield "rule", "rule_unclear", {"given": rule.clause}
    if method and method not in ("banded", "coefficient") and not isinstance(target, Bound | Range | Moment):
        yield "method", "method_needs_number", {"given": indicator.target or "", **named}
    lacks = (
        (method == "interval" and not isinstance(rule, Bands) and not rules.satisfaction)
        or (method == "proportional_with_floor" and rules.quantitative.floor is None)
        or (method == "stepwise" and not isinstance(rule, Steps))
    )
    if lacks and not isinstance(rule, Unclear):
        yield "method", "stepwise_needs_rule" if method == "stepwise" else "method_without_rule", named


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
    if points != rules.total:
        return f"各项分值合计 {show(points)} 分，不等于 {show(rules.total or Decimal(100))} 分，因此不计总分、不评等级。"
    missing = [r.indicator.name for r in indicators if r.score.value is None]
    if budget.score.value is None and budget.score.points is not None:
        missing.insert(0, "预算执行率")
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:3]) + ("等" if len(missing) > 3 else "")
        return f"{names}共 {len(missing)} 项算不出得分，因此不计总分、不评等级。"
    return ""
