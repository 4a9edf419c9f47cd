"""A list of many projects as a workbook, one row an indicator: to be filled from other systems; read by lists."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from wenxiao.funds import total_line
from wenxiao.loading import read_where
from wenxiao.model import Indicator, Project
from wenxiao.rendering.workbook.books import Book, letter, put
from wenxiao.rendering.workbook.choices import write_choices
from wenxiao.rendering.workbook.exactness import fits
from wenxiao.rendering.workbook.marks import CHOICES, INSTRUCTIONS, LIST, LIST_MARK
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES

STEM: Final = "文件名"
ABOUT: Final = {
    "项目名称": "project.name", "评价年度": "project.year", "评分规则": "rubric", "地区": "project.region", "主管部门": "project.department",
    "实施单位": "project.unit", "开始日期": "project.started", "完成日期": "project.completed", "金额单位": "budget.amount_unit",
    "年初预算数": "budget.total.original", "全年预算数": "budget.total.adjusted", "全年执行数": "budget.total.outturn",
    "执行率偏低的原因": "budget.deviation_cause", "预期目标": "objectives[0].planned", "实际完成情况": "objectives[0].actual",
    "原表执行率": "budget.printed.execution_rate", "原表执行率得分": "budget.printed.score", "原表总分": "printed.total", "原表等级": "printed.grade",
    "签署单位": "signed.unit", "签署日期": "signed.date", "实际到位资金": "budget.received", "只摘录了一部分": "excerpt",
}  # fmt: skip
"""Heading → the fact of the project; it need stand only in the project's first row."""
INDICATOR: Final = {
    "一级指标": "category", "二级指标": "subcategory", "三级指标": "name", "年度指标值": "target", "实际完成值": "actual", "分值": "points",
    "达成档次": "level", "档内比例或得分系数": "share", "计分方法": "method", "评分标准": "rule", "绩效目标表中的名称": "planned_as",
    "偏差原因分析": "deviation_cause", "改进措施": "corrective_action", "原表得分": "printed.score", "对应目标": "goal",
}  # fmt: skip
"""Heading → the fact of the indicator in this row."""
ALIKE: Final = {
    "指标值": "年度指标值", "目标值": "年度指标值", "完成值": "实际完成值", "全年实际完成值": "实际完成值", "指标名称": "三级指标", "三级指标名称": "三级指标",
    "权重": "分值", "得分": "原表得分", "自评得分": "原表得分", "执行率": "原表执行率", "预算执行率": "原表执行率", "总分": "原表总分", "自评总分": "原表总分",
    "等级": "原表等级", "自评等级": "原表等级", "年度": "评价年度", "预算部门": "主管部门", "项目单位": "实施单位", "单位": "金额单位", "调整后预算数": "全年预算数",
    "全年预算数（A）": "全年预算数", "全年执行数（B）": "全年执行数", "预算执行数": "全年执行数", "偏差原因": "偏差原因分析", "未完成原因": "偏差原因分析",
    "未完成原因分析": "偏差原因分析",
}  # fmt: skip
"""Headings that other systems export → ours."""
SIGN: Final = "指标性质"
UNIT: Final = "度量单位"
"""Where a system exports these beside the number, the three are joined to 年度指标值."""
HEADINGS: Final = (STEM, *ABOUT, *INDICATOR)
_ESSENTIAL: Final = (
    "项目名称",
    "评价年度",
    "实施单位",
    "金额单位",
    "全年预算数",
    "全年执行数",
    "一级指标",
    "三级指标",
)
_NUMBERS: Final = ("年初预算数", "全年预算数", "全年执行数", "实际到位资金", "分值")
_LISTS: Final = ("评分规则", "金额单位", "一级指标", "二级指标", "达成档次", "计分方法")
_SPARE: Final = 200
_WORDS: Final[dict[str, dict[str, str]]] = {
    "category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS,
}  # fmt: skip


def list_of(projects: Iterable[tuple[str, Project]] = ()) -> bytes:
    """Give the list as a workbook (xlsx): (file name without ending, project), one row an indicator.

    What has no column is not in it: see :func:`without_column`.
    """
    book = Book("项目清单：一行一指标", None, LIST_MARK)
    book.arrange((LIST, INSTRUCTIONS, CHOICES))
    rubrics = []
    sheet, row = book.sheet(LIST), 2
    for column, heading in enumerate(HEADINGS, 1):
        put(sheet, 1, column, heading, book.look("head"))
    for stem, project in projects:
        rubrics.append(project.rubric)
        for i, indicator in enumerate(project.indicators):
            _write_row(book, sheet, row, stem, project if i == 0 else None, indicator)
            row += 1
    for spare in range(row, row + _SPARE):
        for column in range(1, len(HEADINGS) + 1):
            put(sheet, spare, column, "", book.look("text"))
    _dress(sheet, row + _SPARE, write_choices(book, [], rubrics))
    _explain(book)
    return book.done({LIST_MARK: f"={CHOICES}!$A$1"})


def _write_row(
    book: Book, sheet: Any, row: int, stem: str, project: Project | None, indicator: Indicator
) -> None:
    put(sheet, row, 1, stem, book.look("text"))
    values: dict[str, Any] = (
        {} if project is None else {heading: _fact(project, path) for heading, path in ABOUT.items()}
    )
    values |= {heading: _fact(indicator, path) for heading, path in INDICATOR.items()}
    for column, heading in enumerate(HEADINGS[1:], 2):
        value, look = values.get(heading), book.look("text")
        if isinstance(value, Decimal):
            value, look = book.number("amount", value)
        elif isinstance(value, str) and not fits(value):
            value = ""
        put(sheet, row, column, "" if value is None else value, look)


def _fact(one: Any, path: str) -> Any:
    """Give a fact as it stands in a cell; the total is that of the sources where none is stated."""
    if path == "share":
        return None if one.share is None else f"{(one.share * 100).normalize():f}%"
    if path.startswith("budget.total."):
        return (
            getattr(total_line(one.budget), path.rsplit(".", 1)[1])
            if one.budget.total is None
            else getattr(one.budget.total, path.rsplit(".", 1)[1])
        )
    value = one
    for part in read_where(path) or ():
        value = (
            (value[part] if len(value) > part else None)
            if isinstance(part, int)
            else getattr(value, part, None)
        )
    words = _WORDS.get(path)
    if words is not None and value is not None:
        return words[value]
    return value if isinstance(value, Decimal | None) else str(value)


def without_column(project: Project) -> tuple[str, ...]:
    """Name what a project states that the list has no column for."""
    budget = project.budget
    lacking = {
        "资金来源": bool(budget.sources), "另外的分列": bool(budget.splits),
        "第二个以后的年度目标": len(project.objectives) > 1, "目标的分值": any(goal.points is not None for goal in project.objectives),
        "佐证材料": any(one.evidence for one in project.indicators),
        "文字说明": bool(project.narrative.model_dump(exclude_none=True)), "标题旁的分值": bool(project.printed.points.model_dump(exclude_none=True)),
        "已说明的问题": bool(project.acknowledged), "需要隐去的词": bool(project.redact), "公开审查": project.disclosure is not None,
        "执行率的改进措施": budget.corrective_action is not None,
    }  # fmt: skip
    return tuple(name for name, there in lacking.items() if there)


def _dress(sheet: Any, last: int, lists: dict[str, str]) -> None:
    for column, heading in enumerate(HEADINGS):
        sheet.set_column(
            column,
            column,
            24 if heading in ("项目名称", "三级指标", "预期目标", "实际完成情况", "偏差原因分析") else 13,
        )
        if heading in _LISTS:
            options = {
                "validate": "list",
                "source": f"={lists[heading]}",
                "error_type": "information" if heading == "评分规则" else "stop",
            }
            sheet.data_validation(1, column, last, column, options)
        elif heading in _NUMBERS:
            words = {"error_title": heading, "error_message": "只写不小于 0 的数字，不写单位。"}
            sheet.data_validation(
                1, column, last, column, {"validate": "decimal", "criteria": ">=", "value": 0} | words
            )
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last - 1, len(HEADINGS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letter(len(HEADINGS))}{last}"})


_TEXT: Final = (
    "每行一个指标；同一项目的各行写同一个“文件名”（不带 .yaml，用字母、数字和连字符，例如 digital-campus）。",
    "项目的栏目（项目名称到签署日期）只在该项目第一行写；其他行空着，或写得完全一样。",
    f"必须有的栏目：{'、'.join(_ESSENTIAL)}。其余可以整栏空着：空着表示“没有写明”，不是零。",
    "年度指标值整句写：≥95%、=8个、2021年12月底前、显著提高。金额只写数字，单位在“金额单位”一栏。日期写成 2021-12-31。",
    "栏目可以换位置、可以增加别的栏目。认不出的栏目会列出来，不会悄悄丢掉。常见的别名也认：指标值、完成值、指标名称、权重、自评得分、项目单位、未完成原因等。",
    "别的系统把指标性质（≥）、指标值（95）、度量单位（%）分三栏导出的，照搬即可，读时合成一个年度指标值。",
    "读回：wenxiao import 这个文件，每个项目得到一个项目文件；写错的地方一次列全，写明工作表和单元格。",
    "清单里没有的内容（按资金来源分列、佐证材料、文字说明、公开审查等），读回以后写在项目文件里，或改用 wenxiao form 的表。",
)


def _explain(book: Book) -> None:
    sheet = book.sheet(INSTRUCTIONS)
    put(sheet, 1, 1, "项目清单：填写说明", book.look("heading"))
    for row, text in enumerate(_TEXT, 2):
        put(sheet, row, 1, f"{row - 1}. {text}", book.look("prose"))
    sheet.set_column(0, 0, 110)
