"""What keeps a process that makes thousands of reports as large as after its first hundred.

The C library of most Linux systems keeps freed memory for later; after pages set by Typst it is in pieces that fit
nothing else, and more each time: 60 MB after a thousand documents, none of it in use.
"""

import itertools
from collections.abc import Callable
from functools import cache
from typing import Any, Final

EVERY: Final = 16
"""Reports between two returns of memory: some 25 ms of CPU each, a few thousandths of what the reports take."""
_made = itertools.count(1)


@cache
def _trim() -> Callable[[int], Any]:
    """Give the C library's function that returns free pages to the system, or what does nothing where there is none."""
    import ctypes

    try:
        trim: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
    except (
        AttributeError,
        OSError,
        TypeError,
    ):  # musl and macOS have none; Windows knows no library without a name
        return lambda kept: 0
    return trim


def give_back() -> None:
    """Return free memory to the system, once in so many reports."""
    if next(_made) % EVERY == 0:
        _trim()(0)
