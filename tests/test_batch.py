"""A batch that is disturbed: killed, interrupted, started twice, or with a project that kills its worker."""

import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from helpers import ROOT
from wenxiao.running.storage import store_for

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.xdist_group("kernel"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # pipes of killed runs
]
if sys.platform == "win32":
    pytest.skip("process groups and signals of POSIX", allow_module_level=True)
WENXIAO = [sys.executable, "-m", "wenxiao", "--lang", "zh"]
KILL_THE_WORKER = (
    "import os, signal\nif project.unit == '害群': os.kill(int(os.environ['JPY_PARENT_PID']), signal.SIGKILL)"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Four small projects and the report of an undisturbed run."""
    root = tmp_path_factory.mktemp("batch")
    subprocess.run(
        [*WENXIAO, "sample", "4", "-o", root / "params", "--clean"], check=True, capture_output=True
    )
    assert run(root, "whole").wait() == 0
    return root


def run(root, out, *more, **options):
    command = [*WENXIAO, "run", "params", "-o", str(out), "-j", "2", "--to", "html", *more]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} | options
    return subprocess.Popen(command, cwd=root, start_new_session=True, **options)


def contents(out):
    differ = {"provenance.json", "run.jsonl"}
    return {
        p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file() and p.name not in differ
    }


def first_report(out, within=60):
    end = time.monotonic() + within
    while not list(out.glob("[0-9]*/*")):
        assert time.monotonic() < end, "no report came"
        time.sleep(0.05)


def test_a_killed_run_leaves_whole_reports_and_the_next_does_the_rest(workspace):
    out = workspace / "killed"
    killed = run(workspace, out)
    first_report(out)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    seen = [p.relative_to(out).as_posix() for p in out.glob("[0-9]*/*")]
    assert seen
    assert all(store_for(out).is_whole(one) for one in seen)
    resumed = run(workspace, out)
    said, _ = resumed.communicate()
    assert resumed.returncode == 0, said
    assert f"已是最新 {len(seen)}" in said
    assert contents(out) == contents(workspace / "whole")
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []


def test_ctrl_c_ends_at_once_and_leaves_nothing(workspace):
    out = workspace / "stopped"
    temporary = Path(tempfile.mkdtemp(prefix="wb", dir="/tmp"))  # short: sockets stand in it
    heard = functools.partial(
        signal.signal, signal.SIGINT, signal.SIG_DFL
    )  # tests in the background ignore it
    stopped = run(workspace, out, env=os.environ | {"TMPDIR": str(temporary)}, preexec_fn=heard)
    first_report(out)
    began = time.monotonic()
    os.killpg(stopped.pid, signal.SIGINT)
    said, _ = stopped.communicate(timeout=20)
    assert (stopped.returncode, time.monotonic() - began < 10) == (130, True)
    assert "再运行一次只做其余的" in said
    assert "Traceback" not in said
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
    assert subprocess.run(["pgrep", "-f", str(out)], capture_output=True, check=False).stdout == b""


def test_a_run_that_is_killed_alone_takes_its_workers_with_it(workspace):
    killed = run(workspace, workspace / "alone", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first_report(workspace / "alone")
    its = psutil.Process(killed.pid).children(recursive=True)
    assert any("zygote" in " ".join(one.cmdline()) for one in its)
    killed.kill()
    killed.wait()
    assert psutil.wait_procs(its, timeout=10)[1] == []


def test_two_runs_on_one_folder_exclude_each_other(workspace):
    out = workspace / "twice"
    with store_for(out).lock():
        second = run(workspace, out)
        said, _ = second.communicate()
    assert second.returncode == 2
    assert str(os.getpid()) in said, "the message names who holds the folder"
    assert list(out.glob("[0-9]*")) == []


def test_a_project_that_kills_its_worker_is_named_and_the_others_are_done(workspace):
    root = workspace / "hostile"
    (root / "notebooks").mkdir(parents=True)
    (root / "params").mkdir()
    for number, path in enumerate(sorted((workspace / "params").rglob("p*.yaml"))):
        text = path.read_text("utf-8")
        if number == 1:
            lines = [
                "  unit: 害群" if line.strip().startswith("unit:") else line for line in text.splitlines()
            ]
            text = "\n".join(lines) + "\n"
        (root / "params" / path.name).write_text(text, "utf-8")
    notebook = json.loads((ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"))
    cell = {"cell_type": "code", "id": "bad", "metadata": {}, "execution_count": None, "outputs": []}
    notebook["cells"].insert(2, cell | {"source": KILL_THE_WORKER})
    (root / "notebooks" / "self_evaluation.ipynb").write_text(json.dumps(notebook), "utf-8")
    done = run(root, "out")
    said, _ = done.communicate()
    outcomes = [json.loads(line) for line in (root / "out" / "run.jsonl").read_text("utf-8").splitlines()]
    assert done.returncode == 1
    assert [(o["stem"], o["status"]) for o in outcomes if o["status"] != "done"] == [("p000002", "failed")], (
        said
    )
    assert "工作进程意外退出" in said


def test_an_address_without_its_client_is_refused_in_one_line(workspace):
    refused = run(workspace, "nosuch://bucket/reports")
    said, _ = refused.communicate()
    assert refused.returncode == 2
    assert "Traceback" not in said
