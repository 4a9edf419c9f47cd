"""A long batch needs at its end what it needed at its beginning: ``thousand.py [N] [--to html,pdf] [--keep FOLDER]``.

Makes N sample projects (default 1,000), runs them with two workers, and watches: the whole process tree, what was
orphaned included, and all files outside the reports. The hundredth project's window of the run is compared with the
last one's. What must not grow: the processes, files and sockets that live through a window; descriptors and threads of
each of those processes at its quietest moment; its memory. Nothing may be left, and a second run must find every
report up to date. The rate is told and judges nothing. Ends with 1 when anything grew or was left. Linux.
"""

import argparse
import contextlib
import ctypes
import itertools
import json
import math
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from watching import Use, tree_memory, use

from wenxiao.running.project import code_hash
from wenxiao.running.warm import owner

WENXIAO = [sys.executable, "-m", "wenxiao", "--lang", "en"]
JOBS = 2
PAUSE = 0.25
"""Seconds between two looks: some 150 in a window of a hundred projects, at a few hundredths of one core."""
SLACK = 2
"""Descriptors and threads: the quietest moment may be missed. One leaked in a hundred projects of a worker is more."""
MEMORY_SLACK = {"owner": 10, "tracker": 10, "server": 10, "zygote": 30, "worker": 15}
"""MB. A worker's memory goes up and down by some 7 between two returns of free memory (``wenxiao.running.memory``), and
what Typst keeps for documents of each shape grows by 4 until it has met them all. A zygote was once seen to rise by 22."""
JUDGED_FROM = 500
"""With fewer projects memory is told, not judged: a worker's caches fill with its first few dozen."""
MOST_SAID = 12
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Look:
    """The state at one moment, after so many projects; ``shared`` is the tree's memory in MB, seldom measured."""

    done: int
    uses: tuple[Use, ...]
    files: frozenset[str]
    shared: float | None


@dataclass
class Run:
    """One batch in a private home and temporary folder, and what was seen of it."""

    root: Path
    params: Path
    out: Path
    formats: str
    process: "subprocess.Popen[str]" = field(init=False)
    outcomes: list[tuple[float, dict[str, str]]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.temporary, self.home = self.root / "t", self.root / "h"
        self.temporary.mkdir(exist_ok=True)
        self.home.mkdir(exist_ok=True)

    def go(self) -> float:
        """Run to the end, looking all the while; give the seconds."""
        theirs = ("XDG_", "JUPYTER_", "IPYTHON", "MPLCONFIGDIR")  # all of these default to places in HOME
        kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
        options = ["-j", str(JOBS), "--to", self.formats, "--json"]
        began = time.monotonic()
        self.process = subprocess.Popen(
            [*WENXIAO, "run", str(self.params), "-o", str(self.out), *options],
            stdout=subprocess.PIPE,
            text=True,
            env=kept | {"TMPDIR": str(self.temporary), "HOME": str(self.home)},
        )
        reader = threading.Thread(target=self._listen, args=(began,), daemon=True)
        reader.start()
        try:
            while self.process.poll() is None:
                self._look(has_shared=len(self.looks) % 8 == 0)
                time.sleep(PAUSE)
        finally:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGINT)
            self.process.wait()
        seconds = time.monotonic() - began
        reader.join(5)  # a process left behind would hold the pipe open
        return seconds

    def _listen(self, began: float) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.outcomes.append((time.monotonic() - began, json.loads(line)))

    def _look(self, has_shared: bool) -> None:
        done, me = len(self.outcomes), psutil.Process()
        uses = tuple(found for process in me.children(recursive=True) if (found := use(process)))
        shared = None
        with contextlib.suppress(psutil.Error):
            shared = tree_memory(psutil.Process(self.process.pid)) if has_shared else None
        self.looks.append(Look(done, uses, frozenset(self.files()), shared))

    def files(self) -> Iterator[str]:
        """Give everything in the temporary folder, the home, and the folder for unfinished reports."""
        for folder in (self.temporary, self.home, self.out / ".wenxiao"):
            for where, folders, names in os.walk(folder):
                yield from (f"{where}/{name}" for name in (*folders, *names))

    def statuses(self) -> dict[str, int]:
        """Give how many projects ended how."""
        ends = [outcome["status"] for _, outcome in self.outcomes]
        return {status: ends.count(status) for status in ends}


class Window:
    """What lived through a part of the run, and what it used."""

    def __init__(self, looks: list[Look], projects: range, root: int):
        self.looks = [look for look in looks if look.done in projects]
        if len(self.looks) < 3:
            raise SystemExit(f"only {len(self.looks)} looks at projects {projects[0]} to {projects[-1]}")
        self.files = frozenset.intersection(*(look.files for look in self.looks))
        pids = set.intersection(*({one.pid for one in look.uses} for look in self.looks))
        self.labels = labels([one for one in self.looks[-1].uses if one.pid in pids], root)

    def quietest(self, pid: int) -> tuple[int, int, float]:
        """Give the fewest descriptors and threads of a process, and its usual memory in MB."""
        uses = [one for look in self.looks for one in look.uses if one.pid == pid]
        memory = statistics.median(one.memory for one in uses)
        return min(one.descriptors for one in uses), min(one.threads for one in uses), memory

    def most(self) -> tuple[int, int, int, float]:
        """Give the most processes, descriptors, threads and MB (shared pages counted once) of the tree at any moment."""
        return (
            max(len(look.uses) for look in self.looks),
            max(sum(one.descriptors for one in look.uses) for look in self.looks),
            max(sum(one.threads for one in look.uses) for look in self.looks),
            max((look.shared or 0 for look in self.looks), default=0),
        )


def labels(uses: list[Use], root: int) -> dict[str, int]:
    """Give name → process of those that live long: workers in the order of their birth, forked by one server."""
    found: dict[str, int] = {}
    for one in sorted(uses, key=lambda one: one.began):
        if one.pid == root:
            found["owner"] = one.pid
        elif owner.MODULE in one.command and one.parent == root:
            found["zygote"] = one.pid
        elif "resource_tracker" in one.command:
            found["tracker"] = one.pid
        elif "forkserver" in one.command and one.parent == root:
            found["server"] = one.pid
        elif one.parent == found.get("server"):
            found[f"worker {sum(name.startswith('worker') for name in found) + 1}"] = one.pid
        else:
            found[f"{one.command[-40:] or 'zombie'} ({one.pid})"] = one.pid
    return dict(sorted(found.items()))


def compared(early: Window, late: Window, is_long: bool) -> list[str]:
    """Print the table; give what grew, memory only in a long run."""
    wrong = []
    print("| process | descriptors | threads | MB | MB allowed to grow |\n|---|--:|--:|--:|--:|")
    for name, pid in late.labels.items():
        allowed = MEMORY_SLACK.get(name.split()[0], 0) if is_long else math.inf
        said = f"{allowed}" if is_long else "–"
        if name not in early.labels:
            wrong.append(f"{name} is new")
            continue
        then, now = early.quietest(early.labels[name]), late.quietest(pid)
        print(f"| {name} | {then[0]} → {now[0]} | {then[1]} → {now[1]} | {mb(then[2], now[2])} | {said} |")
        if early.labels[name] != pid:
            wrong.append(f"{name} was replaced")
        for what, before, after, slack in zip(
            ("descriptors", "threads", "memory"), then, now, (SLACK, SLACK, allowed), strict=True
        ):
            if after > before + slack:
                wrong.append(f"{what} of {name}")
    then, now = early.most(), late.most()
    print(
        f"| all at once, at most | {then[1]} → {now[1]} | {then[2]} → {now[2]} | {mb(then[3], now[3])} | – |"
    )
    print(f"\nProcesses at most: {then[0]} → {now[0]}; through the whole window: {len(early.labels)} → "
          f"{len(late.labels)}. Files, folders and sockets outside the reports, through the whole window: "
          f"{len(early.files)} → {len(late.files)}.")  # fmt: skip
    return wrong + [f"file {path}" for path in sorted(late.files - early.files)]


def mb(then: float, now: float) -> str:
    """Give two amounts of memory."""
    return f"{then:,.0f} → {now:,.0f}"


def course(run: Run, width: int) -> None:
    """Print the seconds a project took, start-up included, and the largest process, from window to window."""
    marks = [0.0, *(when for when, _ in run.outcomes[width - 1 :: width])]
    seconds = " ".join(f"{(after - before) / width:.2f}" for before, after in itertools.pairwise(marks))
    most: dict[int, float] = {}
    for look in (one for one in run.looks if one.done < len(run.outcomes)):
        largest = max((one.memory for one in look.uses), default=0)
        most[look.done // width] = max(most.get(look.done // width, 0), largest)
    print(f"By {width}: wall seconds a project {seconds}; MB of the largest process",
          *(f"{most[part]:,.0f}" for part in sorted(most)))  # fmt: skip


def left(run: Run, early: Window) -> list[str]:
    """Give what is still there two seconds after the run: processes, temporary files, unfinished reports."""
    time.sleep(2)
    uses = (use(child) for child in psutil.Process().children(recursive=True))
    alive = [f"{one.command} ({one.pid})" for one in uses if one and one.command]
    files = [path for path in run.files() if path not in early.files or path.startswith(str(run.temporary))]
    hidden = [str(path) for path in run.out.iterdir() if path.name.startswith(".")]
    return [f"left: {one}" for one in (*alive, *files, *hidden)]


def main(count: int, formats: str, folder: Path) -> int:
    """Do it all; give the exit code."""
    width, code = count // 10 if count >= 100 else count // 3, code_hash()
    projects = [*WENXIAO, "sample", str(count), "-o", str(folder / "params")]
    subprocess.run(projects, check=True, capture_output=True)
    with tempfile.TemporaryDirectory(prefix="wt") as name:  # short: sockets stand in it
        run = Run(Path(name), folder / "params", folder / "reports", formats)
        seconds = run.go()
        print(
            f"`wenxiao run -j {JOBS} --to {formats}`, {count:,} projects in {seconds:.0f} s: {run.statuses()}."
        )
        course(run, width)
        wrong = [] if run.statuses() == {"done": count} else ["not all were made"]
        at, last = range(width // 2 + 1, width + width // 2 + 1), range(count - width + 1, count - JOBS + 1)
        early, late = (Window(run.looks, part, run.process.pid) for part in (at, last))
        print(f"Below: projects {at[0]} to {at[-1]} → {last[0]} to {last[-1]}.\n")
        wrong += compared(early, late, count >= JUDGED_FROM) + left(run, early)
        again = Run(Path(name), run.params, run.out, formats)
        seconds = again.go()
        print(f"Run again: {seconds:.1f} s, {again.statuses()}.")
        wrong += [] if again.statuses() == {"current": count} else ["not all are up to date"]
        code_hash.cache_clear()
        wrong += [] if code_hash() == code else ["code was edited meanwhile: this proves nothing"]
    said = [*wrong[:MOST_SAID], *([f"{len(wrong) - MOST_SAID} more"] if len(wrong) > MOST_SAID else [])]
    print("grown or left:", "; ".join(said) or "nothing")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="does a long batch grow?")
    parser.add_argument("count", nargs="?", type=int, default=1000, metavar="N", help="projects, at least 30")
    parser.add_argument("--to", default="html,pdf")
    parser.add_argument("--keep", type=Path, help="a new folder for params and reports")
    given = parser.parse_args()
    if given.count < 30:
        parser.error("fewer than 30 projects have no two windows")
    if given.keep and given.keep.exists():
        parser.error(f"{given.keep} is there already")
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphans come to this process, and are seen
    with tempfile.TemporaryDirectory() as name:
        code = main(given.count, given.to, given.keep or Path(name))
    sys.exit(code)
