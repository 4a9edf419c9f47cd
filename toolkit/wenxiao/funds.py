"""项目资金: the total row, the execution rate, and the score for execution. Pure, ``Decimal`` only."""

from decimal import Decimal
from typing import Final

from wenxiao.evaluation import BudgetResult, Line, Score, Trace
from wenxiao.methods import interval
from wenxiao.model import Amounts, Budget, Project
from wenxiao.money import exact, half_up, percent, percent_apart, plain, ratio, show, total
from wenxiao.rubric import Rules

ONE: Final = Decimal(1)
TOTAL_NAME: Final = "年度资金总额"


def evaluate_budget(project: Project, rules: Rules) -> BudgetResult:
    """Give the rows of 项目资金 with their rates, and the score for execution."""
    line = total_line(project.budget)
    received = project.budget.received
    return BudgetResult(
        total=line,
        sources=tuple(_line(s.name, s) for s in project.budget.sources),
        score=_score(line, project, rules),
        received_rate=ratio(received, line.adjusted) if received is not None and line.adjusted else None,
    )


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


def _score(line: Line, project: Project, rules: Rules) -> Score:
    points, rule = rules.execution_points, rules.execution
    if line.rate is None:
        return Score(points, None, None, "", "全年预算数为 0，算不出执行率")
    division = f"{show(line.outturn)} ÷ {show(line.adjusted)} = {rate_text(line, rules)}"
    if points is None or rule is None:
        return Score(None, None, None, division, "评分规则没有给预算执行率设分值")
    if rule.method == "proportional":
        return _proportional(line, points, division, rules)
    return _interval(line, project, points, division, rules)


def rate_text(line: Line, rules: Rules) -> str:
    """Show an execution rate, with more places where it would be taken for 100 % or the end of a band."""
    assert line.rate is not None
    bands = rules.execution.bands if rules.execution is not None else ()
    return percent_apart(line.rate, [ONE, *(band.from_ for band in bands)], rules.rate_places)


def _proportional(line: Line, points: Decimal, division: str, rules: Rules) -> Score:
    rule = "得分＝分值×执行率，最高不超过分值"
    if line.outturn >= line.adjusted:
        over = "，超过 100% 按满分封顶" if line.outturn > line.adjusted else ""
        said = f"记满分 {show(points)}"
        return _scored(line, points, points, "proportional", f"{division}{over}，{said}", said, rule, rules)
    assert line.rate is not None
    if rules.rate_first:
        shown = percent(line.rate, rules.rate_places)
        with exact():
            value = points * half_up(line.rate * 100, rules.rate_places) / 100
        formula = f"{show(points)} × {shown}"
        rule += "；先把执行率舍入，再算得分"
    else:
        with exact():
            value = points * line.outturn / line.adjusted
        formula = f"{show(points)} × {show(line.outturn)} ÷ {show(line.adjusted)}"
    said = f"{division}；{formula} = {half_up(value, rules.score_places)}"
    return _scored(line, points, value, "proportional", said, formula, rule, rules)


def _interval(line: Line, project: Project, points: Decimal, division: str, rules: Rules) -> Score:
    assert rules.execution is not None
    assert line.rate is not None
    completed = project.project.completed
    if completed is None and line.outturn <= line.adjusted:
        return Score(
            points, None, "interval", division, "本规则须看项目是否完成，而项目文件没有写完成日期 completed"
        )
    rule = "项目完成且未超预算的记满分；尚未完成的按执行率所在区间记分"
    if completed is not None and completed.year <= project.year and line.outturn <= line.adjusted:
        said = f"项目已完成且未超预算，记满分 {show(points)}"
        return _scored(line, points, points, "interval", f"{division}；{said}", said, rule, rules)
    if line.rate >= ONE:
        return Score(points, None, "interval", division, "执行率达到或超过 100%，本规则的未完成区间没有规定")
    value = interval(points, rules.execution.bands, line.rate)
    said = f"项目尚未完成，按区间记 {half_up(value, rules.score_places)} 分"
    return _scored(line, points, value, "interval", f"{division}；{said}", said, rule, rules)


def _scored(
    line: Line, points: Decimal, value: Decimal, method: str, formula: str, step: str, rule: str, rules: Rules
) -> Score:
    assert line.rate is not None
    inputs = (
        ("分值", show(points)),
        ("全年预算数（A）", show(line.adjusted)),
        ("全年执行数（B）", show(line.outturn)),
        ("执行率（B÷A）", rate_text(line, rules)),
    )
    trace = Trace(inputs, step, unrounded(value, rules), rounding(rules), rule, rules.basis("execution"))
    return Score(points, half_up(value, rules.score_places), method, formula, "", trace)


def unrounded(value: Decimal, rules: Rules) -> str:
    """Show the exact result where rounding changes it, to six decimals more than the score has."""
    if half_up(value, rules.score_places) == value:
        return ""
    longer = half_up(value, rules.score_places + 6)
    return show(plain(longer)) + ("" if longer == value else "…")


def rounding(rules: Rules) -> str:
    """Say how scores are rounded, and on what that rests."""
    return f"保留 {rules.score_places} 位小数，四舍五入，据{rules.basis('rounding')}"
