"""A row of the panel: what a fact belongs to, its controls, its score, and what the loader says of it."""

import html
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from wenxiao.errors import Problem
from wenxiao.evaluation import Evaluation, IndicatorResult
from wenxiao.exploring.panel import facts, shown
from wenxiao.exploring.panel.controls import Changed, Choice, Control
from wenxiao.rubric import Rules


def page(content: str = "", *marks: str) -> Any:
    """Give a widget that shows HTML, with class names."""
    made = widgets.HTML(content)
    for mark in marks:
        made.add_class(mark)
    return made


def box(children: Iterable[Any], *marks: str) -> Any:
    """Give a widget that holds others, with class names; the style sheet lays them out."""
    made = widgets.Box(list(children))
    for mark in marks:
        made.add_class(mark)
    return made


class Row:
    """A row with one or more controls; ``score`` says what is computed of it."""

    def __init__(self, about: str, controls: Iterable[Control], note: str = "", *marks: str):
        self._about, self._note = about, note
        self.controls = list(controls)
        self.name, self.score = page("", "wx-name"), page("", "wx-score")
        self._messages = {control.where: page("", "wx-message") for control in self.controls}
        self._entry = box((), "wx-entry")
        self.widget = box((self.name, self._entry, self.score), "wx-row", *marks)
        self.show(self.controls)

    def show(self, controls: Iterable[Control]) -> None:
        """Show some of the controls, and what each stated where another fact stands now."""
        before, parts = [], []
        for control in controls:
            alone = ("wx-alone",) if len(control.widgets) == 1 else ()
            parts += [self._boxed(control, alone), self._messages[control.where]]
            if control.altered:
                before.append(f"原为 {html.escape(_label(control))}")
        if [id(part) for part in parts] != [id(part) for part in self._entry.children]:
            self._entry.children = parts
        said = "；".join(
            filter(None, (self._note, *(f'<span class="wx-amber">{one}</span>' for one in before)))
        )
        self.name.value = f'<b>{html.escape(self._about)}</b><br><span class="wx-quiet">{said}</span>'

    def _boxed(self, control: Control, marks: tuple[str, ...]) -> Any:
        if control.boxed is None:
            control.boxed = box(control.widgets, "wx-control", *marks)
        return control.boxed

    def complain(self, problems: Iterable[Problem]) -> set[Problem]:
        """Show what the loader says of the row's facts; give what was shown."""
        said: set[Problem] = set()
        shown_here = {id(widget) for widget in self._entry.children}
        for where, message in self._messages.items():
            mine = [one for one in problems if one.where == where and id(message) in shown_here]
            message.value = shown.problems(mine)
            said |= set(mine)
        return said


def _label(control: Control) -> str:
    if isinstance(control, Choice):
        return control.label(control.stated).split("　")[0]
    return control.stated or "未写明"


class IndicatorRow(Row):
    """The row of an indicator: its actual, and level and share where the rules judge it."""

    def __init__(self, index: int, base: IndicatorResult, changed: Changed, levelled: Callable[[int], None]):
        self.index, self._base = index, base
        self.actual = facts.actual(index, base, changed)
        self.level = facts.level(index, base, lambda: levelled(index))
        self.share = facts.share(index, base, changed)
        one = base.indicator
        note = f"指标值 {html.escape(one.target or '未写明')}"
        if not base.quantitative and one.actual:
            note += f"；完成 {html.escape(one.actual)}"
        super().__init__(one.name, (self.actual, self.level, self.share), note)

    def follow(self, rules: Rules) -> None:
        """Show the controls that count under the rules, and those that were used already."""
        level, share = facts.judged(self._base, rules)
        wanted = [
            (self.actual, self._base.quantitative or self._base.indicator.actual is None),
            (self.level, level),
            (self.share, share),
        ]
        self.show([control for control, counts in wanted if counts or control.altered])

    def tell(self, now: Evaluation | None, base: Evaluation) -> None:
        """Show the score."""
        rules = (now or base).rules
        self.score.value = shown.score(
            now.indicators[self.index].score if now else None, base.indicators[self.index].score, rules.scored,
            rules.score_places,
        )  # fmt: skip
