"""A filled form → the facts of a params file, or everything that is wrong with it, each at its sheet and cell."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wenxiao.composing import written
from wenxiao.errors import Problem, shown_path
from wenxiao.loading import Path_, read_where
from wenxiao.model import Project
from wenxiao.money import total
from wenxiao.rendering.workbook import others
from wenxiao.rendering.workbook.choices import CLASSIFICATIONS, COLUMNS
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.layout import SOURCE_NAMES
from wenxiao.rendering.workbook.marks import ANSWERED, EVIDENCE, FORM, OTHERS, SPLITS
from wenxiao.rendering.workbook.opening import OpenSheet, open_book, refused
from wenxiao.rendering.workbook.splitting import joined
from wenxiao.words import Words

HEADINGS: Final = {
    "一级指标": "category", "二级指标": "subcategory", "三级指标": "name", "指标性质": "sign", "指标值": "value", "度量单位": "unit",
    "实际完成值": "actual", "分值": "points", "偏差原因分析": "cause", "改进措施": "action", "行号": "number", "达成档次": "level",
    "档内比例或得分系数": "share", "计分方法": "method", "评分标准": "rule", "原表得分": "printed", "绩效目标表中的名称": "planned_as", "对应目标": "goal",
}  # fmt: skip
"""Heading on the form → what its column holds; columns are found by their headings, wherever they were moved."""
_PATHS: Final = {
    "category": ("category",), "subcategory": ("subcategory",), "name": ("name",), "actual": ("actual",), "points": ("points",),
    "cause": ("deviation_cause",), "action": ("corrective_action",), "level": ("level",), "share": ("share",), "method": ("method",),
    "rule": ("rule",), "printed": ("printed", "score"), "planned_as": ("planned_as",), "goal": ("goal",),
}  # fmt: skip
_BELONGS_TO_THE_GROUP: Final = ("category", "subcategory", "sign", "number")
"""What may stand in a row that is not used."""
_MONEY: Final = (("original", 4), ("adjusted", 5), ("outturn", 7))


@dataclass(frozen=True)
class FormRead:
    """What a form holds. ``project`` is None where ``problems`` keep it from being one; ``notes`` are worth a look.

    ``text`` is the params file, with what could be read even where something is wrong.
    """

    text: str
    project: Project | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()


def read_form(path: str | Path) -> FormRead:
    """Read a filled form back: what :func:`form_of` wrote gives the same facts, digit by digit.

    Raises:
        InputError: the file is no workbook, or has no sheet 自评表 of ours.
    """
    file = shown_path(Path(path))
    sheets = open_book(path)
    form = sheets.get(FORM)
    if form is None or _row_of(form, "项目名称") is None or _row_of(form, "绩效指标") is None:
        raise refused(
            file,
            Words("里面没有“自评表”工作表，或者它的栏目已被改动。", "It has no sheet 自评表, or its headings were changed."),
            Words("用 wenxiao form 生成的表填写。", "Fill in a form made by wenxiao form."),
        )
    gathered = Gathered(file, {"schema": "wenxiao/1"})
    numbers = _Form(gathered, form).read()
    _evidence(gathered, sheets.get(EVIDENCE), numbers)
    _splits(gathered, sheets.get(SPLITS))
    _answered(gathered, sheets.get(ANSWERED))
    if OTHERS in sheets:
        _others(gathered, sheets[OTHERS])
    project = gathered.checked()
    facts = project.model_dump(by_alias=True, exclude_unset=True) if project is not None else gathered.data
    problems = gathered.problems
    return FormRead(written(facts), None if problems else project, tuple(problems), tuple(gathered.notes))


def _row_of(sheet: OpenSheet, label: str, column: int = 1) -> int | None:
    return next((row for row in sheet.rows() if sheet.text(row, column).split("\n")[0] == label), None)


class _Form:
    """Reads the sheet 自评表 by its headings."""

    def __init__(self, gathered: Gathered, sheet: OpenSheet):
        self.gathered, self.sheet = gathered, sheet

    def read(self) -> dict[str, int]:
        """Take every fact; give 行号 → position of the indicator."""
        self._about()
        self._money()
        self._goals()
        return self._indicators()

    def _about(self) -> None:
        take, sheet = self.gathered.take, self.sheet
        take(sheet, 2, 8, ("rubric",))
        name = _row_of(sheet, "项目名称") or 3
        for row, column, key in ((name, 2, "name"), (2, 2, "year"), (name + 1, 2, "department"), (name + 1, 8, "unit")):
            take(sheet, row, column, ("project", key))
        self.gathered.data.setdefault("project", {})
        self.gathered.places["project",] = sheet.shown(name, 2)
        self.gathered.data.setdefault("budget", {})
        take(sheet, 2, 5, ("budget", "amount_unit"))

    def _money(self) -> None:
        sheet = self.sheet
        above = _row_of(sheet, "主管部门") or 4
        top = next((row for row in sheet.rows() if row > above and sheet.text(row, 2) == "年度资金总额"), None)
        end = next((row for row in sheet.rows() if sheet.text(row, 1).startswith("年度总体")), None)
        if top is None or end is None:
            return
        self.gathered.places["budget",] = sheet.shown(top, 4)
        count = 0
        for row in range(top + 1, end):
            amounts = [column for _, column in _MONEY if sheet.text(row, column)]
            named = sheet.text(row, 3)
            if not amounts and (not named or named in SOURCE_NAMES):
                continue
            path: Path_ = ("budget", "sources", count)
            self.gathered.take(sheet, row, 3, (*path, "name"))
            self.gathered.places[path] = sheet.shown(row, 3)
            for key, column in _MONEY:
                self.gathered.take(sheet, row, column, (*path, key))
            count += 1
        self._total(top, count)

    def _total(self, row: int, sources: int) -> None:
        """Take 年度资金总额 where it is written; a cell left to its formula is the sum of the sources."""
        sheet = self.sheet
        computed = {key: sheet.is_formula(row, column) for key, column in _MONEY}
        if all(computed[key] or not sheet.text(row, column) for key, column in _MONEY):
            if not sources:
                self.gathered.places["budget", "total"] = sheet.shown(row, 4)
            return
        for key, column in _MONEY:
            if not computed[key]:
                self.gathered.take(sheet, row, column, ("budget", "total", key))
            elif sources and (summed := self._summed(key, sources)) is not None:
                self.gathered.put(("budget", "total", key), summed)

    def _summed(self, key: str, sources: int) -> str | None:
        from decimal import Decimal, InvalidOperation

        try:
            values = [Decimal(str(source[key])) for source in self.gathered.data["budget"]["sources"][:sources]]
        except (KeyError, InvalidOperation):
            return None
        return format(total(values), "f")

    def _goals(self) -> None:
        sheet = self.sheet
        top = next((row for row in sheet.rows() if sheet.text(row, 1).startswith("年度总体")), None)
        end = _row_of(sheet, "绩效指标")
        if top is None or end is None:
            return
        count = 0
        for row in range(top + 1, end):
            columns = (("planned", 2), ("actual", 7), ("points", 12))
            if any(sheet.text(row, column) for _, column in columns):
                for key, column in columns:
                    self.gathered.take(sheet, row, column, ("objectives", count, key))
                count += 1

    def _indicators(self) -> dict[str, int]:
        sheet = self.sheet
        head = _row_of(sheet, "绩效指标") or 1
        end = next((row for row in range(head, sheet.height + 1) if sheet.text(row, 1) == "总分"), sheet.height + 1)
        columns = self._columns(head)
        self.gathered.places["indicators",] = sheet.shown(head, 1)
        self.gathered.data["indicators"] = []
        found: dict[str, int] = {}
        for row in range(head + 2, end):
            texts = {name: sheet.text(row, column) for name, column in columns.items()}
            if not any(text for name, text in texts.items() if name not in _BELONGS_TO_THE_GROUP):
                continue
            position = len(self.gathered.data["indicators"])
            self._indicator(row, position, columns, texts)
            found[texts.get("number", "")] = position
        return found

    def _columns(self, head: int) -> dict[str, int]:
        """Give what each column holds, by the headings in the two rows; 分值 is the one below no other heading."""
        found: dict[str, int] = {}
        for row in (head + 1, head):
            for column in range(2, 40):
                name = HEADINGS.get(self.sheet.text(row, column))
                if name is not None:
                    found.setdefault(name, column)
        return found

    def _indicator(self, row: int, position: int, columns: dict[str, int], texts: dict[str, str]) -> None:
        sheet, gathered = self.sheet, self.gathered
        path: Path_ = ("indicators", position)
        gathered.put(path, {})
        gathered.places[path] = sheet.shown(row, columns.get("name", 4))
        for name, below in _PATHS.items():
            if name in columns:
                gathered.take(sheet, row, columns[name], (*path, *below))
        if "value" not in columns:
            return
        place = sheet.shown(row, columns["value"])
        gathered.places[*path, "target"] = place
        if sheet.at(row, columns["value"]).more:
            gathered.note_more(place, texts["value"])
        if target := joined(texts.get("sign", ""), texts["value"], texts.get("unit", "")):
            gathered.put((*path, "target"), target)


# --- the other sheets -------------------------------------------------------------------------------------------------


def _filled(sheet: OpenSheet | None, width: int) -> Iterator[int]:
    """Give the rows below the heading in which anything stands."""
    for row in sheet.rows() if sheet else ():
        if row > 1 and sheet is not None and any(sheet.text(row, column) for column in range(1, width + 1)):
            yield row


def _evidence(gathered: Gathered, sheet: OpenSheet | None, numbers: dict[str, int]) -> None:
    count: dict[int, int] = {}
    for row in _filled(sheet, 4):
        assert sheet is not None
        position = numbers.get(sheet.text(row, 1))
        if position is None:
            gathered.problem(sheet.shown(row, 1), *_NO_ROW)
            continue
        path: Path_ = ("indicators", position, "evidence", count.setdefault(position, 0))
        gathered.places[path] = sheet.shown(row, 2)
        gathered.put(path, {})
        for column, key in enumerate(("title", "file", "sha256"), 2):
            gathered.take(sheet, row, column, (*path, key))
        count[position] += 1


_NO_ROW: Final = (
    Words("“自评表”里没有填写这个行号的指标。", "No indicator with this number is filled in on 自评表."),
    Words("写“自评表”中“行号”一栏的数字。", "Write the number in the column 行号 of 自评表."),
)


def _splits(gathered: Gathered, sheet: OpenSheet | None) -> None:
    known: list[str] = []
    for row in _filled(sheet, 6):
        assert sheet is not None
        number = sheet.text(row, 1) or sheet.text(row, 2)
        if number not in known:
            known.append(number)
        path: Path_ = ("budget", "splits", known.index(number))
        parts = len(gathered.data["budget"].get("splits", [{}] * len(known))[path[2]].get("parts", ())) if _has(gathered, path) else 0
        gathered.places.setdefault(path, sheet.shown(row, 2))
        gathered.take(sheet, row, 2, (*path, "name"))
        gathered.places[*path, "column"] = sheet.shown(row, 3)
        if column := sheet.text(row, 3):
            keys = {label: key for key, label in COLUMNS.items()}
            gathered.put((*path, "column"), keys.get(column, column))
        gathered.take(sheet, row, 6, (*path, "printed", "total"))
        if sheet.text(row, 4) or sheet.text(row, 5):
            gathered.take(sheet, row, 4, (*path, "parts", parts, "name"))
            gathered.take(sheet, row, 5, (*path, "parts", parts, "amount"))
        elif not parts:
            gathered.put((*path, "parts"), [])


def _has(gathered: Gathered, path: Path_) -> bool:
    return len(gathered.data["budget"].get("splits", ())) > int(path[2])


def _answered(gathered: Gathered, sheet: OpenSheet | None) -> None:
    for count, row in enumerate(_filled(sheet, 3)):
        assert sheet is not None
        for column, key in enumerate(("code", "where", "reason"), 1):
            gathered.take(sheet, row, column, ("acknowledged", count, key))


def _others(gathered: Gathered, sheet: OpenSheet) -> None:
    """Take the values of 其他信息; rows of one field follow each other where one cell was too short for its text."""
    long: dict[str, list[tuple[int, str]]] = {}
    for row in _filled(sheet, 4):
        field, how = sheet.text(row, 4), sheet.text(row, 6)
        path = read_where(field)
        if path is None:
            continue
        if field.startswith("redact["):
            _redact(gathered, sheet, row, how)
        elif how or sheet.text(row, 1) == others.MORE:
            long.setdefault(field, []).append((row, how))
        elif gathered.take(sheet, row, 2, path) and field == "disclosure.classification":
            keys = {label: key for key, label in CLASSIFICATIONS.items()}
            gathered.put(path, keys.get(sheet.text(row, 2), sheet.text(row, 2)))
    for field, rows in long.items():
        path = read_where(field)
        assert path is not None
        gathered.places[path] = sheet.shown(rows[0][0], 2)
        _put_long(gathered, path, "".join(sheet.at(row, 2).raw for row, _ in rows), rows[0][1])


def _redact(gathered: Gathered, sheet: OpenSheet, row: int, how: str) -> None:
    path: Path_ = ("redact", len(gathered.data.get("redact", [])))
    if how and sheet.text(row, 2):
        gathered.places[path] = sheet.shown(row, 2)
        _put_long(gathered, path, sheet.at(row, 2).raw, how)
    elif sheet.text(row, 2):
        gathered.take(sheet, row, 2, path)


def _put_long(gathered: Gathered, path: Path_, text: str, how: str) -> None:
    value: object = text
    if how:
        try:
            value = json.loads(text)
        except ValueError:
            gathered.problem(gathered.places[path], *_CHANGED)
            return
    gathered.put(path, value)


_CHANGED: Final = (
    Words("这一格的内容被改动，读不出来。", "The content of this cell was changed and can't be read."),
    Words("恢复原来的内容，或者删去这一行，把文字直接写在它的格子里。", "Restore it, or delete the row and write the text into its own cell."),
)
