"""Evaluation → the tables a reader sees: the official form, budget execution, how each score came to be."""

from decimal import Decimal

from wenxiao.document import Cell, Table
from wenxiao.evaluation import Evaluation, IndicatorResult, Line
from wenxiao.money import grouped, percent, places_of, printed_number, show
from wenxiao.words import CATEGORIES, SUBCATEGORIES

NONE = "—"


def _head(*labels: str) -> tuple[Cell, ...]:
    return tuple(Cell(label, scope="col") for label in labels)


def _score(evaluation: Evaluation, value: Decimal | None) -> str:
    return NONE if value is None else f"{value:.{evaluation.rules.score_places}f}"


def _claim(shown: str, printed: str | None, value: Decimal | None) -> str:
    """Add what the document prints where it differs from what was computed."""
    claim = printed_number(printed) if printed else None
    if claim is None or claim.value == value:
        return shown
    return f"{shown}\n原表{claim.text}"


def _amount(value: Decimal | None, places: int) -> str:
    return NONE if value is None else grouped(value, places)


def _places(evaluation: Evaluation) -> int:
    """Give the decimals that show every amount of the budget exactly."""
    budget = evaluation.budget
    lines = (budget.total, *budget.sources)
    values = [v for line in lines for v in (line.original, line.adjusted, line.outturn) if v is not None]
    return max(places_of(value) for value in values)


def _rate(evaluation: Evaluation, line: Line) -> str:
    return NONE if line.rate is None else percent(line.rate, evaluation.rules.rate_places)


def project_form(evaluation: Evaluation) -> Table:
    """项目支出绩效自评表, upper part: 项目名称, 项目资金 and 年度总体目标."""
    project, budget = evaluation.project, evaluation.budget
    unit, places = project.budget.amount_unit, _places(evaluation)
    printed = project.budget.printed

    def row_head(label: str, rows: int = 1, columns: int = 1) -> Cell:
        return Cell(label, rows, columns, "rowgroup" if rows > 1 else "row")

    def funds(line: Line, first: bool) -> tuple[Cell, ...]:
        amounts = tuple(
            Cell(_amount(v, places), align="right") for v in (line.original, line.adjusted, line.outturn)
        )
        score = budget.score
        rate = _claim(
            _rate(evaluation, line), printed.execution_rate if first else None, _rate_value(evaluation, line)
        )
        points = show(score.points) if first and score.points is not None else NONE
        earned = _claim(_score(evaluation, score.value), printed.score, score.value) if first else NONE
        return (
            Cell(line.name, scope="row"), *amounts, Cell(points, align="center"), Cell(rate, align="center"),
            Cell(earned, align="center"),
        )  # fmt: skip

    lines = [(budget.total, True), *((source, False) for source in budget.sources)]
    rows: list[tuple[Cell, ...]] = [
        (row_head("项目名称"), Cell(project.name, colspan=7)),
        (
            row_head("主管部门"), Cell(project.department or "未写明", colspan=3),
            Cell("实施单位", scope="row"), Cell(project.unit, colspan=3),
        ),
        (row_head(f"项目资金\n（{unit}）", len(lines) + 1), *_head("资金来源", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分")),
        *(funds(line, first) for line, first in lines),
    ]  # fmt: skip
    objectives = project.objectives
    if objectives:
        rows.append((
            row_head("年度总体\n目标", len(objectives) + 1), Cell("预期目标", colspan=4, scope="col"),
            Cell("实际完成情况", colspan=3, scope="col"),
        ))  # fmt: skip
        rows += [
            (Cell(o.planned or NONE, colspan=4), Cell(o.actual or "未写明", colspan=3)) for o in objectives
        ]
    caption = f"项目支出绩效自评表（{project.year}年度）"
    return Table(
        caption,
        (),
        tuple(rows),
        (12, 18, 13, 13, 13, 7, 13, 11),
        "“—”表示原表没有或按规则不计；“原表”后是原文件上写的数，与计算结果不同。",
    )


def _rate_value(evaluation: Evaluation, line: Line) -> Decimal | None:
    if line.rate is None:
        return None
    claim = printed_number(evaluation.project.budget.printed.execution_rate or "")
    shown = percent(line.rate, claim.places if claim else evaluation.rules.rate_places)
    return Decimal(shown.rstrip("%"))


def indicator_form(evaluation: Evaluation) -> Table:
    """项目支出绩效自评表, lower part: the indicators with merged 一级 and 二级 cells, and 总分."""
    results = sorted(
        evaluation.indicators,
        key=lambda r: (list(CATEGORIES).index(r.indicator.category), _sub_order(r.indicator.subcategory)),
    )
    groups = [r.indicator.category for r in results]
    subgroups = [(r.indicator.category, r.indicator.subcategory) for r in results]
    rows = []
    for i, result in enumerate(results):
        row: list[Cell] = []
        one = result.indicator
        if i == 0 or groups[i] != groups[i - 1]:
            row.append(_group(CATEGORIES[one.category], groups.count(groups[i])))
        if i == 0 or subgroups[i] != subgroups[i - 1]:
            label = SUBCATEGORIES[one.subcategory] if one.subcategory else NONE
            row.append(_group(label, subgroups.count(subgroups[i])))
        rows.append((*row, *_indicator(evaluation, result)))
    total = _claim(_score(evaluation, evaluation.total), evaluation.project.printed.total, evaluation.total)
    points = [r.score.points for r in results]
    execution = evaluation.budget.score.points
    known = [p for p in (execution, *points) if p is not None]
    whole = show(sum(known, Decimal(0))) if all(p is not None for p in points) and known else NONE
    rows.append((
        Cell("总分", colspan=5, scope="row"), Cell(whole, align="center"), Cell(total, align="center"),
        Cell("含预算执行率" if execution is not None else "", kind="muted"),
    ))  # fmt: skip
    head = _head(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析\n及改进措施",
    )
    caption = f"项目支出绩效自评表（{evaluation.project.year}年度）：绩效指标"
    return Table(caption, (head,), tuple(rows), (11, 12, 20, 12, 12, 7, 10, 16), evaluation.reason)


def _sub_order(subcategory: str | None) -> int:
    return list(SUBCATEGORIES).index(subcategory) if subcategory else len(SUBCATEGORIES)


def _group(label: str, rows: int) -> Cell:
    return Cell(label, rowspan=rows, scope="rowgroup" if rows > 1 else "row")


def _indicator(evaluation: Evaluation, result: IndicatorResult) -> tuple[Cell, ...]:
    one, score = result.indicator, result.score
    name = one.name
    if one.planned_as and one.planned_as != name:
        name += f"\n（绩效目标表中为：{one.planned_as}）"
    causes = "\n".join(part for part in (one.deviation_cause, one.corrective_action) if part)
    earned = _claim(_score(evaluation, score.value), one.printed.score, score.value)
    return (
        Cell(name),
        Cell(one.target or NONE, align="center"),
        Cell(one.actual or "未写明", align="center", kind="bad" if result.met is False else None),
        Cell(show(score.points) if score.points is not None else NONE, align="center"),
        Cell(earned, align="center"),
        Cell(causes),
    )


def budget_table(evaluation: Evaluation) -> Table:
    """Budget execution by source of funds: amounts, what is left, rate."""
    places = _places(evaluation)

    def row(line: Line) -> tuple[Cell, ...]:
        amounts = (line.original, line.adjusted, line.outturn, line.adjusted - line.outturn)
        cells = [
            Cell(_amount(a, places), align="right", kind="bad" if a is not None and a < 0 else None)
            for a in amounts
        ]
        return (Cell(line.name, scope="row"), *cells, Cell(_rate(evaluation, line), align="right"))

    lines = (*evaluation.budget.sources, evaluation.budget.total)
    head = _head(
        "资金来源", "年初预算数", "全年预算数（A）", "全年执行数（B）", "未执行（A−B）", "执行率（B/A）"
    )
    unit = evaluation.project.budget.amount_unit
    caption = f"预算执行情况（单位：{unit}）"
    return Table(caption, (head,), tuple(row(line) for line in lines), (24, 15, 16, 16, 15, 14))


def score_table(evaluation: Evaluation) -> Table:
    """How each score came to be, in numbers a reader can recompute."""
    rows = [
        ("预算执行率", evaluation.budget.score),
        *((r.indicator.name, r.score) for r in evaluation.indicators),
    ]
    body = tuple(
        (
            Cell(name, scope="row"),
            Cell(show(score.points) if score.points is not None else NONE, align="center"),
            Cell(_score(evaluation, score.value), align="center"),
            Cell("。".join(part for part in (score.formula, score.reason) if part) or NONE),
        )
        for name, score in rows
    )
    if evaluation.total is not None:
        parts = " + ".join(_score(evaluation, score.value) for _, score in rows if score.value is not None)
        total = _score(evaluation, evaluation.total)
        body += (
            (
                Cell("总分", scope="row"),
                Cell(show(evaluation.rules.total or Decimal(100)), align="center"),
                Cell(total, align="center"),
                Cell(f"{parts} = {total}"),
            ),
        )
    return Table("得分怎样算出", (_head("指标", "分值", "得分", "算法和数字"),), body, (28, 8, 10, 54))
