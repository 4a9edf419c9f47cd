"""What a file says in words: T403, T404, T405, D501, D502, and the spellings of personal data."""

import pytest

from helpers import evaluated, project
from wenxiao.findings import texts
from wenxiao.findings.personal import masked, personal_data


def audited(**changes):
    """Give (code, severity, where) of the findings on texts; signed unless the case says otherwise."""
    signed = {"signed": {"unit": "甲局", "date": "2022-04-20"}}
    return [(f.code, f.severity, f.where) for f in texts.audit(evaluated(project(**signed | changes)))]


def narrative(text):
    return {"narrative": {"overview": text}}


def first_actual(actual):
    rows = project().model_dump(exclude_unset=True)["indicators"]
    return {"indicators": [dict(rows[0], actual=actual), *rows[1:]]}


# Personal data. Every number here is made up; phone numbers stand for the shape only.
HITS = [
    ("13800138001", ["mobile"]),
    ("手机13800138001。", ["mobile"]),
    ("138 0013 8001", ["mobile"]),
    ("138-0013-8001", ["mobile"]),
    ("138　0013　8001", ["mobile"]),
    ("１３８００１３８００１", ["mobile"]),
    ("138–0013–8001", ["mobile"]),
    ("+8613800138001", ["mobile"]),
    ("+86 138 0013 8001", ["mobile"]),
    ("（86）19912345678", ["mobile"]),
    ("Tel13800138001", ["mobile"]),
    ("电话：0743-6212345/13800138001", ["landline", "mobile"]),
    ("13800138001、15900138002", ["mobile", "mobile"]),
    ("13800138001,15900138002", ["mobile", "mobile"]),
    ("0743-6212345", ["landline"]),
    ("（010）62345678", ["landline"]),
    ("010 6234 5678", ["landline"]),
    ("０７４３－６２１２３４５", ["landline"]),
    ("+86 0743 6212345转8011", ["landline"]),
    ("联系电话07436212345", ["landline"]),
    ("11010519491231002X", ["identity"]),
    ("11010519491231002x", ["identity"]),
    ("１１０１０５１９４９１２３１００２Ｘ", ["identity"]),
    ("110105 19491231 002X", ["identity"]),
    ("身份证号：110105491231002", ["identity"]),
    ("6222021234567890128", ["bank_card"]),
    ("6222 0212 3456 7890 128", ["bank_card"]),
    ("4111111111111111", ["bank_card"]),
    ("账号：1234567812345670", ["bank_card"]),
    ("zhang.san@example.com", ["email"]),
    ("邮箱ｚｓ＠ｅｘａｍｐｌｅ．ｃｎ", ["email"]),
    ("13800138001@example.com", ["email"]),
    ("湘N12345", ["plate"]),
    ("京A·D1234", ["plate"]),
    ("湘ND12345", ["plate"]),
]
MISSES = [
    "金额13800138001元",
    "13800138001.50",
    "15600000000",
    "138001380012",
    "1380013800",
    "12800138001",
    "编号：13800138001",
    "产值150 2020 2021",
    "https://example.com/13800138001.html",
    "a3f13800138001b9",
    "3.13800138001",
    "HT-13800138001",
    "387664.62",
    "91430000123456789X",  # 统一社会信用代码 in digits: 91 is no province
    "91430100MA4L16XQ5R",
    "统一社会信用代码110105194912310029",
    "110105194912310021",  # check digit
    "110105194913310028",  # month 13
    "110105491231002",  # the old form without a word
    "湘财绩〔2020〕7号",
    "财预〔2020〕10号",
    "2021-12-31",
    "2020—2021",
    "20211231",
    "合同编号：010-20211231",
    "010-20211231",
    "0743621234",
    "27.360123,109.123456",
    "12345、12315、110",
    "项目编码：6222021234567890128",
    "430000210000012345",
    "6222021234567890123",  # Luhn
    "d41d8cd98f00b204e9800998ecf8427e",
    "9f86d081-8846-4138-0013-800138001380",
    "@张三",
    "新COVID19",
    "川G318国道",
    "豫A2021001",
    "50、30、10、10",
    "4000 5000 6000 7000",
]


@pytest.mark.parametrize(("text", "kinds"), HITS)
def test_personal_data_is_found(text, kinds):
    assert [hit.kind for hit in personal_data(text)] == kinds


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_left_alone(text):
    assert personal_data(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系人：张三 13800138001", "张三"),
        ("张三（13800138001）", "张三"),
        ("项目负责人欧阳修远，电话：13800138001", "欧阳修远"),
        ("李小明同志13800138001", "李小明"),
        ("13800138001（王五）", "王五"),
        ("负责人 赵六 联系电话 0743-6212345", "赵六"),
        ("林业局 0743-6212345", None),
        ("项目办（0743-6212345）", None),
        ("文化馆：0743-6212345", None),
        ("监督电话：0743-6212345", None),
        ("资金由县财政局拨付13800138001", None),
    ],
)
def test_a_name_is_given_only_beside_a_number(text, name):
    assert [hit.name for hit in personal_data(text)] == [name]


def test_a_name_without_a_number_is_no_hit():
    assert personal_data("项目负责人：张三") == []


def test_spans_are_those_of_the_text_as_written():
    text = "联系　１３８－００１３－８００１。"
    (hit,) = personal_data(text)
    assert text[slice(*hit.span)] == hit.text == "１３８－００１３－８００１"


@pytest.mark.parametrize(("text", "kinds"), HITS)
def test_masked_text_holds_nothing_to_find(text, kinds):
    assert personal_data(masked(text)) == []


def test_d501_names_the_field_and_never_the_value():
    told = list(texts.personal(project(**narrative("联系人：张三 13800138001"))))
    assert [(f.severity, f.where, f.printed) for f in told] == [
        ("error", "narrative.overview", "张* 138****8001")
    ]
    assert "手机号" in told[0].message
    said = "".join([told[0].message, told[0].remedy, *told[0].english])
    assert "13800138001" not in said
    assert "张三" not in said


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("监督电话：0743-6212345", "note"),
        ("邮箱 office@example.cn", "note"),
        ("公务用车湘N12345", "warning"),
        ("账号1234567812345670", "warning"),
        ("王五 0743-6212345", "error"),
        ("监督电话：0743-6212345，李四13800138001", "error"),
    ],
)
def test_d501_is_an_error_only_for_what_is_surely_a_persons(text, severity):
    assert audited(**narrative(text)) == [("D501", severity, "narrative.overview")]


def test_d501_looks_everywhere_but_at_contact_and_redact():
    hidden = {"contact": {"name": "张三", "phone": "13800138001"}, "redact": ["13800138001"]}
    assert audited(**hidden) == []
    assert audited(**first_actual("13800138001")) == [("D501", "note", "indicators[0].actual")]
    assert audited(**first_actual("李四13800138001")) == [("D501", "error", "indicators[0].actual")]
    assert audited(printed={"grade": "优 13800138001"}) == [("D501", "error", "printed.grade")]


def test_d501_counts_a_long_list_once():
    phones = "，".join(f"138001380{n:02}" for n in range(12))
    (told,) = texts.personal(project(**narrative(phones)))
    assert "等 12 处" in told.message


@pytest.mark.parametrize(
    "text",
    [
        "（一）项目概况。包括项目背景、主要内容及实施情况、资金投入和使用情况等。",
        "绩效评价指标体系（附表说明）",
        "评价结论（附相关评分表）",
        "包括总体目标和阶段性目标。",
        "请填写项目背景",
        "概况：（此处填写）",
        "请根据实际情况填写",
        "填报说明：本表一式两份",
        "可另附页",
        "（限500字以内）",
        "没有请填“无”",
        "单击此处输入文字。",
        "（待补充）",
        "XX县XX局",
        "××项目于2021年完成",
        "ＸＸ单位",
        "于20XX年XX月完成",
        "资金____万元",
        "落款：  年  月  日",
        "[bookmark: _GoBack]项目概况",
        "错误！未找到引用源。",
    ],
)
def test_t403_finds_what_the_template_left(text):
    assert audited(**narrative(text)) == [("T403", "warning", "narrative.overview")]


@pytest.mark.parametrize(
    "text",
    [
        "按照填报说明组织填报，邀请填写问卷 250 份。",
        "问卷由群众自行填写。",
        "收集的资料包括项目背景材料和合同。",
        "配备 XX-200 型设备 12 台，尺码 XXL。",
        "张××等 5 户受益，李××局长到场，王XX村民代表签字。",
        "面积 3×4 米。",
        "写明年月日。",
        "2021 年 5 月 31 日验收。",
        "**显著**提高，__全部__完成。",
        "建立健全年、月、日报制度。",
        "项目全部完成，没有偏差。",
    ],
)
def test_t403_leaves_ordinary_prose_alone(text):
    assert audited(**narrative(text)) == []


@pytest.mark.parametrize(
    ("actual", "found"),
    [
        ("是/否", True),
        ("□是 □否", True),
        ("达成/部分达成/未达成", True),
        ("☑是 □否", False),
        ("√是/否", False),
        ("是", False),
        ("优", False),
        ("优良", False),
        ("已完成", False),
        ("完成，未完成 3 户", False),
    ],
)
def test_t403_finds_options_nobody_chose_from(actual, found):
    assert (("T403", "warning", "indicators[0].actual") in audited(**first_actual(actual))) is found


def test_t403_options_may_stand_in_a_target():
    rows = project().model_dump(exclude_unset=True)["indicators"]
    assert audited(indicators=[dict(rows[0], target="是/否", actual="是"), *rows[1:]]) == []


@pytest.mark.parametrize(
    ("signed", "words"),
    [
        ({}, ["签署单位和签署日期", "未签署、未注明日期"]),
        ({"unit": "甲局"}, ["签署日期没有填写", "未注明日期"]),
        ({"date": "2022-04-20"}, ["签署单位没有填写", "未签署"]),
    ],
)
def test_t404_says_what_is_missing(signed, words):
    (told,) = texts.audit(evaluated(project(signed=signed)))
    assert (told.code, told.severity, told.where) == ("T404", "note", "signed")
    assert all(word in told.message for word in words)


def test_t404_asks_nothing_of_an_excerpt():
    assert audited(signed={}, excerpt="true") == []


@pytest.mark.parametrize(
    "words",
    ["无", "无。", "“无”", "没有", "暂无", "不存在", "/", "原文件写“无”。", "本项目未发现问题。", "无其他需要说明的问题", "无重大问题"],
)  # fmt: skip
def test_t405_knows_the_ways_to_say_nothing(words):
    said = {"experience": "无", "problems": words, "suggestions": "无"}
    assert audited(narrative=said) == [("T405", "warning", "narrative")]


@pytest.mark.parametrize(
    "words", ["无障碍设施不足。", "没有及时验收。", "问题", "不存在拖欠，但验收偏晚。", "无人机数量不足"]
)
def test_t405_lets_every_statement_pass(words):
    assert audited(narrative={"experience": "无", "problems": words, "suggestions": "无"}) == []


def test_t405_needs_all_three_sections():
    assert audited(narrative={"problems": "无", "suggestions": "无"}) == []


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ({"classification": "secret"}, [("D502", "error", "disclosure.classification")]),
        ({"classification": "internal"}, [("D502", "warning", "disclosure.classification")]),
        ({"classification": "public"}, [("D502", "note", "disclosure")]),
        ({}, [("D502", "note", "disclosure")]),
        (None, []),
    ],
)
def test_d502(stated, found):
    assert audited(**({} if stated is None else {"disclosure": stated})) == found


def test_d502_is_content_with_a_full_review():
    stated = {"classification": "public", "reviewed_by": "办公室", "reviewed_on": "2022-05-01"}
    assert audited(disclosure=stated | {"approved_by": "局长办公会", "approved_on": "2022-05-06"}) == []
    (told,) = texts.disclosure(project(disclosure=stated | {"approved_by": "局长办公会"}).disclosure)
    assert "批准日期（approved_on）" in told.message
    assert "审查人" not in told.message
