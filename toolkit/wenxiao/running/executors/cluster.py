"""The workers of an existing Dask cluster (``dask scheduler``, ``dask worker``) as an Executor for jobs.

Dask itself sends a task on when its worker dies, up to the scheduler's ``allowed-failures``, and counts tasks that
were only waiting on that worker too. Here each project tells when it is begun: what dies with its worker twice is
reported, what was never begun, or once, is sent again. Only as many parcels are under way as keep the workers busy;
the others wait here as jobs, so that a hundred thousand of them cost the scheduler nothing.
"""

import contextlib
import importlib
import tempfile
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, InvalidStateError, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import WenxiaoError, shown_path
from wenxiao.running.executors.errors import NoClusterError, WorkerLostError
from wenxiao.running.executors.parcel import Parcel, pack, unpack
from wenxiao.running.project import Job, Outcome
from wenxiao.words import Words

PATIENCE: Final = 10
"""Seconds a scheduler may take to answer, and its first worker to be there."""
LOOK: Final = 2
"""Seconds between two looks at how many workers there are."""
DESERTED: Final = 60
"""Seconds without any worker, or without the scheduler, after which what is left is given up."""
AHEAD: Final = 2
"""Parcels under way for each thread of a worker: the one in hand and the next."""
RUNS: Final = 2
"""How often a project is begun before it is reported."""

Work = Callable[[Job], Outcome]


def connect(address: str) -> Any:
    """Give a Dask client of a running scheduler that has workers.

    Raises:
        NoClusterError: the package is missing, nobody answers at the address, or there are no workers.
    """
    try:
        distributed = importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        raise NoClusterError(_NO_PACKAGE) from error
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise NoClusterError(_NO_ANSWER.filled(address=address, seconds=PATIENCE)) from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        client.close()
        raise NoClusterError(_NO_WORKERS.filled(address=address)) from error
    return client


@dataclass(eq=False)
class Task:
    """A job under way: how often it was sent and begun, and what its caller holds."""

    key: str
    work: Work
    job: Job
    future: "Future[Outcome]"
    sent: int = 0
    begun: int = 0
    far: Any = None


class ClusterExecutor(Executor):
    """Runs functions ``Job → Outcome`` on a Dask cluster; a lost worker's project is begun once more, then reported.

    A future's exception is WorkerLostError, UnlikeWorkerError, NoClusterError, or what the function itself raised.
    """

    def __init__(self, client: Any):
        self._client = client
        self._topic = f"wenxiao-{uuid.uuid4().hex}"
        self._lock = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._flying: dict[str, Task] = {}
        self._room = AHEAD
        self._end = threading.Event()
        self._broken: NoClusterError | None = None
        client.subscribe_topic(self._topic, self._begun)
        self._watch = threading.Thread(target=self._watching, name="wenxiao-cluster", daemon=True)
        self._look()
        self._watch.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Have ``fn(job)`` done on some worker; ``fn`` is importable there and takes one Job."""
        (job,) = args
        if kwargs or not isinstance(job, Job):
            raise TypeError("a cluster takes functions of one Job")
        if self._end.is_set():
            raise RuntimeError("cannot schedule new futures after shutdown")
        task = Task(uuid.uuid4().hex, fn, job, Future())
        with self._lock:
            self._waiting.append(task)
        self._fill()
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more; ``cancel_futures`` gives up what is not done. Without it all is waited for, as ever."""
        if cancel_futures:
            self._give_up(None)
        if wait:
            self._wait()
        self._end.set()

    def _wait(self) -> None:
        with self._lock:
            left = [task.future for task in (*self._waiting, *self._flying.values())]
        wait(left)

    def _fill(self) -> None:
        """Send what there is room for."""
        while task := self._next():
            if task.future.set_running_or_notify_cancel():
                self._send(task)
            else:
                self._landed(task)

    def _next(self) -> Task | None:
        with self._lock:
            if not self._waiting or len(self._flying) >= self._room:
                return None
            task = self._waiting.popleft()
            self._flying[task.key] = task
            return task

    def _send(self, task: Task) -> None:
        if self._broken:
            self._fail(task, self._broken)
            return
        try:
            parcel = pack(task.job)
        except (OSError, WenxiaoError):  # run here, it says in full what is wrong with its files
            self._finish(task, task.work(task.job))
            return
        task.sent += 1
        key, sign = f"wenxiao-{task.key}-{task.sent}", (self._topic, task.key)
        try:
            task.far = self._client.submit(run_parcel, task.work, parcel, sign, key=key, pure=False)
        except Exception:  # the client has closed itself, because it lost the scheduler
            self._fail(task, NoClusterError(_GONE))
            return
        task.far.add_done_callback(lambda far: self._heard(task, far))

    def _begun(self, event: Any) -> None:
        """Count a beginning; called by Dask's own loop, so nothing here may wait."""
        task = self._flying.get(event[1])
        if task:
            task.begun += 1
            if task.begun > RUNS:
                self._fail(task, WorkerLostError(_LOST))

    def _heard(self, task: Task, far: Any) -> None:
        """Take what came of a task: a result, an error of its own, or the news that its workers died."""
        if far is not task.far or task.future.done():
            return
        if far.status == "finished":
            self._result(task, far)
        elif far.status == "error":
            self._error(task, far.exception())
        else:
            self._fail(task, self._broken or NoClusterError(_GONE))
        self._fill()

    def _result(self, task: Task, far: Any) -> None:
        try:
            outcome = far.result()
        except Exception as error:  # the worker died after the work was done
            self._error(task, error)
        else:
            self._finish(task, outcome)

    def _error(self, task: Task, error: BaseException) -> None:
        if type(error).__name__ != "KilledWorker":
            self._fail(task, error)
        elif (
            task.begun < RUNS and task.sent <= RUNS
        ):  # it was only waiting when a neighbour killed the worker
            self._send(task)
        else:
            self._fail(task, WorkerLostError(_LOST))

    def _finish(self, task: Task, outcome: Outcome) -> None:
        self._landed(task)
        with contextlib.suppress(InvalidStateError):  # another thread was first
            task.future.set_result(outcome)

    def _fail(self, task: Task, error: BaseException) -> None:
        self._landed(task)
        with contextlib.suppress(InvalidStateError):
            task.future.set_exception(error)

    def _landed(self, task: Task) -> None:
        with self._lock:
            self._flying.pop(task.key, None)
        far, task.far = task.far, None
        if far is not None:
            far.release()

    def _watching(self) -> None:
        """Look after the room for parcels, and for the day when nobody is there any more."""
        last = time.monotonic()
        while not self._end.wait(LOOK):
            if self._look():
                last = time.monotonic()
            elif time.monotonic() - last > DESERTED:
                self._give_up(NoClusterError(_GONE))
            self._fill()

    def _look(self) -> int:
        """Give how many threads all workers have; 0 as well when the scheduler does not say."""
        try:
            threads = sum(self._client.nthreads().values())
        except Exception:
            return 0
        self._room = AHEAD * max(1, threads)
        return int(threads)

    def _give_up(self, error: NoClusterError | None) -> None:
        """Fail all that is not done with ``error``; without one, cancel it."""
        self._broken = error or self._broken
        with self._lock:
            waiting, flying = list(self._waiting), list(self._flying.values())
            self._waiting.clear()
        for task in waiting:
            if error is None:
                task.future.cancel()
            elif task.future.set_running_or_notify_cancel():
                task.future.set_exception(error)
        for task in flying:
            self._fail(task, error or NoClusterError(_STOPPED))


_ONE_AT_A_TIME: Final = threading.Lock()
"""papermill changes the working folder, which all threads of a worker share."""


def run_parcel(work: Work, parcel: Parcel, sign: tuple[str, str]) -> Outcome:
    """On the worker: unpack, tell that it is begun, run; messages name the client's file, not the unpacked one."""
    worker = importlib.import_module("distributed").get_worker()
    # Dask clears the folders of workers that were killed.
    home = worker.local_directory
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="wx-job-", dir=home) as folder:
        worker.log_event(*sign)
        job = unpack(parcel, Path(folder))
        outcome = work(job)
        if outcome.error is None:
            return outcome
        shown = shown_path(Path(job.params))
        return replace(outcome, error=outcome.error.replace(shown, parcel.params_shown))


_NO_PACKAGE: Final = Words(
    "这里没有安装 --scheduler 需要的组件。请运行 pip install 'wenxiao[cluster]'。",
    "What --scheduler needs is not installed here. Run pip install 'wenxiao[cluster]'.",
)
_NO_ANSWER: Final = Words(
    "{address} 在 {seconds} 秒内没有应答。请检查地址（例如 tcp://10.0.0.5:8786），并用 dask scheduler 启动调度器。",
    "{address} did not answer within {seconds} s. Check the address (for example tcp://10.0.0.5:8786), and start the scheduler with dask scheduler.",
)
_NO_WORKERS: Final = Words(
    "{address} 上没有工作进程。请在各台机器上运行 dask worker {address} --nthreads 1 --nworkers auto。",
    "{address} has no workers. Run dask worker {address} --nthreads 1 --nworkers auto on each machine.",
)
_GONE: Final = Words(
    "调度器或所有工作进程已失去联系。请检查后再运行一次：已完成的会跳过。",
    "The scheduler or all of its workers are out of reach. See to them and run again: what is done is skipped.",
)
_LOST: Final = Words(
    "做这个项目时工作进程两次意外退出（可能内存不足），不再重试。请在本机单独运行它（不带 --scheduler），查看原因。",
    "Its worker ended unexpectedly twice (perhaps out of memory); it is not tried again. Run it alone without --scheduler to see why.",
)
_STOPPED: Final = Words("已中断。", "Stopped.")
