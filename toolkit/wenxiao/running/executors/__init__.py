"""Who does the work: processes of this machine, or the workers of a Dask cluster, behind one interface.

errors    what can go wrong with workers
parcel    a job with the client's files in it, for a machine that does not see them
cluster   ``concurrent.futures.Executor`` over an existing Dask cluster
"""

import contextlib
import multiprocessing
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
    exception, nothing more is begun.

    Raises:
        NoClusterError: the package for clusters is not installed, the scheduler does not answer, or has no workers.
    """
    with contextlib.ExitStack() as stack:
        if scheduler is None:
            pool: Executor = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
        else:
            client = connect(scheduler)
            stack.callback(client.close)
            pool = ClusterExecutor(client)
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=scheduler is None, cancel_futures=True)
            raise
        pool.shutdown()
