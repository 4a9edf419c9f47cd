"""Open data of a site: tables that read back exactly and can't run anything, and descriptions that fit them."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest

from helpers import ROOT
from wenxiao.checking import check_file
from wenxiao.portfolio.csv import value_of
from wenxiao.publishing.data import (
    PROJECTS,
    SCORES,
    TABLES,
    datapackage,
    report_crate,
    site_crate,
    write_tables,
)
from wenxiao.publishing.published import Entry, File, Published, Row, Site
from wenxiao.publishing.settings import Settings

PARAMS = ROOT / "params" / "2022" / "yongde-minglang-school.yaml"
DAY = dt.date(2026, 11, 25)
INPUTS = {"code": "c" * 64, "template": "t" * 64, "versions": {"wenxiao": "0.2.0", "typst": "0.15.2"}}


def entry(n=0, kind="published", day=DAY):
    return Entry(2022, n, day, kind, 0, "school", "a" * 64)


def published(tmp_path, params=PARAMS, change=None):
    """A report as the builder gives it; ``change`` may alter its evaluation."""
    record = json.loads(check_file(params).as_json())
    if change:
        change(record)
    (tmp_path / "manifest.json").write_text(json.dumps({"inputs": INPUTS}), encoding="utf-8")
    files = {
        name: File(10, "b" * 64) for name in ("evaluation.json", "params.yaml", "report.html", "report.pdf")
    }
    history = (entry(), entry(1, "corrected", dt.date(2026, 12, 1)))
    return Published(2022, "school", 0, "000014349/2022-00000", record, files, history, tmp_path)


def tables(*reports):
    """Both tables as lists of rows with values."""
    texts = io.StringIO(newline=""), io.StringIO(newline="")
    write_tables(reports, *texts)
    found = []
    for text, columns in zip(texts, TABLES.values(), strict=True):
        head, *lines = csv.reader(io.StringIO(text.getvalue(), newline=""))
        assert head == [column.name for column in columns]
        found.append(
            [{c.name: value_of(c, cell) for c, cell in zip(columns, line, strict=True)} for line in lines]
        )
    return found


def site(tmp_path, *reports, **settings):
    row = Row(
        2022, "school", 0, "2022-00000", "学校", "单位", None, None, "mof-2020", None, Decimal(1), Decimal(1), None, None, None,
        DAY, DAY, 0, "",
    )  # fmt: skip
    return Site(Settings(**settings), (row,), (), DAY, lambda _: reports[0])


def test_every_number_of_the_report_is_in_the_tables(tmp_path):
    report = published(tmp_path)
    (project,), scores = tables(report)
    record = report.record
    assert project["execution_rate"] == Decimal(record["budget"]["execution_rate"].removesuffix("%"))
    assert (project["year"], project["stem"], project["index"]) == (2022, "school", "000014349/2022-00000")
    assert (project["published"], project["updated"], project["corrections"]) == (
        "2026-11-25",
        "2026-12-01",
        1,
    )
    assert project["page"] == "../2022/school/index.html"
    assert [row["indicator"] for row in scores] == [one["name"] for one in record["indicators"]]
    assert [row["formula"] for row in scores] == [one["formula"] for one in record["indicators"]]
    stated = [one["score"] and Decimal(one["score"]) for one in record["indicators"]]
    assert [row["score"] for row in scores] == stated


@pytest.mark.parametrize(
    "text", ["=cmd|'/C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "\t=1", "＝1", '","=1', "'=1", "a\r\n=1"]
)
def test_no_cell_is_a_formula_and_every_text_comes_back(tmp_path, text):
    def change(record):
        record["project"]["name"] = record["indicators"][0]["name"] = record["indicators"][0]["formula"] = (
            text
        )

    report = published(tmp_path, change=change)
    written = io.StringIO(newline=""), io.StringIO(newline="")
    write_tables([report], *written)
    for one in written:
        for line in csv.reader(io.StringIO(one.getvalue(), newline="")):
            for cell in line:
                assert not cell or (cell[0] not in "=+@\t\r＝＋＠" and not cell.startswith("-2")), cell
    (project,), scores = tables(report)
    assert project["project"] == scores[0]["indicator"] == scores[0]["formula"] == text


def test_the_data_package_describes_the_columns(tmp_path):
    files = {name: File(len(name), name[0] * 64) for name in TABLES}
    about = json.loads(datapackage(site(tmp_path, publisher="某县财政局", licence="CC-BY-4.0"), files))
    assert about["contributors"] == [{"title": "某县财政局", "role": "publisher"}]
    for resource, columns in zip(about["resources"], (PROJECTS, SCORES), strict=True):
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.name for column in columns]
        assert all(any("一" <= c <= "鿿" for c in field["title"]) for field in fields), (
            "a title a reader understands"
        )
        assert set(resource["schema"]["primaryKey"]) <= {field["name"] for field in fields}
        assert resource["hash"] == f"sha256:{resource['path'][0] * 64}"
    required = [
        field["name"] for field in about["resources"][0]["schema"]["fields"] if "constraints" in field
    ]
    (project,), _ = tables(published(tmp_path))
    assert all(project[name] is not None for name in required)


def graph(text):
    found = json.loads(text)["@graph"]
    assert len({one["@id"] for one in found}) == len(found)
    return {one["@id"]: one for one in found}


def references(value):
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        else:
            for one in value.values():
                yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_the_crate_of_a_report_says_what_was_made_from_what(tmp_path):
    report = published(tmp_path)
    text = report_crate(report, Settings())
    assert text == report_crate(report, Settings()), "no clock and no random name in it"
    found = graph(text)
    (action,) = [one for one in found.values() if one["@type"] == "CreateAction"]
    assert found[action["instrument"]["@id"]]["softwareVersion"] == "0.2.0"
    assert [one["@id"] for one in action["object"]] == ["params.yaml"]
    assert {one["@id"] for one in action["result"]} == {"evaluation.json", "report.html", "report.pdf"}
    assert found["./"]["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert found["./"]["datePublished"] == "2026-12-01"
    for name in ("name", "description", "license"):
        assert found["./"][name]
    known = set(found) | {"https://w3id.org/ro/crate/1.1", "http://schema.org/CompletedActionStatus"}
    assert set(references(list(found.values()))) <= known


def test_the_crate_of_the_site_names_its_tables_and_reports(tmp_path):
    files = {name: File(3, "d" * 64) for name in (*TABLES, "datapackage.json")}
    found = graph(site_crate(site(tmp_path, licence="https://example.gov.cn/licence"), files))
    parts = {one["@id"] for one in found["./"]["hasPart"]}
    assert parts == {"data/projects.csv", "data/scores.csv", "data/datapackage.json", "2022/school/"}
    assert found["2022/school/"]["subjectOf"] == {"@id": "2022/school/ro-crate-metadata.json"}
    assert found["./"]["license"] == {"@id": "https://example.gov.cn/licence"}
