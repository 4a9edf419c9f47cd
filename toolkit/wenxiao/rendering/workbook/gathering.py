"""Facts gathered from cells, each with its place; what is wrong with a cell is noted and reading goes on."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import InputError, Problem
from wenxiao.fitness import faults
from wenxiao.loading import Path_, Sheet, read_where, validated, value_at
from wenxiao.model import Project
from wenxiao.rendering.workbook.opening import OpenSheet
from wenxiao.rubric import is_file, load_rubric, rubric_ids
from wenxiao.words import Words

FORMULA: Final = (
    Words("这里是公式，没有可读的结果。", "This is a formula without a result that can be read."),
    Words(
        "在 Excel 或 WPS 里打开、保存一次，或直接写数。",
        "Open and save it once in Excel or WPS, or write the number itself.",
    ),
)


@dataclass
class Gathered:
    """Plain data of a params file, the cell of each value, and all cells that were read."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path_, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def problem(self, place: str, wrong: Words, instead: Words) -> None:
        """Note what is wrong at a place (``工作表“自评表” B7``)."""
        self.problems.append(Problem(self.file, 0, 0, place, wrong, instead))

    def take(self, sheet: OpenSheet, row: int, column: int, path: Path_) -> str:
        """Take a cell's text as the fact at ``path``; nothing where the cell is empty. Gives the text."""
        found, place = sheet.at(row, column), sheet.shown(row, column)
        self.places[path] = place
        self.used.add(place)
        if found.failed or (found.formula and not found.text):
            self.problem(place, *FORMULA)
        if found.more:
            self.note_more(place, found.text)
        if found.text:
            self.put(path, found.text)
        return found.text

    def note_more(self, place: str, text: str) -> None:
        """Note that a cell holds more decimals than it shows."""
        wrong = Words(
            f"这一格显示的小数比实际少：实际是 {text}。",
            f"This cell shows fewer decimals than it holds: {text}.",
        )
        instead = Words(
            "确认后把显示的小数位数加足，或改写成准确的数。",
            "Show all decimals, or write the number that is meant.",
        )
        self.notes.append(Problem(self.file, 0, 0, place, wrong, instead))

    def put(self, path: Path_, value: object) -> None:
        """Set the fact at a path; groups and lists on the way are made.

        Raises:
            TypeError: something that is no group or list stands on the way.
        """
        here: Any = self.data
        for name, following in pairwise(path):
            _make_room(here, name)
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(name, int) and here[name] is None:
                here[name] = empty
            here = here[name] if isinstance(name, int) else here.setdefault(name, empty)
        _make_room(here, path[-1])
        here[path[-1]] = value

    def value_at(self, path: Path_) -> Any:
        """Give what was put at a path; None where nothing was."""
        return value_at(self.data, path)

    def place_of(self, path: Path_) -> str:
        """Give the cell of a fact, or of the nearest group around it."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return ""

    def checked(self) -> Project | None:
        """Give the project that the facts make, or None after noting every fault at its cell."""
        sheet = Sheet(self.file, "")
        project = validated(sheet, self.data, Project)
        self.problems += map(self._at_cell, sheet.problems)
        return project

    def against_rubric(self, project: Project, folder: Path) -> list[Problem]:
        """Give what makes a project unfit for its rubric, each at its cell; ``folder`` is where a bureau's own rubric lies."""
        sheet = Sheet(self.file, "")
        name = project.rubric
        try:
            rules = load_rubric(folder / name if is_file(name) else name).at(project.year)
        except InputError:
            sheet.problem("no_rubric", ("rubric",), given=name, choices="、".join(rubric_ids()))
        except LookupError as error:
            sheet.problem(
                "rubric_year", ("project", "year"), given=name, year=project.year, since=error.args[0]
            )
        else:
            for path, code, values in faults(project, rules):
                sheet.problem(code, path, **values)
        return [self._at_cell(one) for one in sheet.problems]

    def _at_cell(self, one: Problem) -> Problem:
        place = self.place_of(read_where(one.where) or ())
        where = f"{place}（{one.where}）" if place else one.where
        return Problem(self.file, 0, 0, where, one.wrong, one.instead)


def _make_room(here: Any, name: str | int) -> None:
    """Make a list long enough for a position; a name belongs into a group."""
    if isinstance(name, int) and isinstance(here, list):
        here.extend([None] * (name + 1 - len(here)))
    elif not (isinstance(name, str) and isinstance(here, dict)):
        raise TypeError(name)
