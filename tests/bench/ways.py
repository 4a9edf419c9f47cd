"""The ways of making reports that the benchmark compares; each is run as a process of its own: ways.py WAY PARAMS OUT.

All make the same page from the same template and the same params files.
"""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "notebooks" / "self_evaluation.ipynb"
BIN = Path(sys.executable).parent


def shell_loop(params: list[Path], out: Path) -> None:
    """A: for each project the papermill command, then the nbconvert command."""
    for path in params:
        notebook = out / f"{path.stem}.ipynb"
        papermill = [BIN / "papermill", "--no-progress-bar", TEMPLATE, notebook, "-p", "params_file", path]
        subprocess.run([*papermill, "-k", "python3"], check=True, capture_output=True)
        convert = [BIN / "jupyter", "nbconvert", "--to", "wenxiao-html", notebook]
        subprocess.run(convert, check=True, capture_output=True)


def papermill_api(params: list[Path], out: Path) -> None:
    """C: papermill from Python, one project after another, one exporter kept."""
    import papermill

    from wenxiao.rendering.html import WenxiaoHTMLExporter

    exporter = WenxiaoHTMLExporter()
    for path in params:
        notebook = papermill.execute_notebook(
            str(TEMPLATE),
            str(out / f"{path.stem}.ipynb"),
            {"params_file": str(path)},
            kernel_name="python3",
            progress_bar=False,
        )
        page, _ = exporter.from_notebook_node(notebook)
        (out / f"{path.stem}.html").write_text(page, encoding="utf-8")


def papermill_pool(params: list[Path], out: Path) -> None:
    """D: C in two spawned processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(papermill_api, [params[0::2], params[1::2]], [out, out]))


def plain(params: list[Path], out: Path) -> None:
    """The floor: the same computation, tables, charts and page in one process, without notebook or kernel."""
    import json

    from wenxiao import report
    from wenxiao.checking import check_file
    from wenxiao.document import to_html

    calls = [
        "".join(cell["source"]).removeprefix("wx.").removesuffix("(evaluation)")
        for cell in json.loads(TEMPLATE.read_text(encoding="utf-8"))["cells"]
        if "".join(cell["source"]).startswith("wx.")
    ]
    for path in params:
        evaluation = check_file(path)
        blocks = [block for name in calls for block in getattr(report, name)(evaluation).blocks]
        (out / f"{path.stem}.html").write_text(to_html(blocks), encoding="utf-8")
        (out / f"{path.stem}.json").write_text(evaluation.as_json(), encoding="utf-8")


def ours(params: list[Path], out: Path, formats: str = "html") -> None:
    """``wenxiao run`` with two workers."""
    command = [sys.executable, "-m", "wenxiao", "run", *params, "-o", out, "-j", "2", "--to", formats]
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


def ours_with_pdf(params: list[Path], out: Path) -> None:
    """``wenxiao run`` with two workers, HTML and PDF."""
    ours(params, out, "html,pdf")


WAYS = {
    "A": shell_loop, "C": papermill_api, "D": papermill_pool, "ours": ours, "ours+pdf": ours_with_pdf, "plain": plain,
}  # fmt: skip

if __name__ == "__main__":
    way, folder, target = sys.argv[1:]
    WAYS[way](sorted(Path(folder).rglob("*.yaml")), Path(target))
