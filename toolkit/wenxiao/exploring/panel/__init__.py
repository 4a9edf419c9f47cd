"""``wx.explore``: a panel of sliders and fields; scores, total, grade and a chart follow each change at once."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from wenxiao.errors import InputError, Problem
from wenxiao.evaluation import Evaluation
from wenxiao.exploring import showing
from wenxiao.exploring.copying import params_text
from wenxiao.exploring.meeting import following
from wenxiao.exploring.opening import evaluate, original
from wenxiao.exploring.panel import facts, shown
from wenxiao.exploring.panel.controls import Choice, Control
from wenxiao.exploring.panel.keeper import Keeper
from wenxiao.exploring.panel.keeping import overrides_text, write_new
from wenxiao.exploring.panel.rows import IndicatorRow, Row, box, page
from wenxiao.exploring.scenarios import scenarios
from wenxiao.exploring.telling import changes_told, stated_at
from wenxiao.loading import load_project
from wenxiao.model import Project
from wenxiao.money import grouped
from wenxiao.words import CATEGORIES


def explore(project: Project | str | Path) -> "Panel":
    """Give a panel that asks "what if" of a project (or of a params file's path).

    全年执行数, the actual of each indicator, level and share of what is judged, and the rubric can be changed; each
    change is a ``what_if``, evaluated exactly. The panel holds the result: ``project``, ``evaluation``, ``overrides``,
    ``params``. In an exported page or PDF the table of :func:`wenxiao.scenarios` stands in its place.

    Raises:
        InputError: the project can't be loaded or evaluated.

    >>> import wenxiao as wx
    >>> panel = wx.explore("params/2021/xinhuang-video-conference.yaml")
    >>> panel.controls["budget.total.outturn"].put("30")
    >>> panel.overrides, panel.evaluation.budget.total.rate < 1
    ({'budget.total.outturn': '30'}, True)
    """
    return Panel(project if isinstance(project, Project) else load_project(project))


class Panel(widgets.VBox):
    """The widget of :func:`explore`.

    ``base`` is the project as it was given. ``project`` and ``evaluation`` are what stands in the panel now; None while
    something is written that can't be. ``controls`` are by field path.
    """

    def __init__(self, project: Project):
        self.base, self._before = project, evaluate(project)
        self.project: Project | None = project
        self.evaluation: Evaluation | None = self._before
        self._waiting = False
        self._results = {name: page("", f"wx-{name}", "wx-card") for name in shown.CARDS}
        self._said, self._head = page("", "wx-said"), page("", "wx-head")
        self._rows = list(self._made_rows())
        self.controls: dict[str, Control] = {one.where: one for row in self._rows for one in row.controls}
        self._picture, self._chart = page("", "wx-chart"), self._chart_choice()
        self._keeper = Keeper(self)
        super().__init__(self._parts())
        self.add_class("wx-panel")
        self._update()

    @property
    def overrides(self) -> dict[str, str | None]:
        """What differs from the params file: field path → value, as ``load`` and papermill take it."""
        given = {where: stated_at(self.base, where) for where, _ in self.base.overrides}
        return {**given, **self._facts()}

    @property
    def params(self) -> str:
        """The text of the params file with the changed facts; its comments stay, and a new one tells the changes."""
        return params_text(original(self.base), self.overrides)

    def save_overrides(self, path: str | Path) -> Path:
        """Write a parameters file for ``papermill … -f``.

        Raises:
            NotKeptError: there is a file of that name, or it can't be written.
        """
        return write_new(path, overrides_text(self.base, self.overrides))

    def save_params(self, path: str | Path) -> Path:
        """Write a params file with the changed facts; none is ever replaced.

        Raises:
            NotKeptError: there is a file of that name, or it can't be written.
        """
        return write_new(path, self.params)

    def reset(self) -> None:
        """Take all facts back to what is stated."""
        with self._together():
            for control in self.controls.values():
                if control.altered:
                    control.put(control.stated)

    # --- building -----------------------------------------------------------------------------------------------------

    def _made_rows(self) -> Iterator[Row]:
        fitting, others = facts.rubrics(self.base)
        note = f"不适用于本项目的 {len(others)} 套没有列出" if others else ""
        rubric = Choice("rubric", "评分规则", self.base.rubric, "wx-rubric", self._update, fitting)
        yield Row("评分规则", (rubric,), note, "wx-wide")
        unit = self.base.budget.amount_unit
        if self.base.budget.sources:
            yield Row(
                "全年执行数",
                (),
                f"按资金来源；全年预算数合计 {grouped(self._before.budget.total.adjusted)} {unit}",
            )
        for name, part, control in facts.amounts(self.base, self._update):
            yield Row(name, (control,), f"全年预算数 {grouped(part.adjusted)} {unit}")
        for i, result in enumerate(self._before.indicators):
            yield IndicatorRow(i, result, self._update, self._levelled)

    def _parts(self) -> list[Any]:
        rows, last = [], ""
        for row in self._rows:
            group = (
                CATEGORIES[self.base.indicators[row.index].category] if isinstance(row, IndicatorRow) else ""
            )
            if group and group != last:
                rows.append(page(f"<b>{group}</b>", "wx-group"))
            last = group
            rows.append(row.widget)
        body = box(
            (
                box((*self._results.values(), self._said), "wx-results"),
                box(rows, "wx-fields"),
                box((self._chart, self._picture), "wx-picture"),
            ),
            "wx-body",
        )
        return [page(f"<style>{_style()}</style>", "wx-style"), self._head, body, self._keeper.widget]

    def _chart_choice(self) -> Any:
        first = next((name for name, draw in shown.CHARTS.items() if draw(self._before) is not None), None)
        made = widgets.ToggleButtons(options=list(shown.CHARTS), value=first, style={"button_width": "auto"})
        made.add_class("wx-picked")
        made.observe(lambda _: self._draw(), "value")
        return made

    # --- following ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Take several changes for one."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
        self._update()

    def _levelled(self, index: int) -> None:
        """Let the share follow a level into its band."""
        if self._waiting:
            return
        row = next(row for row in self._rows if isinstance(row, IndicatorRow) and row.index == index)
        with self._together():
            rules = (self.evaluation or self._before).rules
            level = row.level.value
            row.share.put(None if level is None else facts.fitting_share(level, row.share.value, rules))

    def _facts(self) -> dict[str, str | None]:
        changed = {one.where: one.value for one in self.controls.values() if one.altered}
        return {**changed, **following(self.base.budget, changed)}

    def _update(self) -> None:
        if self._waiting:
            return
        changed, problems = self._facts(), tuple[Problem, ...]()
        try:
            self.project = self.base.what_if(changed) if changed else self.base
            self.evaluation = evaluate(self.project) if changed else self._before
        except InputError as error:
            self.project = self.evaluation = None
            problems = error.problems
        self._tell(changed, problems)

    def _tell(self, changed: dict[str, str | None], problems: tuple[Problem, ...]) -> None:
        now, base = self.evaluation, self._before
        rules = (now or base).rules
        left = set(problems)
        for row in self._rows:
            if isinstance(row, IndicatorRow):
                row.follow(rules)
                row.tell(now, base)
            else:
                row.show(row.controls)
            left -= row.complain(problems)
        self._tell_budget(now, base)
        for name, card in shown.CARDS.items():
            self._results[name].value = card(now, base)
        wrong = (
            f'<div class="wx-red">有 {len(problems)} 处要先改正，改好后重新计算。</div>' if problems else ""
        )
        self._said.value = wrong + shown.problems(problem for problem in problems if problem in left) + (
            shown.news(now, base) if now else ""
        )  # fmt: skip
        about = self.base.project
        told = changes_told(self.base, changed)
        said = (
            f'<span class="wx-amber">已改：{html.escape("；".join(told))}</span>'
            if told
            else "没有改动，结果与项目文件一致。"
        )
        self._head.value = f'<div class="wx-title">试算：{html.escape(about.name)}（{about.year}年度）</div><div class="wx-quiet">{said}</div>'
        self._draw()
        self._keeper.stale()

    def _tell_budget(self, now: Evaluation | None, base: Evaluation) -> None:
        rules = (now or base).rules
        self._rows[1].score.value = shown.score(
            now.budget.score if now else None, base.budget.score, rules.scored, rules.score_places
        )

    def _draw(self) -> None:
        if self.evaluation is None:
            self._picture.add_class("wx-stale")
            return
        self._picture.remove_class("wx-stale")
        self._picture.value = shown.chart(shown.CHARTS[self._chart.value](self.evaluation))

    # --- shown elsewhere ----------------------------------------------------------------------------------------------

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Give the widget, and for pages and consoles without widgets the scenarios."""
        changed = self._facts()
        table = scenarios(self.base, {"面板中的改动": changed} if changed else None)
        return {**super()._repr_mimebundle_(**options), **showing.bundle(table.blocks)}

    def __repr__(self) -> str:
        return f"<试算：{self.base.name}，已改 {len(changes_told(self.base, self._facts()))} 处>"


@cache
def _style() -> str:
    return resources.files("wenxiao.exploring.panel").joinpath("panel.css").read_text(encoding="utf-8")
