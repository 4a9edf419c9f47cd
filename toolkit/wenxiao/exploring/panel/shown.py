"""What the panel says, as HTML: results, a score with its bar, a chart in the notebook's own colours."""

import html
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from wenxiao import charts
from wenxiao.document import Figure, clean_svg
from wenxiao.drawing import BLUE, GREY, INK, LOST, PALE, RED
from wenxiao.errors import Problem
from wenxiao.evaluation import Evaluation, Finding, Score
from wenxiao.exploring.scenarios import signed
from wenxiao.money import ZERO, exact, show
from wenxiao.narrative import SEVERITY, rate_text
from wenxiao.words import GRADES

NONE: Final = "—"
CHARTS: Final = {
    "得分与失分": charts.points_chart,
    "完成程度": charts.attainment_chart,
    "预算执行": charts.budget_chart,
}
_NAMED: Final = {
    INK: "ink", BLUE: "blue", PALE: "pale", GREY: "grey", RED: "red", LOST: "lost",
}  # fmt: skip
_FILL: Final = re.compile(r'fill="(#[0-9a-f]{6})"|fill: (#[0-9a-f]{6})')


def card(label: str, number: str, said: str = "", colour: str = "") -> str:
    """Give a number with its label, and a word on it; ``said`` is HTML."""
    mark = f" wx-{colour}" if colour else ""
    under = f'<span class="wx-quiet">{said}</span>' if said else ""
    return f'<span class="wx-quiet">{label}</span><span class="wx-number{mark}">{html.escape(number)}</span>{under}'


def total(now: Evaluation | None, base: Evaluation) -> str:
    """总分 and how it differs from that of the facts as they are."""
    if now is None or now.total is None:
        return card("总分", NONE)
    return card("总分", _points(now, now.total), _difference(now.total, base.total))


def grade(now: Evaluation | None, base: Evaluation) -> str:
    """等级, and the one before where it is another."""
    shown = GRADES[now.grade] if now is not None and now.grade else NONE
    before = GRADES[base.grade] if base.grade else ""
    said = f"原为 {before}" if before and now is not None and now.grade != base.grade else ""
    return card("等级", shown, said)


def rate(now: Evaluation | None, base: Evaluation) -> str:
    """预算执行率, and the one before where it is another."""
    if now is None:
        return card("执行率", NONE)
    changed = now.budget.total.outturn != base.budget.total.outturn
    return card("执行率", rate_text(now), f"原为 {rate_text(base)}" if changed else "")


def lost(now: Evaluation | None, base: Evaluation) -> str:
    """Points lost by all that can be scored."""
    points = None if now is None else _lost(now)
    if now is None or points is None:
        return card("失分", NONE)
    without = sum(score.points is not None and score.value is None for score in _scores(now))
    said = f"另有 {without} 项算不出" if without else _difference(points, _lost(base))
    return card("失分", _points(now, points), said)


def findings(now: Evaluation | None, base: Evaluation) -> str:
    """How many findings are open, by gravity."""
    if now is None:
        return card("核对发现", NONE)
    open_ = [one.severity for one in now.findings if one.acknowledged is None]
    counted = [f"{name} {open_.count(severity)}" for severity, name in SEVERITY.items() if severity in open_]
    return card("核对发现", f"{len(open_)} 项", "，".join(counted), "red" if "error" in open_ else "")


def news(now: Evaluation, base: Evaluation) -> str:
    """Findings that came and went by what was changed, and why there is no total."""
    before, after = ({(f.code, f.where): f for f in one.findings} for one in (base, now))
    came = [after[key] for key in after if key not in before]
    gone = [before[key] for key in before if key not in after]
    parts = [f'<div class="wx-amber">{html.escape(now.reason)}</div>'] if now.reason else []
    parts += _findings("新出现", came) + _findings("不再出现", gone)
    return "".join(parts)


def _findings(label: str, found: Sequence[Finding]) -> list[str]:
    shown = [f"<div>{label}：{html.escape(f'{one.code} {one.message}')}</div>" for one in found[:3]]
    return [*shown, *([f"<div>{label}的还有 {len(found) - 3} 项</div>"] if len(found) > 3 else [])]


def score(now: Score | None, base: Score, scored: bool, places: int) -> str:
    """A score with its bar, or why there is none."""
    if now is None:
        return NONE
    if now.value is None or now.points is None:
        why = now.reason if scored else "本评分规则不计分"
        return f'<span class="wx-quiet">{html.escape(why or NONE)}</span>'
    with exact():
        share = 100 * now.value / now.points if now.points else Decimal(100)
    change = _difference(now.value, base.value) if base.value != now.value else ""
    words = f"{now.value:.{places}f} / {show(now.points)}"
    return f'<span class="wx-bar"><span style="width:{share:.1f}%"></span></span>{words} {change}'


def problems(found: Iterable[Problem]) -> str:
    """What the loader says of a field."""
    return "".join(f'<div role="alert">{html.escape(one.wrong.zh + one.instead.zh)}</div>' for one in found)


def chart(figure: Figure | None) -> str:
    """Give a chart as part of the page, so that its colours are those of the theme."""
    if figure is None or figure.svg is None:
        return '<span class="wx-quiet">没有可以画的数。</span>'
    alt = html.escape(figure.alt, quote=True)
    svg = _FILL.sub(_coloured, clean_svg(figure.svg))
    caption = f'<div class="wx-quiet">{html.escape(figure.caption)}</div>'
    return svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1) + caption


def _coloured(found: re.Match[str]) -> str:
    colour = found[1] or found[2]
    named = f"var(--wx-{_NAMED[colour]},{colour})" if colour in _NAMED else colour
    return f'style="fill:{named}"' if found[1] else f"fill: {named}"


def _points(now: Evaluation, value: Decimal) -> str:
    return f"{value:.{now.rules.score_places}f}"


def _scores(one: Evaluation) -> list[Score]:
    return [one.budget.score, *(result.score for result in one.indicators)]


def _lost(one: Evaluation) -> Decimal | None:
    known = [(s.points, s.value) for s in _scores(one) if s.points is not None and s.value is not None]
    if not known or not one.rules.scored:
        return None
    with exact():
        return sum((points - value for points, value in known), ZERO)


def _difference(now: Decimal, before: Decimal | None) -> str:
    if before is None or now == before:
        return ""
    with exact():
        by = now - before
    return f"（{signed(by)}）"


CARDS: Final = {"total": total, "grade": grade, "rate": rate, "lost": lost, "findings": findings}
"""Results by name: each gives its card for what stands in the panel now and for the facts as they are."""
