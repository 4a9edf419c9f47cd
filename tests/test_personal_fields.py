"""No mobile number in any field of a params file reaches the public: it is refused at loading, left out, or stopped."""

import copy
import hashlib
import json
from types import UnionType
from typing import get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from report_folders import FACTS, SANCTIONED, params_file
from wenxiao.checking import check_file
from wenxiao.document import RECORD
from wenxiao.errors import InputError
from wenxiao.model import Project
from wenxiao.publishing.folders import read_folder
from wenxiao.publishing.gate import examine
from wenxiao.writing import facts_text

FULL = copy.deepcopy(FACTS) | {
    "rubric": "mof-2020",
    "excerpt": "true",
    "project": FACTS["project"] | {"region": "湖南省", "started": "2021-01-10", "completed": "2021-11-30"},
    "budget": {
        "amount_unit": "元",
        "sources": [{"name": "财政拨款", "original": "100", "adjusted": "100", "outturn": "100"}],
        "total": {"original": "100", "adjusted": "100", "outturn": "100"},
        "received": "100",
        "splits": [{
            "name": "按收入性质分", "column": "adjusted", "printed": {"total": "100"},
            "parts": [{"name": "一般公共预算", "amount": "100"}],
        }],
        "deviation_cause": "无偏差", "corrective_action": "不需要", "printed": {"execution_rate": "100%", "score": "10"},
    },
    "objectives": [{"planned": "维修渠道", "actual": "已维修", "points": "10"}],
    "indicators": [{
        "category": "output", "subcategory": "quantity", "name": "渠道长度", "target": "≥8公里", "actual": "7公里",
        "points": "50", "planned_as": "渠道长度", "method": "proportional", "rule": "每少1公里扣1分，扣完为止", "goal": "1",
        "deviation_cause": "雨季停工", "corrective_action": "抓紧施工",
        "evidence": [{"title": "验收报告", "file": "canal.pdf", "sha256": hashlib.sha256(b"x").hexdigest()}],
        "printed": {"score": "40"},
    }, {
        "category": "outcome", "name": "灌溉条件", "target": "改善", "actual": "有所改善", "points": "40", "level": "achieved",
        "share": "90%",
    }],
    "narrative": dict.fromkeys(("overview", "organisation", "experience", "problems", "suggestions", "other"), "项目维修渠道。"),
    "printed": {"total": "90", "grade": "优", "points": dict.fromkeys(("execution", "decision", "process", "output", "outcome", "satisfaction", "cost"), "10")},
    "contact": {"name": "张三", "phone": "0745-6212345"},
    "acknowledged": [{"code": "I303", "where": "indicators[0]", "reason": "雨季停工"}],
    "redact": ["保密词"],
    "disclosure": SANCTIONED,
}  # fmt: skip
"""A params file in which every field of the model is written."""


def fields_of(model, where=()):
    """Give the path of every leaf of the model; an item of a list is 0."""
    for name, field in model.model_fields.items():
        here = (*where, field.alias or name)
        yield from leaves(field.annotation, here)


def leaves(annotation, here):
    parts = get_args(annotation)
    inner = [p for p in parts if p is not type(None) and p is not Ellipsis]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from fields_of(annotation, here)
    elif get_origin(annotation) is tuple:
        yield from leaves(inner[0], (*here, 0))
    elif isinstance(annotation, UnionType) and len(inner) == 1:
        yield from leaves(inner[0], here)
    else:
        yield here


QUALITATIVE = ("level", "share")
FIELDS = sorted(
    (("indicators", 1, where[-1]) if where[-1] in QUALITATIVE else where for where in fields_of(Project)),
    key=str,
)
"""Every field of the schema: text, amounts, dates, choices."""


def written(facts, where):
    for part in where:
        facts = facts[part]
    return facts


def test_the_full_file_writes_every_field():
    for where in FIELDS:
        assert isinstance(written(FULL, where), str) or where[-1] == "year", where


DIGITS = st.builds(lambda a, b: f"1{a}{b:09}", st.integers(3, 9), st.integers(0, 10**9 - 1))


def grouped(number, gap):
    return f"{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}"


SPELLINGS = [
    lambda n: n,
    lambda n: grouped(n, " "),
    lambda n: grouped(n, "-"),
    lambda n: grouped(n, "—"),
    lambda n: grouped(n, "\u3000"),
    lambda n: f"{n[:3]} {n[3:]}",
    lambda n: f"{n[:7]} {n[7:]}",
    lambda n: f"+86{n}",
    lambda n: f"+86 {n}",
    lambda n: f"0086-{n}",
    lambda n: f"（86）{n}",
    lambda n: n.translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
]
AROUND = [
    "{}", "电话{}", "联系电话：{}。", "（{}）", "“{}”", "【{}】", "张三，{}；", "手机号是{}、", "《{}》", "请于每日联系{}！", "1. {}",
    "**{}**", "_{}_", "`{}`", "~~{}~~", "[{}](https://example.gov.cn)", "[电话](tel:{})", "<tel:{}>", "- {}", "> {}", "| 电话 | {} |",
    "![{}](a.png)", "https://example.gov.cn/?tel={}",
]  # fmt: skip


def put(facts, where, text):
    """Give the facts with a text in place of one field."""
    facts = copy.deepcopy(facts)
    *inside, last = where
    written(facts, inside)[last] = text
    return facts


def folder_of(params, evaluation, out):
    """Write the folder of a report whose notebook and page show nothing: the facts alone must be stopped."""
    folder = out / str(evaluation.project.year) / "canal"
    folder.mkdir(parents=True, exist_ok=True)
    record = evaluation.as_json()
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [
        {"output_type": "display_data", "metadata": {}, "data": {RECORD: record}}
    ]}  # fmt: skip
    contents = {
        "params.yaml": facts_text(evaluation.project), "evaluation.json": record, "report.html": "<!DOCTYPE html>",
        "report.ipynb": json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4}),
    }  # fmt: skip
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    files = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in contents.items()}
    about = {"files": files, "inputs": {"params": files["params.yaml"]}, "python": "3"}
    (folder / "provenance.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def stopped(facts, number, tmp):
    """Tell how a number in a params file is kept from the public: refused at loading, left out, at the gate; or not."""
    try:
        evaluation = check_file(params_file(tmp, facts))
    except InputError:
        return "loading"
    folder = folder_of(tmp, evaluation, tmp / "reports")
    everything = "".join(p.read_text(encoding="utf-8") for p in folder.iterdir())
    refused = [one for one in examine(read_folder(folder)) if one.code == "D501"]
    if refused:
        assert not any(number in one.text(language) for one in refused for language in ("zh", "en"))
        return "gate"
    plain = "".join(
        c for c in everything.translate({0xFF10 + i: ord("0") + i for i in range(10)}) if c.isdigit()
    )
    return "left out" if number not in plain else None


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fields")
    (folder / "canal.pdf").write_bytes(b"x")
    return folder


def test_the_full_file_itself_passes(place):
    assert stopped(FULL, "0745-6212345", place) == "left out"


TAKE_NO_TEXT = {
    "schema", "rubric", "excerpt", "year", "started", "completed", "amount_unit", "column", "category", "subcategory", "method",
    "rule", "goal", "level", "share", "sha256", "code", "date", "classification", "reviewed_on", "approved_on",
}  # fmt: skip
"""Fields that a number can't be put into: loading says so."""


@pytest.mark.parametrize("where", FIELDS, ids=lambda where: ".".join(map(str, where)))
def test_a_bare_number_is_stopped_in_every_field(where, place):
    inside = where[0] in ("contact", "redact")
    expected = "loading" if where[-1] in TAKE_NO_TEXT else "left out" if inside else "gate"
    assert stopped(put(FULL, where, "13874512345"), "13874512345", place) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    where=st.sampled_from(FIELDS),
    number=DIGITS,
    spelling=st.sampled_from(SPELLINGS),
    around=st.sampled_from(AROUND),
)
def test_every_mobile_number_is_stopped_in_every_field_and_spelling(place, where, number, spelling, around):
    assert stopped(put(FULL, where, around.format(spelling(number))), number, place)


@pytest.mark.parametrize(
    ("where", "text"),
    [
        (("indicators", 0, "target"), "≥13874512345元"),
        (("indicators", 0, "actual"), "13,874,512,345"),
        (("indicators", 0, "actual"), "13874512345 公斤"),
        (("budget", "received"), "13874512345.60"),
        (("narrative", "overview"), "全年预算数13874512345元。"),
        (("narrative", "overview"), "合同编号13874512345。"),
    ],
)
def test_a_quantity_that_says_so_may_stand(where, text, place):
    assert stopped(put(FULL, where, text), "13874512345", place) is None


def test_an_amount_may_stand_in_ten_thousands(place):
    budget = {"amount_unit": "万元", "total": {"adjusted": "1387451.2345", "outturn": "1387451.2345"}}
    assert stopped(FULL | {"budget": budget}, "0745-6212345", place) == "left out"
