"""The analysis over all reports: the notebook run once, and its page and PDF put in place whole."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import SpokenError
from wenxiao.portfolio import evaluation_files, write_portfolio
from wenxiao.portfolio.tabular import unreadable_if_current
from wenxiao.running.notebook import ORDINARY, clean, quiet_environment
from wenxiao.running.places import starter_file
from wenxiao.running.storage import store_for
from wenxiao.words import Words

NOTEBOOK: Final = "portfolio.ipynb"
FORMATS: Final = (".html", ".pdf", ".ipynb")
"""What a result may end with."""


class AnalysisError(SpokenError):
    """The analysis did not run through; says which cell and why."""


def notebook_path() -> Path:
    """Give the notebook: that of the workspace in the working folder, else the package's own."""
    own = Path("notebooks") / NOTEBOOK
    return own.resolve() if own.is_file() else starter_file(NOTEBOOK, "notebooks")


def holds_any(reports: Path) -> bool:
    """Tell whether a folder holds a report, or the tables of reports that stand elsewhere."""
    return any(True for _ in evaluation_files(reports)) or any(reports.glob("portfolio-projects.*"))


def refresh(reports: Path) -> bool:
    """Write the portfolio's tables anew where they are not those of the reports; tell whether they were.

    Raises:
        LockedError: a run is at work in ``reports``; it writes them itself at its end.
        OSError: ``reports`` can't be read or written.
    """
    found = list(evaluation_files(reports))
    if not found or unreadable_if_current(reports, found) is not None:
        return False
    with store_for(str(reports)).lock():
        write_portfolio(reports)
    return True


def analyse(
    reports: Path, results: Sequence[Path], parameters: Mapping[str, Any], timeout: float = 600
) -> None:
    """Run the notebook on a folder of reports, and write each result in the format of its ending, all or none.

    ``parameters`` are further ones of the notebook; ``timeout`` is that of one cell, in seconds. The kernel runs in
    ``reports``, so that no path of this machine gets into a result: the same reports give the same bytes.

    Raises:
        AnalysisError: naming the cell and the cause.
        OSError: a result can't be written; none was.
    """
    nb = _executed(notebook_path(), reports, parameters, timeout)
    made = {path: _exported(nb, path.suffix.lower()) for path in results}
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in results}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(made[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _executed(notebook: Path, folder: Path, parameters: Mapping[str, Any], timeout: float) -> Any:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import execute_notebook

    from wenxiao.running.warm.client import ReportKernelManager

    given = {name: value for name, value in parameters.items() if value is not None} | {"reports": "."}
    try:
        with quiet_environment():
            nb = execute_notebook(
                str(notebook), None, given, kernel_name=ORDINARY, cwd=str(folder), progress_bar=False, execution_timeout=int(timeout),
                kernel_manager_class=ReportKernelManager.counting(),
            )  # fmt: skip
    except PapermillExecutionError as error:
        line = next((line.strip() for line in error.source.splitlines() if line.strip()), "")
        said = f"`{line}`：{error.ename}: {error.evalue}"
        raise AnalysisError(
            Words(f"第 {error.cell_index} 格 {said}", f"Cell {error.cell_index} {said}")
        ) from error
    except CellTimeoutError as error:
        raise AnalysisError(
            Words(f"一格超过了 {timeout:.0f} 秒。", f"A cell took more than {timeout:.0f} seconds.")
        ) from error
    except (DeadKernelError, RuntimeError) as error:
        raise AnalysisError(
            Words(f"内核没有启动或意外退出：{error}", f"The kernel did not start or died: {error}")
        ) from error
    return clean(nb)


def _exported(nb: Any, ending: str) -> bytes:
    if ending == ".ipynb":
        import nbformat

        return (nbformat.writes(nb) + "\n").encode()
    if ending == ".pdf":
        from wenxiao.rendering.pdf import WenxiaoPDFExporter

        return bytes(WenxiaoPDFExporter().from_notebook_node(nb)[0])
    from wenxiao.rendering.html import WenxiaoHTMLExporter

    return str(WenxiaoHTMLExporter().from_notebook_node(nb)[0]).encode()
