"""Findings on dates: T401 (in any text of the facts), T402 (dates against the year evaluated)."""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from wenxiao.evaluation import Evaluation, Finding
from wenxiao.findings.catalogue import finding
from wenxiao.findings.texts import texts
from wenxiao.model import Project

# 年月日, 月日, 年月, and 2021-13-45. A year of four digits only; no dotted dates, which may be version numbers.
_DATES: Final = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:19|20)\d\d)年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号]"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)年(?P<m2>\d{1,2})月(?!\d{1,2}[日号])"
    r"|(?<![\d-])(?P<y3>(?:19|20)\d\d)[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2})(?![\d-])"
)
_LEAP: Final = 2000


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on dates."""
    project = evaluation.project
    for where, text in texts(
        project.model_dump(exclude_unset=True, exclude={"contact", "printed", "acknowledged"})
    ):
        for date in impossible_dates(text):
            yield finding("T401", "error", where, printed=date)
    yield from against_year(project)


def impossible_dates(text: str) -> list[str]:
    """Give the dates written in a text that the calendar does not have.

    >>> impossible_dates("31月1日完成摸底，2月29日开工，2021年2月29日验收，2021-06-31付款")
    ['31月1日', '2021年2月29日', '2021-06-31']
    """
    found = []
    for match in _DATES.finditer(unicodedata.normalize("NFKC", text)):
        groups = match.groupdict()
        year = int(groups["y1"] or groups["y2"] or groups["y3"] or _LEAP)
        month = int(groups["m1"] or groups["m2"] or groups["m3"])
        day = int(groups["d1"] or groups["d3"] or 1)
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            found.append(match[0])
    return found


def against_year(project: Project) -> Iterator[Finding]:
    """T402: finished before the evaluated year, begun after it, or finished before begun."""
    year, started, completed = project.year, project.project.started, project.project.completed
    if completed and started and completed < started:
        yield finding(
            "T402", "error", "project.completed", printed=completed.isoformat(),
            what=f"完成日期 {completed} 早于开始日期 {started}",
            what_en=f"completed on {completed}, before it started on {started}",
        )  # fmt: skip
    if completed and completed.year < year:
        yield finding(
            "T402", "warning", "project.completed", printed=completed.isoformat(),
            what=f"评价年度是 {year} 年，而项目在 {completed} 已经完成",
            what_en=f"the year evaluated is {year}, but the project was completed on {completed}",
        )  # fmt: skip
    if started and started.year > year:
        yield finding(
            "T402", "warning", "project.started", printed=started.isoformat(),
            what=f"评价年度是 {year} 年，而项目在 {started} 才开始",
            what_en=f"the year evaluated is {year}, but the project only started on {started}",
        )  # fmt: skip
