"""What a zygote does before it serves: import what a report's kernel needs, make one report for practice, be a kernel once.

Kept out is whatever asks, while it is imported, for the kernel it runs in (pyplot and its inline backend): imported
too early it would get another answer than in an ordinary kernel, and show no pictures. And whatever starts threads.
"""

import ast
import builtins
import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from ipykernel.iostream import OutStream

from wenxiao.running.places import STARTER, TEMPLATE, starter_file
from wenxiao.running.warm.child import STREAMS

ONE_THREAD: Final = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Read when numpy is loaded; its helper threads would not survive a fork."""
NEEDED: Final = ("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell", "matplotlib", "resource")
ASKS_FOR_A_KERNEL: Final = ("matplotlib.pyplot", "matplotlib_inline", "pylab")
PATIENCE: Final = 20
"""Seconds the rehearsal may take."""


class ThreadsError(RuntimeError):
    """An import started threads, which a fork would not have."""


def preload(libraries: Iterable[str]) -> None:
    """Import and rehearse everything; leave one thread, the environment and Python's switches as they were.

    ``libraries`` are those that a notebook may import besides what a report needs.
    """
    with _environment(ONE_THREAD | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}):
        with _as_in_a_kernel():  # pandas asks at import how wide tables may be, and in which encoding
            for name in libraries:
                _import(name)
        for name in NEEDED:
            importlib.import_module(name)
        _practise()
        _be_alone()
        for name in _rehearse():
            _import(name)
    _be_alone()
    gc.collect()
    gc.freeze()  # what is here now is never looked at again by a child's collector, so its pages stay shared


def _import(name: str) -> None:
    with contextlib.suppress(Exception):  # a kernel that needs it will say so itself
        importlib.import_module(name)


@contextlib.contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """Set what is not set yet, for a while; what an import sets stays, as it would in any kernel."""
    missing = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]


@contextlib.contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Answer as a kernel would to a library that asks where it is: by ``get_ipython`` among the builtins, by stdout."""
    names: Any = builtins
    names.get_ipython = lambda: SimpleNamespace(kernel=None)
    stdout: Any = SimpleNamespace(encoding=OutStream.encoding)
    try:
        with contextlib.redirect_stdout(stdout):
            yield
    finally:
        del names.get_ipython


def _be_alone(seconds: float = 2) -> None:
    """Wait for threads that are about to end (matplotlib's timer while it builds its font list).

    Raises:
        ThreadsError: when some stay.
    """
    end = time.monotonic() + seconds
    while len(list(Path("/proc/self/task").iterdir())) > 1:
        if time.monotonic() > end:
            raise ThreadsError("more than one thread before the first fork")
        time.sleep(0.01)


def _cells() -> list[str]:
    """Give the template's code, with the built-in example as its project."""
    cells = json.loads(starter_file(TEMPLATE, "notebooks").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    example = f"params_file = {str(STARTER / 'example.yaml')!r}\noverrides = {{}}"
    tagged = ["parameters" in cell["metadata"].get("tags", ()) for cell in code]
    return [
        example if is_parameters else "".join(cell["source"])
        for cell, is_parameters in zip(code, tagged, strict=True)
    ]


def _rehearse() -> list[str]:
    """Be a kernel in a throw-away child; give the modules which that needed besides."""
    before = set(sys.modules)
    reader, writer = os.pipe()
    with tempfile.TemporaryDirectory(prefix="wx-") as folder:
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            try:
                _run_a_kernel(folder)
                os.write(writer, "\n".join(sorted(set(sys.modules) - before)).encode())
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as answer:
            names = answer.read().split()
        os.waitpid(child, 0)
    return [name for name in names if name != "__main__" and not name.startswith(ASKS_FOR_A_KERNEL)]


def _run_a_kernel(folder: str) -> None:
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.initialize(
        ["-f", f"{folder}/k.json", "--transport=ipc", f"--ip={folder}/k", f"--ipython-dir={folder}",
         "--HistoryManager.hist_file=:memory:", "--log-level=CRITICAL", f"--IPKernelApp.outstream_class={STREAMS}"]
    )  # fmt: skip
    app.shell.run_cell("import wenxiao")
    app.shell.run_cell("'shown'")


def _practise() -> None:
    """Make the example's report here as well, which fills the libraries' own stores; then take back what shows."""
    import matplotlib
    from matplotlib import font_manager

    manager: Any = font_manager.fontManager
    fonts = list(manager.ttflist)
    with matplotlib.rc_context():
        names: dict[str, Any] = {}
        for source in _cells():
            _run(source, names)
    manager.ttflist[:] = fonts  # a template registers them itself, and any other notebook has none of them
    manager._findfont_cached.cache_clear()


def _run(source: str, names: dict[str, Any]) -> None:
    """Run one cell, and draw what its last line gives as a notebook would."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    if isinstance(last, ast.Expr):
        eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)._repr_mimebundle_()
