"""Findings that no single file shows: P601 (everybody has full marks), P602 (texts and figures of another project)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.findings.shingles import Likeness, Passage, alike
from wenxiao.model import Project
from wenxiao.money import convert, exact, printed_number, show

FEWEST_FULL = 5
"""Projects that must print a total before their all being full says anything."""
FEWEST_INDICATORS = 3
"""Fewer indicators may well be equal by chance."""
PARTNERS = 3
"""Other files that a message names."""
ROUND = Decimal(10_000)
"""元; two projects may both be given 10万元, hardly both 9.48万元."""
FULL = Decimal(100)


def audit_across(evaluations: Mapping[str, Evaluation]) -> dict[str, tuple[Finding, ...]]:
    """Give the findings between the files of one run: shown path → findings of that file, in the order of the files.

    A file without findings is not in the result. The same files give the same findings, in whatever order they come.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    ordered = {file: evaluations[file] for file in sorted(evaluations)}
    with exact():
        for check in (full_marks, equal_texts, equal_figures):
            for file, one in check(ordered):
                found[file].append(one)
    return {file: tuple(found[file]) for file in ordered if file in found}


def full_marks(evaluations: Mapping[str, Evaluation]) -> Iterator[tuple[str, Finding]]:
    """P601: all printed totals of a department's (otherwise a region's) year are full.

    One finding for the group, at its first file: five hundred equal ones would hide the rest.
    """
    groups: dict[tuple[int, str], list[tuple[str, bool]]] = defaultdict(list)
    for file, evaluation in evaluations.items():
        printed = evaluation.project.printed.total
        if printed and (claim := printed_number(printed)):
            group = evaluation.project.department or evaluation.project.project.region or ""
            full = claim.value == (evaluation.rules.total or FULL)
            groups[evaluation.project.year, group].append((file, full))
    for (year, group), totals in groups.items():
        if len(totals) >= FEWEST_FULL and all(full for _, full in totals):
            named = [file for file, _ in totals if not _withheld(evaluations[file].project)]
            first, rest = totals[0][0], len(totals) - len(named[:PARTNERS])
            yield first, finding(
                "P601", "warning", "printed.total", printed=evaluations[first].project.printed.total, group=group,
                group_en=group or "this run", year=year, count=len(totals),
                stems="、".join(stem(file) for file in named[:PARTNERS]),
                more="等" if rest > 0 else "", more_en=f" and {rest} more" if rest > 0 else "",
            )  # fmt: skip


def equal_texts(evaluations: Mapping[str, Evaluation]) -> Iterator[tuple[str, Finding]]:
    """P602: a section or objective that is nearly that of another project's file; one finding a field."""
    likenesses: dict[tuple[str, str], dict[str, Likeness]] = defaultdict(dict)
    passages = (passage for file, one in evaluations.items() for passage in written(file, one.project))
    identities = {file: identity(one.project) for file, one in evaluations.items()}
    for like in alike(passages, identities):
        partners = likenesses[like.file, like.where]
        kept = partners.get(like.other)
        if kept is None or (kept.percent, kept.other_where) < (like.percent, like.other_where):
            partners[like.other] = like
    for (file, where), partners in sorted(likenesses.items()):
        ranked = sorted(partners.values(), key=lambda like: (-like.percent, like.other))
        names = [_partner(like.other, evaluations, like.percent) for like in ranked[:PARTNERS]]
        sample = ranked[0].sample
        yield file, _copied(
            where, names, len(ranked), what="这段文字与其他项目的文件基本相同",
            what_en="This text is nearly that of another project", passage=f"，例如“{sample}”", passage_en=f", such as “{sample}”",
        )  # fmt: skip


def equal_figures(evaluations: Mapping[str, Evaluation]) -> Iterator[tuple[str, Finding]]:
    """P602: budget, outturn and every indicator's name, target and actual are those of another project."""
    groups: dict[object, list[str]] = defaultdict(list)
    for file, evaluation in evaluations.items():
        if (key := figures(evaluation)) is not None:
            groups[key].append(file)
    for files in groups.values():
        identities = {file: identity(evaluations[file].project) for file in files}
        for file in files:
            others = [other for other in files if identities[other] != identities[file]]
            if others:
                names = [_partner(other, evaluations) for other in others[:PARTNERS]]
                yield file, _copied(
                    "budget", names, len(others), what="预算数、执行数和全部指标的名称、指标值、完成值都与其他项目相同",
                    what_en="Budget, outturn and every indicator's name, target and actual are those of another project",
                    passage="", passage_en="",
                )  # fmt: skip


def written(file: str, project: Project) -> Iterator[Passage]:
    """Give the texts of a file that somebody had to write: the sections of the narrative and the objectives."""
    for key, text in project.narrative:
        if text is not None:
            yield Passage(file, f"narrative.{key}", text)
    for i, objective in enumerate(project.objectives):
        for key, text in objective:
            if isinstance(text, str):
                yield Passage(file, f"objectives[{i}].{key}", text)


def identity(project: Project) -> tuple[str, str]:
    """Give what stays the same when a project is evaluated again: name and unit, without years and other numbers."""
    return _letters(re.sub("年度?", "", project.name)), _letters(project.unit)


def figures(evaluation: Evaluation) -> tuple[object, ...] | None:
    """Give what makes two projects' figures equal, amounts in 元; None where equality would say nothing."""
    project, line = evaluation.project, evaluation.budget.total
    unit = project.budget.amount_unit
    amounts = [convert(line.adjusted, unit, "元"), convert(line.outturn, unit, "元")]
    rows = [(i.name, i.target, i.actual) for i in project.indicators]
    if all(amount % ROUND == 0 for amount in amounts) or len(rows) < FEWEST_INDICATORS:
        return None
    if not any(actual for _, _, actual in rows):
        return None
    return (*map(show, amounts), *sorted(map(str, rows)))


def stem(file: str) -> str:
    """Give the file's name without folder and ending.

    >>> stem("params/2021/digital-campus.yaml"), stem("params\\\\2021\\\\a.b.yaml")
    ('digital-campus', 'a.b')
    """
    name = re.split(r"[/\\]", file)[-1]
    return re.sub(r"\.ya?ml$", "", name)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())


def _partner(file: str, evaluations: Mapping[str, Evaluation], percent: int | None = None) -> str:
    project = evaluations[file].project
    if _withheld(project):
        return "一个不公开的项目"
    share = f"，{percent}%" if percent is not None else ""
    return f"{stem(file)}（{project.unit}“{project.name}”，{project.year}{share}）"


def _withheld(project: Project) -> bool:
    """Tell whether another project's report must not even name this one."""
    return project.disclosure is not None and project.disclosure.classification in ("secret", "internal")


def _copied(where: str, names: Iterable[str], count: int, **texts: str) -> Finding:
    more = f"等共 {count} 个文件" if count > PARTNERS else ""
    more_en = f" and {count - PARTNERS} more" if count > PARTNERS else ""
    return finding("P602", "warning", where, partners="、".join(names), more=more, more_en=more_en, **texts)
