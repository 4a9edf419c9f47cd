"""papermill's engine for reports: its stock client without what is done here once at the end, or not needed at all.

Left out are the times of each cell, which a report may not hold, and the validation of each output by itself: the
whole notebook is validated when it is written.
"""

from typing import Any

from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError
from nbformat import from_dict
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine

_PLAIN = ("execute_result", "display_data")


class ReportClient(PapermillNotebookClient):
    """Executes the cells in one go of the event loop."""

    def execute(self, **kwargs: Any) -> Any:
        """Execute the notebook in a kernel of its own, up to the first cell that raises."""
        self.reset_execution_trackers()
        with self.setup_kernel(**kwargs):
            self.papermill_execute_cells()
            self.set_widgets_metadata()
        return self.nb

    async def _async_execute_cells(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            try:
                await self.async_execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break

    papermill_execute_cells = run_sync(_async_execute_cells)

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Take up an output; those that replace or redirect others go the long way."""
        kind, content = msg["msg_type"], msg["content"]
        hooked = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if kind not in _PLAIN or display_id or hooked or self.clear_before_next_output:
            return super().output(outs, msg, display_id, cell_index)
        names = ("metadata", "data", "execution_count") if kind == "execute_result" else ("metadata", "data")
        out = from_dict({"output_type": kind, **{name: content[name] for name in names}})
        outs.append(out)
        return out


class ReportEngine(Engine):
    """Runs a parameterised notebook with :class:`ReportClient`; takes that class's options."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Execute the notebook of a papermill execution manager."""
        ReportClient(nb_man, kernel_name=kernel_name, record_timing=False, **options).execute()
