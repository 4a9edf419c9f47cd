"""The four answers of a project's page: how much, on what, did it work, who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from wenxiao.document import from_markdown, plain_text
from wenxiao.errors import WenxiaoError
from wenxiao.model import Project
from wenxiao.money import grouped, total
from wenxiao.narrative import SEVERITY
from wenxiao.publishing.pages import lists
from wenxiao.publishing.pages.report import Achievement
from wenxiao.publishing.pages.shown import ABSENT, clipped, day, width
from wenxiao.publishing.published import Published
from wenxiao.rubric import load_rubric, rubric_ids

OWN_RUBRIC: Final = "rubric.yaml"
LONGEST_PURPOSE: Final = 160
MOST_SOURCES: Final = 4
MOST_MISSED: Final = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """花了多少钱, in the unit of the report. ``bar`` is the spent part of the budget in hundredths."""

    outturn: str
    unit: str
    adjusted: str
    original: str
    rate: str
    bar: str
    over: str
    sources: tuple[tuple[str, str], ...]
    more_sources: int


@dataclass(frozen=True, slots=True)
class Purpose:
    """办什么事: the objectives as planned, or what the report has instead of them."""

    texts: tuple[str, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Worked:
    """办成没有: the result, or why there is none, and what the report says of the indicators."""

    total: str
    grade: str
    grade_key: str
    reason: str
    sentences: tuple[str, ...]
    missed: tuple[str, ...]
    more_missed: int


@dataclass(frozen=True, slots=True)
class Said:
    """谁说的: who evaluated, by which rule it was computed, what the document itself claims, what the check found."""

    unit: str
    signed: str
    rubric: str
    rubric_path: str
    claims: str
    check: str
    review: str


def _number(value: str | None) -> str:
    return ABSENT if value is None else grouped(Decimal(value))


def spent(record: Mapping[str, Any]) -> Spent:
    """花了多少钱, from evaluation.json."""
    budget, unit = record["budget"], record["budget"]["amount_unit"]
    adjusted, outturn = Decimal(budget["adjusted"]), Decimal(budget["outturn"])
    sources = budget["sources"] if len(budget["sources"]) > 1 else []
    over = total((outturn, -adjusted)) if outturn > adjusted else Decimal(0)
    return Spent(
        outturn=grouped(outturn), unit=unit, adjusted=grouped(adjusted), original=_number(budget["original"]),
        rate=budget["execution_rate"] or "", bar=width(outturn, adjusted), over=grouped(over) if over else "",
        sources=tuple((clipped(s["name"], 30), _number(s["outturn"])) for s in sources[:MOST_SOURCES]),
        more_sources=max(0, len(sources) - MOST_SOURCES),
    )  # fmt: skip


def purpose(published: Published) -> Purpose:
    """办什么事: the planned objectives; without any, the first words of the overview, or the names of the indicators."""
    project = published.project
    planned = [objective.planned for objective in project.objectives if objective.planned]
    if planned:
        return Purpose(tuple(clipped(text, LONGEST_PURPOSE) for text in planned[:2]), "")
    if project.narrative.overview:
        words = plain_text(from_markdown(project.narrative.overview))
        return Purpose((clipped(words, LONGEST_PURPOSE),), "没有填报年度总体目标。项目概况：")
    names = "、".join(clipped(row["name"], 30) for row in published.record["indicators"][:6])
    return Purpose((clipped(names, LONGEST_PURPOSE),), "没有填报年度总体目标。绩效指标：")


def worked(record: Mapping[str, Any], achieved: Achievement) -> Worked:
    """办成没有, from evaluation.json and the report's own sentences."""
    grade = record["grade"] or ""
    return Worked(
        total=record["total"] or "", grade=grade, grade_key=lists.GRADE_KEYS.get(grade, "none"),
        reason=clipped(record.get("reason"), 120), sentences=tuple(clipped(words, 80) for words in achieved.sentences[:6]),
        missed=tuple(clipped(words, 90) for words in achieved.missed[:MOST_MISSED]),
        more_missed=max(0, len(achieved.missed) - MOST_MISSED),
    )  # fmt: skip


def said(published: Published) -> Said:
    """谁说的: unit, rule, claims, findings, review."""
    project = published.project
    signed = project.signed.date
    name, path = _rubric(published)
    return Said(
        unit=clipped(project.unit, lists.LONGEST_NAME), signed=f"{day(signed)}签署" if signed else "没有注明签署日期", rubric=name,
        rubric_path=path, claims="、".join(_claims(project)), check=_check(published.record), review="；".join(_review(project)),
    )  # fmt: skip


def _claims(project: Project) -> Iterator[str]:
    """Give what the document itself prints as its result."""
    if project.printed.total:
        yield f"总分 {clipped(project.printed.total, 20)}"
    if project.printed.grade:
        yield f"等级“{clipped(project.printed.grade, 10)}”"


def _review(project: Project) -> Iterator[str]:
    if found := project.disclosure:
        for by, does, on in (
            (found.reviewed_by, "审查", found.reviewed_on),
            (found.approved_by, "批准公开", found.approved_on),
        ):
            if by:
                yield f"{clipped(by, 30)}{does}（{day(on)}）"


@cache
def _shipped_name(rubric: str) -> str:
    return load_rubric(rubric).name if rubric in rubric_ids() else rubric


def _rubric(published: Published) -> tuple[str, str]:
    """Give name and path of the rubric that scored a report: its own file, or a page on a shipped one."""
    rubric: str = published.record["rubric"]
    if OWN_RUBRIC not in published.files:
        path = f"how/rubrics/{rubric}.html" if rubric in rubric_ids() else ""
        return clipped(_shipped_name(rubric), lists.LONGEST_NAME), path
    try:
        name = load_rubric(published.folder / OWN_RUBRIC).name
    except WenxiaoError:  # written by another version: its number still tells which it was
        name = rubric
    return clipped(name, lists.LONGEST_NAME), f"{published.place}/{OWN_RUBRIC}"


def _check(record: Mapping[str, Any]) -> str:
    found = [(one["severity"], bool(one.get("acknowledged"))) for one in record["findings"]]
    parts = []
    for severity, words in SEVERITY.items():
        count = sum(1 for kind, _ in found if kind == severity)
        answered = found.count((severity, True))
        if count:
            parts.append(f"{words} {count} 项" + (f"（{answered} 项已说明）" if answered else ""))
    return "、".join(parts)
