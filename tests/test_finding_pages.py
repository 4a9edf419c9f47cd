"""The page of each finding code says what the code does: its snippets are run, its figures recomputed."""

import ast
import re
import unicodedata
from collections import Counter
from functools import cache

import pytest
from ruamel.yaml import YAML

from helpers import PARAMS, ROOT, evaluated, project
from wenxiao.checking import check_files
from wenxiao.findings import KINDS, answered
from wenxiao.findings.across import audit_across
from wenxiao.fitness import faults
from wenxiao.rubric import load_rubric

PAGES = ROOT / "docs" / "findings"
README = PAGES / "README.md"
HEADINGS = ["是什么", "为什么重要", "真实例子", "怎样改", "什么时候可以不改", "依据", "In English"]
SEVERITIES = {"error": "错误", "warning": "警告", "note": "提示"}
FENCE = re.compile(r"^```yaml (before|after|acknowledged)\n(.*?)^```$", re.M | re.S)
WIDEST = 100
ACROSS = {"P601", "P602"}
PLACES = {
    "haidian-xueyuanlu": "海淀", "huanggang-soil-water": "黄冈", "ningde-earthquake": "宁德", "wuhan-service-trade": "武汉",
    "lingling-forestry": "零陵", "xinhuang-video-conference": "新晃", "chizhou-tangxi": "池州", "yongde-minglang-school": "永德",
    "yunnan-emergency-transfer": "云南", "zhongfang-disabled-rehab": "中方", "zhongjiang-water": "中江",
    "xiaoxian-zhangzhuangzhai": "萧县",
}  # fmt: skip
"""Params file → the place by which the pages name its form."""


@cache
def page(code):
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def snippets(code):
    """Give (kind, facts) of each marked fence; every leaf is text, as the loader hands it out."""
    yaml = YAML(typ="base", pure=True)
    return [(kind, yaml.load(text)) for kind, text in FENCE.findall(page(code))]


def pairs(code):
    """Give each before with its after."""
    found = [one for one in snippets(code) if one[0] != "acknowledged"]
    return [(found[i][1], found[i + 1][1]) for i in range(0, len(found), 2)]


def filled(facts):
    """Give the small project with a snippet put in; its indicators take the place of as many of the small project's."""
    rows = facts.get("indicators")
    if rows is not None:
        rest = project().model_dump(exclude_unset=True)["indicators"][len(rows) :]
        facts = facts | {"indicators": [*rows, *rest]}
    return project(**facts)


def audited(facts, before=None):
    """Give the findings of a snippet; those across projects beside four others that hold ``before``."""
    one = filled(facts)
    evaluation = evaluated(one, one.rubric)
    assert list(faults(one, evaluation.rules)) == []
    if before is None:
        return evaluation.findings
    others = {
        f"{name}.yaml": evaluated(filled(before | {"project": {"name": name, "year": 2021, "unit": "甲局"}}))
        for name in ("修路", "建桥", "种树", "护林")
    }
    found = audit_across({"a.yaml": evaluation, **others})
    return (*evaluation.findings, *answered(found.get("a.yaml", ()), one))


def codes(code, facts, before):
    return Counter(f.code for f in audited(facts, before if code in ACROSS else None))


def rows(first):
    """Give the rows of the README's table whose head begins with ``first``, as lists of cells."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {first} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


@cache
def severities():
    """Give the severities that the code can give each finding, read from the calls that make it."""
    found = {code: set() for code in KINDS}
    for path in (ROOT / "toolkit" / "wenxiao" / "findings").glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "finding":
                        code, severity = call.args[0].value, call.args[1]
                        # A variable takes its values in the function around it.
                        place = function if isinstance(severity, ast.Name) else severity
                        found[code] |= {
                            n.value for n in ast.walk(place) if isinstance(n, ast.Constant)
                        } & set(SEVERITIES)
    return found


def test_each_code_has_a_page_and_each_page_a_code():
    assert {path.stem for path in PAGES.glob("*.md")} == {*KINDS, "README"}


@pytest.mark.parametrize("code", KINDS)
def test_title_and_headings(code):
    lines = page(code).splitlines()
    assert lines[0] == f"# {code} {KINDS[code].title.zh}"
    assert [line[3:] for line in lines if line.startswith("## ")] == HEADINGS
    assert not re.search(r"\n## [^\n]+\s+(?=\n## |\Z)", page(code)), "an empty section"


@pytest.mark.parametrize("name", [*KINDS, "README"])
def test_a_page_fits_a_terminal(name):
    text = page(name)
    for line in text.splitlines():
        width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
        assert width <= WIDEST or line.startswith("|"), line
    assert not re.search(r"<[a-zA-Z/!]", text), "no HTML"
    assert text.count("```") % 2 == 0


@pytest.mark.parametrize("code", KINDS)
def test_page_names_the_severities_the_code_can_have(code):
    said = page(code).split("## 是什么")[1].split("\n## ")[0]
    assert {key for key, word in SEVERITIES.items() if f"**{word}**" in said} == severities()[code]


@pytest.mark.parametrize("code", KINDS)
def test_snippets_come_in_pairs(code):
    kinds = [kind for kind, _ in snippets(code)]
    assert kinds[-1] == "acknowledged"
    assert kinds[:-1] == ["before", "after"] * (len(kinds) // 2)
    assert len(kinds) >= 3


@pytest.mark.parametrize("code", KINDS)
def test_before_raises_the_finding_and_after_does_not(code):
    for before, after in pairs(code):
        wrong, right = codes(code, before, before), codes(code, after, before)
        assert code in wrong
        assert code not in right
        assert right <= wrong, "the mend raises a finding of its own"


@pytest.mark.parametrize("code", KINDS)
def test_acknowledged_snippet_answers_the_finding(code):
    before, said = pairs(code)[0][0], snippets(code)[-1][1]
    found = [f for f in audited(before | said, before if code in ACROSS else None) if f.code == code]
    assert found
    assert [f.acknowledged for f in found] == [said["acknowledged"][0]["reason"]] * len(found)


def test_index_lists_every_code_with_title_severities_and_page():
    assert rows("编号 | 问题") == [
        [
            code,
            kind.title.zh,
            "、".join(word for key, word in SEVERITIES.items() if key in severities()[code]),
            f"[{code}.md]({code}.md)",
        ]
        for code, kind in KINDS.items()
    ]


@cache
def checked():
    """Give (code, place) of every finding on the published forms."""
    return [
        (f.code, PLACES[path.stem])
        for path, one in zip(PARAMS, check_files(PARAMS), strict=True)
        for f in one.findings
    ]


def raised():
    return Counter(code for code, _ in checked())


@pytest.mark.parametrize("code", KINDS)
def test_real_example_is_a_form_that_shows_the_finding(code):
    said = page(code).split("## 真实例子")[1].split("\n## ")[0]
    places = {place for one, place in checked() if one == code}
    if places:
        assert any(place in said for place in places)
    else:
        assert "没有" in said, "no form shows it: the page must say so"
        assert "本仓库" in said


def test_judgements_name_the_forms_they_judge():
    for code, *_, how in rows("编号 | 报了"):
        assert {place for one, place in checked() if one == code} == {
            p for p in PLACES.values() if p in how
        }, code


def test_every_form_has_its_list_of_what_was_missed():
    missed = README.read_text(encoding="utf-8").split("## 没有找到的")[1]
    assert sorted(re.findall(r"^- (\S+) 20\d\d：", missed, re.M)) == sorted(PLACES.values())


def test_precision_table_counts_what_is_raised_today():
    table = {row[0]: [int(cell) for cell in row[1:5]] for row in rows("编号 | 报了")}
    assert {code: row[0] for code, row in table.items()} == raised()
    assert list(table) == [code for code in KINDS if code in raised()]
    for code, (count, right, wrong, unknown) in table.items():
        assert right + wrong + unknown == count, code
    sums = [sum(column) for column in zip(*table.values(), strict=True)]
    text = README.read_text(encoding="utf-8").replace("\n", "")
    assert f"共报 {sums[0]} 条" in text
    assert f"对 {sums[1]} 条，错 {sums[2]} 条，不能判断 {sums[3]} 条" in text


def test_thresholds_on_the_pages_are_those_of_the_rubrics():
    rules = {name: load_rubric(name).at(2023).thresholds for name in ("mof-2020", "sichuan-10-90")}
    assert [f"{rule.execution_below:.0%}" for rule in rules.values()] == ["80%", "90%"]
    assert all("80%" in page(code) and "90%" in page(code) for code in ["B105"])
    assert f"{rules['mof-2020'].above_target_by:.0%}" == "20%"
    assert "都是 20%" in page("I309")
    assert f"{rules['mof-2020'].points_of_one:.0%}" == "50%"
    assert "都是 50%" in page("I311")
