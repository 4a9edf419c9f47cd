"""One evaluation as DataFrames, with the columns of the portfolio's where both have them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from wenxiao.evaluation import Evaluation, Line, Score
from wenxiao.money import convert, half_up
from wenxiao.money import exact as exactly
from wenxiao.portfolio.frames import Portfolio
from wenxiao.portfolio.schema import INDICATOR_COLUMNS, SCALES, Column
from wenxiao.portfolio.tabular import dtype_of, of_evaluations
from wenxiao.portfolio.titles import title_of

if TYPE_CHECKING:
    import pandas as pd

_SHARED: Final = {"indicators": "indicators", "findings": "findings", "project": "projects"}
_NAMING: Final = ("year", "stem", "rubric", "region", "department", "unit", "project")
_OF_INDICATORS: Final = {one.name: one for one in INDICATOR_COLUMNS}
_SCORES: Final = (
    Column("where", "text", "", "field of the params file; budget is 执行率"),
    Column("name", "text", "", "预算执行率 or the indicator"),
    _OF_INDICATORS["points"], _OF_INDICATORS["score"],
    Column("lost", "number", "分", "points − score", "there is no score"),
    _OF_INDICATORS["method"],
    Column("formula", "text", "", "numbers and steps with which to recompute it", "there is no score"),
    _OF_INDICATORS["reason"],
)  # fmt: skip
_BUDGET: Final = (
    Column("name", "text", "", "资金来源; the total last"),
    Column("original", "amount", "元", "年初预算数", "not stated"),
    Column("adjusted", "amount", "元", "全年预算数"),
    Column("outturn", "amount", "元", "全年执行数"),
    Column("execution_rate", "number", "%", "outturn ÷ adjusted, as the report rounds it", "adjusted is 0"),
)
_TITLES: Final = {"where": "位置", "name": "名称", "lost": "失分"}


def frame(evaluation: Evaluation, part: str, *, labels: bool, exact: bool) -> "pd.DataFrame":
    """Give a part of an evaluation (see :meth:`wenxiao.evaluation.Evaluation.frame`)."""
    if part in _SHARED:
        return _shared(evaluation, _SHARED[part], labels, exact)
    if part not in _OWN:
        raise LookupError(f"{part!r}: scores, indicators, budget, findings, project")
    columns, rows = _OWN[part]
    with exactly():
        return _framed(columns, list(rows(evaluation)), labels, exact)


def _shared(evaluation: Evaluation, name: str, labels: bool, exact: bool) -> "pd.DataFrame":
    one = Portfolio(of_evaluations([evaluation]))
    one = one.labelled() if labels else one
    found: pd.DataFrame = getattr(one if exact else one.floats(), name)
    naming = [title_of(_OF_INDICATORS[key]) for key in _NAMING] if labels else _NAMING
    return found.drop(columns=list(naming))


def _framed(
    columns: Sequence[Column], rows: list[tuple[Any, ...]], labels: bool, exact: bool
) -> "pd.DataFrame":
    import pandas as pd

    made: dict[str, Any] = {}
    for i, column in enumerate(columns):
        found = [row[i] for row in rows]
        kind = "Float64" if column.type in SCALES and not exact else dtype_of(column)
        series = pd.Series(
            [float(v) if kind == "Float64" and v is not None else v for v in found], dtype=kind
        )
        made[_TITLES.get(column.name, title_of(column)) if labels else column.name] = series
    return pd.DataFrame(made)


def _scores(one: Evaluation) -> Iterator[tuple[Any, ...]]:
    yield _score("budget", "预算执行率", one.budget.score)
    for i, result in enumerate(one.indicators):
        yield _score(f"indicators[{i}]", result.indicator.name, result.score)


def _score(where: str, name: str, one: Score) -> tuple[Any, ...]:
    lost = None if one.points is None or one.value is None else one.points - one.value
    return where, name, one.points, one.value, lost, one.method, one.formula or None, one.reason or None


def _budget(one: Evaluation) -> Iterator[tuple[Any, ...]]:
    unit = one.project.budget.amount_unit

    def row(line: Line) -> tuple[Any, ...]:
        amounts = [
            None if v is None else convert(v, unit, "元")
            for v in (line.original, line.adjusted, line.outturn)
        ]
        rate = None if line.rate is None else half_up(line.rate * 100, one.rules.rate_places)
        return line.name, *amounts, rate

    yield from map(row, (*one.budget.sources, one.budget.total))


_OWN: Final = {"scores": (_SCORES, _scores), "budget": (_BUDGET, _budget)}
