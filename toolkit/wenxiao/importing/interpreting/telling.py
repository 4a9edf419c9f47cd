"""Figures in running text, for documents whose tables do not hold them; every one is marked as uncertain."""

import re
from collections.abc import Iterator
from typing import Final

from wenxiao.importing.grid import Paragraph
from wenxiao.importing.interpreting.cleaning import squeezed
from wenxiao.importing.interpreting.drafting import Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.labels import day
from wenxiao.importing.interpreting.quantities import money
from wenxiao.numerals import ARABIC

_MONEY: Final = rf"(?:为|是|共计|合计|:|：)?({ARABIC}[万亿]?元)"
_WHY: Final = "取自正文，请与原件核对"
_TOLD: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("budget.total.adjusted", re.compile(rf"(?:全年|调整后)?预算(?:数|资金|总额|金额|安排|总投资)?{_MONEY}")),
    ("budget.total.outturn", re.compile(rf"(?:实际|全年)?(?:支出|执行)(?:数|决算数|资金|金额|总额)?{_MONEY}|已?支付{_MONEY}")),
    ("budget.received", re.compile(rf"(?:实际)?到位(?:资金|金额)?{_MONEY}")),
    ("budget.printed.execution_rate", re.compile(r"执行率(?:为|达到?|是|:|：)?(\d{1,3}(?:\.\d+)?%)")),
    ("printed.total", re.compile(r"(?:自评|评价|综合)(?:总|得)?(?:分数|得分|总分|分)(?:为|是|:|：)?(\d{1,3}(?:\.\d+)?)分?")),
    ("printed.grade", re.compile(r"(?:评价|自评)?(?:结果|等级|等次)(?:为|是|:|：)?[“\"]?(优秀|良好|合格|不合格|优|良|中|差)[”\"]?")),
    ("project.completed", re.compile(r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)(?:通过)?(?:竣工|完工|验收)")),
)  # fmt: skip
_ALSO: Final = re.compile(
    rf"((?:项目|预算|资金|投入|安排|决算)(?:收入|资金|总投资|投资|数)?(?:共计|合计|总计|为|共)?{ARABIC}[万亿]?元)"
)
_BUDGET: Final = ("budget.total.adjusted", "budget.total.outturn", "budget.received")


def read_text(found: Found) -> None:
    """Take the first sentence that says a figure which no table gives; the other ones that differ are noted."""
    in_tables = bool(found.budget)
    for path, pattern in _TOLD:
        if in_tables and path.startswith("budget.") and path != "budget.received":
            continue
        said = list(_said(found, pattern))
        if not said or found.draft.get(path):
            continue
        text, paragraph = said[0]
        others = list(dict.fromkeys(other for other, _ in said[1:] if other != text))
        if path == "budget.total.adjusted":
            others += _elsewhere(found, text, others)
        why = _WHY + (f"；正文另有{'、'.join(others)}" if others else "")
        _state(found, path, text, paragraph, why)


def _elsewhere(found: Found, taken: str, others: list[str]) -> list[str]:
    """Give other amounts that the text calls the project's money: 预算收入37.66万元 beside 预算38.14万元."""
    said = dict.fromkeys(text for text, _ in _said(found, _ALSO))
    return [text for text in said if not text.endswith(taken) and text not in others]


def _said(found: Found, pattern: re.Pattern[str]) -> Iterator[tuple[str, Paragraph]]:
    for paragraph in found.paragraphs:
        for match in pattern.finditer(squeezed(paragraph.text)):
            yield next(group for group in match.groups() if group), paragraph


def _state(found: Found, path: str, text: str, paragraph: Paragraph, why: str) -> None:
    if path in _BUDGET:
        amount = money(text)
        if amount is None:
            return
        found.draft.put(path, Value(amount.text, (paragraph,), why))
        if amount.unit and not any(item is paragraph for _, item in found.units):
            found.units.append((amount.unit, paragraph))
    elif path == "project.completed":
        if date := day(text):
            found.draft.put(path, Value(date.isoformat(), (paragraph,), why))
    else:
        found.draft.put(path, Value(text, (paragraph,), why))
