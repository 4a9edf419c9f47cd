"""How fast ``wenxiao check`` is: many different params files, one process. Prints ratios; judges nothing.

The files are the real ones of params/, each time with another project, other amounts and other actuals (seeded).
"""

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def varied(text: str, number: int, chance: random.Random) -> str:
    """Give a params file with another name, and every amount scaled alike so that its sums still hold."""
    factor = chance.randint(2, 999)  # a whole number: no amount becomes finer than a cent
    text = re.sub(r"(project: \{name: |  name: )", rf"\g<1>{number}号", text, count=1)
    return re.sub(
        r"((?:original|adjusted|outturn|received|amount): )(\d+(?:\.\d+)?)",
        lambda found: f"{found[1]}{Decimal(found[2]) * factor:f}",
        text,
    )


def write(folder: Path, count: int) -> None:
    """Write ``count`` params files below ``folder``."""
    chance = random.Random(2020)
    sources = sorted((ROOT / "params").rglob("*.yaml"))
    for number in range(count):
        source = sources[number % len(sources)]
        target = folder / source.parent.name / f"{source.stem}-{number:05}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(varied(source.read_text(encoding="utf-8"), number, chance), encoding="utf-8")


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("counts", nargs="*", type=int, default=[100, 1000])
    print(
        f"{'files':>6} {'seconds':>8} {'CPU s':>7} {'files/s':>8} {'MB':>6}   (check --json, one process on one core)"
    )
    for count in parser.parse_args().counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, count)
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [sys.executable, "-m", "wenxiao", "check", "--json", str(folder)]
            pin = (lambda: os.sched_setaffinity(0, {0})) if hasattr(os, "sched_setaffinity") else None
            done = subprocess.run(command, capture_output=True, preexec_fn=pin, check=False)
            seconds = time.perf_counter() - began
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if done.returncode == 2:
                raise SystemExit("a file could not be loaded: run `wenxiao check` on what write() makes")
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{count:>6} {seconds:>8.2f} {cpu:>7.2f} {count / seconds:>8.0f} {after.ru_maxrss / 1024:>6.0f}"
            )


if __name__ == "__main__":
    main()
