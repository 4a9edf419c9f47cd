"""Working copies: a notebook to explore in, with paths that hold where it stands and the kernel 问效.

The template and the portfolio notebook are under version control; what is tried and computed in JupyterLab belongs
into a copy. A copy stands in the folder ``working`` of the workspace and says ``../params/…``: a notebook's kernel
works in the notebook's folder, in JupyterLab as elsewhere.
"""

import ast
import copy
import json
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.running.places import TEMPLATE

FOLDER: Final = "working"
KERNEL: Final = {"name": "wenxiao", "display_name": "问效", "language": "python"}


@dataclass(frozen=True)
class Kind:
    """A notebook that can be copied: its file in ``notebooks``, the parameter that holds a path, the copy's name."""

    file: str
    parameter: str
    name: str


KINDS: Final = {
    "self_evaluation": Kind(TEMPLATE, "params_file", "自评"),
    "portfolio": Kind("portfolio.ipynb", "reports", "项目组合分析"),
}


def copy_name(kind: Kind, params: str = "", number: int = 0) -> str:
    """Give the file name of a copy; ``params`` is the params file it was asked for, below the folder ``params``.

    >>> copy_name(KINDS["self_evaluation"], "2021/roads.yaml")
    '自评-2021-roads.ipynb'
    >>> copy_name(KINDS["self_evaluation"], number=1)
    '自评-1.ipynb'
    """
    stem = params.rpartition(".")[0].replace("/", "-") if params else ""
    return "-".join(filter(None, (kind.name, stem, str(number or "")))) + ".ipynb"


def parameter(notebook: dict[str, Any], name: str) -> str | None:
    """Give the text that a notebook's cell tagged ``parameters`` assigns to ``name``; None where it does not."""
    found = _assignment(notebook, name)
    return None if found is None else str(found[1].value)


def working_copy(notebook: dict[str, Any], name: str, value: str, kernel: bool = True) -> dict[str, Any]:
    """Give a copy that assigns ``value`` to the parameter ``name``: without outputs, for the kernel 问效 where it exists.

    Raises:
        LookupError: no cell tagged ``parameters`` assigns a text to ``name``.
    """
    made = copy.deepcopy(notebook)
    found = _assignment(made, name)
    if found is None:
        raise LookupError(name)
    cell, old = found
    lines = _source(cell).encode().splitlines(keepends=True)
    first, last = old.lineno - 1, (old.end_lineno or old.lineno) - 1
    head, tail = lines[first][: old.col_offset], lines[last][old.end_col_offset :]
    lines[first : last + 1] = [head + json.dumps(value, ensure_ascii=False).encode() + tail]
    cell["source"] = b"".join(lines).decode()
    for one in made["cells"]:
        if one["cell_type"] == "code":
            one["outputs"], one["execution_count"] = [], None
    if kernel:
        made["metadata"]["kernelspec"] = dict(KERNEL)
    return made


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _assignment(notebook: dict[str, Any], name: str) -> tuple[dict[str, Any], ast.Constant] | None:
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            try:
                tree = ast.parse(_source(cell))
            except SyntaxError:
                continue
            for node in tree.body:
                match node:
                    case ast.Assign(targets=[ast.Name(id=said)], value=ast.Constant(value=str()) as value):
                        if said == name:
                            return cell, value
    return None
