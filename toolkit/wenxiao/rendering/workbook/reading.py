"""A filled form → the facts of a params file, or everything that is wrong with it, each at its sheet and cell."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from wenxiao.composing import written
from wenxiao.errors import Problem, shown_path
from wenxiao.loading import Path_
from wenxiao.model import Project
from wenxiao.money import total
from wenxiao.rendering.workbook.further import read_answered, read_evidence, read_others, read_splits
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.layout import SOURCE_NAMES
from wenxiao.rendering.workbook.leftovers import tell_leftovers
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

    ``text`` is the params file, with what could be read even where something is wrong; ``name`` what to call it, without
    ending, where the workbook says so; ``unfit`` is what the rubric does not take (a share outside its level, a category
    it does not have): ``wenxiao check`` would refuse it.
    """

    text: str
    project: Project | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    name: str = ""
    unfit: tuple[Problem, ...] = ()


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
            Words(
                "里面没有“自评表”工作表，或者它的栏目已被改动。",
                "It has no sheet 自评表, or its headings were changed.",
            ),
            Words("用 wenxiao form 生成的表填写。", "Fill in a form made by wenxiao form."),
        )
    gathered = Gathered(file, {"schema": "wenxiao/1"})
    numbers = _Form(gathered, form).read()
    read_evidence(gathered, sheets.get(EVIDENCE), numbers)
    read_splits(gathered, sheets.get(SPLITS))
    read_answered(gathered, sheets.get(ANSWERED))
    if OTHERS in sheets:
        read_others(gathered, sheets[OTHERS])
    tell_leftovers(gathered, sheets)
    project = gathered.checked()
    facts = project.model_dump(by_alias=True, exclude_unset=True) if project is not None else gathered.data
    problems = gathered.problems
    unfit = gathered.against_rubric(project, Path(path).parent) if project is not None else ()
    return FormRead(
        written(facts),
        None if problems else project,
        tuple(problems),
        tuple(gathered.notes),
        unfit=tuple(unfit),
    )


def _row_of(sheet: OpenSheet, label: str, column: int = 1) -> int | None:
    """Give the row in which a label stands, above its first line break."""
    for row in sheet.rows():
        if not sheet.is_formula(row, column) and sheet.text(row, column).split("\n")[0] == label:
            return row
    return None


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
        for row, column, key in (
            (name, 2, "name"),
            (2, 2, "year"),
            (name + 1, 2, "department"),
            (name + 1, 8, "unit"),
        ):
            take(sheet, row, column, ("project", key))
        self.gathered.data.setdefault("project", {})
        self.gathered.places["project",] = sheet.shown(name, 2)
        self.gathered.data.setdefault("budget", {})
        take(sheet, 2, 5, ("budget", "amount_unit"))

    def _money(self) -> None:
        sheet = self.sheet
        above = _row_of(sheet, "主管部门") or 4
        top = next(
            (row for row in sheet.rows() if row > above and sheet.text(row, 2) == "年度资金总额"), None
        )
        end = _row_of(sheet, "年度总体")
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
        ours = {key: sheet.is_ours(row, column) for key, column in _MONEY}
        by_hand = [
            key
            for key, column in _MONEY
            if not ours[key] and (sheet.is_formula(row, column) or sheet.text(row, column))
        ]
        if not by_hand:
            if not sources:
                self.gathered.places["budget", "total"] = sheet.shown(row, 4)
            return
        for key, column in _MONEY:
            if not ours[key]:
                self.gathered.take(sheet, row, column, ("budget", "total", key))
            elif sources and (summed := self._summed(key, sources)) is not None:
                self.gathered.put(("budget", "total", key), summed)

    def _summed(self, key: str, sources: int) -> str | None:
        try:
            values = [
                Decimal(str(source[key])) for source in self.gathered.data["budget"]["sources"][:sources]
            ]
        except (KeyError, InvalidOperation):
            return None
        return format(total(values), "f")

    def _goals(self) -> None:
        sheet = self.sheet
        top = _row_of(sheet, "年度总体")
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
        end = next(
            (row for row in range(head, sheet.height + 1) if sheet.text(row, 1) == "总分"), sheet.height + 1
        )
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
        gathered.used |= {
            sheet.shown(row, columns[name]) for name in ("sign", "value", "unit") if name in columns
        }
        gathered.places[*path, "target"] = place
        if sheet.at(row, columns["value"]).more:
            gathered.note_more(place, texts["value"])
        if target := joined(texts.get("sign", ""), texts["value"], texts.get("unit", "")):
            gathered.put((*path, "target"), target)
