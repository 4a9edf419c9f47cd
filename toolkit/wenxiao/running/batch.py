"""Many projects: processes, never threads (papermill changes the working folder); a failure never stops the others."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from wenxiao.running.project import Job, Outcome, run_project


def run_jobs(jobs: Iterable[Job], workers: int, tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Run all jobs in ``workers`` spawned processes; ``tell`` hears each outcome as it comes."""
    waiting = list(jobs)
    outcomes: list[Outcome] = []
    with _pool(min(workers, len(waiting))) as pool:
        futures = {pool.submit(run_project, job): job for job in waiting}
        for future in as_completed(futures):
            try:
                outcome = future.result()
            except BrokenProcessPool:
                outcome = Outcome(
                    Path(futures[future].params).stem, "failed", 0, "工作进程意外退出（可能内存不足）。"
                )
            outcomes.append(outcome)
            tell(outcome)
    return outcomes


def _pool(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def write_log(out: Path, outcomes: Iterable[Outcome]) -> None:
    """Write run.jsonl, one line per project, in one go."""
    out.mkdir(parents=True, exist_ok=True)
    part = out / f".run.jsonl.{os.getpid()}"
    part.write_text(
        "".join(o.line() + "\n" for o in sorted(outcomes, key=lambda o: o.stem)), encoding="utf-8"
    )
    part.replace(out / "run.jsonl")
