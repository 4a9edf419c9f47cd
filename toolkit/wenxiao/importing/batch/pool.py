"""Several importing processes; a document that takes too long, or takes its process with it, costs only itself."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from wenxiao.importing.batch.one import Result

_WORKER: Final = "wenxiao.importing.batch.worker"
_START: Final = 60
"""Seconds that a process may take, beyond a document's, until it is ready."""


@dataclass(frozen=True)
class Job:
    """One document to import, and how."""

    source: Path
    rubric: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Done:
    """A document's result and how many seconds it took."""

    job: Job
    result: Result
    seconds: float


def imported(jobs: Iterable[Job], workers: int, deadline: float) -> Iterator[Done]:
    """Give each document's result as it comes; all processes are gone at the end, however it comes."""
    waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[Done | None] = queue.SimpleQueue()
    count = 0
    for job in jobs:
        waiting.put(job)
        count += 1
    hands = [_Hand(waiting, done, deadline) for _ in range(min(workers, count))]
    for hand in hands:
        waiting.put(None)
        hand.start()
    try:
        for _ in range(count):
            one = done.get()
            if one is None:  # pragma: no cover - a fault of this module
                raise RuntimeError("a worker's thread failed")
            yield one
    finally:
        for hand in hands:
            hand.stop()
        for hand in hands:
            hand.join()


class _Hand(threading.Thread):
    """A thread that hands documents to one process, and to a new one when it is gone."""

    def __init__(
        self,
        waiting: "queue.SimpleQueue[Job | None]",
        done: "queue.SimpleQueue[Done | None]",
        deadline: float,
    ):
        super().__init__(daemon=True)
        self._waiting, self._done, self._deadline = waiting, done, deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._late = False

    def run(self) -> None:
        """Hand out documents until there are none."""
        try:
            while not self._stopped and (job := self._waiting.get()) is not None:
                begun = monotonic()
                result = self._import(job)
                self._done.put(Done(job, result, monotonic() - begun))
        except BaseException:
            self._done.put(None)
            raise
        finally:
            self._end()

    def stop(self) -> None:
        """End, at once."""
        self._stopped = True
        self._kill()

    def _import(self, job: Job) -> Result:
        self._late = False
        process = self._process
        if process is None or process.poll() is not None:
            process = self._process = _started()
            self._asked(process, None, _START + self._deadline)
        line = json.dumps({"path": os.fspath(job.source), "rubric": job.rubric, "year": job.year})
        answer = b"" if self._stopped or self._late else self._asked(process, line, self._deadline)
        if answer.endswith(b"\n"):
            return Result.of(json.loads(answer))
        self._kill()
        self._end()
        return Result(refused=self._why(process.returncode))

    def _asked(self, process: "subprocess.Popen[bytes]", line: str | None, seconds: float) -> bytes:
        """Give a process a line, and give its answer; nothing where it takes longer, or ends. A new one answers unasked."""
        if process.stdin is None or process.stdout is None:
            return b""
        alarm = threading.Timer(seconds, self._too_late)
        alarm.daemon = True
        alarm.start()
        try:
            if line is not None:
                process.stdin.write(line.encode() + b"\n")
                process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return b""
        finally:
            alarm.cancel()

    def _why(self, code: int) -> tuple[str, str]:
        if self._late:
            return (
                f"{self._deadline:g} 秒内没有读完，已停止。请只留下自评表，另存后再导入。",
                f"It was not read within {self._deadline:g} s and was stopped. Keep the form only, save it and import that.",
            )
        return (
            f"读它的进程意外退出（{code}）。请用 Word、Excel 或 WPS 打开另存后再导入。",
            f"The process that read it ended unexpectedly ({code}). Open it in Word, Excel or WPS, save it and import that.",
        )

    def _too_late(self) -> None:
        self._late = True
        self._kill()

    def _kill(self) -> None:
        """End the process with all it has started, such as LibreOffice."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            self._kill()
            process.wait()
        self._process = None


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
