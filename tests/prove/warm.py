"""Run one zygote for long and ill-treat it: ``python tests/prove/warm.py [RUNS]`` (default 300; a few minutes).

Fewer than 200 runs would not see a pipe fill up: ipykernel prints a notice per start, and 64 KiB hold some 150 of them.
Every tenth run is a fault (a crash, a hung cell, too much memory); eight kernels at once come last. Prints what it
did; ends with 1 when anything was left or anything grew.
"""

import asyncio
import gc
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from wenxiao.running.notebook import quiet_environment
from wenxiao.running.warm import owner
from wenxiao.running.warm.client import ReportKernelManager

GOOD = "import os, pandas as pd\nos.write(2, b'.' * 1000)\nprint(pd.DataFrame({'a': range(9)}).sum()['a'], os.getppid())"
LEAVE = "import subprocess; subprocess.Popen(['sleep', '3600'])"
FAULTS = {
    "os._exit": "import os; os._exit(3)",
    "segfault": "import ctypes; ctypes.string_at(0)",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "endless": "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "memory": "block = bytearray(9 * 2**30)",
}


def client(*cells: str) -> NotebookClient:
    """Give a client for cells, with two seconds for each."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    return NotebookClient(
        nb, kernel_name="wenxiao", kernel_manager_class=ReportKernelManager, shutdown_kernel="immediate", timeout=2
    )  # fmt: skip


def said(done: NotebookClient) -> list[str]:
    """Give the words the first cell printed."""
    return "".join(o.get("text", "") for o in done.nb.cells[0].outputs if o.get("name") == "stdout").split()


def run(cells: tuple[str, ...]) -> str:
    """Run cells; give the zygote's process id, or the error's name."""
    one = client(*cells)
    try:
        one.execute()
    except Exception as error:
        return f"{type(error).__name__} {getattr(error, 'ename', '')}".strip()
    total, zygote = said(one)
    assert total == "36"
    return zygote


def state(zygote: int) -> dict[str, int]:
    """Give what must not grow."""
    gc.collect()
    me = os.getpid()

    def entries(folder: str) -> int:
        return len(list(Path(folder).iterdir()))

    def kilobytes(pid: int) -> int:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    return {
        "own descriptors": entries(f"/proc/{me}/fd"),
        "own threads": entries(f"/proc/{me}/task"),
        "own MB": kilobytes(me) // 1024,
        "zygote descriptors": entries(f"/proc/{zygote}/fd"),
        "zygote threads": entries(f"/proc/{zygote}/task"),
        "zygote MB": kilobytes(zygote) // 1024,
        "zygote children": len(Path(f"/proc/{zygote}/task/{zygote}/children").read_text().split()),
        "folders": len(list(Path(tempfile.gettempdir()).glob("wx-*"))),
        "sleepers": sum(b"sleep\x003600" in command(p) for p in Path("/proc").glob("[0-9]*/cmdline")),
    }


def command(path: Path) -> bytes:
    """Give a process's command line; nothing when it has just ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def at_once(number: int) -> list[NotebookClient]:
    """Run so many kernels of one zygote at the same time."""
    clients = [client(GOOD) for _ in range(number)]
    await asyncio.gather(*(one.async_execute() for one in clients))
    return clients


def main(runs: int) -> int:
    """Do it all; give the exit code."""
    zygotes, faults = Counter[str](), Counter[str]()
    zygotes[run((GOOD,))] += 1
    zygote = int(next(iter(zygotes)))
    assert owner.MODULE.encode() in command(Path(f"/proc/{zygote}/cmdline")), "an ordinary kernel was started"
    for _ in range(5):
        run((GOOD,))
    before, began, good = state(zygote), time.monotonic(), 0.0
    for i in range(runs):
        if i % 10 == 9:
            name = list(FAULTS)[i // 10 % len(FAULTS)]
            faults[f"{name}: {run((GOOD, LEAVE, FAULTS[name]))}"] += 1
            continue
        start = time.monotonic()
        zygotes[run((GOOD,))] += 1
        good += time.monotonic() - start
    ended = asyncio.run(at_once(8))
    zygotes.update(said(one)[1] for one in ended)
    time.sleep(1)
    if len(zygotes) > 1:
        print("Several zygotes served:", ", ".join(zygotes), "- was code edited or installed meanwhile?")
        return 1
    after = state(zygote)
    print(
        f"{runs} runs in {time.monotonic() - began:.0f} s, {good / (sum(zygotes.values()) - 9):.3f} s for a good one"
    )
    print("faults:", json.dumps(faults, indent=2))
    print("8 kernels at once: done")
    for name, number in after.items():
        print(f"  {name}: {before[name]} -> {number}")
    allowed = {"own MB": 20, "zygote MB": 30, "own threads": 2}
    grown = [name for name in after if after[name] > before[name] + allowed.get(name, 0)]
    print("grown:", ", ".join(grown) or "nothing")
    return 1 if grown else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, quiet_environment():
        os.chdir(folder)
        code = main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
        os.chdir("/")
    owner.ZYGOTES.let_go()
    sys.exit(code)
