"""Targets and actuals: the table of spellings, and what holds for every spelling."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from time import perf_counter
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from helpers import ROOT
from wenxiao.numerals import CHINESE, arabic, chinese, normal
from wenxiao.target import (
    SCALES,
    Bound,
    Moment,
    Problem,
    Prose,
    Quantity,
    Range,
    Unread,
    comparable,
    read,
    spell,
)

TABLE = YAML(typ="safe").load((ROOT / "tests/cases/targets.yaml").read_text(encoding="utf-8"))
KINDS = {"bound": Bound, "range": Range, "moment": Moment, "prose": Prose, "unread": Unread}
SIGNS = ("≥", ">", "≤", "<", "=")


# --- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_reading(row):
    reading = read(row["text"])
    assert type(reading) is KINDS[row["kind"]]
    if row["kind"] in ("prose", "unread"):
        assert reading.text == row["text"].strip()
        assert getattr(reading, "problem", None) == row.get("problem")
    else:
        assert spell(reading) == row["reads"]
        assert read(row["reads"]) == reading


def test_no_spelling_stands_twice():
    texts = [row["text"] for row in TABLE]
    assert len(texts) == len(set(texts)) >= 180


def test_every_problem_has_a_spelling():
    assert {row["problem"] for row in TABLE if row["kind"] == "unread"} == set(get_args(Problem))


WORDS_IN_NO_UNIT = (
    "内 外 前 后 了 的 未 不 无 已 并 及 和 与 或 余 多 约 几 左 右 达 到 至 正负 年底 年末 年初 月底 月末 月初 以上 以下 超过 低于 高于 大于 小于 "
    "多于 少于 完成 建设 覆盖 开展 响应 参加 之间"
)


@pytest.mark.parametrize("word", WORDS_IN_NO_UNIT.split())
def test_a_sentence_is_no_unit(word):
    assert isinstance(read(f"≥5人{word}学"), Unread)


@pytest.mark.parametrize(
    "unit",
    [
        "级",
        "类",
        "等",
        "星",
        "号",
        "月",
        "月份",
        "季度",
        "个等",
        "级学",
        "每",
        "十",
        "两",
        "个个个个个个个",
    ],
)
def test_no_unit(unit):
    assert isinstance(read(f"≥5{unit}"), Unread)


@pytest.mark.parametrize("unit", ["个个个个个个", "月饼", "季度表", "个月份"])
def test_unusual_units(unit):
    assert spell(read(f"≥5{unit}")) == f"≥5{unit}"


@pytest.mark.parametrize("verb", "降升增减扣加提少多不约近达超低高至开培举召完成建新发出现得奖罚补检查一")
def test_a_rule_is_not_per_unit(verb):
    assert isinstance(read(f"每{verb}学3次"), Unread)
    assert isinstance(read(f"每学{verb}学3次"), Unread)


# --- what spells a reading gives it back ----------------------------------------------------------------------------

LEADS = ("", "增长", "下降", "同比增长", "年均增长", "环比下降", "每亩", "每人每月", "每万人", "每升", "人均")
UNITS = (
    "",
    "%",
    "‰",
    "元",
    "个",
    "人次",
    "亩",
    "平方米",
    "千米",
    "千瓦时",
    "个百分点",
    "℃",
    "工时",
    "个乡镇",
    "GB",
)
PER_MILLE = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 1000)


FACTORS_OF_TEN = tuple(SCALES.values())


@st.composite
def quantities(draw, units=UNITS):
    one = Quantity(
        draw(PER_MILLE),
        draw(st.sampled_from(units)),
        draw(st.sampled_from(FACTORS_OF_TEN)),
        draw(st.sampled_from(LEADS)),
    )
    assume(not (one.scale == 1000 and one.unit in ("℃", "GB")))  # 千℃ is nobody's unit
    return one


@st.composite
def bounds(draw):
    about = draw(st.booleans())
    one = Bound(None if about else draw(st.sampled_from((None, *SIGNS))), draw(quantities()), about)
    # 2021, 202112 and 290% alone are taken for a year, a month and a scanned sign.
    assume(one.sign or about or one.quantity.lead or one.quantity.unit not in ("", "%"))
    return one


@st.composite
def ranges(draw):
    unit = draw(st.sampled_from(UNITS[1:]))
    high = draw(quantities(units=(unit,)))
    low = replace(draw(quantities(units=(unit,))), lead=high.lead)
    low = draw(st.sampled_from((low, replace(low, scale=high.scale), replace(high, number=-high.number))))
    assume(low.value < high.value)
    return Range(low, high)


@st.composite
def moments(draw):
    year = draw(st.one_of(st.none(), st.integers(1900, 2099)))
    before = draw(st.booleans())
    month = draw(st.integers(1, 12))
    day = draw(st.dates(date(year or 2001, 1, 1), date(year or 2001, 12, 31)))
    part = draw(st.sampled_from(((1, None), (1, 10), (11, 20), (21, None))))
    quarter = draw(st.sampled_from(((3, 1), (6, 4), (9, 7), (12, 10), (6, 1), (12, 7))))
    return draw(
        st.sampled_from(
            (
                Moment(year, before=before),
                Moment(year, month, *part, before),
                Moment(year, day.month, day.day, day.day, before),
                Moment(year, quarter[0], opens=quarter[1]),
            )
        )
    )


@given(st.one_of(bounds(), ranges(), moments()))
def test_a_spelled_reading_reads_back(reading):
    assert read(spell(reading)) == reading


PIECES = re.findall(
    r"\S+",
    "≥ ≤ > < = ± - ~ 至 到 0 1 5 8 12 31 90 100 290 2021 . , % ‰ 元 万元 百 千 万 亿 个 次 人 亩 月 日 号 年 年度 季度 上半年 中旬 底 前 之前 内 "
    "/ · 每 每亩 每人 人均 以上 以内 以下 约 左右 近 同比 增长 下降 提高到 不少于 不超过 且 、 零 一 三 五 十 百分之 成 点 率 满意度 达到 完成 第 超 "
    "m km m2 kg L T 千米 ² ① ( ) 含 个月 工作日 升 之间 在 正负 正 整 级 余 多",
)
SPELLINGS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.sampled_from([row["text"] for row in TABLE]), max_size=2).map("".join),
)


@given(SPELLINGS)
def test_every_text_has_a_reading_and_its_spelling_is_stable(text):
    reading = read(text)
    if isinstance(reading, Prose | Unread):
        assert reading.text == text.strip() == spell(reading)
    else:
        assert read(spell(reading)) == reading


@given(SPELLINGS, st.sampled_from([" ", "　", "\t", "\n ", "\u00a0"]))
def test_spaces_around_are_irrelevant(text, space):
    assert read(f"{space}{text}{space}") == read(text)


WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))}


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_full_width_reads_as_half_width(text):
    narrow, wide = read(text), read(text.translate(WIDE))
    assert wide == (replace(narrow, text=wide.text) if isinstance(narrow, Prose | Unread) else narrow)


@pytest.mark.parametrize(
    "text", ["100±5.125分", "1234567.891±0.001", "±5.125%", "9.5成", "三点五七九亿元", "5-8.125万元"]
)
def test_reading_does_not_depend_on_the_callers_decimal_context(text):
    with localcontext(Context(prec=2)):
        narrow = read(text)
        assert read(spell(narrow)) == narrow
    assert narrow == read(text)


def test_a_text_longer_than_a_target_holds_none():
    fits = "≥" * 78 + "5%"
    assert (spell(read(fits)), type(read(f"≥{fits}"))) == ("≥5%", Unread)


@pytest.mark.parametrize(
    ("tenths", "percent"), [(c, f"{i}0%") for i, c in enumerate("一二三四五六七八九", 1)]
)
def test_tenths(tenths, percent):
    assert spell(read(f"覆盖率{tenths}成")) == percent
    assert spell(read(f"三成{tenths}")) == f"3{percent.replace('0', '')}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3个", 3), ("3百个", 300), ("3千个", 3000), ("3万个", 30_000), ("3百万个", 3_000_000), ("3千万个", 30_000_000),
        ("3亿个", 300_000_000), ("3万亿个", 3_000_000_000_000), ("1.25万个", 12_500),
    ],
)  # fmt: skip
def test_value_in_plain_units(text, value):
    assert read(text).quantity.value == value


@pytest.mark.parametrize("text", ["≥5个", "5-8个", "12月", "显著", "290%"])
def test_readings_are_values(text):
    assert {read(text), read(text)} == {read(text)}


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "1,",
        " ",
        "1 ",
        ",",
        "年",
        "1年",
        "每亩",
        "±",
        "-",
        "≥",
        "满意度",
        "12月",
        "一",
        "增长",
        "(含",
        "1O",
        "至",
        "正负",
        "第一季度",
    ],
)
def test_no_text_is_slow(part):
    start = perf_counter()
    for text in (part * 20_000, f"1{part * 20_000}甲", f"甲{part * 20_000}1"):
        assert isinstance(read(text), Prose | Unread | Bound)
        assert not isinstance(read(text), Bound) or not part.strip()  # 1 and many spaces are 1
    read(part * (80 // len(part)))
    assert perf_counter() - start < 5


# --- reaching a target ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("≥5", (False, True, True)), (">5", (False, False, True)), ("≤5", (True, True, False)),
        ("<5", (True, False, False)), ("=5", (False, True, True)), ("5", (False, True, True)),
        ("约5", (False, True, True)), ("4.99-5", (True, True, False)), ("5-5.01", (False, True, True)),
        ("5.005-6", (False, False, True)),
    ],
)  # fmt: skip
def test_at_the_edge(text, met):
    assert tuple(read(text).met_by(Decimal(n)) for n in ("4.99", "5", "5.01")) == met


def test_a_bound_counts_in_plain_units():
    assert read("≥1.2万亩").met_by(Decimal(12000))
    assert not read("≥1.2万亩").met_by(Decimal("11999.99"))
    assert read("1-2万元").met_by(Decimal(20000))
    assert not read("1-2万元").met_by(Decimal("20000.01"))
    assert not read("1-2万元").met_by(Decimal("9999.99"))


@given(bounds(), PER_MILLE, PER_MILLE)
def test_meeting_is_monotone(bound, one, other):
    worse, better = sorted((one, other), reverse=bound.lower_is_better)
    assert bound.met_by(better) or not bound.met_by(worse)


def test_what_wants_less():
    def signs(number):
        return [s for s in (*SIGNS, None) if Bound(s, Quantity(Decimal(number))).lower_is_better]

    assert signs(5) == signs(-1) == ["≤", "<"]
    assert signs(0) == ["≤", "<", "=", None]


@pytest.mark.parametrize(
    ("text", "met"), [("0起", True), ("=0起", True), ("≥0起", False), (">0起", False), ("≤0起", True)]
)
def test_zero_wants_no_more_than_none(text, met):
    assert [read(text).met_by(Decimal(n)) for n in (-1, 1)] == [met, not met]
    assert read(text).met_by(Decimal(0)) is (text[0] != ">")


def test_the_side_that_decides():
    both = read("5-8个")
    assert [spell(both.side(Decimal(n))) for n in (4, 5, 8, 9)] == ["≥5个", "≥5个", "≥5个", "≤8个"]


# --- days -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("2021年2月", 2022, (2021, 2, 1), (2021, 2, 28)), ("2020年2月底前", 2022, (2020, 2, 1), (2020, 2, 29)),
        ("2月底前", 2024, (2024, 2, 1), (2024, 2, 29)), ("12月", 2021, (2021, 12, 1), (2021, 12, 31)),
        ("1月", 2021, (2021, 1, 1), (2021, 1, 31)), ("4月", 2021, (2021, 4, 1), (2021, 4, 30)),
        ("2月上旬", 2021, (2021, 2, 1), (2021, 2, 10)), ("2月中旬", 2021, (2021, 2, 11), (2021, 2, 20)),
        ("2月下旬", 2021, (2021, 2, 21), (2021, 2, 28)), ("5月6日前", 2021, (2021, 5, 6), (2021, 5, 6)),
        ("一季度", 2021, (2021, 1, 1), (2021, 3, 31)), ("四季度", 2021, (2021, 10, 1), (2021, 12, 31)),
        ("二季度", 2021, (2021, 4, 1), (2021, 6, 30)), ("三季度末前", 2021, (2021, 9, 1), (2021, 9, 30)),
        ("上半年", 2021, (2021, 1, 1), (2021, 6, 30)), ("下半年", 2021, (2021, 7, 1), (2021, 12, 31)),
        ("年内", 2021, (2021, 1, 1), (2021, 12, 31)), ("2020年", 2021, (2020, 1, 1), (2020, 12, 31)),
    ],
)  # fmt: skip
def test_first_and_last_day(text, year, first, last):
    assert read(text).days(year) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("deadline", "done", "met"),
    [
        ("2021年12月31日前", "2021年12月31日", True), ("2021年12月31日前", "2022年1月1日", False),
        ("2021年12月31日前", "2021年12月", True), ("2021年12月30日前", "2021年12月", None),
        ("2021年12月15日前", "2021年12月上旬", True), ("2021年12月15日前", "2021年12月中旬", None),
        ("2021年12月15日前", "2021年12月下旬", False), ("2021年12月15日前", "2021年12月15日", True),
        ("2021年12月15日前", "2021年12月16日", False), ("2020年2月底前", "2020年2月29日", True),
        ("2020年2月底前", "2020年3月1日", False), ("2021年2月底前", "2021年2月28日", True),
        ("6月底前", "2021年6月30日", True), ("6月底前", "2021年7月1日", False), ("6月底前", "2022年6月1日", False),
        ("上半年", "二季度", True), ("一季度", "上半年", None), ("一季度", "二季度", False), ("年内", "12月31日", True),
        ("2020年", "1月", False), ("2月1日", "2月", None),
    ],
)  # fmt: skip
def test_in_time(deadline, done, met):
    assert read(deadline).met_by(read(done), 2021) is met


# --- comparing ------------------------------------------------------------------------------------------------------


def on_terms(target, actual):
    found = comparable(read(target).quantity, read(actual).quantity)
    return found and spell(Bound(None, found))


@pytest.mark.parametrize(
    ("target", "actual", "found"),
    [
        ("≥50个", "50", "50个"), ("≤90万元", "90", "90万元"), ("≤90万元", "890000元", "890000元"),
        ("38万元", "37.66万", "37.66万元"), ("38元", "37.66万", "37.66万元"), ("每亩300元", "300", "每亩300元"),
        ("21", "21人", "21人"), ("2万", "21000人", "21000人"), ("2万", "2.1万人", "2.1万人"), ("100", "120万元", None),
        ("39人", "39名", "39人"), ("39位", "39人", "39位"), ("5天", "5日", "5天"), ("5日", "5个工作日", None),
        ("2公里", "1500米", "1.5公里"), ("2千米", "2km", "2千米"), ("1吨", "999千克", "0.999吨"),
        ("50厘米", "0.5米", "50厘米"), ("5‰", "0.5%", "5‰"), ("0.5%", "5‰", "0.5%"), ("1公顷", "1万平方米", "0.0001万公顷"),
        ("1升", "1500mL", "1.5升"), ("192只", "12头", None), ("5%", "5个百分点", None), ("每亩300元", "300元", None),
        ("300元", "每亩300元", None), ("每亩300元", "每户300元", None), ("每亩300元", "每亩3百元", "每亩3百元"),
        ("每公里5米", "5毫米/公里", "每公里0.005米"), ("增长5%", "6%", None), ("增长5%", "增长6", None),
        ("增长5", "增长6%", "增长6%"), ("1亩", "666平方米", None),
    ],
)  # fmt: skip
def test_on_the_targets_terms(target, actual, found):
    assert on_terms(target, actual) == found


FACTORS = [
    {"公里": 1000, "千米": 1000, "米": 1, "厘米": Fraction(1, 100), "毫米": Fraction(1, 1000)},
    {"吨": 1000, "公斤": 1, "千克": 1, "克": Fraction(1, 1000), "毫克": Fraction(1, 1_000_000)},
    {"平方公里": 1_000_000, "公顷": 10_000, "平方米": 1},
    {"升": 1, "毫升": Fraction(1, 1000)}, {"%": 10, "‰": 1}, {"人": 1, "名": 1, "位": 1}, {"天": 1, "日": 1},
]  # fmt: skip


@pytest.mark.parametrize("factors", FACTORS)
def test_every_pair_of_units(factors):
    for ours, large in factors.items():
        for theirs, small in factors.items():
            found = comparable(Quantity(Decimal(1), ours), Quantity(Decimal(7), theirs))
            assert found is not None
            assert Fraction(found.value) == Fraction(7) * small / large


@given(st.sampled_from(FACTORS), PER_MILLE, st.sampled_from(FACTORS_OF_TEN), st.data())
def test_conversion_is_exact(factors, number, scale, data):
    ours, theirs = data.draw(st.sampled_from(sorted(factors))), data.draw(st.sampled_from(sorted(factors)))
    with localcontext(Context(prec=3)):
        found = comparable(Quantity(Decimal(1), ours), Quantity(number, theirs, scale))
    assert found is not None
    assert found.unit == ours
    assert Fraction(found.value) == Fraction(number) * Fraction(scale) * factors[theirs] / factors[ours]


# --- numerals -------------------------------------------------------------------------------------------------------


def written(number: int) -> str:
    """Write 0…10^12 − 1 in Chinese: every digit with its place, then one 零 for each gap."""
    text = ""
    for power, mark in ((8, "亿"), (4, "万"), (0, "")):
        group = f"{number // 10**power % 10**4:04}"
        for digit, place in zip(group, ("千", "百", "十", ""), strict=True):
            text += "零一二三四五六七八九"[int(digit)] + (place if digit != "0" else "")
        text = text.rstrip("零") + mark if group != "0000" else text
    text = re.sub("零+", "零", text).strip("零") or "零"
    return text.removeprefix("一") if text.startswith("一十") else text


FORMAL = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")
NUMBERS = st.one_of(st.integers(0, 10**9), st.integers(0, 99_999), st.integers(0, 10**12 - 1))


@given(NUMBERS)
def test_chinese_numerals(number):
    assert chinese(written(number)) == number


@given(NUMBERS)
def test_formal_numerals(number):
    assert chinese(written(number).translate(FORMAL)) == number


@pytest.mark.parametrize(
    "number", [0, 1, 10, 11, 20, 99, 100, 101, 110, 1000, 1001, 1010, 10_000, 10_001, 10_500, 10**8 + 1]
)
def test_chinese_numerals_at_the_edges(number):
    assert chinese(written(number)) == number


def test_the_tests_own_writer():
    known = {
        0: "零",
        10: "十",
        110: "一百一十",
        1005: "一千零五",
        20050: "二万零五十",
        10**8 + 50000: "一亿零五万",
    }
    assert {n: written(n) for n in known} == known


@given(st.integers(0, 9999), st.text(alphabet="零一二三四五六七八九", min_size=1, max_size=17))
def test_chinese_decimals(whole, places):
    digits = "".join(str("零一二三四五六七八九".index(c)) for c in places)
    assert chinese(f"{written(whole)}点{places}") == Decimal(f"{whole}.{digits}")
    assert Fraction(chinese(f"{written(whole)}点{places}亿")) == Fraction(f"{whole}.{digits}") * 10**8


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", "2"), ("两百", "200"), ("两千", "2000"), ("两万", "20000"), ("两亿", "200000000"), ("一百十", "110"), ("〇", "0"),
        ("一万五千", "15000"), ("一万零五", "10005"), ("一万五百", "10500"), ("二点五万", "25000"), ("两点五", "2.5"),
        ("零点零五", "0.05"), ("一万亿", "1000000000000"), ("壹仟贰佰", "1200"),
    ],
)  # fmt: skip
def test_other_ways_of_saying_it(text, number):
    assert chinese(text) == Decimal(number)


NO_NUMERALS = (
    "百 千 万 亿 万一 亿万 百万 千万 三五 一二 二〇二一 两千五 一百二 一千五 一万五 一亿五 十两 一百零两 二百二 零五 零五十 五零 十十 百百 一百千 "
    "一万零 一万零零五 一万万 一亿亿 一万亿万 一万一万 一亿一亿 十点 点五 三点 三点十 三点万 三点五十 三点五五点五 甲 三甲 一百零零五"
)


@pytest.mark.parametrize("text", NO_NUMERALS.split())
def test_no_numeral(text):
    assert chinese(text) is None


def test_nothing_is_no_numeral():
    assert (chinese(""), arabic("")) == (None, None)


def test_most_decimals_of_a_chinese_numeral():
    assert chinese("一点" + "一" * 17) == Decimal("1." + "1" * 17)
    assert chinese("一点" + "一" * 18) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"), ("1,234.50", "1234.50"), ("1234567", "1234567"), ("1,234,567", "1234567"), ("9" * 18, "9" * 18),
        ("9" * 17 + ".9", "9" * 17 + ".9"), ("0." + "9" * 17, "0." + "9" * 17),
    ],
)  # fmt: skip
def test_arabic_digits(text, number):
    assert str(arabic(text)) == number


@pytest.mark.parametrize(
    "text",
    ["1,23", "1,2345", "12,34,567", "1.2.3", ".5", "5.", "-5", "1 2", "٣", "5个", "9" * 19, "9" * 17 + ".99"],
)
def test_no_arabic_digits(text):
    assert arabic(text) is None


@pytest.mark.parametrize("hidden", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
def test_invisible_characters_go(hidden):
    assert normal(f"{hidden}9{hidden}5%{hidden}") == "95%"


LISTED = [*"¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉①⑳⑴⒛㉑㉟㊱㊿"]


@pytest.mark.parametrize("mark", LISTED)
def test_numbers_of_lists_and_exponents_are_no_digits(mark):
    assert normal(f"{mark}8个") == "#8个"


@pytest.mark.parametrize(
    ("text", "plain"), [("⒜", "(a)"), ("㉐", "PTE"), ("㉠", "ᄀ"), ("㊰", "夜"), ("㋀", "1月"), ("¼", "1⁄4")]
)
def test_their_neighbours_are_left_to_unicode(text, plain):
    assert normal(text) == plain


@given(st.text())
def test_plain_is_plain(text):
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize("character", CHINESE)
def test_every_character_of_a_numeral_is_known(character):
    assert chinese(character) is not None or chinese(f"一{character}") is not None


# --- spellings of one word in several patterns -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("1999年12月31日前", "1999年12月31日前"), ("1999-12-31", "1999年12月31日"), ("1999年12月底", "1999年12月"),
        ("1999年二季度", "1999年第二季度"), ("1999年", "1999年"), ("12月31日内", "12月31日前"),
        ("2021-12-31之前", "2021年12月31日前"), ("2021-12-31以前", "2021年12月31日前"), ("2021-12-31内", "2021年12月31日前"),
        ("12月底之前", "12月底前"), ("12月底以前", "12月底前"), ("2021年底之前", "2021年12月底前"), ("2021年底以前", "2021年12月底前"),
        ("二季度末之前", "6月底前"), ("二季度末以前", "6月底前"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_day_knows_both_centuries_and_every_before(text, spelled):
    assert spell(read(text)) == spelled


@pytest.mark.parametrize("join", ["-", "~", "—", "–", "―", "─", "——", "至", "到"])
@pytest.mark.parametrize(
    "ends", ["3月{}5月", "2021年3月{}2021年5月", "1999年3月{}5月", "3月1日{}5日", "一{}二季度"]
)
def test_a_period_is_no_deadline(ends, join):
    assert read(ends.format(join)) == Unread(ends.format(join), "period")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1.5成五", "number_in_text"), ("5X", "number_in_text"), ("≥5.", "number_in_text"),
        ("增长5-8元/亩", "several_numbers"), ("字" * 397 + "1:2", "ratio"), ("字" * 398 + "1:2", "several_numbers"),
        ("202106", "compact_date"), ("20211215", "compact_date"), ("20211230", "compact_date"), ("20211231", "compact_date"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number(text, problem):
    assert read(text) == Unread(text, problem)


def test_a_tolerance_lends_its_unit_to_the_middle():
    assert spell(read("100±5元/亩")) == "每亩95-105元"


def test_no_number_of_a_list_or_exponent_becomes_a_digit():
    tags = ("<circle>", "<super>", "<sub>")
    marks = [c for c in map(chr, range(0x80, 0x10000)) if unicodedata.decomposition(c).startswith(tags)]
    numbers = [c for c in marks if unicodedata.normalize("NFKC", c).isdecimal()]
    assert len(numbers) > 60
    assert [c for c in numbers if normal(f"8{c}") not in ("8#", "8^2", "8^3")] == []


def test_no_number_in_brackets_or_with_a_full_stop_becomes_one():
    marks = [chr(c) for c in range(0x2474, 0x249C)]
    assert {normal(mark) for mark in marks} == {"#"}


COUNTED_IN = (
    "次 个 人 名 位 套 台 件 辆 户 家 份 项 场 处 座 条 米 公里 平方米 立方米 平方公里 公顷 亩 吨 公斤 克 天 日 个月 年 周 小时 分钟 元 圆 元整 圆整 美元 % 本 期 篇 所 "
    "间 栋 艘 架 株 棵 只 头 匹 批 批次 人次 户次 台次 车次 场次 班次 台套 倍 班 课时 学时 站 轮 届 支 对 组 部 幅 块 根 口 眼 册 页 字 例 起 宗 笔 个百分点 工作日 "
    "个工作日 村 镇 乡 县 岁 分 种 门 段 盏 盒 瓶 箱 桶 袋 床 张 把 顶 双"
)
ONE_NAME = {
    "百分比": "%", "百分点": "个百分点", "工作日": "个工作日", "圆": "元", "元整": "元", "元正": "元", "圆整": "元", "圆正": "元", "元人民币": "元", "m": "米", "km": "公里", "KM": "公里", "Km": "公里", "cm": "厘米", "CM": "厘米", "mm": "毫米", "MM": "毫米", "m2": "平方米", "m^2": "平方米", "km2": "平方公里", "km^2": "平方公里", "m3": "立方米", "m^3": "立方米", "平米": "平方米", "ha": "公顷", "kg": "公斤", "KG": "公斤", "Kg": "公斤", "g": "克", "mg": "毫克", "μg": "微克", "t": "吨", "L": "升", "mL": "毫升", "ml": "毫升", "h": "小时", "°C": "℃", "kW": "千瓦", "KW": "千瓦", "kw": "千瓦", "MW": "兆瓦", "kWh": "千瓦时", "KWh": "千瓦时", "kwh": "千瓦时", "KWH": "千瓦时", "kV": "千伏", "KV": "千伏", "dB": "分贝", "GB": "GB", "TB": "TB", "MB": "MB",
}  # fmt: skip


@pytest.mark.parametrize("unit", COUNTED_IN.split())
def test_a_chinese_numeral_before_a_unit_is_a_number(unit):
    assert spell(read(f"三{unit}")) == spell(read(f"3{unit}"))
    assert isinstance(read(f"三{unit}"), Bound)


@pytest.mark.parametrize(("written", "unit"), ONE_NAME.items())
def test_one_unit_has_one_name(written, unit):
    assert read(f"≥5{written}").quantity == Quantity(Decimal(5), unit)


@pytest.mark.parametrize("unit", ["个", "万元", "亿元", "千克", "千米", "百分点"])
def test_a_unit_may_stand_in_brackets(unit):
    assert read(f"5({unit})") == read(f"5{unit}")
    assert isinstance(read(f"5({unit})"), Bound)


@pytest.mark.parametrize("base", "米克瓦伏帕卡升字赫焦安")
def test_a_thousand_that_belongs_to_the_unit(base):
    assert read(f"≥5千{base}").quantity == Quantity(Decimal(5), f"千{base}")


@pytest.mark.parametrize("character", CHINESE)
def test_no_unit_begins_with_a_numeral(character):
    if character not in "百千万亿":
        assert isinstance(read(f"≥5{character}个"), Unread)
    if character not in "十百千万":
        assert isinstance(read(f"每{character}学3次"), Unread)
    assert isinstance(read(f"每学{character}学3次"), Unread)
