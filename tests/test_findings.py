import pytest

from helpers import codes, evaluated, project
from wenxiao.findings.dates import impossible_dates


def budget(adjusted="38.14", outturn="37.66", **printed):
    return {"amount_unit": "万元", "total": {"adjusted": adjusted, "outturn": outturn}, "printed": printed}


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        ("98.74%", False),
        ("98.7%", False),
        ("99%", False),
        ("98.74", False),
        ("0.9874", False),
        ("98.75%", True),
        ("100%", True),
        ("98%", True),
    ],
)
def test_b101_allows_any_rounding_to_the_printed_decimals(rate, found):
    assert ("B101" in codes(evaluated(project(budget=budget(execution_rate=rate))))) is found


def test_b102_outturn_above_budget_is_capped_and_found():
    result = evaluated(project(budget=budget("100", "120")))
    assert codes(result, "error") == ["B102"]
    assert str(result.budget.score.value) == "10.00"


def test_clean_project_has_no_findings():
    assert codes(evaluated(project())) == []


def rows(**first):
    found = [dict(i) for i in project().model_dump(exclude_unset=True)["indicators"]]
    found[0] |= first
    return found


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ({"printed": {"score": "41"}}, ["I301"]),
        ({"actual": "7个", "printed": {"score": "40"}}, ["I302"]),
        ({"actual": "7个", "printed": {"score": "35"}}, ["I303"]),
        ({"actual": "7个", "printed": {"score": "35"}, "deviation_cause": "设备停产"}, []),
        ({"actual": "7个", "printed": {"score": "37"}, "deviation_cause": "设备停产"}, ["I314"]),
        ({"actual": "≥8个"}, ["I304"]),
        ({"actual": "全部完成"}, ["I305"]),
        ({"planned_as": "视频设备"}, ["I313"]),
        ({"points": 42}, ["S201"]),
        ({"points": 30}, ["S201"]),
    ],
)
def test_indicator_findings(first, found):
    assert codes(evaluated(project(indicators=rows(**first)))) == found


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ({"total": "100"}, ["S204"]),
        ({"total": "85", "grade": "优"}, ["S203", "S204"]),
        ({"grade": "优秀"}, ["S203"]),
        ({"total": "95", "grade": "优"}, ["S204"]),
    ],
)
def test_printed_totals(printed, found):
    assert codes(evaluated(project(printed=printed))) == found


def test_acknowledged_finding_stays_and_carries_its_reason():
    said = [{"code": "B101", "reason": "年中追减，文件附后"}]
    result = evaluated(project(budget=budget(execution_rate="100%"), acknowledged=said))
    assert [f.acknowledged for f in result.findings if f.code == "B101"] == ["年中追减，文件附后"]


@pytest.mark.parametrize(
    "text",
    [
        "12个月30日内",
        "2021年12月底前",
        "2月29日",
        "3月至5月",
        "版本2021.13.40",
        "电话2021-1345",
        "2020年2月29日",
    ],
)
def test_t401_leaves_possible_dates_alone(text):
    assert impossible_dates(text) == []


@pytest.mark.parametrize("text", ["31月1日", "2021年2月29日", "4月31日", "2021-13-01", "２０２１年１３月"])
def test_t401_finds_impossible_dates(text):
    assert len(impossible_dates(text)) == 1


def row(category="output", **facts):
    return {"category": category, "name": "指标", "points": 10} | facts


# --- budget -----------------------------------------------------------------------------------------------------------


def split(*amounts, **printed):
    parts = [{"name": f"第{i}项", "amount": amount} for i, amount in enumerate(amounts, 1)]
    return {"name": "按收入性质分", "parts": parts, "printed": printed}


@pytest.mark.parametrize(
    ("one", "places"),
    [
        (split("60", "40"), []),
        (split("60", "30"), ["budget.splits[0]"]),
        (split("60", "30", total="100"), ["budget.splits[0]", "budget.splits[0].printed.total"]),
        (split("60", "40", total="90"), ["budget.splits[0].printed.total"]),
    ],
)
def test_b103_a_split_adds_up_to_its_printed_sum_and_to_the_total(one, places):
    found = evaluated(project(budget=budget("100", "100") | {"splits": [one]})).findings
    assert {f.where for f in found if f.code == "B103"} <= set(places)
    assert bool(places) == any(f.code == "B103" for f in found)


@pytest.mark.parametrize(("cause", "found"), [({}, ["B105", "B107"]), ({"deviation_cause": "招标节约"}, [])])
def test_b107_outputs_complete_on_half_the_money_unless_the_reason_is_given(cause, found):
    assert codes(evaluated(project(budget=budget("100", "50") | cause))) == found


# --- points -----------------------------------------------------------------------------------------------------------


def groups(result, code="S201"):
    return [(f.where, f.severity, f.printed, f.computed) for f in result.findings if f.code == code]


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        (["40", "40"], []),
        (["40", "30"], [("objectives", "error", None, "70")]),
        (
            ["50", "30"],
            [("objectives[0].points", "error", "50", "40"), ("objectives[1].points", "error", "30", "40")],
        ),
        ([None, "40"], []),
    ],
)
def test_s201_objectives_share_the_points_and_so_do_their_indicators(shares, found):
    rows_ = [row(goal=1, points=40, target="≥3", actual="3"), row(goal=2, points=40, target="≥3", actual="3")]
    goals = [{"points": s} if s else {"planned": "完成监测"} for s in shares]
    result = groups(evaluated(project(indicators=rows_, objectives=goals), "hubei-20-80"))
    assert {one for one in result if one[0].startswith("objectives")} >= set(found)
    assert bool(found) == any(one[0].startswith("objectives") for one in result)


@pytest.mark.parametrize(("output", "process", "found"), [("30", "40", False), ("29.99", "40.01", True)])
def test_s201_output_and_outcome_carry_sixty_points_in_the_framework(output, process, found):
    rows_ = [
        row(points=output, target="≥3", actual="3"),
        row("outcome", points="30", target="≥3", actual="3"),
    ]
    rows_ += [row("process", points=process, target="≥3", actual="3")]
    result = groups(evaluated(project(indicators=rows_), "mof-2020-framework"))
    assert (("indicators", "note", None, "59.99") in result) is found


def test_s201_says_nothing_of_a_heading_whose_rows_print_no_points():
    bare = [{k: v for k, v in one.items() if k != "points"} for one in rows()]
    assert groups(evaluated(project(indicators=bare, printed={"points": {"output": 50}}))) == []


@pytest.mark.parametrize(("printed", "found"), [("50", False), ("49.99", True), ("60", True)])
def test_s201_a_heading_against_the_rows_below_it(printed, found):
    result = groups(evaluated(project(printed={"points": {"output": printed}})))
    assert (("printed.points.output", "error", printed, "50") in result) is found


def test_s204_a_total_over_rows_without_a_score():
    partly = rows(printed={"score": "40"})
    partly[1]["printed"] = {"score": "10"}
    result = evaluated(project(indicators=partly, printed={"total": "100"}))
    assert [f.severity for f in result.findings if f.code == "S204"] == ["warning"]


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"started": "2021-03-01", "completed": "2021-11-30"}, []),
        ({"started": "2021-03-01", "completed": "2021-03-01"}, []),
        ({"started": "2021-03-02", "completed": "2021-03-01"}, [("project.completed", "error")]),
        ({"completed": "2020-12-31"}, [("project.completed", "warning")]),
        ({"started": "2021-12-31"}, []),
        ({"started": "2022-01-01"}, [("project.started", "warning")]),
    ],
)
def test_t402_dates_against_the_year_evaluated(dates, found):
    result = evaluated(project(project={"name": "试点", "year": 2021, "unit": "甲局"} | dates))
    assert [(f.where, f.severity) for f in result.findings if f.code == "T402"] == found


# --- indicators -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "code", "found"),
    [
        # I304: the whole project's cost given as its bound, while the outturn is another amount
        ({"name": "项目总成本", "subcategory": "cost", "target": "≤90万元", "actual": "90万元"}, "I304", True),
        ({"name": "项目总成本", "subcategory": "cost", "target": "≤90", "actual": "90"}, "I304", False),
        ({"name": "项目总成本", "subcategory": "cost", "target": "≤90万元", "actual": "89万元"}, "I304", False),
        ({"name": "项目总成本", "subcategory": "cost", "target": "≤95万元", "actual": "95万元"}, "I304", False),
        # I309: far above the target, only where more is better
        ({"target": "≥100人", "actual": "121人"}, "I309", True),
        ({"target": "≥100人", "actual": "120人"}, "I309", False),
        ({"target": "≤100人", "actual": "50人"}, "I309", False),
        ({"target": "50-60人", "actual": "100人"}, "I309", False),
        ({"target": "≥95%", "actual": "100%"}, "I309", False),
        ({"target": "≥70%", "actual": "100%"}, "I309", True),
        ({"target": "≥80%", "actual": "100%"}, "I309", False),
        # I308: the wrong class
        ({"name": "群众满意度", "target": "≥90%", "actual": "95%"}, "I308", True),
        ({"name": "安全事故减少", "category": "outcome", "subcategory": "economic", "target": "≥1起", "actual": "1起"}, "I308", True),
        ({"name": "安全事故减少", "category": "outcome", "subcategory": "social", "target": "≥1起", "actual": "1起"}, "I308", False),
        ({"name": "成本节约", "category": "outcome", "subcategory": "ecological", "target": "≥5%", "actual": "5%"}, "I308", True),
        # I312: a rate above 100 %, or what a scan made of ≥90%
        ({"name": "验收合格率", "target": "290%", "actual": "95%"}, "I312", True),
        ({"name": "验收合格率", "target": "≥101%", "actual": "101%"}, "I312", True),
        ({"name": "验收合格率", "target": "≥100%", "actual": "100%"}, "I312", False),
        ({"name": "产量增长率", "target": "≥120%", "actual": "120%"}, "I312", False),
    ],
)  # fmt: skip
def test_indicators_at_the_edges_of_a_finding(facts, code, found):
    result = evaluated(project(budget=budget("100", "95"), indicators=[row(**facts)]))
    assert (code in [f.code for f in result.findings if f.where.startswith("indicators[0]")]) is found
