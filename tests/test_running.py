import ctypes
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ROOT, SEED
from wenxiao.running import memory
from wenxiao.running.places import template_path
from wenxiao.running.project import Job, run_project

pytestmark = [pytest.mark.kernel, pytest.mark.xdist_group("kernel")]
BIN = Path(sys.executable).parent
FOLDER = Path("2021") / "xinhuang-video-conference"
FILES = {"report.ipynb", "report.html", "report.pdf", "evaluation.json", "provenance.json", "params.yaml"}


def wenxiao(*arguments, cwd=ROOT, **environment):
    command = [sys.executable, "-m", "wenxiao", "--lang", "zh", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, env=os.environ | environment, timeout=300
    )


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Three projects, one of them broken, run once."""
    root = tmp_path_factory.mktemp("run")
    params = root / "params"
    params.mkdir()
    for name in (SEED.name, "lingling-forestry.yaml"):
        (params / name).write_text((SEED.parent / name).read_text(encoding="utf-8"), encoding="utf-8")
    (params / "broken.yaml").write_text("schema: wenxiao/1\n", encoding="utf-8")
    done = wenxiao("run", params, "-o", root / "one", "-j", 2, TZ="Asia/Shanghai", LANG="C.UTF-8")
    return root, params, done


def test_one_bad_file_stops_nothing(reports):
    root, _, done = reports
    assert done.returncode == 1
    lines = [json.loads(line) for line in (root / "one" / "run.jsonl").read_text("utf-8").splitlines()]
    assert {line["stem"]: line["status"] for line in lines} == {
        "broken": "failed", "lingling-forestry": "done", SEED.stem: "done",
    }  # fmt: skip
    assert "缺少必填的 project" in done.stderr
    assert "Traceback" not in done.stderr
    assert {p.name for p in (root / "one" / FOLDER).iterdir()} == FILES
    assert not list((root / "one").rglob(".*")), "no temporary folder is left"


def test_second_run_elsewhere_gives_the_same_bytes(reports):
    root, params, _ = reports
    wenxiao(
        "run",
        params,
        "-o",
        root / "two",
        "-j",
        1,
        TZ="America/New_York",
        LANG="zh_CN.UTF-8",
        PYTHONHASHSEED="7",
    )
    names = sorted(p.relative_to(root / "one") for p in (root / "one").rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(root / "two") for p in (root / "two").rglob("*") if p.is_file())
    for name in names:
        if name.name not in ("provenance.json", "run.jsonl"):
            assert (root / "one" / name).read_bytes() == (root / "two" / name).read_bytes(), name


def test_what_is_up_to_date_is_skipped_and_a_change_is_not(reports):
    root, params, _ = reports
    seed = params / SEED.name
    again = wenxiao("run", seed, "-o", root / "one")
    assert "已是最新" in again.stdout
    (root / "one" / FOLDER / "report.html").write_text("tampered", encoding="utf-8")
    assert "完成 1" in wenxiao("run", seed, "-o", root / "one").stdout


def test_gallery_holds_todays_bytes(reports):
    root, _, _ = reports
    for kind in ("html", "pdf"):
        kept = ROOT / "docs" / "gallery" / f"{SEED.stem}.{kind}"
        assert (root / "one" / FOLDER / f"report.{kind}").read_bytes() == kept.read_bytes(), (
            "run: make gallery"
        )


def test_plain_papermill_and_nbconvert_give_the_same_page_and_pdf(reports, tmp_path):
    root, _, _ = reports
    out = tmp_path / "plain.ipynb"
    template = ROOT / "notebooks" / "self_evaluation.ipynb"
    papermill = [BIN / "papermill", "--no-progress-bar", template, out, "-p", "params_file", SEED]
    subprocess.run(papermill, check=True, capture_output=True, cwd=tmp_path)
    for kind in ("html", "pdf"):
        subprocess.run(
            [BIN / "jupyter", "nbconvert", "--to", f"wenxiao-{kind}", out], check=True, capture_output=True
        )
        assert (
            out.with_suffix(f".{kind}").read_bytes()
            == (root / "one" / FOLDER / f"report.{kind}").read_bytes()
        )


def test_overrides_are_said_on_the_first_page(tmp_path):
    out = tmp_path / "if.ipynb"
    template = ROOT / "notebooks" / "self_evaluation.ipynb"
    papermill = [BIN / "papermill", "--no-progress-bar", template, out, "-p", "params_file", SEED]
    subprocess.run(
        [*papermill, "-y", "overrides: {budget.total.outturn: '30'}"], check=True, capture_output=True
    )
    text = out.read_text(encoding="utf-8")
    assert "试算报告，不得公开" in text
    assert "78.66%" in text


def test_every_number_of_the_form_is_in_the_pdf(reports):
    root, _, _ = reports
    path = root / "one" / "2021" / "lingling-forestry"
    text = subprocess.run(
        ["pdftotext", path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    text = "".join(text.split()).replace(",", "")
    data = json.loads((path / "evaluation.json").read_text("utf-8"))
    budget = data["budget"]
    for value in (budget["original"], budget["outturn"], budget["execution_rate"], budget["score"]):
        assert value in text
    for one in data["indicators"]:
        for value in (one["target"], one["actual"], one["points"], one["score"] or "—"):
            assert value.replace(" ", "") in text


def test_failing_cell_is_named(tmp_path):
    import nbformat

    workspace = tmp_path / "w"
    assert wenxiao("init", workspace).returncode == 0
    template = workspace / "notebooks" / "self_evaluation.ipynb"
    nb = nbformat.read(template, 4)
    nb.cells[4].source = "1 / 0  # 坏的一格"
    nbformat.write(nb, template)
    done = wenxiao("run", "params", cwd=workspace)
    assert done.returncode == 1
    assert "第 5 格" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert not list((workspace / "reports").rglob("report.*"))


def test_workspace_of_init_is_clean_and_runs(tmp_path):
    assert wenxiao("init", tmp_path / "w").returncode == 0
    assert wenxiao("init", tmp_path / "w").returncode == 2
    done = wenxiao("check", "params", cwd=tmp_path / "w")
    assert done.returncode == 0, done.stdout
    done = wenxiao("run", "params", cwd=tmp_path / "w")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "w/reports/2024/example/evaluation.json").read_text("utf-8"))
    assert (data["total"], data["grade"]) == ("99.01", "优")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check", SEED], 1), (["check", ROOT / "params/2022/yongde-minglang-school.yaml"], 0), (["check", "none.yaml"], 2),
     (["run", ROOT / "docs/findings"], 2), (["run", SEED, "--to", "doc"], 2), (["rubrics"], 0)],
    ids=str,
)  # fmt: skip
def test_exit_codes(arguments, code):
    done = wenxiao(*arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stderr + done.stdout


def test_check_prints_json():
    report = json.loads(wenxiao("check", SEED, "--json").stdout)
    assert report[0]["budget"]["execution_rate"] == "98.74%"


def test_hostile_text_of_the_facts_is_text_in_every_file(tmp_path):
    """What a clerk, or somebody worse, writes into the facts file is shown, never run."""
    from wenxiao.loading import load_project

    hostile = '<script>alert(1)</script> #panic("x") {{x}} $a$ [点](javascript:alert(2))'
    text = SEED.read_text(encoding="utf-8")
    text = text.replace("name: 新增集成系统1套", f"name: '{hostile}'").replace(
        "提高应急救援能力", "'" + hostile + "'"
    )
    text = text.replace("problems: 原文件写“无”。", f"problems: '{hostile}'")
    params = tmp_path / "hostile.yaml"
    params.write_text(text, encoding="utf-8")
    assert hostile in load_project(params).indicators[1].name
    done = wenxiao("run", params, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "2021" / "hostile"
    page = (folder / "report.html").read_text(encoding="utf-8")
    cells = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [o["data"] for cell in cells for o in cell.get("outputs", [])]
    rich = "".join(
        "".join(v)
        for d in outputs
        for k, v in d.items()
        if k in ("text/html", "text/markdown", "image/svg+xml")
    )
    for content in (page, rich):
        assert "<script" not in content
        assert 'href="javascript' not in content
        assert "&lt;script&gt;alert(1)" in content
    assert "mathjax_ignore" in rich
    out = subprocess.run(
        ["pdftotext", folder / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    shown = "".join(out.split()).replace("\u200b", "")
    for piece in ("<script>alert(1)</script>", '#panic("x")', "{{x}}", "$a$"):
        assert shown.count(piece) >= 3, piece


@pytest.mark.parametrize("name", ["binary", "empty", "gbk"])
def test_a_file_that_is_none_gets_one_line(name):
    done = wenxiao("check", ROOT / "tests" / "bad_params" / f"{name}.yaml")
    assert done.returncode == 2
    assert done.stdout.splitlines()[0].startswith("tests/bad_params/")
    assert len(done.stdout.splitlines()) == 2, "the line, and the count of files"


def test_hung_cell_is_ended_and_named(tmp_path):
    import nbformat

    workspace = tmp_path / "w"
    wenxiao("init", workspace)
    template = workspace / "notebooks" / "self_evaluation.ipynb"
    nb = nbformat.read(template, 4)
    nb.cells[2].source = "while True: pass"
    nbformat.write(nb, template)
    done = wenxiao("run", "params", "--timeout", 2, cwd=workspace)
    assert done.returncode == 1
    assert "超过时限 2 秒" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["..yaml", "...yaml", ".hidden.yaml"])
def test_a_name_that_begins_with_a_dot_makes_no_report(tmp_path, name):
    (tmp_path / name).write_bytes(SEED.read_bytes())
    outcome = run_project(Job(str(tmp_path / name), str(tmp_path / "reports"), str(template_path())))
    assert outcome.status == "failed"
    assert "请改名" in outcome.error
    assert not list((tmp_path / "reports").glob("**/*"))


PIECES = """
import psutil
from wenxiao.running.memory import EVERY, give_back

def megabytes():
    return psutil.Process().memory_info().rss / 2**20

held = [bytes(2000) for _ in range(60_000)]
held = held[::50]
in_pieces = megabytes()
for _ in range(EVERY):
    give_back()
print(in_pieces - megabytes())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="not the GNU C library")
def test_memory_free_in_pieces_is_given_back():
    done = subprocess.run([sys.executable, "-c", PIECES], capture_output=True, text=True, check=True)
    assert float(done.stdout) > 50


def test_where_the_system_has_no_way_to_give_memory_back_nothing_is_done(monkeypatch):
    def none(name):
        raise TypeError("no library without a name")

    monkeypatch.setattr(ctypes, "CDLL", none)
    memory._trim.cache_clear()
    for _ in range(memory.EVERY):
        memory.give_back()
    memory._trim.cache_clear()


def test_each_report_that_is_made_counts_for_giving_memory_back(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr("wenxiao.running.project.give_back", lambda: told.append(1))
    job = Job(str(SEED), str(tmp_path / "reports"), str(template_path()), ("html",))
    assert [run_project(job).status, run_project(job).status] == ["done", "current"]
    assert told == [1]
