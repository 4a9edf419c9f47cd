"""Many projects: processes, never threads (a run sets variables of its environment); a failure never stops the others."""

import contextlib
import glob
import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final

from wenxiao.running.executors import ClusterError, executor_for, nothing
from wenxiao.running.notebook import WARM, kernel_name, libraries_for, quiet_environment
from wenxiao.running.project import Job, Outcome, run_project
from wenxiao.running.storage.base import PROVENANCE
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
    """Run all jobs in ``workers`` processes of this machine, or on a Dask cluster; ``tell`` hears each outcome as it comes.

    A worker that dies takes with it what was handed out at that moment: those are run once more, each alone, and what
    kills its worker again is told as failed. Ctrl-C ends all processes at once: what was finished stands.
    """
    waiting = iter(jobs)
    if scheduler:
        _through_cluster(waiting, scheduler, tell)
        return
    first = list(itertools.islice(waiting, workers))
    waiting = itertools.chain(first, waiting)
    with _temporary_home(), _one_zygote(first) as begin:
        pool_of = partial(executor_for, None, begin=begin, ready=not all(map(_was_made, first)))
        while lost := _through_pool(waiting, pool_of, workers, tell):
            for job in lost:
                if _through_pool(iter([job]), pool_of, 1, tell):
                    tell(Outcome(Path(job.params).stem, "failed", 0, _DIED))


def _was_made(job: Job) -> bool:
    """Tell at a glance whether a job may have nothing to do."""
    made = Path(job.out).glob(f"*/{glob.escape(Path(job.params).stem)}/{PROVENANCE}")
    return not job.force and any(made)


@contextlib.contextmanager
def _one_zygote(jobs: Sequence[Job]) -> Iterator[Callable[[], None]]:
    """Give what makes a worker share one zygote with all others of the batch, where there can be any."""
    if sys.platform != "linux" or not jobs or kernel_name() != WARM:
        yield nothing
        return
    from wenxiao.running.warm.owner import Key
    from wenxiao.running.warm.standby import Standby, adopt

    with quiet_environment():
        key = Key.of(sys.executable, os.environ, libraries_for(Path(jobs[0].template)))
    standby = Standby(key)
    try:
        yield partial(adopt, key, standby.control)
    finally:
        standby.let_go()


def _through_pool(
    jobs: Iterator[Job],
    pool_of: Callable[[int], AbstractContextManager[Executor]],
    workers: int,
    tell: Callable[[Outcome], None],
) -> list[Job]:
    """Run jobs until there are none, or until a worker dies; give those lost with it."""
    lost: list[Job] = []
    running: dict[Future[Outcome], Job] = {}

    with pool_of(workers) as pool:

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
