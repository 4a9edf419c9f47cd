"""The API in a notebook: what-if runs, displays, DataFrames, and what `wx.<Tab>` offers."""

import contextlib
import copy
import inspect
import itertools
import pickle
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import wenxiao as wx
from helpers import ROOT
from wenxiao.document import Paragraph, Table, from_html, plain_text
from wenxiao.exploring.changes import changes
from wenxiao.exploring.console import WIDTH, breaks
from wenxiao.exploring.opening import original
from wenxiao.exploring.results import before
from wenxiao.exploring.showing import blocks_of
from wenxiao.loading import facts

PARAMS = sorted((ROOT / "params").glob("*/*.yaml"))
XINHUANG = ROOT / "params" / "2021" / "xinhuang-video-conference.yaml"
FORESTRY = ROOT / "params" / "2021" / "lingling-forestry.yaml"
TRIAL = """\
schema: wenxiao/1
project: {name: 甲村道路修缮, year: 2021, unit: 甲村}
budget:
  amount_unit: 万元
  sources: [{name: 当年财政拨款, adjusted: 40, outturn: 38}]
indicators:
  - {category: output, subcategory: quantity, name: 修路, target: =10公里, actual: 8公里, points: 50, deviation_cause: 张三说有雨}
  - {category: outcome, subcategory: social, name: 出行方便, target: 明显, actual: 明显, points: 30, level: achieved, share: 90%}
  - {category: satisfaction, subcategory: satisfaction, name: 村民满意度, target: ≥90%, actual: 95%, points: 10}
contact: {name: 张三, phone: "0745-0000000"}
redact: [张三]
"""


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "trial.yaml"
    path.write_text(TRIAL, encoding="utf-8")
    return path


# --- what if ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_a_what_if_is_the_file_loaded_with_overrides(path):
    """Whatever is replaced, and in however many steps: the same project, and the same bytes of its evaluation."""
    project = wx.load(path)
    where = "budget.total" if project.budget.total else "budget.sources[0]"
    steps = [
        {f"{where}.outturn": "3"},
        {"indicators[0].actual": "约 1 个", "indicators[0].level": None},
        {f"{where}.outturn": 4},
    ]
    changed = project
    for step in steps:
        changed = changed.what_if(step)
    merged = {key: value for step in steps for key, value in step.items()}
    loaded = wx.load(path, merged)
    assert (facts(changed), changed.overrides, changed) == (facts(loaded), loaded.overrides, loaded)
    assert wx.evaluate(changed).as_json() == wx.evaluate(loaded).as_json()
    assert original(changed) == project == wx.load(path)


def test_the_project_itself_stays_as_it_is(trial):
    project = wx.load(trial)
    stated = facts(project)
    changed = project.what_if({"indicators[0].actual": "10公里"})
    assert facts(project) == stated
    assert not project.overrides
    assert wx.evaluate(changed).total - wx.evaluate(project).total == Decimal("10.00")
    assert dict(changed.overrides) == {"indicators[0].actual": "10公里"}


@pytest.mark.parametrize(
    ("overrides", "place", "said"),
    [
        ({"budget.total.outturn": "30"}, "trial.yaml", "budget.sources[0].outturn"),
        ({"indicator[0].actual": "8公里"}, "trial.yaml", "indicators[0].actual"),
        ({"indicators[7].actual": "8公里"}, "trial.yaml", "indicators[0].actual"),
        ({"outturn": "30"}, "trial.yaml:1:1", "outturn"),
        ({"budget.sources[0].outturn": "30万元"}, "trial.yaml:5:51", "outturn: 30"),
        ({"budget.sources[0].outtrun": "30"}, "trial.yaml:5:13", "outturn:"),
        ({"indicators[1].level": "good"}, "trial.yaml:8:", "achieved（达成）"),
    ],
)  # fmt: skip
def test_a_slip_is_told_as_the_loader_tells_it(trial, monkeypatch, overrides, place, said):
    monkeypatch.chdir(trial.parent)
    project = wx.load(trial)
    with pytest.raises(wx.InputError) as told:
        project.what_if(overrides)
    with pytest.raises(wx.InputError) as loaded:
        wx.load(trial, overrides)
    assert str(told.value) == str(loaded.value)
    assert str(told.value).startswith(place)
    assert said in str(told.value)


def test_all_slips_are_told_at_once(trial):
    with pytest.raises(wx.InputError) as told:
        wx.load(trial).what_if({"a.b": 1, "indicators[0].points": "x", "budget.amount_unit": "角"})
    assert len(told.value.problems) == 3


def test_what_is_hidden_stays_hidden_in_a_what_if(trial):
    changed = wx.load(trial).what_if({"indicators[0].deviation_cause": "张 三又说"})
    shown = wx.evaluate(changed)
    for text in (
        str(changed),
        str(shown),
        repr(changed),
        shown.as_json(),
        changed._repr_mimebundle_()["text/html"],
    ):
        assert "张" not in text
        assert "0745" not in text
    assert "〔已隐去〕又说" in changed.indicators[0].deviation_cause
    assert b"\xe5\xbc\xa0\xe4\xb8\x89" not in pickle.dumps(wx.load(trial))


def test_a_project_survives_copies_and_pickles(trial):
    changed = wx.load(trial).what_if({"budget.sources[0].outturn": "20"})
    for other in (pickle.loads(pickle.dumps(changed)), copy.deepcopy(changed), changed.model_copy(deep=True)):
        assert other == changed
        assert other.what_if({"budget.sources[0].outturn": "40"}).budget.sources[0].outturn == 40


def test_a_project_made_in_python_can_be_asked_too(trial):
    from wenxiao.model import Project

    made = Project.model_validate(facts(wx.load(trial)))
    changed = made.what_if({"budget.sources[0].outturn": "40"})
    assert original(changed) == made
    assert wx.evaluate(changed).budget.score.value == 10
    with pytest.raises(wx.InputError, match="甲村道路修缮"):
        made.what_if({"budget.sources[0].outturn": "x"})


def test_the_own_rubric_of_a_bureau_is_named_relative_to_the_params_file(trial, monkeypatch):
    """…and stays found when a fact is replaced, from wherever the process runs."""
    text = (ROOT / "toolkit/wenxiao/rubrics/mof-2020.yaml").read_text(encoding="utf-8")
    (trial.parent / "own.yaml").write_text(text.replace("id: mof-2020", "id: county-own"), encoding="utf-8")
    trial.write_text(TRIAL.replace("project:", "rubric: own.yaml\nproject:", 1), encoding="utf-8")
    monkeypatch.chdir(trial.parent.parent)
    project = wx.load(trial)
    step = project.what_if({"budget.sources[0].outturn": "40"})
    assert wx.evaluate(step).rules.id == wx.evaluate(project).rules.id == "county-own"
    assert wx.evaluate(step.what_if({"rubric": "mof-2020"})).rules.id == "mof-2020"
    assert (
        wx.evaluate(project.what_if({"rubric": "mof-2020"}).what_if({"rubric": "own.yaml"})).rules.id
        == "county-own"
    )
    elsewhere = project.model_copy(update={"rubric": (trial.parent / "own.yaml").as_posix()})
    assert wx.evaluate(elsewhere.what_if({"budget.sources[0].outturn": "1"})).rules.id == "county-own"


def test_evidence_is_not_read_again_for_every_move(trial):
    trial.write_text(
        TRIAL.replace("target: ≥90%", "evidence: [{title: 问卷, file: e.txt}], target: ≥90%"),
        encoding="utf-8",
    )
    (trial.parent / "e.txt").write_text("甲", encoding="utf-8")
    project = wx.load(trial)
    (trial.parent / "e.txt").unlink()
    changed = project.what_if({"budget.sources[0].outturn": "40"})
    assert changed.indicators[2].evidence == project.indicators[2].evidence
    with pytest.raises(wx.InputError, match=r"f\.txt"):
        project.what_if({"indicators[2].evidence[0].file": "f.txt"})


def test_every_path_that_is_offered_is_taken():
    project = wx.load(FORESTRY)
    offered = project.paths()
    assert {"budget.amount_unit", "indicators[0].actual", "rubric"} <= set(offered)
    assert not [where for where in offered if where.startswith(("contact", "redact", "schema"))]
    for where in offered:
        with contextlib.suppress(wx.InputError):  # a fact may be needed; the path is none the less one
            project.what_if({where: None})


# --- evaluate and compare ---------------------------------------------------------------------------------------------


def test_evaluate_takes_an_id_a_path_a_rubric_or_nothing(trial):
    project = wx.load(trial)
    file = ROOT / "toolkit/wenxiao/rubrics/mof-2020.yaml"
    ways = [None, "mof-2020", wx.load_rubric("mof-2020"), str(file), file]
    found = [wx.evaluate(project, way) for way in ways]
    assert {one.as_json() for one in found} == {found[0].as_json()}
    assert wx.evaluate(project, wx.load_rubric(project.rubric)).project is project
    assert wx.evaluate(project, wx.load_rubric("county-no-scores")).project.rubric == "county-no-scores"
    assert found[0].as_json() == wx.check_file(trial).as_json()


@pytest.mark.parametrize(
    ("overrides", "rubric", "said"),
    [
        ({}, "mof-2099", r"没有评分规则“mof-2099”"),
        ({}, "nowhere.yaml", "nowhere.yaml: 找不到这个文件"),
        ({"project.year": "2001"}, None, r"trial.yaml:2:\d+  project.year\n.*不适用于 2001 年度"),
        ({"indicators[0].level": "achieved"}, None, r"trial.yaml:7:\d+  indicators\[0\].level"),
    ],
)
def test_what_cannot_be_evaluated_says_why_and_where(trial, overrides, rubric, said):
    with pytest.raises(wx.InputError, match=said):
        wx.evaluate(wx.load(trial).what_if(overrides), rubric)


def test_projects_are_compared_as_their_files_are(trial):
    project = wx.load(trial)
    changed = project.what_if({"indicators[0].actual": "10公里"})
    found = wx.compare(project, changed)
    row = next(row for row in found.rows if row["where"] == "indicators[0]")
    assert row["change"] == Decimal("10.00")
    assert "实际完成值 8公里 → 10公里" in row["why"]
    assert "试算" in found.notes[0].zh
    assert wx.compare(wx.evaluate(project), changed).rows == found.rows == wx.compare(trial, changed).rows
    under = wx.compare(changed, "county-no-scores")
    assert under.rows == wx.compare(wx.evaluate(changed), "county-no-scores").rows
    assert under.rows[-2]["b"] is None


# --- displays ---------------------------------------------------------------------------------------------------------


def values(path):
    project = wx.load(path)
    where = "budget.total.outturn" if project.budget.total else "budget.sources[0].outturn"
    changed = project.what_if({where: "1", "indicators[0].actual": "$5 & <b>"})
    evaluation, what_if = wx.evaluate(project), wx.evaluate(changed)
    yield from (project, changed, evaluation, what_if, what_if.findings, evaluation.budget, project.paths())
    yield from (
        *evaluation.findings[:3],
        *what_if.indicators,
        *project.indicators,
        wx.load_rubric(project.rubric),
    )
    yield from (wx.compare(project, changed), wx.scenarios(project), wx.portfolio([evaluation]))


@pytest.mark.parametrize("path", [XINHUANG, FORESTRY, *PARAMS[:3]], ids=lambda path: path.stem)
def test_every_value_shows_itself(path):
    for value in values(path):
        found = value._repr_mimebundle_()
        bundle = found[0] if isinstance(found, tuple) else found
        page, text = bundle["text/html"], str(value)
        assert not re.search(
            r"<script|<b>|https?://(?!www\.)\S+\.(js|css)|url\(|@import| on\w+=| style=| id=", page
        ), page[:2000]
        for table in (block for block in from_html(page) if isinstance(block, Table)):
            assert table.caption
            assert table.head or all(row[0].scope for row in table.body)
            assert all(cell.scope == "col" for row in table.head for cell in row)
        assert text.strip()
        assert max(map(cell_len, text.splitlines())) <= WIDTH
        assert not re.search(r"\x1b|\s$", text)
        if not isinstance(found, tuple):
            assert bundle["text/plain"] == text
            assert "\n" not in repr(value)
            assert len(repr(value)) < 600


def test_text_and_page_say_the_same(trial):
    """Nothing gets lost on the way to the console: every cell of the page stands in its text."""
    evaluation = wx.evaluate(wx.load(trial).what_if({"indicators[0].actual": "10公里"}))
    text = re.sub(r"\s", "", str(evaluation))
    for block in blocks_of(evaluation):
        for line in plain_text([block]).splitlines():
            if (
                line
                and isinstance(block, Table)
                and not any(line in cell.text for row in block.body for cell in row)
            ):
                continue  # a heading, which a folded table may not print
            assert len(line) > 12 or re.sub(r"\s", "", line) in text, line


def test_a_console_keeps_numbers_and_paths_whole_and_loses_none():
    """…where headings are wider than what stands below them, and where a path is long."""
    evaluations = [wx.check_file(path) for path in PARAMS]
    for value in (
        wx.portfolio(evaluations),
        wx.load(FORESTRY).paths(),
        *(one.findings for one in evaluations),
    ):
        words = Counter(str(value).split())
        cells = [
            cell
            for block in blocks_of(value)
            if isinstance(block, Table)
            for row in block.body
            for cell in row
        ]
        for text, many in Counter(
            cell.text for cell in cells if cell.align == "right" or cell.kind == "path"
        ).items():
            assert words[text] >= many, text


def test_a_console_breaks_lines_where_chinese_may():
    text = wx.portfolio([wx.check_file(path) for path in PARAMS])
    lines = str(text).splitlines()
    for block in blocks_of(text):
        if isinstance(block, Paragraph):
            said = plain_text([block])
            cuts = [0, *breaks(said, WIDTH), len(said)]
            parts = [said[a:b].rstrip() for a, b in itertools.pairwise(cuts)]
            assert parts == lines[: len(parts)]
            del lines[: len(parts)]


def test_paths_tell_what_each_is_and_fold_those_that_are_not_stated():
    paths = wx.load(FORESTRY).paths()
    table, folded = blocks_of(paths)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.body}
    assert rows["budget.total.outturn"] == ["全年执行数", "3824.26"]
    assert rows["indicators[8].actual"] == ["林产品收入·实际完成值", "2.45亿元"]
    assert rows["indicators[8].printed.score"] == ["林产品收入·原文件写的得分", "5"]
    assert list(rows) == [where for where, value in paths.items() if value]
    unstated = {row[0].text: row[1].text for row in folded.blocks[0].body}
    assert unstated["printed.total"] == "原文件写的总分"
    assert {*rows, *unstated} == {*paths}


def test_a_what_if_shows_what_it_was(trial):
    project = wx.load(trial)
    changed = project.what_if(
        {"indicators[0].actual": "10公里", "indicators[1].level": "partly", "indicators[1].share": "60%"}
    )
    assert [(one.where, one.name, one.before, one.after) for one in changes(changed)] == [
        ("indicators[0].actual", "修路·实际完成值", "8公里", "10公里"), ("indicators[1].level", "出行方便·达成档次", "达成", "部分达成"),
        ("indicators[1].share", "出行方便·档内比例", "90%", "60%"),
    ]  # fmt: skip
    evaluation = wx.evaluate(changed)
    assert before(evaluation).as_json() == wx.evaluate(project).as_json()
    text = str(evaluation)
    for said in ("（原 86.50）", "+10.00", "-9.00", "达到（原 未达到）"):
        assert said in text, text
    assert "10公里\n（原 8公里）" in [
        cell.text
        for block in blocks_of(changed)
        if isinstance(block, Table)
        for row in block.body
        for cell in row
    ]
    assert before(wx.evaluate(project)) is None
    assert "（原" not in str(wx.evaluate(project))


def test_a_what_if_of_a_file_that_could_not_be_evaluated_shows_its_result_alone(trial):
    trial.write_text(TRIAL.replace("share: 90%", "share: 30%"), encoding="utf-8")
    with pytest.raises(wx.InputError):
        wx.evaluate(wx.load(trial))
    mended = wx.evaluate(wx.load(trial).what_if({"indicators[1].share": "90%"}))
    assert before(mended) is None
    assert "总分 86.50" in str(mended)


def test_displays_render_in_the_exported_page_like_other_tables(trial):
    evaluation = wx.evaluate(wx.load(trial))
    found = from_html(evaluation._repr_mimebundle_()["text/html"])
    tables = [block for block in blocks_of(evaluation) if isinstance(block, Table)]
    assert [block for block in found if isinstance(block, Table)] == tables
    assert ".wenxiao-shown" not in plain_text(found)


@given(st.text(st.sampled_from("预算执行率，。（）“”%1234567890. ab—≥"), max_size=120), st.integers(4, 40))
@settings(max_examples=300, deadline=None)
def test_lines_break_where_chinese_may(text, width):
    cuts = [0, *breaks(text, width), len(text)]
    assert cuts == sorted(cuts)
    parts = [text[a:b] for a, b in itertools.pairwise(cuts)]
    assert "".join(parts) == text
    for part in parts:
        assert cell_len(part.rstrip()) <= width
    numbers = [
        found.span() for found in re.finditer(r"[0-9]+", text) if found.end() - found.start() < width // 4
    ]
    if (
        "  " not in text
        and not re.search(r"[（“，。）”%.—≥ab]{2}", text)
        and not re.search(r"[ab.%≥][0-9]|[0-9][ab.%≥]", text)
    ):
        assert not [cut for cut in cuts for start, end in numbers if start < cut < end], parts


def test_an_error_in_a_notebook_is_told_without_a_traceback(trial):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell()
    with capture_output() as said:
        result = shell.run_cell(
            f"import wenxiao as wx\nwx.load({str(trial)!r}).what_if({{'budgt.amount_unit': '元'}})"
        )
    assert isinstance(result.error_in_exec, wx.InputError)
    assert "相近的位置：budget.amount_unit" in said.stdout
    assert "Traceback" not in said.stdout


def test_ipython_shows_the_table_alone_and_a_line_in_a_list(trial):
    from IPython.core.formatters import DisplayFormatter

    project = wx.load(trial)
    evaluation, formatter = wx.evaluate(project), DisplayFormatter()
    for value in (
        project,
        evaluation,
        evaluation.findings,
        project.paths(),
        evaluation.findings[0],
        wx.load_rubric("mof-2020"),
    ):
        bundle, _ = formatter.format(value)
        assert bundle["text/plain"] == str(value)
        assert bundle["text/html"].startswith('<div class="wenxiao-shown')
    for value in (evaluation.indicators, list(evaluation.findings), [project], project.indicators):
        bundle, _ = formatter.format(value)
        assert len(bundle["text/plain"].splitlines()) == len(value)
        assert "text/html" not in bundle


# --- DataFrames -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_frames_are_exact_and_rightly_typed(path):
    evaluation = wx.evaluate(wx.load(path))
    shapes = {
        "scores": len(evaluation.indicators) + 1,
        "indicators": len(evaluation.indicators),
        "project": 1,
    }
    shapes |= {"budget": len(evaluation.budget.sources) + 1, "findings": len(evaluation.findings)}
    for part, rows in shapes.items():
        frame, near, shown = (
            evaluation.frame(part),
            evaluation.frame(part, exact=False),
            evaluation.frame(part, labels=True),
        )
        assert len(frame) == len(near) == len(shown) == rows
        assert not {"float64", "int64", "bool"} & {str(dtype) for dtype in frame.dtypes}
        for name in frame.select_dtypes(object):
            assert {type(value) for value in frame[name]} <= {Decimal, type(None)}, name
            assert str(near[name].dtype) == "Float64"
        assert all(re.search(r"[\u4e00-\u9fff]", title) for title in shown.columns), shown.columns
        assert shown.columns.is_unique
    scores = evaluation.frame()
    assert list(scores["score"]) == [
        evaluation.budget.score.value,
        *(one.score.value for one in evaluation.indicators),
    ]
    with pytest.raises(LookupError, match="scores, indicators"):
        evaluation.frame("score")


# --- the package ------------------------------------------------------------------------------------------------------


def test_tab_shows_the_public_names_and_no_others():
    import wenxiao.portfolio.schema  # a subpackage of the name of a function

    assert dir(wx) == wx.__all__ == sorted(wx.__all__)
    assert (
        wenxiao.portfolio.schema.TABLES
        if hasattr(wx.portfolio, "schema")
        else inspect.isfunction(wx.portfolio)
    )
    from IPython.core.completer import IPCompleter, provisionalcompleter

    with provisionalcompleter():
        found = {one.text for one in IPCompleter(namespace={"wx": wx}, use_jedi=False).completions("wx.", 3)}
    assert {name.removeprefix(".") for name in found} == set(wx.__all__)


@pytest.mark.parametrize("name", sorted(set(wx.__all__) - {"Decimal"}))
def test_every_public_name_says_what_it_gives_with_an_example(name):
    value = getattr(wx, name)
    said = inspect.getdoc(value)
    assert ">>> " in said
    assert "wx." in said
    if inspect.isfunction(value):
        hints = inspect.signature(value)
        assert hints.return_annotation is not inspect.Signature.empty
        assert all(one.annotation is not inspect.Parameter.empty for one in hints.parameters.values())


def test_type_checkers_see_every_public_name():
    source = Path(wx.__file__).read_text(encoding="utf-8")
    stated = source.split("if TYPE_CHECKING:")[1].split("# Name → module")[0]
    for name in set(wx.__all__) - {"Decimal"}:
        assert re.search(rf"\b{name}\b", stated), name


def test_opening_and_evaluating_loads_neither_pandas_nor_jupyter():
    """What a batch's kernel does must stay cheap; displays, DataFrames and panels are loaded where they are used."""
    code = (
        "import sys, wenxiao as wx\n"
        f"p = wx.load({str(FORESTRY)!r}); e = wx.evaluate(p, wx.load_rubric(p.rubric)); p.what_if({{'budget.total.outturn': '1'}}); repr(e)\n"
        "print([m for m in ('pandas', 'IPython', 'ipywidgets', 'rich', 'matplotlib', 'wenxiao.comparing', 'wenxiao.document') if m in sys.modules])"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
