"""Work on many reports at once, its results in the order of the reports: processes of this machine share it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import count
from typing import Final, TypeVar

from wenxiao.errors import SpokenError
from wenxiao.words import Words

FEW: Final = 24
"""As many are done in this process before others are started: they take a second to begin."""
AHEAD: Final = 64
"""Results that may wait for the one before them."""
T = TypeVar("T")
A = TypeVar("A")
R = TypeVar("R")


class CrewError(SpokenError):
    """A process of the crew ended unexpectedly."""


def in_order(
    pool: Executor | None, work: Callable[[A], R], items: Iterable[tuple[T, A | None]]
) -> Iterator[tuple[T, R | None]]:
    """Give each item with what ``work`` made of its argument, None where there was nothing to do.

    Raises:
        CrewError: a process was lost.
    """
    waiting: deque[tuple[T, Future[R] | None]] = deque()
    begun = count(1)
    for item, argument in items:
        if argument is not None and (pool is None or next(begun) <= FEW):
            yield from _drained(waiting)
            yield item, work(argument)
            continue
        waiting.append((item, pool.submit(work, argument) if pool and argument is not None else None))
        yield from _drained(waiting, AHEAD)
    yield from _drained(waiting)


def _drained(waiting: "deque[tuple[T, Future[R] | None]]", most: int = 0) -> Iterator[tuple[T, R | None]]:
    """Give results from the front: those that need no waiting for, and what is more than ``most``."""
    while waiting and (len(waiting) > most or waiting[0][1] is None):
        item, future = waiting.popleft()
        try:
            found = future.result() if future else None
        except BrokenExecutor as error:
            raise CrewError(_LOST) from error
        yield item, found


_LOST: Final = Words(
    "一个工作进程意外退出（可能内存不足）。请再发布一次，用 -j 1 减少同时进行的数量。",
    "A worker process ended unexpectedly (perhaps out of memory). Publish again, with fewer at once: -j 1.",
)
