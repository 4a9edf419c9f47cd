"""What the official form has no cell for: 其他信息 (one value a row), 佐证材料, 另外分列, 问题说明."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from wenxiao.model import Project
from wenxiao.rendering.workbook import remarks
from wenxiao.rendering.workbook.addresses import Rulebook
from wenxiao.rendering.workbook.books import Book, formula, put
from wenxiao.rendering.workbook.choices import CLASSIFICATIONS, COLUMNS
from wenxiao.rendering.workbook.exactness import as_json, fits, pieces
from wenxiao.rendering.workbook.layout import Layout
from wenxiao.rendering.workbook.marks import ANSWERED, EVIDENCE, OTHERS, SPLITS
from wenxiao.words import CATEGORIES, NARRATIVE

_DAY: Final = "写成 2021-12-31"
_CLAIM: Final = "只核对，不参与计算"
_HEADING: Final = "标题旁写的分值，如“产出指标(50分)”"
FIELDS: Final[dict[str, tuple[str, str]]] = {
    "excerpt": ("只摘录了表格的一部分", "true 表示不计总分；一般空着"),
    "project.region": ("地区", "例如 湖南省怀化市新晃侗族自治县"),
    "project.started": ("开始日期", _DAY),
    "project.completed": ("完成（验收）日期", f"{_DAY}；按区间计执行率得分的规则要看它"),
    "budget.received": ("实际到位资金", "只写数字，单位同自评表"),
    "budget.deviation_cause": ("执行率偏低的原因", "执行率低于规则的界限时必须写"),
    "budget.corrective_action": ("执行率偏低的改进措施", ""),
    "budget.printed.execution_rate": ("原文件写的执行率", f"例如 98.74%；{_CLAIM}"),
    "budget.printed.score": ("原文件写的执行率得分", f"例如 9.87；{_CLAIM}"),
    "printed.total": ("原文件写的总分", f"例如 96；{_CLAIM}"),
    "printed.grade": ("原文件写的等级", f"优、良、中、差；{_CLAIM}"),
    "printed.points.execution": ("预算执行率（原表标题旁）", _HEADING),
    **{f"printed.points.{key}": (f"{label}（原表标题旁）", _HEADING) for key, label in CATEGORIES.items()},
    **{f"narrative.{key}": (label, "可分段；写事实和数字") for key, label in NARRATIVE.items()},
    "signed.unit": ("签署单位", ""),
    "signed.date": ("签署日期", f"{_DAY}；也是报告日期"),
    "contact.name": ("联系人", "只留在本机，不进入任何报告；由文件填表时不写在这里"),
    "contact.phone": ("联系电话", "同上"),
    "disclosure.classification": ("密级", "公开、内部或涉密"),
    "disclosure.reviewed_by": ("保密审查人", ""),
    "disclosure.reviewed_on": ("保密审查日期", _DAY),
    "disclosure.approved_by": ("批准公开的人", ""),
    "disclosure.approved_on": ("批准公开日期", _DAY),
}
"""Path of a fact → its label on 其他信息, and what to write."""
REDACT: Final = "需要隐去的词"
MORE: Final = "补充"
"""Label of rows below the fixed ones: words to hide, and whatever no cell can hold."""
HEAD: Final = ("项目", "填写内容", "怎样写", "字段", "核对", "写法")
_FIRST: Final = 2
_REDACT_ROWS: Final = 5
EVIDENCE_HEAD: Final = ("行号", "材料名称", "文件位置", "SHA-256")
SPLITS_HEAD: Final = ("分列序号", "怎样分列", "所列的栏", "名称", "金额", "原文件写的合计")
ANSWERED_HEAD: Final = ("问题编号", "位置", "说明（会印在报告里）")


def place_of(path: str) -> str:
    """Give the cell of 其他信息 that holds a fact.

    >>> place_of("excerpt")
    '$B$2'
    """
    return f"$B${_FIRST + list(FIELDS).index(path)}"


def value_at(project: Project | None, path: str) -> Any:
    """Give the fact at a path without indices; None where nothing is stated."""
    value: Any = project
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def write_others(
    book: Book, project: Project | None, layout: Layout, rules: Rulebook, long: Iterable[tuple[str, str]]
) -> None:
    """Write 其他信息; ``long`` are texts of the form that no cell of it can hold."""
    sheet, look = book.sheet(OTHERS), book.look
    for column, text in enumerate(HEAD, 1):
        put(sheet, 1, column, text, look("head"))
    tests = remarks.of_printed({path: f"{OTHERS}!{place_of(path)}" for path in FIELDS}, layout, rules)
    more = [*_unsaid(project), *long]
    for row, (path, (label, hint)) in enumerate(FIELDS.items(), _FIRST):
        value = None if path.startswith("contact.") else value_at(project, path)
        if isinstance(value, str) and not fits(value):
            more.append((path, value))
            value = None
        for column, text in ((1, label), (3, hint), (4, path)):
            put(sheet, row, column, text, look("label" if column == 1 else "muted"))
        _value(book, sheet, row, path, value)
        formula(sheet, row, 5, remarks.said(tests.get(path, [])) if path in tests else '=""', look("remark"))
    row = _FIRST + len(FIELDS)
    words = list(project.redact) if project else []
    for i in range(max(len(words) + 2, _REDACT_ROWS)):
        word = words[i] if i < len(words) else ""
        row = _added(book, sheet, row, (REDACT, word, "每格一个词；所有报告中都隐去", f"redact[{i}]"))
    for path, text in dict(more).items():
        for piece, how in pieces(text):
            row = _added(book, sheet, row, (MORE, piece, "内容较长或有特殊字符，请勿改动", path), how)
    _dress(book, sheet, row, rules)


def _added(book: Book, sheet: Any, row: int, texts: Sequence[str], how: str = "") -> int:
    label, value, hint, path = texts
    if value and not fits(value):
        value, how = as_json(value), "json"
    put(sheet, row, 1, label, book.look("label"))
    put(sheet, row, 2, value, book.look("text"))
    for column, text in ((3, hint), (4, path), (6, how)):
        put(sheet, row, column, text, book.look("muted"))
    return row + 1


def _value(book: Book, sheet: Any, row: int, path: str, value: Any) -> None:
    if isinstance(value, Decimal):
        content, look = book.number("amount", value)
        put(sheet, row, 2, content, look)
        return
    if path == "disclosure.classification" and value:
        value = CLASSIFICATIONS[value]
    number = path == "budget.received" or path.startswith("printed.points.")
    put(sheet, row, 2, "" if value is None else str(value), book.look("input" if number else "text"))
    if path.startswith("narrative.") and value:
        sheet.set_row(row - 1, min(400, 15 * (1 + len(value) // 36 + value.count("\n"))))


def _unsaid(project: Project | None) -> list[tuple[str, Any]]:
    """Give what is stated as empty, which no cell can show: a goal without words, an empty 公开审查."""
    found: list[tuple[str, Any]] = []
    if project is not None and any(not one.model_dump(exclude_none=True) for one in project.objectives):
        goals = [one.model_dump(mode="json", exclude_none=True) for one in project.objectives]
        found.append(("objectives", goals))
    if (
        project is not None
        and project.disclosure is not None
        and not project.disclosure.model_dump(exclude_none=True)
    ):
        found.append(("disclosure", {}))
    return found


def _dress(book: Book, sheet: Any, last: int, rules: Rulebook) -> None:
    for column, width in enumerate((26, 60, 40, 30, 40, 8)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for path, name in (("disclosure.classification", "密级"), ("excerpt", "是否"), ("printed.grade", "等级")):
        where = place_of(path).replace("$", "")
        kind = "information" if path == "printed.grade" else "stop"
        sheet.data_validation(
            where, {"validate": "list", "source": f"={rules.lists[name]}", "error_type": kind}
        )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last - 1, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:F{last}"})
    sheet.conditional_format(
        f"B2:B{last}", {"type": "formula", "criteria": "=LEN($E2)>0", "format": book.red()}
    )
    sheet.protect("", {"format_rows": True, "format_columns": True})


def write_lists(
    book: Book, project: Project | None, layout: Layout, rules: Rulebook, spare: int = 20
) -> list[tuple[str, str]]:
    """Write 佐证材料, 另外分列 and 问题说明; ``spare`` empty rows below. Gives what no cell can hold: (path, text)."""
    long: list[tuple[str, str]] = []
    sheet = _table(book, EVIDENCE, EVIDENCE_HEAD, (8, 40, 50, 70))
    rows: list[list[tuple[str, Any]]] = []
    indicators = [row for row in layout.indicators if row.indicator is not None]
    for i, row in enumerate(indicators):
        for j, item in enumerate(row.indicator.evidence if row.indicator else ()):
            at = f"indicators[{i}].evidence[{j}]"
            rows.append(
                [
                    ("", row.number),
                    (f"{at}.title", item.title),
                    (f"{at}.file", item.file),
                    (f"{at}.sha256", item.sha256),
                ]
            )
    _fill(book, sheet, rows, 4, spare, long)
    sheet.data_validation(1, 0, len(rows) + spare, 0, _message("行号", "写自评表里该指标的行号。"))
    sheet = _table(book, SPLITS, SPLITS_HEAD, (10, 30, 14, 30, 16, 16))
    rows = []
    for i, split in enumerate(project.budget.splits if project else ()):
        for j, part in enumerate(split.parts or (None,)):
            at = f"budget.splits[{i}]"
            rows.append([
                ("", i + 1), (f"{at}.name", split.name), ("", COLUMNS[split.column] if "column" in split.model_fields_set else None), (f"{at}.parts[{j}].name", part.name if part else None),
                ("", part.amount if part else None), (f"{at}.printed.total", split.printed.total),
            ])  # fmt: skip
    _fill(book, sheet, rows, 6, spare, long)
    sheet.data_validation(
        1, 2, len(rows) + spare, 2, {"validate": "list", "source": f"={rules.lists['所列的栏']}"}
    )
    sheet = _table(book, ANSWERED, ANSWERED_HEAD, (12, 30, 80))
    rows = [
        [("", one.code), (f"acknowledged[{i}].where", one.where), (f"acknowledged[{i}].reason", one.reason)]
        for i, one in enumerate(project.acknowledged if project else ())
    ]
    _fill(book, sheet, rows, 3, spare, long)
    sheet.data_validation(
        1, 0, len(rows) + spare, 0, _message("问题编号", "例如 I303；位置可空着，表示该编号全部。")
    )
    return long


def _message(title: str, text: str) -> dict[str, str]:
    return {"validate": "any", "input_title": title, "input_message": text}


def _table(book: Book, name: str, head: Sequence[str], widths: Sequence[int]) -> Any:
    sheet = book.sheet(name)
    for column, (text, width) in enumerate(zip(head, widths, strict=True), 1):
        put(sheet, 1, column, text, book.look("head"))
        sheet.set_column(column - 1, column - 1, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    return sheet


def _fill(
    book: Book,
    sheet: Any,
    rows: Sequence[Sequence[tuple[str, Any]]],
    width: int,
    spare: int,
    long: list[tuple[str, str]],
) -> None:
    for row, values in enumerate(rows, 2):
        for column, (path, value) in enumerate(values, 1):
            look = book.look("text")
            if isinstance(value, Decimal):
                value, look = book.number("amount", value)
            elif isinstance(value, int):
                look = book.look("input_centre", num_format="0")
            elif isinstance(value, str) and not fits(value):
                long.append((path, value))
                value = "（见“其他信息”）"
            put(sheet, row, column, value, look)
    for row in range(len(rows) + 2, len(rows) + 2 + spare):
        for column in range(1, width + 1):
            put(sheet, row, column, "", book.look("text"))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{'ABCDEF'[width - 1]}{len(rows) + spare + 1}"})
