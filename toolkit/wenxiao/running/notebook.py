"""Run the template once with papermill, and take everything out of the result that differs between two runs."""

import ast
import json
import sys
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import SpokenError
from wenxiao.running.surroundings import environment
from wenxiao.running.templates import Fault, first_line, metadata_of, tags_of, template_text, told
from wenxiao.words import Words

WARM, ORDINARY = "wenxiao", "python3"
PARAMS: Final = "params.yaml"


class ExecutionError(SpokenError):
    """The notebook did not run through, or made no report; says which cell and why."""

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> "ExecutionError":
        """Give one error that tells several faults, in the order of the cells."""
        found = list(faults)
        return cls(Words(told(found, "zh"), told(found, "en")))


def quiet_environment() -> AbstractContextManager[None]:
    """Give the kernel the same settings on every machine, and nothing that speaks of this one."""
    return environment({
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # Sums of floats come out alike on every machine, and in a forked kernel, only when one thread adds them.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    })  # fmt: skip


@cache
def kernel_name() -> str:
    """Give the kernel's name: warm, or ordinary where this package's entry points are not installed."""
    found = entry_points(group="jupyter_client.kernel_provisioners", name="wenxiao-warm")
    return WARM if found else ORDINARY


@cache
def libraries_for(template: Path) -> tuple[str, ...]:
    """Give what the template's kernels should be born with besides a report's needs: nothing, where it imports no more."""
    from wenxiao.running.warm.owner import LIBRARIES

    try:
        cells = json.loads(template.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        nodes = [node for source in code for node in ast.walk(ast.parse(source))]
    except (OSError, ValueError, LookupError, TypeError, SyntaxError):  # no notebook, or one with %magic
        return LIBRARIES
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    names = {module.partition(".")[0] for module in modules}
    return LIBRARIES if names - {"wenxiao"} - sys.stdlib_module_names else ()


def execute(template: Path, folder: Path, timeout: float, kernel: str | None = None) -> Any:
    """Execute the template in ``folder``, which holds ``params.yaml``; give the clean notebook node.

    The template runs in the form of :func:`wenxiao.running.templates.template_text`, whatever its file holds besides.

    ``timeout`` is the deadline of the whole run in seconds: a cell may take what is left of it. ``kernel`` is any name
    jupyter_client knows (default: see ``kernel_name``); the notebook comes out the same. A kernel that does not come
    up is tried once more, as an ordinary one; what a cell does is never repeated.

    Raises:
        ExecutionError: naming the cell and the cause.
    """
    from wenxiao.running.postconditions import ran_faults

    deadline = time.monotonic() + timeout
    try:
        try:
            nb = _run(template, folder, deadline, kernel or kernel_name())
        except StartupError:
            nb = _run(template, folder, deadline, ORDINARY)
    except LateError as late:
        raise ExecutionError(
            Words(
                f"超过时限 {timeout:.0f} 秒：{late}",
                f"It took more than {timeout:.0f} seconds: {late.text('en')}",
            )
        ) from late
    if faults := list(ran_faults(nb)):
        raise ExecutionError.of(faults)
    return clean(nb)


class StartupError(ExecutionError):
    """The kernel did not come up; no cell has run."""


class LateError(ExecutionError):
    """A cell was still running at the deadline."""


def _run(template: Path, folder: Path, deadline: float, kernel: str) -> Any:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import reads
    from papermill.parameterize import parameterize_notebook
    from traitlets.config import Config

    from wenxiao.running.engine import ReportEngine
    from wenxiao.running.warm.client import MOST_OUTPUT, ReportKernelManager

    manager = ReportKernelManager.counting()

    cells = [""]

    def left(cell: Any = None) -> int:
        cells.append(first_line(cell.source) if cell is not None else "")
        return max(1, int(deadline - time.monotonic()))

    read: Any = reads
    source = read(template_text(template.read_bytes()), as_version=4)
    for part in (source, *source.cells):  # what papermill's own reader adds
        part.metadata["papermill"] = {}
    for cell in source.cells:
        cell.metadata.setdefault("tags", [])
    nb = parameterize_notebook(source, {"params_file": PARAMS}, kernel_name=kernel)
    try:
        with quiet_environment():
            return ReportEngine.execute_notebook(
                nb,
                kernel,
                config=Config({"WarmProvisioner": {"libraries": list(libraries_for(template))}}),
                kernel_manager_class=manager,
                shutdown_kernel="immediate",
                resources={"metadata": {"path": str(folder)}},
                progress_bar=False,
                startup_timeout=left(),
                timeout_func=left,
                autosave_cell_every=0,
            )
    except CellTimeoutError as error:
        raise LateError(Words(f"停在 `{cells[-1]}`", f"it stopped at `{cells[-1]}`")) from error
    except DeadKernelError as error:
        if manager.overflows:
            most = MOST_OUTPUT // 2**20
            raise ExecutionError(
                Words(f"输出超过 {most} MB，已停止。", f"Its output passed {most} MB; it was stopped.")
            ) from error
        raise ExecutionError(
            Words(f"内核意外退出，停在 `{cells[-1]}`。", f"The kernel died at `{cells[-1]}`.")
        ) from error
    except RuntimeError as error:  # what jupyter_client says of a kernel that never answered
        raise StartupError(Words(f"内核没有启动：{error}", f"The kernel did not start: {error}")) from error


def clean(nb: Any) -> Any:
    """Take out times, paths, random ids and versions: the same facts give the same notebook, byte for byte."""
    from nbformat import from_dict

    from wenxiao.running.outputs import stable

    nb["metadata"] = from_dict(metadata_of(nb.metadata))
    for i, cell in enumerate(nb.cells, 1):
        cell["id"] = f"cell-{i:02}"
        cell["metadata"] = from_dict({"tags": list(tags_of(cell))})
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not (o.output_type == "stream" and o.name == "stderr")]
            for output in cell.outputs:
                stable(output.get("data", {}))
    return nb
