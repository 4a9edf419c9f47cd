"""The upper part of 自评表: year and rubric, 项目名称, 项目资金, 年度总体目标."""

from typing import Final

from wenxiao.evaluation import Evaluation, Line
from wenxiao.model import Project
from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.addresses import amount, whole
from wenxiao.rendering.workbook.books import formula, merge
from wenxiao.rendering.workbook.cells import RUBRIC_AT, UNIT_AT, YEAR_AT, Pen
from wenxiao.rendering.workbook.layout import LAST_PRINTED, TOTAL_ROW, SourceRow
from wenxiao.rendering.workbook.marks import OTHERS
from wenxiao.rendering.workbook.others import place_of
from wenxiao.words import KINDS

_DASH: Final = "—"
USUAL_TITLE: Final = "项目支出绩效自评表"


def write_upper(pen: Pen, project: Project | None, rubric: str, evaluation: Evaluation | None) -> None:
    """Write it; ``evaluation`` gives the values that programs show which don't compute."""
    _top(pen, project, rubric, evaluation)
    _amounts(pen, project, evaluation)
    _goals(pen, project)


def _top(pen: Pen, project: Project | None, rubric: str, evaluation: Evaluation | None) -> None:
    about, look = project.project if project else None, pen.book.look
    title = look("title")
    merge(pen.sheet, 1, 1, 1, LAST_PRINTED, "", title)
    year, kind = str(about.year) if about else "    ", pen.rules.rule["title"]
    name = f'IF({kind}="","{USUAL_TITLE}",{kind})'
    text = f'={name}&"（"&IF({YEAR_AT}="","    ",{YEAR_AT})&"年度）"'
    shown = f"{KINDS[evaluation.rules.kind]}表" if evaluation else USUAL_TITLE
    formula(pen.sheet, 1, 1, text, title, f"{shown}（{year}年度）")
    pen.label(2, 1, 1, "评价年度")
    merge(pen.sheet, 2, 2, 2, 3, about.year if about else "", look("input_centre", num_format="0"))
    pen.label(2, 4, 4, "金额单位")
    merge(pen.sheet, 2, 5, 2, 6, project.budget.amount_unit if project else "万元", look("input_centre"))
    pen.label(2, 7, 7, "评分规则")
    merge(pen.sheet, 2, 8, 2, 9, rubric, look("text_centre"))
    merge(pen.sheet, 2, 10, 2, 12, "", look("made", font_size=9))
    formula(pen.sheet, 2, 10, f"={pen.rules.rule['name']}", look("made", font_size=9))
    pen.label(3, 1, 1, "项目名称")
    pen.text(3, 2, LAST_PRINTED, "project.name", about.name if about else None)
    pen.label(4, 1, 1, "主管部门")
    pen.text(4, 2, 6, "project.department", about.department if about else None)
    pen.label(4, 7, 7, "实施单位")
    pen.text(4, 8, LAST_PRINTED, "project.unit", about.unit if about else None)
    pen.choose(UNIT_AT, "金额单位", "金额单位", "全表只用一种：元、万元或亿元。")
    pen.choose(
        RUBRIC_AT,
        "评分规则",
        "评分规则",
        "选本年度适用的规则，例如 mof-2020；本地规则写文件名。",
        strict=False,
    )
    whole_year = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 1900,
        "maximum": 2099,
        "error_title": "评价年度",
    }
    pen.sheet.data_validation(
        YEAR_AT,
        whole_year
        | {
            "error_message": "写四位年份，例如 2021。",
            "input_title": "评价年度",
            "input_message": "四位年份，例如 2021。",
        },
    )


_TALL: Final = 20
"""Points of a row of one line."""


def _amounts(pen: Pen, project: Project | None, evaluation: Evaluation | None) -> None:
    layout, budget = pen.layout, project.budget if project else None
    head, last = TOTAL_ROW - 1, layout.sources[-1].row
    for row in range(2, last + 1):
        pen.sheet.set_row(row - 1, _TALL)
    look = pen.book.look("label")
    merge(pen.sheet, head, 1, last, 1, "", look)
    unit = budget.amount_unit if budget else "万元"
    formula(pen.sheet, head, 1, f'="项目资金"&CHAR(10)&"（"&{UNIT_AT}&"）"', look, f"项目资金\n（{unit}）")
    pen.label(head, 2, 3, "资金来源", look="head")
    for left, right, text in (
        (4, 4, "年初预算数"),
        (5, 6, "全年预算数（A）"),
        (7, 8, "全年执行数（B）"),
        (9, 9, "分值"),
        (10, 10, "执行率（B/A）"),
        (11, 12, "得分"),
    ):
        pen.label(head, left, right, text, look="head")
    pen.label(TOTAL_ROW, 2, 3, "年度资金总额")
    pen.label(TOTAL_ROW + 1, 2, 2, "其中：", bottom=last)
    _total_row(pen, project, evaluation)
    lines = {
        id(row.source): line
        for row, line in zip(layout.sources, evaluation.budget.sources if evaluation else (), strict=False)
    }
    for one in layout.sources:
        _source(pen, one, lines.get(id(one.source)))
    span = f"D{TOTAL_ROW}:H{last}"
    pen.not_negative(span, "金额", f"只写数字，单位在 {UNIT_AT} 选。没有的写 0；表上没有这一栏就空着。")


def _total_row(pen: Pen, project: Project | None, evaluation: Evaluation | None) -> None:
    row, rules = TOTAL_ROW, pen.rules.rule
    stated = project.budget.total if project else None
    by_sources = stated is None
    line = evaluation.budget.total if evaluation else None
    for (left, right), column in zip(
        ((4, 4), (5, 6), (7, 8)), ("original", "adjusted", "outturn"), strict=True
    ):
        if by_sources:
            style = pen.book.look("amount")
            merge(pen.sheet, row, left, row, right, "", style)
            value = getattr(line, column) if line else None
            formula(pen.sheet, row, left, _sum(pen, column), style, "" if value is None else float(value))
        else:
            pen.decimal(row, left, right, getattr(stated, column), "amount", True)
    score = evaluation.budget.score if evaluation else None
    points = float(score.points) if score and score.points is not None else ""
    pen.made(row, 9, 9, rules["execution_points"], points)
    _rate(pen, row, whole("执行率"), line)
    earned = float(score.value) if score and score.value is not None else ""
    pen.made(row, 11, 12, whole("执行得分"), earned, num_format=pen.score)
    pen.remark(row, remarks.of_total(pen.layout, pen.rules, UNIT_AT, _others(pen, "budget.deviation_cause")))


def _others(pen: Pen, path: str) -> str:

    return f"{OTHERS}!{place_of(path)}"


def _sum(pen: Pen, column: str) -> str:
    rows = [amount(column, pen.layout.sources[i].row) for i in (0, -1)]
    span = f"{rows[0]}:{rows[1].split('!')[1]}"
    whole_column = f"OR(COUNT({span})=0,COUNT({span})<{whole('资金来源数')})"
    return f'=IF({whole_column},"",ROUND(SUM({span}),10))'


def _rate(pen: Pen, row: int, rate: str, line: Line | None) -> None:
    value = float(line.rate) if line is not None and line.rate is not None else ""
    places = pen.rules.rule["rate_places"]
    pen.made(
        row, 10, 10, f'IF({rate}="","",ROUND(ROUND({rate},14),N({places})+2))', value, num_format="0.00%"
    )


def _source(pen: Pen, one: SourceRow, line: Line | None) -> None:
    row, source = one.row, one.source
    pen.text(row, 3, 3, f"budget.sources[{row - TOTAL_ROW - 1}].name", source.name if source else one.name)
    for (left, right), column in zip(
        ((4, 4), (5, 6), (7, 8)), ("original", "adjusted", "outturn"), strict=True
    ):
        pen.decimal(row, left, right, getattr(source, column) if source else None, "amount", True)
    pen.label(row, 9, 9, _DASH)
    budget, spent = amount("adjusted", row), amount("outturn", row)
    _rate(pen, row, f'IF(OR(N({budget})=0,{spent}=""),"",{spent}/{budget})', line)
    pen.label(row, 11, 12, _DASH)
    pen.remark(row, remarks.of_source(row))
    if one.hidden:
        pen.sheet.set_row(row - 1, 20, None, {"hidden": True, "level": 1})


def _goals(pen: Pen, project: Project | None) -> None:
    head, last = pen.layout.goal_head, pen.layout.goals[-1].row
    pen.label(head, 1, 1, "年度总体\n目标", bottom=last)
    for left, right, text in ((2, 6, "预期目标"), (7, 11, "实际完成情况"), (12, 12, "目标的分值")):
        pen.label(head, left, right, text, look="head")
    for i, one in enumerate(pen.layout.goals):
        goal = one.objective
        pen.text(one.row, 2, 6, f"objectives[{i}].planned", goal.planned if goal else None)
        pen.text(one.row, 7, 11, f"objectives[{i}].actual", goal.actual if goal else None)
        pen.decimal(one.row, 12, 12, goal.points if goal else None, "input_centre", False)
        longest = max((len(text) for text in (goal.planned, goal.actual) if text), default=0) if goal else 0
        options = {"hidden": True, "level": 1} if one.hidden else {}
        pen.sheet.set_row(one.row - 1, min(400, 15 * (2 + longest // 34)), None, options)
    pen.hint(f"B{head + 1}:K{last}", "年度总体目标", "左边写预期目标，右边写实际完成情况；几个目标各占一行。")
    pen.not_negative(f"L{head + 1}:L{last}", "目标的分值", "只有按目标分配分值的表（如湖北）才写。")
