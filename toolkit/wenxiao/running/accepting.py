"""Whether a notebook can be a template: everything that can be said before a kernel starts, all faults at once."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import not_opened, shown_path
from wenxiao.running.cells import code_faults, parsed, prose_faults
from wenxiao.running.templates import (
    INJECTED,
    PARAMETERS,
    Fault,
    TemplateError,
    numbered,
    tags_of,
    template_of,
    written,
)
from wenxiao.words import Words

GIVEN: Final = ("params_file", "overrides")
"""What the cell tagged ``parameters`` may assign: nothing else is ever passed."""
NOTEBOOK, SCRIPT = ".ipynb", ".py"


def read_template(path: Path) -> str:
    """Read a notebook, or a script in percent format (with jupytext), and give its text as a template.

    Raises:
        TemplateError: with all its faults.
    """
    file = shown_path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TemplateError(file, [_closed(path, error)]) from None
    try:
        nb = _script(content) if path.suffix == SCRIPT else _notebook(content)
        faults = list(_shape(nb)) or [*_doubled(nb), *_content(nb, path.parent)]
    except _UnfitError as unfit:
        faults = [unfit.fault]
    if faults:
        raise TemplateError(file, faults)
    return written(template_of(nb))


class _UnfitError(Exception):
    def __init__(self, wrong: Words, instead: Words):
        self.fault = Fault(0, wrong, instead)


def _closed(path: Path, error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        wrong = Words("没有这个文件。", "There is no such file.")
    elif path.is_dir():
        wrong = Words("这是文件夹。", "This is a folder.")
    else:
        wrong = not_opened(error)
    instead = "--notebook notebooks/self_evaluation.ipynb"
    return Fault(0, wrong, Words(f"写一个笔记本，如 {instead}。", f"Name a notebook, such as {instead}."))


def _notebook(content: bytes) -> Any:
    try:
        nb = json.loads(content)
    except (ValueError, RecursionError):
        nb = None
    if not isinstance(nb, dict) or not isinstance(nb.get("nbformat"), int):
        raise _UnfitError(
            Words("不是 Jupyter 笔记本。", "This is no Jupyter notebook."),
            Words("写 .ipynb 文件，或百分号格式的 .py 文件。", "Name an .ipynb file, or a .py script in percent format."),
        )  # fmt: skip
    if nb["nbformat"] != 4:
        raise _UnfitError(
            Words(f"笔记本格式是 {nb['nbformat']}，不是 4。", f"Its format is nbformat {nb['nbformat']}, not 4."),
            Words("在 JupyterLab 中打开，另存一次。", "Open it in JupyterLab and save it again."),
        )  # fmt: skip
    return nb


def _script(content: bytes) -> Any:
    try:
        from jupytext import reads  # type: ignore[import-untyped]
    except ImportError:
        raise _UnfitError(
            Words("读 .py 模板要用 jupytext，没有安装。", "To read a .py template jupytext is needed, which isn't installed."),
            Words("安装：pip install jupytext；或者改用 .ipynb。", "Install it: pip install jupytext; or name an .ipynb file."),
        ) from None  # fmt: skip
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _UnfitError(
            Words("不是 UTF-8 文本。", "This is no UTF-8 text."),
            Words("用编辑器另存为 UTF-8。", "Save it as UTF-8."),
        ) from None
    if not any(line.startswith("# %%") for line in text.splitlines()):
        raise _UnfitError(
            Words("没有用 # %% 分格。", "It isn't divided into cells by # %%."),
            Words("每格以 # %% 开头，文字格以 # %% [markdown] 开头。", "Begin each cell with # %%, prose with # %% [markdown]."),
        )  # fmt: skip
    return json.loads(json.dumps(reads(text, "py:percent")))


def _shape(nb: dict[str, Any]) -> Iterator[Fault]:
    """Check that it is valid nbformat 4, as far as a template goes: outputs and ids of an old notebook do not matter."""
    from nbformat.validator import iter_validate

    cells = nb.get("cells")
    if not isinstance(cells, list) or not cells or not isinstance(nb.get("metadata", {}), dict):
        yield Fault(0, Words("笔记本里没有格子。", "The notebook has no cells."), _SAVE)
        return
    for n, cell in enumerate(cells, 1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if kind not in ("code", "markdown", "raw"):
            yield Fault(n, Words("不是笔记本的格子。", "This is no cell of a notebook."), _SAVE)
            continue
        told = f"{kind}_cell"
        looked_at = cell | {"id": f"cell-{n}"} | ({"outputs": []} if kind == "code" else {})
        for error in iter_validate(looked_at, ref=told, version=4, version_minor=5):
            said = " ".join(str(error.message).split())[:120]
            yield Fault(n, Words(f"不合 nbformat 4：{said}。", f"This is not nbformat 4: {said}."), _SAVE)


def _doubled(nb: dict[str, Any]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for n, cell in enumerate(nb["cells"], 1):
        if (name := cell.get("id")) is None:
            continue
        if (before := first.setdefault(str(name), n)) != n:
            wrong = Words(
                f"与第 {before} 格的 id 相同（{name}）。", f"It has the id of cell {before} ({name})."
            )
            yield Fault(n, wrong, Words("删去这一格，重新写一格。", "Delete it and write it anew."))


_SAVE: Final = Words(
    "在 JupyterLab 中打开，改好后另存。", "Open it in JupyterLab, repair it and save it again."
)


def _content(nb: dict[str, Any], folder: Path) -> Iterator[Fault]:
    made = [n for n, cell in enumerate(nb["cells"], 1) if INJECTED in tags_of(cell)]
    if made:
        yield Fault(made[0], *_A_REPORT)
        return
    metadata = nb.get("metadata", {})
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        language = str((metadata.get(key) or {}).get(name) or "python")
        if language.lower() not in ("python", "ipython"):
            yield Fault(
                0,
                Words(f"笔记本的语言是 {language}。", f"The notebook's language is {language}."),
                Words("模板用 Python 写。", "Write a template in Python."),
            )
            break
    yield from _parameters(nb)
    for n, cell in numbered(nb):
        source = _source(cell)
        if cell["cell_type"] == "code":
            yield from code_faults(n, source, tags_of(cell), folder)
        elif cell["cell_type"] == "markdown":
            yield from prose_faults(n, source)


_A_REPORT: Final = (
    Words("这是运行过的报告，不是模板。", "This is a report that was made already, no template."),
    Words("写它的模板；没有的，删去标签为 injected-parameters 的格，清除输出，另存。",
          "Name its template; or delete the cell tagged injected-parameters, clear the outputs and save it under another name."),
)  # fmt: skip
_EXAMPLE: Final = 'params_file = "params/example.yaml"'
_TAG: Final = Words(
    f"给写着 {_EXAMPLE} 的一格加上标签 parameters（JupyterLab 右侧的属性栏）。",
    f"Tag the cell that says {_EXAMPLE} with parameters (property inspector on the right in JupyterLab).",
)


def _parameters(nb: Any) -> Iterator[Fault]:
    """Exactly one cell tagged ``parameters``, which assigns what is passed and nothing else; and it is used."""
    cells = [(n, cell) for n, cell in numbered(nb) if PARAMETERS in tags_of(cell)]
    if not cells:
        yield Fault(0, Words("没有标签为 parameters 的格。", "No cell is tagged parameters."), _TAG)
        return
    (number, cell), *more = cells
    for n, _ in more:
        wrong = Words(f"第 {number} 格已有标签 parameters。", f"Cell {number} is tagged parameters already.")
        yield Fault(n, wrong, Words("只留一格。", "Leave one."))
    if cell["cell_type"] != "code":
        wrong = Words("标签为 parameters 的不是代码格。", "The cell tagged parameters holds no code.")
        yield Fault(number, wrong, _TAG)
        return
    tree = parsed(_source(cell))
    if tree is not None:
        yield from _assigned(number, tree)
    others = [(n, parsed(_source(c))) for n, c in numbered(nb) if c["cell_type"] == "code" and n != number]
    yield from _elsewhere(number, others)


def _assigned(number: int, tree: ast.Module) -> Iterator[Fault]:
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        names = [one.id for one in targets if isinstance(one, ast.Name)]
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and len(names) == len(targets) == 1:
            found[names[0]] = node.value
            if names[0] not in GIVEN:
                wrong = Words(
                    f"这里有 {names[0]}，wenxiao run 不会给它赋值。",
                    f"It has {names[0]}, which wenxiao run does not pass.",
                )
                yield Fault(number, wrong, Words("移到下面一格。", "Move it to the next cell."), node.lineno)  # fmt: skip
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):  # a comment in quotes
            wrong = Words(
                "标签为 parameters 的格只写参数。", "The cell tagged parameters holds parameters only."
            )
            yield Fault(number, wrong, Words("其余的移到下面一格。", "Move the rest to the next cell."), node.lineno)  # fmt: skip
    if "params_file" not in found:
        wrong = Words("没有写 params_file。", "It does not assign params_file.")
        yield Fault(number, wrong, Words(f"写 {_EXAMPLE}。", f"Write {_EXAMPLE}."))
    tried = found.get("overrides")
    if tried is not None and not (isinstance(tried, ast.Dict) and not tried.keys):
        wrong = Words(
            "overrides 不是空的：每份报告都成了试算。",
            "overrides is not empty: every report would be a what-if one.",
        )
        yield Fault(number, wrong, Words("写 overrides = {}。", "Write overrides = {}."), tried.lineno)  # fmt: skip


def _elsewhere(number: int, cells: Iterable[tuple[int, ast.Module | None]]) -> Iterator[Fault]:
    used, all_read = False, True
    for n, tree in cells:
        if tree is None:
            all_read = False
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Name) and node.id == "params_file"):
                continue
            if isinstance(node.ctx, ast.Load):
                used = used or n > number
            else:
                wrong = Words(
                    "这里又给 params_file 赋值，每份报告都成了同一个项目的。",
                    "It assigns params_file again: every report would be of one project.",
                )
                yield Fault(n, wrong, Words("删去这一行。", "Delete the line."), node.lineno)  # fmt: skip
    if all_read and not used:
        wrong = Words("后面没有用到 params_file。", "params_file is not used after it.")
        yield Fault(number, wrong, Words(
            "写 project = wx.load_project(params_file, overrides)。", "Write project = wx.load_project(params_file, overrides).",
        ))  # fmt: skip


def _source(cell: Any) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
