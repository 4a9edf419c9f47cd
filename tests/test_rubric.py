"""Rubrics: what is shipped, what is refused, and what a bureau's own file does."""

import hashlib
import itertools
import re
import shutil
from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from helpers import ROOT, project
from wenxiao.cli import app
from wenxiao.errors import InputError
from wenxiao.faults import FAULTS
from wenxiao.findings import evaluate
from wenxiao.regulation import items, reference_text, value_text
from wenxiao.rubric import (
    DATED,
    ITEMS,
    VALUES,
    Reference,
    Rubric,
    in_force,
    load_rubric,
    rubric_hash,
    rubric_ids,
    rubric_path,
    rubric_text,
)
from wenxiao.words import Words

BAD = sorted((Path(__file__).parent / "bad_rubrics").glob("*.yaml"))
GUIDE = ROOT / "docs" / "rubrics.md"
IDS = rubric_ids()
OWN = """schema: wenxiao/rubric/1
id: own
name: 某县规则
based_on: mof-2020
references:
  form: {title: 某县表}
"""


def refused(path):
    with pytest.raises(InputError) as caught:
        load_rubric(path)
    return caught.value


@pytest.fixture
def own(tmp_path):
    """Write a bureau's own rubric: the head above and what is added to it."""

    def write(more="", name="own.yaml", head=OWN):
        path = tmp_path / name
        path.write_text(head + more, encoding="utf-8")
        return path

    return write


@pytest.fixture
def sure(own):
    """A rubric without base whose values are all verified."""
    names = ("total", "quantitative", "rounding")
    more = [
        f"{name}:\n  - {{since: 2024, value: {VALUES[name]}, reference: form, verified: true}}\n"
        for name in names
    ]
    return own("".join(more), head=OWN.replace("based_on: mof-2020\n", ""))


def command(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


# --- what is shipped --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_points_add_up_in_every_year(name):
    rubric = load_rubric(name)
    for year in sorted({max(rubric.since, dated.since) for _, _, dated in rubric.dated()}):
        rules = rubric.at(year)
        if not rules.scored:
            assert rules.total is None
            continue
        apart = (
            rules.execution_points
            if rules.execution_points and "execution" not in rules.inside
            else Decimal(0)
        )
        if rules.category_points:
            assert sum(rules.category_points.values()) + apart == rules.total == 100
        if rules.goal_points is not None:
            assert rules.goal_points + apart == rules.total == 100


@pytest.mark.parametrize("name", IDS)
def test_every_value_is_referenced_and_every_reference_used(name):
    rubric = load_rubric(name)
    assert all(dated.reference in rubric.references for _, _, dated in rubric.dated())
    stated = YAML(typ="safe", pure=True).load(rubric_path(name))["references"]
    whole = set() if rubric.scored else {"form"}  # says that there are no points
    assert set(stated) - whole <= {dated.reference for _, _, dated in rubric.dated()}


@pytest.mark.parametrize("name", IDS)
def test_the_year_before_the_first_is_refused(name):
    rubric = load_rubric(name)
    assert rubric.at(rubric.since).id == name
    with pytest.raises(LookupError) as caught:
        rubric.at(rubric.since - 1)
    assert caught.value.args == (rubric.since,)


@pytest.mark.parametrize("name", IDS)
def test_nothing_that_rests_on_the_ministrys_text_is_called_verified(name):
    for _, _, dated in (rubric := load_rubric(name)).dated():
        reference = rubric.references[dated.reference]
        if dated.verified:
            assert reference.title.startswith("已公开的"), "verified means read on a published form"
        if reference.title.startswith("财政部"):
            assert not dated.verified
            assert "尚待" in reference.note


@pytest.mark.parametrize("name", IDS)
def test_an_assumed_first_year_says_so(name):
    rubric = load_rubric(name)
    notes = "".join(reference.note or "" for reference in rubric.references.values())
    printed_year = (
        re.search(rf"{rubric.since}年度", rubric.references["form"].title)
        if "form" in rubric.references
        else None
    )
    assert printed_year or re.search(
        r"适用(年度)?尚待|适用是推定|只是本工具的起点|适用年度尚待与原文核对", notes
    )


def test_values_by_year():
    rubric = load_rubric("jiangxi-2017")
    before, after = rubric.at(2018), rubric.at(2019)
    assert (before.levels["partly"].low, after.levels["partly"].low) == (Decimal("0.5"), Decimal("0.6"))
    assert (before.grade_of(Decimal(95)), after.grade_of(Decimal(95))) == (None, "excellent")
    assert in_force(rubric.levels, 2016) is None
    assert in_force(rubric.levels, 2030).since == 2019


def test_basis_says_what_is_still_to_be_confirmed():
    rules = load_rubric("mof-2020").at(2021)
    assert rules.basis("levels") == "已公开的项目支出绩效自评表（财预〔2020〕10号附件1格式）"
    assert rules.basis("grades") == "财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）（尚待与原文核对）"
    assert rules.basis("goal_points") == ""
    assert not rules.verified


def test_a_rubric_is_verified_when_all_its_values_in_force_are(sure):
    assert load_rubric(sure).at(2024).verified
    sure.write_text(sure.read_text("utf-8") + "adjustable:\n  - {since: 2025, value: true, reference: form, verified: false}\n", "utf-8")  # fmt: skip
    assert [load_rubric(sure).at(year).verified for year in (2024, 2025)] == [True, False]


def test_an_article_stands_behind_the_title():
    reference = Reference(title="办法", article="第十五条", note="分值", url="https://example.org/")
    assert reference_text(reference) == "办法，第十五条。分值。https://example.org/"
    assert reference_text(Reference(title="办法")) == "办法"


# --- what is taken over -----------------------------------------------------------------------------------------------


def test_a_value_taken_over_keeps_its_own_reference():
    hunan = load_rubric("hunan-department").at(2021)
    assert "湖南" in hunan.basis("splits")
    assert "湖南" not in hunan.basis("levels"), "the Hunan form prints no levels"
    assert hunan.basis("levels") == load_rubric("mof-2020").at(2021).basis("levels")


def test_origins_reach_through_several_bases():
    rubric = load_rubric("mof-2021")
    assert [rubric.origin(name) for name in ("category_points", "total", "grades")] == [
        "mof-2021", "mof-2021-cost", "mof-2020",
    ]  # fmt: skip
    taken = {item.name: item.taken_from for item in items(rubric)}
    assert (taken["category_points"], taken["total"], taken["grades"]) == ("", "mof-2021-cost", "mof-2020")


def test_id_and_name_are_never_taken_over_but_the_kind_is(own):
    text = str(refused(own(head=OWN.replace("id: own\n", "").replace("name: 某县规则\n", ""))))
    assert "id（编号）" in text
    assert "name（名称）" in text
    unscored = load_rubric(own(head=OWN.replace("mof-2020", "transfer-no-scores")))
    assert (unscored.kind, unscored.scored) == ("transfer", False)


def test_an_own_base_is_found_beside_the_file_and_part_of_the_hash(own, tmp_path, monkeypatch):
    (tmp_path / "city").mkdir()
    city = own("total:\n  - {since: 2022, value: 100, reference: form, verified: true}\n", "city/base.yaml", OWN.replace("own", "city"))  # fmt: skip
    county = own(head=OWN.replace("mof-2020", "city/base.yaml"))
    rubric, first = load_rubric(county), rubric_hash(county)
    assert (rubric.origin("total"), rubric.origin("levels"), rubric.since) == ("city", "mof-2020", 2022)
    assert first != hashlib.sha256(county.read_bytes()).hexdigest()
    monkeypatch.chdir(tmp_path / "city")
    assert rubric_hash(Path("..") / "own.yaml") == first, "not a matter of where one stands"
    city.write_text(city.read_text("utf-8").replace("2022", "2023"), encoding="utf-8")
    assert rubric_hash(county) != first
    assert load_rubric(county).since == 2023, "an edited file is read again"


def test_the_hash_of_a_rubric_without_base_is_that_of_its_file():
    path = rubric_path("mof-2020")
    assert rubric_hash("mof-2020") == hashlib.sha256(path.read_bytes()).hexdigest()
    both = hashlib.sha256(rubric_path("hubei-20-80").read_bytes() + rubric_hash("mof-2020").encode())
    assert rubric_hash("hubei-20-80") == both.hexdigest()


def test_the_same_file_is_read_once():
    assert load_rubric("mof-2020") is load_rubric("mof-2020")


def test_a_copy_of_a_shipped_rubric_may_keep_its_id_until_it_is_changed(tmp_path):
    path = tmp_path / "copy.yaml"
    shutil.copyfile(rubric_path("mof-2020"), path)
    assert load_rubric(path).id == "mof-2020"
    path.write_text(path.read_text("utf-8").replace("from: 90", "from: 85"), encoding="utf-8")
    assert "另取一个编号" in str(refused(path))


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_gets_exactly_this_message(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    error = refused(path.relative_to(ROOT))
    said = f"{error.text('zh')}\n\n{error.text('en')}\n"
    assert said == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_enough_broken_files_in_both_languages_and_each_with_its_message():
    assert len(BAD) >= 60
    assert {path.stem for path in BAD} == {path.stem for path in BAD[0].parent.glob("*.txt")}
    for path in BAD:
        zh, en = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n\n")
        for text in (zh, en):
            assert "Input should" not in text, "the words of the validating library"
            assert "[key]" not in text
            assert not re.search(r"\{[a-z_]+\}", text), "a placeholder was left unfilled"
        assert len(zh.splitlines()) == len(en.splitlines())


def test_several_faults_together():
    assert len(refused(Path(__file__).parent / "bad_rubrics" / "several-faults.yaml").problems) == 6


def test_every_message_about_rubrics_is_seen_in_a_broken_file():
    text = (ROOT / "toolkit" / "wenxiao" / "faults.py").read_text(encoding="utf-8")
    section = text[text.index("    # rubrics\n") : text.index("    # overrides\n")]
    codes = re.findall(r'^    "(\w+)": \($', section, re.M)
    said = "".join(path.with_suffix(".txt").read_text(encoding="utf-8") for path in BAD)
    for code in set(codes) - {"rubric_year", "rubric_deep"}:  # said of params files; see below
        start = FAULTS[code][0].en.split("{")[0] or FAULTS[code][0].en.split("}")[-1]
        assert start in said, code


def test_too_deep_a_file_is_refused(own):
    assert "六七层" in str(refused(own("total: " + "[" * 30 + "]" * 30 + "\n")))


def test_no_such_rubric_names_those_there_are():
    text = refused("mof-2019").text("zh")
    assert all(name in text for name in IDS)


def test_a_missing_file_is_one_line(tmp_path):
    assert "找不到这个文件" in refused(tmp_path / "none.yaml").text("zh")


def test_windows_files_are_welcome(own):
    path = own()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_rubric(path).id == "own"


def test_the_callers_precision_changes_nothing(own):
    path = own(
        "thresholds:\n  - {since: 2024, value: {execution_below: 33.3333%}, reference: form, verified: true}\n"
    )
    with localcontext(prec=2):
        rubric = load_rubric(path)
        (said,) = [item.text.zh for item in items(rubric) if item.name == "thresholds"]
    assert (str(rubric.thresholds[0].value.execution_below), said) == ("0.333333", "执行率低于 33.3333%")


def test_labels_do_for_keys(own):
    value = "{达成: {low: 80%, high: 100%}, 部分达成: {low: 60%, high: 80%}, 未达成: {low: 0%, high: 60%}}"
    rubric = load_rubric(
        own(f"levels:\n  - {{since: 2024, value: {value}, reference: form, verified: true}}\n")
    )
    assert set(rubric.levels[0].value) == {"achieved", "partly", "missed"}


def test_a_form_without_points_needs_no_total(own):
    head = OWN.replace("based_on: mof-2020", "scored: false")
    more = "".join(f"{name}:\n  - {{since: 2024, value: {VALUES[name]}, reference: form, verified: true}}\n" for name in ("quantitative", "rounding", "execution_points", "execution", "category_points"))  # fmt: skip
    assert load_rubric(own(more, head=head)).at(2024).total is None


@pytest.mark.parametrize("name", DATED)
def test_every_example_of_a_value_is_right(name, own):
    rest = {"goal_points": "category_points: []\nexecution_points:\n  - {since: 2024, value: 20, reference: form, verified: true}\n",
            "inside": "category_points:\n  - {since: 2024, value: {output: 50, outcome: 40}, reference: form, verified: true}\n"}  # fmt: skip
    text = f"{name}:\n  - {{since: 2024, value: {VALUES[name]}, reference: form, verified: true}}\n"
    assert load_rubric(own(text + rest.get(name, ""))).origin(name) == "own"


# --- in words ---------------------------------------------------------------------------------------------------------

SENTENCES = {
    "total": "100 分 | 100 points",
    "execution_points": "10 分 | 10 points",
    "execution": "分值 × 执行率，最高不超过分值 | points × rate, at most the points",
    "category_points": "产出指标 50、效益指标 30、满意度指标 10 | output 50, outcome 30, satisfaction 10",
    "goal_points": "80 分 | 80 points",
    "inside": "满意度指标计入效益指标 | satisfaction inside outcome",
    "at_least": "产出指标、效益指标合计至少 60 分 | output and outcome: at least 60 points",
    "adjustable": "不可以 | no",
    "quantitative": "按比例计分，反向指标得分值 ×（1 − 超出部分 ÷ 指标值） | proportional; for ≤: points × (1 − excess ÷ target)",
    "qualitative": "按达成档次计分 | banded",
    "satisfaction": "90%（含）以上得分值的 100%，0%（含）以上得分值的 0% | from 90%: 100% of the points, from 0%: 0% of the points",
    "deadlines": "按期完成得满分，逾期不得分 | full points in time, nothing when late",
    "deductions": "不足一步的不扣 | an incomplete step costs nothing",
    "levels": "达成 100%–80%、部分达成 80%–60%、未达成 60%–0% | achieved 100%–80%, partly 80%–60%, missed 60%–0%",
    "measures": "资金到位率＝实际到位资金÷全年预算数 | 资金到位率 = received ÷ adjusted",
    "splits": "按收入性质分、按支出性质分 | 按收入性质分, 按支出性质分",
    "thresholds": "执行率低于 80% | execution below 80%",
    "grades": "优 ≥90、良 ≥80、中 ≥60、差 ≥0 | excellent ≥90, good ≥80, fair ≥60, poor ≥0",
    "rounding": "比率 2 位、得分 2 位，四舍五入；得分由未舍入的执行率计算 | rates to 2, scores to 2 decimals, half up; scores from the unrounded rate",
}  # fmt: skip
OTHER_SENTENCES = [
    ("execution", "{method: interval, bands: [{from: 80%, share: 70%}, {from: 0%, share: 0%}]}", "项目完成且未超预算得满分；尚未完成的：80%（含）以上得分值的 70%，0%（含）以上得分值的 0% | full when completed within the budget; otherwise from 80%: 70% of the points, from 0%: 0% of the points"),
    ("adjustable", "true", "可以 | yes"),
    ("inside", "{execution: process}", "预算执行率计入过程 | execution inside process"),
    ("quantitative", "{method: proportional, at_most: ratio}", "按比例计分，反向指标得分值 × 指标值 ÷ 完成值 | proportional; for ≤: points × target ÷ actual"),
    ("quantitative", "{method: all_or_nothing, at_most: linear}", "达标得满分、未达标不得分 | all or nothing"),
    ("quantitative", "{method: proportional_with_floor, at_most: linear, floor: 60%}", "按比例计分并设及格门槛，反向指标得分值 ×（1 − 超出部分 ÷ 指标值）；完成比例低于 60% 不得分 | proportional with floor; for ≤: points × (1 − excess ÷ target); nothing below 60% of the target"),
    ("qualitative", "{method: coefficient}", "按得分系数计分 | coefficient"),
    ("deductions", "{incomplete_step: whole}", "不足一步的按一步扣 | an incomplete step counts as one"),
    ("thresholds", "{}", "没有界限 | none"),
    ("rounding", "{rate_places: 0, score_places: 1, rate_first: true}", "比率 0 位、得分 1 位，四舍五入；先舍入执行率再计分 | rates to 0, scores to 1 decimals, half up; scores from the rounded rate"),
]  # fmt: skip


def value_of(name, text):
    yaml = YAML(typ="safe", pure=True)
    data = yaml.load(f"value: {text}")["value"]
    plain = str(data).lower() if isinstance(data, bool) else data
    one = {"since": 2024, "value": plain, "reference": "r", "verified": "true"}
    annotation = Rubric.model_fields[name].annotation
    (dated, _) = annotation.__args__
    return dated.model_validate(one).value


@pytest.mark.parametrize(("name", "text", "said"), [*((n, VALUES[n], s) for n, s in SENTENCES.items()), *OTHER_SENTENCES])  # fmt: skip
def test_a_value_in_a_sentence(name, text, said):
    assert value_text(name, value_of(name, text)) == Words(*said.split(" | "))


@pytest.mark.parametrize("name", IDS)
def test_every_value_of_a_shipped_rubric_has_a_sentence_in_both_languages(name):
    assert set(SENTENCES) == set(ITEMS)
    for item in items(load_rubric(name)):
        assert re.search(r"[\u4e00-\u9fff]", item.text.zh)
        assert item.text.en
        assert "Decimal" not in item.text.zh + item.text.en


def test_items_of_a_year_are_those_in_force():
    found = [item.since for item in items(load_rubric("jiangxi-2017"), 2018) if item.name == "levels"]
    assert found == [2017]
    assert [i.since for i in items(load_rubric("jiangxi-2017")) if i.name == "levels"] == [2017, 2019]
    assert not [i for i in items(load_rubric("jiangxi-2017"), 2018) if i.name == "grades"]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_list_names_each_rubric_once_with_its_year():
    lines = command("--lang", "zh", "rubrics").stdout.splitlines()
    for name in IDS:
        (line,) = [line for line in lines if line.split()[:1] == [name]]
        assert str(load_rubric(name).since) in line.split()


@pytest.mark.parametrize(("language", "unsure"), [("zh", "尚待核对"), ("en", "to be confirmed")])
def test_a_rubric_is_shown_with_what_is_unsure_and_what_is_taken_over(language, unsure):
    text = command("--lang", language, "rubrics", "show", "hubei-20-80").stdout
    rows = {line.strip().split("  ")[0]: line for line in text.splitlines()}
    total, grades = ("总分", "等级") if language == "zh" else ("total", "grades")
    assert unsure not in rows[total]
    assert unsure in rows[grades]
    assert "mof-2020" in rows[grades]
    assert "[1] 已公开的湖北省2020年度项目自评表" in text


def test_a_rubric_is_shown_for_a_year():
    text = command("--lang", "zh", "rubrics", "show", "jiangxi-2017", "--year", "2018").stdout
    assert "80%–50%" in text
    assert "80%–60%" not in text
    early = command("--lang", "zh", "rubrics", "show", "jiangxi-2017", "--year", "2016")
    assert (early.exit_code, early.stderr) == (2, "jiangxi-2017 自 2017 年度起适用，没有 2016 年度的规则。\n")


def test_a_form_without_points_is_shown_as_such():
    assert "表上没有分值" in command("--lang", "zh", "rubrics", "show", "transfer-no-scores").stdout
    assert "表上没有分值" in load_rubric("county-no-scores").at(2021).references[0].note
    assert load_rubric("mof-2020").without_points is None
    assert "不计分" in command("--lang", "zh", "rubrics", "show", "county-no-scores").stdout
    assert "no total" in command("--lang", "en", "rubrics", "show", "county-no-scores").stdout


def test_a_wholly_verified_file_is_shown_without_warning(sure):
    shown = command("--lang", "zh", "rubrics", "show", sure).stdout
    assert "尚待" not in shown
    assert "沿用" not in shown


def test_a_faulty_file_is_refused_with_all_its_faults():
    path = Path(__file__).parent / "bad_rubrics" / "several-faults.yaml"
    result = command("--lang", "en", "rubrics", "show", path)
    assert result.exit_code == 2
    assert "6 to be corrected." in result.stderr


# --- the guide --------------------------------------------------------------------------------------------------------


def between(mark):
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- end of {mark} -->", GUIDE.read_text("utf-8"), re.S)
    return found[1]


def test_the_guides_table_of_rubrics_is_that_of_the_data():
    rows = ["| 编号 | 自年度 | 已核对 | 名称 | 沿用 |", "|---|---|---|---|---|"]
    for name in IDS:
        rubric = load_rubric(name)
        sure = [dated.verified for _, _, dated in rubric.dated()]
        rows.append(
            f"| `{name}` | {rubric.since} | {sum(sure)}/{len(sure)} | {rubric.name} | {rubric.based_on or ''} |"
        )
    assert between("table") == "\n".join(rows) + "\n"


def test_the_guides_list_of_values_is_that_of_the_data():
    rows = ["| 项 | 是什么 | 例子 | 读作 |", "|---|---|---|---|"]
    for name in DATED:
        said = value_text(name, value_of(name, VALUES[name])).zh
        rows.append(f"| `{name}` | {ITEMS[name].zh} | `{VALUES[name]}` | {said} |")
    assert between("values") == "\n".join(rows) + "\n"


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "xian-2024.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", between("example"), re.S)[1], encoding="utf-8")
    return path


def test_the_guides_example_loads_and_scores(example):
    one = project(
        rubric="xian-2024.yaml",
        project={"name": "试点", "year": 2024, "unit": "甲局"},
        budget={"amount_unit": "万元", "total": {"adjusted": "100", "outturn": "80"}},
        indicators=[
            {"category": "output", "name": "投诉", "target": "≤4次", "actual": "5次", "points": 40},
            {"category": "outcome", "name": "受益人数", "target": "≥100人", "actual": "120人", "points": 30},
            {"category": "satisfaction", "name": "满意度", "target": "≥95%", "actual": "85%", "points": 10},
        ],
    )
    evaluation = evaluate(one, load_rubric(example))
    assert [str(result.score.value) for result in evaluation.indicators] == ["32.00", "30.00", "8.00"]
    assert str(evaluation.budget.score.value) == "16.00"
    assert str(evaluation.total) == "86.00"
    assert evaluation.grade == "good"
    assert "B105" in [finding.code for finding in evaluation.findings], "80 % is below the county's 85 %"
    assert not [finding for finding in evaluation.findings if finding.code == "S201"]


def test_the_guides_example_fails_as_the_guide_says(example, monkeypatch):
    lines = example.read_text(encoding="utf-8").split("category_points:")
    rest = lines[1][lines[1].index("quantitative:") :]
    example.write_text(lines[0] + rest, encoding="utf-8")
    monkeypatch.chdir(example.parent)
    said = re.search(r"```text\n(.*?)```", GUIDE.read_text("utf-8"), re.S)[1]
    assert refused("xian-2024.yaml").text("zh") == said + "共 1 处需要修改。"


def test_the_guides_links_and_later_values(own):
    text = GUIDE.read_text(encoding="utf-8")
    headings = {
        "#" + h.replace("、", "").replace(" ", "-").lower() for h in re.findall(r"^## (.+)$", text, re.M)
    }
    assert set(re.findall(r"\]\((#[^)]+)\)", text)) <= headings
    years = re.search(r"```yaml\n(execution_points:.*?)```", text, re.S)[1]
    points = [m[1] for m in re.finditer(r"value: (\d+)", years)]
    rest = "".join(f"  - {{since: {y}, value: {{output: {90 - int(p)}, satisfaction: 10}}, reference: form, verified: true}}\n" for y, p in zip((2024, 2026), points, strict=True))  # fmt: skip
    rubric = load_rubric(
        own(years.replace("notice-2026", "form").replace("notice", "form") + "category_points:\n" + rest)
    )
    assert [rubric.at(year).execution_points for year in (2024, 2025, 2026)] == [20, 20, 10]
    assert all(a.since < b.since for a, b in itertools.pairwise(rubric.execution_points))


# --- one file that stands anywhere -------------------------------------------------------------------------------------


def in_words(rubric):
    return [(item.name, item.since, item.text, item.reference, item.verified) for item in items(rubric)]


@pytest.mark.parametrize("base", ["mof-2020", "county-no-scores", None])
def test_a_rubric_on_other_own_files_is_written_out_as_one(base, own, tmp_path):
    value = "{output: 40, outcome: 40, satisfaction: 10}"
    city = own(
        f"category_points:\n  - {{since: 2022, value: {value}, reference: form, verified: true}}\n"
        + "".join(f"{name}:\n  - {{since: 2021, value: {VALUES[name]}, reference: form, verified: false}}\n" for name in ("total", "execution_points", "execution", "quantitative", "satisfaction", "levels", "rounding")),
        "city.yaml",
        OWN.replace("own", "city").replace("某县", "某市").replace("based_on: mof-2020", f"based_on: {base}" if base else "scored: true"),
    )  # fmt: skip
    county = own("deadlines:\n  - {since: 2021, value: {method: all_or_nothing}, reference: form, verified: true}\n", head=OWN.replace("mof-2020", "city.yaml"))  # fmt: skip
    before = load_rubric(county)
    text = rubric_text(county)
    city.unlink()
    county.unlink()
    moved = tmp_path / "elsewhere" / "rubric.yaml"
    moved.parent.mkdir()
    moved.write_text(text, encoding="utf-8")
    after = load_rubric(moved)
    assert in_words(after) == in_words(before)
    assert (after.id, after.name, after.kind, after.scored, after.based_on) == (before.id, before.name, before.kind, before.scored, base)  # fmt: skip
    assert after.at(2023) == before.at(2023)
    assert rubric_text(moved) == text


def test_a_rubric_on_a_shipped_one_is_its_own_text(own):
    assert rubric_text(own()) == OWN
    assert rubric_text("hubei-20-80") == rubric_path("hubei-20-80").read_text(encoding="utf-8")
