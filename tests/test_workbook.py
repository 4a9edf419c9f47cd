"""The list of many projects, and report.xlsx: what is in them, that they are accessible, exact, and the same every time."""

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from typer.testing import CliRunner

import wenxiao.cli.form
from helpers import PARAMS, ROOT, SEED, evaluated, project
from wenxiao.checking import check_file
from wenxiao.cli import app
from wenxiao.errors import InputError
from wenxiao.rendering.workbook import is_form, is_list
from wenxiao.rendering.workbook.data import TABLES, data_of
from wenxiao.rendering.workbook.exactness import fixed, is_safe_number, shown_value
from wenxiao.rendering.workbook.filling import to_fill
from wenxiao.rendering.workbook.form import form_of
from wenxiao.rendering.workbook.listing import ABOUT, HEADINGS, INDICATOR, list_of, without_column
from wenxiao.rendering.workbook.lists import read_list

FOREST = ROOT / "params" / "2021" / "lingling-forestry.yaml"


@pytest.fixture
def listed(tmp_path):
    """Write a list and give its path, with some cells changed by heading and row."""

    def write(projects, changes=None, more=()):
        path = tmp_path / "list.xlsx"
        path.write_bytes(list_of(projects))
        if changes or more:
            book = openpyxl.load_workbook(path)
            sheet = book["项目清单"]
            for heading in more:
                sheet.cell(1, sheet.max_column + 1, heading)
            headings = [cell.value for cell in sheet[1]]
            for (heading, row), value in (changes or {}).items():
                sheet.cell(row, headings.index(heading) + 1).value = value
            book.save(path)
            book.close()
        return path

    return write


def both():
    return [("forest", to_fill(FOREST)[0]), ("seed", to_fill(SEED)[0])]


# --- the list -----------------------------------------------------------------------------------------------------------


def test_every_example_comes_back_but_for_what_has_no_column(listed):
    projects = [(path.stem, to_fill(path)[0]) for path in PARAMS]
    read = read_list(listed(projects))
    assert read.problems == ()
    assert set(read.projects) == {stem for stem, _ in projects}
    for stem, facts in projects:
        again = read.projects[stem].project
        assert [one.problems for one in read] == [()] * len(projects)
        for one, other in zip(again.indicators, facts.indicators, strict=True):
            assert one == other.model_copy(update={"evidence": ()})
        assert (again.project, again.signed, again.rubric) == (facts.project, facts.signed, facts.rubric)
        if not without_column(facts):
            assert again == facts


def test_what_has_no_column_is_named():
    facts = project(narrative={"problems": "无"}, disclosure={"classification": "public"})
    assert without_column(facts) == ("文字说明", "公开审查")
    assert without_column(project()) == ()
    assert len(HEADINGS) == len(set(HEADINGS)) == 1 + len(ABOUT) + len(INDICATOR)


def test_rows_without_a_file_name_go_by_project_and_year(listed):
    projects = both()
    count = len(projects[0][1].indicators)
    changes = {("文件名", row): None for row in range(2, count + 2)}
    read = read_list(listed(projects, changes))
    name = f"{projects[0][1].name}-2021"
    assert set(read.projects) == {name, "seed"}
    assert len(read.projects[name].project.indicators) == count


def test_slips_are_told_by_cell_and_stop_only_their_own_project(listed):
    changes = {("分值", 3): "十分", ("评价年度", 4): 2022, ("文件名", 5): "a/b", ("一级指标", 2): "产量"}
    read = read_list(listed(both(), changes, more=["备注"]))
    told = {problem.where.split("（")[0] for one in read for problem in one.problems}
    columns = {heading: openpyxl.utils.get_column_letter(i) for i, heading in enumerate(HEADINGS, 1)}
    assert {
        f"工作表“项目清单” {columns['分值']}3",
        f"工作表“项目清单” {columns['评价年度']}4",
        f"工作表“项目清单” {columns['一级指标']}2",
    } <= told
    assert [problem.where for problem in read.problems] == ["工作表“项目清单” A5"]
    assert read.projects["forest"].project is None
    assert read.projects["seed"].project == both()[1][1].model_copy(
        update={"narrative": read.projects["seed"].project.narrative}
    )


def test_an_unknown_column_with_something_in_it_is_told(listed):
    path = listed(both(), {("备注", 2): "重点项目"}, more=["备注"])
    book = openpyxl.load_workbook(path)
    book["项目清单"].cell(3, 60).value = "又及"
    book.save(path)
    book.close()
    read = read_list(path)
    assert ["备注" in problem.wrong.zh for problem in read.problems] == [True, False]
    assert read.problems[1].where == "工作表“项目清单” BH3"
    assert read.projects["forest"].project is not None


def test_what_another_system_exports_is_read(listed):
    """Its own headings, the target in three columns, amounts as numbers."""
    path = listed([])
    book = openpyxl.load_workbook(path)
    sheet = book["项目清单"]
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(
        [
            "年度",
            "项目名称",
            "项目单位",
            "金额单位",
            "全年预算数（A）",
            "全年执行数（B）",
            "一级指标",
            "指标名称",
            "指标性质",
            "指标值",
            "度量单位",
            "完成值",
            "权重",
            "自评得分",
        ]
    )
    sheet.append([2023, "甲项目", "甲局", "万元", 100, 98.5, "产出指标", "设备", "≥", 8, "个", "9个", 50, 50])
    sheet.append(
        [2023, "甲项目", None, None, None, None, "效益", "效果", "定性", "显著", None, "显著", 40, None]
    )
    book.save(path)
    book.close()
    read = read_list(path)
    assert read.problems == ()
    (one,) = read
    assert one.name == "甲项目-2023"
    facts = one.project
    assert (facts.year, facts.unit, facts.budget.total.outturn) == (2023, "甲局", Decimal("98.5"))
    assert [(i.target, i.actual, i.points, i.printed.score) for i in facts.indicators] == [
        ("≥8个", "9个", Decimal(50), "50"), ("显著", "显著", Decimal(40), None),
    ]  # fmt: skip


def test_a_list_is_known_and_nothing_else(listed, tmp_path):
    path = listed([])
    assert is_list(path)
    assert not is_form(path)
    assert read_list(path).projects == {}
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    book.close()
    with pytest.raises(InputError):
        read_list(tmp_path / "other.xlsx")


def test_the_command_writes_the_list_and_says_what_it_leaves_out(monkeypatch, tmp_path):
    assert wenxiao.cli.form
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(
        app, ["--lang", "zh", "form", str(ROOT / "params"), "--list", "-o", "list.xlsx"]
    )
    assert done.exit_code == 0
    assert "清单没有这些栏目" in done.output
    assert len(read_list(tmp_path / "list.xlsx").projects) == len(PARAMS)


# --- numbers in cells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("38.140", True),
        ("0", True),
        ("999999999999999", True),
        ("1000000000000001", False),
        ("0.1234567890123456", False),
    ],
)
def test_a_number_is_a_number_only_where_no_digit_is_lost(text, safe):
    value = Decimal(text)
    assert is_safe_number(value) == safe
    if safe:
        assert shown_value(float(value), fixed(-value.as_tuple().exponent)) == text


# --- report.xlsx ----------------------------------------------------------------------------------------------------------


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_one_table_a_sheet_from_a1_without_merged_cells():
    book = opened(data_of(check_file(FOREST)))
    assert book.sheetnames == ["封面", "目录", *(table.sheet for table in TABLES)]
    names = []
    for sheet in book:
        assert not sheet.merged_cells.ranges
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A1:")
        assert (
            table.ref.split(":")[1]
            == f"{openpyxl.utils.get_column_letter(sheet.max_column)}{max(2, sheet.max_row)}"
        )
        head = [cell.value for cell in sheet[1]]
        assert len(head) == len(set(head))
        assert all(head)
        names.append(table.name)
    assert len(names) == len(set(names))
    assert book.properties.title == "2021年度林业局部门整体支出绩效自评报告"
    book.close()


def column(sheet, heading):
    head = [cell.value for cell in sheet[1]]
    return [row[head.index(heading)].value for row in sheet.iter_rows(min_row=2)]


def test_the_figures_are_those_of_the_evaluation():
    evaluation = check_file(FOREST)
    book = opened(data_of(evaluation))
    assert column(book["资金"], "全年预算数（万元）")[-1] == 4753.66
    assert column(book["资金"], "执行率（%）")[-1] == 80.45
    assert column(book["资金"], "得分（分）")[-1] == 8.04
    scores = [None if r.score.value is None else float(r.score.value) for r in evaluation.indicators]
    assert column(book["指标"], "得分（分）") == scores
    assert column(book["得分"], "得分（分）") == [8.04, *scores]
    assert column(book["问题"], "编号") == [one.code for one in evaluation.findings]
    assert [row[0] for row in book["目录"].iter_rows(min_row=2, values_only=True)] == [
        table.sheet for table in TABLES
    ]
    counts = [row[2] for row in book["目录"].iter_rows(min_row=2, values_only=True)]
    assert counts == [book[table.sheet].max_row - 1 for table in TABLES]
    book.close()


def test_nothing_hidden_or_personal_is_in_it(tmp_path):
    text = SEED.read_text("utf-8") + "redact: [新晃]\ncontact: {name: 李四, phone: 13800000000}\n"
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(data_of(check_file(path)))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8")
    assert "〔已隐去〕" in everything
    for hidden in ("新晃", "李四", "13800000000"):
        assert hidden not in everything


def test_the_same_evaluation_gives_the_same_bytes(monkeypatch):
    first = data_of(check_file(SEED))
    monkeypatch.setenv("TZ", "America/New_York")
    assert data_of(check_file(SEED)) == first
    assert list_of(both()) == list_of(both())


def test_empty_tables_and_unscored_forms_are_fine():
    one = evaluated(project(signed={"unit": "甲局", "date": "2022-04-20"}))
    book = opened(data_of(one))
    assert column(book["问题"], "编号") in ([None], [f.code for f in one.findings])
    book.close()
    book = opened(data_of(check_file(SEED)))
    assert set(column(book["得分"], "得分（分）")) == {None}
    assert all(column(book["得分"], "没有得分的原因"))
    book.close()


@pytest.mark.parametrize(
    "make",
    [
        form_of,
        lambda: form_of(*to_fill(FOREST)),
        lambda: list_of(both()),
        lambda: data_of(check_file(FOREST)),
    ],
)
def test_every_workbook_keeps_to_the_schema(make, tmp_path):
    from openxml_audit import FileFormat, OpenXmlValidator

    path = tmp_path / "made.xlsx"
    path.write_bytes(make())
    assert [str(error) for error in OpenXmlValidator(FileFormat.OFFICE_2019).validate(path).errors] == []
