"""Many projects: processes, never threads (papermill changes the working folder); a failure never stops the others."""

import contextlib
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

from wenxiao.running.executors import ClusterError, executor_for
from wenxiao.running.project import Job, Outcome, run_project
from wenxiao.running.storage.holders import lives
from wenxiao.running.surroundings import environment

LOG: Final = "run.jsonl"
_AHEAD: Final = 4
"""Jobs handed out for each worker: enough that none waits, few enough that a batch of 100,000 needs no memory."""
_ON_THE_CLUSTER: Final = 1000
_DIED: Final = "工作进程意外退出（可能内存不足），单独重做一次仍然如此。"


def run_jobs(
    jobs: Iterable[Job], workers: int, tell: Callable[[Outcome], None], scheduler: str | None = None
) -> None:
    """Run all jobs in ``workers`` spawned processes, or on a Dask cluster; ``tell`` hears each outcome as it comes.

    A worker that dies takes with it what was handed out at that moment: those are run once more, each alone, and what
    kills its worker again is told as failed. Ctrl-C ends all processes at once: what was finished stands.
    """
    waiting = iter(jobs)
    if scheduler:
        _through_cluster(waiting, scheduler, tell)
        return
    with _temporary_home():
        while lost := _through_pool(waiting, workers, tell):
            for job in lost:
                if _through_pool(iter([job]), 1, tell):
                    tell(Outcome(Path(job.params).stem, "failed", 0, _DIED))


def _through_pool(jobs: Iterator[Job], workers: int, tell: Callable[[Outcome], None]) -> list[Job]:
    """Run jobs until there are none, or until a worker dies; give those lost with it."""
    lost: list[Job] = []
    running: dict[Future[Outcome], Job] = {}

    with executor_for(None, workers) as pool:

        def hand_out(many: int) -> None:
            for job in itertools.islice(jobs, many):
                running[pool.submit(run_project, job)] = job

        hand_out(workers * _AHEAD)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    lost.append(job)
                else:
                    tell(outcome)
            if not lost:
                hand_out(len(done))
    return lost


def _through_cluster(jobs: Iterator[Job], scheduler: str, tell: Callable[[Outcome], None]) -> None:
    """Run jobs on an existing cluster, which sees to lost workers itself and says so in its errors."""
    running: dict[Future[Outcome], Job] = {}
    with executor_for(scheduler, 0) as pool:
        running.update(
            (pool.submit(run_project, job), job) for job in itertools.islice(jobs, _ON_THE_CLUSTER)
        )
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    tell(future.result())
                except ClusterError as error:
                    tell(Outcome(Path(job.params).stem, "failed", 0, error.text(job.language)))
            running.update((pool.submit(run_project, job), job) for job in itertools.islice(jobs, len(done)))


@contextlib.contextmanager
def _temporary_home() -> Iterator[None]:
    """Let workers and kernels put sockets, connection files and temporary folders into one place that goes with the run.

    What a killed run of this machine left there is taken away too.
    """
    root = Path(tempfile.gettempdir())
    for left in root.glob("wenxiao-*-*"):
        found = re.fullmatch(r"wenxiao-(\d+)-\w+", left.name)
        if found and not lives(int(found[1])):
            shutil.rmtree(left, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix=f"wenxiao-{os.getpid()}-", dir=root))
    try:
        with environment({"TMPDIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "jupyter")}):
            yield
    finally:
        shutil.rmtree(home, ignore_errors=True)
