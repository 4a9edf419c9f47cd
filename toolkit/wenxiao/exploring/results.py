"""What is shown of an evaluation: its result in a line, 项目资金, and every score; beside the original in a what-if."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from wenxiao.comparing.shown import signed
from wenxiao.document import Block, Cell, Notice, Paragraph, Run, Table, text
from wenxiao.errors import InputError
from wenxiao.evaluation import BudgetResult, Evaluation, IndicatorResult, Line, Score
from wenxiao.exploring.opening import evaluate, original
from wenxiao.exploring.tabling import NONE, right, table
from wenxiao.money import exact, grouped, percent, show
from wenxiao.money import total as sum_of
from wenxiao.narrative import rate_text
from wenxiao.tables import budget_table as budget_table
from wenxiao.words import GRADES

_MET: Final = {True: ("达到", "good"), False: ("未达到", "bad"), None: (NONE, None)}


def before(one: Evaluation) -> Evaluation | None:
    """Give the evaluation of the project as its file states it; None where nothing was replaced or it has none."""
    if not one.project.overrides:
        return None
    rubric = None if "rubric" in dict(one.project.overrides) else one.project.rubric
    try:
        return evaluate(original(one.project), rubric)
    except InputError:
        return None


def headline(one: Evaluation) -> Iterator[Block]:
    """Total and grade, or why there is none; the execution rate; under which rules."""
    was = before(one)
    told = [("总分", _total), ("等级", _grade), ("执行率", rate_text)]
    runs: list[Run] = []
    for name, tell in told:
        runs += [Run(f"{'，' if runs else ''}{name} "), Run(tell(one), bold=True)]
        if was is not None and tell(was) != tell(one):
            runs.append(Run(f"（原 {tell(was)}）"))
    blocks = [Paragraph(tuple(runs))]
    if one.reason:
        blocks.append(Paragraph(text(one.reason)))
    blocks.append(Paragraph(text(f"评分规则 {one.rules.id}：{one.rules.name}")))
    yield Notice("note", one.title, tuple(blocks))


def _total(one: Evaluation) -> str:
    return _shown(one.total, one)


def _grade(one: Evaluation) -> str:
    return GRADES[one.grade] if one.grade else NONE


def _shown(value: Decimal | None, one: Evaluation) -> str:
    return NONE if value is None else f"{value:.{one.rules.score_places}f}"


def scores(one: Evaluation) -> Table:
    """Every score, execution first and the total last; in a what-if with what it was and how it moved."""
    was = before(one)
    beside = _lines(was) if was is not None else []
    compared = len(beside) == len(one.indicators) + 1 and any(line.score.value is not None for line in beside)
    rows = []
    for i, line in enumerate(_lines(one)):
        old = beside[i] if compared else None
        word, kind = _MET[line.met]
        if old is not None and old.met != line.met:
            word += f"（原 {_MET[old.met][0]}）"
        points = NONE if line.score.points is None else show(line.score.points)
        rows.append((
            Cell(line.name, scope="row"), Cell(line.target), Cell(line.actual), Cell(word, kind=kind),
            *right(points, _shown(line.score.value, one)), *(_moved(old.score.value, line.score.value, one) if old else ()),
        ))  # fmt: skip
    known = [line.score.points for line in _lines(one) if line.score.points is not None]
    total = (
        Cell("总分", scope="row"),
        *(Cell(""),) * 3,
        *right(show(sum_of(known)) if known else NONE, _total(one)),
    )
    moved = _moved(was.total, one.total, one) if compared and was is not None else ()
    rows.append(tuple(replace(cell, kind="result") for cell in (*total, *moved)))
    head = ["得分项", "指标值", "完成值", "达成", "分值", "得分", *(("原得分", "变化") if compared else ())]
    return table("得分", head, rows)


@dataclass(frozen=True)
class _Line:
    name: str
    target: str
    actual: str
    met: bool | None
    score: Score


def _lines(one: Evaluation) -> list[_Line]:
    lines = [_Line("预算执行率", "", rate_text(one), None, one.budget.score)]
    lines += [
        _Line(r.indicator.name, r.indicator.target or NONE, r.stated or "未写明", r.met, r.score)
        for r in one.indicators
    ]
    return lines


def _moved(was: Decimal | None, now: Decimal | None, one: Evaluation) -> tuple[Cell, Cell]:
    """Give what a score was, and by how much it moved; nothing where it did not."""
    if was is None or now is None:
        change = "" if was is now else NONE
    else:
        with exact():
            change = signed(now - was) if now != was else ""
    return Cell(_shown(was, one), align="right"), Cell(
        change, align="right", kind="changed" if change else None
    )


def indicator_result(one: IndicatorResult) -> Iterator[Block]:
    """One indicator's result: target, actual, whether it is met, and the score step by step."""
    said = [
        ("指标值", one.indicator.target or NONE),
        ("完成值", one.stated or "未写明"),
        ("达成", _MET[one.met][0]),
    ]
    said += [("不能比较", one.unmeasured)] if one.unmeasured else []
    yield _scored(one.indicator.name, said, one.score)


def budget_result(one: BudgetResult) -> Iterator[Block]:
    """项目资金 by source, and the score for execution step by step."""
    rows = [
        (Cell(line.name, scope="row"), *right(*(NONE if v is None else grouped(v) for v in _values(line))))
        for line in (*one.sources, one.total)
    ]
    head = ("资金来源", "年初预算数", "全年预算数", "全年执行数", "执行率")
    rates = [NONE if line.rate is None else percent(line.rate) for line in (*one.sources, one.total)]
    body = tuple((*row, *right(rate)) for row, rate in zip(rows, rates, strict=True))
    yield table("项目资金（金额单位见项目文件）", head, body)
    yield _scored("预算执行率", [], one.score)


def _values(line: Line) -> tuple[Decimal | None, ...]:
    return line.original, line.adjusted, line.outturn


def _scored(name: str, said: list[tuple[str, str]], score: Score) -> Notice:
    points = NONE if score.points is None else show(score.points)
    told = [*said, ("分值", points), ("得分", NONE if score.value is None else str(score.value))]
    told += [("算法", score.formula)] if score.formula else []
    if score.trace:
        told += [("舍入", score.trace.rounding), ("规则", score.trace.rule), ("依据", score.trace.basis)]
    told += [("没有得分", score.reason)] if score.reason else []
    blocks = tuple(Paragraph((Run(f"{head}：", bold=True), Run(words))) for head, words in told if words)
    return Notice("note", name, blocks)
