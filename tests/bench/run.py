"""How fast reports are made, as ratios: the same projects and outputs by every way, in one run. Judges nothing.

CPU is user and system time of the way's process and all its children, start-up included; memory is the largest sum of
proportional set sizes (PSS) of the process tree, sampled. ``make bench`` runs this after the speed of ``check``.
``--growth`` measures instead what each further project of a long batch costs, from 200 to 1,000: some fifteen minutes.
"""

import argparse
import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from watching import tree_memory
from ways import WAYS

HERE = Path(__file__).parent
PR_SET_CHILD_SUBREAPER = 36
"""What a process leaves behind becomes ours, and its CPU is counted."""


@dataclass(frozen=True)
class Measured:
    """One way over N projects: seconds of CPU and wall for each project, peak memory in MB."""

    way: str
    count: int
    cpu: float
    wall: float
    memory: float


def watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Keep the largest memory of a process tree while it runs."""
    root = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            peak[0] = max(peak[0], tree_memory(root))
        except psutil.Error:
            return
        time.sleep(0.5)


def reap() -> None:
    """Wait for what is still ending: Python's server that forks workers outlives its owner by a moment."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def measure(way: str, params: Path, count: int) -> Measured:
    """Run one way over the params files of a folder."""
    with tempfile.TemporaryDirectory() as out:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, str(HERE / "ways.py"), way, str(params), out]
        process = subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": str(HERE)}, stderr=subprocess.DEVNULL
        )
        peak = [0.0]
        thread = threading.Thread(target=watch, args=(process, peak), daemon=True)
        thread.start()
        if process.wait():
            raise SystemExit(f"{way} failed")
        wall = time.perf_counter() - began
        thread.join()
        reap()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        made = len(list(Path(out).rglob("*.html")))
        if made != count:
            raise SystemExit(f"{way} made {made} of {count} pages")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(way, count, cpu / count, wall / count, peak[0])


def main() -> None:
    """Measure and print one table, then the ratios."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=8, help="projects for A and C")
    parser.add_argument(
        "--growth", action="store_true", help="only ours, at the least and the most of counts"
    )
    parser.add_argument("counts", nargs="*", type=int, help="24 200; with --growth 200 1000")
    given = parser.parse_args()
    counts = sorted(set(given.counts)) or ([200, 1000] if given.growth else [24, 200])
    if given.growth:
        if len(counts) < 2:
            parser.error("--growth needs two counts")
        growth(measured([(way, n) for n in (counts[0], counts[-1]) for way in ("ours", "ours+pdf")]))
        return
    plan = [("A", given.few), ("C", given.few)]
    plan += [(way, n) for n in counts for way in ("D", "ours", "ours+pdf", "plain") if way != "D" or n <= 200]
    ratios(measured(plan))


def measured(plan: list[tuple[str, int]]) -> list[Measured]:
    """Measure each way over so many projects, and print one table."""
    done: list[Measured] = []
    print(
        f"{'way':<9} {'N':>6} {'CPU s':>7} {'wall s':>7} {'MB':>6}   (each per project; memory of the whole tree)"
    )
    with tempfile.TemporaryDirectory() as name:
        for way, count in plan:
            folder = Path(name) / str(count)
            if not folder.exists():
                sample = [sys.executable, "-m", "wenxiao", "sample", str(count), "-o", str(folder)]
                subprocess.run(sample, check=True, capture_output=True)
            one = measure(way, folder, count)
            done.append(one)
            print(f"{way:<9} {count:>6} {one.cpu:>7.3f} {one.wall:>7.3f} {one.memory:>6.0f}", flush=True)
    return done


def growth(done: list[Measured]) -> None:
    """Print what each project after the first ones costs: the start-up of the batch is in none of them."""
    half = len(done) // 2
    print("\neach further project, and peak memory at both:")
    for few, many in zip(done[:half], done[half:], strict=True):
        more = many.count - few.count
        cpu = (many.cpu * many.count - few.cpu * few.count) / more
        wall = (many.wall * many.count - few.wall * few.count) / more
        said = f"{few.count} to {many.count}"
        print(f"{few.way:<9} {said:>12} {cpu:>7.3f} {wall:>7.3f} {few.memory:>6.0f} → {many.memory:.0f} MB")


def ratios(done: list[Measured]) -> None:
    """Print how many times less the last of our runs costs than the other ways."""
    last = {one.way: one for one in done}
    ours, pdf = last["ours"], last["ours+pdf"]
    print(f"\nours at N = {ours.count}:")
    for way in ("A", "C", "D"):
        print(
            f"  {last[way].cpu / ours.cpu:5.1f}× less CPU and {last[way].wall / ours.wall:5.1f}× less wall than {way}"
        )
    print(f"  {ours.cpu / last['plain'].cpu:5.2f}× the CPU of the plain floor")
    print(f"  PDF adds {pdf.cpu - ours.cpu:.3f} CPU-seconds a project")


assert set(WAYS) >= {"A", "C", "D", "ours", "ours+pdf", "plain"}

if __name__ == "__main__":
    main()
