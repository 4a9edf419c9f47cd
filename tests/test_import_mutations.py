"""Forms damaged at random: never a traceback, never a wrong figure of which nothing is said."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mutations
from forms import LAYOUTS, form_of, layout_of
from helpers import PARAMS
from imported_facts import grid_of
from mutations import MUTATIONS, mutated, outcome
from wenxiao.importing.grid import Grid
from wenxiao.importing.interpreting import Imported, interpret
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.loading import load_project


@cache
def sound() -> list[tuple[str, Grid, Imported]]:
    """Give every example in the layout of its place and in the ministry's, and what an import gives of it."""
    found = []
    for path in PARAMS:
        project = load_project(path)
        for layout in dict.fromkeys((layout_of(project), "ministry")):
            grid = grid_of(form_of(project, layout))
            found.append((f"{path.stem} {layout}", grid, interpret(grid)))
    return found


def test_300_damaged_forms_give_no_silently_wrong_figure():
    forms = sound()
    wrong = []
    for seed in range(300):
        name, grid, truth = forms[seed % len(forms)]
        done = outcome(grid, truth, seed)
        wrong += [f"{name}, seed {seed}, {done.mutation}: {one}" for one in (*done.silent, *done.lost)]
    assert not wrong, "\n".join(wrong)


def test_the_comparison_sees_a_wrong_figure(monkeypatch: pytest.MonkeyPatch):
    """Were the doubts left out, figures that moved would be found wrong."""
    monkeypatch.setattr(mutations, "_said_of", lambda *_: False)
    forms = sound()
    assert sum(bool(outcome(*forms[seed % len(forms)][1:], seed).silent) for seed in range(60)) > 10


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(sorted(LAYOUTS)), st.integers(2, 6))
def test_several_damages_at_once_are_survived_and_every_cell_is_used_or_listed(
    seed: int, layout: str, times: int
):
    chance = random.Random(seed)
    grid = grid_of(form_of(load_project(chance.choice(PARAMS)), layout))
    for _ in range(times):
        grid = mutated(grid, chance.choice(MUTATIONS), chance)
    imported = interpret(grid)
    told = squeezed(
        imported.text + "".join(one.text for one in imported.unread) + "".join(n.text for n in imported.notes)
    )
    for item in mutations.texts(grid):
        if not is_blank(item.text) and _is_a_value(item.text):
            assert squeezed(item.text).rstrip("分") in told, item


def _is_a_value(text: str) -> bool:
    """Tell a figure with decimals, whose spelling is kept wherever it goes, from points and headings."""
    plain = squeezed(text)
    return plain.count(".") == 1 and plain.replace(".", "").isdigit() and not plain.startswith("0")
