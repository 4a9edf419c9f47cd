"""Answers of the loader, the model and the evaluation that no published form and no worked case brings about."""

import io
import re
from decimal import Decimal

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from helpers import SEED, evaluated, project
from test_loading import GOOD
from wenxiao import loading
from wenxiao.errors import InputError
from wenxiao.findings.texts import published
from wenxiao.loading import load_project
from wenxiao.rubric import load_rubric
from wenxiao.scoring import score
from wenxiao.words import locale_language


def faults_of(tmp_path, content):
    """Give (field, what is wrong) for a params file with this content."""
    path = tmp_path / "facts.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as error:
        load_project(path)
    return [(one.where, one.wrong.zh) for one in error.value.problems]


@pytest.mark.parametrize(
    "line",
    [
        'name: "\\U00110000"',
        'name: "\\UFFFFFFFF"',
        "name: 甲\x07",
        "name: !e!x 甲",
        "name: [甲",
        "name: &a *b",
    ],
    ids=[
        "no such character",
        "no such number",
        "control character",
        "unknown tag",
        "open bracket",
        "unknown anchor",
    ],
)
def test_what_is_no_yaml_is_refused_in_the_users_words(tmp_path, line):
    found = faults_of(tmp_path, re.sub(r"(?<=[\s{])name: [^,\n]+", lambda _: line, GOOD, count=1))
    assert len(found) == 1
    assert "Error" not in found[0][1]


def test_bytes_in_no_known_encoding(tmp_path):
    assert len(faults_of(tmp_path, b"schema: \xff\xff\x80\x81\n")) == 1


def test_a_list_as_a_field_name(tmp_path):
    assert faults_of(tmp_path, GOOD + "? [a, b]\n: c\n")


@pytest.mark.parametrize(
    ("addition", "where"),
    [
        ("acknowledged: [{code: b1, reason: 已核实}]\n", "acknowledged[0].code"),
        ("acknowledged: [{code: [B101], reason: 已核实}]\n", "acknowledged[0].code"),
        ("disclosure: {reviewed_on: [2022-01-01]}\n", "disclosure.reviewed_on"),
    ],
)
def test_a_value_of_another_shape_is_told_with_its_place(tmp_path, addition, where):
    assert [place for place, _ in faults_of(tmp_path, GOOD + addition)] == [where]


def test_a_list_for_a_number(tmp_path):
    found = faults_of(tmp_path, GOOD.replace("outturn: 37.66", "outturn: [37.66]"))
    assert {where for where, _ in found} == {"budget.total.outturn"}


def test_a_fault_of_the_program_is_not_told_as_one_of_the_file(tmp_path, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(loading, "compose", broken)
    path = tmp_path / "facts.yaml"
    path.write_text(GOOD, "utf-8")
    with pytest.raises(ZeroDivisionError):
        load_project(path)


def test_an_override_of_a_whole_list_element_is_checked_like_the_file():
    with pytest.raises(InputError) as error:
        load_project(SEED, {"indicators[0]": "设备"})
    assert [one.where for one in error.value.problems] == ["indicators[0]"]


def test_evidence_without_a_file_has_no_hash(tmp_path):
    path = tmp_path / "facts.yaml"
    content = YAML(typ="safe").load(SEED.read_text("utf-8"))
    content["indicators"][0]["evidence"] = [{"title": "验收报告"}]
    text = io.StringIO()
    YAML(typ="safe").dump(content, text)
    path.write_text(text.getvalue(), "utf-8")
    assert load_project(path).indicators[0].evidence[0].sha256 is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": True, "year": 2021, "unit": "甲局"},
        {"name": ["试点"], "year": 2021, "unit": "甲局"},
        {"name": "试点", "year": 2021.0, "unit": "甲局"},
        {"name": "试点", "year": True, "unit": "甲局"},
        {"name": "试点", "year": 2021, "unit": "甲局", "started": "2021年3月"},
    ],
)
def test_values_of_another_type_are_refused_from_python(wrong):
    with pytest.raises(ValidationError):
        project(project=wrong)


def test_numbers_for_names_are_taken_as_written():
    one = project(project={"name": 12, "year": 2021, "unit": Decimal("1E+2")})
    assert (one.name, one.unit) == ("12", "100")


def test_hashes_are_no_text_to_be_searched():
    digest = "13812345678" * 5 + "123456789"  # would read as telephone numbers
    facts = {"category": "output", "name": "指标", "evidence": [{"title": "验收报告", "sha256": digest}]}
    told = dict(published(project(indicators=[facts])))
    assert told["indicators[0].evidence[0].title"] == "验收报告"
    assert digest not in told.values()


@pytest.mark.parametrize("goal", [0, 100, 1.0, True, "一"])
def test_the_number_of_a_goal_is_a_small_whole_number(goal):
    with pytest.raises(ValidationError):
        project(indicators=[{"category": "output", "name": "指标", "goal": goal}])


@pytest.mark.parametrize(
    ("rubric", "name", "title"),
    [
        ("mof-2020", "试点", "2021年度试点项目支出绩效自评报告"),
        ("mof-2020", "平台建设项目", "2021年度平台建设项目支出绩效自评报告"),
        ("hunan-department", "林业局", "2021年度林业局部门整体支出绩效自评报告"),
        ("hunan-department", "林业局部门整体支出", "2021年度林业局部门整体支出绩效自评报告"),
        ("transfer-no-scores", "自然灾害救灾资金", "2021年度自然灾害救灾资金转移支付绩效自评报告"),
        ("mof-2020-framework", "试点", "2021年度试点项目支出绩效评价报告"),
    ],
)
def test_the_title_says_what_is_evaluated(rubric, name, title):
    about = {"name": name, "year": 2021, "unit": "甲局"}
    assert evaluated(project(project=about), rubric).title == title


def test_a_rule_that_cannot_be_read_gives_no_score_and_says_which_clause():
    rows = [
        {
            "category": "output",
            "name": "培训",
            "target": "≥3次",
            "actual": "2次",
            "points": 10,
            "rule": "每项酌情扣分",
        }
    ]
    result = score(project(indicators=rows), load_rubric("mof-2020")).indicators[0].score
    assert (result.value, result.reason) == (None, "评分标准中这一句读不准：每项酌情扣分")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "ZH_TW"}, "zh"),
        ({"LANGUAGE": "zh:en"}, "zh"),
        ({}, "en"),
    ],
)
def test_messages_follow_the_first_locale_that_is_set(environment, language):
    assert locale_language(environment) == language
