"""The parts of the portfolio's notebook: each function gives one, ready to be shown in a notebook.

Sentences, tables and charts are made in :mod:`wenxiao.portfolio`; numbers in sentences are computed there.
"""

from collections.abc import Iterable

from wenxiao.document import Block, Figure, Heading, text
from wenxiao.portfolio import (
    audited,
    changes,
    departments,
    grading,
    notes,
    outliers,
    overview,
    shortfalls,
    spending,
)
from wenxiao.portfolio.figures import paragraph
from wenxiao.portfolio.frames import Portfolio, portfolio
from wenxiao.report import Shown

__all__ = ["Portfolio", "portfolio"]


def _shown(found: Figure | Iterable[Block] | None) -> Shown:
    return Shown((found,) if isinstance(found, Figure) else found or ())


def _said(portfolio: Portfolio, found: Iterable[Block]) -> Shown:
    """Give a section's words; without projects a section says so, below a heading that stands there all the same."""
    return Shown(found if len(portfolio) else (paragraph("没有项目，略。"),))


def title(portfolio: Portfolio) -> Shown:
    """The title: which years, which department."""
    return _shown([Heading(1, text(overview.title(portfolio)))])


def summary(portfolio: Portfolio) -> Shown:
    """How many projects, of whom, with how much money; year by year."""
    return _shown(overview.overview(portfolio))


def grades(portfolio: Portfolio) -> Shown:
    """How totals and grades are spread, in words."""
    return _said(portfolio, grading.grades(portfolio))


def grades_chart(portfolio: Portfolio) -> Shown:
    """How many projects have which grade; empty where none has one."""
    return _shown(grading.grades_chart(portfolio))


def totals_chart(portfolio: Portfolio) -> Shown:
    """How totals are spread; empty where fewer than five projects have one."""
    return _shown(grading.totals_chart(portfolio))


def execution(portfolio: Portfolio) -> Shown:
    """How rates of execution are spread, in words."""
    return _said(portfolio, spending.execution(portfolio))


def execution_chart(portfolio: Portfolio) -> Shown:
    """How many projects are in which band of the rate."""
    return _shown(spending.execution_chart(portfolio))


def compared_departments(portfolio: Portfolio) -> Shown:
    """Departments side by side."""
    return _said(portfolio, departments.departments(portfolio))


def departments_chart(portfolio: Portfolio) -> Shown:
    """Totals of the departments; empty where fewer than two can be compared."""
    return _shown(departments.departments_chart(portfolio))


def missed(portfolio: Portfolio) -> Shown:
    """Indicators that miss their targets: in words, by kind and by name."""
    return _said(portfolio, shortfalls.missed(portfolio))


def missed_chart(portfolio: Portfolio) -> Shown:
    """Share of missed indicators by kind."""
    return _shown(shortfalls.missed_chart(portfolio))


def findings(portfolio: Portfolio) -> Shown:
    """Findings by kind and gravity."""
    return _said(portfolio, audited.found(portfolio))


def findings_chart(portfolio: Portfolio) -> Shown:
    """The most frequent findings; empty where there is none."""
    return _shown(audited.found_chart(portfolio))


def outputs(portfolio: Portfolio) -> Shown:
    """How spending and outputs go together, in words."""
    return _said(portfolio, spending.outputs(portfolio))


def outputs_chart(portfolio: Portfolio) -> Shown:
    """Attainment of outputs against the rate of execution; empty where nothing can be measured."""
    return _shown(spending.outputs_chart(portfolio))


def standing_out(portfolio: Portfolio) -> Shown:
    """Projects that stand out, and why."""
    return _said(portfolio, outliers.outliers(portfolio))


def over_the_years(portfolio: Portfolio) -> Shown:
    """The same project in two years."""
    return _said(portfolio, changes.changes(portfolio))


def changes_chart(portfolio: Portfolio) -> Shown:
    """The largest changes of a total; empty where no project has two."""
    return _shown(changes.changes_chart(portfolio))


def method(portfolio: Portfolio) -> Shown:
    """On what the figures rest."""
    return _shown(notes.notes(portfolio))
