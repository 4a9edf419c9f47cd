"""The verdict on each published form: every contradiction found, every clean form free of errors."""

import json

import pytest

from helpers import PARAMS, ROOT, SEED
from wenxiao.checking import check_file

VERDICTS = {
    "haidian-xueyuanlu": {"warning": ["B104"]},
    "huanggang-soil-water": {"warning": ["I303", "I314"]},
    "ningde-earthquake": {},
    "wuhan-service-trade": {"error": ["S201", "S202"]},
    "lingling-forestry": {"error": ["B101", "B104"], "warning": ["I303", "I303", "I314", "I314"]},
    "xinhuang-video-conference": {
        "error": ["B101", "I313", "S204", "T401"], "warning": ["I304", "S203", "T402"],
    },
    "chizhou-tangxi": {"error": ["B101", "B103", "B103", "B103", "B104"]},
    "yongde-minglang-school": {"warning": ["I303", "I303", "I314", "I314"], "note": ["S201"]},
    "yunnan-emergency-transfer": {},
    "zhongfang-disabled-rehab": {"warning": ["B106"]},
    "zhongjiang-water": {"error": ["S201", "S201", "S202"], "warning": ["I304"] * 6},
    "xiaoxian-zhangzhuangzhai": {},
}  # fmt: skip


def test_every_params_file_has_a_verdict():
    assert {path.stem for path in PARAMS} == set(VERDICTS)


@pytest.mark.parametrize("path", PARAMS, ids=lambda path: path.stem)
def test_verdict(path):
    found: dict[str, list[str]] = {}
    for finding in check_file(path).findings:
        found.setdefault(finding.severity, []).append(finding.code)
    assert found == VERDICTS[path.stem]


def test_founding_project():
    result = check_file(SEED)
    data = json.loads(result.as_json())
    assert data["budget"]["execution_rate"] == "98.74%"
    assert data["total"] is None
    assert data["grade"] is None
    assert {(f["code"], f["printed"]) for f in data["findings"]} >= {
        ("B101", "100%"),
        ("T401", "31月1日"),
        ("T402", "2019-05-31"),
    }
    assert data["indicators"][6]["planned_as"] == "应急管理部门满意度"


def test_case_21_rate_and_score():
    data = check_file(ROOT / "params/2021/lingling-forestry.yaml").as_dict()
    assert (data["budget"]["execution_rate"], data["budget"]["score"]) == ("80.45%", "8.04")


def test_case_03_sum_is_120_and_case_08_points_110():
    three = check_file(ROOT / "params/2020/wuhan-service-trade.yaml").as_dict()["findings"]
    assert [f["computed"] for f in three if f["code"] == "S202"] == ["120"]
    eight = check_file(ROOT / "params/2022/zhongjiang-water.yaml").as_dict()["findings"]
    assert [f["computed"] for f in eight if f["code"] == "S201"] == ["110", "110"]


def test_case_18_holds_together():
    result = check_file(ROOT / "params/2022/yongde-minglang-school.yaml")
    scores = [str(r.score.value) for r in result.indicators]
    assert scores[2] == "10.00"
    assert scores[5] == "9.80"
    assert result.total is None, "减轻负担 is qualitative and no level is stated: a total would be invented"
