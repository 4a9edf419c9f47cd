"""What ``wenxiao diff`` says, and how it ends."""

import json

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import wenxiao as wx
from helpers import ROOT
from wenxiao.checking import check_file
from wenxiao.cli import app, rules
from wenxiao.writing import facts_text

FACTS = """\
schema: wenxiao/1
rubric: mof-2020
project: {name: 试点, year: 2021, unit: 甲局}
budget:
  amount_unit: 万元
  total: {original: 100, adjusted: 100, outturn: 100}
indicators:
  - {category: output, name: 设备, target: =8个, actual: 8个, points: 50}
  - {category: outcome, name: 受益人数, target: ≥100人, actual: 120人, points: 30}
  - {category: satisfaction, name: 满意度, target: ≥90%, actual: 95%, points: 10}
narrative: {problems: "无[/b] :star:"}
"""
LESS = (("outturn: 100}", "outturn: 93.5}"), ("actual: 8个", "actual: 6个"))


@pytest.fixture
def wenxiao(monkeypatch, tmp_path):
    """The command, in a folder with two projects before (p) and after (q) a change of two facts."""
    monkeypatch.chdir(tmp_path)
    for folder, changes in (("p", ()), ("q", LESS)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "still.yaml").write_text(FACTS, encoding="utf-8")
        text = FACTS
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / folder / "trial.yaml").write_text(text, encoding="utf-8")

    def call(*arguments, lang="zh"):
        return CliRunner().invoke(app, ["--lang", lang, "diff", *map(str, arguments)])

    return call


def cells(stdout):
    """Give the lines of all tables as lists of cells, without what continues a line above."""
    lines = (line for line in stdout.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_two_facts_changed(wenxiao):
    done = wenxiao("p/trial.yaml", "q/trial.yaml")
    assert done.exit_code == 0
    head = "A  p/trial.yaml\nB  q/trial.yaml\n\n总分 100.00 → 86.85；等级 优 → 良；2 项得分变动；可影响得分的事实变动 2 处。\n"
    assert done.stdout.startswith(head)
    assert cells(done.stdout) == [
        ["预算执行率", "10.00", "9.35", "-0.65", "项目资金·总额·全年执行数 100 → 93.5"],
        ["设备", "50.00", "37.50", "-12.50", "绩效指标·设备·实际完成值 8个 → 6个"],
        ["总分", "100.00", "86.85", "-13.15", "预算执行率 -0.65"],
        ["", "", "", "", "设备 -12.50"],
        ["等级", "优", "良", "—", "总分 100.00 → 86.85"],
        ["budget.total.outturn", "项目资金·总额·全年执行数", "100", "93.5"],
        ["indicators[0].actual", "绩效指标·设备·实际完成值", "8个", "6个"],
    ]
    assert "得分（另有 2 项不变，未列出）" in done.stdout


def test_in_english(wenxiao):
    done = wenxiao("p/trial.yaml", "q/trial.yaml", lang="en")
    assert (
        "Total 100.00 → 86.85; grade 优 → 良; scores moved: 2; facts that scores rest on: 2." in done.stdout
    )
    assert "Scores (2 unchanged, not listed)" in done.stdout
    assert ["budget execution", "10.00", "9.35", "-0.65", "budget · total · outturn 100 → 93.5"] in cells(done.stdout)  # fmt: skip


def test_nothing_changed(wenxiao):
    assert "得分和事实都没有不同。" in wenxiao("p/trial.yaml", "q/still.yaml").stdout
    assert wenxiao("p", "p").stdout.endswith("共 2 个项目：2 个总分不变。什么都没有变。\n")
    assert wenxiao("mof-2020", "mof-2020").stdout.endswith("没有不同的规定。\n")


def test_folders_list_what_changed_and_why(wenxiao):
    done = wenxiao("p", "q")
    assert "共 2 个项目：1 个得分下降，1 个总分不变。" in done.stdout
    assert "各项目（另有 1 项不变，未列出）" in done.stdout
    assert cells(done.stdout) == [
        ["trial", "得分下降", "100.00 优", "86.85 良", "-13.15", "预算执行率 -0.65、设备 -12.50"],
        ["试点", "", "", "", "", ""],
    ]


def test_folders_of_reports(wenxiao, tmp_path):
    for name in ("p", "q"):
        evaluation = check_file(tmp_path / name / "trial.yaml")
        folder = tmp_path / f"reports-{name}" / "2021" / "trial"
        folder.mkdir(parents=True)
        (folder / "params.yaml").write_text(facts_text(evaluation.project), encoding="utf-8")
        (folder / "evaluation.json").write_text(evaluation.as_json(), encoding="utf-8")
    assert cells(wenxiao("reports-p", "reports-q").stdout)[0][:4] == [
        "2021/trial", "得分下降", "100.00 优", "86.85 良",
    ]  # fmt: skip
    assert "得分和事实都没有不同。" in wenxiao("q/trial.yaml", "reports-q/2021/trial").stdout


def test_many_scores_are_counted_and_summed_where_there_is_no_total(wenxiao, tmp_path):
    for name in ("p", "q"):
        path = tmp_path / name / "trial.yaml"
        text = path.read_text(encoding="utf-8").replace("rubric: mof-2020", "rubric: mof-2020\nexcerpt: true")
        path.write_text(text.replace("120人", "50人" if name == "q" else "120人").replace("95%", "45%" if name == "q" else "95%"), encoding="utf-8")  # fmt: skip
    done = wenxiao("p", "q")
    assert "1 个无总分可比" in done.stdout
    assert "预算执行率 -0.65、设备 -12.50、受益人数 -15.00 等 4 项，合计 -33.15" in done.stdout


def test_the_same_facts_under_another_rubric(wenxiao):
    done = wenxiao("q/trial.yaml", "mof-2021-cost")
    assert done.exit_code == 0
    assert "  评分规则 mof-2020 → mof-2021-cost\n" in done.stdout
    assert ["", "", "", "", "计分方法 按比例计分 → 按区间计分"] in cells(done.stdout)


def test_rubrics_with_what_they_rest_on(wenxiao):
    done = wenxiao("mof-2020", "mof-2021-cost")
    assert "项规定不同。" in done.stdout
    assert ["适用年度起点", "—", "2019", "2021"] in cells(done.stdout)
    (deadlines,) = [line for line in cells(done.stdout) if line[0] == "期限指标计分"]
    assert deadlines[1:3] == ["2021 起", "—"]
    assert deadlines[3].endswith("（尚待与原文核对）")
    assert any("财预〔2021〕101号" in line[1] and line[0] == "B" for line in cells(done.stdout))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [100, 160])
def test_tables_fit_and_lose_no_cell(wenxiao, monkeypatch, language, width):
    monkeypatch.setattr(rules, "_PAGE_WIDTH", width)
    for pair in (("p/trial.yaml", "q/trial.yaml"), ("p", "q"), (ROOT / "params", "mof-2021-cost"), ("mof-2020", "hubei-20-80")):  # fmt: skip
        done = wenxiao(*pair, lang=language)
        assert done.exit_code == 0
        drawn = [line for line in done.stdout.splitlines() if line.startswith(("│", "┏"))]
        assert drawn
        assert max(map(cell_len, drawn)) <= width
        assert "…" not in "".join(drawn), "folded, not cut"


def test_text_that_looks_like_markup_is_shown_as_it_is(wenxiao, tmp_path):
    path = tmp_path / "q" / "trial.yaml"
    path.write_text(FACTS.replace("无[/b]", "有[red][/b]"), encoding="utf-8")
    done = wenxiao("p/trial.yaml", path)
    assert done.exit_code == 0
    assert ["有[red][/b]" in cell for cell in cells(done.stdout)[-1]] == [False, False, False, True]


def test_json_holds_everything_and_scores_as_printed(wenxiao):
    found = json.loads(wenxiao("p/trial.yaml", "q/trial.yaml", "--json").stdout)
    assert (found["schema"], found["kind"], found["a"]) == ("wenxiao/diff/1", "project", "p/trial.yaml")
    assert [score["change"] for score in found["scores"]] == [
        "-0.65",
        "-12.50",
        "0.00",
        "0.00",
        "-13.15",
        None,
    ]
    assert [fact["where"] for fact in found["facts"]] == ["budget.total.outturn", "indicators[0].actual"]
    assert "93.5 ÷ 100" in found["scores"][0]["formula_b"]
    (trial, still) = sorted(json.loads(wenxiao("p", "q", "--json").stdout)["projects"], key=lambda p: p["outcome"])  # fmt: skip
    assert (trial["stem"], trial["total_b"], trial["facts_changed"]) == ("trial", "86.85", 2)
    assert (still["outcome"], still["scores_moved"]) == ("same", 0)
    rules_ = json.loads(wenxiao("mof-2020", "mof-2021-cost", "--json").stdout)["rules"]
    assert {"where", "label", "from", "to", "a", "b", "reference_b", "verified_b"} <= set(rules_[0])


def test_only_one_year(wenxiao, tmp_path):
    text = FACTS.replace("year: 2021", "year: 2022")
    (tmp_path / "p" / "still.yaml").write_text(text, encoding="utf-8")
    assert "共 1 个项目" in wenxiao("p", "mof-2020", "--year", "2022").stdout
    assert "没有可比较的项目。" in wenxiao("p", "mof-2020", "--year", "2023").stdout
    refused = wenxiao("mof-2020", "mof-2021-cost", "--year", "2019")
    assert refused.exit_code == 2
    assert "mof-2021-cost: 这套评分规则不适用于 2019 年度（自 2021 年度起适用）。" in refused.stderr


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ("none.yaml", "p/trial.yaml", "none.yaml: 没有这样的项目文件、报告文件夹或评分规则。"),
        ("p/trial.yaml", "mof-2002", "mof-2002: 没有这样的项目文件、报告文件夹或评分规则。"),
        ("p/trial.yaml", "q", "q: 一边是单个项目，另一边是文件夹，无法比较。"),
        ("empty", "p", "empty: 这个文件夹里没有项目文件，也没有报告。"),
        ("faulty.yaml", "mof-2020", "faulty.yaml:3:27  project.year"),
    ],
)
def test_what_is_refused_ends_with_2_and_says_what_to_write(wenxiao, tmp_path, one, two, said):
    (tmp_path / "empty").mkdir()
    faulty = FACTS.replace("year: 2021", "year: 二〇二一")
    (tmp_path / "faulty.yaml").write_text(faulty, encoding="utf-8")
    for language in ("zh", "en"):
        done = wenxiao(one, two, lang=language)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said.split(" ")[0] in done.stderr
        assert language == "en" or said in done.stderr


def test_in_a_notebook(wenxiao):
    frame = wx.compare("p/trial.yaml", "q/trial.yaml").frame()
    assert list(frame["change"][:2]) == [wx.Decimal("-0.65"), wx.Decimal("-12.50")]
    assert wx.compare("p", "q").detail("trial").frame("facts", "en")["b"].tolist() == ["93.5", "6个"]
