"""What several tests use: small projects, and the repository's places."""

from pathlib import Path
from typing import Any

from wenxiao.evaluation import Evaluation
from wenxiao.findings import evaluate
from wenxiao.model import Project
from wenxiao.rubric import load_rubric

ROOT = Path(__file__).resolve().parent.parent
PARAMS = sorted((ROOT / "params").rglob("*.yaml"))
SEED = ROOT / "params" / "2021" / "xinhuang-video-conference.yaml"


def project(**changes: Any) -> Project:
    """Give a small project whose points add up to 100; ``changes`` replace top-level fields."""
    facts: dict[str, Any] = {
        "schema": "wenxiao/1",
        "project": {"name": "试点", "year": 2021, "unit": "甲局"},
        "budget": {"amount_unit": "万元", "total": {"adjusted": "100", "outturn": "100"}},
        "indicators": [
            {"category": "output", "name": "设备", "target": "=8个", "actual": "8个", "points": 40},
            {"category": "output", "name": "培训", "target": "≥3次", "actual": "3次", "points": 10},
            {"category": "outcome", "name": "受益人数", "target": "≥100人", "actual": "120人", "points": 30},
            {"category": "satisfaction", "name": "满意度", "target": "≥90%", "actual": "95%", "points": 10},
        ],
        "signed": {"unit": "甲局", "date": "2022-04-20"},
    }
    return Project.model_validate(facts | changes)


def evaluated(one: Project, rubric: str = "mof-2020") -> Evaluation:
    """Score and audit."""
    return evaluate(one, load_rubric(rubric))


def codes(evaluation: Evaluation, severity: str | None = None) -> list[str]:
    """Give the codes of the findings, sorted, of one severity or of all."""
    return sorted(f.code for f in evaluation.findings if severity in (None, f.severity))
