"""A recalculated form against the program: scores, total, grade, and what is said in 核对."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wenxiao.evaluation import Evaluation
from wenxiao.rendering.workbook.addresses import STEPS
from wenxiao.rendering.workbook.form import SPARE
from wenxiao.rendering.workbook.layout import COLUMNS, TOTAL_ROW, layout_of
from wenxiao.rendering.workbook.marks import FORM, OTHERS, WORKINGS
from wenxiao.rendering.workbook.remarks import LEFT_TO_THE_PROGRAM
from wenxiao.words import GRADES

LEFT = {found for text in LEFT_TO_THE_PROGRAM for found in re.findall(r"^[A-Z]\d{3}$", text)}
"""Findings that no formula shows; those of which formulas show a part are compared."""
_CODE = re.compile(r"[A-Z]\d{3}")


@dataclass
class Compared:
    """What agrees, what does not, and how much of it formulas computed themselves."""

    scores: int = 0
    live: int = 0
    totals: int = 0
    codes: int = 0
    wrong: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def compared(name: str, evaluation: Evaluation, book: Any, spare: int = SPARE) -> Compared:
    """Compare every score, the execution rate, total, grade, and the codes of the findings."""
    found = Compared()
    layout = layout_of(evaluation.project, evaluation.rules, spare)
    form, workings, places = book[FORM], book[WORKINGS], evaluation.rules.score_places
    rows = {id(row.indicator): row.row for row in layout.indicators}
    for result in evaluation.indicators:
        row = rows[id(result.indicator)]
        live = workings.cell(row, STEPS.index("公式得分") + 1).value
        found.live += live not in (None, "")
        found.scores += result.score.value is not None
        shown = form.cell(row, COLUMNS["score"]).value
        _same(found, f"{name} {result.indicator.name}", shown, result.score.value, places)
        if live not in (None, ""):
            _same(found, f"{name} {result.indicator.name} (live)", live, result.score.value, places)
    found.scores += evaluation.budget.score.value is not None
    found.live += form.cell(TOTAL_ROW, 11).value not in (None, "")
    _same(found, f"{name} execution", form.cell(TOTAL_ROW, 11).value, evaluation.budget.score.value, places)
    found.totals += evaluation.total is not None
    _same(found, f"{name} total", form.cell(layout.total, COLUMNS["score"]).value, evaluation.total, places)
    grade = f"等级：{GRADES[evaluation.grade]}" if evaluation.grade else None
    if (form.cell(layout.total, 11).value or None) != grade:
        found.wrong.append(f"{name} grade: {form.cell(layout.total, 11).value} for {grade}")
    _codes(found, name, evaluation, said(form, COLUMNS["remark"]) + said(book[OTHERS], 5))
    return found


def _same(found: Compared, what: str, shown: Any, computed: Decimal | None, places: int) -> None:
    expected = None if computed is None else f"{computed:.{places}f}"
    given = (
        None
        if shown in (None, "")
        else f"{Decimal(repr(shown)):.{places}f}"
        if not isinstance(shown, str)
        else shown
    )
    if given != expected:
        found.wrong.append(f"{what}: {given} for {expected}")


def said(sheet: Any, column: int) -> list[str]:
    """Give the codes said in a column."""
    texts = (str(sheet.cell(row, column).value or "") for row in range(1, sheet.max_row + 1))
    return [code for text in texts for code in _CODE.findall(text)]


def _codes(found: Compared, name: str, evaluation: Evaluation, shown: list[str]) -> None:
    raised = [one.code for one in evaluation.findings if one.code not in LEFT]
    found.codes += len(shown)
    for code in {*shown, *raised}:
        more = shown.count(code) - raised.count(code)
        if more > 0:
            found.false_alarms += [f"{name} {code}"] * more
        elif more < 0:
            found.unseen += [f"{name} {code}"] * -more
