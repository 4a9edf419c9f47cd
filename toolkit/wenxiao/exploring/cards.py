"""What is shown of each kind of value, as blocks: a project as stated, its evaluation, findings, rules, a comparison."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from wenxiao.comparing.shown import Comparison
from wenxiao.document import Block, Cell, Details, Listing, Notice, Paragraph, Run, Table, text
from wenxiao.evaluation import Evaluation, Finding
from wenxiao.exploring.changes import Change, changes
from wenxiao.exploring.results import budget_result, budget_table, headline, indicator_result, scores
from wenxiao.exploring.tabling import NONE, table
from wenxiao.model import Amounts, Indicator, Project
from wenxiao.money import grouped, show
from wenxiao.narrative import SEVERITY
from wenxiao.portfolio.frames import Portfolio
from wenxiao.portfolio.overview import overview
from wenxiao.regulation import items, reference_text
from wenxiao.rubric import Rubric
from wenxiao.words import CATEGORIES, KINDS, LEVELS, METHODS, SUBCATEGORIES, label


def project(one: Project) -> Iterator[Block]:
    """The form as stated: head, 项目资金, objectives, indicators; nothing computed."""
    about, said = one.project, {change.where: change for change in changes(one)}
    yield from _what_if(said.values())
    dates = [f"{day} {word}" for word, day in (("开始", about.started), ("完成", about.completed)) if day]
    head = {
        "project.name": ("项目名称", about.name), "project.department": ("主管部门", about.department),
        "project.unit": ("实施单位", about.unit), "project.region": ("地区", about.region),
        "project.started": ("起止", "，".join(dates)), "rubric": ("评分规则", one.rubric),
    }  # fmt: skip
    rows = [
        (_row_head(name), _cell(said.get(where), value or ""))
        for where, (name, value) in head.items()
        if value
    ]
    yield Table(
        f"项目支出绩效自评表（{one.year}年度，{'试算' if one.overrides else '按项目文件'}）", (), tuple(rows)
    )
    yield _budget(one, said)
    if one.objectives:
        goals = [(Cell(goal.planned or NONE), Cell(goal.actual or "未写明")) for goal in one.objectives]
        yield table("年度总体目标", ("预期目标", "实际完成情况"), goals)
    yield _indicators(one, said)


def _budget(one: Project, said: Mapping[str, "Change"]) -> Table:
    budget = one.budget
    lines: list[tuple[str, str, Amounts]] = [
        (f"budget.sources[{i}]", source.name, source) for i, source in enumerate(budget.sources)
    ]
    if budget.total:
        lines.append(("budget.total", "年度资金总额", budget.total))
    rows = tuple(
        (_row_head(name), *(_amount(said.get(f"{where}.{key}"), getattr(line, key)) for key in _AMOUNTS))
        for where, name, line in lines
    )
    printed = [
        f"{name} {value}" for name, value in (("执行率", budget.printed.execution_rate), ("得分", budget.printed.score)) if value
    ]  # fmt: skip
    note = f"原文件写：{'，'.join(printed)}。" if printed else ""
    head = ("资金来源", "年初预算数", "全年预算数", "全年执行数")
    return table(f"项目资金（单位：{budget.amount_unit}）", head, rows, note)


_AMOUNTS: Final = ("original", "adjusted", "outturn")


def _indicators(one: Project, said: Mapping[str, "Change"]) -> Table:
    rows = []
    for i, indicator in enumerate(one.indicators):
        group = CATEGORIES[indicator.category].removesuffix("指标")
        if indicator.subcategory:
            group += f"·{SUBCATEGORIES[indicator.subcategory].removesuffix('指标')}"
        level = LEVELS[indicator.level] if indicator.level else ""
        actual = "，".join(part for part in (indicator.actual or "未写明", level) if part)
        at = f"indicators[{i}]"
        moved = said.get(f"{at}.actual") or said.get(f"{at}.level")
        rows.append((
            Cell(str(i), align="right"), Cell(group), _row_head(indicator.name),
            _cell(said.get(f"{at}.target"), indicator.target or NONE), _cell(moved, actual),
            _points(said.get(f"{at}.points"), indicator.points), Cell(indicator.printed.score or NONE, align="right"),
        ))  # fmt: skip
    head = ("下标", "类别", "指标", "指标值", "实际完成值", "分值", "原表得分")
    note = "下标从 0 起，即 what_if 的位置 indicators[下标]；可以改的位置见 project.paths()。"
    return table(f"绩效指标（{len(one.indicators)} 项）", head, rows, note)


def indicator(one: Indicator) -> Iterator[Block]:
    """One indicator as stated: every field that is."""
    stated = one.model_dump(exclude_unset=True, exclude={"evidence", "printed"})
    words = {"category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS}
    rows = [
        (_row_head(label(key)), Cell(words.get(key, {}).get(str(value), str(value))))
        for key, value in stated.items()
        if value is not None and key != "name"
    ]
    rows += [(_row_head(label("evidence")), Cell(item.title)) for item in one.evidence]
    if one.printed.score:
        rows.append((_row_head("原表得分"), Cell(one.printed.score)))
    yield Table(one.name, (), tuple(rows))


def evaluation(one: Evaluation) -> Iterator[Block]:
    """The result: total and grade, what changed in a what-if, 项目资金, every score, the findings."""
    yield from headline(one)
    yield from _what_if(changes(one.project))
    yield budget_table(one)
    yield scores(one)
    yield from findings(one.findings)


def finding(one: Finding) -> Iterator[Block]:
    """One finding: what is wrong, what was computed, the remedy, the basis, the unit's answer."""
    answered = one.acknowledged is not None
    said = [("", one.message)]
    if one.printed is not None or one.computed is not None:
        said.append(("原文件 → 计算", f"{one.printed or NONE} → {one.computed or NONE}"))
    said += [("怎样改", one.remedy), ("依据", one.basis), ("位置", one.where)]
    said += [("单位说明", one.acknowledged or "")] if answered else []
    blocks = tuple(
        Paragraph((Run(f"{name}：", bold=True), Run(words)) if name else text(words)) for name, words in said
    )
    title = f"{one.code} {SEVERITY[one.severity]}{'（已说明）' if answered else ''}"
    yield Notice("note" if answered else one.severity, title, blocks)


def findings(found: Sequence[Finding]) -> Iterator[Block]:
    """Findings as a table, the gravest first as they come."""
    if not found:
        yield Paragraph(text("核对没有发现问题。"))
        return
    rows = tuple(
        (
            Cell(one.code, kind="code"), Cell(_severity(one), kind="bad" if _severity(one) == SEVERITY["error"] else "code"),
            Cell(one.where, kind="path"), Cell(one.message), Cell(one.remedy),
        )
        for one in found
    )  # fmt: skip
    head = ("编号", "级别", "位置", "问题", "怎样改")
    yield table(f"核对发现的问题（{_counted(found)}）", head, rows)


def _severity(one: Finding) -> str:
    return SEVERITY[one.severity] if one.acknowledged is None else "已说明"


def _counted(found: Sequence[Finding]) -> str:
    shown = [_severity(one) for one in found]
    parts = [f"{word} {shown.count(word)}" for word in (*SEVERITY.values(), "已说明") if word in shown]
    return f"共 {len(found)} 项：{'、'.join(parts)}"


def rubric(one: Rubric) -> Iterator[Block]:
    """The rules: every value in a sentence, from which year, by which source, whether compared with it."""
    said = list(items(one))
    references = list(dict.fromkeys(item.reference for item in said))
    rows = tuple(
        (
            _row_head(item.label.zh), Cell(str(item.since)), Cell(item.text.zh),
            Cell(f"[{references.index(item.reference) + 1}] {'已核对' if item.verified else '尚待核对'}"),
        )
        for item in said
    )  # fmt: skip
    about = f"{KINDS[one.kind]}；自 {one.since} 年度起" + ("" if one.scored else "；不计分，不评总分")
    about += f"；以 {one.based_on} 为基础" if one.based_on else ""
    yield table(f"{one.id}：{one.name}", ("项目", "自年度", "内容", "依据"), rows, about)
    if references:
        listed = tuple((Paragraph(text(reference_text(reference))),) for reference in references)
        yield Details(f"依据（{len(listed)} 份）", (Listing(True, listed),))


def comparison(one: Comparison) -> Iterator[Block]:
    """What differs: the summary, then each part that has something to tell."""
    yield Notice("note", f"{one.a} → {one.b}", (Paragraph(text(one.summary.zh)),))
    yield from (Paragraph(text(note.zh)) for note in one.notes)
    for title, columns, rows in one.tables("zh"):
        yield table(title, columns, [tuple(map(Cell, row)) for row in rows])


def paths(one: Mapping[str, str | None]) -> Iterator[Block]:
    """The paths a what-if run takes, with what stands there; folded those where nothing does."""
    stated = [(_path(where), Cell(_named(where, one)), Cell(value)) for where, value in one.items() if value]
    unstated = [(_path(where), Cell(_named(where, one))) for where, value in one.items() if not value]
    yield table(
        f"what_if 可以改的位置（共 {len(one)} 个，已写明 {len(stated)} 个）", ("位置", "名称", "现值"), stated
    )
    if unstated:
        name = f"没有写明、也可以填的位置（{len(unstated)} 个）"
        yield Details(name, (table("没有写明的位置", ("位置", "名称"), unstated),))


def _named(where: str, one: Mapping[str, str | None]) -> str:
    """Give a field's name, behind that of the indicator or source it belongs to."""
    key = where.rpartition(".")[2]
    name = "总分" if where == "printed.total" else CATEGORIES.get(key) or label(key)
    owner = one.get(f"{where.rpartition(']')[0]}].name") if key != "name" else None
    return "·".join(filter(None, (owner, f"原文件写的{name}" if "printed." in where else name)))


def portfolio(one: Portfolio) -> Iterable[Block]:
    """How many projects, of whom, with how much money, year by year."""
    return overview(one)


def _what_if(said: Iterable[Change]) -> Iterator[Block]:
    rows = tuple(
        (_path(one.where), Cell(one.name), Cell(one.before), Cell(one.after, kind="changed")) for one in said
    )
    if rows:
        yield table("试算：改动的数据", ("位置", "名称", "项目文件", "试算"), rows)


def _path(where: str) -> Cell:
    return Cell(where, scope="row", kind="path")


def _row_head(label: str) -> Cell:
    return Cell(label, scope="row")


def _cell(change: Change | None, shown: str, align: str | None = None) -> Cell:
    if change is None:
        return Cell(shown, align=align)
    return Cell(f"{shown}\n（原 {change.before}）", align=align, kind="changed")


def _amount(change: Change | None, value: Decimal | None) -> Cell:
    return _cell(change, NONE if value is None else grouped(value), "right")


def _points(change: Change | None, value: Decimal | None) -> Cell:
    return _cell(change, NONE if value is None else show(value), "right")


CARDS: Final[Mapping[str, Callable[[Any], Iterable[Block]]]] = {
    "Project": project, "Evaluation": evaluation, "Finding": finding, "Findings": findings, "Rubric": rubric,
    "Comparison": comparison, "Paths": paths, "Indicator": indicator, "IndicatorResult": indicator_result,
    "BudgetResult": budget_result, "Portfolio": portfolio,
}  # fmt: skip
"""Name of a class → what is shown of its values."""
