"""A batch killed again and again at random moments, then resumed: the reports are those of an undisturbed run.

kills.py [TIMES] [PROJECTS]: each time a fresh folder, SIGKILL at a random moment to the whole process group, every third
time to the run's first process alone, then the run again until it is done. Checked after each kill: every report folder
in place is whole; after the resumed run: all files but provenance.json are byte-identical to the undisturbed run's,
nothing else lies about, and no process of the killed run is alive.
"""

import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WENXIAO = [sys.executable, "-m", "wenxiao", "--lang", "en"]
TIMES_DIFFER = {"provenance.json", "run.jsonl"}


def digests(out: Path) -> dict[str, str]:
    """Give path → SHA-256 of every file that two runs must agree on."""
    files = (p for p in out.rglob("*") if p.is_file() and p.name not in TIMES_DIFFER)
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def half_written(out: Path) -> list[str]:
    """Give the report folders that a reader would see and that are not whole."""
    from wenxiao.running.storage import store_for

    store = store_for(out)
    seen = [p.relative_to(out).as_posix() for p in out.glob("[0-9]*/*") if p.is_dir()]
    return [one for one in seen if not store.is_whole(one)]


def started(params: Path, out: Path, mark: str = "") -> "subprocess.Popen[bytes]":
    """Start a run in a process group of its own; all its processes have ``mark`` in their environment."""
    command = [*WENXIAO, "run", str(params), "-o", str(out), "-j", "2", "--to", "html"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, start_new_session=True, stdout=quiet, stderr=quiet, env=os.environ | {"MARK": mark}
    )


def alive(mark: str) -> list[str]:
    """Give the processes that have ``mark`` in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if f"MARK={mark}".encode() in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
    return found


def main(times: int = 50, projects: int = 40) -> int:
    """Kill and resume ``times`` times; give the number of failures."""
    chance = random.Random(50)
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        subprocess.run(
            [*WENXIAO, "sample", str(projects), "-o", root / "params"], check=True, capture_output=True
        )
        began = time.monotonic()
        if started(root / "params", root / "whole").wait():
            raise SystemExit("the undisturbed run failed")
        length, expected = time.monotonic() - began, digests(root / "whole")
        print(f"undisturbed: {projects} projects, {len(expected)} files, {length:.0f} s", flush=True)
        for number in range(1, times + 1):
            out, moment = root / "killed", chance.uniform(0, length)
            mark, alone = f"kill-{number}", number % 3 == 0
            run = started(root / "params", out, mark)
            try:
                run.wait(moment)
            except subprocess.TimeoutExpired:
                (os.kill if alone else os.killpg)(run.pid, signal.SIGKILL)
                run.wait()
            torn = half_written(out) if out.exists() else []
            stood = len(list(out.glob("[0-9]*/*"))) if out.exists() else 0
            again = started(root / "params", out).wait()
            same, left = digests(out) == expected, [p.name for p in out.iterdir() if p.name.startswith(".")]
            orphans = alive(mark)
            good = not (torn or again or not same or left or orphans)
            failures += not good
            said = "ok" if good else f"FAILED {torn=} exit={again} {same=} {left=} {orphans=}"
            whom = "alone" if alone else "group"
            print(
                f"{number:>3}: {whom} killed at {moment:5.1f} s with {stood:>2} in place: {said}", flush=True
            )
            subprocess.run(["rm", "-rf", str(out)], check=True)
    print(f"{times} kills, {failures} failures")
    return failures


if __name__ == "__main__":
    raise SystemExit(min(1, main(*map(int, sys.argv[1:]))))
