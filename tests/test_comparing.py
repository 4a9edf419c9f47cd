import json
from decimal import Decimal

import pytest

from helpers import ROOT
from wenxiao.checking import check_file
from wenxiao.comparing import compare
from wenxiao.errors import InputError
from wenxiao.rubric import load_rubric, rubric_ids, rubric_path
from wenxiao.writing import facts_text

FACTS = """\
schema: wenxiao/1
rubric: mof-2020
project: {name: 试点, year: 2021, unit: 甲局, completed: 2022-03-01}
budget:
  amount_unit: 万元
  total: {original: 100, adjusted: 100, outturn: 100}
  printed: {execution_rate: 100%}
indicators:
  - {category: output, name: 设备, target: =8个, actual: 8个, points: 50}
  - {category: outcome, name: 受益人数, target: ≥100人, actual: 120人, points: 30}
  - {category: satisfaction, name: 满意度, target: ≥90%, actual: 95%, points: 10}
narrative: {problems: 无}
"""


MOF_2020 = rubric_path("mof-2020").read_text(encoding="utf-8")
LOCAL = ("id: mof-2020", "id: local")


@pytest.fixture
def written(tmp_path):
    def write(name, *changes, text=FACTS):
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def report(params, folder, rubric=None):
    evaluation = check_file(params, rubric)
    folder.mkdir(parents=True)
    (folder / "params.yaml").write_text(facts_text(evaluation.project), encoding="utf-8")
    (folder / "evaluation.json").write_text(evaluation.as_json(), encoding="utf-8")
    return folder


def row(comparison, name, part="scores", key="name"):
    (found,) = [one for one in comparison.part(part).data("zh") if one[key] == name]
    return found


def wheres(comparison, part):
    return [one["where"] for one in comparison.part(part).data("en")]


def test_a_fact_is_named_with_the_score_it_moved(written):
    a = written("a.yaml")
    found = compare(a, written("b.yaml", ("outturn: 100}", "outturn: 90}")))
    moved = row(found, "预算执行率")
    assert (moved["a"], moved["b"], moved["change"]) == (Decimal("10.00"), Decimal("9.00"), Decimal("-1.00"))
    assert moved["why"] == "项目资金·总额·全年执行数 100 → 90"
    assert "90 ÷ 100" in moved["formula_b"]
    assert (row(found, "设备")["change"], row(found, "设备")["why"]) == (0, "")
    assert row(found, "总分")["why"] == "预算执行率 -1.00"
    assert row(found, "等级")["b"] == "优"
    assert wheres(found, "facts") == ["budget.total.outturn"]
    assert wheres(found, "claims") == wheres(found, "others") == []


def test_claims_and_texts_stand_apart_from_facts(written):
    score = ("points: 10}", "points: 10, printed: {score: 9}}")
    b = written(
        "b.yaml", score, ("execution_rate: 100%", "execution_rate: 99%"), ("problems: 无", "problems: 有")
    )
    found = compare(written("a.yaml"), b)
    assert wheres(found, "facts") == []
    assert wheres(found, "claims") == ["budget.printed.execution_rate", "indicators[2].printed.score"]
    assert wheres(found, "others") == ["narrative.problems"]
    assert {one["change"] for one in found.rows if one["where"] != "grade"} == {Decimal(0)}


def test_a_stated_total_beside_sources_moves_no_score(written):
    sources = "  sources: [{name: 拨款, adjusted: 100, outturn: 100}]\n  total:"
    a = written("a.yaml", ("  total:", sources))
    found = compare(a, written("b.yaml", ("  total:", sources), ("original: 100, adjusted: 100", "original: 100, adjusted: 99")))  # fmt: skip
    assert wheres(found, "facts") == []
    assert wheres(found, "others") == ["budget.total.adjusted"]


def test_completion_counts_only_where_the_rule_asks_for_it(written):
    late = ("completed: 2022-03-01", "completed: 2021-12-01")
    spent, cost = ("outturn: 100}", "outturn: 90}"), ("rubric: mof-2020", "rubric: mof-2021-cost")
    found = compare(written("a.yaml", spent, cost), written("b.yaml", spent, cost, late))
    assert row(found, "预算执行率")["why"] == "项目·完成日期 2022-03-01 → 2021-12-01"
    found = compare(written("a.yaml", spent), written("b.yaml", spent, late))
    assert wheres(found, "others") == ["project.completed"]


def test_indicators_match_by_name_then_by_position(written):
    lines = FACTS.splitlines(keepends=True)
    swapped = "".join([*lines[:8], lines[9], lines[8].replace("8个, points", "4个, points"), *lines[10:]])
    found = compare(written("a.yaml"), written("b.yaml", ("name: 满意度", "name: 群众满意度"), text=swapped))
    assert row(found, "设备")["change"] == Decimal("-25.00")
    assert row(found, "设备")["why"] == "绩效指标·设备·实际完成值 8个 → 4个"
    assert row(found, "群众满意度")["change"] == 0
    assert wheres(found, "facts") == ["indicators[1].actual"]
    assert wheres(found, "others") == ["indicators[2].name"]


def test_added_and_removed_indicators(written):
    more = "narrative:"
    line = "  - {category: output, name: 平台, target: =1套, actual: 1套, points: 5}\nnarrative:"
    a, b = written("a.yaml"), written("b.yaml", (more, line))
    added, removed = row(compare(a, b), "平台"), row(compare(b, a), "平台")
    assert (added["a"], added["b"], added["why"]) == (None, Decimal("5.00"), "绩效指标·4 — → 平台")
    assert (removed["a"], removed["b"], removed["why"]) == (Decimal("5.00"), None, "绩效指标·4 平台 → —")
    total = row(compare(a, b), "总分")
    (noted,) = compare(written("p/x.yaml").parent, written("q/x.yaml", (more, line)).parent).rows
    assert noted["scores_moved"] == 1
    assert "算不出" not in noted["note"], "an absent indicator is not one without a score"
    assert total["b"] is None
    assert "不等于 100 分" in total["why"]


def test_the_rule_is_named_where_it_moved_a_score(written):
    found = compare(written("a.yaml", ("outturn: 100}", "outturn: 90}")), "mof-2021-cost")
    moved = row(found, "预算执行率")
    assert (moved["a"], moved["b"]) == (Decimal("9.00"), Decimal("7.00"))
    assert "评分规则 mof-2020 → mof-2021-cost" in moved["why"]
    assert "计分方法 按比例计分 → 按区间计分" in moved["why"]
    assert wheres(found, "facts") == []
    undated = written("p/b.yaml", (", completed: 2022-03-01", ""))
    (noted,) = compare(undated.parent, "mof-2021-cost").rows
    assert noted["outcome"] == "no_total"
    assert "B 算不出“预算执行率”的得分" in noted["note"]


def test_a_report_keeps_the_scores_it_published(written, tmp_path):
    a = written("a.yaml")
    folder = report(a, tmp_path / "reports" / "2021" / "a")
    assert {one["change"] for one in compare(a, folder).rows if one["where"] != "grade"} == {Decimal(0)}
    record = folder / "evaluation.json"
    result = json.loads(record.read_text(encoding="utf-8"))
    result["budget"]["score"] = "8.00"
    record.write_text(json.dumps(result), encoding="utf-8")
    moved = row(compare(folder, a), "预算执行率")
    assert (moved["a"], moved["b"]) == (Decimal("8.00"), Decimal("10.00"))
    assert "结果被改动过" in moved["why"]
    record.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="不是 wenxiao 写的评价结果"):
        compare(a, folder)


def test_a_rate_computed_from_the_budget_is_told_as_such(written, tmp_path):
    folders = []
    for name, received, actual, score in (("x", 90, "90%", "45.00"), ("y", 100, "100%", "50.00")):
        params = written(f"{name}.yaml", ("  printed:", f"  received: {received}\n  printed:"))
        folders.append(report(params, tmp_path / name))
        record = folders[-1] / "evaluation.json"
        result = json.loads(record.read_text(encoding="utf-8"))
        result["indicators"][0] |= {"actual": actual, "score": score}
        record.write_text(json.dumps(result), encoding="utf-8")
    found = compare(*folders)
    assert row(found, "设备")["why"] == "由项目资金算出的完成值 90% → 100%"
    assert wheres(found, "facts") == ["budget.received"]
    found = compare(*(written(f"{n}.yaml", ("  printed:", f"  received: {n}\n  printed:")) for n in (1, 2)))
    assert wheres(found, "others") == ["budget.received"]


def test_folders_match_by_path_and_name_and_one_bad_file_stops_nothing(written, tmp_path):
    for name in (
        "p/2021/same.yaml",
        "p/2021/less.yaml",
        "p/gone.yaml",
        "p/bad.yaml",
        "q/deep/same.yaml",
        "q/new.yaml",
    ):
        written(name)
    written("q/2021/less.yaml", ("outturn: 100}", "outturn: 70}"))
    written("q/bad.yaml", ("year: 2021", "year: 二〇二一"))
    found = compare(tmp_path / "p", tmp_path / "q")
    assert {one["stem"]: one["outcome"] for one in found.rows} == {
        "2021/less": "loses", "bad": "failed", "deep/same": "same", "gone": "removed", "new": "added",
    }  # fmt: skip
    assert row(found, "2021/less", "projects", "stem")["change"] == Decimal("-3.00")
    assert "project.year" in row(found, "bad", "projects", "stem")["note"]
    written("q/.half/lost.yaml")
    assert len(compare(tmp_path / "p", tmp_path / "q").rows) == 5
    assert row(found.detail("2021/less"), "预算执行率")["change"] == Decimal("-3.00")
    with pytest.raises(KeyError):
        found.detail("gone")


def test_who_gains_and_who_loses_under_another_rubric(written, tmp_path):
    ratio = written("local.yaml", ("at_most: linear", "at_most: ratio"), LOCAL, text=MOF_2020)
    cost = ("target: =8个, actual: 8个", "target: ≤8天, actual: 10天")
    written("p/gains.yaml", cost)
    written("p/same.yaml")
    written("p/broken.yaml", ("year: 2021", "year: 2010"))
    written("p/older.yaml", ("year: 2021", "year: 2020"))
    found = compare(tmp_path / "p", ratio)
    assert [(one["stem"], one["outcome"]) for one in found.rows] == [
        ("gains", "gains"), ("older", "same"), ("same", "same"), ("broken", "failed"),
    ]  # fmt: skip
    assert found.rows[0]["change"] == Decimal("2.50"), "50 × 8 ÷ 10 against 50 × (1 − 2 ÷ 8)"
    assert compare(ratio, tmp_path / "p").rows[2]["outcome"] == "loses"
    assert [one["stem"] for one in compare(tmp_path / "p", ratio, year=2020).rows] == ["older", "broken"]
    assert "评分规则" not in found.rows[0]["note"]


def test_a_rubric_that_cannot_score_a_project_is_told_not_raised(written):
    found = compare(written("a.yaml", ("year: 2021", "year: 2020")), "mof-2021-cost")
    (only,) = found.rows
    assert only["outcome"] == "failed"
    assert only["total_a"] == Decimal("100.00")
    assert "不适用于 2020 年度" in only["note"]
    with pytest.raises(InputError):
        compare(written("b.yaml", ("year: 2021", "year: x")), "mof-2021-cost")


def graded(since, excellent):
    bands = f"{{grade: 优, from: {excellent}}}, {{grade: 良, from: 80}}, {{grade: 中, from: 60}}, {{grade: 差, from: 0}}"
    return f"  - {{since: {since}, value: [{bands}], reference: form, verified: true}}\n"


def test_rubrics_differ_by_value_and_year_with_reference(written):
    end = "{grade: 差, from: 0}]\n    reference: measures\n    verified: false\n"
    later = written("later.yaml", (end, end + graded(2023, 85)), LOCAL, text=MOF_2020)
    found = compare("mof-2020", later)
    (only,) = found.rows
    assert (only["where"], only["from"], only["to"]) == ("grades", 2023, None)
    assert (only["a"], only["b"]) == ("优 ≥90、良 ≥80、中 ≥60、差 ≥0", "优 ≥85、良 ≥80、中 ≥60、差 ≥0")
    assert "尚待与原文核对" in only["reference_a"]
    assert "尚待与原文核对" not in only["reference_b"]
    assert compare("mof-2020", later, year=2022).rows == []
    assert compare("mof-2020", later, year=2024).rows[0]["to"] == 2024
    two_years = written("two.yaml", (end, end + graded(2023, 85) + graded(2025, 90)), LOCAL, text=MOF_2020)
    assert [(one["from"], one["to"]) for one in compare("mof-2020", two_years).rows] == [(2023, 2024)]


@pytest.mark.parametrize("other", [name for name in rubric_ids() if name != "mof-2020"])
def test_every_shipped_rubric_can_be_compared(other):
    found = compare("mof-2020", other)
    assert found.rows
    for one in found.part("rules").data("zh"):
        assert one["a"] != one["b"]
    assert compare(other, other).rows == []
    resting = {one["reference_a"] for one in found.rows} | {one["reference_b"] for one in found.rows}
    assert {one["reference"] for one in found.part("sources").data("zh")} == resting - {None}
    first = next(one for one in compare(other, "mof-2020").rows if one["where"] == "name")
    assert first["a"] == load_rubric(other).name


def test_what_is_not_verified_says_so_beside_its_value(written):
    surer = ("value: {method: proportional}, reference: execution, verified: false", "value: {method: proportional}, reference: form, verified: true")  # fmt: skip
    found = compare(written("sure.yaml", surer, LOCAL, text=MOF_2020), "mof-2021-cost")
    _, columns, lines = found.tables("zh")[0]
    assert columns == ["规定", "适用年度", "A", "B"]
    (execution,) = [line for line in lines if line[0] == "预算执行率计分"]
    assert execution[1:3] == ["2021 起", "分值 × 执行率，最高不超过分值"]
    assert execution[3].endswith("（尚待与原文核对）")
    same = row(found, "execution", "rules", "where")
    assert "尚待" not in same["b"], "data keep the value and how sure it is apart"
    assert (same["verified_a"], same["verified_b"]) == (True, False)


def test_the_same_values_in_another_order_are_no_difference(written):
    points = "value: {output: 50, outcome: 30, satisfaction: 10}"
    turned = written("turned.yaml", (points, "value: {satisfaction: 10, outcome: 30, output: 50}"), LOCAL, text=MOF_2020)  # fmt: skip
    found = compare("mof-2020", turned)
    assert (found.rows, found.summary.zh, found.tables("zh")) == ([], "没有不同的规定。", [])


def test_a_project_whose_grade_alone_moves_is_listed(written):
    strict = written("strict.yaml", ("{grade: 优, from: 90}", "{grade: 优, from: 99.5}"), LOCAL, text=MOF_2020)  # fmt: skip
    found = compare(written("p/a.yaml", ("outturn: 100}", "outturn: 90}")).parent, strict)
    assert (found.rows[0]["outcome"], found.rows[0]["scores_moved"]) == ("same", 0)
    ((_, _, (line,)),) = found.tables("zh")
    assert line[2:4] == ["99.00 优", "99.00 良"]
    alone = found.detail("a")
    assert alone.summary.zh == "等级 优 → 良。"
    assert row(alone, "等级")["why"] == "评分规则 mof-2020 → local"


def test_nothing_that_can_be_compared(written, tmp_path):
    (tmp_path / "empty").mkdir()
    a = written("p/a.yaml")
    for one, two in (
        (a, "no-such-rubric"),
        (tmp_path / "empty", a),
        (a, a.parent),
        (a, tmp_path / "none.yaml"),
    ):
        with pytest.raises(InputError) as error:
            compare(one, two)
        assert error.value.problems[0].wrong.en
    with pytest.raises(InputError, match="不适用于 2019 年度"):
        compare("mof-2020", "mof-2021-cost", year=2019)


def test_tables_and_frame(written):
    long = "其" * 200
    a = written("a.yaml", ("problems: 无", f"problems: {long}甲"))
    b = written("b.yaml", ("problems: 无", f"problems: {long}乙"), ("outturn: 100}", "outturn: 90}"))
    found = compare(a, b)
    zh, en = found.tables("zh"), found.tables("en")
    assert [title for title, _, _ in zh] == [
        "得分（另有 3 项不变，未列出）", "可影响得分的事实", "不影响得分的其他变动",
    ]  # fmt: skip
    assert en[0][1] == ["score", "A", "B", "change", "why"]
    assert [line[0] for line in zh[0][2]] == ["预算执行率", "总分", "等级"], "what moved, and the result"
    assert zh[0][2][0][:4] == ["预算执行率", "10.00", "9.00", "-1.00"]
    (others,) = zh[2][2]
    assert others[2].endswith("甲")
    assert others[3].endswith("乙")
    assert len(others[2]) < 60
    frame = found.frame()
    assert list(frame["change"][:2]) == [Decimal("-1.00"), Decimal("0.00")]
    assert not [cell for column in frame for cell in frame[column] if isinstance(cell, float)]
    with pytest.raises(KeyError):
        found.frame("projects")


def test_the_repository_compared_with_itself_shows_no_change():
    found = compare(ROOT / "params", ROOT / "params")
    assert {one["outcome"] for one in found.rows} <= {"same", "no_total"}
    assert {one["facts_changed"] + one["claims_changed"] + one["scores_moved"] for one in found.rows} == {0}
