"""A list of many projects, one row an indicator: for what other systems export, and back to params files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from wenxiao.composing import written
from wenxiao.errors import Problem, shown_path
from wenxiao.funds import total_line
from wenxiao.loading import Path_, read_where
from wenxiao.model import Indicator, Project
from wenxiao.rendering.workbook.books import Book, letter, put
from wenxiao.rendering.workbook.choices import write_choices
from wenxiao.rendering.workbook.exactness import fits
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.marks import CHOICES, INSTRUCTIONS, LIST, LIST_MARK
from wenxiao.rendering.workbook.opening import OpenSheet, open_book, refused
from wenxiao.rendering.workbook.reading import FormRead
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES, Words

STEM: Final = "文件名"
ABOUT: Final = {
    "项目名称": "project.name", "评价年度": "project.year", "评分规则": "rubric", "地区": "project.region", "主管部门": "project.department",
    "实施单位": "project.unit", "开始日期": "project.started", "完成日期": "project.completed", "金额单位": "budget.amount_unit",
    "年初预算数": "budget.total.original", "全年预算数": "budget.total.adjusted", "全年执行数": "budget.total.outturn",
    "执行率偏低的原因": "budget.deviation_cause", "预期目标": "objectives[0].planned", "实际完成情况": "objectives[0].actual",
    "原表执行率": "budget.printed.execution_rate", "原表执行率得分": "budget.printed.score", "原表总分": "printed.total", "原表等级": "printed.grade",
    "签署单位": "signed.unit", "签署日期": "signed.date",
}  # fmt: skip
"""Heading → the fact of the project; it need stand only in the project's first row."""
INDICATOR: Final = {
    "一级指标": "category", "二级指标": "subcategory", "三级指标": "name", "年度指标值": "target", "实际完成值": "actual", "分值": "points",
    "达成档次": "level", "档内比例或得分系数": "share", "计分方法": "method", "评分标准": "rule", "绩效目标表中的名称": "planned_as",
    "偏差原因分析": "deviation_cause", "改进措施": "corrective_action", "原表得分": "printed.score",
}  # fmt: skip
"""Heading → the fact of the indicator in this row."""
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
_NUMBERS: Final = ("年初预算数", "全年预算数", "全年执行数", "分值")
_LISTS: Final = ("评分规则", "金额单位", "一级指标", "二级指标", "达成档次", "计分方法")
_SPARE: Final = 200
_WORDS: Final[dict[str, dict[str, str]]] = {
    "category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS,
}  # fmt: skip


@dataclass(frozen=True)
class ListRead:
    """What a list holds: file name without ending → the project read; ``problems`` are of no single project."""

    projects: dict[str, FormRead]
    problems: tuple[Problem, ...]


# --- writing ------------------------------------------------------------------------------------------------------------


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
        "资金来源": bool(budget.sources), "另外的分列": bool(budget.splits), "实际到位资金": budget.received is not None,
        "第二个以后的年度目标": len(project.objectives) > 1, "目标的分值": any(goal.points is not None for goal in project.objectives),
        "佐证材料": any(one.evidence for one in project.indicators), "对应目标": any(one.goal is not None for one in project.indicators),
        "文字说明": bool(project.narrative.model_dump(exclude_none=True)), "标题旁的分值": bool(project.printed.points.model_dump(exclude_none=True)),
        "已说明的问题": bool(project.acknowledged), "需要隐去的词": bool(project.redact), "公开审查": project.disclosure is not None,
        "执行率的改进措施": budget.corrective_action is not None, "只摘录了一部分": project.excerpt is not None,
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
    "栏目可以换位置、可以增加别的栏目；栏目名称不要改。认不出的栏目会列出来，不会悄悄丢掉。",
    "读回：wenxiao import 这个文件，每个项目得到一个项目文件；写错的地方一次列全，写明工作表和单元格。",
    "清单里没有的内容（按资金来源分列、佐证材料、文字说明、公开审查等），读回以后写在项目文件里，或改用 wenxiao form 的表。",
)


def _explain(book: Book) -> None:
    sheet = book.sheet(INSTRUCTIONS)
    put(sheet, 1, 1, "项目清单：填写说明", book.look("heading"))
    for row, text in enumerate(_TEXT, 2):
        put(sheet, row, 1, f"{row - 1}. {text}", book.look("prose"))
    sheet.set_column(0, 0, 110)


# --- reading ------------------------------------------------------------------------------------------------------------


def read_list(path: str | Path) -> ListRead:
    """Read a list back: one project for each 文件名, or for each 项目名称 and 评价年度 where none is written.

    Raises:
        InputError: the file is no workbook, or none of its sheets has the headings of a list.
    """
    file = shown_path(Path(path))
    for sheet in open_book(path).values():
        columns = {sheet.text(1, column): column for column in range(1, 200) if sheet.text(1, column)}
        if {"项目名称", "三级指标"} <= columns.keys():
            return _read(file, sheet, columns)
    raise refused(
        file,
        Words(
            "没有一个工作表的第一行是清单的栏目。", "No sheet has the headings of a list in its first row."
        ),
        Words("用 wenxiao form --list 生成的清单填写。", "Fill in a list made by wenxiao form --list."),
    )


def _read(file: str, sheet: OpenSheet, columns: dict[str, int]) -> ListRead:
    gathered: dict[str, Gathered] = {}
    whole = Gathered(file)
    for heading, column in columns.items():
        if heading not in HEADINGS and any(sheet.text(row, column) for row in sheet.rows() if row > 1):
            whole.problem(
                sheet.shown(1, column),
                Words(f"不认识的栏目“{heading}”，没有读。", f"Unknown column “{heading}”; it was not read."),
                _KNOWN,
            )
    for row, stem in _rows(sheet, columns, whole):
        one = gathered.setdefault(stem, Gathered(file, {"schema": "wenxiao/1"}))
        _about(one, sheet, row, columns)
        position = len(one.data.setdefault("indicators", []))
        one.put(("indicators", position), {})
        one.places["indicators", position] = sheet.shown(row, columns["三级指标"])
        for heading, fact in INDICATOR.items():
            if heading in columns:
                one.take(sheet, row, columns[heading], ("indicators", position, *fact.split(".")))
    return ListRead({stem: _checked(one) for stem, one in gathered.items()}, tuple(whole.problems))


_KNOWN: Final = Words(
    f"清单的栏目是：{'、'.join(HEADINGS)}。", f"The columns of a list are: {', '.join(HEADINGS)}."
)


def _rows(sheet: OpenSheet, columns: dict[str, int], whole: Gathered) -> Iterator[tuple[int, str]]:
    """Give the filled rows, each with the name of its file; a row that says nothing of its project goes to the one above."""
    before = ""
    for row in sheet.rows():
        texts = {heading: sheet.text(row, columns[heading]) for heading in HEADINGS if heading in columns}
        if row == 1 or not any(texts.values()):
            continue
        named = "-".join(filter(None, (texts.get("项目名称", ""), texts.get("评价年度", ""))))
        stem = texts.get(STEM) or named or before
        if any(c in stem for c in '/\\:*?"<>|') or stem.startswith("."):
            place = sheet.shown(row, columns.get(STEM, columns["项目名称"]))
            wrong = Words(f"“{stem}”不能作文件名。", f"“{stem}” can't name a file.")
            whole.problem(
                place, wrong, Words("用字母、数字、汉字和连字符。", "Use letters, digits and hyphens.")
            )
            stem = "".join("-" if c in '/\\:*?"<>|.' else c for c in stem)
        if not stem:
            wrong = Words("不知道这一行属于哪个项目。", "It is not clear to which project this row belongs.")
            whole.problem(
                sheet.shown(row, 1),
                wrong,
                Words("写上文件名或项目名称。", "Write the name of the file or of the project."),
            )
            continue
        before = stem
        yield row, stem


def _about(one: Gathered, sheet: OpenSheet, row: int, columns: dict[str, int]) -> None:
    """Take the facts of the project; another row may repeat one, but not contradict it."""
    one.data.setdefault("project", {})
    one.data.setdefault("budget", {})
    for heading, where in ABOUT.items():
        column = columns.get(heading)
        path: Path_ = read_where(where) or ()
        if column is None or not sheet.text(row, column):
            continue
        before = _at(one.data, path)
        if before is not None and before != sheet.text(row, column):
            wrong = Words(
                f"与 {one.places[path]} 写的“{before}”不同。",
                f"It differs from “{before}” at {one.places[path]}.",
            )
            one.problem(
                sheet.shown(row, column),
                wrong,
                Words(
                    "同一项目只在第一行写，或各行写得一样。",
                    "State it in the project's first row only, or alike in every row.",
                ),
            )
        elif before is None:
            one.take(sheet, row, column, path)
    one.places.setdefault(("project",), sheet.shown(row, columns["项目名称"]))
    one.places.setdefault(("budget",), sheet.shown(row, columns.get("全年预算数", 1)))


def _at(data: Any, path: Path_) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _checked(one: Gathered) -> FormRead:
    project = one.checked()
    facts = project.model_dump(by_alias=True, exclude_unset=True) if project is not None else one.data
    return FormRead(written(facts), None if one.problems else project, tuple(one.problems), tuple(one.notes))
