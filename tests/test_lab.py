"""A real JupyterLab server, started as users start it: what it is given, and what its routes answer."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from typer.testing import CliRunner

from helpers import ROOT
from lab_server import PROJECTS, ask, started, surroundings, told, workspace
from wenxiao.cli import app
from wenxiao.lab.copies import KINDS, parameter, working_copy
from wenxiao.lab.launching import surroundings as given
from wenxiao.lab.marks import marks

FIRST = ROOT / "params" / PROJECTS[0]
TEMPLATE = json.loads((ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"))
server_test = pytest.mark.xdist_group("lab")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("lab"))
    with started(folder, tmp_path_factory.mktemp("home")) as address:
        yield address, folder


@server_test
def test_exporters_are_in_the_menu_and_answer(server):
    address, _ = server
    assert {"wenxiao-html", "wenxiao-pdf"} <= set(told(f"{address}/api/nbconvert"))
    name = quote(told(f"{address}/wenxiao/copies", {"kind": "self_evaluation"})["path"])
    kind, page = ask(f"{address}/nbconvert/wenxiao-html/{name}?download=true")
    assert kind == "text/html"
    assert 'lang="zh-CN"' in page.decode()
    kind, pdf = ask(f"{address}/nbconvert/wenxiao-pdf/{name}?download=true")
    assert (kind, pdf[:5]) == ("application/pdf", b"%PDF-")


@server_test
def test_kernel_cards_and_language_are_found(server):
    address, _ = server
    assert told(f"{address}/api/kernelspecs")["kernelspecs"]["wenxiao"]["spec"]["display_name"] == "问效"
    page = ask(f"{address}/lab")[1].decode()
    assert '"name": "wenxiao"' in page
    assert b"_JUPYTERLAB" in ask(f"{address}/lab/extensions/wenxiao/static/wenxiao.js")[1]
    setting = told(f"{address}/lab/api/settings/@jupyterlab/translation-extension:plugin")
    assert setting["schema"]["properties"]["locale"]["default"] == "zh_CN"
    assert told(f"{address}/lab/api/translations/zh_CN")["data"]["jupyterlab"]["Notebook"] == ["笔记本"]


@server_test
def test_a_working_copy_is_made_once_and_never_overwritten(server):
    address, folder = server
    tracked = (folder / "notebooks" / "self_evaluation.ipynb").read_bytes()
    asked = {"kind": "self_evaluation", "params": f"params/{PROJECTS[1]}"}
    made = told(f"{address}/wenxiao/copies", asked)["path"]
    assert made == "working/自评-2021-lingling-forestry.ipynb"
    copy = folder / made
    notebook = json.loads(copy.read_text("utf-8"))
    assert (copy.parent / parameter(notebook, "params_file")).resolve() == folder / "params" / PROJECTS[1]
    assert notebook["metadata"]["kernelspec"]["name"] == "wenxiao"
    before = copy.read_bytes()
    assert told(f"{address}/wenxiao/copies", asked)["path"] == made
    assert copy.read_bytes() == before
    copy.write_text(json.dumps(working_copy(notebook, "params_file", "../params/another.yaml")), "utf-8")
    assert told(f"{address}/wenxiao/copies", asked)["path"] == made.replace(".ipynb", "-1.ipynb")
    assert (folder / "notebooks" / "self_evaluation.ipynb").read_bytes() == tracked


@server_test
def test_cards_take_what_the_workspace_has(server):
    address, folder = server
    made = told(f"{address}/wenxiao/copies", {"kind": "self_evaluation", "folder": "params/2021"})["path"]
    assert (
        parameter(json.loads((folder / made).read_text("utf-8")), "params_file") == f"../params/{PROJECTS[0]}"
    )
    made = told(f"{address}/wenxiao/copies", {"kind": "portfolio"})["path"]
    assert made == "working/项目组合分析.ipynb"
    assert parameter(json.loads((folder / made).read_text("utf-8")), "reports") == "../reports"
    (folder / "inner" / "params").mkdir(parents=True)
    answer = told(
        f"{address}/wenxiao/copies", {"kind": "self_evaluation", "folder": "inner", "language": "en"}
    )
    assert answer == {"message": "There is no params file (.yaml) in the folder params yet."}
    (folder / "inner" / "params" / "one.yaml").write_bytes(FIRST.read_bytes())
    made = told(f"{address}/wenxiao/copies", {"kind": "self_evaluation", "folder": "inner"})["path"]
    assert parameter(json.loads((folder / made).read_text("utf-8")), "params_file") == "../params/one.yaml"
    (folder / "inner" / "notebooks").mkdir()
    (folder / "inner" / "notebooks" / "self_evaluation.ipynb").write_text(
        json.dumps({**TEMPLATE, "cells": TEMPLATE["cells"][1:]}), "utf-8"
    )
    answer = told(
        f"{address}/wenxiao/copies", {"kind": "self_evaluation", "folder": "inner", "language": "zh"}
    )
    assert "notebooks/self_evaluation.ipynb 里没有带 parameters 标签" in answer["message"]


@server_test
def test_marks_are_what_check_says(server):
    address, folder = server
    text = FIRST.read_text("utf-8").replace("budget:", "bugdet:", 1)
    path = f"params/{PROJECTS[0]}"
    asked = {"text": text, "path": path, "language": "zh"}
    found = next(m for m in told(f"{address}/wenxiao/marks", asked)["marks"] if "bugdet" in m["wrong"])
    assert text.splitlines()[found["line"] - 1].startswith("bugdet:")
    assert (found["severity"], found["column"]) == ("problem", 1)
    (folder / path).write_text(text, "utf-8")
    told_by_check = CliRunner().invoke(app, ["--lang", "zh", "check", str(folder / path), "--json"])
    (file,) = json.loads(told_by_check.stdout)
    assert found["wrong"] in [problem["wrong"] for problem in file["problems"]]


def test_a_mark_covers_the_value_it_means():
    text = FIRST.read_text("utf-8")
    lines = text.splitlines()
    covered = {
        m["code"]: lines[m["line"] - 1][m["column"] - 1 : m["end"] - 1] for m in marks(text, FIRST, "zh")
    }
    assert covered["B101"] == "100%"  # in braces: not the brace that closes them
    assert covered["I313"] == "应急管理部门满意度"
    assert covered["T404"] == "schema: wenxiao/1"
    assert marks(text + "\n# 说明\n", FIRST, "en")[0]["wrong"] != marks(text, FIRST, "zh")[0]["wrong"]
    assert [m["severity"] for m in marks("", FIRST, "zh")] == ["problem"]
    assert [m["severity"] for m in marks("a: [", FIRST, "zh")] == ["problem"]


def test_a_working_copy_changes_one_value_and_drops_outputs():
    notebook = json.loads(json.dumps(TEMPLATE))
    notebook["cells"][0]["source"] = '# 项目\nparams_file = "甲.yaml"  # 换成别的\noverrides = {}'
    notebook["cells"][1].update(
        outputs=[{"output_type": "stream", "name": "stdout", "text": "x"}], execution_count=3
    )
    made = working_copy(notebook, "params_file", "../params/乙.yaml", kernel=False)
    assert (
        made["cells"][0]["source"] == '# 项目\nparams_file = "../params/乙.yaml"  # 换成别的\noverrides = {}'
    )
    assert made["cells"][1]["outputs"] == []
    assert made["metadata"] == notebook["metadata"]
    with pytest.raises(LookupError):
        working_copy(notebook, "reports", "x")


def test_what_a_package_in_no_jupyter_folder_brings_along():
    environment = given({"JUPYTER_PATH": "/elsewhere"}, "zh")
    data, config = (environment[name].split(os.pathsep) for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH"))
    assert data[-1] == "/elsewhere"
    specs = KernelSpecManager(kernel_dirs=[str(Path(folder) / "kernels") for folder in data])
    assert specs.get_kernel_spec("wenxiao").display_name == "问效"
    files = {
        path.relative_to(folder).as_posix() for folder in data[:-1] for path in Path(folder).rglob("*.j*")
    }
    assert {"labextensions/wenxiao/package.json", "labextensions/wenxiao/static/wenxiao.js"} <= files
    assert (Path(config[0]) / "jupyter_server_config.d" / "wenxiao.json").is_file()
    assert len(config) - 1 == len(given({}, "en")["JUPYTER_CONFIG_PATH"].split(os.pathsep)) == 1


def test_the_cards_have_the_package_s_version():
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cards = next((ROOT / "toolkit").rglob("labextensions/wenxiao/package.json"))
    assert json.loads(cards.read_text("utf-8"))["version"] == version


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "There is no folder {}. To make one: wenxiao init {}"),
        (lambda folder: folder.write_text("x"), "{} is not a folder."),
        (lambda folder: folder.mkdir(), "{} holds no folder params, so it is no workspace. To make one: wenxiao init FOLDER"),
    ],
)  # fmt: skip
def test_lab_says_in_a_line_why_it_can_t(tmp_path, make, said):
    folder = tmp_path / "here"
    make(folder)
    result = CliRunner().invoke(app, ["--lang", "en", "lab", str(folder)])
    assert (result.exit_code, result.stderr) == (2, said.replace("{}", str(folder)) + "\n")


@pytest.mark.parametrize("given", [["here", "--version"], ["--version"], ["--version", "here"]])
def test_other_options_are_jupyterlab_s(tmp_path, given):
    for folder in (tmp_path, tmp_path / "here") if "here" not in given else (tmp_path / "here",):
        (folder / "params").mkdir(parents=True)
    command = [sys.executable, "-m", "wenxiao", "lab", *given]
    result = subprocess.run(
        command, capture_output=True, cwd=tmp_path, env=surroundings(tmp_path), check=True
    )
    assert result.stdout[:2] == b"4."


def test_init_makes_a_workspace_for_it(tmp_path):
    folder = tmp_path / "演示"
    result = CliRunner().invoke(app, ["--lang", "zh", "init", str(folder)])
    assert result.exit_code == 0
    assert sorted(path.name for path in (folder / "notebooks").iterdir()) == sorted(
        k.file for k in KINDS.values()
    )
    assert [line.split()[:2] for line in result.stdout.splitlines()[1:] if "wenxiao" in line] == [
        ["wenxiao", "check"], ["wenxiao", "run"], ["wenxiao", "lab"],
    ]  # fmt: skip
