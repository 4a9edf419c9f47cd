"""The portfolio: what is in the tables, in both formats, and that neither memory nor a damaged file matters."""

import csv
import json
import os
import struct
import tracemalloc
from decimal import Decimal

import pandas as pd
import pytest

from helpers import SEED, evaluated, project
from wenxiao.checking import check_file
from wenxiao.portfolio import (
    COLUMNS,
    INDICATOR_COLUMNS,
    PROJECT_COLUMNS,
    TABLES,
    TYPES,
    Column,
    ParquetFile,
    inert,
    read_portfolio,
    write_portfolio,
)
from wenxiao.portfolio.schema import SCALES
from wenxiao.running.portfolio import refresh
from wenxiao.running.storage import LockedError, store_for

COUNTS = {"portfolio": 15, "portfolio-projects": 3, "portfolio-findings": 16}
"""Rows of the tables of the fixture ``reports``."""
FILES = [f"{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")]


def place(reports, year, stem, record):
    folder = reports / str(year) / stem
    folder.mkdir(parents=True)
    text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    (folder / "evaluation.json").write_text(text, encoding="utf-8")


def record(**changes):
    return evaluated(project(**changes)).as_dict()


@pytest.fixture
def reports(tmp_path):
    place(tmp_path, 2021, "b", check_file(SEED).as_json())
    place(tmp_path, 2021, "a", record(printed={"total": 99}))
    place(tmp_path, 2020, "z", record())
    return tmp_path


def cells(path):
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))


# --- a reader of our own, from the format's description: it shares no code with the writer ---------------------------


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def compact(data, at, kind):
    """Read a value of Thrift's compact protocol; a struct becomes {field number: value}."""
    if kind in (1, 2):
        return kind == 1, at
    if kind in (4, 5, 6):
        value, at = varint(data, at)
        return value >> 1 ^ -(value & 1), at
    if kind == 8:
        size, at = varint(data, at)
        return data[at : at + size], at + size
    if kind == 9:
        size, of, at = data[at] >> 4, data[at] & 15, at + 1
        if size == 15:
            size, at = varint(data, at)
        items = []
        for _ in range(size):
            item, at = compact(data, at, of)
            items.append(item)
        return items, at
    assert kind == 12, kind
    found, number = {}, 0
    while data[at]:
        number, kind, at = number + (data[at] >> 4), data[at] & 15, at + 1
        found[number], at = compact(data, at, kind)
    return found, at + 1


def hybrid(data, width, count):
    values, at = [], 0
    while len(values) < count:
        head, at = varint(data, at)
        size = -(-width // 8) if not head & 1 else (head >> 1) * width
        bits = int.from_bytes(data[at : at + size], "little")
        at += size
        if head & 1:
            values += [bits >> i * width & (1 << width) - 1 for i in range((head >> 1) * 8)]
        else:
            values += [bits] * (head >> 1)
    return values[:count]


def plain(data, element, count):
    values, at = [], 0
    for _ in range(count):
        size = {1: 4, 7: element.get(2)}.get(element[1])
        if size is None:
            size, at = struct.unpack_from("<I", data, at)[0], at + 4
        raw, at = data[at : at + size], at + size
        if element[1] == 1:
            values.append(int.from_bytes(raw, "little", signed=True))
        elif element[1] == 7:
            values.append(Decimal(int.from_bytes(raw, "big", signed=True)).scaleb(-element[7]))
        else:
            values.append(raw.decode())
    return values


def page(data, at):
    header, at = compact(data, at, 12)
    assert header[2] == header[3]
    return header, data[at : at + header[3]]


def parquet(path):
    """Read a whole file to {column: values}, with the footer."""
    data = path.read_bytes()
    assert data[:4] == data[-4:] == b"PAR1"
    size = struct.unpack("<I", data[-8:-4])[0]
    footer, end = compact(data[-8 - size : -8], 0, 12)
    assert end == size
    elements = footer[2][1:]
    table = {element[4].decode(): [] for element in elements}
    for group in footer[4]:
        for element, chunk in zip(elements, group[1], strict=True):
            about = chunk[3]
            head, words = page(data, about[11])
            dictionary = plain(words, element, head[7][1])
            head, body = page(data, about[9])
            count = head[5][1]
            assert count == about[5] == group[3]
            levels = struct.unpack_from("<I", body)[0]
            there = hybrid(body[4 : 4 + levels], 1, count)
            places = iter(hybrid(body[5 + levels :], body[4 + levels], sum(there)))
            table[element[4].decode()] += [dictionary[next(places)] if one else None for one in there]
    assert {len(values) for values in table.values()} == {footer[3]}
    return table, footer


# --- what is in the tables --------------------------------------------------------------------------------------------


def test_rows_are_sorted_by_year_and_stem(reports):
    assert write_portfolio(reports) == COUNTS | {"unreadable": 0}
    table = read_portfolio(reports, "portfolio-projects")
    assert list(zip(table["year"], table["stem"], strict=True)) == [(2021, "z"), (2021, "a"), (2021, "b")]


def test_what_a_killed_run_left_of_the_tables_is_removed(reports):
    left = [reports / ".portfolio.csv.4711", reports / ".portfolio-findings.parquet.4711"]
    others = [
        reports / ".portfolio.html.4712",
        reports / "notes.csv",
    ]  # a page that is being written, a file of somebody's
    for path in (*left, *others):
        path.write_text("half")
    write_portfolio(reports)
    assert [path.exists() for path in (*left, *others)] == [False, False, True, True]


def test_tables_are_not_written_while_a_run_is_at_work(reports):
    with store_for(str(reports)).lock(), pytest.raises(LockedError):
        refresh(reports)
    assert not (reports / "portfolio.csv").exists()
    assert refresh(reports)
    assert (reports / "portfolio.csv").exists()


def test_a_project_s_row(reports):
    write_portfolio(reports)
    seed = read_portfolio(reports, "portfolio-projects").set_index("stem").loc["b"]
    assert seed["adjusted"] == Decimal("381400")
    assert seed["outturn"] == Decimal("376600")
    assert seed["execution_rate"] == Decimal("98.74")
    assert seed["amount_unit"] == "万元"
    assert seed["total"] is None
    assert pd.isna(seed["grade"])
    assert "B101" in seed["findings"].split()
    assert seed["errors"] >= 1


def test_an_indicator_s_row(reports):
    write_portfolio(reports)
    table = read_portfolio(reports)
    row = table[(table["stem"] == "a") & (table["position"] == 3)].iloc[0]
    assert (row["indicator"], row["target"], row["actual"]) == ("受益人数", "≥100人", "120人")
    assert (row["points"], row["score"]) == (Decimal(30), Decimal("30.00"))
    assert pd.isna(row["deviation_cause"])
    first = table[(table["stem"] == "a") & (table["position"] == 1)].iloc[0]
    assert first["target"] == "=8个", "as the form has it, the sign that keeps it inert taken away"


def test_how_far_an_indicator_got(tmp_path):
    rows = [
        ("output", "设备", "=8个", "6个", "no", "75.00"), ("output", "时间", "2021年6月底前", "2021年5月20日", "yes", None),
        ("outcome", "效果", "明显改善", "明显改善", None, None), ("cost", "成本", "≤10万元", "8万元", "yes", "125.00"),
        ("output", "设备", "≥8个", None, None, None),
    ]  # fmt: skip
    facts = [
        dict(zip(("category", "name", "target", "actual"), row[:4], strict=True)) | {"points": 18}
        for row in rows
    ]
    facts = [{name: value for name, value in one.items() if value is not None} for one in facts]
    place(tmp_path, 2021, "a", evaluated(project(indicators=facts), "mof-2021-cost").as_dict())
    write_portfolio(tmp_path)
    table = read_portfolio(tmp_path)
    found = [
        (None if pd.isna(m) else m, None if a is None else str(a))
        for m, a in zip(table["met"], table["attained"], strict=True)
    ]
    assert found == [row[4:] for row in rows]


def test_a_finding_s_row(reports):
    write_portfolio(reports)
    table = read_portfolio(reports, "portfolio-findings")
    seed = table[table["stem"] == "b"]
    evaluation = check_file(SEED)
    assert list(seed["number"]) == list(range(1, len(evaluation.findings) + 1))
    assert list(seed["code"]) == [one.code for one in evaluation.findings]
    assert list(seed["message"]) == [one.message for one in evaluation.findings]
    first = seed.iloc[0]
    assert first["severity"] == evaluation.findings[0].severity
    there = seed[seed["where"].str.startswith("indicators[")]
    assert list(there["position"]) == [int(where[11:].partition("]")[0]) + 1 for where in there["where"]]
    assert seed["acknowledged"].isna().all()


def test_an_answered_finding_is_counted_apart(tmp_path):
    lost = [dict(one) for one in project().model_dump(exclude_none=True)["indicators"]]
    lost[0]["actual"] = "7个"
    place(tmp_path, 2021, "open", record(indicators=lost))
    answer = [{"code": "I303", "reason": "已在会上说明"}]
    place(tmp_path, 2021, "told", record(indicators=lost, acknowledged=answer))
    write_portfolio(tmp_path)
    projects, rows = read_portfolio(tmp_path, "portfolio-projects"), read_portfolio(tmp_path)
    assert list(projects["answered"]) == [0, 1]
    assert list(projects["warnings"]) == [1, 0]
    assert list(rows["findings"].dropna()) == ["I303"]
    told = read_portfolio(tmp_path, "portfolio-findings")
    assert list(told[told["code"] == "I303"]["acknowledged"].fillna("")) == ["", "已在会上说明"]


def test_dtypes(reports):
    write_portfolio(reports)
    wanted = {"whole": "Int64", "text": "string", "date": "string"}
    for name in TABLES:
        table = read_portfolio(reports, name)
        assert [str(t) for t in table.dtypes] == [wanted.get(c.type, "object") for c in COLUMNS[name]]
        for column in (c for c in COLUMNS[name] if c.type in SCALES):
            assert {type(v) for v in table[column.name]} <= {Decimal, type(None)}


def test_the_schema_says_what_null_means():
    for column in (*INDICATOR_COLUMNS, *PROJECT_COLUMNS):
        assert column.type in TYPES
        assert column.about
        assert column.type != "amount" or column.unit == "元"
    assert len({c.name for c in PROJECT_COLUMNS}) == len(PROJECT_COLUMNS)


# --- CSV --------------------------------------------------------------------------------------------------------------


def test_csv_is_for_excel_and_rfc_4180(reports):
    write_portfolio(reports)
    data = (reports / "portfolio.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfyear,stem,")
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+5%", "'+5%"), ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("＝8个", "'＝8个"), ("-3.5", "-3.5"), ("-3.5%", "-3.5%"), ("-3.5个", "'-3.5个"), ("'引用", "''引用"),
        ("≥95%", "≥95%"), ("2021-01-01", "2021-01-01"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_and_numbers_stay(text, cell, tmp_path):
    assert inert(text) == cell
    indicators = [
        {"category": "output", "name": "甲", "target": text, "actual": '多行\n“引”,"号"', "points": 90}
    ]
    one = record()
    one["indicators"][0] |= {"target": text, "actual": indicators[0]["actual"]}
    place(tmp_path, 2021, "x", one)
    write_portfolio(tmp_path)
    assert cells(tmp_path / "portfolio.csv")[1][12] == cell
    row = read_portfolio(tmp_path).iloc[0]
    assert (row["target"], row["actual"]) == (text, indicators[0]["actual"])


# --- Parquet ----------------------------------------------------------------------------------------------------------


def test_parquet_holds_what_csv_holds(reports):
    write_portfolio(reports, rows=4)
    for name in TABLES:
        table, footer = parquet(reports / f"{name}.parquet")
        frame = read_portfolio(reports, name)
        assert list(table) == list(frame.columns)
        for column, values in table.items():
            assert values == [None if v is None or v is pd.NA else v for v in frame[column]], column
        groups = {"portfolio": [4, 4, 7], "portfolio-projects": [1, 1, 1], "portfolio-findings": [1, 15]}
        assert [group[3] for group in footer[4]] == groups[name]


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 300])
def test_parquet_of_any_length_and_any_nulls(tmp_path, count):
    columns = [
        Column("t", "text", "", "x"),
        Column("w", "whole", "", "x"),
        Column("a", "amount", "元", "x", "none"),
    ]
    rows = [
        {"t": f"字{i % 70}", "w": -i, "a": None if i % 3 else Decimal(i).scaleb(-2) - 5} for i in range(count)
    ]
    with (tmp_path / "x.parquet").open("wb") as file:
        writer = ParquetFile(file, columns)
        if rows:
            writer.write(rows)
        writer.close()
    table, _ = parquet(tmp_path / "x.parquet")
    assert table == {name: [row[name] for row in rows] for name in "twa"}


def test_logical_types(reports):
    write_portfolio(reports)
    _, footer = parquet(reports / "portfolio-projects.parquet")
    elements = {e[4].decode(): e for e in footer[2][1:]}
    assert elements["adjusted"][10] == {5: {1: 2, 2: 38}}
    assert elements["project"][10] == {1: {}}
    assert elements["year"][1] == 1
    assert {p[1].decode(): p[2].decode() for p in footer[5]}["adjusted"] == "全年预算数；元"


@pytest.mark.parametrize("library", ["pyarrow.parquet", "polars", "duckdb"])
def test_other_readers_agree(reports, library):
    """Where a reader happens to be installed; none is a dependency."""
    module = pytest.importorskip(library)
    write_portfolio(reports)
    path, (ours, _) = reports / "portfolio.parquet", parquet(reports / "portfolio.parquet")
    if library == "polars":
        theirs = module.read_parquet(path).to_dict(as_series=False)
    elif library == "duckdb":
        found = module.sql(f"select * from read_parquet('{path}')")
        theirs = dict(zip(found.columns, map(list, zip(*found.fetchall(), strict=True)), strict=True))
    else:
        theirs = module.read_table(path).to_pydict()
    assert theirs == ours


# --- many files, damaged files ----------------------------------------------------------------------------------------


def test_same_evaluations_same_bytes(reports):
    write_portfolio(reports)
    first = {name: (reports / name).read_bytes() for name in FILES}
    write_portfolio(reports)
    assert first == {name: (reports / name).read_bytes() for name in FILES}


@pytest.mark.parametrize(
    "damage",
    [
        "", "[]", "{}", "null", '{"schema": "wenxiao/evaluation/2"}',
        ("project", "year", "二〇二一"), ("project", "name", "\ud800"), ("budget", "adjusted", "1e999"), ("budget", "adjusted", "many"),
        ("budget", "amount_unit", "美元"), ("budget", "adjusted", None), ("budget", "score", "9.1234567"),
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_file_is_counted_and_the_others_go_on(reports, damage):
    if isinstance(damage, tuple):
        group, key, value = damage
        broken = record()
        broken[group][key] = value
        damage = json.dumps(broken)
    place(reports, 2021, "broken", damage)
    assert write_portfolio(reports) == COUNTS | {"unreadable": 1}


def test_other_things_in_the_folder_are_left_alone(reports):
    (reports / "run.jsonl").write_text("{}\n", encoding="utf-8")
    (reports / "2021" / "note.txt").write_text("x", encoding="utf-8")
    place(reports, 2021, ".b-x1y2", record())
    place(reports, "unknown", "c", record())
    (reports / "2022").mkdir()
    assert write_portfolio(reports)["portfolio-projects"] == 3


def test_no_reports_make_empty_tables(tmp_path):
    assert write_portfolio(tmp_path) == dict.fromkeys((*TABLES, "unreadable"), 0)
    assert list(read_portfolio(tmp_path).columns) == [c.name for c in INDICATOR_COLUMNS]
    assert parquet(tmp_path / "portfolio.parquet")[1][3] == 0


def test_a_failure_leaves_the_old_tables_and_no_litter(reports, monkeypatch):
    write_portfolio(reports)
    before = {name: (reports / name).read_bytes() for name in FILES}
    place(reports, 2021, "new", record())

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_portfolio(reports)
    assert before == {name: (reports / name).read_bytes() for name in FILES}
    assert sorted(p.name for p in reports.iterdir() if p.is_file()) == sorted(FILES)


def test_memory_does_not_grow_with_the_number_of_projects(tmp_path):
    rows = [dict(one) for one in project().model_dump(exclude_none=True)["indicators"]] * 3
    text = json.dumps(record(indicators=rows), ensure_ascii=False)
    peaks = []
    for count in (200, 5_000):
        for i in range(count):
            place(tmp_path / str(count), 2021, f"p{i:06d}", text.replace("试点", f"第{i}号试点"))
        tracemalloc.start()
        assert write_portfolio(tmp_path / str(count), rows=2_000)["portfolio"] == 12 * count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0], peaks
