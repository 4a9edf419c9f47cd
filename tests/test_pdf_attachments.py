"""What a PDF carries for whoever makes the report again: the record, the facts, and a bureau's own rubric."""

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from helpers import ROOT, SEED
from wenxiao.loading import load_project
from wenxiao.running.places import template_path
from wenxiao.running.project import Job, run_project

pytestmark = [pytest.mark.kernel, pytest.mark.xdist_group("kernel")]
BIN = Path(sys.executable).parent
PHONE = "15974512346"
CITY = """schema: wenxiao/rubric/1
id: city
name: 某市规则
based_on: mof-2020
references:
  form: {title: 某市表}
category_points:
  - {since: 2020, value: {output: 40, outcome: 40, satisfaction: 10}, reference: form, verified: true}
"""
COUNTY = """schema: wenxiao/rubric/1
id: county
name: 某县规则
based_on: ../city.yaml
references:
  form: {title: 某县表}
deadlines:
  - {since: 2020, value: {method: all_or_nothing}, reference: form, verified: true}
"""
FACTS = f"""schema: wenxiao/1
rubric: rules/county.yaml
project: {{name: 试点, year: 2021, unit: 甲局}}
budget: {{amount_unit: 万元, total: {{adjusted: 100, outturn: 90}}}}
indicators:
  - {{category: output, name: 设备, target: =8个, actual: 7个, points: 40}}
  - {{category: outcome, name: 受益, target: ≥100人, actual: 120人, points: 40}}
  - {{category: satisfaction, name: 满意度, target: ≥90%, actual: 95%, points: 10}}
contact: {{name: 某人, phone: "{PHONE}"}}
signed: {{unit: 甲局, date: 2022-04-20}}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The params file and the report folder of the seed, and of a project scored by a bureau's rubric in two files."""
    root = tmp_path_factory.mktemp("attached")
    (root / "rules").mkdir()
    for name, text in (("city.yaml", CITY), ("rules/county.yaml", COUNTY), ("own.yaml", FACTS)):
        (root / name).write_text(text, encoding="utf-8")
    made = {}
    for params in (SEED, root / "own.yaml"):
        outcome = run_project(Job(str(params), str(root / "reports"), str(template_path())))
        assert outcome.folder, outcome.error
        made[params] = root / "reports" / "2021" / params.stem
    return made


def attached(pdf):
    with pikepdf.open(pdf) as document:
        return {
            name: (one.get_file().read_bytes(), str(one.obj.AFRelationship), one.description)
            for name, one in document.attachments.items()
        }


def test_what_is_attached_is_what_stands_in_the_folder(folders):
    for params, folder in folders.items():
        found = attached(folder / "report.pdf")
        names = {p.name for p in folder.iterdir()} & {"evaluation.json", "params.yaml", "rubric.yaml"}
        assert set(found) == names
        assert ("rubric.yaml" in names) == (params != SEED)
        for name, (content, relation, description) in found.items():
            assert content == (folder / name).read_bytes(), name
            assert relation == ("/Data" if name == "evaluation.json" else "/Source")
            assert description.startswith("本报告")


def test_nothing_private_is_attached(folders):
    for folder in folders.values():
        for content, *_ in attached(folder / "report.pdf").values():
            assert PHONE not in content.decode()
            assert str(folder.parent) not in content.decode()


def test_the_attachments_alone_make_the_same_pdf_again(folders, tmp_path):
    folder = list(folders.values())[1]
    for name, (content, *_) in attached(folder / "report.pdf").items():
        (tmp_path / name).write_bytes(content)
    project = load_project(tmp_path / "params.yaml")
    assert Path(project.rubric) == tmp_path / "rubric.yaml"
    again = run_project(Job(str(tmp_path / "params.yaml"), str(tmp_path / "again"), str(template_path())))
    made = tmp_path / "again" / "2021" / "params"
    assert again.folder, again.error
    assert (made / "report.pdf").read_bytes() == (folder / "report.pdf").read_bytes()


def test_plain_papermill_and_nbconvert_attach_the_same(folders, tmp_path):
    params, folder = list(folders.items())[1]
    template, out = ROOT / "notebooks" / "self_evaluation.ipynb", tmp_path / "plain.ipynb"
    papermill = [BIN / "papermill", "--no-progress-bar", template, out, "-p", "params_file", params]
    for command in (papermill, [BIN / "jupyter", "nbconvert", "--to", "wenxiao-pdf", out]):
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert out.with_suffix(".pdf").read_bytes() == (folder / "report.pdf").read_bytes()
