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
