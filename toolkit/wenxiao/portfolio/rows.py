"""The evaluation.json of a report folder → its row of projects, its rows of indicators and of findings."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from wenxiao.findings import KINDS
from wenxiao.measuring import compare
from wenxiao.model import Indicator
from wenxiao.money import AmountUnit, convert, exact, half_up
from wenxiao.portfolio.schema import COLUMNS, Row, check_row
from wenxiao.words import CATEGORIES, SUBCATEGORIES, key_of

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
        if (position := _position(one)) and one["acknowledged"] is None:
            said.setdefault(position, []).append(one)
    for i, one in enumerate(record["indicators"], 1):
        yield {
            **_identity(stem, record), "position": i, "indicator": one["name"], **{name: one[name] for name in _SAME},
            **_reached(one, record["project"]["year"]), "points": _decimal(one["points"]), "score": _decimal(one["score"]),
            "findings": _codes(said.get(i, [])),
        }  # fmt: skip


_KEYS: Final = {"category": CATEGORIES, "subcategory": SUBCATEGORIES}
_STATED: Final = ("name", "target", "actual")
MOST_ATTAINED: Final = Decimal(10) ** 9
"""%; a share beyond is that of a misread number or of a target near zero, and is left out."""


def _reached(one: Mapping[str, Any], year: int) -> dict[str, Any]:
    """Tell how far an indicator got, from target and actual as the report states them."""
    return _compared(year, *(one[name] for name in (*_KEYS, *_STATED)))


@lru_cache(maxsize=4096)
def _compared(year: int, *said: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = dict(zip((*_KEYS, *_STATED), said, strict=True))
    facts |= {name: key_of(table, facts[name] or "") for name, table in _KEYS.items()}
    found = compare(Indicator.model_construct(**facts), year)
    share = None if found.attained is None else half_up(found.attained * 100, 2)
    if share is not None and share > MOST_ATTAINED:
        share = None
    return {"met": None if found.met is None else "yes" if found.met else "no", "attained": share}


_TOLD: Final = ("code", "severity", "where", "message", "printed", "computed", "remedy", "acknowledged")


def finding_rows(stem: str, record: Mapping[str, Any]) -> Iterator[Row]:
    """Give the rows of a project's findings, in the order of the report."""
    for number, one in enumerate(record["findings"], 1):
        kind = KINDS.get(one["code"])
        yield {
            **_identity(stem, record), "number": number, "kind": kind.title.zh if kind else None, "position": _position(one),
            **{name: one[name] for name in _TOLD},
        }  # fmt: skip


def _position(finding: Mapping[str, Any]) -> int | None:
    """Give the place on the form, from 1, of the indicator that a finding is about."""
    place = re.match(r"indicators\[(\d+)\]", finding["where"])
    return int(place[1]) + 1 if place else None


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


def tables_of(stem: str, record: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Give a project's rows in each table of :data:`~wenxiao.portfolio.schema.TABLES`.

    Raises:
        LookupError, TypeError, ValueError, ArithmeticError, AttributeError: it is no evaluation of this schema.
    """
    if record["schema"] != SCHEMA:
        raise ValueError(record["schema"])
    rows = (list(indicator_rows(stem, record)), [project_row(stem, record)], list(finding_rows(stem, record)))
    tables = dict(zip(COLUMNS, rows, strict=True))
    for table, found in tables.items():
        for row in found:
            check_row(row, COLUMNS[table])
    return tables


def rows_of(path: Path) -> dict[str, list[Row]] | None:
    """Give the rows of a report folder's evaluation.json, by table; None where the file is not what it should be."""
    try:
        with exact():
            return tables_of(path.parent.name, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return None
