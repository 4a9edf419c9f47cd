"""Evaluation → findings: what a careful auditor sees, one small module a family."""

from collections.abc import Iterable
from dataclasses import replace

from wenxiao.evaluation import Evaluation, Finding, Findings
from wenxiao.findings import budget, dates, indicators, scores, setting, texts
from wenxiao.findings.catalogue import KINDS
from wenxiao.model import Project
from wenxiao.money import exact
from wenxiao.rubric import Rubric
from wenxiao.scoring import score

_GRAVITY = {"error": 0, "warning": 1, "note": 2}
FAMILIES = (budget, scores, indicators, setting, dates, texts)


def audit(evaluation: Evaluation) -> Findings:
    """Give all findings, the gravest first, then by code; those acknowledged in the params file carry the reason."""
    with exact():
        found = [one for family in FAMILIES for one in family.audit(evaluation)]
    found.sort(key=lambda one: (_GRAVITY[one.severity], one.code))
    return Findings(answered(found, evaluation.project))


def answered(found: Iterable[Finding], project: Project) -> tuple[Finding, ...]:
    """Give findings with the reasons of those that the params file acknowledges."""
    return tuple(replace(one, acknowledged=_reason(one, project)) for one in found)


def _reason(finding: Finding, project: Project) -> str | None:
    for one in project.acknowledged:
        here = one.where is None or finding.where == one.where or finding.where.startswith(f"{one.where}.")
        if one.code == finding.code and here:
            return one.reason
    return None


def evaluate(project: Project, rubric: Rubric) -> Evaluation:
    """Score a project under a rubric and audit the result.

    Raises:
        LookupError: the rubric does not apply to the project's year.
    """
    evaluation = score(project, rubric)
    return replace(evaluation, findings=audit(evaluation))


__all__ = ["FAMILIES", "KINDS", "answered", "audit", "evaluate"]
