"""The verdict on each published form: every contradiction found, every clean form free of errors."""

import json

import pytest

from helpers import PARAMS, ROOT, SEED
from wenxiao.checking import check_file

VERDICTS = {
    "haidian-xueyuanlu": {"warning": ["B104"], "note": ["B105"]},
    "huanggang-soil-water": {"warning": ["I303", "I308", "I314"], "note": ["T404"]},
    "ningde-earthquake": {},
    "wuhan-service-trade": {"error": ["S201", "S202"], "warning": ["I307"], "note": ["I307", *["I310"] * 3, "T404"]},
    "lingling-forestry": {"error": ["B101", "B104"], "warning": ["I310", "I314", "I314"], "note": ["I303", "I303"]},
    "xinhuang-video-conference": {
        "error": ["B101", "I313", "S204", "T401"],
        "warning": ["I304", "I307", "I310", "S203", "T402", "T403", "T405"],
        "note": ["I306", "I306", "I306", "T404"],
    },
    "chizhou-tangxi": {"error": ["B101", *["B103"] * 4, "B104"], "warning": ["I304"], "note": ["I308"]},
    "yongde-minglang-school": {
        "warning": ["I303", "I303", "I310", "I314", "I314"], "note": ["I307", "S201", "T404"],
    },
    "yunnan-emergency-transfer": {},
    "zhongfang-disabled-rehab": {"warning": ["B106", "B107"], "note": ["B105", "I309"]},
    "zhongjiang-water": {
        "error": ["S201", "S201", "S202"], "warning": [*["I304"] * 6, "I310"], "note": ["S201", "T404"],
    },
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
    assert [f["computed"] for f in eight if f["code"] == "S201"] == ["110", "110", "70、20、10"]


def test_case_01_the_text_does_not_add_up_to_its_own_sum():
    found = check_file(ROOT / "params/2022/chizhou-tangxi.yaml").as_dict()["findings"]
    splits = {
        f["where"]: (f["printed"], f["computed"]) for f in found if f["where"].startswith("budget.splits")
    }
    assert splits == {"budget.splits[0].printed.total": ("89.97", "89.99")}
    cost = next(f for f in found if f["code"] == "I304")
    assert (cost["printed"], cost["computed"]) == ("90", "89.974万元")


def test_case_18_holds_together():
    result = check_file(ROOT / "params/2022/yongde-minglang-school.yaml")
    scores = [str(r.score.value) for r in result.indicators]
    assert scores[2] == "10.00"
    assert scores[5] == "9.80"
    assert result.total is None, "减轻负担 is qualitative and no level is stated: a total would be invented"
