"""The sheet 自评表: the official form, its drop-downs and hints, and beside it what is not printed."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from wenxiao.evaluation import Evaluation, Line
from wenxiao.model import Amounts, Project
from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.books import Book, formula, letter, merge, put
from wenxiao.rendering.workbook.exactness import fits
from wenxiao.rendering.workbook.layout import (
    COLUMNS,
    LAST_PRINTED,
    TOTAL_ROW,
    WIDTHS,
    IndicatorRow,
    Layout,
    SourceRow,
)
from wenxiao.rendering.workbook.marks import OTHERS
from wenxiao.rendering.workbook.splitting import split
from wenxiao.rendering.workbook.workings import Rulebook, amount, step, whole
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES

YEAR_AT: Final = "B2"
UNIT_AT: Final = "E2"
RUBRIC_AT: Final = "H2"
ELSEWHERE: Final = "（内容较长，见“其他信息”）"
"""What stands in a cell whose text no cell can hold; the text itself is on 其他信息."""
_DASH: Final = "—"
_HINTS: Final = {
    "category": ("一级指标", "从列表中选；同一组各行共用。"),
    "subcategory": ("二级指标", "从列表中选，可以空着。"),
    "name": ("三级指标", "只写衡量什么，不写指标值。每行一个指标。"),
    "sign": ("指标性质", "≥ 不少于，≤ 不超过，= 等于；文字目标选“定性”；日期和区间留空。"),
    "value": ("指标值", "只写数字，例如 95；或整句写，例如 2021年12月底前、显著提高。"),
    "unit": ("度量单位", "例如 %、个、万元；指标值是文字时留空。"),
    "actual": ("实际完成值", "写测得的数和单位，例如 96%、8个；不要照抄“≥95%”。"),
    "points": ("分值", "只写数字，例如 15。表上没有分值就空着。"),
    "cause": ("偏差原因分析", "没有得满分、或大幅超过指标值时必须写。"),
    "action": ("改进措施", "准备怎样改。"),
    "level": ("达成档次", "只有定性指标才选。"),
    "share": ("档内比例或得分系数", "例如 95%；要落在所选档次的区间里。"),
    "method": ("计分方法", "空着就按评分规则。"),
    "rule": ("评分标准", "本指标自己的规则，例如 每降5%扣1分，扣完为止；得分由程序计算。"),
    "printed": ("原表得分", "原来文件上写的得分，只核对，不参与计算。"),
    "planned_as": ("绩效目标表中的名称", "与三级指标名称不同时才写。"),
    "goal": ("对应第几个年度目标", "只有按目标分配分值的表才写，例如 1。"),
}  # fmt: skip
_LISTS: Final = {
    "category": "一级指标", "subcategory": "二级指标", "sign": "指标性质", "unit": "度量单位", "level": "达成档次", "method": "计分方法",
}  # fmt: skip
_LABELS: Final = {
    "category": "一级指标", "subcategory": "二级指标", "name": "三级指标", "actual": "实际完成值", "points": "分值", "score": "得分",
    "remark": "核对（不打印）", "number": "行号", "level": "达成档次", "share": "档内比例或得分系数", "method": "计分方法", "rule": "评分标准",
    "printed": "原表得分", "planned_as": "绩效目标表中的名称", "goal": "对应目标",
}  # fmt: skip
"""Heading of a column; 年度指标值 and 偏差原因分析及改进措施 are divided below their heading."""
_DIVIDED: Final = {
    "年度指标值": {"sign": "指标性质", "value": "指标值", "unit": "度量单位"},
    "偏差原因分析及改进措施": {"cause": "偏差原因分析", "action": "改进措施"},
}
NOTES: Final = (
    "说明：1.浅黄色的格子由填报单位填写，其余由公式算出或固定不变。2.执行率＝全年执行数（B）÷全年预算数（A），全年预算数为调整后的数，含上年结转。"
    "3.年度资金总额空着时由各资金来源相加；另有总额的直接写上，会与合计核对。4.得分由公式按所选评分规则计算；公式读不准的，打印前由程序计算。"
)


class FormSheet:
    """Writes 自评表. ``long`` gathers texts that no cell can hold: (path, text)."""

    def __init__(self, book: Book, sheet: Any, layout: Layout, rules: Rulebook):
        self.book, self.sheet, self.layout, self.rules = book, sheet, layout, rules
        self.long: list[tuple[str, str]] = []
        self.places = 2

    def write(self, project: Project | None, rubric: str, evaluation: Evaluation | None) -> None:
        """Write everything; ``evaluation`` gives the values that programs show which don't compute."""
        self._top(project, rubric)
        self._amounts(project, evaluation)
        self._goals(project)
        self._indicators(project, evaluation)
        self._result(evaluation)
        self._frame()
        remarks.turn_red(self.sheet, self.book, self.layout)

    # --- cells --------------------------------------------------------------------------------------------------------

    def _text(self, row: int, left: int, right: int, path: str, text: str | None, look: str = "text") -> None:
        if text and not fits(text):
            self.long.append((path, text))
            text = ELSEWHERE
        merge(self.sheet, row, left, row, right, text, self.book.look(look))

    def _decimal(self, row: int, left: int, right: int, value: Decimal | None, look: str, grouped: bool) -> None:
        content, style = ("", self.book.look(look)) if value is None else self.book.number(look, value, grouped)
        merge(self.sheet, row, left, row, right, content, style)

    def _label(self, row: int, left: int, right: int, text: str, bottom: int | None = None, look: str = "label") -> None:
        merge(self.sheet, row, left, bottom or row, right, text, self.book.look(look))

    def _made(self, row: int, left: int, right: int, text: str, value: object = "", **look: Any) -> None:
        """Write a formula, with the value shown by programs that don't compute."""
        style = self.book.look("made", **look)
        merge(self.sheet, row, left, row, right, "", style)
        formula(self.sheet, row, left, f"={text}", style, value)

    def _choose(self, where: str, name: str, title: str, hint: str, strict: bool = True) -> None:
        options = {"validate": "list", "source": f"={self.rules.lists[name]}", "input_title": title, "input_message": hint}
        options |= {"error_type": "stop" if strict else "information", "error_title": title, "error_message": f"请从列表中选择{title}。"}
        self.sheet.data_validation(where, options)

    def _hint(self, where: str, title: str, hint: str) -> None:
        self.sheet.data_validation(where, {"validate": "any", "input_title": title, "input_message": hint})

    def _not_negative(self, where: str, title: str, hint: str) -> None:
        options = {"validate": "decimal", "criteria": ">=", "value": 0, "input_title": title, "input_message": hint}
        options |= {"error_title": title, "error_message": "只写不小于 0 的数字，不写单位。"}
        self.sheet.data_validation(where, options)

    # --- the parts of the form, from top to bottom ------------------------------------------------------------------------

    def _top(self, project: Project | None, rubric: str) -> None:
        about, look = project.project if project else None, self.book.look
        title = look("title")
        merge(self.sheet, 1, 1, 1, LAST_PRINTED, "", title)
        year = str(about.year) if about else "    "
        formula(self.sheet, 1, 1, f'="项目支出绩效自评表（"&IF({YEAR_AT}="","    ",{YEAR_AT})&"年度）"', title, f"项目支出绩效自评表（{year}年度）")
        self._label(2, 1, 1, "评价年度")
        merge(self.sheet, 2, 2, 2, 3, about.year if about else "", look("input_centre", num_format="0"))
        self._label(2, 4, 4, "金额单位")
        merge(self.sheet, 2, 5, 2, 6, project.budget.amount_unit if project else "万元", look("input_centre"))
        self._label(2, 7, 7, "评分规则")
        merge(self.sheet, 2, 8, 2, 9, rubric, look("text_centre"))
        merge(self.sheet, 2, 10, 2, 12, "", look("made", font_size=9))
        formula(self.sheet, 2, 10, f"={self.rules.rule['name']}", look("made", font_size=9))
        self._label(3, 1, 1, "项目名称")
        self._text(3, 2, LAST_PRINTED, "project.name", about.name if about else None)
        self._label(4, 1, 1, "主管部门")
        self._text(4, 2, 6, "project.department", about.department if about else None)
        self._label(4, 7, 7, "实施单位")
        self._text(4, 8, LAST_PRINTED, "project.unit", about.unit if about else None)
        self._choose(UNIT_AT, "金额单位", "金额单位", "全表只用一种：元、万元或亿元。")
        self._choose(RUBRIC_AT, "评分规则", "评分规则", "选本年度适用的规则，例如 mof-2020；本地规则写文件名。", strict=False)
        whole_year = {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2099, "error_title": "评价年度"}
        self.sheet.data_validation(YEAR_AT, whole_year | {"error_message": "写四位年份，例如 2021。", "input_title": "评价年度", "input_message": "四位年份，例如 2021。"})

    def _amounts(self, project: Project | None, evaluation: Evaluation | None) -> None:
        layout, budget = self.layout, project.budget if project else None
        head, last = TOTAL_ROW - 1, layout.sources[-1].row
        look = self.book.look("label")
        merge(self.sheet, head, 1, last, 1, "", look)
        unit = budget.amount_unit if budget else "万元"
        formula(self.sheet, head, 1, f'="项目资金"&CHAR(10)&"（"&{UNIT_AT}&"）"', look, f"项目资金\n（{unit}）")
        self._label(head, 2, 3, "资金来源", look="head")
        for left, right, text in ((4, 4, "年初预算数"), (5, 6, "全年预算数（A）"), (7, 8, "全年执行数（B）"), (9, 9, "分值"), (10, 10, "执行率（B/A）"), (11, 12, "得分")):
            self._label(head, left, right, text, look="head")
        self._label(TOTAL_ROW, 2, 3, "年度资金总额")
        self._label(TOTAL_ROW + 1, 2, 2, "其中：", bottom=last)
        self._total_row(project, evaluation)
        lines = {id(row.source): line for row, line in zip(layout.sources, evaluation.budget.sources if evaluation else (), strict=False)}
        for one in layout.sources:
            self._source(one, lines.get(id(one.source)))
        span = f"D{TOTAL_ROW}:H{last}"
        self._not_negative(span, "金额", f"只写数字，单位在 {UNIT_AT} 选。没有的写 0；表上没有这一栏就空着。")

    def _total_row(self, project: Project | None, evaluation: Evaluation | None) -> None:
        row, rules = TOTAL_ROW, self.rules.rule
        stated = project.budget.total if project else None
        by_sources = stated is None
        line = evaluation.budget.total if evaluation else None
        for (left, right), column in zip(((4, 4), (5, 6), (7, 8)), ("original", "adjusted", "outturn"), strict=True):
            if by_sources:
                style = self.book.look("amount")
                merge(self.sheet, row, left, row, right, "", style)
                value = getattr(line, column) if line else None
                formula(self.sheet, row, left, self._sum(column), style, "" if value is None else float(value))
            else:
                self._decimal(row, left, right, getattr(stated, column), "amount", True)
        score = evaluation.budget.score if evaluation else None
        points = float(score.points) if score and score.points is not None else ""
        self._made(row, 9, 9, rules["execution_points"], points)
        self._rate(row, whole("执行率"), line)
        earned = float(score.value) if score and score.value is not None else ""
        self._made(row, 11, 12, whole("执行得分"), earned, num_format="0." + "0" * self.places)
        self._remark(row, remarks.of_total(self.layout, self.rules, UNIT_AT, self._others("budget.deviation_cause")))

    def _others(self, path: str) -> str:
        from wenxiao.rendering.workbook.others import place_of

        return f"{OTHERS}!{place_of(path)}"

    def _sum(self, column: str) -> str:
        rows = [amount(column, self.layout.sources[i].row) for i in (0, -1)]
        span = f"{rows[0]}:{rows[1].split('!')[1]}"
        whole_column = f"OR(COUNT({span})=0,COUNT({span})<{whole('资金来源数')})"
        return f'=IF({whole_column},"",ROUND(SUM({span}),10))'

    def _rate(self, row: int, rate: str, line: Line | None) -> None:
        value = float(line.rate) if line is not None and line.rate is not None else ""
        places = self.rules.rule["rate_places"]
        self._made(row, 10, 10, f'IF({rate}="","",ROUND(ROUND({rate},14),N({places})+2))', value, num_format="0.00%")

    def _source(self, one: SourceRow, line: Line | None) -> None:
        row, source = one.row, one.source
        self._text(row, 3, 3, f"budget.sources[{row - TOTAL_ROW - 1}].name", source.name if source else one.name)
        for (left, right), column in zip(((4, 4), (5, 6), (7, 8)), ("original", "adjusted", "outturn"), strict=True):
            self._decimal(row, left, right, getattr(source, column) if source else None, "amount", True)
        self._label(row, 9, 9, _DASH)
        budget, spent = amount("adjusted", row), amount("outturn", row)
        self._rate(row, f'IF(OR(N({budget})=0,{spent}=""),"",{spent}/{budget})', line)
        self._label(row, 11, 12, _DASH)
        self._remark(row, remarks.of_source(row))
        if one.hidden:
            self.sheet.set_row(row - 1, None, None, {"hidden": True, "level": 1})

    def _goals(self, project: Project | None) -> None:
        head, last = self.layout.goal_head, self.layout.goals[-1].row
        self._label(head, 1, 1, "年度总体\n目标", bottom=last)
        for left, right, text in ((2, 6, "预期目标"), (7, 11, "实际完成情况"), (12, 12, "目标的分值")):
            self._label(head, left, right, text, look="head")
        for i, one in enumerate(self.layout.goals):
            goal = one.objective
            self._text(one.row, 2, 6, f"objectives[{i}].planned", goal.planned if goal else None)
            self._text(one.row, 7, 11, f"objectives[{i}].actual", goal.actual if goal else None)
            self._decimal(one.row, 12, 12, goal.points if goal else None, "input_centre", False)
            longest = max((len(text) for text in (goal.planned, goal.actual) if text), default=0) if goal else 0
            options = {"hidden": True, "level": 1} if one.hidden else {}
            self.sheet.set_row(one.row - 1, min(400, 15 * (2 + longest // 34)), None, options)
        self._hint(f"B{head + 1}:K{last}", "年度总体目标", "左边写预期目标，右边写实际完成情况；几个目标各占一行。")
        self._not_negative(f"L{head + 1}:L{last}", "目标的分值", "只有按目标分配分值的表（如湖北）才写。")

    def _indicators(self, project: Project | None, evaluation: Evaluation | None) -> None:
        layout = self.layout
        self._heads()
        merge(self.sheet, layout.head, 1, layout.last, 1, "绩效指标", self.book.look("label"))
        index = {id(one): i for i, one in enumerate(project.indicators)} if project else {}
        scores = {id(r.indicator): r.score.value for r in evaluation.indicators} if evaluation else {}
        for one in layout.indicators:
            self._row(one, index.get(id(one.indicator), 0), scores.get(id(one.indicator)))
        self._merged_groups()
        for name, (title, hint) in _HINTS.items():
            column = letter(COLUMNS[name])
            where = f"{column}{layout.first}:{column}{layout.last}"
            if name in _LISTS:
                self._choose(where, _LISTS[name], title, hint, strict=name not in ("unit", "sign"))
            elif name == "points":
                self._not_negative(where, title, hint)
            else:
                self._hint(where, title, hint)

    def _heads(self) -> None:
        head = self.layout.head
        for name, text in _LABELS.items():
            self._label(head, COLUMNS[name], COLUMNS[name], text, bottom=head + 1, look="head")
        for text, below in _DIVIDED.items():
            columns = [COLUMNS[name] for name in below]
            self._label(head, columns[0], columns[-1], text, look="head")
            for name, label in below.items():
                self._label(head + 1, COLUMNS[name], COLUMNS[name], label, look="head")

    def _merged_groups(self) -> None:
        groups: dict[tuple[str, int], list[IndicatorRow]] = {}
        for one in self.layout.indicators:
            groups.setdefault(("category", one.tops[0]), []).append(one)
            groups.setdefault(("subcategory", one.tops[1]), []).append(one)
        for (name, top), rows in groups.items():
            first = rows[0]
            sub = SUBCATEGORIES[first.subcategory] if first.subcategory else ""
            text = CATEGORIES[first.category] if name == "category" else sub
            merge(self.sheet, top, COLUMNS[name], rows[-1].row, COLUMNS[name], text, self.book.look("input_centre"))

    def _row(self, one: IndicatorRow, index: int, score: Decimal | None) -> None:
        row, indicator, at = one.row, one.indicator, COLUMNS
        sign, value, unit = split(indicator.target if indicator else None)
        path = f"indicators[{index}]"
        texts = {
            "name": ("name", indicator.name if indicator else None), "value": ("target", value), "actual": ("actual", indicator.actual if indicator else None),
            "cause": ("deviation_cause", indicator.deviation_cause if indicator else None), "action": ("corrective_action", indicator.corrective_action if indicator else None),
            "rule": ("rule", indicator.rule if indicator else None), "planned_as": ("planned_as", indicator.planned_as if indicator else None),
            "printed": ("printed.score", indicator.printed.score if indicator else None),
        }  # fmt: skip
        for name, (key, text) in texts.items():
            centred = "text_centre" if name in ("value", "actual", "printed") else "text"
            self._text(row, at[name], at[name], f"{path}.{key}", text, centred)
        centre = self.book.look("text_centre")
        chosen = {
            "sign": sign, "unit": unit, "level": LEVELS[indicator.level] if indicator and indicator.level else "",
            "method": METHODS[indicator.method] if indicator and indicator.method else "",
        }  # fmt: skip
        for name, word in chosen.items():
            put(self.sheet, row, at[name], word, centre)
        self._decimal(row, at["points"], at["points"], indicator.points if indicator else None, "input_centre", False)
        self._share(row, indicator.share if indicator else None)
        put(self.sheet, row, at["goal"], indicator.goal if indicator else "", self.book.look("input_centre", num_format="0"))
        put(self.sheet, row, at["number"], one.number, self.book.look("made"))
        earned = float(score) if score is not None else ""
        self._made(row, at["score"], at["score"], step("得分", row), earned, num_format="0." + "0" * self.places)
        self._remark(row, remarks.of_indicator(row, self.rules))
        if one.hidden:
            self.sheet.set_row(row - 1, None, None, {"hidden": True, "level": 1})

    def _share(self, row: int, share: Decimal | None) -> None:
        text = "" if share is None else f"{(share * 100).normalize():f}%"
        whole_percent = share is not None and len(text) <= 12
        style = self.book.look("input_centre", num_format="0.######%" if "." in text else "0%")
        put(self.sheet, row, COLUMNS["share"], float(share) if whole_percent and share is not None else text, style)

    def _result(self, evaluation: Evaluation | None) -> None:
        from wenxiao.words import GRADES

        row = self.layout.total
        self._label(row, 1, 8, "总分")
        places = "0." + "0" * self.places
        shown = float(evaluation.total) if evaluation is not None and evaluation.total is not None else ""
        self._made(row, 9, 9, f'IF({whole("有分值的指标")}=0,"",{whole("分值合计")})')
        self._made(row, 10, 10, whole("总分"), shown, num_format=places)
        grade = GRADES[evaluation.grade] if evaluation is not None and evaluation.grade else ""
        self._made(row, 11, 12, f'IF({whole("等级")}="","","等级："&{whole("等级")})', f"等级：{grade}" if grade else "")
        self._remark(row, remarks.of_result(self.layout, self.rules))
        merge(self.sheet, row + 1, 1, row + 1, LAST_PRINTED, NOTES, self.book.look("prose", font_size=9))
        self.sheet.set_row(row, 40)

    def _remark(self, row: int, tests: Iterable[remarks.Test]) -> None:
        formula(self.sheet, row, COLUMNS["remark"], remarks.said(list(tests)), self.book.look("remark"))

    def _frame(self) -> None:
        layout, column = self.layout, letter(COLUMNS["remark"])
        look = self.book.look("remark", bold=True)
        span = f"{column}3:{column}{layout.total}"
        formula(self.sheet, 1, COLUMNS["remark"], f'="需核对 "&SUMPRODUCT(--(LEN({span})>0))&" 行"', look)
        for i, width in enumerate(WIDTHS):
            self.sheet.set_column(i, i, width)
        self.sheet.set_row(0, 28)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, layout.total, LAST_PRINTED - 1)
        self.sheet.repeat_rows(layout.head - 1, layout.head)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:U{layout.total + 1}"})
        self.sheet.outline_settings(symbols_below=False)
        allowed = {"format_rows": True, "format_columns": True, "format_cells": True, "select_locked_cells": True}
        self.sheet.protect("", allowed)


def is_stated(amounts: Amounts | None) -> bool:
    """Tell whether 年度资金总额 is stated by itself."""
    return amounts is not None
