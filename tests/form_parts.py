"""What the layouts of published forms share: quirks, cells of indicators, goals, sections."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from form_files import C, Form, Rows
from wenxiao.model import Amounts, Indicator, Project
from wenxiao.words import CATEGORIES, NARRATIVE, SUBCATEGORIES

SIGNS = "≥≧≤≦＞＜><=＝═﹦"


@dataclass(frozen=True)
class Quirks:
    """How a form differs from a tidy one of its layout."""

    prompts: bool = False
    """Filling instructions are left in."""
    repeated: bool = False
    """The heading of the indicators is repeated in the middle, as on a second page."""
    dots: bool = True
    """Groups end with a row of ……; groups that are not used say "/"."""
    unit_in_cells: bool = False
    """Amounts carry their unit: 38.14万元."""


def n(value: Decimal | None, blank: str = "") -> str:
    """Give a number as it stands in the facts."""
    return blank if value is None else format(value, "f")


def amount(value: Decimal | None, project: Project, quirks: Quirks) -> str:
    return n(value) + (project.budget.amount_unit if quirks.unit_in_cells and value is not None else "")


def total(project: Project) -> Amounts | None:
    """Give the row of the total; a form prints the sum where the facts leave it to be computed."""
    budget = project.budget
    if budget.total is not None or not budget.sources:
        return budget.total
    first = [one.original for one in budget.sources if one.original is not None]
    return Amounts(
        original=sum(first) if len(first) == len(budget.sources) else None,
        adjusted=sum(one.adjusted for one in budget.sources),
        outturn=sum(one.outturn for one in budget.sources),
    )


def heading(project: Project, category: str, spelling: str = "{}({}分)") -> str:
    """Give a group's heading with the points printed beside it, where they are."""
    points = getattr(project.printed.points, category)
    return CATEGORIES[category] if points is None else spelling.format(CATEGORIES[category], n(points))


def split(target: str | None) -> tuple[str, str, str]:
    """Split an indicator's value into 指标性质, 指标值 and 度量单位 (定性 where it holds no number)."""
    text = target or ""
    sign = text[: len(text) - len(text.lstrip(SIGNS))]
    rest = text[len(sign) :]
    number = rest[: len(rest) - len(rest.lstrip("0123456789.,"))]
    unit = rest[len(number) :]
    if number and (unit == "%" or all(part.isalpha() for part in unit.split("/")) or not unit):
        return sign, number, unit
    return ("定性" if text else ""), text, ""


def grouped(
    project: Project, quirks: Quirks, row: Callable[[Indicator | None], list[C]], title=heading
) -> Rows:
    """Give the rows of the indicators: 一级 and 二级指标 as merged cells, then what ``row`` makes of each."""
    rows: Rows = []
    for category, of_category in groupby(project.indicators, lambda i: i.category):
        first = len(rows)
        for sub, of_sub in groupby(of_category, lambda i: i.subcategory):
            members: list[Indicator | None] = list(of_sub)
            if quirks.dots and len(members) > 1:
                members.append(None)
            label = SUBCATEGORIES[sub] if sub else ""
            rows += [[C(label, 1, len(members)), *row(members[0])], *[row(one) for one in members[1:]]]
        if (
            quirks.dots
            and category == "outcome"
            and not any(i.subcategory == "ecological" for i in project.indicators)
        ):
            rows.append([C("生态效益指标"), *[C("/", c.columns) for c in row(None)]])
        rows[first] = [C(title(project, category), 1, len(rows) - first), *rows[first]]
    return rows


def indicator_rows(heads: list[C], body: Rows, quirks: Quirks, label: str = "绩效指标") -> Rows:
    """Put the label on the left of all rows of the indicators, and the heads above (again in the middle, if repeated)."""
    if quirks.repeated:
        starts = [i for i, row in enumerate(body) if len(row) == max(map(len, body))]
        for i in reversed(starts[1:2]):
            body = [*body[:i], heads, *body[i:]]
    return [[C(label, 1, len(body) + 1), *heads], *body]


def execution_points(project: Project) -> Decimal | None:
    """Give the points of the execution rate, as the project's own rubric or form has them."""
    if project.printed.points.execution is not None:
        return project.printed.points.execution
    if project.budget.printed.score is None:
        return None
    return Decimal({"hubei-20-80": 20}.get(project.rubric, 10))


def grade(project: Project) -> str:
    return project.printed.grade or ""


def top(project: Project, left: int, width: int, name: str = "项目名称") -> Rows:
    """Give the rows that say who reports: name, department, unit."""
    half = (width - 2 * left) // 2
    return [
        [C(name, left), C(project.name, width - left)],
        [
            C("主管部门", left),
            C(project.department or "", half),
            C("实施单位", left),
            C(project.unit, width - 2 * left - half),
        ],
    ]


def goals(project: Project, width: int, words=("预期目标", "实际完成情况"), label="年度总体目标") -> Rows:
    """Give the rows of the year's goals."""
    half = (width - 1) // 2
    goals = project.objectives or (None,)
    rows = [[C(label, 1, len(goals) + 1), C(words[0], half), C(words[1], width - 1 - half)]]
    for goal in goals:
        planned, actual = (goal.planned or "", goal.actual or "") if goal else ("", "")
        rows.append([C(planned, half), C(actual, width - 1 - half)])
    return rows


def narrative(project: Project) -> Form:
    """Give the sections in words, each under its heading."""
    facts = [(label, getattr(project.narrative, key)) for key, label in NARRATIVE.items()]
    told = [(label, text) for label, text in facts if text]
    numerals = "一二三四五六"
    return [
        line
        for i, (label, text) in enumerate(told)
        for line in (f"{numerals[i]}、{label}", *text.split("\n"))
    ]


def splits(project: Project) -> Form:
    """Give amounts listed in the text."""
    unit = project.budget.amount_unit
    lines: Form = []
    for one in project.budget.splits:
        parts = "、".join(f"{part.name}{n(part.amount)}{unit}" for part in one.parts)
        end = f"，合计{one.printed.total}{unit}" if one.printed.total else ""
        lines.append(f"{one.name}：{parts}{end}。")
    return lines


def signed(project: Project) -> Form:
    if not project.signed.unit and not project.signed.date:
        return []
    date = project.signed.date
    day = f"{date.year}年{date.month}月{date.day}日" if date else "年  月  日"
    return [f"{project.signed.unit or '项目单位'}（盖章）", day]


def reason(one: Indicator) -> str:
    return "\n".join(filter(None, (one.deviation_cause, one.corrective_action)))
