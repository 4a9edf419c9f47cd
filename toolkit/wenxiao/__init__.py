"""Wenxiao (问效): reproducible performance self-evaluation reports (项目支出绩效自评).

>>> import wenxiao as wx
>>> wx.half_up(wx.Decimal("9.874"), 2)
Decimal('9.87')
"""

import sys
from contextlib import suppress
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from wenxiao.above import provide

if TYPE_CHECKING:
    from wenxiao.charts import use_house_style
    from wenxiao.checking import check_file
    from wenxiao.errors import InputError
    from wenxiao.exploring.beside import compare
    from wenxiao.exploring.opening import evaluate
    from wenxiao.exploring.panel import explore
    from wenxiao.exploring.scenarios import scenarios
    from wenxiao.loading import load_project
    from wenxiao.loading import load_project as load
    from wenxiao.money import half_up
    from wenxiao.portfolio.frames import portfolio
    from wenxiao.report import (
        attainment_chart,
        budget_chart,
        budget_table,
        conclusion,
        execution,
        experience,
        findings_list,
        form,
        indicators,
        objectives,
        organisation,
        other,
        overview,
        points_chart,
        provenance,
        score_table,
        suggestions,
        title,
    )
    from wenxiao.rubric import load_rubric

# Name → module, imported at first use: `import wenxiao` costs nothing, and pandas or matplotlib only where needed.
_HOMES = {
    "use_house_style": "charts",
    "check_file": "checking",
    "compare": "exploring.beside",
    "explore": "exploring.panel",
    "portfolio": "portfolio.frames",
    "scenarios": "exploring.scenarios",
    "InputError": "errors",
    "evaluate": "exploring.opening",
    "load": "loading:load_project",
    "load_project": "loading",
    "half_up": "money",
    "load_rubric": "rubric",
    **dict.fromkeys(
        (
            "attainment_chart", "budget_chart", "budget_table", "conclusion", "execution", "experience",
            "findings_list", "form", "indicators", "objectives", "organisation", "other", "overview", "points_chart",
            "provenance", "score_table", "suggestions", "title",
        ),
        "report",
    ),
}  # fmt: skip

__all__ = [
    "Decimal", "InputError", "attainment_chart", "budget_chart", "budget_table", "check_file", "compare",
    "conclusion", "evaluate", "execution", "experience", "explore", "findings_list", "form", "half_up",
    "indicators", "load", "load_project", "load_rubric", "objectives", "organisation", "other", "overview",
    "points_chart", "portfolio", "provenance", "scenarios", "score_table", "suggestions", "title",
    "use_house_style",
]  # fmt: skip


# What values of the core do in a notebook.
provide(
    bundle_of="wenxiao.exploring.showing", text_of="wenxiao.exploring.showing", paths="wenxiao.exploring.changes",
    what_if="wenxiao.exploring.opening", frame="wenxiao.exploring.frames", console_text="wenxiao.exploring.console",
)  # fmt: skip


class _Public(ModuleType):
    """The package in whose namespace a public name stands before a subpackage of the same name (``portfolio``)."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Public


def _offer_paths() -> None:
    """Let a notebook or console complete what it writes; here, since a kernel may be a fork that has imported all this."""
    with suppress(ImportError):  # an IPython that is too old for it
        import_module("wenxiao.exploring.completing").offer()


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        if "IPython.core.interactiveshell" in sys.modules:
            _offer_paths()
        module, _, given = _HOMES[name].partition(":")
        return getattr(import_module(f"wenxiao.{module}"), given or name)
    raise AttributeError(f"module 'wenxiao' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
