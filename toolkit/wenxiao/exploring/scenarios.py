"""``wx.scenarios``: what the result would be if …, as a table that HTML and PDF carry like any other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from wenxiao.document import Cell, Table
from wenxiao.errors import InputError
from wenxiao.evaluation import Evaluation
from wenxiao.exploring import showing
from wenxiao.exploring.console import console_text
from wenxiao.exploring.meeting import meeting, short, spending
from wenxiao.exploring.opening import evaluate
from wenxiao.exploring.telling import changes_told
from wenxiao.loading import load_project
from wenxiao.model import Project
from wenxiao.money import ZERO, exact
from wenxiao.narrative import rate_text
from wenxiao.report import Shown
from wenxiao.tables import NONE
from wenxiao.words import GRADES

RATES: Final = (100, 95, 90, 80)
"""Execution rates in percent that are tried."""
MOST: Final = 10
"""Indicators that are tried one by one: those that would gain the most."""
NOTE: Final = "每行只改“改动”一栏所列的数据，其余照项目文件；这是试算，不是自评结论。"
UNCHANGED: Final = "现状"


@dataclass(frozen=True)
class Scenario:
    """One row: its name, the facts it changes, and its result; ``why`` says what keeps it from having one.

    ``told`` tells the facts in other words than one by one.
    """

    name: str
    facts: Mapping[str, object]
    evaluation: Evaluation | None
    why: str = ""
    told: str = ""


class Scenarios(Shown):
    """The table of scenarios: in the notebook's own colours, and as text for consoles."""

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        return showing.bundle(self.blocks), {}

    def __repr__(self) -> str:
        return console_text(self.blocks)


def scenarios(
    project: Project | str | Path,
    more: Mapping[str, Mapping[str, object]] | None = None,
    rates: Sequence[int | str | Decimal] = RATES,
) -> Scenarios:
    """Give a table of scenarios: total, grade and difference to the project as it is.

    Tried are: all indicators reached (and all money spent as well), each indicator that falls short reached alone, the
    execution rates of ``rates`` (percent), and ``more``: name of a scenario → overrides as ``what_if`` takes them.
    All are computed by ``what_if`` and ``evaluate``, exactly; what can't be computed says why.

    Raises:
        InputError: the project can't be loaded or evaluated.

    >>> import wenxiao as wx
    >>> shown = wx.scenarios("params/2021/xinhuang-video-conference.yaml", {"改用部委规则": {"rubric": "mof-2020"}})
    >>> [row[0].text for row in shown.blocks[0].body]
    ['现状', '改用部委规则', '执行率 100%', '执行率 95%', '执行率 90%', '执行率 80%']
    """
    if not isinstance(project, Project):
        project = load_project(project)
    base = evaluate(project)
    found = [Scenario(UNCHANGED, {}, base)]
    found += [tried(project, name, facts) for name, facts in (more or {}).items()]
    missed = _missed(base)
    found += _reached(base, missed)
    alone = [
        tried(project, f"“{base.indicators[i].indicator.name}”达到", facts) for i, facts in missed.items()
    ]
    alone.sort(key=lambda one: -_gain(base, one))
    found += alone[:MOST]
    left_out = f"单项达到只列得分增加最多的 {MOST} 项，共 {len(alone)} 项。" if len(alone) > MOST else ""
    found += list(_spent(base, rates))
    return Scenarios((table_of(base, found, left_out),))


def tried(project: Project, name: str, facts: Mapping[str, object], told: str = "") -> Scenario:
    """Give a scenario with its result."""
    try:
        return Scenario(name, facts, evaluate(project.what_if(facts)), "", told)
    except InputError as error:
        return Scenario(name, facts, None, "".join(problem.wrong.zh for problem in error.problems), told)


def _reached(base: Evaluation, missed: Mapping[int, Mapping[str, str]]) -> Iterator[Scenario]:
    """Try all indicators reached, and all money spent as well."""
    every = {where: value for facts in missed.values() for where, value in facts.items()}
    told = f"下列 {len(missed)} 项一并改动" if 1 < len(missed) <= MOST else ""
    if len(missed) > 1:
        yield tried(base.project, "指标全部达到", every, told)
    if missed and base.budget.total.rate is not None and base.budget.total.rate < 1:
        spent = spending(base.project.budget, Decimal(1))
        words = "；".join([told, *changes_told(base.project, spent)]) if told else ""
        yield tried(base.project, "指标全部达到，执行率 100%", {**every, **spent}, words)


def _missed(base: Evaluation) -> dict[int, dict[str, str]]:
    """Give the facts by which each indicator that falls short would reach its target."""
    found = {i: meeting(i, base.indicators[i], base.rules, base.project.year) for i in short(base)}
    return {i: facts for i, facts in found.items() if facts}


def _gain(base: Evaluation, one: Scenario) -> Decimal:
    """Give the points that an indicator's scenario gains, whether or not there is a total."""
    if one.evaluation is None:
        return ZERO
    with exact():
        return sum(
            ((new.score.value or ZERO) - (old.score.value or ZERO) for new, old in zip(one.evaluation.indicators, base.indicators, strict=True)),
            ZERO,
        )  # fmt: skip


def _spent(base: Evaluation, rates: Sequence[int | str | Decimal]) -> Iterator[Scenario]:
    if base.budget.total.rate is None:
        return
    for rate in rates:
        with exact():
            share = Decimal(rate) / 100
        facts = spending(base.project.budget, share)
        one = tried(base.project, f"执行率 {rate}%", facts)
        if one.evaluation is None or one.evaluation.budget.total.outturn != base.budget.total.outturn:
            yield one


def table_of(base: Evaluation, found: Sequence[Scenario], left_out: str = "") -> Table:
    """Give scenarios as a table; without totals and grades where none of them has any."""
    scored = any(one.evaluation is not None and one.evaluation.total is not None for one in found)
    labels = ["情形", "改动", "执行率", "定量达标", *(("总分", "等级", "比现状") if scored else ())]
    reasons = [one.evaluation.reason if one.evaluation else one.why for one in found]
    said = (
        {reason: f"注{n}" for n, reason in enumerate(dict.fromkeys(filter(None, reasons)), 1)}
        if scored
        else {}
    )
    rows = tuple(
        _row(base, one, scored, said.get(reason, "")) for one, reason in zip(found, reasons, strict=True)
    )
    notes = [NOTE, left_out, *(f"{mark}：{reason}" for reason, mark in said.items())]
    if not scored:
        notes += dict.fromkeys(one.evaluation.reason for one in found if one.evaluation)
    widths = (22, 31, 11, 9, 10, 7, 10) if scored else (30, 46, 12, 12)
    head = tuple(Cell(label, scope="col") for label in labels)
    return Table("情形试算", (head,), rows, widths, "\n".join(filter(None, notes)))


def _row(base: Evaluation, one: Scenario, scored: bool, mark: str) -> tuple[Cell, ...]:
    result = one.evaluation
    changed = one.told or "；".join(changes_told(base.project, one.facts)) or NONE
    cells = [Cell(one.name, scope="row"), Cell(changed)]
    if result is None:
        last = 4 if scored else 1
        return (*cells, Cell(one.why, colspan=2), *(Cell(NONE, align="center") for _ in range(last - 1)))
    met = [r.met for r in result.indicators if r.met is not None]
    cells += [
        Cell(rate_text(result), align="center"),
        Cell(f"{met.count(True)}/{len(met)} 项", align="center"),
    ]
    if scored:
        total = NONE if result.total is None else f"{result.total:.{result.rules.score_places}f}"
        cells.append(Cell(total + (f"（{mark}）" if mark else ""), align="center"))
        cells.append(Cell(GRADES[result.grade] if result.grade else NONE, align="center"))
        cells.append(_difference(base, one))
    return tuple(cells)


def _difference(base: Evaluation, one: Scenario) -> Cell:
    result = one.evaluation
    if one.evaluation is base or result is None or result.total is None or base.total is None:
        return Cell(NONE, align="center")
    with exact():
        by = result.total - base.total
    return Cell(signed(by), align="center", kind="bad" if by < 0 else "good" if by > 0 else None)


def signed(number: Decimal) -> str:
    """Write a difference with its sign.

    >>> signed(Decimal("1.20")), signed(Decimal("-0.13")), signed(Decimal("0.00"))
    ('+1.20', '−0.13', '0.00')
    """
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{abs(number)}"
