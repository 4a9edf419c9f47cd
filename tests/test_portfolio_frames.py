"""``wx.portfolio``: the DataFrames, where they come from, and what an analyst can do with them."""

import json
import os
import shutil
from decimal import Decimal

import pandas as pd
import pytest

import wenxiao as wx
from helpers import PARAMS, SEED, evaluated, project
from wenxiao.checking import check_file
from wenxiao.errors import InputError
from wenxiao.portfolio import TABLES, write_portfolio
from wenxiao.portfolio.frames import Portfolio, portfolio
from wenxiao.portfolio.schema import COLUMNS, SCALES
from wenxiao.portfolio.tabular import FRAMES

LOST = [
    {"category": "output", "name": "设备", "target": "=8个", "actual": "6个", "points": 40},
    {"category": "outcome", "name": "受益人数", "target": "≥100人", "actual": "120人", "points": 50},
]


def place(reports, evaluation, stem):
    folder = reports / str(evaluation.project.year) / stem
    folder.mkdir(parents=True)
    (folder / "evaluation.json").write_text(evaluation.as_json(), encoding="utf-8")


def one(**about):
    facts = {"name": "试点", "year": 2021, "unit": "甲局"} | about
    return evaluated(project(project=facts))


@pytest.fixture
def reports(tmp_path):
    place(tmp_path, check_file(SEED), "seed")
    place(tmp_path, one(department="教育局"), "school")
    place(tmp_path, one(year=2020, department="水利局"), "canal")
    place(tmp_path, evaluated(project(indicators=LOST)), "lost")
    write_portfolio(tmp_path)
    return tmp_path


def same(first, second):
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert first.digest == second.digest


def test_types(reports):
    found = portfolio(reports)
    for name, table in FRAMES.items():
        frame = getattr(found, name)
        assert list(frame.columns) == [column.name for column in COLUMNS[table]]
        for column in COLUMNS[table]:
            stated = set(map(type, frame[column.name].dropna()))
            if column.type in SCALES:
                assert frame[column.name].dtype == object
                assert stated <= {Decimal}
            elif column.type == "whole":
                assert frame[column.name].dtype == "Int64"
            else:
                assert str(frame[column.name].dtype) in ("string", "category")
    assert found.projects["adjusted"].sum() == Decimal("3381400")
    assert found.projects["total"].sum() == Decimal("290.00")
    assert (found.projects["grade"] >= "良").sum() == 3
    assert found.findings["severity"].max() == "error"


def test_columns_are_described(reports):
    found = portfolio(reports)
    columns = found.columns
    for name in FRAMES:
        frame = getattr(found, name)
        listed = columns[columns["table"] == name]
        assert list(listed["column"]) == list(frame.columns)
        assert list(listed["type"]) == [str(dtype) for dtype in frame.dtypes]
        assert list(listed["title"]) == list(getattr(found.labelled(), name).columns)
    assert columns["title"].str.len().min() > 0


def test_chinese_labels_and_floats(reports):
    found = portfolio(reports).labelled().floats()
    assert found.projects["全年预算数（元）"].dtype == "Float64"
    assert found.projects["总分"].mean() == pytest.approx(
        float(portfolio(reports).projects["total"].dropna().mean())
    )
    assert set(found.findings["级别"].dropna()) <= {"错误", "警告", "提示"}
    assert set(found.indicators["是否达到指标值"].dropna()) == {"是", "否"}
    assert next(iter(portfolio(reports).projects.columns)) == "year", (
        "the views leave what they were made from alone"
    )


def test_a_user_s_own_columns_stay_and_change_nothing_else(reports):
    found = portfolio(reports)
    found.projects["year"] = 1999
    found.projects["own"] = 1
    assert set(found.projects["own"]) == {1}
    assert {one.year for one in found.ones} == {2020, 2021}
    assert len(found.where(2020)) == 1
    assert "own" not in found.floats().projects


def test_where(reports):
    found = portfolio(reports)
    assert list(found.where(2020).projects["stem"]) == ["canal"]
    assert list(found.where(department="未列明").projects["stem"]) == ["lost", "seed"]
    some = found.where(2021, "教育局")
    assert set(some.indicators["stem"]) == {"school"}
    assert len(some.findings) == 0
    assert len(found.where(1999)) == 0
    assert found.where() is found
    assert list(found.labelled().where(2020).projects["评价年度"]) == [2020]


def test_tables_or_reports_or_evaluations_give_the_same(reports, tmp_path_factory):
    tables = portfolio(reports)
    bare = tmp_path_factory.mktemp("bare")
    for year in ("2020", "2021"):
        shutil.copytree(reports / year, bare / year)
    same(tables, portfolio(bare))
    moved = tmp_path_factory.mktemp("moved")
    for name in TABLES:
        shutil.copy(reports / f"{name}.csv", moved)
    same(tables, portfolio(moved))
    same(tables, portfolio(moved / "portfolio-findings.csv"))
    assert len(portfolio(map(check_file, PARAMS))) == len(PARAMS)
    assert list(portfolio([check_file(SEED)]).projects["stem"]) == [SEED.stem]


def test_reports_newer_than_the_tables_are_read_themselves(reports):
    place(reports, one(name="新项目"), "new")
    assert len(portfolio(reports)) == 5
    write_portfolio(reports)
    path = reports / "2021" / "new" / "evaluation.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record | {"total": "1.00"}), encoding="utf-8")
    later = (reports / "portfolio.csv").stat().st_mtime + 1
    os.utime(path, (later, later))
    assert Decimal("1.00") in set(portfolio(reports).projects["total"])
    shutil.rmtree(path.parent)
    assert len(portfolio(reports)) == 4


def test_tables_of_another_version_are_not_read(reports):
    (reports / "portfolio-findings.csv").unlink()
    assert len(portfolio(reports).findings) > 0
    for year in ("2020", "2021"):
        shutil.rmtree(reports / year)
    with pytest.raises(InputError, match="wenxiao run"):
        portfolio(reports)


def test_a_report_that_cannot_be_read_is_counted(reports):
    place(reports, one(), "broken")
    (reports / "2021" / "broken" / "evaluation.json").write_text("{}", encoding="utf-8")
    assert (portfolio(reports).left_out, len(portfolio(reports))) == (1, 4)
    write_portfolio(reports)
    assert (portfolio(reports).left_out, len(portfolio(reports))) == (1, 4)


@pytest.mark.parametrize("name", ["nothing", "2021/seed/evaluation.json"])
def test_what_is_no_portfolio_is_refused(reports, name):
    with pytest.raises(InputError) as caught:
        portfolio(reports / name)
    assert name in caught.value.text("zh")


def test_a_relative_folder_is_found_from_the_notebooks_folder(reports, monkeypatch):
    (reports.parent / "notebooks").mkdir(exist_ok=True)
    monkeypatch.chdir(reports.parent / "notebooks")
    assert len(portfolio(reports.name)) == 4


def test_no_reports_at_all(tmp_path):
    found = portfolio(tmp_path)
    assert (len(found), repr(found)) == (0, "<Portfolio: 0 projects, 0 indicators, 0 findings>")
    assert list(found.projects.columns) == [column.name for column in COLUMNS["portfolio-projects"]]
    assert len(found.where(2021)) == len(found.labelled().floats().findings) == 0


def test_display(reports):
    found = portfolio(reports)
    assert repr(found) == "<Portfolio: 4 projects of 2020–2021, 17 indicators, 18 findings>"
    page = found._repr_mimebundle_()["text/html"]
    assert "4 个项目" in page
    assert "4 个项目" in str(found)
    assert "script" not in page


def test_the_public_name_stands_before_the_package_of_the_same_name(reports):
    assert isinstance(wx.portfolio(reports), Portfolio)
