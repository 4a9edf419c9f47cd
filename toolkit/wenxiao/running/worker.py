"""What a worker of a batch has imported before its first project; on Linux one process imports it and forks them all.

Then it stands in memory once, and the collector of no worker looks at it again.
"""

import contextlib
import gc
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

MODULES: Final = (
    "papermill",
    "wenxiao.rendering.html",
    "wenxiao.running.engine",
    "wenxiao.running.project",
    "wenxiao.running.warm.client",
    "wenxiao.running.warm.provisioner",
)
SLOW: Final = "rfc3987_syntax"
"""jsonschema's check of international addresses: builds its grammar at import, for 0.8 s; no notebook needs it."""


@contextlib.contextmanager
def _as_if_not_installed(name: str) -> Iterator[None]:
    modules: dict[str, Any] = sys.modules
    if name in modules:
        yield
        return
    modules[name] = None  # what Python itself takes for "can't be found"
    try:
        yield
    finally:
        del modules[name]


def _prepare() -> None:
    gc.disable()  # there is next to no garbage in imports
    try:
        with _as_if_not_installed(SLOW):
            for name in MODULES:
                import_module(name)
        gc.collect()
        gc.freeze()
    finally:
        gc.enable()


_prepare()
