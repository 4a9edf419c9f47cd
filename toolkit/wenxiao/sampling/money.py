"""项目资金 of a sample: one to three sources, exact to the cent, and what they add up to."""

from decimal import Decimal
from typing import Any, Final

from wenxiao.money import AmountUnit, convert, half_up, total
from wenxiao.sampling.data import Facts, ProjectType, explanations
from wenxiao.sampling.drawing import Draw

_SOURCES: Final = (
    ("当年财政拨款",), ("当年财政拨款",), ("当年财政拨款", "上年结转资金"), ("当年财政拨款", "其他资金"),
    ("中央财政补助资金", "省级财政补助资金", "县级财政资金"), ("上级补助资金", "县级财政资金"),
    ("当年财政拨款", "上年结转资金", "其他资金"),
)  # fmt: skip
LOW_EXECUTION: Final = Decimal("0.92")
"""Execution below this is explained; every rubric used here asks from 80 % or 90 % on."""


def budget_of(kind: ProjectType, draw: Draw) -> Facts:
    """Give 项目资金 in 万元 or 元; total and received are stated for some only."""
    unit: AmountUnit = draw.choice(("万元", "万元", "万元", "元"))
    budget: Facts = {"amount_unit": unit, "sources": _sources(kind, unit, draw)}
    amounts = sums(budget)
    if draw.random() < 0.6:
        budget["total"] = amounts
    if draw.random() < 0.35:
        budget["received"] = amounts["adjusted"]
    if amounts["outturn"] < amounts["adjusted"] * LOW_EXECUTION:
        one = draw.choice(explanations()["below_budget"])
        budget |= {"deviation_cause": one.cause.format(town=draw.town()), "corrective_action": one.action}
    return budget


def sums(budget: Facts) -> dict[str, Decimal]:
    """Add up the sources; 年初预算数 is left out where they do not state it."""
    sources = budget["sources"]
    stated = [key for key in ("original", "adjusted", "outturn") if all(key in one for one in sources)]
    return {key: total(one[key] for one in sources) for key in stated}


def _sources(kind: ProjectType, unit: AmountUnit, draw: Draw) -> list[Facts]:
    low, high = kind.budget.low, kind.budget.high
    whole = low + (high - low) * draw.share(0, 1000) ** 2  # most projects are small
    names = draw.choice(_SOURCES)
    spent, stated = _spent(draw), draw.random() < 0.85
    weights = [draw.randint(1, 3) + (4 if i == 0 else 0) for i in range(len(names))]
    adjusted = [half_up(whole * weight / sum(weights), 2) for weight in weights]
    return [
        _source(name, amount, spent, unit, stated, draw) for name, amount in zip(names, adjusted, strict=True)
    ]


def _spent(draw: Draw) -> Decimal:
    """Draw the share of the budget that was paid out."""
    luck = draw.random()
    if luck < 0.3:
        return Decimal(1)
    return draw.share(*((925, 999) if luck < 0.86 else (810, 919) if luck < 0.96 else (560, 790)))


def _source(
    name: str, adjusted: Decimal, spent: Decimal, unit: AmountUnit, stated: bool, draw: Draw
) -> dict[str, Any]:
    """Give one source; ``adjusted`` is in 万元, ``spent`` the share that was paid out."""
    changed = draw.choice((Decimal(1), Decimal(1), draw.share(850, 1150)))
    original = adjusted if name == "上年结转资金" else half_up(adjusted * changed, 2)
    outturn = half_up(convert(adjusted, "万元", "元") * spent, 2)
    row: Facts = {"name": name, "original": convert(original, "万元", unit)} if stated else {"name": name}
    return row | {"adjusted": convert(adjusted, "万元", unit), "outturn": convert(outturn, "元", unit)}
