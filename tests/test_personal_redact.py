"""``redact``: a word that the unit hides is in no file of the report, and the report is made as if it had never been there."""

import base64
import json
import re
import subprocess

import pytest

from report_folders import SANCTIONED
from wenxiao.checking import check_file
from wenxiao.errors import InputError, shown_path
from wenxiao.loading import REDACTED, load_project
from wenxiao.publishing.folders import read_folder
from wenxiao.publishing.gate import examine, pdf
from wenxiao.running.places import template_path
from wenxiao.running.project import Job, run_project

WORD, PADDED, MARKED, NUMBER = "石老满", "石　老满", "石**老满**", "13874512345"
FACTS = f"""
schema: wenxiao/1
project: {{name: {WORD}等户危房改造, year: 2021, unit: {WORD}建筑队, region: {WORD}村, department: {WORD}局}}
budget:
  amount_unit: 万元
  sources:
    - {{name: {WORD}自筹, original: 40, adjusted: 40, outturn: 30}}
    - {{name: 财政拨款, original: 60, adjusted: 60, outturn: 50}}
  deviation_cause: {WORD}未交发票
objectives: [{{planned: {WORD}住上新房, actual: {PADDED}已入住}}]
indicators:
  - category: output
    name: {WORD}户改造间数
    target: ≥8间
    actual: 7间
    points: 50
    deviation_cause: {WORD}改变主意
    corrective_action: 与{WORD}沟通
    evidence: [{{title: {WORD}签收单, file: "evidence/{WORD}.txt"}}]
  - {{category: outcome, name: 受益, target: 改善, actual: "{WORD}很满意", points: 30, level: achieved, share: 90%}}
  - {{category: satisfaction, name: {WORD}满意度, target: "≥90%", actual: "95%", points: 10}}
narrative:
  overview: "# {WORD}\\n\\n**{WORD}**、{MARKED}、[{WORD}](tel:{NUMBER})、`{WORD}`\\n\\n| 甲 | {WORD} |\\n|--|--|\\n| 1 | 电话{NUMBER} |"
  other: "![{WORD}](a.png)"
signed: {{unit: {WORD}建筑队, date: 2022-04-20}}
acknowledged: [{{code: B105, reason: {WORD}已说明}}]
disclosure: {json.dumps(SANCTIONED, ensure_ascii=False)}
"""
REDACT = f'redact: [{WORD}, 老满, "{NUMBER}"]\ncontact: {{name: {WORD}, phone: "15974512346"}}\n'


def written(root, text, word):
    """Write the facts and the evidence they name; give the params file."""
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / f"{word}.txt").write_text("签收", encoding="utf-8")
    (root / "house.yaml").write_text(text, encoding="utf-8")
    return root / "house.yaml"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The report of a file with words to hide, and that of a file in which 〔已隐去〕 is written instead."""
    root = tmp_path_factory.mktemp("redact")
    spelled = FACTS
    for word in (WORD, PADDED, NUMBER):
        spelled = spelled.replace(word, REDACTED)
    spelled = spelled.replace(MARKED, f"{REDACTED}**")
    folders = []
    for name, text, word in (("hidden", FACTS + REDACT, WORD), ("spelled", spelled, REDACTED)):
        params = written(root / name, text, word)
        outcome = run_project(Job(str(params), str(root / name / "reports"), str(template_path())))
        assert outcome.folder, outcome.error
        folders.append(root / name / "reports" / "2021" / "house")
    return folders


pytestmark = [pytest.mark.kernel, pytest.mark.xdist_group("kernel")]


def test_the_report_is_made_as_if_the_word_had_never_been_there(reports):
    """So no chart can draw it, and no hash depends on it."""
    hidden, spelled = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in reports)
    assert set(hidden) == set(spelled) > {"report.html", "report.pdf", "report.ipynb", "params.yaml"}
    for name in set(hidden) - {"provenance.json"}:
        assert hidden[name] == spelled[name], name


def everything(folder):
    """Give (where, text) of every file: bare, its pictures decoded, and what a PDF shows, knows and carries."""
    for path in folder.parent.parent.rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            yield path.name, path.read_bytes().decode("utf-8", "replace")
        yield "path", str(path.relative_to(folder.parent.parent))
    for found in re.findall(
        r"base64,([A-Za-z0-9+/=]+)", (folder / "report.html").read_text(encoding="utf-8")
    ):
        yield "picture", base64.b64decode(found).decode("utf-8")
    beside = pdf.read_pdf((folder / "report.pdf").read_bytes())
    yield from pdf.texts(beside)
    yield from ((name, data.decode("utf-8")) for name, data in beside.attached)
    shown = subprocess.run(
        ["pdftotext", folder / "report.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    yield "report.pdf", re.sub(r"[\s\u200b]", "", shown)


def test_no_file_holds_it(reports):
    found = list(everything(reports[0]))
    assert sum(REDACTED in text for _, text in found) > 5
    for where, text in found:
        for word in (WORD, "老满", NUMBER, "15974512346", "contact", "redact:"):
            assert word not in text, where


def test_the_gate_lets_it_pass(reports):
    assert examine(read_folder(reports[0])) == ()


@pytest.mark.parametrize("stem", [f"{WORD}-house", "house-石 老满"])
def test_the_files_name_may_not_hold_it(tmp_path, stem):
    params = written(tmp_path, FACTS + REDACT, WORD).rename(tmp_path / f"{stem}.yaml")
    with pytest.raises(InputError) as refused:
        load_project(params)
    assert [one.where for one in refused.value.problems] == ["redact[0]", "redact[1]"]


def test_the_bureaus_own_rubric_may_not_hold_it(tmp_path):
    rubric = "schema: wenxiao/rubric/1\nid: city\nname: 某市规则（石老满）\nbased_on: mof-2020\nreferences:\n  form: {title: 某市表}\n"
    (tmp_path / "city.yaml").write_text(rubric, encoding="utf-8")
    params = written(tmp_path, FACTS + "redact: [石老满]\n", WORD)
    assert check_file(params) is not None
    with pytest.raises(InputError) as refused:
        check_file(params, str(tmp_path / "city.yaml"))
    assert [(one.where, one.file) for one in refused.value.problems] == [("redact[0]", shown_path(params))]
    assert "评分规则 city.yaml" in refused.value.text("zh")


def test_a_word_inside_the_mark_hides_nothing_of_the_mark(tmp_path):
    params = written(tmp_path, FACTS + f"redact: [{WORD}, 隐, 已隐去]\n", WORD)
    assert load_project(params).project.region == f"{REDACTED}村"
