"""A report without a kernel: what the template's cells show, called one after the other.

Nothing of the template is executed: a cell is ``wx.<part>(evaluation)``, and the part is a function of `wenxiao.report`.
"""

import ast
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from wenxiao.evaluation import Evaluation
from wenxiao.rendering import RenderingError
from wenxiao.rendering.tree import HIDDEN, Report, read_notebook

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_NAME: Final = "self_evaluation.ipynb"


def report_of(evaluation: Evaluation, template: Path | None = None) -> Report:
    """Give the report of an evaluation by a template, the package's own where none is named.

    Raises:
        RenderingError: a cell does something else than to show a part of the report.
    """
    from nbformat import v4

    from wenxiao import report

    made: Any = v4
    nb = made.new_notebook(metadata={"title": evaluation.title})
    for kind, source in _cells(template or own_template()):
        if kind == "markdown":
            nb.cells.append(made.new_markdown_cell(source))
            continue
        part = getattr(report, source, None)
        if part is None:
            raise RenderingError(f"模板里的 wx.{source} 不是报告的一部分。")
        data, metadata = part(evaluation)._repr_mimebundle_()
        output = made.new_output("execute_result", data, metadata=metadata)
        nb.cells.append(made.new_code_cell("", outputs=[output]))
    return read_notebook(nb)


def own_template() -> Path:
    """Give the package's own template: an installed wheel carries it, a checkout has it among its notebooks."""
    carried = _PACKAGE / "starter" / _NAME
    return carried if carried.is_file() else _PACKAGE.parent.parent / "notebooks" / _NAME


@cache
def _cells(template: Path) -> tuple[tuple[str, str], ...]:
    """Give of each cell that shows something its kind, and its Markdown or the part it shows."""
    found = []
    for number, cell in enumerate(json.loads(template.read_bytes())["cells"], 1):
        source = "".join(cell["source"])
        if HIDDEN & set(cell.get("metadata", {}).get("tags", ())):
            continue
        if cell["cell_type"] == "markdown":
            found.append(("markdown", source))
        elif cell["cell_type"] == "code" and (part := _part(source, number)):
            found.append(("part", part))
    return tuple(found)


def _part(source: str, number: int) -> str | None:
    """Give the part that a cell shows, None for one that loads, scores and shows nothing."""
    body = ast.parse(source).body
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return None
    match last.value:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("wx"), attr=part), args=[ast.Name("evaluation")], keywords=[]
        ) if len(body) == 1:
            return part
    raise RenderingError(f"模板第 {number} 格不只是显示报告的一部分，要用内核运行。")
