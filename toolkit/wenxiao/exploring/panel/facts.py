"""Which facts of a project the panel lets change, and how each is written."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from wenxiao.evaluation import IndicatorResult
from wenxiao.exploring.meeting import JUDGED
from wenxiao.exploring.numbers import terms_of
from wenxiao.exploring.panel.controls import Changed, Choice, Control, Slider
from wenxiao.exploring.panel.scales import around, scale
from wenxiao.fitness import faults
from wenxiao.model import Amounts, Project
from wenxiao.money import CENT_PLACES, exact, places_of, show
from wenxiao.rubric import Rules, load_rubric, rubric_ids
from wenxiao.scoring import method_of
from wenxiao.words import LEVELS

_NUMBER: Final = re.compile(r"\d{1,18}(?:\.\d{1,18})?")
_SHARES: Final = tuple(map(Decimal, range(101)))


def rubrics(project: Project) -> tuple[list[tuple[str, str | None]], list[str]]:
    """Give the rubrics that fit a project and its year as (label, name), its own first; and the ids of the others."""
    fitting: list[tuple[str, str | None]] = []
    others: list[str] = []
    for name in rubric_ids():
        if name == project.rubric:
            continue
        rubric = load_rubric(name)
        if rubric.since <= project.year and not faults(project, rubric.at(project.year)):
            fitting.append((f"{name}　{rubric.name}", name))
        else:
            others.append(name)
    own = load_rubric(project.rubric)
    return [(f"{own.id}　{own.name}", project.rubric), *fitting], others


def amounts(project: Project, changed: Changed) -> Iterator[tuple[str, Amounts, Control]]:
    """Give a control for the outturn of each source, or of the total where no sources are stated."""
    budget = project.budget
    parts: list[tuple[str, str, Amounts]] = [
        (f"budget.sources[{i}]", source.name, source) for i, source in enumerate(budget.sources)
    ]
    if not parts and budget.total is not None:
        parts = [("budget.total", "", budget.total)]
    for where, name, part in parts:
        with exact():
            high = max(part.adjusted * 6 / 5, part.outturn * 6 / 5, Decimal(1))
        finest = min(
            CENT_PLACES[budget.amount_unit], max(2, places_of(part.adjusted), places_of(part.outturn))
        )
        positions = {number: show(number) for number in scale(high, [part.adjusted, part.outturn], finest)}
        control = Slider(
            f"{where}.outturn", f"{name}全年执行数", show(part.outturn), "wx-outturn", changed, positions, number,
        )  # fmt: skip
        yield name or "全年执行数", part, control


def number(text: str) -> Decimal | None:
    """Give the number a text is; None when it is none."""
    return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else None


def actual(index: int, result: IndicatorResult, changed: Changed) -> Control:
    """Give a control for what was delivered: with a slider where the target is a number."""
    where, name = f"indicators[{index}].actual", f"{result.indicator.name}：实际完成值"
    stated, terms = result.indicator.actual, terms_of(result)
    if terms is None:
        return Control(where, name, stated, "wx-actual", changed)
    now = terms.number(stated or "")
    numbers = around(now, terms.bounds, terms.like.unit == "%" and not terms.like.lead)
    # 290% may be a scanned ≥90%: where the reader would refuse, the slider can't stand.
    spelled = {number: terms.spelled(number) for number in numbers}
    positions = {number: text for number, text in spelled.items() if terms.number(text) == number}
    if now in positions and result.measured is not None and stated:
        positions[now] = stated
    return Slider(where, name, stated, "wx-actual", changed, positions, terms.number)


def level(index: int, result: IndicatorResult, changed: Changed) -> Choice:
    """Give a control for the level of what is judged in words."""
    options: list[tuple[str, str | None]] = [("未写明", None), *((said, key) for key, said in LEVELS.items())]
    name = f"{result.indicator.name}：达成档次"
    return Choice(f"indicators[{index}].level", name, result.indicator.level, "wx-level", changed, options)


def share(index: int, result: IndicatorResult, changed: Changed) -> Slider:
    """Give a control for the share inside a level, or for the 得分系数."""
    stated = result.indicator.share
    with exact():
        written = None if stated is None else f"{show(stated * 100)}%"
        numbers = sorted({*_SHARES, *(() if stated is None else (stated * 100,))})
    name = f"{result.indicator.name}：档内比例或得分系数"
    positions = {number: f"{show(number)}%" for number in numbers}
    return Slider(f"indicators[{index}].share", name, written, "wx-share", changed, positions, _percent)


def _percent(text: str) -> Decimal | None:
    return (
        number(text.strip().replace("％", "%").removesuffix("%"))
        if text.strip()[-1:] in ("%", "％")
        else None
    )


def judged(result: IndicatorResult, rules: Rules) -> tuple[bool, bool]:
    """Tell whether an indicator takes a level, and whether it takes a share, under the rules."""
    method = method_of(result.indicator, result.target, rules)
    return method == "banded", method in JUDGED


def fitting_share(level: str, share: str | None, rules: Rules) -> str | None:
    """Give the share nearest to the present one that lies inside a level; None where the rules have no such level."""
    band = rules.levels.get(level)
    if band is None:
        return None
    now = _percent(share or "")
    with exact():
        low, high = band.low * 100, band.high * 100
        high = high if high == 100 else high - 1  # the upper end belongs to the next level
        if now is None:
            now = high if high == 100 else low
        return f"{show(min(max(now, low), high))}%"
