"""Published forms and reports → facts: every figure as printed, nothing lost silently, nothing guessed."""

from pathlib import Path

import pytest
import yaml

from forms import KINDS, form_of, layout_of, make
from helpers import PARAMS
from imported_facts import differences, grid_of, table_of
from wenxiao.findings import evaluate
from wenxiao.importing.interpreting import Imported, interpret, interpret_all
from wenxiao.importing.readers import read_bytes
from wenxiao.loading import load_project, project_of, sheet_of
from wenxiao.model import Project
from wenxiao.rubric import load_rubric

EXPECTED = yaml.safe_load(
    (Path(__file__).parent / "imported" / "differences.yaml").read_text(encoding="utf-8")
)
SUFFIX = {"copied": "txt"}
STEMS = [pytest.param(path, id=path.stem) for path in PARAMS]


def found(project: Project) -> set[tuple[str, str]]:
    return {(one.code, one.where) for one in evaluate(project, load_rubric(project.rubric)).findings}


def reviewed(imported: Imported, hand_made: Project) -> Project:
    """Give the import after the decisions that only a person takes: which part was excerpted, what may be published."""
    assert imported.project is not None, imported.missing
    decided = {"excerpt": hand_made.excerpt, "disclosure": hand_made.disclosure, "rubric": hand_made.rubric}
    return imported.project.model_copy(update=decided)


def uncertain(imported: Imported) -> set[str]:
    return {note.field for note in imported.notes if note.uncertain}


def remarks(imported: Imported) -> str:
    return "\n".join(note.shown() for note in imported.notes)


# --- real figures in the layouts of their provinces ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", STEMS)
def test_a_form_gives_back_the_facts(path: Path, kind: str) -> None:
    hand_made = load_project(path)
    data = make(hand_made, layout_of(hand_made), kind)
    imported = interpret(read_bytes(f"{path.stem}.{SUFFIX.get(kind, kind)}", data))
    expected = EXPECTED.get(path.stem, {})
    project = reviewed(imported, hand_made)
    allowed = {*EXPECTED["everywhere"], *expected.get("fields", {})}
    assert set(differences(hand_made, project)) <= allowed
    assert found(project) - found(hand_made) == set(map(tuple, expected.get("findings", [])))
    assert not found(hand_made) - found(project)


@pytest.mark.parametrize("path", STEMS)
def test_what_is_expected_to_differ_does(path: Path) -> None:
    hand_made = load_project(path)
    project = reviewed(interpret(grid_of(form_of(hand_made))), hand_made)
    assert set(EXPECTED.get(path.stem, {}).get("fields", {})) <= set(differences(hand_made, project))


@pytest.mark.parametrize("path", STEMS)
def test_the_text_loads_and_is_the_project(path: Path) -> None:
    imported = interpret(grid_of(form_of(load_project(path))))
    assert project_of(sheet_of("imported.yaml", imported.text), Path()) == imported.project


@pytest.mark.parametrize("path", STEMS)
def test_the_rubric_is_the_one_chosen_by_hand(path: Path) -> None:
    hand_made = load_project(path)
    imported = interpret(grid_of(form_of(hand_made)))
    assert imported.project is not None
    assert imported.project.rubric == hand_made.rubric


# --- small documents: one trait each ------------------------------------------------------------------------------------

LABELS = [["项目名称", "水渠维修", "", ""], ["实施单位", "甲县水利局", "", ""]]
BUDGET = [
    [
        "项目资金（万元）",
        "",
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "分值",
        "执行率（B/A）",
        "得分",
    ],
    ["", "年度资金总额", "20", "20", "18", "10", "90%", "9"],
]
HEADS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
]
SPLIT_HEADS = [*HEADS[:3], "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分"]
ROWS = [
    ["产出指标(50分)", "数量指标", "维修长度", "≥12公里", "12公里", "50", "50", ""],
    ["效益指标（30）", "社会效益指标", "灌溉面积", "≥3000亩", "2800亩", "30", "28", "春旱"],
    ["满意度指标", "服务对象满意度指标", "农户满意度", "≥90%", "95%", "10", "10", ""],
    ["总分", "", "", "", "", "100", "97", "优"],
]
TITLE = ("项目支出绩效自评表", "（2022年度）")


def small(
    *, head: tuple[str, ...] = TITLE, labels=LABELS, budget=BUDGET, heads=HEADS, rows=ROWS, more=()
) -> Imported:
    return interpret(table_of(*labels, *budget, heads, *rows, *more, head=head))


def test_a_tidy_form_is_read_without_a_doubt():
    imported = small()
    assert (imported.status, imported.confidence) == ("read", "high")
    project = imported.project
    assert (project.name, project.year, project.unit) == ("水渠维修", 2022, "甲县水利局")
    assert project.budget.printed.model_dump(exclude_unset=True) == {"execution_rate": "90%", "score": "9"}
    assert project.indicators[1].deviation_cause == "春旱"
    assert project.printed.points.model_dump(exclude_unset=True, mode="json") == {
        "execution": "10", "output": "50", "outcome": "30",
    }  # fmt: skip
    assert (project.printed.total, project.printed.grade) == ("97", "优")


def test_three_columns_make_one_target_in_the_spelling_of_the_form():
    rows = [
        ["产出指标", "数量指标", "学生人数", "≧", "735", "人次", "735", "50", "50"],
        ["", "质量指标", "覆盖率", "═", "100", "%", "100%", "20", "20"],
        ["效益指标", "社会效益指标", "减轻负担", "定性", "有效", "", "有效", "20", "20"],
    ]
    targets = [one.target for one in small(heads=SPLIT_HEADS, rows=rows).project.indicators]
    assert targets == ["≧735人次", "═100%", "有效"]


def test_an_amount_with_its_own_unit_is_converted_and_told():
    budget = [BUDGET[0], ["", "年度资金总额", "20", "20", "180000元", "10", "90%", "9"]]
    imported = small(budget=budget)
    assert imported.project.budget.total.outturn == 18
    assert "budget.total.outturn" in uncertain(imported)
    assert "原单位是元，已换算为万元" in imported.text


@pytest.mark.parametrize(
    ("unit", "total", "doubtful"), [("元", "38.14", True), ("元", "381400", False), ("万元", "3814000", True)]
)
def test_amounts_too_small_or_too_large_for_their_unit_are_doubted(unit, total, doubtful):
    heading = [f"项目资金（{unit}）", *BUDGET[0][1:]]
    imported = small(budget=[heading, ["", "年度资金总额", total, total, total, "10", "100%", "10"]])
    assert ("budget.amount_unit" in uncertain(imported)) is doubtful


def test_without_any_unit_ten_thousand_yuan_is_taken_and_doubted():
    imported = small(budget=[["项目资金", *BUDGET[0][1:]], BUDGET[1]])
    assert imported.project.budget.amount_unit == "万元"
    assert "文件没有写金额单位" in imported.text


def test_points_repeated_in_a_source_are_counted_once():
    imported = small(budget=[*BUDGET, ["", "其中：本年财政拨款", "20", "20", "18", "10", "90%", "10"]])
    budget = imported.project.budget
    assert (budget.printed.score, [one.name for one in budget.sources]) == ("9", ["本年财政拨款"])
    assert "“其中”行重复印了分值、得分" in remarks(imported)
    assert [one.text for one in imported.unread] == ["10"]  # its score, which is not the total's


def test_parts_of_an_indicator_are_listed_and_not_made_indicators():
    parts = [ROWS[0], ["", "", "其中：干渠", "5公里", "5公里", "", "", ""], *ROWS[1:]]
    imported = small(rows=parts)
    assert len(imported.project.indicators) == 3
    assert [one.text for one in imported.unread] == ["其中：干渠", "5公里", "5公里"]
    assert {one.why for one in imported.unread} == {
        "是“维修长度”的分项，不计分，项目文件没有分项栏目；要保留的，请写进该项指标的 evidence 或 narrative.other"
    }


def test_groups_not_used_and_rows_of_dots_are_nothing():
    rows = [
        ROWS[0],
        ["", "", "……", "", "", "", "", ""],
        ["效益指标", "生态效益指标", "/", "/", "/", "/", "/", "/"],
        *ROWS[1:],
    ]
    imported = small(rows=rows)
    assert (imported.status, len(imported.project.indicators)) == ("read", 3)


def test_two_tables_are_one_list_and_a_changed_indicator_keeps_both_names():
    target = [
        [*HEADS[:4]],
        *[row[:4] for row in ROWS[:2]],
        ["满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%"],
    ]
    imported = interpret(
        grid_of([*TITLE, *table_form(target), *table_form([*LABELS, *BUDGET, HEADS, *ROWS])])
    )
    assert len(imported.project.indicators) == 3
    assert imported.project.indicators[2].planned_as == "用水户满意度"
    assert "I313" in {code for code, _ in found(imported.project)}


def table_form(rows):
    from form_files import C

    return [[[C(text) for text in row] for row in rows]]


def test_a_contradiction_is_kept_for_check_to_find():
    budget = [BUDGET[0], ["", "年度资金总额", "20", "20", "18", "10", "100%", "10"]]
    project = small(budget=budget).project
    assert project.budget.printed.execution_rate == "100%"
    assert ("B101", "budget.printed.execution_rate") in found(project)


def test_a_labelled_fact_stands_where_its_value_does():
    imported = small()
    assert imported.places["project.unit"].shown() == "表1 第2行第2列"


def test_an_impossible_date_is_listed_and_not_made_another():
    imported = small(labels=[*LABELS, ["完成时间", "2022年2月30日", "", ""]])
    assert imported.project.project.completed is None
    assert [one.text for one in imported.unread] == ["完成时间", "2022年2月30日"]


def test_persons_are_told_and_not_copied():
    imported = small(
        labels=[*LABELS, ["项目负责人", "张三 13800001111", "", ""]],
        head=(
            *TITLE,
            "一、项目概况",
            "现场由专人看护，联系人：李四（13900002222）。",
            "二、其他需要说明的问题",
            "无",
        ),
    )
    assert [one.masked for one in imported.personal] == ["李* 139****2222", "张* 138****1111"]
    assert imported.project.narrative.overview == "现场由专人看护，联系人：李*（139****2222）。"
    assert "13800001111" not in imported.text + remarks(imported) + str(imported.unread)
    assert not {code for code, _ in found(imported.project)} & {"D501"}


def test_a_contact_is_taken_where_a_field_says_so():
    imported = small(labels=[*LABELS, ["联系人", "张三", "联系电话", "0743-6212345"]])
    assert imported.project.contact.model_dump() == {"name": "张三", "phone": "0743-6212345"}


def test_required_fields_not_found_are_named_and_the_rest_is_kept():
    imported = small(labels=LABELS[:1])
    assert (imported.status, imported.confidence, imported.project) == ("partly", "low", None)
    assert imported.missing == ("project.unit",)
    assert "# 未读到：project.unit（实施单位），请填写。" in imported.text
    assert "adjusted: 20" in imported.text


def test_a_document_without_facts_is_not_read():
    imported = interpret(table_of(["姓名", "成绩"], ["甲", "90"], head=("期末成绩",)))
    assert (imported.status, imported.project) == ("not", None)
    assert [one.text for one in imported.unread] == ["期末成绩", "姓名", "成绩", "甲", "90"]


def test_rubric_and_year_may_be_given():
    imported = interpret(table_of(*LABELS, *BUDGET, HEADS, *ROWS), rubric="mof-2021", year=2023)
    assert (imported.project.rubric, imported.project.year) == ("mof-2021", 2023)


def test_sections_are_known_by_their_words_whatever_their_numbers_say():
    head = (
        "2022年度甲县水利局水渠维修项目支出绩效自评报告", "一、基本情况", "（2） 项目概况。", "渠道年久失修。", "3、 主要经验及做法、存在的问题及原因分析",
        "无", "三、有关建议", "早下计划。", "三、其他需要说明的问题", "无", "项目单位（签）", "年   月  日",
    )  # fmt: skip
    told = small(head=head).project.narrative
    assert told.model_dump(exclude_none=True) == {
        "overview": "渠道年久失修。", "experience": "无", "problems": "无", "suggestions": "早下计划。", "other": "无",
    }  # fmt: skip


def test_figures_only_told_in_words_are_taken_with_a_doubt():
    head = (
        "2022年度甲县水利局水渠维修项目支出绩效自评报告", "一、基本情况", "项目共计预算20万元，实际支出18万元，资金共计18万元。",
        "二、综合评价结论", "执行率为100%，自评得分为97分，评价结果为优秀。",
    )  # fmt: skip
    imported = interpret(table_of(HEADS[:5], *[row[:5] for row in ROWS[:3]], head=head))
    project = imported.project
    assert (project.budget.total.adjusted, project.budget.total.outturn) == (20, 18)
    assert (project.budget.printed.execution_rate, project.printed.total, project.printed.grade) == (
        "100%",
        "97",
        "优秀",
    )
    assert {"budget.total.adjusted", "budget.total.outturn", "printed.total"} <= uncertain(imported)
    assert "资金共计18万元" in imported.text  # which is not the 20 taken


# --- rows unlike the others ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["效益指标", "社会效益指标", "灌溉面积", "2800亩", "30", "28", "", ""], "同一行有空栏"),
        (["效益指标", "社会效益指标", "灌溉面积", "≥3000亩", "2800公顷", "30", "28", ""], "单位不同"),
        (
            ["效益指标", "社会效益指标", "灌溉面积", "≥3000亩", "2800亩", "30分/28", "", "28"],
            "不像这一栏的内容",
        ),
        (["效益指标", "社会效益指标", "≥3000亩", "2800亩", "30", "28", "", ""], "同一行有空栏"),
        (ROWS[0], "与上一行完全相同"),
    ],
)
def test_a_row_unlike_the_others_is_marked(row, why):
    imported = small(rows=[ROWS[0], row, ROWS[2]])
    marked = {note.field for note in imported.notes if why in note.why}
    assert {"indicators[1].target", "indicators[1].actual"} & marked
    assert not any(field.startswith(("indicators[0]", "indicators[2]")) for field in marked)


def test_figures_below_a_gap_may_have_slipped():
    rows = [[*ROWS[0][:4], "", *ROWS[0][5:]], [*ROWS[1][:4], "12公里", *ROWS[1][5:]], ROWS[2]]
    assert {"indicators[1].actual", "indicators[2].actual"} <= uncertain(small(rows=rows))


# --- several projects in one document -----------------------------------------------------------------------------------


def several() -> list:
    """Give three forms: one after another in a table of their own each, as an office publishes them."""
    form = []
    for name in ("水渠维修", "泵站改造", "泵站改造"):
        labels = [["项目名称", name, "", ""], LABELS[1]]
        form += [*TITLE, *table_form([*labels, *BUDGET, HEADS, *ROWS])]
    return form


def test_each_project_of_a_document_is_one_result():
    first, second = interpret_all(grid_of(several()[:6]))
    assert [one.project.name for one in (first, second)] == ["水渠维修", "泵站改造"]
    assert [one.status for one in (first, second)] == ["read", "read"]
    assert second.places["project.name"].table == "表2"


def test_forms_below_each_other_in_one_sheet_are_divided():
    rows = [
        row
        for block in several()[:6]
        for row in (block if isinstance(block, list) else table_form([[block]])[0])
    ]
    found = interpret_all(grid_of([rows]))
    assert [(one.project.name, one.project.year, one.status) for one in found] == [
        ("水渠维修", 2022, "read"), ("泵站改造", 2022, "read"),
    ]  # fmt: skip
    assert found[1].places["indicators[0].name"].row > len(rows) // 2


def test_a_form_without_its_year_has_the_first_ones_in_doubt():
    form = several()
    _, second = interpret_all(grid_of([*form[:3], form[5]]))
    assert (second.project.year, "project.year" in uncertain(second)) == (2022, True)


def test_who_asks_for_one_project_is_told_of_the_others():
    imported = interpret(grid_of(several()[:6]))
    assert imported.project.name == "水渠维修"
    assert "文件里有2个项目，只录入了第一个；其余：泵站改造" in remarks(imported)
    assert "泵站改造" in [one.text for one in imported.unread]


# --- forms of further places --------------------------------------------------------------------------------------------


def test_ningxia_counts_the_execution_rate_once():
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "自评得分", "财政审核评分"]
    rows = [
        ["项目决策（10分）", "项目立项", "立项依据充分性", "充分", "充分", "10", "10", ""],
        ["项目管理（25分）", "资金管理", "预算执行率", "100%", "90%", "10", "9", ""],
        ["", "组织实施", "管理制度健全性", "健全", "健全", "15", "15", "14"],
        ["产出（30分）", "数量指标", "维修长度", "≥12公里", "12公里", "30", "30", ""],
        ["效益（35分）", "社会效益指标", "灌溉面积", "≥3000亩", "3000亩", "25", "25", ""],
        ["", "满意度指标", "农户满意度", "≥90%", "95%", "10", "10", ""],
    ]
    budget = [
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"],
        ["", "年度资金总额", "20", "20", "18"],
    ]
    imported = small(
        head=("宁夏回族自治区项目支出绩效自评表（2022年度）",), budget=budget, heads=heads, rows=rows
    )
    project = imported.project
    assert project.rubric == "ningxia-10-25-30-35"
    assert [one.name for one in project.indicators] == [
        "立项依据充分性",
        "管理制度健全性",
        "维修长度",
        "灌溉面积",
        "农户满意度",
    ]
    assert project.budget.printed.model_dump() == {"execution_rate": "90%", "score": "9"}
    assert project.printed.points.model_dump(exclude_unset=True, mode="json") == {
        "execution": "10", "decision": "10", "process": "25", "output": "30", "outcome": "35",
    }  # fmt: skip
    assert [one.shown() for one in imported.unread] == [
        "表1 第8行第8列：“14”，是“管理制度健全性”的“财政审核评分”，单位自评得分是15；项目文件只记单位自评得分，审核得分请另行留存"
    ]


def test_chongqing_has_coefficients_and_no_first_level():
    heads = [
        "指标名称",
        "计量单位",
        "指标性质",
        "年初指标值",
        "调整指标值",
        "全年完成值",
        "得分系数（%）",
        "指标权重",
        "指标得分",
        "是否核心指标",
    ]
    rows = [
        ["维修长度", "公里", "≥", "12", "", "12", "100", "50", "50", "是"],
        ["灌溉面积", "亩", "≥", "3000", "", "2800", "93.33", "40", "37.33", "否"],
    ]
    imported = small(head=("部门整体绩效自评表（2022年度）",), heads=heads, rows=rows)
    project = imported.project
    assert project.rubric == "chongqing-10-90"
    assert [(one.target, one.actual, format(one.share, "f")) for one in project.indicators] == [
        ("≥12公里", "12", "1.00"), ("≥3000亩", "2800", "0.9333"),
    ]  # fmt: skip
    assert {"indicators[0].category", "indicators[1].category"} <= uncertain(imported)


def test_jiangxi_prints_a_rule_for_every_indicator():
    heads = [*HEADS[:7], "得分计算方法"]
    rows = [[*row[:7], "每降5%扣1分，扣完为止" if row[0] != "总分" else ""] for row in ROWS]
    imported = small(head=("江西省项目支出绩效自评表（2022年度）",), heads=heads, rows=rows)
    assert imported.project.rubric == "jiangxi-2017"
    assert {one.rule for one in imported.project.indicators} == {"每降5%扣1分，扣完为止"}


def test_two_rows_of_headings_over_one_value():
    from form_files import C

    heads = [
        [C("一级指标", rows=2), C("二级指标", rows=2), C("三级指标", rows=2), C("年度指标值", columns=3), C("实际完成值", rows=2), C("分值", rows=2), C("得分", rows=2)],
        [C("指标性质"), C("指标值"), C("度量单位")],
    ]  # fmt: skip
    body = [
        ["产出指标", "数量指标", "人数", "≥", "735", "人次", "735", "50", "50"],
        ["", "质量指标", "合格率", "=", "100", "%", "98%", "40", "39.2"],
    ]
    form = [*TITLE, *table_form([*LABELS, *BUDGET]), [*heads, *table_form(body)[0]]]
    imported = interpret(grid_of(form))
    assert [one.target for one in imported.project.indicators] == ["≥735人次", "=100%"]
    assert imported.status == "read"


def test_a_form_of_sichuan_as_its_pages_print_it():
    rows = [
        ["部门预算项目支出绩效自评表（2023年度）"],
        ["项目名称", "51000000T000000000001-水渠维修", "", "", "实施单位", "甲县水利局"],
        ["项目基本情况", "1.项目年度目标完成情况", "项目年度目标", "", "", "", "年度目标完成情况"],
        ["", "", "维修水渠12公里。", "", "", "", "已维修。"],
        ["", "2.项目实施内容及过程概述", "由施工队维修。"],
        ["预算执行情况(10分)", "年度预算数(万元)", "", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"],
        ["", "总额", "", "0.00", "3.36", "3.36", "100.00%", "10", "10", "1.预算执行率未达到90%的需说明原因(100字以内)"],
        ["", "其中:财政资金", "", "0.00", "3.36", "3.36", "100.00%", "/", "/", ""],
        ["", "其他资金", "", "", "", "", "", "/", "/", ""],
        ["绩效指标(90分)", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"],
        ["", "产出指标", "数量指标", "维修长度", "≥", "12", "公里", "12公里", "50", "50", ""],
        ["", "成本指标", "经济成本指标", "成本控制数", "≤", "3.36", "万元", "3.36万元", "40", "40", ""],
        ["合计", "", "", "", "", "", "", "", "100", "100", ""],
        ["评价结论", "按期完成。"], ["存在问题", "无"], ["改进措施", "无"],
        ["项目负责人:张三", "财务负责人:李四"],
    ]  # fmt: skip
    imported = interpret(table_of(*rows))
    project = imported.project
    assert (project.rubric, project.printed.total) == ("sichuan-10-90", "100")
    assert [(one.name, one.adjusted) for one in project.budget.sources] == [
        ("财政资金", project.budget.total.adjusted)
    ]
    assert [(one.target, one.actual) for one in project.indicators] == [
        ("≥12公里", "12公里"),
        ("≤3.36万元", "3.36万元"),
    ]
    assert [(goal.planned, goal.actual) for goal in project.objectives] == [("维修水渠12公里。", "已维修。")]
    assert project.narrative.model_dump(exclude_none=True) == {
        "overview": "由施工队维修。", "problems": "无", "suggestions": "无", "other": "按期完成。",
    }  # fmt: skip
    assert project.budget.deviation_cause is None  # what the form prints there is its own instruction
    assert [one.text for one in imported.unread] == ["项目负责人:张三", "财务负责人:李四"]


def test_rows_numbered_by_the_template_lose_their_numbers_and_unused_ones_are_nothing():
    rows = [
        ["产出指标", "数量指标", "指标1：维修长度", "≥12公里", "12公里", "50", "50", "0"],
        ["", "", "指标2", "", "", "", "", ""],
        [
            "效益指标",
            "社会效益指标",
            "指标1灌溉面积",
            "≥3000亩",
            "2800亩",
            "30",
            "28",
            "春旱。\n改种耐旱作物。",
        ],
        ["满意度指标", "服务对象满意度指标", "指标1：满意度", "≥90%", "95%", "10", "10", "0"],
    ]
    imported = small(rows=rows)
    assert [one.name for one in imported.project.indicators] == ["维修长度", "灌溉面积", "满意度"]
    assert [one.deviation_cause for one in imported.project.indicators] == [
        None,
        "春旱。\n改种耐旱作物。",
        None,
    ]
    assert imported.status == "read"
    alone = small(rows=[rows[0], [*rows[2][:7], "春旱"], [*rows[3][:7], ""]])
    assert "indicators[0].actual" in uncertain(alone)  # a single 0 may have slipped there from the score


def test_a_county_form_for_special_funds_without_points():
    rows = [
        ["2022年度县级专项资金绩效目标自评表"],
        ["专项资金名称", "储备粮", "", "负责人及电话", "张三 13800001111"],
        ["县级主管部门", "甲县粮食局", "", "实施单位", "甲县储备公司"],
        ["项目资金（万元）", "", "全年预算数(A)", "全年执行数(B)", "执行率(B/A)"],
        ["", "年度资金总额", "194.9", "194.9", "100%"],
        ["", "其中：中央、省、市补助县级资金", "194.9", "194.9", "100%"],
        ["年度总体目标", "年初设定目标", "", "全年实际完成情况", ""],
        ["", "储备规模稳定", "", "已达标", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值", "未完成原因和改进措施"],
        ["", "产出指标", "数量指标", "储备到位率", "100%", "100%", ""],
        ["", "满意度指标", "服务对象满意度指标", "市民满意度", "≥90%", "96%", ""],
        ["说明", "无"],
    ]
    imported = interpret(table_of(*rows))
    project = imported.project
    assert (project.rubric, project.name, project.unit) == ("county-no-scores", "储备粮", "甲县储备公司")
    assert project.department == "甲县粮食局"
    assert [(one.target, one.actual) for one in project.indicators] == [("100%", "100%"), ("≥90%", "96%")]
    assert project.narrative.other == "无"
    assert [one.text for one in imported.unread] == ["负责人及电话", "张* 138****1111"]


@pytest.mark.parametrize(
    ("sign", "value", "unit", "target", "doubtful"),
    [
        ("≥", "50处", "", "≥50处", False), ("≥", "≥50", "处", "≥50处", False), ("＝", "8", "个", "＝8个", False),
        ("定性", "显著提高", "", "显著提高", False), ("=", "有效", "", "有效", False), ("定量", "50", "处", "50处", False),
        ("定性", "50", "处", "50处", True), ("≥", "显著提高", "", "显著提高", True), ("≤", "≥50", "处", "≥50处", True),
    ],
)  # fmt: skip
def test_a_sign_in_its_own_column_is_put_before_a_number(sign, value, unit, target, doubtful):
    rows = [["产出指标", "数量指标", "设备", sign, value, unit, value.lstrip("≥"), "90", "90"]]
    imported = small(heads=SPLIT_HEADS, rows=rows)
    assert imported.project.indicators[0].target == target
    assert ("indicators[0].target" in uncertain(imported)) is doubtful


# --- what a form says beyond a params file ------------------------------------------------------------------------------


def test_a_second_score_like_the_first_says_nothing_new():
    heads, rows = [*HEADS[:7], "财政审核得分"], [[*row[:7], row[6]] for row in ROWS]
    imported = small(heads=heads, rows=rows)
    assert imported.status == "read"
    assert remarks(imported).count("“财政审核得分”与单位自评得分相同，不另录入。") == 3
    assert [format(one.points, "f") for one in imported.project.indicators] == ["50", "30", "10"]


def test_a_second_score_never_becomes_the_first():
    """Where the unit left its own score out, the bureau's is not taken for it."""
    heads, rows = [*HEADS[:7], "复核得分"], [[*row[:6], "", row[6]] for row in ROWS[:3]]
    imported = small(heads=heads, rows=rows)
    assert {one.printed.score for one in imported.project.indicators} == {None}
    assert ["单位没有写自评得分" in one.why for one in imported.unread] == [True] * 3


def test_columns_without_a_field_are_listed_with_their_heading_and_numbering_is_nothing():
    heads, rows = ["序号", *HEADS[:7], "指标解释"], [[str(n), *row[:7], "按图纸"] for n, row in enumerate(ROWS[:3], 1)]  # fmt: skip
    imported = small(heads=heads, rows=rows)
    assert [one.why for one in imported.unread] == [
        f"是“{name}”的“指标解释”，项目文件没有这一栏" for name in ("维修长度", "灌溉面积", "农户满意度")
    ]
    assert [one.name for one in imported.project.indicators] == ["维修长度", "灌溉面积", "农户满意度"]


def test_the_rule_of_the_execution_rate_is_the_rubrics():
    budget = [[*BUDGET[0], "得分计算方法"], [*BUDGET[1], "执行率×分值，最高不超过分值上限"]]
    imported = small(budget=budget)
    assert imported.status == "read"
    assert "预算执行率的计分方法由评分规则规定，没有录入。" in remarks(imported)


def test_a_cut_of_the_budget_that_fits_the_other_amounts_is_nothing_new():
    budget = [["项目资金（万元）", "", "年初预算数", "调整数", "全年预算数", "全年执行数"], ["", "年度资金总额", "20", "-2.5", "17.5", "17"]]  # fmt: skip
    imported = small(budget=budget)
    assert (imported.status, format(imported.project.budget.total.adjusted, "f")) == ("read", "17.5")
    budget[1][3] = "-3.5"
    assert [one.text for one in small(budget=budget).unread] == ["-3.5"]


def test_what_no_score_depends_on_and_lines_nobody_filled_in_are_remarks():
    labels = [*LABELS, ["项目类别", "部门预算项目 ☑ 市直专项 □", "", ""]]
    imported = small(labels=labels, head=(*TITLE, "项目负责人：    财务负责人（签字）："))
    assert imported.status == "read"
    assert "原文“部门预算项目 ☑ 市直专项 □”，“项目类别”没有对应的栏目，没有录入。" in remarks(imported)


def test_a_bare_number_is_no_number_of_a_table():
    imported = small(head=("公开14表", "附件2", "80", *TITLE))
    assert [one.text for one in imported.unread] == ["80"]


def test_a_section_below_the_form_goes_on_where_its_row_ended():
    rows = [*ROWS, ["存在问题", "巡查不够。", "", "", "", "", "", ""]]
    imported = interpret(grid_of([*TITLE, *table_form([*LABELS, *BUDGET, HEADS, *rows]), "一、存在的问题", "经费不足。"]))  # fmt: skip
    assert imported.project.narrative.problems == "巡查不够。\n经费不足。"
    assert imported.status == "read"


def test_the_goal_of_a_second_group_stands_between_its_indicators():
    """Hubei divides the points among goals; the second one's words follow the indicators of the first."""
    head, rows = ["年度绩效目标1（40分）", *HEADS[:7]], [["", *row[:7]] for row in ROWS[:1]]
    second = [["年度目标", "灌溉3000亩。"], ["年度绩效目标2（40分）", *HEADS[:7]], ["", *ROWS[1][:7]]]
    first = [["年度目标", "维修12公里。"], head, *rows]
    imported = interpret(table_of(*LABELS, *BUDGET, *first, *second, head=TITLE))
    assert [one.text for one in imported.unread] == []
    assert [one.planned for one in imported.project.objectives] == ["维修12公里。", "灌溉3000亩。"]
    assert [one.goal for one in imported.project.indicators] == [1, 2]


# --- a cell a paragraph -------------------------------------------------------------------------------------------------

STACKED = [
    *TITLE, "项目名称", "水渠维修", "主管部门", "实施单位", "甲县水利局",
    "项目资金（万元）", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分", "年度资金总额", "20", "20", "18", "10", "90%", "9",
    "年度总体目标", "预期目标", "实际完成情况", "维修12公里。", "已维修。",
    "绩效指标", *HEADS, *[text for row in ROWS[:3] for text in row if text], "总分", "100", "97", "甲县水利局（盖章）",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "html", "txt"])
def test_a_table_with_a_cell_a_paragraph_is_put_together_and_every_figure_is_in_doubt(kind):
    imported = interpret(read_bytes(f"a.{kind}", make_plain(STACKED, kind)))
    project, tidy = (
        imported.project,
        small(labels=[["项目名称", "水渠维修"], ["实施单位", "甲县水利局"]]).project,
    )
    assert [one.model_dump() for one in project.indicators] == [one.model_dump() for one in tidy.indicators]
    assert (project.budget, project.printed.total) == (tidy.budget, "97")
    assert (project.name, project.unit, project.objectives[0].actual) == (
        "水渠维修",
        "甲县水利局",
        "已维修。",
    )
    assert not imported.unread
    figures = {"budget.total.outturn", "indicators[1].points", "indicators[1].deviation_cause", "printed.total", "project.unit"}  # fmt: skip
    assert figures <= uncertain(imported)
    assert "原表的单元格一格一段" in imported.text


def make_plain(lines: list[str], kind: str) -> bytes:
    from form_files import KINDS

    return KINDS[kind](list(lines))


@pytest.mark.parametrize("lost", ["12公里", "≥3000亩", "得分"])
def test_a_cell_lost_among_paragraphs_is_never_made_up_for(lost):
    """Where rows can't be told apart for certain, no indicator is read, and the list says what to do."""
    lines = [one for one in STACKED if one != lost]
    imported = interpret(grid_of(lines, "text"))
    assert "indicators" in imported.missing
    assert all(one in [left.text for left in imported.unread] for one in ("维修长度", "2800亩", "28"))
    (told,) = {one.why for one in imported.unread if "单元格一格一段" in one.why}
    assert "粘贴到 Excel" in told


def test_an_amount_lost_among_paragraphs_leaves_the_row_out():
    at = STACKED.index("90%")
    imported = interpret(grid_of([*STACKED[:at], *STACKED[at + 1 :]], "text"))
    assert "budget" in imported.missing
    assert [one.text for one in imported.unread if one.text in ("20", "18")] == ["20", "20", "18"]


def test_running_text_with_words_of_a_form_stays_text():
    lines = ["一、基本情况", "绩效目标", "预期目标", "已完成。", "资金", "支出", "预算数", "100"]
    assert (
        interpret(grid_of([*TITLE, *lines, *table_form([*LABELS, *BUDGET, HEADS, *ROWS])])).project
        is not None
    )
