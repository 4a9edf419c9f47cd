"""Scoring rules in real wording: what they earn at the edges, and that nothing uncertain is read."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from wenxiao.money import exact
from wenxiao.steps import (
    AllOrNothing,
    Bands,
    PointBand,
    Steps,
    Unclear,
    read_rule,
    spell_rule,
    stepwise,
)
from wenxiao.target import Bound, Moment, Quantity, Range, Unread, comparable, read

CASES = YAML(typ="safe").load(Path(__file__).parent / "cases" / "rules.yaml")
READ = [case for case in CASES if "unclear" not in case]


def measured(target, text):
    """Give an actual in plain units of the target, or of itself where the target is a range about zero."""
    quantity = read(text).quantity
    own = target.quantity if isinstance(target, Bound) else target.high
    return comparable(own, quantity).value


def earned(case):
    rule, target, points = read_rule(case["rule"]), read(case["target"]), Decimal(case["points"])
    assert not isinstance(target, Unread)
    up = case.get("round_up", False)
    if isinstance(rule, Steps):
        assert rule.full in (None, points)
        count = (
            rule.late(case["days"], up)
            if isinstance(target, Moment)
            else rule.count(target, measured(target, case["actual"]), up)
        )
        return None if count is None else stepwise(points, rule.deduct, count)
    if isinstance(rule, Bands):
        value = rule.measured(target, read(case["actual"]).quantity)
        return None if value is None else rule.points_of(value)
    assert isinstance(rule, AllOrNothing)
    assert rule.target in (None, target)
    return points if target.met_by(measured(target, case["actual"])) else Decimal(0)


@pytest.mark.parametrize("case", READ, ids=[case["name"] for case in READ])
def test_case(case):
    result = earned(case)
    assert (None if result is None else format(result.normalize(), "f")) == case["score"]


@pytest.mark.parametrize(
    "case", [c for c in CASES if "unclear" in c], ids=[c["name"] for c in CASES if "unclear" in c]
)
def test_unclear(case):
    assert read_rule(case["rule"]) == Unclear(case["unclear"])


@pytest.mark.parametrize("text", sorted({case["rule"] for case in READ}))
def test_a_rule_that_was_read_is_spelled_so_that_it_reads_the_same(text):
    rule = read_rule(text)
    assert read_rule(spell_rule(rule)) == rule


# --- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("评分标准：每少１个扣１分。", "每少1个扣1分，扣完为止"),
        ("每降低1,000元，扣除1分", "每少1000元扣1分，扣完为止"),
        ("（1）完成9个以上的，得6分；（2）缺一个扣一分", "≥9个得6分，每少1个扣1分，扣完为止"),
        ("每缺少1项扣1分，扣完该指标分值为止", "每少1项扣1分，扣完为止"),
        ("本项分值5分，与目标值每偏离2%扣掉0.5分，扣至0分", "满分5分，每相差2%扣0.5分，扣完为止"),
        ("完成值达到9个得满分，每少1个扣1分", None),
        ("满分6分，9个以上得满分，每少1个扣1分", "≥9个得6分，每少1个扣1分，扣完为止"),
        ("达9个得满分，每少1个扣1分", "9个得满分，每少1个扣1分，扣完为止"),
        ("合格率95%以上得5分，合格率每降低1%扣1分", "合格率≥95%得5分，合格率每降低1%扣1分，扣完为止"),
        ("约200人得5分，每少1人扣1分", None),
        ("每少1个扣0分", None),
        ("每少0个扣1分", None),
        ("每少约5个扣1分", None),
        ("每延迟1%扣1分", None),
        ("3次以下得5分，每减少1次扣1分", None),
        ("90%以上得10分，每低于90%扣2分", None),
        ("6月底前完成不得分，每延迟1天扣1分", None),
        ("每少1个扣1分，否则不得分", None),
        ("每少1个扣1分，不足1个按2个计", None),
        ("每少1个扣1分，不足若干按1个计", None),
        ("90%以上得10分、否则得5分", "90%以上得10分，否则得5分"),
        ("90%以上得满分，80%-90%得8分", None),
        ("满分10分，90%以上得满分，未达到的得0分", "满分10分，90%以上得10分，否则不得分"),
        ("90%以上得10分，80%-90%得8分，未完成不得分", None),
        ("完成得满分，80%-90%得8分", None),
        ("完成得6分，否则不得分", "达到指标值得6分，否则不得分"),
        ("完成得0分，否则不得分", None),
        ("完成不得分，否则不得分", None),
        ("完成得满分，否则得2分", None),
        ("完成得满分，否则得满分", None),
        ("满意率达到95%得满分，否则不得分", "满意率95%得满分，否则不得分"),
        ("6月底前完成得6分，否则不得分", "6月底前得6分，否则不得分"),
        ("满分10分，6月底前完成得6分，否则不得分", None),
        ("3次以上不得分，否则不得分", "3次以上不得分，否则不得分"),
        ("6月底前不得分，否则不得分", None),
        ("完成得满分，否则不得分，扣完为止", None),
        ("完成得满分，否则不得分，不足1个按1个计", None),
        ("90%以上得10分，不足1%按1%计", None),
        ("否则不得分，90%以上得10分", None),
        ("满分6分", None),
        ("满分0分，每少1个扣1分", None),
        ("扣完为止", None),
        ("", None),
        ("；", None),
        ("±20%以上不得分，±10%以内得5分", "±20%以上不得分，±10%以内得5分"),
        ("低于±10%得5分，±10%得3分", None),
        ("低于±10%得5分，正负10%~15%得3分，±15%以外不得分", "低于±10%得5分，±10%-15%得3分，±15%以外不得分"),
        ("±10%以内得5分，20%以上不得分", None),
        ("±10%以内得5分，否则不得分", "±10%以内得5分，否则不得分"),
        ("90%-80%得8分", None),
        ("90-80%得8分", None),
        ("5万-8万元得5分，8万元以上得10分", "5-8万元得5分，8万元以上得10分"),
        ("5个-8人得5分", None),
        ("90%以上得10分，80-90分得8分", None),
        ("约5-8个得5分", None),
        ("5-290%得5分", None),
        ("低于60%以上得5分", None),
        ("60%（含）以上（含）得5分", None),
        ("超过60%（含）得5分", None),
        ("60%（含）得5分", None),
        ("60%以上（含65%）得5分", None),
        ("60%以下（不含60%）得0分，60%以上得5分", "低于60%不得分，60%以上得5分"),
        ("80%（含70%）-90%得5分", None),
        ("增长5%以上得10分", None),
        ("999999999999999999亿元以上得10分", None),
        ("80%＜满意率≤90%得8分", "满意率80%(不含)-90%得8分"),
        ("0.5以上得10分", "0.5以上得10分"),
        ("2000以上得10分", "2000以上得10分"),
        ("0以上得10分", "0以上得10分"),
        ("-5%-0%得5分，0%以上得10分", "-5%-0%得5分，0%以上得10分"),
        ("每完成1个得1分，每少1个扣1分", None),
        ("每完成1个得满分，否则不得分", None),
        ("按时完成得5分，未按时完成不得分", "达到指标值得5分，否则不得分"),
        ("按时完成得5分，未完成不得分", None),
        ("全部完成得5分，未完成不得分", None),
        ("6月底前完成得5分，未完成不得分", None),
        ("6月底前完成得5分，未按时完成不得分", "6月底前得5分，否则不得分"),
        ("完成9个以上得6分，未完成不得分", "9个以上得6分，否则不得分"),
        ("100%得10分，否则不得分", "100%以上得10分，否则不得分"),
        ("0起得10分，否则不得分", "0起得10分，否则不得分"),
        ("100%得10分，90%以上得8分，80%以上得6分，否则不得分", "100%得10分，90%-100%得8分，80%-100%得6分，100%以下不得分"),
        ("90%-100%得10分，80%-90%得8分，否则不得分", "90%-100%得10分，80%-90%得8分，100%以下不得分"),
        ("0次得10分，1次得5分，否则不得分", "0次得10分，1次得5分，否则不得分"),
        ("5-8个得10分，否则不得分", "5-8个得10分，否则不得分"),
        ("3次以下得10分，5次以下得5分，否则不得分", "3次以下得10分，5次以下得5分，否则不得分"),
        ("2个得2分，3个以上得10分", "2个得2分，3个以上得10分"),
        ("9999-20000元得2分", "9999元-2万元得2分"),
        ("完成一个得2分", None),
        ("3次降低得5分", None),
        ("满分10分，100%得满分，否则不得分", "满分10分，100%以上得10分，否则不得分"),
        ("5起得2分，否则得10分", "5起得2分，否则得10分"),
        ("100±5分以内得5分", None),
        ("100±5分以内得5分，每超过1分扣1分", "95-105分得5分，每超过1分扣1分，扣完为止"),
        ("±10%~±15%得3分", "±10%-15%得3分"),
        ("①、90%以上得10分；②、其余不得分", "90%以上得10分，否则不得分"),
        ("每少1千米扣1分", "每少1千米扣1分，扣完为止"),
        ("6月底前完成得5分，每降低5%扣2分", None),
        ("6月底前完成得5分，每少1天扣2分", None),
        ("5-8个得5分，每少1个扣2分", "5-8个得5分，每少1个扣2分，扣完为止"),
        ("100%得10分，95%以上得5分，95%以上不得分", None),
        ("9个得5分，8个得4分，否则不得分，否则得3分", None),
        ("95%-100%得10分，超过100%得8分，90%以上得5分，否则不得分", "95%-100%得10分，超过100%得8分，90%以上得5分，否则不得分"),
        ("80%-90%得10分，95%-100%得8分，90%以上得5分", "80%-90%得10分，95%-100%得8分，90%以上得5分"),
        ("1.达到95%得10分；2.达到90%得8分", "95%以上得10分，90%以上得8分"),
        ("1.达到95%得10分；2.90%以上得8分", None),
        ("满分10分，完成3个得2分", None),
        ("95%以上得10分，＜95%且≥90%得8分", "95%以上得10分，90%-95%(不含)得8分"),
        ("成本不超过20万元得10分，成本超过20万元不得分", "成本20万元以下得10分，成本超过20万元不得分"),
        ("达到得" + "好" * 60 + "得5分", None),
    ],
)  # fmt: skip
def test_wording(text, normal):
    rule = read_rule(text)
    if normal is None:
        assert type(rule) is Unclear
        assert rule.clause in text
        assert spell_rule(rule) == rule.clause
    else:
        assert spell_rule(rule) == normal
        assert read_rule(normal) == rule


def test_the_whole_of_a_rule():
    assert read_rule("满意率95%以上得满分，满意率每降1%扣0.5分，不足1%按1%计，扣满5分为止") == Steps(
        Quantity(Decimal(1), "%"), Decimal("0.5"), True, Decimal(5), read("≥95%"), "below", "满意率"
    )
    assert read_rule("控制率±10%以内得5分，控制率±10%以外不得分") == Bands(
        (
            PointBand(Decimal(5), high=Decimal(10), absolute=True),
            PointBand(Decimal(0), low=Decimal(10), low_included=False, absolute=True),
        ),
        "%",
        "控制率",
    )
    assert read_rule("满意率达到95%得满分，否则不得分") == AllOrNothing("", target=read("95%"), of="满意率")


def test_an_approximate_target_has_no_shortfall():
    rule = read_rule("每少1人扣1分")
    assert rule.count(read("约200人"), Decimal(200), True) == 0
    assert rule.count(read("约200人"), Decimal(199), True) is None


@pytest.mark.parametrize(
    ("rule", "target", "actual", "count"),
    [
        ("每少1扣1分", "≥9个", "7", 2),
        ("每少1扣1分", "≥1.2万亩", "11000", None),
        ("每少1个扣1分", "≥9", "7", 2),
        ("每降低1个百分点扣1分", "≥95", "93", 2),
        ("完成率每降低1个百分点扣1分", "≥200人", "196", 2),
        ("完成率每降低5%扣1分", "≥90%", "80", None),
        ("完成率每降低5%扣1分", "=100%", "90", 2),
        ("满意率每降低5%扣1分", "≥90%", "80", 2),
        ("每超过5%扣1分", "≤0起", "1", None),
        ("每少10元扣1分", "每亩300元", "280", 2),
        ("每少1万元扣1分", "≥38", "30", None),
        ("每降低1%扣1分", "同比增长5%", "-2", 7),
        ("每少5个扣1分", "±10%以内", "-12", None),
        ("每降低1%扣1分", "±10%以内", "-12", 2),
        ("每降低1%扣1分", "±10%以内", "12", None),
        ("每降低0.3%扣1分", "≥0.9%", "0", 3),
    ],
)
def test_count(rule, target, actual, count):
    assert read_rule(rule).count(read(target), Decimal(actual), round_up=False) == count


def test_what_exceeds_the_best_number_is_not_taken_for_less():
    rule = read_rule("100%得10分，90%以上得8分，否则不得分")
    values = (Decimal(100), Decimal("99.9"), Decimal(90), Decimal(89), Decimal(105))
    assert [rule.points_of(value) for value in values] == [10, 8, 8, 0, None]


@pytest.mark.parametrize(
    ("rule", "target", "actual", "value"),
    [
        ("90%以上得10分", "≥95%", "91%", "91"),
        ("90%以上得10分", "≥200人", "180人", "90"),
        ("完成率90%以上得10分", "≥200人", "180人", "90"),
        ("完成率90%以上得10分", "≥90%", "85%", None),
        ("完成率90%以上得10分", "=100%", "85%", "85"),
        ("满意率90%以上得10分", "≥200人", "180人", None),
        ("满意率90%以上得10分", "≥95%", "91%", "91"),
        ("90%以上得10分", "≥200", "180", None),
        ("90%以上得10分", "≥100", "90", "90"),
        ("90%以上得10分", "5-8个", "4个", None),
        ("90%以上得10分", "≤3次", "4次", None),
        ("90%以上得10分", "≥0个", "4个", None),
        ("±10%以内得5分", "20万元", "19万元", None),
        ("±10%以内得5分", "±10%以内", "-3%", "-3"),
        ("20万元以上得5分", "≥20万元", "19万元", "190000"),
        ("2公里以上得5分", "≥2公里", "1500米", "1.5"),
        ("2公里以上得5分", "≥2", "1.5", None),
        ("2个以上得5分", "2人", "2人", None),
        ("2以上得5分", "2人", "2人", None),
    ],
)
def test_what_bands_measure(rule, target, actual, value):
    measured = read_rule(rule).measured(read(target), read(actual).quantity)
    assert measured == (None if value is None else Decimal(value))


def test_late_is_only_for_rules_of_time():
    assert read_rule("每少1天扣1分").late(3, round_up=True) is None
    assert read_rule("每超过2天扣1分").late(3, round_up=True) == 2
    assert read_rule("每降低5%扣1分").late(3, round_up=True) is None
    assert read_rule("每晚1个星期扣1分").late(3, round_up=True) is None
    days = timedelta(days=14).days
    assert read_rule("每晚1周扣1分").late(days, round_up=True) == 2


# --- what holds for every rule ---------------------------------------------------------------------------------------

numbers = st.integers(1, 2000).map(lambda n: Decimal(n) / 10)
units = st.sampled_from(["个", "人", "%", "个百分点", "天", "元"])
targets = st.sampled_from([None, "≥95%", "9个", "≤30天", "5-8个", "±10%以内", "2021年12月底前", "同比增长5%"])


@st.composite
def steps(draw):
    target = draw(targets)
    side = draw(st.sampled_from(["below", "above", "either"]))
    per = Quantity(draw(numbers), draw(units.filter(lambda unit: unit != "天")))
    if draw(st.booleans()):
        side, per = "late", Quantity(per.number, draw(st.sampled_from(["天", "周", "个月", "小时"])))
    of = draw(st.sampled_from(["", "满意率", "完成率", "培训人数"]))
    full = draw(st.one_of(st.none(), numbers))
    return Steps(
        per,
        draw(numbers),
        draw(st.sampled_from([None, True, False])),
        full,
        target and read(target),
        side,
        of,
    )


@given(steps())
def test_steps_are_spelled_so_that_they_read_the_same(rule):
    again = read_rule(spell_rule(rule))
    contradictory = (isinstance(rule.target, Moment) and rule.side != "late") or (
        isinstance(rule.target, Bound)
        and (
            rule.side == ("below" if rule.target.lower_is_better else "above" if rule.target.sign else None)
            or rule.target.quantity == rule.per
        )
    )
    assert isinstance(again, Unclear) if contradictory else again == rule


@given(
    steps(),
    st.sampled_from(["≥95%", "9个", ">90%", "5-8个", "≤30天", "200"]),
    numbers,
    numbers,
    st.booleans(),
)
def test_points_stay_in_bounds_and_fall_with_the_shortfall(rule, text, one, other, up):
    target, points = read(text), Decimal(10)
    middle = target.high.value if isinstance(target, Range) else target.quantity.value
    near, far = sorted((one, other), key=lambda value: abs(value - middle))
    if (near < middle) != (far < middle):
        far = near + (near - middle)
    counts = [rule.count(target, value, up) for value in (near, far)]
    if None in counts:
        return
    scores = [stepwise(points, rule.deduct, count) for count in counts]
    assert all(0 <= score <= points for score in scores)
    assert scores[1] <= scores[0] or target.met_by(far)


@given(steps(), numbers, st.integers(0, 400))
def test_rounding_up_never_earns_more(rule, actual, days):
    for up, down in (
        (rule.count(read("≥95%"), actual, True), rule.count(read("≥95%"), actual, False)),
        (rule.late(days, True), rule.late(days, False)),
    ):
        assert (up is None) == (down is None)
        assert up is None or (up >= down and up - down <= 1)


@given(numbers, numbers, st.integers(0, 10**30))
def test_stepwise_is_exact_and_never_negative(points, deduct, count):
    left = stepwise(points, deduct, count)
    with exact():
        assert left == max(Decimal(0), points - deduct * count)
    assert 0 <= left <= points


@given(
    st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True), st.booleans(), st.integers(-20, 1200)
)
def test_falling_bands_leave_no_gap(limits, absolute, tenths):
    """分档从高到低写、下一档接上一档时，每个数都有分，且分数不随数值下降而上升."""
    limits = sorted(limits, reverse=not absolute)
    sign, word = ("±", "以内") if absolute else ("", "以上")
    clauses = [f"{sign}{limit}%{word}得{10 - i}分" for i, limit in enumerate(limits)]
    rule = read_rule("，".join([*clauses, "否则不得分"]))
    value = Decimal(tenths) / 10
    passed = [i for i, n in enumerate(limits) if (abs(value) <= n if absolute else value >= n)]
    assert rule.points_of(value) == (10 - passed[0] if passed else 0)
    assert read_rule(spell_rule(rule)) == rule


fragments = st.sampled_from(
    [
        "每",
        "少",
        "降低",
        "低于",
        "目标值",
        "超过",
        "延迟",
        "1个",
        "5%",
        "一天",
        "90%以上",
        "80%-90%",
        "±10%以内",
        "60%以下",
        "达9个",
        "6月底前",
        "完成",
        "未完成",
        "否则",
        "得10分",
        "得满分",
        "不得分",
        "满分10分",
        "扣1分",
        "扣完为止",
        "不足5%按5%计",
        "满意率",
        "的",
        "，",
        "；",
        "（含）",
        "不足",
        "以外",
        "①",
        "1.",
        "…",
        "约",
        "万元",
        "两",
        "个百分点",
        "且",
    ]
)


@given(st.lists(fragments, max_size=12).map("".join))
def test_whatever_is_written_is_read_for_good_or_not_at_all(text):
    rule = read_rule(text)
    if isinstance(rule, Unclear):
        assert rule.clause in text
    if type(rule) is not Unclear:
        assert read_rule(spell_rule(rule)) == rule


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text):
    assert isinstance(read_rule(text), Steps | Bands | Unclear)
