"""What ``wenxiao check`` and ``wenxiao explain`` say, and how they end."""

import json

import pytest
from typer.testing import CliRunner

from helpers import ROOT, SEED
from wenxiao.cli import app
from wenxiao.findings import KINDS

GOOD = ROOT / "toolkit" / "wenxiao" / "starter" / "example.yaml"
FOREST = ROOT / "params" / "2021" / "lingling-forestry.yaml"


@pytest.fixture
def wenxiao(monkeypatch):
    monkeypatch.chdir(ROOT)

    def call(*arguments, lang="zh"):
        return CliRunner().invoke(app, ["--lang", lang, *map(str, arguments)])

    return call


def test_clean_file_ends_with_0_errors_with_1_problems_with_2(wenxiao, tmp_path):
    assert wenxiao("check", GOOD).exit_code == 0
    assert wenxiao("check", FOREST).exit_code == 1
    (tmp_path / "broken.yaml").write_text("schema: wenxiao/1\n", encoding="utf-8")
    done = wenxiao("check", tmp_path, FOREST)
    assert done.exit_code == 2
    assert "缺少必填的 project" in done.stdout
    assert "B101" in done.stdout, "one bad file hides nothing of the others"


def test_the_starter_example_has_no_finding(wenxiao):
    assert wenxiao("check", GOOD).stdout == "核对了 1 个项目：没有发现问题。\n"


def test_a_line_leads_to_the_place_in_the_file(wenxiao):
    first = wenxiao("check", FOREST).stdout.splitlines()[0]
    assert first.startswith("params/2021/lingling-forestry.yaml:")
    line, column = map(int, first.split("  ")[0].split(":")[1:])
    assert FOREST.read_text("utf-8").splitlines()[line - 1][column - 1 :].startswith("100%")


def test_json_is_evaluation_json_with_places(wenxiao):
    (record,) = json.loads(wenxiao("check", "--json", FOREST).stdout)
    assert record["schema"] == "wenxiao/evaluation/1"
    found = {f["code"]: f for f in record["findings"]}
    assert found["B101"]["computed"] == "80.45%"
    assert found["B101"]["line"] > 1


def test_sarif_names_file_line_and_code(wenxiao):
    log = json.loads(wenxiao("check", "--sarif", FOREST).stdout)
    results = log["runs"][0]["results"]
    assert {"B101", "B104"} <= {r["ruleId"] for r in results if r["level"] == "error"}
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "params/2021/lingling-forestry.yaml"
    assert place["region"]["startLine"] > 1


def test_acknowledged_finding_is_marked_and_does_not_fail(wenxiao, tmp_path):
    path = tmp_path / "seed.yaml"
    codes = ("B101", "I313", "S204", "T401")
    said = ", ".join(f"{{code: {code}, reason: 已报主管部门更正}}" for code in codes)
    path.write_text(SEED.read_text("utf-8") + f"acknowledged: [{said}]\n", encoding="utf-8")
    done = wenxiao("check", path)
    assert done.exit_code == 0
    assert "B101 已说明" in done.stdout
    (record,) = json.loads(wenxiao("check", "--json", path).stdout)
    assert {f["code"] for f in record["findings"] if f["acknowledged"]} == set(codes)


def test_acknowledging_a_code_that_does_not_exist_is_a_fault(wenxiao, tmp_path):
    path = tmp_path / "seed.yaml"
    path.write_text(SEED.read_text("utf-8") + "acknowledged: [{code: X999, reason: 无}]\n", encoding="utf-8")
    done = wenxiao("check", path)
    assert done.exit_code == 2
    assert "没有“X999”这个问题编号" in done.stdout


COPIED = "项目实施以来，乡镇农技人员逐户核对种植面积，村民代表参与验收，补贴名单在村务公开栏公示七天以上，群众没有异议后方可通过一卡通发放，资金全部到户，没有截留和挪用，并由县级部门组织抽查复核。"


def test_text_copied_between_projects_is_found_on_both(wenxiao, tmp_path):
    text = GOOD.read_text("utf-8")
    for name, unit in (("甲村道路硬化", "甲镇政府"), ("乙村饮水安全", "乙镇政府")):
        one = text.replace("村级文化广场改造", name).replace("unit: 某县文化馆", f"unit: {unit}")
        one = one.replace("overview: 项目对", f"overview: {COPIED}项目对")
        (tmp_path / f"{name}.yaml").write_text(one, encoding="utf-8")
    records = json.loads(wenxiao("check", "--json", tmp_path).stdout)
    assert ["P602" in {f["code"] for f in record["findings"]} for record in records] == [True, True]


def test_explain_gives_every_step_of_every_number(wenxiao):
    said = wenxiao("explain", FOREST).stdout
    block = said[said.index("木材销售收入  5.96") :].split("\n\n")[0].splitlines()
    assert block == [
        "木材销售收入  5.96",
        "  数据：分值 6；年度指标值 1100万元；实际完成值 1093万元；比较 完成值 1093万元 未达到指标值 1100万元",
        "  公式：6 × 1093 ÷ 1100",
        "  未舍入：5.96181818…",
        "  舍入：保留 2 位小数，四舍五入，据在用财政绩效系统的计算口径（尚待与原文核对）",
        "  结果：5.96 分",
        "  规则：未完成指标值的，按完成值与指标值的比例记分",
        "  依据：在用财政绩效系统的计算口径（尚待与原文核对）",
    ]
    assert "总分  —\n  没有得分：" in said


@pytest.mark.parametrize("code", sorted(KINDS))
def test_explain_knows_every_code(wenxiao, code):
    done = wenxiao("explain", code.lower())
    assert done.exit_code == 0
    assert KINDS[code].title.zh in done.stdout


def test_explain_of_a_code_that_does_not_exist_lists_those_that_do(wenxiao):
    done = wenxiao("explain", "Z999")
    assert done.exit_code == 2
    assert "B101" in done.stderr


def test_a_bureaus_own_rubric_stands_beside_its_params(wenxiao, tmp_path):
    (tmp_path / "county.yaml").write_text(
        "schema: wenxiao/rubric/1\nid: xx-county\nname: 某县规则\nbased_on: mof-2020\n"
        "references: {ours: {title: 某县财政局通知}}\n"
        "rounding:\n  - {since: 2019, value: {rate_places: 2, score_places: 1}, reference: ours, verified: true}\n",
        encoding="utf-8",
    )
    path = tmp_path / "a.yaml"
    path.write_text(GOOD.read_text("utf-8").replace("rubric: mof-2020", "rubric: county.yaml"), "utf-8")
    (record,) = json.loads(wenxiao("check", "--json", path).stdout)
    assert (record["rubric"], record["budget"]["score"]) == ("xx-county", "9.9")
