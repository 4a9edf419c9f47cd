"""Any text in any cell, all the way: a document, its params file, its report and form, and these read back."""

import io
import random
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import forms
from form_facts import TEXTS
from form_files import KINDS, C, Form
from helpers import PARAMS
from hostile import book
from imported_facts import grid_of, table_of
from wenxiao.checking import check_file
from wenxiao.cli import app
from wenxiao.errors import WenxiaoError
from wenxiao.importing.batch.listing import list_of
from wenxiao.importing.batch.one import Made, import_one
from wenxiao.importing.batch.records import Outcome, read_records, records_text
from wenxiao.importing.interpreting import interpret
from wenxiao.importing.readers import read_bytes
from wenxiao.loading import load_project, project_of, sheet_of
from wenxiao.rendering.word import document_of
from wenxiao.rendering.workbook.form import form_of
from wenxiao.writing import facts_text

SAID = [
    # what nobody sees, or what ends a line somewhere
    "\x01", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\U0001fffe", "\ue000", "\u0378", "\u202e甲\u202c", "\u2066甲\u2069", "e" + "\u0301" * 90,
    # numbers and days
    "9" * 100, "1e999", "NaN", "Infinity", "１２３", "一百二十三万", "-5", "1000001%", "0000-00-00", "9999-12-31", "2023年2月30日", "1,2,3", "٣", "万万",
    # YAML
    ": ", "a: b", "a #b", "# x", "!!python/object:os.system", "*a", "&a", "- a", "? a", "a ", "0o17", "yes", "null", "1_000", "12:30:45", "---", "%YAML 1.2", "{a: b}", "|-", "'", '"', "\\n",
    "a\n# b", "a\n  b", "a\n---\nb", "a\n\n\nb", "字" * 12_000, "a" * 12_000, "b " * 6_000,
    # workbooks, Word, web pages
    "=cmd|' /C calc'!A0", "+1", "@x", "_x0041_", "_xD800_", "PAGE \\* MERGEFORMAT", "[bookmark: _GoBack]", "&amp;", "&#1;", "]]>", "<script>x</script>", "<!--x-->",
    # words of the form where they do not belong
    "总分", "其中：甲", "项目名称", "绩效指标", "年度绩效目标0（40分）", "年度绩效目标9（40分）", "按收入性质分：5", "指标1：", "单位：元", "../../x", "CON", "🎉", "——",
]  # fmt: skip
NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def with_text(form: Form, text: str, chance: random.Random) -> Form:
    """Put a text into one cell or paragraph of a form: in its place, before it or behind it."""
    at = chance.randrange(len(form))
    block, kind = form[at], chance.randrange(3)

    def said(old: str) -> str:
        return (text, f"{old}{text}", f"{text}{old}")[kind]

    if isinstance(block, str):
        changed: str | list[list[C]] = said(block)
    else:
        rows = [list(row) for row in block]
        row = chance.choice([one for one in rows if one])
        column = chance.randrange(len(row))
        row[column] = replace(row[column], text=said(row[column].text))
        changed = rows
    return [*form[:at], changed, *form[at + 1 :]]


def all_the_way(path: Path, made: Made) -> None:
    """Check a params file as written: it loads or says why not, and what is made of it gives its facts back."""
    params = path.with_name("params.yaml")
    params.write_bytes(made.text.encode())
    try:
        evaluation = check_file(params)
    except WenxiaoError:
        assert made.status == "partly"
        assert made.problems
        return
    assert not made.problems
    for name, content in (("report.docx", document_of(evaluation)), ("form.xlsx", form_of(evaluation))):
        path.with_name(name).write_bytes(content)
        [again] = import_one(path.with_name(name)).made
        facts = facts_text(project_of(sheet_of(name, again.text), path.parent))
        assert facts == facts_text(evaluation.project), name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SAID) | TEXTS, st.integers(0, 10**6), st.sampled_from(sorted(forms.LAYOUTS)), st.sampled_from(sorted(KINDS))
)  # fmt: skip
def test_any_text_in_any_place_goes_all_the_way(tmp_path, text, seed, layout, kind):
    chance = random.Random(seed)
    if kind in ("docx", "xlsx"):
        text = NO_XML.sub("", text)  # an office program can't write these
    form = with_text(forms.form_of(load_project(chance.choice(PARAMS)), layout), text, chance)
    path = tmp_path / f"表.{'txt' if kind == 'copied' else kind}"
    path.write_bytes(KINDS[kind](form))
    result = import_one(path)
    for made in result.made:
        told = list_of(path.name, "params.yaml", result, made)
        assert not NO_XML.search(told)
        assert [line for line in told.split("\n") if len(line.splitlines()) > 1] == []
        if made.status != "not":
            all_the_way(path, made)


# --- one mend, one test -------------------------------------------------------------------------------------------------


def small(*rows: list[str], budget: tuple[str, ...] = ("项目资金（万元）", "")) -> Form:
    heads = [*budget, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    body = [["项目名称", "水渠维修"], ["实施单位", "甲县水利局"], heads, ["", "年度资金总额", "20", "20", "18", "10", "90%", "9"]]  # fmt: skip
    names = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    table = [[C(text) for text in row] for row in (*body, names, *rows)]
    return ["项目支出绩效自评表（2022年度）", table]


ROW = ["产出指标", "数量指标", "维修长度", "≥12公里", "12公里", "90", "90"]


def test_a_text_too_long_for_a_line_of_yaml_loads():
    long = "长" * 12_000
    imported = interpret(grid_of(small([*ROW[:4], f"{long} 12公里", *ROW[5:]])))
    assert imported.project.indicators[0].actual == f"{long} 12公里"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("甲\x0b乙", "甲\n乙"), ("甲\x85乙", "甲\n乙"), ("甲\u2028乙", "甲\n乙"), ("甲\r\n乙", "甲\n乙"), ("\x01甲\x9f", "甲"), ("\u202a≥95%\u202c", "≥95%"),
        ("甲\ud800", "甲\ufffd"), ("甲\ufffe", "甲"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_gone_and_a_line_end_is_one(said, read):
    from wenxiao.importing.readers.building import tidy

    assert tidy(said) == read


def test_a_flood_of_combining_marks_keeps_its_marks_and_costs_no_more_than_other_text():
    """Unicode puts marks into an order; 100,000 of them without a joiner between would take hours."""
    marks = "\u0301\u0316" * 50_000
    imported = interpret(read_bytes("a.txt", f"项目名称\t甲{marks}\n实施单位\t乙局\n".encode()))
    assert len(imported.project.name if imported.project else imported.text) > len(marks)


@pytest.mark.parametrize("piece", [" ", "（", "(", "[", "\u3000", "县局"])
def test_a_hundred_thousand_times_the_same_sign_is_read_like_other_text(piece):
    """Each of these made some pattern try again at every sign of the run; a reader that does so never ends here."""
    long = piece * (100_000 // len(piece))
    form = small(ROW, [f"一{long}a", f"甲{long}", f"乙{long}", long, long, "5", "5"])
    imported = interpret(grid_of([*form, f"一、{long}b", f"项目名称{long}甲：乙", long]))
    assert imported.project is None or len(imported.project.indicators) >= 1


def test_what_stands_in_the_heading_of_the_budget_and_is_no_label_is_listed():
    imported = interpret(grid_of(small(ROW, budget=("项目资金（万元）", "天气晴"))))
    assert [one.text for one in imported.unread] == ["天气晴"]


def test_a_goal_numbered_zero_is_no_goal():
    rows = [["年度绩效目标0（40分）", *ROW]]
    table = [[C(t) for t in row] for row in (["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], *rows)]  # fmt: skip
    imported = interpret(grid_of([table]))
    assert "年度绩效目标0（40分）" in [note.text for note in imported.notes]
    assert "objectives" not in imported.text


def test_a_cell_far_below_the_form_costs_nothing():
    """Excel shows a sheet with a stray blank at its end like any other."""
    made = openpyxl.load_workbook(io.BytesIO(KINDS["xlsx"](small(ROW))))
    made.active["A1048576"] = "附注"
    stream = io.BytesIO()
    made.save(stream)
    imported = interpret(read_bytes("a.xlsx", stream.getvalue()))
    assert imported.project.name == "水渠维修"
    assert [one.place.shown() for one in imported.unread] == ["工作表“自评表” A1048576"]


@pytest.mark.parametrize(
    ("value", "form", "shown"), [(3, "[>=1.2.3]0;0", "3"), (1e300, "0.00", "1" + "0" * 300)]
)
def test_a_number_format_that_is_none_spoils_no_workbook(value, form, shown):
    made = openpyxl.Workbook()
    made.active.append(["甲", value])
    made.active["B1"].number_format = form
    stream = io.BytesIO()
    made.save(stream)
    (table,) = read_bytes("a.xlsx", stream.getvalue()).tables()
    assert [cell.text for cell in table.cells] == ["甲", shown]


def test_an_empty_sheet_in_the_package_is_a_line(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(book("", **{"xl/worksheets/sheet1.xml": ""}))
    chinese, english = import_one(tmp_path / "a.xlsx").refused
    assert "文件内部已损坏" in chinese
    assert "\n" not in chinese + english


def test_names_with_any_sign_are_told_on_one_line_and_known_again(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (
        "甲\n乙.txt",
        "\x1b[2J丙.txt",
        "丁\u2028.txt",
        "戊\u202e.txt",
        "-o.txt",
        " .txt",
        "%s{0}.txt",
    ):
        (folder / name).write_bytes(KINDS["txt"](small(ROW)))
    for times in (1, 2):
        done = CliRunner().invoke(app, ["--lang", "zh", "import", str(folder), "-o", str(tmp_path / "out"), "-j", "1"])  # fmt: skip
        lines = done.stdout.split("\n")
        assert sum(line.startswith(("读全", "部分读到", "未变")) and "→" in line for line in lines) == 7
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u2028\u202e]", done.stdout)
        assert done.stdout.count("未变  ") == (0 if times == 1 else 7)


def test_a_name_that_ends_a_line_elsewhere_is_one_record():
    one = Outcome("a\u2028\x85b.txt", "read", params=("2022/a-b.yaml",), written=("x",))
    assert read_records(records_text([one])) == {one.source: one}


def test_a_long_goal_is_short_in_the_list():
    form = [["年度总体目标", "维修。" * 500, "已维修。"]]
    imported = interpret(table_of(*form))
    assert max(len(note.shown()) for note in imported.notes) < 400
    assert "维修。" * 500 in imported.text


def test_a_list_too_long_to_read_says_how_much_more_there_is(tmp_path):
    lines = [f"第{n}人 1381234{n:04}" for n in range(600)]
    rows = [["产出指标", "数量指标", f"长度{n}", "≥1公里", "", "1", "1"] for n in range(150)]
    (tmp_path / "a.docx").write_bytes(KINDS["docx"]([*small(ROW, *rows), *lines]))
    [made] = import_one(tmp_path / "a.docx").made
    assert [one[-1] for one in (made.uncertain, made.personal, made.unread)] == [
        "另有 400 处。",
        "另有 100 处。",
        "另有 100 处。",
    ]
