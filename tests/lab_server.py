"""JupyterLab as ``wenxiao lab`` starts it: on a workspace, in Chinese, with nothing of this machine's user."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import ROOT

OURS = ("JUPYTER", "IPYTHON", "XDG_")  # of the surroundings the tests run in
PROJECTS = ("2021/xinhuang-video-conference.yaml", "2021/lingling-forestry.yaml")


def workspace(folder: Path, *projects: str) -> Path:
    """Make a workspace of the tracked notebooks and some projects."""
    for name in projects or PROJECTS:
        target = folder / "params" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "params" / name, target)
    (folder / "notebooks").mkdir()
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copyfile(notebook, folder / "notebooks" / notebook.name)
    return folder


def surroundings(home: Path) -> dict[str, str]:
    """Give an environment with a home of its own and a Chinese locale."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return rest | {"HOME": str(home), "LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"}


@contextmanager
def started(folder: Path, home: Path) -> Iterator[str]:
    """Run ``wenxiao lab`` on a workspace; gives its address."""
    home.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    options += ["--IdentityProvider.token=t", "--ServerApp.ip=127.0.0.1"]
    command = [sys.executable, "-m", "wenxiao", "lab", str(folder), *options]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=surroundings(home))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                ask(f"{address}/api")
                break
            except urllib.error.URLError:
                assert process.poll() is None, (home / "log").read_text("utf-8")
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:  # on a busy machine; how fast it ends is no test's business
            process.kill()
            process.wait()


def ask(address: str, body: object = None) -> tuple[str, bytes]:
    """Give type and content of an answer; with ``body`` the request is a POST."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Authorization": "token t"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers.get_content_type(), answer.read()


def told(address: str, body: object = None) -> dict[str, object]:
    """Give an answer's JSON, of a refusal too."""
    try:
        return json.loads(ask(address, body)[1])
    except urllib.error.HTTPError as error:
        return json.loads(error.read())
