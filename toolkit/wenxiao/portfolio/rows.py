"""The evaluation.json of a report folder → its row of projects and its rows of indicators."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from wenxiao.money import AmountUnit, convert
from wenxiao.portfolio.schema import INDICATOR_COLUMNS, PROJECT_COLUMNS, Row, check_row

SCHEMA: Final = "wenxiao/evaluation/1"


def evaluation_files(reports: Path) -> Iterator[Path]:
    """Give each ``<reports>/<year>/<stem>/evaluation.json``, sorted by year and stem; folders being made are left out."""
    years = [one.name for one in reports.iterdir() if one.name.isdecimal()]
    for year in sorted(years, key=lambda name: (int(name), name)):
        with suppress(NotADirectoryError), os.scandir(reports / year) as found:
            for stem in sorted(one.name for one in found if not one.name.startswith(".")):
                path = reports / year / stem / "evaluation.json"
                if path.is_file():
                    yield path


def project_row(stem: str, record: Mapping[str, Any]) -> Row:
    """Give the row of a project from its evaluation.json; ``stem`` is the name of its folder."""
    budget, findings = record["budget"], record["findings"]
    unit = budget["amount_unit"]
    said = [one for one in findings if one["acknowledged"] is None]
    count = {
        severity: sum(one["severity"] == severity for one in said)
        for severity in ("error", "warning", "note")
    }
    return {
        **_identity(stem, record), "date": record["date"], "amount_unit": unit,
        **{name: _yuan(budget[name], unit) for name in ("original", "adjusted", "outturn", "received")},
        "execution_rate": _decimal(budget["execution_rate"]), "execution_points": _decimal(budget["points"]),
        "execution_score": _decimal(budget["score"]), "indicators": len(record["indicators"]),
        "total": _decimal(record["total"]), "grade": record["grade"], "reason": record["reason"],
        "errors": count["error"], "warnings": count["warning"], "notes": count["note"],
        "answered": len(findings) - len(said), "findings": _codes(said), "overrides": len(record["overrides"]),
    }  # fmt: skip


_SAME: Final = (
    "category", "subcategory", "planned_as", "target", "actual", "method", "reason", "deviation_cause", "corrective_action",
)  # fmt: skip


def indicator_rows(stem: str, record: Mapping[str, Any]) -> Iterator[Row]:
    """Give the rows of a project's indicators, in the order of the form."""
    said: dict[int, list[Mapping[str, Any]]] = {}
    for one in record["findings"]:
        place = re.match(r"indicators\[(\d+)\]", one["where"])
        if place and one["acknowledged"] is None:
            said.setdefault(int(place[1]), []).append(one)
    for i, one in enumerate(record["indicators"]):
        yield {
            **_identity(stem, record), "position": i + 1, "indicator": one["name"], **{name: one[name] for name in _SAME},
            "points": _decimal(one["points"]), "score": _decimal(one["score"]), "findings": _codes(said.get(i, [])),
        }  # fmt: skip


def _identity(stem: str, record: Mapping[str, Any]) -> dict[str, Any]:
    about = record["project"]
    return {
        "year": about["year"], "stem": stem, "rubric": record["rubric"], "region": about["region"],
        "department": about["department"], "unit": about["unit"], "project": about["name"],
    }  # fmt: skip


def _codes(findings: Iterable[Mapping[str, Any]]) -> str | None:
    return " ".join(dict.fromkeys(one["code"] for one in findings)) or None


def _decimal(text: str | None) -> Decimal | None:
    """Read a number of evaluation.json; of a rate the figure before the ``%``."""
    return None if text is None else Decimal(text.removesuffix("%"))


def _yuan(text: str | None, unit: AmountUnit) -> Decimal | None:
    return None if text is None else convert(Decimal(text), unit, "元")


def rows_of(path: Path) -> tuple[Row, list[Row]] | None:
    """Give a project's row and its indicators' rows; None where the file is not what it should be."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != SCHEMA:
            return None
        stem = path.parent.name
        project, indicators = project_row(stem, record), list(indicator_rows(stem, record))
        check_row(project, PROJECT_COLUMNS)
        for row in indicators:
            check_row(row, INDICATOR_COLUMNS)
        return project, indicators
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        return None
