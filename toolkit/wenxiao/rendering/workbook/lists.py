"""A filled list of many projects → their facts, each fault at its sheet and cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wenxiao.composing import written
from wenxiao.errors import Problem, shown_path
from wenxiao.loading import Path_, read_where
from wenxiao.rendering.workbook.gathering import Gathered
from wenxiao.rendering.workbook.listing import ABOUT, ALIKE, HEADINGS, INDICATOR, SIGN, STEM, UNIT
from wenxiao.rendering.workbook.opening import OpenSheet, open_book, refused
from wenxiao.rendering.workbook.reading import FormRead
from wenxiao.rendering.workbook.splitting import joined
from wenxiao.words import Words


@dataclass(frozen=True)
class ListRead:
    """What a list holds: file name without ending → the project read; ``problems`` are of no single project.

    Iterating gives what was read of each project, its file name in ``name``.
    """

    projects: dict[str, FormRead]
    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[FormRead]:
        return iter(self.projects.values())


def read_list(path: str | Path) -> ListRead:
    """Read a list back: one project for each 文件名, or for each 项目名称 and 评价年度 where none is written.

    Raises:
        InputError: the file is no workbook, or none of its sheets has the headings of a list.
    """
    file = shown_path(Path(path))
    for sheet in open_book(path).values():
        columns = _columns(sheet)
        if {"项目名称", "三级指标"} <= columns.keys():
            return _read(file, Path(path).parent, sheet, columns)
    raise refused(
        file,
        Words(
            "没有一个工作表的第一行是清单的栏目。", "No sheet has the headings of a list in its first row."
        ),
        Words("用 wenxiao form --list 生成的清单填写。", "Fill in a list made by wenxiao form --list."),
    )


def _columns(sheet: OpenSheet) -> dict[str, int]:
    """Give heading → column; a heading of another system counts as ours where ours is not there too."""
    found = {sheet.text(1, column): column for column in range(199, 0, -1) if sheet.text(1, column)}
    for other, ours in ALIKE.items():
        if other in found and ours not in found:
            found[ours] = found.pop(other)
    return found


def _read(file: str, folder: Path, sheet: OpenSheet, columns: dict[str, int]) -> ListRead:
    gathered: dict[str, Gathered] = {}
    whole = Gathered(file)
    for heading, column in columns.items():
        if heading not in (*HEADINGS, SIGN, UNIT) and any(
            sheet.text(row, column) for row in sheet.rows() if row > 1
        ):
            whole.problem(
                sheet.shown(1, column),
                Words(f"不认识的栏目“{heading}”，没有读。", f"Unknown column “{heading}”; it was not read."),
                _KNOWN,
            )
    for row, column in sorted(sheet.cells):
        if row > 1 and not sheet.text(1, column) and sheet.text(row, column):
            wrong = Words(
                "这一格上面没有栏目名称，没有读。", "There is no heading above this cell; it was not read."
            )
            whole.problem(sheet.shown(row, column), wrong, _KNOWN)
    for row, stem in _rows(sheet, columns, whole):
        one = gathered.setdefault(stem, Gathered(file, {"schema": "wenxiao/1"}))
        _about(one, sheet, row, columns)
        position = len(one.data.setdefault("indicators", []))
        one.put(("indicators", position), {})
        one.places["indicators", position] = sheet.shown(row, columns["三级指标"])
        for heading, fact in INDICATOR.items():
            if heading in columns:
                one.take(sheet, row, columns[heading], ("indicators", position, *fact.split(".")))
        sign, unit = (
            sheet.text(row, columns[heading]) if heading in columns else "" for heading in (SIGN, UNIT)
        )
        value = one.value_at(("indicators", position, "target"))
        if target := joined(sign, value or "", unit):
            one.put(("indicators", position, "target"), target)
    return ListRead(
        {stem: _checked(stem, one, folder) for stem, one in gathered.items()}, tuple(whole.problems)
    )


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
        before = one.value_at(path)
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


def _checked(stem: str, one: Gathered, folder: Path) -> FormRead:
    project = one.checked()
    unfit = one.against_rubric(project, folder) if project is not None else []
    facts = project.model_dump(by_alias=True, exclude_unset=True) if project is not None else one.data
    problems = tuple(one.problems)
    return FormRead(
        written(facts), None if problems else project, problems, tuple(one.notes), stem, tuple(unfit)
    )
