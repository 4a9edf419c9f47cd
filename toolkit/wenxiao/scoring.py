"""Project × Rubric → Evaluation. Pure: no clock, no file, no environment, ``Decimal`` only.

Each score carries its formula in the numbers of the form. What can't be computed is None with the reason in words;
nothing is guessed and no grade is invented.
"""

from decimal import Decimal
from typing import Any, Final

from wenxiao.evaluation import BudgetResult, Evaluation, IndicatorResult, Line, Score
from wenxiao.model import Amounts, Budget, Indicator, Project
from wenxiao.money import exact, half_up, percent, ratio, show, total
from wenxiao.rubric import Band, Rubric, Rules
from wenxiao.target import Quantity, Statement, comparable, read
from wenxiao.words import CATEGORIES, LEVELS, METHODS

ONE: Final = Decimal(1)
TOTAL_NAME: Final = "年度资金总额"
Fault = tuple[tuple[str | int, ...], str, dict[str, Any]]


# --- methods: points × target × actual → points earned, not yet rounded ------------------------------------------


def proportional(points: Decimal, target: Statement, actual: Decimal, at_most: str = "linear") -> Decimal:
    """Full points when the target is met, otherwise the share reached.

    For ≤ the field knows two families: ``linear`` w·(1−(a−t)/t), nothing from twice the target on, and ``ratio``
    w·t/a. Values are not negative; see :func:`undefined`.

    >>> proportional(Decimal(20), read("≥100"), Decimal(95))
    Decimal('19')
    >>> proportional(Decimal(10), read("≤3"), Decimal(4), "ratio")
    Decimal('7.5')
    """
    bound = target.quantity.value
    with exact():
        if target.met_by(actual) or actual == bound:
            return points
        if not target.lower_is_better:
            return points * actual / bound
        if bound == 0:
            return Decimal(0)
        if at_most == "ratio":
            return points * bound / actual
        return max(Decimal(0), points * (2 * bound - actual) / bound)


def all_or_nothing(points: Decimal, target: Statement, actual: Decimal) -> Decimal:
    """Full points when the target is met, otherwise none.

    >>> all_or_nothing(Decimal(10), read("≥3次"), Decimal(2))
    Decimal('0')
    """
    return points if target.met_by(actual) else Decimal(0)


def interval(points: Decimal, bands: tuple[Band, ...], value: Decimal) -> Decimal:
    """Points × the share of the band that holds ``value`` (a ratio); bands include their lower end."""
    band = max((b for b in bands if b.from_ <= value), key=lambda b: b.from_)
    with exact():
        return points * band.share


def undefined(target: Statement, actual: Decimal, indicator: Indicator) -> str:
    """Say why the rules give no score for these numbers; empty when they do.

    The published rules define nothing for negative numbers, nor the direction of a cost target without a sign.
    """
    if target.quantity.value < 0 or actual < 0:
        return "指标值或完成值为负数，评分规则没有规定算法"
    cost = "cost" in (indicator.category, indicator.subcategory)
    if cost and target.sign in (None, "=") and actual > target.quantity.value:
        return "成本指标超过指标值，而指标值没有写“≤”，方向不明"
    return ""


# --- budget --------------------------------------------------------------------------------------------------------


def _line(name: str, amounts: Amounts) -> Line:
    rate = ratio(amounts.outturn, amounts.adjusted) if amounts.adjusted else None
    return Line(name, amounts.original, amounts.adjusted, amounts.outturn, rate)


def total_line(budget: Budget) -> Line:
    """Give the total row: the sum of the sources where there are any (a stated total is then only checked)."""
    if not budget.sources:
        assert budget.total is not None
        return _line(TOTAL_NAME, budget.total)
    originals = [s.original for s in budget.sources if s.original is not None]
    original: Decimal | None = total(originals) if len(originals) == len(budget.sources) else None
    if original is None and budget.total is not None:
        original = budget.total.original
    summed = Amounts.model_construct(
        original=original,
        adjusted=total(s.adjusted for s in budget.sources),
        outturn=total(s.outturn for s in budget.sources),
    )
    return _line(TOTAL_NAME, summed)


def _score_execution(line: Line, project: Project, rules: Rules) -> Score:
    points, rule = rules.execution_points, rules.execution
    if line.rate is None:
        return Score(points, None, None, "", "全年预算数为 0，算不出执行率")
    division = f"{show(line.outturn)} ÷ {show(line.adjusted)} = {percent(line.rate, rules.rate_places)}"
    if points is None or rule is None:
        return Score(None, None, None, division, "评分规则没有给预算执行率设分值")
    if rule.method == "proportional":
        return _proportional_execution(line, points, division, rules)
    return _interval_execution(line, project, points, division, rules)


def _proportional_execution(line: Line, points: Decimal, division: str, rules: Rules) -> Score:
    if line.outturn >= line.adjusted:
        over = "，超过 100% 按满分封顶" if line.outturn > line.adjusted else ""
        return Score(
            points,
            half_up(points, rules.score_places),
            "proportional",
            f"{division}{over}，记满分 {show(points)}",
        )
    with exact():
        value = half_up(points * line.outturn / line.adjusted, rules.score_places)
    formula = f"{division}；{show(points)} × {show(line.outturn)} ÷ {show(line.adjusted)} = {value}"
    return Score(points, value, "proportional", formula)


def _interval_execution(line: Line, project: Project, points: Decimal, division: str, rules: Rules) -> Score:
    assert rules.execution is not None
    assert line.rate is not None
    completed = project.project.completed
    if completed is None and line.outturn <= line.adjusted:
        return Score(
            points, None, "interval", division, "本规则须看项目是否完成，而项目文件没有写完成日期 completed"
        )
    if completed is not None and completed.year <= project.year and line.outturn <= line.adjusted:
        formula = f"{division}；项目已完成且未超预算，记满分 {show(points)}"
        return Score(points, half_up(points, rules.score_places), "interval", formula)
    if line.rate >= ONE:
        return Score(points, None, "interval", division, "执行率达到或超过 100%，本规则的未完成区间没有规定")
    value = half_up(interval(points, rules.execution.bands, line.rate), rules.score_places)
    return Score(points, value, "interval", f"{division}；项目尚未完成，按区间记 {value} 分")


# --- indicators ----------------------------------------------------------------------------------------------------


def _attained(target: Statement, actual: Decimal) -> Decimal | None:
    bound = target.quantity.value
    if bound <= 0 or actual < 0:
        return None
    if not target.lower_is_better:
        return ratio(actual, bound)
    return ratio(bound, actual) if actual else None


def method_of(indicator: Indicator, target: Statement | None, rules: Rules) -> str:
    """Give the scoring method: the indicator's own, else the rubric's for its kind."""
    if indicator.method:
        return indicator.method
    if target is None or indicator.level is not None:
        return "banded"
    if indicator.category == "satisfaction" and rules.satisfaction and target.quantity.unit == "%":
        return rules.satisfaction.method
    return rules.quantitative.method


def _evaluate_indicator(indicator: Indicator, rules: Rules) -> IndicatorResult:
    target = read(indicator.target) if indicator.target else None
    actual = read(indicator.actual) if indicator.actual else None
    measured: Quantity | None = None
    reason = ""
    if indicator.actual is None:
        reason = "没有写实际完成值"
    elif target is not None:
        if actual is None:
            reason = f"指标值是定量的，实际完成值“{indicator.actual}”里没有可读的数"
        elif actual.sign not in (None, "="):
            reason = f"实际完成值“{indicator.actual}”写的是界限，不是测得的数"
        else:
            measured = comparable(target.quantity, actual.quantity)
            if measured is None:
                reason = f"指标值与完成值的单位不同（{target.quantity.unit}、{actual.quantity.unit}）"
    met = attained = None
    if target is not None and measured is not None:
        met, attained = target.met_by(measured.value), _attained(target, measured.value)
    score = _score_indicator(indicator, target, measured, reason, rules)
    return IndicatorResult(indicator, target, actual, met, attained, score)


def _comparison(target: Statement, actual: Quantity) -> str:
    relation = "达到" if target.met_by(actual.value) else "未达到"
    return f"完成值 {actual.shown} {relation}指标值 {target.sign or ''}{target.quantity.shown}"


def _score_indicator(
    indicator: Indicator, target: Statement | None, actual: Quantity | None, reason: str, rules: Rules
) -> Score:
    points = indicator.points
    method = method_of(indicator, target, rules)
    said = _comparison(target, actual) if target is not None and actual is not None else ""
    if not rules.scored:
        return Score(points, None, None, said, reason or "本评分规则不计分")
    if points is None:
        return Score(None, None, None, said, "没有写分值")
    if method == "banded":
        return _score_level(indicator, points, rules)
    if target is None or actual is None:
        return Score(points, None, method, "", reason or "指标值里没有可读的数")
    if why := undefined(target, actual.value, indicator):
        return Score(points, None, method, said, why)
    value, formula = _earned(method, points, target, actual, rules)
    value = half_up(value, rules.score_places)
    return Score(
        points, value, method, f"{said}，{formula}" + ("" if formula.startswith("记") else f" = {value}")
    )


def _earned(
    method: str, points: Decimal, target: Statement, actual: Quantity, rules: Rules
) -> tuple[Decimal, str]:
    """Give the points earned and the formula with its numbers (without the result)."""
    if method == "interval":
        assert rules.satisfaction is not None
        with exact():
            value = interval(points, rules.satisfaction.bands, actual.value / 100)
        return value, f"记该区间的 {show(half_up(value, rules.score_places))} 分（分值 {show(points)}）"
    if method == "all_or_nothing":
        value = all_or_nothing(points, target, actual.value)
        return value, f"记满分 {show(points)}" if value else "记 0 分"
    attained = _attained(target, actual.value)
    floor = rules.quantitative.floor
    if (
        method == "proportional_with_floor"
        and floor is not None
        and attained is not None
        and attained < floor
    ):
        return Decimal(0), f"记 0 分：完成比例 {percent(attained)} 低于及格门槛 {percent(floor, 0)}"
    value = proportional(points, target, actual.value, rules.quantitative.at_most)
    if value == points:
        return value, f"记满分 {show(points)}"
    # The numbers of the form when both are in the same unit, else both in plain units.
    same = target.quantity.scale == actual.scale
    bound = show(target.quantity.number if same else target.quantity.value)
    done = show(actual.number if same else actual.value)
    if not target.lower_is_better:
        return value, f"{show(points)} × {done} ÷ {bound}"
    if value == 0:
        return value, "记 0 分：达到或超过指标值的两倍" if target.quantity.value else "记 0 分"
    if rules.quantitative.at_most == "ratio":
        return value, f"{show(points)} × {bound} ÷ {done}"
    return value, f"{show(points)} × (1 − ({done} − {bound}) ÷ {bound})"


def _score_level(indicator: Indicator, points: Decimal, rules: Rules) -> Score:
    if indicator.actual is None:
        return Score(points, None, "banded", "", "没有写实际完成值")
    if indicator.level is None:
        return Score(points, None, "banded", "", "定性指标没有写达成档次 level 和档内比例 share")
    if indicator.share is None:
        return Score(points, None, "banded", "", "定性指标没有写档内比例 share")
    with exact():
        value = half_up(points * indicator.share, rules.score_places)
    share = f"{show(indicator.share * 100)}%"
    return Score(points, value, "banded", f"{LEVELS[indicator.level]}，{show(points)} × {share} = {value}")


# --- the whole -----------------------------------------------------------------------------------------------------


def faults(project: Project, rules: Rules) -> list[Fault]:
    """Give what makes a project unfit for a rubric: (field path, code in wenxiao.faults, values)."""
    found: list[Fault] = []
    for i, indicator in enumerate(project.indicators):
        at: tuple[str | int, ...] = ("indicators", i)
        target = read(indicator.target) if indicator.target else None
        if rules.category_points and indicator.category not in rules.category_points:
            choices = "、".join(CATEGORIES[c] for c in rules.category_points)
            values: dict[str, Any] = {
                "rubric": rules.id,
                "given": CATEGORIES[indicator.category],
                "choices": choices,
            }
            found.append(((*at, "category"), "category_not_in_rubric", values))
        if indicator.level and target is not None and indicator.method != "banded":
            found.append(((*at, "level"), "level_of_quantity", {"given": indicator.target}))
        if indicator.level and indicator.share is not None and (band := rules.levels.get(indicator.level)):
            top = band.high == 1
            if not (band.low <= indicator.share and (indicator.share < band.high or top)):
                shown = f"{percent(band.low, 0)}（含）–{percent(band.high, 0)}"
                level = {"level": LEVELS[indicator.level], "level_en": indicator.level}
                found.append(
                    (
                        (*at, "share"),
                        "share_outside_level",
                        {"given": percent(indicator.share, 0), "band": shown, **level},
                    )
                )
        method = indicator.method
        named: dict[str, Any] = {
            "method": METHODS.get(method or "", ""),
            "method_en": method,
            "rubric": rules.id,
        }
        if method and method != "banded" and target is None:
            found.append(((*at, "method"), "method_needs_number", {"given": indicator.target or "", **named}))
        lacks = (method == "interval" and not rules.satisfaction) or (
            method == "proportional_with_floor" and rules.quantitative.floor is None
        )
        if lacks:
            found.append(((*at, "method"), "method_without_rule", named))
    return found


def score(project: Project, rubric: Rubric) -> Evaluation:
    """Score a project under a rubric for its year; without findings.

    Raises:
        LookupError: the rubric does not apply to the project's year (see :meth:`Rubric.at`).
    """
    rules = rubric.at(project.year)
    line = total_line(project.budget)
    received = project.budget.received
    budget = BudgetResult(
        total=line,
        sources=tuple(_line(s.name, s) for s in project.budget.sources),
        score=_score_execution(line, project, rules),
        received_rate=ratio(received, line.adjusted) if received is not None and line.adjusted else None,
    )
    indicators = tuple(_evaluate_indicator(indicator, rules) for indicator in project.indicators)
    reason = _why_no_total(project, rules, budget, indicators)
    if reason:
        return Evaluation(project, rules, budget, indicators, None, None, reason)
    summed = total(s.value for s in (budget.score, *(r.score for r in indicators)) if s.value is not None)
    return Evaluation(project, rules, budget, indicators, summed, rules.grade_of(summed))


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
    if budget.score.value is None:
        missing.insert(0, "预算执行率")
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:3]) + ("等" if len(missing) > 3 else "")
        return f"{names}共 {len(missing)} 项算不出得分，因此不计总分、不评等级。"
    return ""
