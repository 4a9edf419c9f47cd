"""report.xlsx: the figures of a report as tables that programs and screen readers can read.

One table a sheet, from A1, with one row of headings and no merged cells; units stand in the headings, colour says nothing, every
table has a name. What the report hides is hidden here; 联系人 is not in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao.evaluation import Evaluation, Line, Score
from wenxiao.money import exact, half_up, percent, show
from wenxiao.rendering.workbook.books import Book, letter, put
from wenxiao.target import Bound, Range
from wenxiao.words import CATEGORIES, GRADES, LEVELS, METHODS, SUBCATEGORIES

Value = str | int | Decimal | None
Row = Sequence[Value]
SEVERITIES: Final = {"error": "错误", "warning": "警告", "note": "提示"}
MET: Final = {True: "达到", False: "未达到", None: "未比较"}


@dataclass(frozen=True)
class Table:
    """A sheet with one table: its name, what it holds, headings with widths, and its rows."""

    sheet: str
    name: str
    about: str
    head: Callable[[Evaluation], Sequence[tuple[str, int]]]
    rows: Callable[[Evaluation], Iterator[Row]]


def data_of(evaluation: Evaluation) -> bytes:
    """Give report.xlsx; the same evaluation gives the same bytes.

    Amounts are in the file's unit, scores in 分, rates in %; numbers are exact, those of more than fifteen digits stand
    as text.
    """
    project = evaluation.project
    book = Book(evaluation.title, project.signed.date)
    counts = [(table, list(table.rows(evaluation))) for table in TABLES]
    for table, rows in [(_COVER, list(_COVER.rows(evaluation))), (_CONTENTS, _contents(counts)), *counts]:
        _write(book, table, table.head(evaluation), rows)
    links, look = book.sheet(_CONTENTS.sheet), book.look("plain", font_color="#0563C1", underline=1)
    for row, (table, _) in enumerate(counts, 2):
        links.write_url(row - 1, 0, f"internal:'{table.sheet}'!A1", look, table.sheet)
    return book.done()


def _write(book: Book, table: Table, head: Sequence[tuple[str, int]], rows: Sequence[Row]) -> None:
    sheet = book.sheet(table.sheet)
    for column, (heading, width) in enumerate(head, 1):
        sheet.set_column(column - 1, column - 1, width)
        for row, values in enumerate(rows, 2):
            _cell(book, sheet, row, column, values[column - 1])
        put(sheet, 1, column, heading, book.look("plain_head"))
    options: dict[str, Any] = {"name": table.name, "columns": [{"header": heading} for heading, _ in head]}
    options |= {"autofilter": False, "style": "Table Style Light 1", "banded_rows": False}
    sheet.add_table(0, 0, max(1, len(rows)), len(head) - 1, options)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letter(len(head))}{len(rows) + 1}"})


def _cell(book: Book, sheet: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, Decimal):
        content, look = book.number("plain", value)
        put(sheet, row, column, content, look)
    elif value is not None:
        put(sheet, row, column, value, book.look("plain"))


# --- the tables ---------------------------------------------------------------------------------------------------------


def _fixed(*head: tuple[str, int]) -> Callable[[Evaluation], Sequence[tuple[str, int]]]:
    return lambda _: head


def _cover(evaluation: Evaluation) -> Iterator[Row]:
    project, about = evaluation.project, evaluation.project.project
    yield "名称", f"{evaluation.title}：数据"
    yield "项目名称", about.name
    yield "评价年度", str(about.year)
    yield "地区", about.region
    yield "主管部门", about.department
    yield "实施单位", about.unit
    yield "评分规则", f"{evaluation.rules.name}（{evaluation.rules.id}）"
    yield (
        "执行率",
        None
        if evaluation.budget.total.rate is None
        else percent(evaluation.budget.total.rate, evaluation.rules.rate_places),
    )
    yield (
        "总分（分）",
        None if evaluation.total is None else f"{evaluation.total:.{evaluation.rules.score_places}f}",
    )
    yield "等级", GRADES[evaluation.grade] if evaluation.grade else None
    yield "没有总分的原因", evaluation.reason or None
    yield "签署单位", project.signed.unit
    yield "日期", project.signed.date.isoformat() if project.signed.date else None
    if project.overrides:
        yield (
            "试算",
            "本数据改动了项目文件中的事实，不能公开："
            + "；".join(f"{where}={value}" for where, value in project.overrides),
        )


def _contents(counts: Sequence[tuple[Table, list[Row]]]) -> list[Row]:
    return [(table.sheet, table.about, len(rows)) for table, rows in counts]


def _money_head(evaluation: Evaluation) -> Sequence[tuple[str, int]]:
    unit = evaluation.project.budget.amount_unit
    amounts = [(f"{name}（{unit}）", 18) for name in ("年初预算数", "全年预算数", "全年执行数", "未执行数")]
    return (
        ("资金来源", 28),
        ("行的类别", 10),
        *amounts,
        ("执行率（%）", 12),
        ("分值（分）", 10),
        ("得分（分）", 10),
    )


def _money(evaluation: Evaluation) -> Iterator[Row]:
    score = evaluation.budget.score
    for line in evaluation.budget.sources:
        yield (*_line(evaluation, line, "来源"), None, None)
    yield (*_line(evaluation, evaluation.budget.total, "总额"), score.points, score.value)


def _line(evaluation: Evaluation, line: Line, kind: str) -> Row:
    with exact():
        rate = None if line.rate is None else half_up(line.rate * 100, evaluation.rules.rate_places)
        return line.name, kind, line.original, line.adjusted, line.outturn, line.adjusted - line.outturn, rate


def _indicators(evaluation: Evaluation) -> Iterator[Row]:
    for number, result in enumerate(evaluation.indicators, 1):
        one, target = result.indicator, result.target
        bound = (
            target.quantity
            if isinstance(target, Bound)
            else target.low
            if isinstance(target, Range)
            else None
        )
        with exact():
            share = None if one.share is None else Decimal(show(one.share * 100))
        measured = result.measured
        yield (
            number, CATEGORIES[one.category], SUBCATEGORIES[one.subcategory] if one.subcategory else None, one.name, one.planned_as,
            one.target, result.stated, bound.number if bound else None, measured.number if measured and len(show(measured.number)) < 20 else None,
            bound.shown.removeprefix(bound.lead + show(bound.number)) or None if bound else None,
            MET[result.met], one.points, result.score.value, METHODS.get(result.score.method or ""), LEVELS.get(one.level or ""), share,
            one.deviation_cause, one.corrective_action, one.printed.score, "；".join(item.title for item in one.evidence) or None,
        )  # fmt: skip


def _scores(evaluation: Evaluation) -> Iterator[Row]:
    named = [
        ("预算执行率", evaluation.budget.score),
        *((r.indicator.name, r.score) for r in evaluation.indicators),
    ]
    for number, (name, score) in enumerate(named):
        yield (number, name, *_score(score))


def _score(score: Score) -> Row:
    trace = score.trace
    traced = (
        (trace.formula, trace.unrounded or None, trace.rounding, trace.rule, trace.basis)
        if trace
        else (None,) * 5
    )
    return score.points, score.value, *traced, score.formula or None, score.reason or None


def _findings(evaluation: Evaluation) -> Iterator[Row]:
    for number, one in enumerate(evaluation.findings, 1):
        yield (
            number, one.code, SEVERITIES[one.severity], one.where, one.message, one.printed, one.computed, one.basis, one.remedy,
            one.acknowledged,
        )  # fmt: skip


def _notes(evaluation: Evaluation) -> Iterator[Row]:
    yield "空格", "原表没有写明，或按规则不计；不是零。"
    yield "金额", f"单位：{evaluation.project.budget.amount_unit}，照项目文件，不舍入。"
    yield "得分", f"单位：分，保留 {evaluation.rules.score_places} 位小数，四舍五入；由未舍入的比率计算。"
    yield "执行率", f"全年执行数÷全年预算数，以 % 计，保留 {evaluation.rules.rate_places} 位小数。"
    yield "位数很多的数", "超过 15 位的数写成文字，以免丢失末位。"
    yield "隐去的词", "报告中隐去的词，这里也是“〔已隐去〕”；联系人不在其中。"
    yield "问题编号", "每个编号的含义见说明文档；“位置”是项目文件中的字段，序号从 0 起。"
    for reference in evaluation.rules.references:
        yield "依据", reference.title + (f"：{reference.note}" if reference.note else "")


_COVER: Final = Table("封面", "cover", "", _fixed(("项目", 18), ("内容", 90)), _cover)
_CONTENTS: Final = Table(
    "目录", "contents", "", _fixed(("工作表", 14), ("内容", 70), ("行数", 8)), lambda _: iter(())
)
TABLES: Final = (
    Table("资金", "funds", "项目资金：按来源列示的预算数、执行数、执行率，以及执行率得分", _money_head, _money),
    Table(
        "指标", "indicators", "绩效指标：指标值、完成值、是否达到、分值和得分",
        _fixed(
            ("序号", 6), ("一级指标", 12), ("二级指标", 16), ("三级指标", 30), ("绩效目标表中的名称", 20), ("年度指标值", 16), ("实际完成值", 16), ("指标值（数）", 12),
            ("完成值（数）", 12), ("度量单位", 10), ("是否达到", 10), ("分值（分）", 10), ("得分（分）", 10), ("计分方法", 18), ("达成档次", 10), ("档内比例或系数（%）", 14),
            ("偏差原因分析", 30), ("改进措施", 30), ("原表得分", 10), ("佐证材料", 24),
        ), _indicators,
    ),
    Table(
        "得分", "scores", "得分怎样算出：公式、未舍入的数、规则和依据；序号 0 是预算执行率",
        _fixed(
            ("序号", 6), ("名称", 30), ("分值（分）", 10), ("得分（分）", 10), ("算式", 30), ("未舍入的数", 18), ("舍入", 30), ("规则", 36), ("依据", 40),
            ("算法和数字", 50), ("没有得分的原因", 40),
        ), _scores,
    ),
    Table(
        "问题", "findings", "核对发现的问题：编号、程度、位置、说明、依据、怎样改",
        _fixed(
            ("序号", 6), ("编号", 8), ("程度", 8), ("位置", 28), ("说明", 60), ("原文件写的", 16), ("计算得出的", 16), ("依据", 40), ("怎样改", 50), ("已说明的理由", 30),
        ), _findings,
    ),
    Table("说明", "notes", "怎样读这些表", _fixed(("项目", 16), ("内容", 100)), _notes),
)  # fmt: skip
"""The tables in the order of the sheets."""
