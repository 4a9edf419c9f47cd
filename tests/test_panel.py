"""The what-if panel and the table of scenarios: what they show is what what_if and evaluate compute."""

import io
import json
import subprocess
import sys
from decimal import Decimal

import nbformat
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from pypdf import PdfReader

import wenxiao as wx
from helpers import PARAMS, project
from wenxiao.exploring.copying import params_text
from wenxiao.exploring.numbers import terms_of
from wenxiao.exploring.panel.keeping import NotKeptError
from wenxiao.exploring.panel.scales import MOST, nearest, scale
from wenxiao.loading import Sheet, project_of, source_of
from wenxiao.loading import facts as stated
from wenxiao.publishing.gate.facts import sanctioned
from wenxiao.rendering.html import WenxiaoHTMLExporter
from wenxiao.rendering.pdf import WenxiaoPDFExporter

DEMO = """\
# yaml-language-server: $schema=../schema.json
# 金额照决算
schema: wenxiao/1
project: {name: 视频会议接入, year: 2021, unit: 甲局}
budget:
  amount_unit: 万元
  total: {adjusted: 38.14, outturn: 37.66}  # 决算数
indicators:
  - {category: 产出指标, name: 设备, target: "=8个", actual: 8个, points: 20}
  - {category: 产出指标, name: 合格率, target: "≥95%", actual: "92%", points: 10}
  # 下面一项反向
  - {category: 产出指标, name: 故障, target: ≤3次, actual: 4次, points: 10}
  - {category: 产出指标, name: 完工, target: 2021年5月底前, actual: 2021年6月2日, method: all_or_nothing, points: 10}
  - category: 效益指标
    name: 应急能力
    target: 显著提高
    actual: 明显提高   # 原表
    points: 30
    level: 达成
    share: 92%
  - {category: 满意度指标, name: 满意度, target: ≥90%, actual: 85%, points: 10}
contact: {name: 李四, phone: "12345"}
redact: [王五]
"""
OUTTURN = "budget.total.outturn"


@pytest.fixture
def demo(tmp_path):
    path = tmp_path / "demo.yaml"
    path.write_text(DEMO, encoding="utf-8")
    return path


@pytest.fixture
def panel(demo):
    return wx.explore(demo)


def number(panel, name):
    """Give what a result's card shows as its number."""
    return panel._results[name].value.split("wx-number")[1].split(">")[1].split("<")[0]


def messages(panel):
    return [m.value for row in panel._rows for m in row._messages.values() if m.value]


# --- following --------------------------------------------------------------------------------------------------------


def test_one_change_is_followed_by_all(panel, demo):
    assert number(panel, "total") == "83.26"
    panel.controls[OUTTURN].put("30")
    same = wx.evaluate(wx.load(demo, {OUTTURN: "30"}))
    assert panel.evaluation == same
    assert (
        (number(panel, "total"), number(panel, "rate")) == (f"{same.total}", "78.66%") == ("81.26", "78.66%")
    )
    assert "（−2.00）" in panel._results["total"].value
    assert "7.87 / 10" in panel._rows[1].score.value
    assert "全年执行数 37.66 → 30 万元" in panel._head.value
    assert "B105" in panel._said.value  # a finding that came with it
    assert "7.87（失 2.13）" not in panel._picture.value  # letters of the chart are drawn …
    assert "预算执行率分值10，得7.87" in panel._picture.value  # … and said in its label


def test_slider_writes_the_units_spelling_and_follows_the_field(panel):
    control = panel.controls["indicators[1].actual"]
    assert control.slider.value == "92%"
    control.slider.value = "95%"
    assert (control.value, control.field.value) == ("95%", "95%")
    assert panel.evaluation.indicators[1].score.value == 10
    control.put("40%")
    assert control.slider.value == "40%"
    assert panel.controls["indicators[0].actual"].slider.options[:2] == ("0个", "1个")


def test_share_follows_the_level_into_its_band(panel):
    level, share = panel.controls["indicators[4].level"], panel.controls["indicators[4].share"]
    level.put("partly")
    assert (share.value, number(panel, "total")) == ("79%", "79.36")
    level.put("achieved")
    assert share.value == "80%"
    level.put(None)
    assert share.value is None
    assert "没有写达成档次" in panel._rows[6].score.value
    assert number(panel, "total") == "—"
    assert "算不出得分" in panel._said.value


def test_rubrics_that_fit_and_what_another_one_computes(panel, demo):
    names = [name for _, name in panel.controls["rubric"].field.options]
    assert names[0] == "mof-2020"
    assert "sichuan-10-90" not in names  # applies later
    assert "不适用于本项目的 1 套" in panel._rows[0].name.value
    panel.controls["rubric"].put("county-no-scores")
    assert panel.evaluation == wx.evaluate(wx.load(demo, {"rubric": "county-no-scores"}))
    assert number(panel, "total") == "—"
    assert "本表不设分值" in panel._said.value
    panel.controls["rubric"].put("mof-2020")
    assert panel.overrides == {}


def test_what_is_wrong_is_said_by_the_loader_beside_the_field(panel, demo):
    panel.controls[OUTTURN].put("三十万")
    with pytest.raises(wx.InputError) as said:
        wx.load(demo, {OUTTURN: "三十万"})
    (problem,) = said.value.problems
    assert [problem.wrong.zh + problem.instead.zh in message for message in messages(panel)] == [True]
    assert (panel.project, panel.evaluation, number(panel, "total")) == (None, None, "—")
    panel.controls["indicators[4].share"].put("20%")
    assert len(messages(panel)) == 1  # whether a share fits its level is seen once the file can be read
    panel.controls[OUTTURN].put("37.66")
    assert "不在“达成”的区间" in messages(panel)[0]
    panel.reset()
    assert (messages(panel), panel.evaluation, panel.overrides) == ([], panel._before, {})


def test_an_emptied_field_is_not_stated(panel):
    panel.controls["indicators[0].actual"].put("")
    assert panel.overrides == {"indicators[0].actual": None}
    assert "没有写实际完成值" in panel._rows[2].score.value
    panel.controls[OUTTURN].put("")
    assert "全年执行数是空的" in messages(panel)[0]


def test_text_of_a_file_is_text(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(DEMO.replace("设备", "<b onclick=1>设备</b>"), encoding="utf-8")
    panel = wx.explore(path)
    panel.controls["indicators[0].actual"].put("<script>1</script>")
    pages = [w.value for row in panel._rows for w in (row.name, row.score)] + [
        panel._head.value,
        panel._picture.value,
    ]
    assert not any("<script" in page or "<b onclick" in page for page in pages)


def test_a_stated_total_follows_its_sources():
    budget = {
        "amount_unit": "万元", "total": {"adjusted": "100", "outturn": "91"},
        "sources": [{"name": "拨款", "adjusted": "80", "outturn": "70"}, {"name": "自筹", "adjusted": "20", "outturn": "20"}],
    }  # fmt: skip
    panel = wx.explore(project(budget=budget))
    panel.controls["budget.sources[0].outturn"].put("75.5")
    assert panel.overrides == {"budget.sources[0].outturn": "75.5", OUTTURN: "96.5"}
    assert panel.evaluation.budget.total.outturn == Decimal("95.5")  # the contradiction of 1 stays
    assert "原为 70" in panel._rows[2].name.value
    assert "9.55 / 10" in panel._rows[1].score.value


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_project_opens_and_every_slider_may_stand_anywhere(path):
    panel = wx.explore(path)
    assert panel.overrides == {}
    assert panel.evaluation == wx.evaluate(wx.load(path))
    for control in panel.controls.values():
        for at in (0, -1) if hasattr(control, "slider") else ():
            control.put(control.slider.options[at])
            assert control.slider.value == control.value
            assert panel.evaluation is not None or panel._said.value
        control.put(control.stated)
    panel.reset()
    assert panel.evaluation == panel._before


NUMBERS = st.decimals(0, 10**6, places=3)


@given(NUMBERS.filter(bool), st.lists(NUMBERS, max_size=3), st.integers(0, 6))
def test_scale(high, marks, finest):
    numbers = scale(high, marks, finest)
    assert list(numbers) == sorted(set(numbers))
    assert len(numbers) <= MOST + 1 + len(marks)
    assert {*marks} <= {*numbers}
    assert all(numbers[nearest(numbers, mark)] == mark for mark in marks)


@given(
    st.sampled_from(
        ["8个", "共8个", "=8个", "≥8个", "1.2万亩", "每亩300元", "同比增长5%", "92%", "12", "约8个"]
    ),
    NUMBERS,
)
def test_a_number_put_in_is_read_back(actual, wanted):
    indicator = {
        "category": "output",
        "name": "甲",
        "target": actual.replace("约", ""),
        "actual": actual,
        "points": 90,
    }
    result = wx.evaluate(project(indicators=[indicator])).indicators[0]
    terms = terms_of(result)
    assume(not (actual == "92%" and 200 <= wanted < 300))  # 290% may be a scanned ≥90%, and is not read
    changed = project(indicators=[indicator | {"actual": terms.spelled(wanted)}])
    measured = wx.evaluate(changed).indicators[0]
    assert terms.number(terms.spelled(wanted)) == wanted
    assert measured.measured is not None
    assert measured.measured.value == wanted * terms.like.scale


# --- kept -------------------------------------------------------------------------------------------------------------


def test_overrides_are_those_of_papermill(panel, tmp_path):
    panel.controls[OUTTURN].put("30")
    panel.controls["indicators[4].level"].put("partly")
    kept = yaml.safe_load(panel.save_overrides(tmp_path / "o.yaml").read_text(encoding="utf-8"))
    assert set(kept) == {"params_file", "overrides"}
    assert kept["overrides"] == panel.overrides
    assert wx.evaluate(wx.load(kept["params_file"], kept["overrides"])) == panel.evaluation
    with pytest.raises(NotKeptError, match="没有覆盖"):
        panel.save_overrides(tmp_path / "o.yaml")


def test_params_differ_only_in_what_was_changed(panel, demo, tmp_path):
    panel.controls[OUTTURN].put("30.5")
    panel.controls["indicators[1].actual"].put("95%")
    panel.controls["indicators[4].share"].put("90%")
    panel.controls["rubric"].put("mof-2021")
    lines = panel.params.splitlines()
    assert lines[1:6] == [
        "# 试算稿，不是项目单位填报的数据。与原文件不同：",
        "#   评分规则 mof-2020 → mof-2021",
        "#   全年执行数 37.66 → 30.5 万元",
        "#   “合格率”实际完成值 92% → 95%",
        "#   “应急能力”档内比例 92% → 90%",
    ]
    wanted = DEMO.replace("37.66}", "30.5}").replace('"92%"', '"95%"').replace("share: 92%", "share: 90%")
    wanted = wanted.replace("wenxiao/1\n", "wenxiao/1\nrubric: mof-2021\n")
    assert [lines[0], *lines[6:]] == wanted.splitlines()
    path = panel.save_params(tmp_path / "new.yaml")
    assert wx.evaluate(wx.load(path)).total == panel.evaluation.total
    for taken in (demo, path):
        with pytest.raises(NotKeptError, match="换一个文件名"):
            panel.save_params(taken)
    assert demo.read_text(encoding="utf-8") == DEMO
    with pytest.raises(NotKeptError, match="换一个位置"):
        panel.save_params(tmp_path / "none" / "new.yaml")


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_fact_can_be_put_into_every_file(path):
    one = wx.load(path)
    facts = {f"indicators[{i}].{key}": value for i in range(len(one.indicators)) for key, value in (
        ("actual", "9, 个: “甲” #1"), ("level", "partly"), ("share", "70%"))}  # fmt: skip
    first = "budget.sources[0].outturn" if one.budget.sources else OUTTURN
    text = params_text(one, facts | {first: "1.5", "indicators[0].actual": None})
    comments = [line for line in source_of(one).text.splitlines() if line.strip().startswith("#")]
    assert [line for line in text.splitlines() if line in comments] == comments
    again = project_of(Sheet(path.name, text), path.parent)
    void = dict.fromkeys(
        f"disclosure.{key}_{what}" for key in ("reviewed", "approved") for what in ("by", "on")
    )
    changed = one.what_if(
        facts | {first: "1.5", "indicators[0].actual": None} | (void if one.disclosure else {})
    )
    assert (again.disclosure is None) == (one.disclosure is None)
    assert [one.code for one in sanctioned(again.disclosure, one.year, None)] == ["D502"] * (
        1 if one.disclosure and one.disclosure.classification == "public" else 2
    )
    assert stated(again) == stated(changed)


def test_a_panel_on_a_what_if_builds_on_it(demo):
    panel = wx.explore(wx.load(demo).what_if({OUTTURN: "20", "indicators[0].actual": None}))
    panel.controls["indicators[1].actual"].put("95%")
    wanted = {OUTTURN: "20", "indicators[0].actual": None, "indicators[1].actual": "95%"}
    assert panel.overrides == wanted
    assert panel.evaluation.total == wx.evaluate(wx.load(demo, wanted)).total
    assert "全年执行数 37.66 → 20 万元" in panel.params
    panel.reset()
    assert "indicators[1].actual" not in panel.overrides


def test_a_file_with_anchors_is_written_anew(tmp_path):
    path = tmp_path / "anchors.yaml"
    path.write_text(
        DEMO.replace("actual: 8个", "actual: &a 8个").replace("actual: 4次", "actual: *a"), encoding="utf-8"
    )
    one = wx.load(path)
    path.with_name("b.yaml").write_text(params_text(one, {"indicators[0].actual": "7个"}), encoding="utf-8")
    again = wx.load(path.with_name("b.yaml"))
    assert [i.actual for i in again.indicators][:3] == ["7个", "92%", "8个"]


def test_buttons(panel, demo, monkeypatch):
    monkeypatch.chdir(demo.parent)
    keeper, (reset, save, copy) = panel._keeper, panel._keeper._buttons
    panel.controls["indicators[0].actual"].put("")
    save.click()
    assert eval(keeper.text.value.split("overrides = ")[1]) == {"indicators[0].actual": None}
    assert "李四" not in json.dumps(panel.get_state(), default=str)
    copy.click()
    assert "李四" in keeper.text.value  # the file is the user's own …
    keeper.write()
    assert "已写入" in keeper._message.value
    keeper.write()
    assert "没有覆盖" in keeper._message.value
    reset.click()
    assert keeper.text.value == ""  # … and is put away as soon as it says something else
    panel.controls[OUTTURN].put("x")
    copy.click()
    assert "先改正" in keeper._about.value
    assert keeper.text.value == ""


# --- scenarios --------------------------------------------------------------------------------------------------------


def rows(shown):
    return {row[0].text: [cell.text for cell in row[1:]] for row in shown.blocks[0].body}


def test_scenarios(demo):
    found = rows(wx.scenarios(demo, {"追加": {OUTTURN: "38"}, "写错": {OUTTURN: "x"}}, rates=[100, "87.5"]))
    assert list(found) == [
        "现状", "追加", "写错", "指标全部达到", "指标全部达到，执行率 100%", "“完工”达到", "“故障”达到", "“应急能力”达到",
        "“满意度”达到", "“合格率”达到", "执行率 100%", "执行率 87.5%",
    ]  # fmt: skip
    assert found["现状"] == ["—", "98.74%", "1/5 项", "83.26", "良", "—"]
    assert found["“故障”达到"] == ["“故障”实际完成值 4次 → 3次", "98.74%", "2/5 项", "86.59", "良", "+3.33"]
    assert found["“完工”达到"][0] == "“完工”实际完成值 2021年6月2日 → 2021年5月31日"
    assert found["指标全部达到，执行率 100%"][1:] == ["100.00%", "5/5 项", "100.00", "优", "+16.74"]
    assert found["执行率 87.5%"] == [
        "全年执行数 37.66 → 33.3725 万元",
        "87.50%",
        "1/5 项",
        "82.14",
        "良",
        "−1.12",
    ]
    assert found["写错"][1] == "这里应是数字，现在写的是“x”。"


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_scenarios_are_what_if_and_evaluate(path):
    one = wx.load(path)
    where = "budget.sources[0].outturn" if one.budget.sources else OUTTURN
    shown = wx.scenarios(one, {"半": {where: "1"}})
    result = wx.evaluate(one.what_if({where: "1"}))
    said = rows(shown)["半"]
    assert said[1] == f"{result.budget.total.rate * 100:.2f}%"
    assert (f"{result.total}" in said) == (result.total is not None)
    assert result.total is not None or result.reason in shown.blocks[0].note


def test_targets_that_exclude_their_bound_are_passed():
    def facts(target, actual):
        indicator = {"category": "output", "name": "甲", "target": target, "actual": actual, "points": 90}
        return rows(wx.scenarios(project(indicators=[indicator]), rates=()))["“甲”达到"][0]

    assert facts(">95%", "95%") == "“甲”实际完成值 95% → 96%"
    assert facts("<5.5", "6") == "“甲”实际完成值 6 → 5.4"
    assert facts("5-8个", "9个") == "“甲”实际完成值 9个 → 8个"
    assert facts("≥1.2万亩", "11000亩") == "“甲”实际完成值 11000亩 → 12000亩"
    assert facts("≥8个", "≥8个") == "“甲”实际完成值 ≥8个 → 8个"


def notebook(*shown):
    outputs = []
    for one in shown:
        bundle = one._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        outputs.append(nbformat.v4.new_output("execute_result", data, execution_count=1))
    cell = nbformat.v4.new_code_cell("panel", outputs=outputs, execution_count=1, id="a")
    return nbformat.v4.new_notebook(cells=[cell], metadata={"title": "试算"})


def test_panel_and_scenarios_survive_html_and_pdf(panel, demo):
    panel.controls[OUTTURN].put("30")
    nb = notebook(panel, wx.scenarios(demo))
    page, _ = WenxiaoHTMLExporter().from_notebook_node(nb)
    assert page.count("<caption>情形试算</caption>") == 2
    assert '<th scope="row">面板中的改动</th><td>全年执行数 37.66 → 30 万元</td>' in page
    assert '<td class="c k-good">+16.74</td>' in page
    assert "widget" not in page
    pdf, _ = WenxiaoPDFExporter().from_notebook_node(nb)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")
    assert text.count("情形试算") == 2
    assert "面板中的改动" in text
    assert text.count("+16.74") == 2


def test_panel_shows_itself_as_a_widget_and_in_a_console(panel):
    data = panel._repr_mimebundle_()
    assert set(data) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert "指标全部达到" in data["text/plain"]
    assert repr(panel) == "<试算：视频会议接入，已改 0 处>"


def test_ipywidgets_is_imported_by_explore_alone():
    code = "import sys, wenxiao as wx; wx.scenarios; print('ipywidgets' in sys.modules); wx.explore; print('ipywidgets' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]
