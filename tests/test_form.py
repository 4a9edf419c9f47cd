"""The form: facts → form → facts is the identity; its formulas agree with the package; a clerk's slips are told by cell."""

import contextlib
import io
import random
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.cell.cell import MergedCell
from typer.testing import CliRunner

import wenxiao.cli.form
from form_compared import compared
from form_facts import PROJECTS, stated
from helpers import PARAMS, ROOT, SEED, project
from recalculated import SOFFICE, recalculated
from wenxiao.cli import app
from wenxiao.errors import InputError
from wenxiao.findings import evaluate
from wenxiao.loading import load_project, sheet_of, validated
from wenxiao.model import Project
from wenxiao.rendering.workbook import is_form, is_list
from wenxiao.rendering.workbook.filling import to_fill
from wenxiao.rendering.workbook.form import form_of
from wenxiao.rendering.workbook.layout import COLUMNS, layout_of
from wenxiao.rendering.workbook.others import place_of
from wenxiao.rendering.workbook.reading import read_form
from wenxiao.rendering.workbook.splitting import joined, split
from wenxiao.rubric import load_rubric
from wenxiao.sampling import samples
from wenxiao.writing import facts_text
from worked import cases, project_of, rubric_of

FOREST = ROOT / "params" / "2021" / "lingling-forestry.yaml"


@pytest.fixture
def written(tmp_path):
    """Write a form and give its path; ``changes`` are cells that a clerk fills: {"自评表!F20": value}."""

    def write(content, changes=None):
        path = tmp_path / "form.xlsx"
        path.write_bytes(content)
        if changes:
            book = openpyxl.load_workbook(path)
            for where, value in changes.items():
                sheet, cell = where.split("!")
                book[sheet][cell] = value
            book.save(path)
            book.close()
        return path

    return write


# --- facts → form → facts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_example_comes_back_as_it_was(path, written):
    facts, rubric = to_fill(path)
    read = read_form(written(form_of(facts, rubric)))
    assert (read.problems, read.notes) == ((), ())
    assert read.project == facts
    assert stated(read.project) == stated(facts)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PROJECTS)
def test_whatever_is_stated_comes_back(written, facts):
    read = read_form(written(form_of(facts, spare=1)))
    assert [problem.text("zh") for problem in read.problems] == []
    assert stated(read.project) == stated(facts)


def test_invented_projects_come_back(written):
    for one in samples(8):
        facts = validated(sheet := sheet_of(one.stem, one.text), sheet.data, Project)
        assert facts is not None
        assert read_form(written(form_of(facts))).project == facts


def test_the_text_read_is_a_params_file(written, tmp_path):
    read = read_form(written(form_of(*to_fill(FOREST))))
    (tmp_path / "again.yaml").write_text(read.text, encoding="utf-8")
    assert facts_text(load_project(tmp_path / "again.yaml")) == facts_text(load_project(FOREST))


def test_decimals_are_kept_as_written(written):
    budget = {"amount_unit": "万元", "total": {"adjusted": "38.140", "outturn": "123456789012.345678"}}
    facts = project(budget=budget)
    read = read_form(written(form_of(facts))).project
    assert str(read.budget.total.adjusted) == "38.140"
    assert str(read.budget.total.outturn) == "123456789012.345678", (
        "eighteen digits would not survive as a number"
    )


def test_a_text_longer_than_a_cell_comes_back(written):
    facts = project(narrative={"overview": "项目概况。\n" * 9000, "other": " 两\r\n端 \x07 _x000D_"})
    read = read_form(written(form_of(facts)))
    assert read.problems == ()
    assert read.project.narrative == facts.narrative


@pytest.mark.parametrize(
    "target",
    ["≥95%", "8个", "═100%", "2021年12月底前", "98%以上", "5-8个", "显著提高", "定性", "≥", "0.50%", "007个"],
)
def test_a_target_in_three_cells_is_the_target(target):
    assert joined(*split(target)) == target


def test_contact_is_not_written(written):
    facts = project(contact={"name": "李四", "phone": "13800000000"})
    content = form_of(facts)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8")
    assert "李四" not in everything
    assert (
        read_form(
            written(content, {f"其他信息!{place_of('contact.name').replace('$', '')}": "王五"})
        ).project.contact.name
        == "王五"
    ), "a clerk may write it"


def test_the_same_facts_give_the_same_bytes(monkeypatch):
    facts, rubric = to_fill(FOREST)
    first = form_of(facts, rubric)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert form_of(facts, rubric) == first
    assert form_of() == form_of()


# --- what a clerk types ------------------------------------------------------------------------------------------------

FILLED = {
    "自评表!B2": 2021, "自评表!B3": "试点项目", "自评表!H4": "甲局", "自评表!D7": 100, "自评表!E7": 0.1 + 0.2, "自评表!G7": 30.5,
}  # fmt: skip


def empty_rows():
    layout = layout_of(None, load_rubric("mof-2020").at(2021), 5)
    return layout, layout.first


def test_an_empty_form_filled_by_hand_is_a_project(written):
    layout, row = empty_rows()
    goal = layout.goals[0].row
    cells = FILLED | {f"自评表!B{goal}": "建成", f"自评表!G{goal}": "已建成"}
    cells |= {
        f"自评表!D{row}": "设备",
        f"自评表!E{row}": "≥",
        f"自评表!F{row}": 8,
        f"自评表!G{row}": "个",
        f"自评表!H{row}": "7个",
        f"自评表!I{row}": 15,
    }
    read = read_form(written(form_of(), cells))
    assert [problem.text("zh") for problem in read.problems] == []
    facts = read.project
    assert (facts.rubric, facts.year, facts.unit, facts.department) == ("mof-2020", 2021, "甲局", None)
    assert [(s.name, s.adjusted, s.outturn) for s in facts.budget.sources] == [
        ("当年财政拨款", Decimal("0.3"), Decimal("30.5"))
    ]
    assert facts.budget.total is None, "left to its formula"
    one = facts.indicators[0]
    assert (one.category, one.subcategory, one.target, one.actual, one.points) == (
        "output",
        "quantity",
        "≥8个",
        "7个",
        Decimal(15),
    )
    assert (facts.objectives[0].planned, facts.objectives[0].actual) == ("建成", "已建成")


def test_every_slip_is_told_at_its_cell_at_once(written):
    facts, rubric = to_fill(FOREST)
    row = layout_of(facts, rubric.at(2021), 5).first
    changes = {
        f"自评表!I{row}": "十分", f"自评表!O{row}": "很好", "自评表!E6": "38.14万元", "自评表!B2": 21, f"自评表!D{row + 1}": None,
        "其他信息!B4": "2021年1月3日", "佐证材料!A2": 99, "佐证材料!B2": "报告",
    }  # fmt: skip
    read = read_form(written(form_of(facts, rubric), changes))
    assert read.project is None
    places = {problem.where.split("（")[0] for problem in read.problems}
    assert places == {
        f"工作表“自评表” I{row}", f"工作表“自评表” O{row}", "工作表“自评表” E6", "工作表“自评表” B2", f"工作表“自评表” D{row + 1}",
        "工作表“其他信息” B4", "工作表“佐证材料” A2",
    }  # fmt: skip
    for problem in read.problems:
        assert problem.wrong.zh
        assert problem.instead.zh
    assert "name: 造林面积" in read.text, "what could be read is there to be mended"


def test_a_formula_without_result_and_hidden_decimals_are_told(written):
    facts, rubric = to_fill(FOREST)
    path = written(form_of(facts, rubric), {"自评表!E6": "=1/3", "自评表!G6": 3824.2649})
    read = read_form(path)
    assert [problem.where for problem in read.problems if "公式" in problem.wrong.zh] == ["工作表“自评表” E6"]
    (note,) = read.notes
    assert note.where == "工作表“自评表” G6"
    assert "3824.2649" in note.wrong.zh


def test_percentages_and_days_typed_as_such_are_read(written):
    import datetime as dt

    facts, rubric = to_fill(FOREST)
    row = layout_of(facts, rubric.at(2021), 5).first
    path = written(form_of(facts, rubric), {"其他信息!B4": dt.datetime(2021, 1, 3), f"自评表!H{row}": 0.955})  # noqa: DTZ001
    book = openpyxl.load_workbook(path)
    book["自评表"][f"H{row}"].number_format = "0.0%"
    book.save(path)
    book.close()
    read = read_form(path)
    assert read.problems == ()
    assert str(read.project.project.started) == "2021-01-03"
    assert read.project.indicators[0].actual == "95.5%"


def test_columns_and_rows_are_found_by_their_headings(written):
    """A clerk who took the protection off and inserted a row loses nothing."""
    facts, rubric = to_fill(SEED)
    path = written(form_of(facts, rubric))
    book = openpyxl.load_workbook(path)
    sheet = book["自评表"]
    for block in list(sheet.merged_cells.ranges):  # openpyxl does not move them as Excel does
        sheet.unmerge_cells(str(block))
        block.shift(0, 1) if block.min_row > 12 else None
        sheet.merged_cells.add(block)
    sheet.insert_rows(12)
    book.save(path)
    book.close()
    read = read_form(path)
    assert [one.name for one in read.project.indicators] == [one.name for one in facts.indicators]
    assert read.project.objectives == facts.objectives


def test_what_is_written_beside_the_form_is_told(written):
    facts, rubric = to_fill(FOREST)
    changes = {"自评表!W3": "请领导审阅", "佐证材料!F2": "见附件", "其他信息!B70": "多余的话"}
    read = read_form(written(form_of(facts, rubric), changes))
    assert read.project == facts, "nothing of it enters the facts"
    assert {note.where for note in read.notes} == {
        "工作表“自评表” W3",
        "工作表“佐证材料” F2",
        "工作表“其他信息” B70",
    }


def test_what_the_rubric_does_not_take_is_told_at_its_cell(written):
    facts, rubric = to_fill(FOREST)
    layout = layout_of(facts, rubric.at(2021), 5)
    row = next(one.row for one in layout.indicators if one.indicator and one.indicator.target == "显著")
    read = read_form(written(form_of(facts, rubric), {f"自评表!O{row}": "达成", f"自评表!P{row}": "50%"}))
    assert read.problems == ()
    (unfit,) = read.unfit
    assert unfit.where.startswith(f"工作表“自评表” P{row}")
    assert "80%" in unfit.wrong.zh + unfit.instead.zh
    year = read_form(written(form_of(facts, rubric), {"自评表!B2": 2009})).unfit
    assert [one.where for one in year] == ["工作表“自评表” B2（project.year）"]


@pytest.mark.parametrize(
    "field",
    ["indicators[999999999].name", "project.name.more", "budget[3]", "narrative", "a..b", "没有的字段"],
)
def test_a_field_that_was_tampered_with_is_no_traceback(written, field):
    facts, rubric = to_fill(FOREST)
    read = read_form(
        written(
            form_of(facts, rubric), {"其他信息!A60": "补充", "其他信息!B60": "文字", "其他信息!D60": field}
        )
    )
    assert read.notes or read.problems


def test_mutilated_forms_are_read_or_told_never_a_traceback(written):
    chance = random.Random(11)
    values = [
        None,
        "=1+1",
        "—",
        "十五",
        "15分",
        3.14159265358979,
        1e300,
        -5,
        True,
        "#REF!",
        "总分",
        "绩效指标",
        0.95,
        "x" * 32_767,
    ]
    for _ in range(15):
        facts, rubric = to_fill(chance.choice(PARAMS))
        path = written(form_of(facts, rubric, 1))
        book = openpyxl.load_workbook(path)
        for _ in range(4):
            sheet = book[chance.choice(["自评表", "自评表", *book.sheetnames])]
            row, column = chance.randint(1, 50), chance.randint(1, 21)
            kind = chance.random()
            if kind < 0.8 and not isinstance(sheet.cell(row, column), MergedCell):
                sheet.cell(row, column).value = chance.choice(values)
                sheet.cell(row, column).number_format = chance.choice(["General", "0%", "0.00", "yyyy-mm-dd"])
            elif kind < 0.9:
                sheet.delete_rows(row)
            elif sheet.merged_cells.ranges:
                sheet.unmerge_cells(str(chance.choice(sorted(map(str, sheet.merged_cells.ranges)))))
        book.save(path)
        book.close()
        with contextlib.suppress(InputError):  # its headings are gone
            read = read_form(path)
            assert read.project is not None or read.problems


# --- what kind of file it is --------------------------------------------------------------------------------------------


def test_a_form_is_known_and_nothing_else_is(written, tmp_path):
    assert is_form(written(form_of()))
    assert not is_list(tmp_path / "form.xlsx")
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.save(other)
    book.close()
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    for path in (other, tmp_path / "text.xlsx", tmp_path / "missing.xlsx", SEED):
        assert not is_form(path)
    for path in (other, tmp_path / "text.xlsx", tmp_path / "missing.xlsx"):
        with pytest.raises(InputError) as refused:
            read_form(path)
        assert str(path.name) in refused.value.text("zh")


def test_only_cells_to_be_filled_are_unlocked():
    book = openpyxl.load_workbook(io.BytesIO(form_of(*to_fill(FOREST))))
    for name in (
        "自评表",
        "填写说明",
        "其他信息",
        "佐证材料",
        "另外分列",
        "问题说明",
        "计算",
        "规则",
        "选项",
    ):
        assert book[name].protection.sheet, name
        assert book[name].protection.password is None
    assert book.security.lockStructure
    for row in book["自评表"].iter_rows():
        for cell in row:
            if cell.data_type == "f" and cell.row != 6:
                assert cell.protection.locked, cell.coordinate
    assert not book["自评表"]["B3"].protection.locked
    book.close()


KNOWN_FUNCTIONS = {
    "AND", "CHAR", "COLUMN", "COUNT", "COUNTIF", "DATE", "DAY", "EXACT", "FALSE", "FIND", "IF", "IFERROR", "INDEX", "ISNUMBER", "LEFT", "LEN", "MAX", "MID", "N", "NOT", "OR", "RIGHT", "ROUND", "SEARCH", "SUBSTITUTE", "SUM", "SUMPRODUCT", "TEXT", "TRIM", "TRUE", "VALUE", "YEAR"
}  # fmt: skip


def test_formulas_use_only_functions_that_every_program_has():
    book = openpyxl.load_workbook(io.BytesIO(form_of(*to_fill(FOREST))))
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    book.close()
    used = {name for text in formulas for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", text)}
    assert used <= KNOWN_FUNCTIONS
    assert max(map(len, formulas)) < 8192, "Excel's limit"
    assert len(formulas) > 500


# --- formulas against the package ---------------------------------------------------------------------------------------


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_recalculated_formulas_agree_with_the_package(tmp_path):
    """A small part; tests/prove/form.py does it for every worked case."""
    every = [case for _, case in cases() if "refused" not in case and "faults" not in case]
    chosen = {
        f"case{i}": (project_of(case), rubric_of(case)) for i, case in enumerate(every[:: len(every) // 12])
    }
    evaluations = {
        name: evaluate(one.model_copy(update={"rubric": rubric.id}), rubric)
        for name, (one, rubric) in chosen.items()
    }
    rubrics = {name: rubric for name, (_, rubric) in chosen.items()}
    for path in PARAMS[::3]:
        rubrics[path.stem] = load_rubric(load_project(path).rubric)
        evaluations[path.stem] = evaluate(load_project(path), rubrics[path.stem])
    books = recalculated({name: form_of(one, rubrics[name]) for name, one in evaluations.items()}, tmp_path)
    live = scores = 0
    for name, evaluation in evaluations.items():
        found = compared(name, evaluation, books[name])
        assert (found.wrong, found.false_alarms) == ([], []), name
        live, scores = live + found.live, scores + found.scores
        books[name].close()
        if name not in chosen:
            saved = read_form(tmp_path / "after" / f"{name}.xlsx")
            assert saved.project == evaluation.project.model_copy(update={"signed": saved.project.signed}), (
                "saved by another program"
            )
    assert live >= scores // 2 > 10, "most scores are computed by the formulas themselves"


# --- the command --------------------------------------------------------------------------------------------------------


@pytest.fixture
def form(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert wenxiao.cli.form

    def call(*arguments, lang="zh"):
        return CliRunner().invoke(app, ["--lang", lang, "form", *map(str, arguments)])

    return call


def test_an_empty_form_and_no_overwriting(form, tmp_path):
    assert form().exit_code == 0
    before = (tmp_path / "form.xlsx").read_bytes()
    again = form("--rows", 9)
    assert again.exit_code == 2
    assert "--force" in again.output
    assert (tmp_path / "form.xlsx").read_bytes() == before
    assert form("--rows", 9, "--force").exit_code == 0
    assert (tmp_path / "form.xlsx").read_bytes() != before


def test_several_files_become_a_folder(form, tmp_path):
    done = form(ROOT / "params", "-o", "forms")
    assert done.exit_code == 0
    assert len(list((tmp_path / "forms").rglob("*.xlsx"))) == len(PARAMS)
    assert form(ROOT / "params", "-o", "all.xlsx").exit_code == 2
    assert not (tmp_path / "all.xlsx").exists()


def test_a_bad_file_stops_no_other(form, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.yaml").write_text("schema: wenxiao/1\n", encoding="utf-8")
    (tmp_path / "in" / "good.yaml").write_text(SEED.read_text("utf-8"), encoding="utf-8")
    done = form("in", "-o", "out")
    assert done.exit_code == 2
    assert "缺少必填的 project" in done.output
    assert (tmp_path / "out" / "good.xlsx").exists()
    assert not (tmp_path / "out" / "bad.xlsx").exists()


def test_words_to_hide_are_kept_and_the_clerk_is_warned(form, tmp_path):
    text = SEED.read_text("utf-8") + "redact: [新晃]\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    done = form("a.yaml", "-o", "a.xlsx")
    assert "还没有隐去" in done.output
    read = read_form(tmp_path / "a.xlsx").project
    assert (read.redact, read.unit) == (("新晃",), "新晃应急管理局")


def test_another_rubric_is_written_into_the_form(form, tmp_path):
    assert form(FOREST, "-o", "a.xlsx", "--rubric", "mof-2021").exit_code == 0
    assert read_form(tmp_path / "a.xlsx").project.rubric == "mof-2021"
    assert form(FOREST, "-o", "b.xlsx", "--rubric", "none").exit_code == 2
    assert COLUMNS["action"] == 12


def test_the_form_of_a_folder_s_only_project_goes_into_a_folder(tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "school.yaml").write_bytes(FOREST.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["form", "params", "-o", "forms"]).exit_code == 0
    assert CliRunner().invoke(app, ["form", "params/school.yaml", "-o", "alone"]).exit_code == 0
    assert [(tmp_path / made).is_file() for made in ("forms/school.xlsx", "alone.xlsx")] == [True, True]
