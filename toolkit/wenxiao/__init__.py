"""Wenxiao (问效): reproducible performance self-evaluation reports (项目支出绩效自评).

>>> import wenxiao as wx
>>> wx.half_up(wx.Decimal("9.874"), 2)
Decimal('9.87')
"""

from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenxiao.charts import use_house_style
    from wenxiao.checking import check_file
    from wenxiao.comparing import compare
    from wenxiao.errors import InputError
    from wenxiao.findings import evaluate
    from wenxiao.loading import load_project
    from wenxiao.money import half_up
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
    "compare": "comparing",
    "InputError": "errors",
    "evaluate": "findings",
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
    "Decimal", "InputError", "attainment_chart", "budget_chart", "budget_table", "check_file", "compare", "conclusion",
    "evaluate", "execution", "experience", "findings_list", "form", "half_up", "indicators", "load_project", "load_rubric",
    "objectives", "organisation", "other", "overview", "points_chart", "provenance", "score_table", "suggestions",
    "title", "use_house_style",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"wenxiao.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'wenxiao' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
