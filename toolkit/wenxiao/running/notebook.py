"""Run the template once with papermill, and take everything out of the result that differs between two runs."""

import ast
import json
import sys
import time
from contextlib import AbstractContextManager
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import WenxiaoError
from wenxiao.running.surroundings import environment

WARM, ORDINARY = "wenxiao", "python3"
PARAMS: Final = "params.yaml"


class ExecutionError(WenxiaoError):
    """The notebook did not run through; says which cell and why."""


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

    ``timeout`` is the deadline of the whole run in seconds: a cell may take what is left of it. ``kernel`` is any name
    jupyter_client knows (default: see ``kernel_name``); the notebook comes out the same. A kernel that does not come
    up is tried once more, as an ordinary one; what a cell does is never repeated.

    Raises:
        ExecutionError: naming the cell and the cause.
    """
    deadline = time.monotonic() + timeout
    try:
        try:
            return clean(_run(template, folder, deadline, kernel or kernel_name()))
        except StartupError:
            return clean(_run(template, folder, deadline, ORDINARY))
    except LateError as late:
        raise ExecutionError(f"超过时限 {timeout:.0f} 秒：{late}") from late


class StartupError(ExecutionError):
    """The kernel did not come up; no cell has run."""


class LateError(ExecutionError):
    """A cell was still running at the deadline."""


def _run(template: Path, folder: Path, deadline: float, kernel: str) -> Any:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import raise_for_execution_errors
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook
    from traitlets.config import Config

    from wenxiao.running.engine import ReportEngine
    from wenxiao.running.warm.client import MOST_OUTPUT, ReportKernelManager

    manager = ReportKernelManager.counting()

    cells = [""]

    def left(cell: Any = None) -> int:
        cells.append(_first_line(cell.source) if cell is not None else "")
        return max(1, int(deadline - time.monotonic()))

    source = load_notebook_node(str(template))
    nb = parameterize_notebook(source, {"params_file": PARAMS}, kernel_name=kernel)
    try:
        with quiet_environment():
            nb = ReportEngine.execute_notebook(
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
        raise_for_execution_errors(nb, None)
        return nb
    except PapermillExecutionError as error:  # its index counts the injected cell, and from 0
        raise ExecutionError(
            f"第 {error.cell_index} 格 `{_first_line(error.source)}`：{error.ename}: {error.evalue}"
        ) from error
    except CellTimeoutError as error:
        raise LateError(f"停在 `{cells[-1]}`") from error
    except DeadKernelError as error:
        if manager.overflows:
            raise ExecutionError(f"输出超过 {MOST_OUTPUT // 2**20} MB，已停止。") from error
        raise ExecutionError(f"内核意外退出，停在 `{cells[-1]}`。") from error
    except RuntimeError as error:  # what jupyter_client says of a kernel that never answered
        raise StartupError(f"内核没有启动：{error}") from error


def _first_line(source: str) -> str:
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def clean(nb: Any) -> Any:
    """Take out times, paths, random ids and versions: the same facts give the same notebook, byte for byte."""
    nb.metadata.pop("papermill", None)
    nb.metadata["language_info"] = {"name": "python"}
    for i, cell in enumerate(nb.cells, 1):
        cell["id"] = f"cell-{i:02}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not (o.output_type == "stream" and o.name == "stderr")]
    return nb
