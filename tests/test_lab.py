"""A real Jupyter server, as JupyterLab's export menu calls it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from helpers import ROOT

pytestmark = pytest.mark.xdist_group("kernel")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    (folder / "报告.ipynb").write_text(
        (ROOT / "notebooks" / "self_evaluation.ipynb").read_text("utf-8"), "utf-8"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser", f"--port={port}"]
    command += [f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=t", "--ServerApp.ip=127.0.0.1"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                ask(f"{address}/api")
                break
            except urllib.error.URLError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def ask(address):
    request = urllib.request.Request(address, headers={"Authorization": "token t"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers.get_content_type(), answer.read()


def test_exporters_are_in_the_menu_and_answer(server):
    _, listed = ask(f"{server}/api/nbconvert")
    assert {"wenxiao-html", "wenxiao-pdf"} <= set(json.loads(listed))
    name = urllib.request.quote("报告.ipynb")
    kind, page = ask(f"{server}/nbconvert/wenxiao-html/{name}?download=true")
    assert kind == "text/html"
    assert 'lang="zh-CN"' in page.decode()
    kind, pdf = ask(f"{server}/nbconvert/wenxiao-pdf/{name}?download=true")
    assert (kind, pdf[:5]) == ("application/pdf", b"%PDF-")
