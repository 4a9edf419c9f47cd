"""Forms damaged at random: never a traceback, never a wrong figure of which nothing is said."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mutations
from form_files import C
from forms import LAYOUTS, form_of, layout_of
from helpers import PARAMS
from imported_facts import grid_of
from mutations import MUTATIONS, mutated, outcome
from wenxiao.importing.grid import Grid
from wenxiao.importing.interpreting import Imported, interpret
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.loading import load_project, sheet_of


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


WORDS = [
    "项目名称",
    "实施单位",
    "项目资金（万元）",
    "年初预算数",
    "全年预算数(A)",
    "全年执行数(B)",
    "分值",
    "执行率(B/A)",
    "得分",
    "年度资金总额",
    "其中：当年财政拨款",
    "预期目标",
    "实际完成情况",
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "偏差原因分析",
    "产出指标(50分)",
    "数量指标",
    "满意度指标",
    "指标性质",
    "度量单位",
    "总分",
    "100",
    "96",
    "优",
    "≥95%",
    "=8个",
    "98.74%",
    "38.14",
    "—",
    "/",
    "……",
    "12345678901234567890123",
    "1,234.5",
    "-3",
    "2022年度",
    "31月1日",
    "a\x00b",
    "\u2028",
    "𝒳🎉",
    "'\"#:-[",
    "按收入性质分：",
    "一般公共预算：1873.66",
    "得分系数",
    "评分标准",
    "年度绩效目标1（40分）",
    "单位：元",
    "其他需要说明事项",
    "填报日期：2022-04-20",
    "0.000000001",
    "一、基本情况",
]
cells = st.tuples(st.sampled_from(WORDS), st.integers(1, 3), st.integers(1, 3))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.lists(cells, min_size=1, max_size=9), min_size=1, max_size=9),
    st.sampled_from(["docx", "text"]),
)
def test_any_table_of_the_words_of_forms_is_survived_and_its_text_can_be_opened(rows, kind):
    grid = grid_of([[[C(text, columns, down) for text, columns, down in row] for row in rows]], kind)
    imported = interpret(grid)
    sheet_of("imported.yaml", imported.text)  # raises where the text is no YAML
    assert imported.status != "read" or imported.project is not None


def _is_a_value(text: str) -> bool:
    """Tell a figure with decimals, whose spelling is kept wherever it goes, from points and headings."""
    plain = squeezed(text)
    return plain.count(".") == 1 and plain.replace(".", "").isdigit() and not plain.startswith("0")
