"""Who does the work: processes of this machine, or the workers of a Dask cluster, behind one interface.

errors    what can go wrong with workers
parcel    a job with the client's files in it, for a machine that does not see them
cluster   ``concurrent.futures.Executor`` over an existing Dask cluster
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

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
    "pack",
    "unpack",
]


@contextlib.contextmanager
def executor_for(scheduler: str | None, workers: int) -> Iterator[Executor]:
    """Give ``workers`` spawned processes, or the cluster at ``scheduler`` (``tcp://host:8786``).

    Both take ``submit(function, job)`` with a function ``Job → Outcome`` such as ``run_project``. Left with an
    exception (Ctrl-C), nothing more is begun and nothing is waited for: local processes are killed, workers of a
    cluster end the projects they are at.

    Raises:
        NoClusterError: the package for clusters is not installed, the scheduler does not answer, or has no workers.
    """
    with _processes(workers) if scheduler is None else _cluster(scheduler) as pool:
        yield pool


@contextlib.contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    # Ctrl-C in a terminal reaches all its processes; what becomes of them is for this one to decide.
    with ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN)
    ) as pool:
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
