"""The worked cases of tests/cases as plain data and as projects; every value is text, as a finance officer wrote it."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from helpers import project
from wenxiao.model import Project
from wenxiao.rubric import Rubric, load_rubric

CASES = Path(__file__).parent / "cases"
FILES = tuple(
    sorted(path for path in CASES.glob("*.yaml") if path.stem not in ("targets", "rules"))
)  # those two hold readings, not scores
INDICATOR = (
    "category", "subcategory", "target", "actual", "points", "method", "rule", "goal", "level", "share",
)  # fmt: skip
GIVEN = {
    "name", "rubric", "year", "completed", "excerpt", "objectives", "indicators", "amount_unit", "original", "adjusted",
    "outturn", "received", "sources", "called", *INDICATOR,
}  # fmt: skip
EXPECTED = {
    "score", "execution", "scores", "total", "grade", "rate", "formula", "reason", "faults", "refused", "method_used", "stated",
}  # fmt: skip

Case = dict[str, Any]


def _plain(value: Any) -> Any:
    """Give lists and mappings as they are and the word null as None; a number stays the text that was written."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return None if value == "null" else value


def cases() -> list[tuple[str, Case]]:
    """Give every worked case with the name of its file."""
    return [(path.stem, _plain(case)) for path in FILES for case in YAML(typ="base").load(path)]


def rubric_of(case: Case) -> Rubric:
    """Give the rubric a case names: an id, or a file below tests/cases."""
    name = case.get("rubric", "mof-2020")
    return load_rubric(str(CASES / name) if name.endswith(".yaml") else name)


def project_of(case: Case) -> Project:
    """Give the project a case tells of."""
    return project(**facts_of(case))


def facts_of(case: Case) -> Case:
    """Give the facts of a case as text; what it leaves out is a spent budget of 100 万元 and the year 2023."""
    about = {"name": "试点", "year": case.get("year", "2023"), "unit": "甲局"}
    if "completed" in case:
        about["completed"] = case["completed"]
    facts: dict[str, Any] = {"project": about, "budget": _budget(case), "indicators": _indicators(case)}
    return facts | {name: case[name] for name in ("excerpt", "objectives") if name in case}


def _budget(case: Case) -> dict[str, Any]:
    budget: dict[str, Any] = {"amount_unit": case.get("amount_unit", "万元")}
    if "sources" in case:
        budget["sources"] = case["sources"]
    if "adjusted" in case or "sources" not in case:
        budget["total"] = {"adjusted": case.get("adjusted", "100"), "outturn": case.get("outturn", "100")}
        if "original" in case:
            budget["total"]["original"] = case["original"]
    return budget | ({"received": case["received"]} if "received" in case else {})


def _indicators(case: Case) -> list[dict[str, Any]]:
    if "indicators" in case:
        return [{key: value for key, value in row.items() if value is not None} for row in case["indicators"]]
    row = {"category": "output", "name": case.get("called", "指标"), "points": "10"}
    row |= {name: case[name] for name in INDICATOR if name in case}
    return [{key: value for key, value in row.items() if value is not None}]
