"""Who does the work: processes of this machine, or the workers of a Dask cluster, behind one interface.

errors    what can go wrong with workers
parcel    a job with the client's files in it, for a machine that does not see them
cluster   ``concurrent.futures.Executor`` over an existing Dask cluster
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import BaseContext

from wenxiao.running.executors.cluster import ClusterExecutor, connect
from wenxiao.running.executors.errors import ClusterError, NoClusterError, UnlikeWorkerError, WorkerLostError
from wenxiao.running.executors.parcel import Parcel, pack, unpack

__all__ = [
    "ClusterError",
    "ClusterExecutor",
    "NoClusterError",
    "Parcel",
    "UnlikeWorkerError",
    "WorkerLostError",
    "executor_for",
    "nothing",
    "pack",
    "unpack",
]


def nothing() -> None:
    """Do nothing before the first job."""


@contextlib.contextmanager
def executor_for(
    scheduler: str | None, workers: int, begin: Callable[[], None] = nothing, ready: bool = True
) -> Iterator[Executor]:
    """Give ``workers`` processes of this machine, or the cluster at ``scheduler`` (``tcp://host:8786``).

    A process of this machine calls ``begin`` before its first job. ``ready``: on Linux it is forked from one that has
    imported all a report needs; otherwise it imports that itself, if its jobs turn out to need it.

    Both take ``submit(function, job)`` with a function ``Job → Outcome`` such as ``run_project``. Left with an
    exception (Ctrl-C), nothing more is begun and nothing is waited for: local processes are killed, workers of a
    cluster end the projects they are at.

    Raises:
        NoClusterError: the package for clusters is not installed, the scheduler does not answer, or has no workers.
    """
    with _processes(workers, begin, ready) if scheduler is None else _cluster(scheduler) as pool:
        yield pool


def _context(ready: bool) -> BaseContext:
    """Give the way to start processes: forked from a server of one thread, where that is safe."""
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["__main__", "wenxiao.running.worker" if ready else "wenxiao.running.project"]
    )
    return context


def _begin(environment: Mapping[str, str], begin: Callable[[], None]) -> None:
    # Ctrl-C in a terminal reaches all its processes; what becomes of them is for their parent to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(environment)  # a server's is that of its first batch
    tempfile.tempdir = None
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    """A parent that is killed can't tell its workers, who would wait for jobs for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _processes(workers: int, begin: Callable[[], None], ready: bool) -> Iterator[Executor]:
    arguments = (dict(os.environ), begin)
    with ProcessPoolExecutor(workers, _context(ready), _begin, arguments) as pool:
        try:
            yield pool
        except BaseException:
            for child in multiprocessing.active_children():
                child.kill()
            pool.shutdown(cancel_futures=True)
            raise


@contextlib.contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    client = connect(scheduler)
    try:
        pool = ClusterExecutor(client)
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        pool.shutdown()
    finally:
        client.close()
