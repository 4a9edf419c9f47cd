"""Scores and totals, recomputed a second way; and the answers of scoring that no worked case shows."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from ruamel.yaml import YAML

from helpers import PARAMS, project
from recomputed import FORMS, Recomputed, UnreadError, half_up, recompute
from wenxiao.evaluation import Evaluation
from wenxiao.funds import evaluate_budget
from wenxiao.loading import load_project
from wenxiao.measuring import UNCLEAR, compare, measure
from wenxiao.methods import proportional
from wenxiao.money import percent
from wenxiao.rubric import Measure, load_rubric, rubric_ids
from wenxiao.scoring import score
from wenxiao.target import Bound, Quantity, read
from wenxiao.words import GRADES
from worked import cases, facts_of, project_of, rubric_of

CASES = [(file, case) for file, case in cases() if "refused" not in case and not case.get("faults")]
WHOLE = [pytest.param(case, id=case["name"]) for file, case in CASES if file == "whole_projects"]


def exactly(result: Evaluation) -> Recomputed:
    """Give what the program computed, as fractions."""

    def fraction(value: Any) -> Fraction | None:
        return None if value is None else Fraction(value)

    total = result.budget.total
    return Recomputed(
        Fraction(total.outturn) / Fraction(total.adjusted) if total.adjusted else None,
        fraction(result.budget.score.value),
        tuple(fraction(one.score.value) for one in result.indicators),
        fraction(result.total),
        GRADES[result.grade] if result.grade else None,
    )


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_every_published_project_is_recomputed(path):
    raw = YAML(typ="base").load(path)
    rubric = raw.get("rubric", "mof-2020")
    result = score(load_project(path), load_rubric(rubric))
    second = recompute(raw, rubric)
    assert exactly(result) == second
    shown = result.as_dict()["budget"]["execution_rate"]
    assert Fraction(shown.rstrip("%")) == half_up(second.rate * 100, 2)


@pytest.mark.parametrize("case", WHOLE)
def test_every_whole_project_is_recomputed(case):
    assert exactly(score(project_of(case), rubric_of(case))) == recompute(
        facts_of(case), case.get("rubric", "mof-2020")
    )


def test_the_plain_ones_among_all_worked_cases_are_recomputed():
    compared, different = 0, []
    for _, case in CASES:
        try:
            second = recompute(facts_of(case), case.get("rubric", "mof-2020"))
        except UnreadError:
            continue
        compared += 1
        if exactly(score(project_of(case), rubric_of(case))) != second:
            different.append(case["name"])
    assert different == []
    assert compared >= 250


def test_the_second_way_knows_every_rubric():
    assert set(rubric_ids()) <= set(FORMS)


# --- how a score came to be, step by step -----------------------------------------------------------------------------

FLOORED = "rubrics/whole-percent.yaml"  # rounds the execution rate first
BY_BANDS = {"rubric": "mof-2021-cost", "completed": "2023-11-30"}
UNDER_WAY = BY_BANDS | {"completed": "2024-06-30"}
NO_DATE = {"rubric": "mof-2021-cost"}
AT_MOST_THE_POINTS = "得分＝分值×执行率，最高不超过分值"
DONE_OR_BANDS = "项目完成且未超预算的记满分；尚未完成的按执行率所在区间记分"


def evaluation_of(case: dict[str, Any]) -> Evaluation:
    return score(project_of(case), rubric_of(case))


@pytest.mark.parametrize(
    ("case", "method", "steps", "rule"),
    [
        ({"adjusted": "38.14", "outturn": "37.66"}, "proportional", ("10 × 37.66 ÷ 38.14", "9.87414788…"), AT_MOST_THE_POINTS),
        ({"adjusted": "800", "outturn": "699.6"}, "proportional", ("10 × 699.6 ÷ 800", "8.745"), AT_MOST_THE_POINTS),
        ({"adjusted": "100", "outturn": "105"}, "proportional", ("记满分 10", ""), AT_MOST_THE_POINTS),
        (
            {"rubric": FLOORED, "adjusted": "310.2", "outturn": "154.74"},
            "proportional", ("10 × 50%", ""), f"{AT_MOST_THE_POINTS}；先把执行率舍入，再算得分",
        ),
        (BY_BANDS | {"adjusted": "100", "outturn": "88.74"}, "interval", ("项目已完成且未超预算，记满分 10", ""), DONE_OR_BANDS),
        (UNDER_WAY | {"adjusted": "100", "outturn": "88.74"}, "interval", ("项目尚未完成，按区间记 7.00 分", ""), DONE_OR_BANDS),
    ],
)  # fmt: skip
def test_how_the_score_for_execution_came_to_be(case, method, steps, rule):
    result = evaluation_of(case)
    one, line = result.budget.score, result.budget.total
    assert one.trace is not None
    assert (one.method, one.reason) == (method, "")
    assert (one.trace.formula, one.trace.unrounded) == steps
    assert (one.trace.rule, one.trace.basis) == (rule, result.rules.basis("execution"))
    assert one.trace.rounding == f"保留 2 位小数，四舍五入，据{result.rules.basis('rounding')}"
    assert dict(one.trace.inputs) == {
        "分值": "10",
        "全年预算数（A）": case["adjusted"],
        "全年执行数（B）": case["outturn"],
        "执行率（B÷A）": percent(line.rate, result.rules.rate_places),
    }


def test_a_rate_just_below_a_band_is_not_shown_as_if_in_it():
    one = evaluation_of(UNDER_WAY | {"adjusted": "10000", "outturn": "7999.5"}).budget.score
    assert one.formula == "7999.5 ÷ 10000 = 79.995%；项目尚未完成，按区间记 5.00 分"


@pytest.mark.parametrize(
    ("case", "points", "method", "formula", "reason"),
    [
        ({"adjusted": "0", "outturn": "0"}, 10, None, "", "全年预算数为 0，算不出执行率"),
        ({"rubric": "county-no-scores", "outturn": "60"}, None, None, "60 ÷ 100 = 60.00%", "评分规则没有给预算执行率设分值"),
        (
            NO_DATE | {"outturn": "100"}, 10, "interval", "100 ÷ 100 = 100.00%",
            "本规则须看项目是否完成，而项目文件没有写完成日期 completed",
        ),
        (UNDER_WAY, 10, "interval", "100 ÷ 100 = 100.00%", "执行率达到或超过 100%，本规则的未完成区间没有规定"),
    ],
)  # fmt: skip
def test_why_execution_earns_no_score(case, points, method, formula, reason):
    one = evaluation_of(case).budget.score
    assert (one.points, one.value, one.trace) == (points, None, None)
    assert (one.method, one.formula, one.reason) == (method, formula, reason)


TWO_SOURCES = [
    {"name": "当年财政拨款", "original": "60", "adjusted": "70", "outturn": "30"},
    {"name": "上年结转资金", "original": "0", "adjusted": "40", "outturn": "30"},
]


@pytest.mark.parametrize(
    ("facts", "original"),
    [
        ({"sources": TWO_SOURCES}, 60),
        ({"sources": TWO_SOURCES, "adjusted": "110", "outturn": "60", "original": "61"}, 60),
        ({"sources": [TWO_SOURCES[0], TWO_SOURCES[1] | {"original": None}]}, None),
        (
            {"sources": [TWO_SOURCES[0], TWO_SOURCES[1] | {"original": None}], "adjusted": "110", "original": "61"},
            61,
        ),
    ],
    ids=["sum", "the sum before what is stated", "not stated", "stated for the whole only"],
)  # fmt: skip
def test_the_original_budget_of_the_whole(facts, original):
    without_none = [{k: v for k, v in source.items() if v is not None} for source in facts["sources"]]
    budget = evaluation_of(facts | {"sources": without_none}).budget
    assert budget.total.original == original
    assert (budget.total.name, budget.total.adjusted, budget.total.outturn) == ("年度资金总额", 110, 60)
    assert [line.name for line in budget.sources] == ["当年财政拨款", "上年结转资金"]
    assert [line.original for line in budget.sources] == [
        one.get("original") and Fraction(one["original"]) for one in without_none
    ]


def test_a_stated_total_is_the_row_where_there_are_no_sources():
    line = evaluation_of({"original": "90", "adjusted": "100", "outturn": "45"}).budget.total
    assert (line.name, line.original, line.rate) == ("年度资金总额", 90, Decimal("0.45"))


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ({"received": "90", "adjusted": "120"}, Decimal("0.75")),
        ({"received": "0", "adjusted": "120"}, 0),
        ({"adjusted": "120"}, None),
        ({"received": "90", "adjusted": "0", "outturn": "0"}, None),
    ],
)
def test_received_of_the_adjusted_budget(facts, rate):
    assert evaluation_of(facts).budget.received_rate == rate


MET = "完成指标值的，记该指标的全部分值"
LINEAR = "反向指标超过指标值的，分值×（1−超出部分÷指标值），达到两倍及以上记 0 分"
CHOSEN = {"target": "显著提高", "actual": "显著提高", "level": "达成", "share": "95%", "points": "15"}


@pytest.mark.parametrize(
    ("case", "compared", "steps", "rule", "basis"),
    [
        ({"target": "≥90%", "actual": "95%"}, "完成值 95% 达到指标值 ≥90%", ("记满分 10", ""), MET, "quantitative"),
        (
            {"target": "≥3个", "actual": "2个"}, "完成值 2个 未达到指标值 ≥3个", ("10 × 2 ÷ 3", "6.66666667…"),
            "未完成指标值的，按完成值与指标值的比例记分", "quantitative",
        ),
        (
            {"target": "≤3次", "actual": "4次"}, "完成值 4次 未达到指标值 ≤3次", ("10 × (1 − (4 − 3) ÷ 3)", "6.66666667…"),
            LINEAR, "quantitative",
        ),
        (
            {"rubric": "hubei-20-80", "target": "≤3次", "actual": "4次"}, "完成值 4次 未达到指标值 ≤3次", ("10 × 3 ÷ 4", ""),
            "反向指标超过指标值的，分值×指标值÷完成值", "quantitative",
        ),
        (
            {"target": "≥90%", "actual": "80%", "method": "all_or_nothing"}, "完成值 80% 未达到指标值 ≥90%", ("记 0 分", ""),
            "达到指标值记满分，未达到不得分", "quantitative",
        ),
        (
            {"target": "2023年6月底前", "actual": "2023年7月1日", "method": "all_or_nothing"},
            "完成时间 2023年7月1日 晚于期限 2023-06-30", ("记 0 分", ""), "达到指标值记满分，未达到不得分", "quantitative",
        ),
        (
            {"target": "6月底前", "actual": "6月1日"}, "完成时间 6月1日 不晚于期限 2023-06-30（未写年份，按评价年度 2023 年）",
            ("记满分 10", ""), MET, "quantitative",
        ),
        (
            {"rubric": "mof-2021-cost", "target": "≥100个", "actual": "59个"}, "完成值 59个 未达到指标值 ≥100个",
            ("记 0 分：完成比例 59.00% 低于及格门槛 60%", ""), "完成比例低于及格门槛的不得分", "quantitative",
        ),
        (
            {"rubric": "mof-2021-cost", "category": "satisfaction", "target": "≥95%", "actual": "85%"},
            "完成值 85% 未达到指标值 ≥95%", ("记该区间的 8 分（分值 10）", ""), "按完成值所在区间记分，区间含下限", "satisfaction",
        ),
        (CHOSEN, "达成 95%", ("15 × 95%", ""), "定性指标按达成档次，在档次区间内合理确定得分", "levels"),
        (
            {"rubric": "chongqing-10-90", "target": "有效", "actual": "有效", "share": "95.55%", "points": "6"},
            "得分系数 95.55%", ("6 × 95.55%", "5.733"), "得分＝分值×得分系数", "qualitative",
        ),
    ],
)  # fmt: skip
def test_how_the_score_of_an_indicator_came_to_be(case, compared, steps, rule, basis):
    result = evaluation_of(case)
    trace = result.indicators[0].score.trace
    assert trace is not None
    assert (trace.formula, trace.unrounded) == steps
    assert (trace.rule, trace.basis) == (rule, result.rules.basis(basis))
    assert trace.rounding == f"保留 2 位小数，四舍五入，据{result.rules.basis('rounding')}"
    assert trace.inputs == (
        ("分值", case.get("points", "10")),
        ("年度指标值", case["target"]),
        ("实际完成值", case["actual"]),
        ("比较", compared),
    )


def test_an_own_rule_that_the_method_passes_over_is_not_what_the_score_rests_on():
    case = {"target": "≥9个", "actual": "8个", "rule": "少1个扣1分，扣完为止", "method": "all_or_nothing"}
    result = evaluation_of(case)
    trace = result.indicators[0].score.trace
    assert trace is not None
    assert trace.basis == result.rules.basis("quantitative")


def test_an_own_rule_is_what_its_score_rests_on():
    own = "达9个得6分，少检查一个扣1分，扣完为止"
    case = {"rubric": "fujian-deductions", "target": "9个", "actual": "8个", "points": "6", "rule": own}
    trace = evaluation_of(case).indicators[0].score.trace
    assert trace is not None
    assert (trace.formula, trace.rule, trace.basis) == ("6 − 1 × 1", "按本指标的评分标准记分", own)


def test_how_the_total_came_to_be():
    result = score(project(), load_rubric("mof-2020"))
    assert result.trace is not None
    assert result.trace.inputs[:2] == (("预算执行率", "10.00"), ("设备", "40.00"))
    assert result.trace.formula == "10.00 + 40.00 + 10.00 + 30.00 + 10.00"
    assert (result.trace.unrounded, result.trace.rounding) == ("", "各项得分已舍入，相加不再舍入")
    assert result.trace.rule == "总分为预算执行率与各项指标得分之和"
    assert result.trace.basis == result.rules.basis("total") != ""


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [
        ("≥8个", "6个", "0.75"), ("≥8个", "10个", "1.25"), ("≥0.8个", "0.2个", "0.25"), ("≥8个", "0个", "0"),
        ("≤8次", "10次", "0.8"), ("≤8次", "4次", "2"), ("≤0.8次", "0.5次", "1.6"), ("≤8次", "0次", None),
        ("≤0次", "1次", None), ("≥0个", "1个", None), ("≥8个", "-1个", None), ("5-8个", "4个", "0.8"), ("5-8个", "10个", "0.8"),
    ],
)  # fmt: skip
def test_the_share_of_the_target_reached(target, actual, share):
    reached = evaluation_of({"target": target, "actual": actual}).indicators[0].attained
    assert reached == (share and Decimal(share))


def test_proportional_knows_the_linear_family_by_default():
    assert proportional(Decimal(10), read("≤4次"), Decimal(5)) == Decimal("7.5")


# --- what is measured -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("约200人", "190人", None), ("约200人", "200人", True), ("≥200人", "190人", False), ("5-8个", "9个", False),
        ("2023年6月30日前", "2023年6月", True), ("2023年6月15日前", "2023年6月", None), ("显著提高", "显著提高", None),
    ],
)  # fmt: skip
def test_whether_a_target_is_met(target, actual, met):
    result = evaluation_of({"target": target, "actual": actual}).indicators[0]
    assert result.met is met
    assert (result.target, result.actual, result.stated) == (read(target), read(actual), actual)


def test_a_figure_whose_direction_is_unclear_is_still_told():
    result = evaluation_of({"subcategory": "cost", "target": "20万元", "actual": "25万元"}).indicators[0]
    assert result.measured == Quantity(Decimal(25), "元", Decimal(10_000))
    assert (result.met, result.attained, result.actual, result.stated) == (
        None,
        None,
        read("25万元"),
        "25万元",
    )
    assert result.unmeasured == UNCLEAR


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥90%", "95%", True), ("≥90%", "80%", False), ("6月底前", "2024年6月1日", False), ("6月底前", "2023年6月1日", True),
        ("20万元", "25万元", None), (None, "95%", None), ("≥90%", None, None),
    ],
)  # fmt: skip
def test_what_is_stated_compares_without_the_budget_as_it_does_with_it(target, actual, met):
    case = {"subcategory": "cost" if target == "20万元" else None, "target": target, "actual": actual}
    result = evaluation_of({name: value for name, value in case.items() if value})
    whole = result.indicators[0]
    found = compare(whole.indicator, result.project.year)
    assert found.met is met
    assert (found.target, found.stated, found.actual, found.measured, found.attained, found.unmeasured) == (
        whole.target, whole.stated, whole.actual, whole.measured, whole.attained, whole.unmeasured,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "why"),
    [
        ("≥90%", None, "没有写实际完成值"),
        ("2023年6月底前", None, "没有写实际完成值"),
        ("2023年6月15日前", "2023年6月", "实际完成值“2023年6月”不够具体，看不出是否按期"),
        ("2023年6月底前", "2023年6月", ""),
        ("≥90%", "80%", ""),
    ],
)
def test_why_nothing_could_be_compared(target, actual, why):
    assert evaluation_of({"target": target, "actual": actual}).indicators[0].unmeasured == why


@pytest.mark.parametrize(
    ("target", "actual", "why"),
    [
        ("≥5", "-3", "指标值或完成值为负数，评分规则没有规定算法"),
        ("≥-5", "-4", "指标值或完成值为负数，评分规则没有规定算法"),
        ("约200人", "190人", "指标值是约数，没有写允许的偏差，未达到时无法计分"),
        (">0个", "0个", "指标值是“>0”，未达到时评分规则没有规定算法"),
        ("<0个", "0个", "指标值是“<0”，未达到时评分规则没有规定算法"),
        (">1个", "0个", ""),
        ("≥0个", "0个", ""),
        ("约0.5公里", "0.5公里", ""),
    ],
)
def test_numbers_for_which_the_rules_give_no_score(target, actual, why):
    result = evaluation_of({"target": target, "actual": actual}).indicators[0]
    assert result.score.reason == why
    assert (result.score.value is None) == bool(why)


def test_a_computed_rate_is_a_percentage():
    case = {
        "rubric": "mof-2020-framework", "category": "过程", "called": "资金到位率", "received": "80", "target": "100万元",
    }  # fmt: skip
    result = evaluation_of(case).indicators[0]
    assert result.actual == Bound(None, Quantity(Decimal(80), "%"))
    assert result.score.reason == "指标值与完成值的单位不同（元、%）"


def test_a_rate_may_be_computed_from_any_amount_of_the_budget():
    one, rules = project_of({"original": "50", "outturn": "40"}), load_rubric("mof-2020").at(2023)
    measures = {"指标": Measure(numerator="outturn", denominator="original")}
    assert measure(
        one.indicators[0], evaluate_budget(one, rules), one, rules.model_copy(update={"measures": measures})
    ).stated == "80.00%"  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "score"),
    [
        ({"subcategory": "cost", "target": "0万元", "actual": "1万元"}, 0),
        ({"subcategory": "cost", "target": "1万元", "actual": "2万元"}, None),
        ({"called": "投诉件数", "target": "下降5%", "actual": "下降3%"}, 6),
        ({"category": "outcome", "subcategory": "社会成本指标", "target": "5%", "actual": "4%"}, None),
        ({"category": "outcome", "subcategory": "社会效益指标", "target": "5%", "actual": "4%"}, 8),
    ],
)
def test_whether_more_or_less_is_better(facts, score):
    assert evaluation_of(facts).indicators[0].score.value == score


# --- why there is no score --------------------------------------------------------------------------------------------

NO_TARGET_NUMBER = "指标值里没有可读的数"
NOT_ONE_NUMBER = "指标值“8个、10套”读不出确定的数：有不止一个数，或者数字中间有空格"
NOT_SAID = "实际完成值“2023年7月”不够具体，看不出逾期几天"
LATE = "未按期完成，评分规则没有规定逾期怎样计分；可写 method: all_or_nothing，或在 rule 写明每逾期几天扣几分"
PERCENT_BANDS = "评分规则的区间按百分比规定，这项指标值不是“多少以上”的百分比"
BANDS = {"rule": "90%以上得10分，80%-90%得8分"}


@pytest.mark.parametrize(
    ("case", "method", "formula", "reason"),
    [
        ({"target": "显著"}, "banded", "", "没有写实际完成值"),
        ({"target": "显著", "actual": "显著"}, "banded", "", "定性指标没有写达成档次 level 和档内比例 share"),
        ({"target": "显著", "actual": "显著", "level": "达成"}, "banded", "", "定性指标没有写档内比例 share"),
        ({"rubric": "chongqing-10-90", "target": "有效", "actual": "有效"}, "coefficient", "", "没有写得分系数 share"),
        ({"target": "8个、10套", "actual": "9"}, None, "", NOT_ONE_NUMBER),
        ({"rubric": "chongqing-10-90", "target": "8个、10套", "actual": "9"}, None, "", NOT_ONE_NUMBER),
        ({"target": "显著", "actual": "显著", "method": "proportional"}, "proportional", "", NO_TARGET_NUMBER),
        ({"rubric": "county-no-scores", "target": "≥9%", "actual": "9%"}, None, "完成值 9% 达到指标值 ≥9%", "本评分规则不计分"),
        ({"target": "2023年6月底前", "actual": "2023年7月1日"}, "deadline", "完成时间 2023年7月1日 晚于期限 2023-06-30", LATE),
        (
            {"target": "2023年6月15日前", "actual": "2023年7月", "rule": "每逾期1天扣1分，扣完为止"}, "stepwise",
            "完成时间 2023年7月 晚于期限 2023-06-15", NOT_SAID,
        ),
        (NO_DATE | {"method": "interval", "target": "≤9%", "actual": "5%"}, "interval", "完成值 5% 达到指标值 ≤9%", PERCENT_BANDS),
        (NO_DATE | {"method": "interval", "target": "8%-9%", "actual": "8%"}, "interval", "完成值 8% 达到指标值 8%–9%", PERCENT_BANDS),
        (
            NO_DATE | {"method": "interval", "target": "±9%", "actual": "-8%"}, "interval", "完成值 -8% 达到指标值 -9%–9%",
            "完成值为负数，评分规则没有规定算法",
        ),
        (
            BANDS | {"target": "2023年6月底前", "actual": "2023年6月30日"}, "interval",
            "完成时间 2023年6月30日 不晚于期限 2023-06-30", "评分标准按区间记分，而实际完成值里没有可读的数",
        ),
        (
            {"rule": "90人以上得10分，80-90人得8分", "target": "90%", "actual": "85%"}, "interval",
            "完成值 85% 未达到指标值 90%", "评分标准的区间与完成值的单位对不上",
        ),
        (
            {"rule": "达9个得10分，少一个扣1分", "target": "5-8个", "actual": "4个"}, "stepwise",
            "完成值 4个 未达到指标值 5个–8个", "评分标准写的指标值 9个 与年度指标值 5-8个 不一致",
        ),
    ],
)  # fmt: skip
def test_why_an_indicator_earns_no_score(case, method, formula, reason):
    one = evaluation_of(case).indicators[0].score
    assert (one.points, one.value, one.trace) == (10, None, None)
    assert (one.method, one.formula, one.reason) == (method, formula, reason)


def test_an_indicator_without_points_earns_none():
    one = evaluation_of({"target": "≥9%", "actual": "9%", "points": None}).indicators[0].score
    assert (one.points, one.value, one.reason) == (None, None, "没有写分值")


@pytest.mark.parametrize(
    ("case", "method", "score"),
    [
        ({"rule": "达到得满分，否则不得分", "target": "9个", "actual": "8个"}, "all_or_nothing", 0),
        (
            {"rule": "达9个得10分，少一个扣1分", "target": "9个", "actual": "8个", "method": "stepwise"},
            "stepwise",
            9,
        ),
        (BANDS | {"target": "95%", "actual": "85%", "method": "interval"}, "interval", 8),
        ({"rule": "完成率90%以上得10分，80%-90%得8分", "target": "200人", "actual": "170人"}, "interval", 8),
        ({"rule": "每减少10人扣1分，不足10人按10人计", "target": "100人", "actual": "85人"}, "stepwise", 8),
        ({"rule": "每减少10人扣1分", "target": "100人", "actual": "85人"}, "stepwise", 9),
        ({"target": "2023年6月底前", "actual": "2023年6月1日"}, "deadline", 10),
    ],
)
def test_the_method_that_scores(case, method, score):
    one = evaluation_of(case).indicators[0].score
    assert (one.method, one.value, one.reason) == (method, score, "")


def test_a_rate_without_end_is_shown_cut_off():
    case = {"rubric": "mof-2020-framework", "category": "过程", "called": "资金到位率", "target": "100%"}
    one = evaluation_of(case | {"adjusted": "3", "received": "2", "outturn": "2"}).indicators[0].score
    assert one.formula == "完成值 66.666666% 未达到指标值 100%，10 × 66.666666 ÷ 100 = 6.67"


def test_none_of_what_is_wanted_to_be_none():
    one = evaluation_of({"target": "=0起", "actual": "1起"}).indicators[0].score
    assert one.formula == "完成值 1起 未达到指标值 =0起，记 0 分：指标值为 0，而实际大于 0"


def test_a_coefficient_rests_on_the_rule_for_numbers_where_the_rubric_has_none_for_words():
    result = evaluation_of({"target": "显著", "actual": "显著", "method": "coefficient", "share": "95%"})
    one = result.indicators[0].score
    assert one.trace is not None
    assert result.rules.basis("qualitative") == ""
    assert one.trace.basis == result.rules.basis("quantitative") != ""
    assert one.reason == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"excerpt": True}, "项目文件只摘录了原表的一部分，因此不计总分、不评等级。"),
        ({"without": "points"}, "有指标没有写分值，因此不计总分、不评等级。"),
        ({"without": "actual"}, "“设备”、“培训”、“受益人数”等共 4 项算不出得分，因此不计总分、不评等级。"),
        (
            {"without": "actual", "of": 3}, "“设备”、“培训”、“受益人数”共 3 项算不出得分，因此不计总分、不评等级。",
        ),
        (
            {"without": "actual", "of": 1, "adjusted": "0"},
            "“预算执行率”、“设备”共 2 项算不出得分，因此不计总分、不评等级。",
        ),
        ({"points": 39}, "各项分值合计 99 分，不等于 100 分，因此不计总分、不评等级。"),
    ],
)  # fmt: skip
def test_why_there_is_no_total(changes, reason):
    rows = [row.model_dump(exclude_unset=True) for row in project().indicators]
    left_out = changes.get("without")
    for row in rows[: changes.get("of", 4)] if left_out else []:
        del row[left_out]
    rows[0] |= {"points": changes["points"]} if "points" in changes else {}
    budget = {"amount_unit": "万元", "total": {"adjusted": changes.get("adjusted", "100"), "outturn": "0"}}
    facts = {"indicators": rows, "budget": budget} | ({"excerpt": "true"} if "excerpt" in changes else {})
    result = score(project(**facts), load_rubric("mof-2020"))
    assert (result.total, result.grade, result.trace, result.reason) == (None, None, None, reason)


def test_a_form_without_points_has_no_total():
    result = score(project(), load_rubric("county-no-scores"))
    assert (result.total, result.reason) == (None, "本表不设分值，因此不计总分、不评等级。")
    scored = score(project(), load_rubric("mof-2020"))
    assert (scored.total, scored.reason) == (100, "")


def test_a_total_without_points_for_execution_says_so():
    rows = [{"category": "output", "name": "设备", "target": "8个", "actual": "8个", "points": 100}]
    result = score(project(indicators=rows), load_rubric("fujian-deductions"))
    assert result.trace is not None, result.reason
    assert result.trace.rule == "总分为各项指标得分之和"


@pytest.mark.parametrize(
    ("case", "formula"),
    [
        ({"target": "≥20台", "actual": "25台"}, "完成值 25台 达到指标值 ≥20台"),
        ({"target": "≥20台", "actual": "25辆"}, ""),
        ({"subcategory": "cost", "target": "20万元", "actual": "25万元"}, ""),
        ({"target": "2023年6月15日前", "actual": "2023年6月"}, ""),
    ],
)
def test_what_a_form_without_points_says_of_an_indicator(case, formula):
    assert evaluation_of(case | {"rubric": "county-no-scores"}).indicators[0].score.formula == formula


def test_a_coefficient_without_a_target_says_that_none_is_written():
    case = {"rubric": "chongqing-10-90", "actual": "有效", "share": "95%"}
    trace = evaluation_of(case).indicators[0].score.trace
    assert trace is not None
    assert trace.inputs[1] == ("年度指标值", "未写明")


OWN_REFERENCE = """
schema: wenxiao/rubric/1
id: own-reference
name: 满意度与定量指标各有出处的自评表
based_on: mof-2021-cost
references:
  office: {title: 本单位的计分办法}
quantitative:
  - {since: 2021, value: {method: proportional_with_floor, at_most: linear, floor: 60%}, reference: office, verified: true}
"""


def test_bands_of_satisfaction_rest_on_their_own_reference(tmp_path):
    path = tmp_path / "own-reference.yaml"
    path.write_text(OWN_REFERENCE, encoding="utf-8")
    facts = {"category": "satisfaction", "target": "≥95%", "actual": "85%"}
    result = score(project_of(facts), load_rubric(str(path)))
    one = result.indicators[0].score
    assert one.trace is not None
    assert (one.method, one.trace.basis) == ("interval", result.rules.basis("satisfaction"))
    assert one.trace.basis != result.rules.basis("quantitative") == "本单位的计分办法"


UNWELCOME = "返工 事故 投诉 差错 错误 缺陷 故障 死亡 伤亡 发病 感染 失业 流失 辍学 损耗 违规 逾期 延误 排放 超标 不合格"
HANDLED = "处理 处置 办结 办理 修复 整改 回复 下降 降低 减少 控制"
DURATIONS = "天 日 个工作日 周 个月 小时 分钟 年"


@pytest.mark.parametrize("word", UNWELCOME.split())
def test_less_of_what_is_unwelcome_is_no_shortfall(word):
    result = evaluation_of({"called": f"{word}率", "target": "5%", "actual": "3%"}).indicators[0]
    assert result.score.reason == UNCLEAR


@pytest.mark.parametrize("word", HANDLED.split())
def test_handling_what_is_unwelcome_is_welcome(word):
    result = evaluation_of({"called": f"投诉{word}率", "target": "100%", "actual": "90%"}).indicators[0]
    assert result.score.value == 9


@pytest.mark.parametrize("unit", DURATIONS.split())
def test_less_time_is_no_shortfall(unit):
    result = evaluation_of(
        {"subcategory": "timeliness", "target": f"5{unit}", "actual": f"3{unit}"}
    ).indicators[0]
    assert result.score.reason == UNCLEAR


def test_fewer_things_in_time_are_a_shortfall():
    result = evaluation_of({"subcategory": "timeliness", "target": "5次", "actual": "3次"}).indicators[0]
    assert result.score.value == 6
