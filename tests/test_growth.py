"""A dozen projects in one process, kernel, page and PDF: what it holds open after the fourth is all it ever holds."""

import contextlib
import gc
import json
import re
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from helpers import ROOT, SEED

if sys.platform != "linux":
    pytest.skip("counts what Linux tells of a process", allow_module_level=True)

from wenxiao.running.project import Job, run_project
from wenxiao.running.warm import owner
from wenxiao.running.warm.owner import ZYGOTES

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.xdist_group("kernel"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # of ended loops
]


@pytest.fixture
def temporary(monkeypatch):
    """A temporary folder of our own, all of whose files are ours to count; its path is short, for sockets."""
    with tempfile.TemporaryDirectory(prefix="w", dir="/tmp") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setenv("JUPYTER_RUNTIME_DIR", f"{folder}/jupyter")
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)
        ZYGOTES.let_go()


@pytest.fixture
def template(tmp_path):
    """The template without what a report may do without: a second sooner."""
    notebook = json.loads((ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"))
    needed = re.compile(r"params_file|wx\.(title|form|findings_list|provenance)\(")
    notebook["cells"] = [cell for cell in notebook["cells"] if needed.search("".join(cell["source"]))]
    path = tmp_path / "short.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def held(temporary):
    """Processes with their descriptors and threads, and the number of temporary files."""
    gc.collect()
    uses = {}
    me = psutil.Process()
    for one in (me, *me.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):  # a kernel that is just ending
            uses[one.pid, "descriptors"], uses[one.pid, "threads"] = one.num_fds(), one.num_threads()
    return uses | {"files": len(list(temporary.rglob("*")))}


def more(now, before):
    return {name: (before.get(name, 0), many) for name, many in now.items() if many > before.get(name, 0)}


def test_what_a_process_holds_after_the_twelfth_project_it_held_after_the_fourth(
    temporary, template, tmp_path
):
    job = Job(str(SEED), str(tmp_path / "reports"), str(template), force=True)

    def run(times):
        outcomes = [run_project(job) for _ in range(times)]
        assert [(one.status, one.error) for one in outcomes] == [("done", None)] * times

    run(4)
    before = held(temporary)
    assert any(owner.MODULE in " ".join(one.cmdline()) for one in psutil.Process().children()), "warm kernels"
    run(8)
    end = time.monotonic() + 5  # a thread of zmq may have ended meanwhile, or not yet
    while (grown := more(held(temporary), before)) and time.monotonic() < end:
        time.sleep(0.1)
    assert grown == {}
    assert list((tmp_path / "reports" / ".wenxiao").iterdir()) == []
