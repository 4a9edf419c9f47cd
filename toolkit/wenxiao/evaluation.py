"""The result of scoring: what was computed, from what, by which rule. Values only, no computation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from wenxiao.above import Displayed, above
from wenxiao.model import Indicator, Project
from wenxiao.money import percent, show
from wenxiao.rubric import Rules
from wenxiao.target import Bound, Moment, Quantity, Range, Reading
from wenxiao.words import CATEGORIES, GRADES, KINDS, SUBCATEGORIES

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, repr=False)
class Finding(Displayed):
    """One thing an auditor would see: code, gravity, place, what is printed and what was computed, and the remedy.

    ``message``, ``basis`` and ``remedy`` are Chinese; ``english`` holds message and remedy for the terminal.
    ``acknowledged`` is the reason given in the params file, where there is one.
    """

    code: str
    severity: Severity
    where: str
    message: str
    remedy: str
    basis: str
    printed: str | None = None
    computed: str | None = None
    english: tuple[str, str] = ("", "")
    acknowledged: str | None = None

    def __repr__(self) -> str:
        answered = ", acknowledged" if self.acknowledged is not None else ""
        return f"<Finding {self.code} {self.severity}{answered} at {self.where}: {self.message}>"


class Findings(Displayed, tuple[Finding, ...]):
    """Findings, the gravest first: a tuple that shows itself as a table.

    >>> import wenxiao as wx
    >>> found = wx.evaluate(wx.load("params/2021/xinhuang-video-conference.yaml")).findings
    >>> found[0].code, found[:2]
    ('B101', <Findings: B101 I313>)
    """

    __slots__ = ()
    _repr_pretty_ = Displayed._repr_pretty_  # here, or IPython takes the one for tuples

    def __getitem__(self, i: Any) -> Any:
        found = super().__getitem__(i)
        return Findings(found) if isinstance(i, slice) else found

    def __repr__(self) -> str:
        return f"<Findings: {' '.join(one.code for one in self) or 'none'}>"


@dataclass(frozen=True)
class Line:
    """One row of 项目资金 in the file's amount unit; ``rate`` is outturn ÷ adjusted, None when adjusted is 0."""

    name: str
    original: Decimal | None
    adjusted: Decimal
    outturn: Decimal
    rate: Decimal | None


@dataclass(frozen=True)
class Trace:
    """How a number came to be, in words: inputs → formula with numbers → rounding → rule and what it rests on.

    ``unrounded`` is the exact result where it is longer than the rounded one, else empty.
    """

    inputs: tuple[tuple[str, str], ...]
    formula: str
    unrounded: str
    rounding: str
    rule: str
    basis: str


@dataclass(frozen=True)
class Score:
    """Points earned. ``value`` is None where the rubric can't give one, and ``reason`` then says why.

    ``formula`` holds the words and numbers with which a reader recomputes it on a pocket calculator; ``trace`` the
    same step by step, None where there is no score.
    """

    points: Decimal | None
    value: Decimal | None
    method: str | None
    formula: str
    reason: str = ""
    trace: Trace | None = None


@dataclass(frozen=True, repr=False)
class BudgetResult(Displayed):
    """项目资金: the total row, the rows by source, and the score for execution."""

    total: Line
    sources: tuple[Line, ...]
    score: Score
    received_rate: Decimal | None

    def __repr__(self) -> str:
        rate = "no rate" if self.total.rate is None else percent(self.total.rate)
        return f"<BudgetResult {show(self.total.outturn)} of {show(self.total.adjusted)}, {rate}: {_earned(self.score)}>"


@dataclass(frozen=True, repr=False)
class IndicatorResult(Displayed):
    """A third-level indicator with its target and actual as read, and its score.

    ``measured`` is the actual on the target's terms, None where the two can't be compared. ``attained`` is the share
    of the target reached, as the charts show it: 1 is exactly on target, whichever direction is better; None where it
    can't be told. ``stated`` is the actual as stated, or as computed from 项目资金 (a measure of the rubric);
    ``unmeasured`` says why a target with a number or date can't be compared with it.
    """

    indicator: Indicator
    target: Reading | None
    actual: Reading | None
    measured: Quantity | None
    met: bool | None
    attained: Decimal | None
    score: Score
    stated: str | None = None
    unmeasured: str = ""

    def __repr__(self) -> str:
        reached = {True: "met", False: "not met", None: "not compared"}[self.met]
        one = self.indicator
        return (
            f"<IndicatorResult {one.name}: {self.stated} for {one.target}, {reached}, {_earned(self.score)}>"
        )

    @property
    def quantitative(self) -> bool:
        """Tell whether the target is a number or a date."""
        return isinstance(self.target, Bound | Range | Moment)


@dataclass(frozen=True, repr=False)
class Evaluation(Displayed):
    """评价结果 of one project under one rubric.

    Points, scores and ``total`` are exact ``Decimal`` in 分, amounts in the file's unit (``project.budget.amount_unit``).
    ``total`` and ``grade`` (``excellent``, ``good``, ``fair``, ``poor``) are None where none can be given: ``reason``
    then says why. In a what-if, what is shown stands beside the result of the file as it is.
    """

    project: Project
    rules: Rules
    budget: BudgetResult
    indicators: tuple[IndicatorResult, ...]
    total: Decimal | None
    grade: str | None
    reason: str = ""
    trace: Trace | None = None
    findings: tuple[Finding, ...] = field(default=Findings())

    def __repr__(self) -> str:
        result = (
            "no total" if self.total is None else f"{self.total} {GRADES[self.grade] if self.grade else ''}"
        )
        about = f"{self.project.name} {self.project.year}"
        return f"<Evaluation {about}, {self.rules.id}: {result.strip()}, {len(self.findings)} findings>"

    @property
    def title(self) -> str:
        """The report's title: what is evaluated, by the rubric's kind."""
        about = self.project.project
        said = KINDS[self.rules.kind]
        if about.name.endswith("部门整体支出"):
            said = said.removeprefix("部门整体支出")
        return f"{about.year}年度{about.name}{said}报告".replace("项目项目", "项目")

    def frame(
        self,
        part: Literal["scores", "indicators", "budget", "findings", "project"] = "scores",
        *,
        labels: bool = False,
        exact: bool = True,
    ) -> Any:
        """Give a part of the result as a pandas DataFrame.

        ``scores``: a row a score, 执行率 first: what it is of, points, score, lost points, method, formula. ``indicators``,
        ``findings``, ``project``: the rows of :func:`wenxiao.portfolio`, without what names the project. ``budget``: a row
        a source of funds, the total last. Points and scores are in 分, amounts in 元, rates in %: exact ``Decimal`` in
        ``object`` columns, or ``Float64`` for plots with ``exact=False``. Texts are ``string``, those that come again
        ``category`` (severities and grades in their order), whole numbers ``Int64``. ``labels`` gives Chinese titles.

        Raises:
            LookupError: no such part.

        >>> import wenxiao as wx
        >>> frame = wx.evaluate(wx.load("params/2021/lingling-forestry.yaml")).frame()
        >>> frame.loc[0, ["name", "points", "score", "lost"]].tolist()
        ['预算执行率', Decimal('10'), Decimal('8.04'), Decimal('1.96')]
        """
        return above("frame")(self, part, labels=labels, exact=exact)

    def as_dict(self, findings: Sequence[Finding] | None = None) -> dict[str, Any]:
        """Give evaluation.json (schema ``wenxiao/evaluation/1``) as plain data; all numbers are strings.

        ``findings`` replaces the project's own, where those across projects are to be told as well.
        """
        project = self.project
        about = {"name": project.name, "year": project.year, "region": project.project.region}
        about |= {"department": project.department, "unit": project.unit}
        return {
            "schema": "wenxiao/evaluation/1",
            "rubric": self.rules.id,
            "date": project.signed.date.isoformat() if project.signed.date else None,
            "overrides": dict(project.overrides),
            "project": about,
            "budget": self._budget(),
            "indicators": [self._indicator(result) for result in self.indicators],
            "total": _score(self.total, self.rules.score_places),
            "grade": GRADES[self.grade] if self.grade else None,
            "reason": self.reason or None,
            "findings": [_finding(one) for one in (self.findings if findings is None else findings)],
        }

    def as_json(self) -> str:
        """Give the text of evaluation.json: UTF-8, two spaces, one final newline."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"

    def _budget(self) -> dict[str, Any]:
        result, budget = self.budget, self.project.budget
        return {
            "amount_unit": budget.amount_unit,
            **_line(result.total, self.rules.rate_places),
            **_score_fields(result.score, self.rules.score_places),
            "received": _number(budget.received),
            "received_rate": _rate(result.received_rate, self.rules.rate_places),
            "sources": [{"name": s.name, **_line(s, self.rules.rate_places)} for s in result.sources],
        }

    def _indicator(self, result: IndicatorResult) -> dict[str, Any]:
        one = result.indicator
        return {
            "category": CATEGORIES[one.category],
            "subcategory": SUBCATEGORIES[one.subcategory] if one.subcategory else None,
            "name": one.name,
            "planned_as": one.planned_as,
            "target": one.target,
            "actual": result.stated,
            **_score_fields(result.score, self.rules.score_places),
            "deviation_cause": one.deviation_cause,
            "corrective_action": one.corrective_action,
        }


def _earned(score: Score) -> str:
    return (
        "no score"
        if score.value is None or score.points is None
        else f"{score.value} of {show(score.points)}"
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else show(value)


def _score(value: Decimal | None, places: int) -> str | None:
    return None if value is None else f"{value:.{places}f}"


def _rate(value: Decimal | None, places: int) -> str | None:
    return None if value is None else percent(value, places)


def _line(line: Line, places: int) -> dict[str, str | None]:
    return {
        "original": _number(line.original),
        "adjusted": _number(line.adjusted),
        "outturn": _number(line.outturn),
        "execution_rate": _rate(line.rate, places),
    }


def _score_fields(score: Score, places: int) -> dict[str, str | None]:
    return {
        "points": _number(score.points),
        "score": _score(score.value, places),
        "method": score.method,
        "formula": score.formula or None,
        "reason": score.reason or None,
    }


def _finding(finding: Finding) -> dict[str, str | None]:
    names: Sequence[str] = ("code", "severity", "where", "message", "printed", "computed", "basis", "remedy")
    return {name: getattr(finding, name) for name in (*names, "acknowledged")}
