"""Invented projects: they load, say nothing wrong unless told to, and are the same everywhere."""

import json
import re
from collections import Counter
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from wenxiao.checking import check_files
from wenxiao.cli import app
from wenxiao.findings.personal import personal_data
from wenxiao.sampling import FIRST_YEAR, project_types, sample_project, samples, write_samples
from wenxiao.sampling.data import forms
from wenxiao.sampling.faults import FAULTS

CLEAN, ALL = Decimal(0), Decimal(1)


def checked(folder, count=300, **options):
    year = options.get("year", 2024)
    write_samples(folder, samples(count, **options), year)
    return check_files(sorted(folder.rglob("*.yaml")))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return checked(tmp_path_factory.mktemp("clean") / "s", faulty=CLEAN)


def test_every_file_loads_and_is_scored(clean):
    assert [one.problems for one in clean] == [()] * 300
    unscored = [one.file for one in clean if one.evaluation.total is None and one.evaluation.rules.scored]
    assert unscored == []


def test_without_planted_faults_nothing_is_found(clean):
    """No error, no warning, and P602 above all: the texts do not read alike."""
    assert [(one.file, f.code, f.where) for one in clean for f in one.findings] == []


def test_the_projects_differ_as_a_county_s_do(clean):
    projects = [one.evaluation.project for one in clean]
    assert len({p.narrative.overview for p in projects}) == 300
    assert len({(p.name, p.unit) for p in projects}) == 300
    departments = {re.sub("^..县", "", p.department) for p in projects}
    assert departments == {kind.department for kind in project_types()}
    assert {p.rubric for p in projects} == set(forms())
    assert Counter(p.rubric for p in projects)["mof-2020"] > 150
    assert {len(p.budget.sources) for p in projects} == {1, 2, 3}
    assert {p.budget.amount_unit for p in projects} == {"元", "万元"}
    assert {one.evaluation.grade for one in clean} >= {"excellent", "good", "fair"}
    assert {i.level for p in projects for i in p.indicators} == {None, "achieved", "partly", "missed"}
    assert any(i.evidence for p in projects for i in p.indicators)


def test_points_and_sources_add_up(clean):
    for one in clean:
        budget, rules = one.evaluation.project.budget, one.evaluation.rules
        if budget.total:
            assert budget.total.adjusted == sum(source.adjusted for source in budget.sources)
        if rules.scored:
            points = sum(i.points for i in one.evaluation.project.indicators)
            assert points + rules.execution_points == 100


def test_names_and_places_are_invented(clean):
    for one in clean:
        project = one.evaluation.project
        assert re.fullmatch("某省示例市[甲乙丙丁戊己庚辛壬癸][一-龥]县", project.project.region)
        assert project.contact is None
        assert project.disclosure.reviewed_by == f"{project.unit}办公室"
        assert project.disclosure.approved_by == project.department
        assert personal_data(one.sheet.text) == []
        assert one.sheet.text.startswith("# 示例数据")


def test_dates_lie_in_the_year(clean):
    for one in clean:
        about, signed = one.evaluation.project.project, one.evaluation.project.signed
        assert about.started.year == about.completed.year == about.year == 2024
        assert about.started < about.completed < signed.date
        assert signed.date.year == 2025


def test_what_was_planted_is_what_check_finds(tmp_path):
    """With a fault in every project: each line of faults.jsonl is a finding with that code, gravity and place."""
    found = {
        (one.file.rsplit("/", 1)[-1], f.code, f.severity, f.where)
        for one in checked(tmp_path / "s", 250, faulty=ALL)
        for f in one.findings
    }
    planted = [json.loads(line) for line in (tmp_path / "s" / "faults.jsonl").read_text("utf-8").splitlines()]
    wanted = {(p["file"].rsplit("/", 1)[-1], p["code"], p["severity"], p["where"]) for p in planted}
    assert len(wanted) == 250
    assert wanted - found == set()
    assert len({p["code"] for p in planted}) >= len(FAULTS) - 2


def test_a_planted_fault_changes_only_its_project(tmp_path):
    """The same project, but for the fault: everything drawn before is the same."""
    for number in range(1, 40):
        plain, faulty = sample_project(number, faulty=CLEAN), sample_project(number, faulty=ALL)
        assert plain.planted == ()
        assert len(faulty.planted) == 1
        assert plain.text.splitlines()[3:5] == faulty.text.splitlines()[3:5]
        assert plain.text != faulty.text


def test_about_one_in_eight_is_faulty():
    assert 100 < sum(bool(one.planted) for one in samples(1_000)) < 150


def test_same_seed_same_bytes_whatever_the_count(tmp_path):
    write_samples(tmp_path / "few", samples(5, "lesson"))
    write_samples(tmp_path / "many", samples(30, "lesson"))
    for path in (tmp_path / "few" / "2024").iterdir():
        assert path.read_bytes() == (tmp_path / "many" / "2024" / path.name).read_bytes()
    assert sample_project(3, "lesson").text != sample_project(3, "another").text


@pytest.mark.parametrize("year", [2019, 2021, 2035])
def test_other_years_have_their_own_rubrics(tmp_path, year):
    for one in checked(tmp_path / "s", 40, year=year, faulty=CLEAN):
        assert one.problems == ()
        assert one.findings == ()
        assert forms()[one.evaluation.rules.id].since <= year


def test_a_year_before_the_rubrics_is_refused():
    with pytest.raises(ValueError, match="begin with 2019"):
        sample_project(1, year=FIRST_YEAR - 1)
    assert CliRunner().invoke(app, ["sample", "1", "-o", "x", "--year", str(FIRST_YEAR - 1)]).exit_code == 2


def test_no_word_of_python_and_no_blank_slips_into_a_file():
    text = "".join(sample_project(number, faulty=CLEAN).text for number in range(1, 200))
    assert not re.search(r"None|Decimal|E\+|[{]\w[}]|: \"\"", text)


def test_the_command_writes_and_says_how_many(tmp_path):
    out = tmp_path / "lesson"
    done = CliRunner().invoke(
        app, ["--lang", "zh", "sample", "8", "-o", str(out), "--seed", "1", "--faults", "100"]
    )
    assert done.exit_code == 0
    assert "生成 8 个虚构项目，其中 8 个带预设错误" in done.stdout
    assert sorted(p.name for p in (out / "2024").iterdir()) == [f"p{i:06d}.yaml" for i in range(1, 9)]
    clean = CliRunner().invoke(
        app, ["sample", "3", "-o", str(tmp_path / "clean"), "--clean", "--year", "2022"]
    )
    assert clean.exit_code == 0
    assert (tmp_path / "clean" / "faults.jsonl").read_bytes() == b""
    assert len(list((tmp_path / "clean" / "2022").iterdir())) == 3


def test_the_command_overwrites_nothing(tmp_path):
    kept = tmp_path / "2024" / "real.yaml"
    kept.parent.mkdir()
    kept.write_text("x", encoding="utf-8")
    done = CliRunner().invoke(app, ["--lang", "zh", "sample", "2", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "没有改动任何文件" in done.stderr
    assert [p.name for p in tmp_path.rglob("*.*")] == ["real.yaml"]
