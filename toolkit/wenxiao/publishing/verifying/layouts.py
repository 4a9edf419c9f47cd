"""A published notebook laid out again as page and PDF: nothing in it is executed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.records import compare_records
from wenxiao.publishing.verifying.result import Difference
from wenxiao.rendering.tree import read_notebook
from wenxiao.words import Words

_RECORD = Words(
    "与公布的笔记本里的评价结果不同（“重算”即笔记本里的）。",
    "not the record in the published notebook, which stands here as recomputed.",
)
_OTHER = Words("不是由公布的笔记本排出来的。", "It is not what the published notebook gives.")


def compare_layouts(files: Mapping[str, bytes], edited: Mapping[str, Words | None]) -> Iterator[Difference]:
    """Compare page and PDF with the published notebook, and its record with evaluation.json.

    ``edited`` names the files to compare, and gives the cause where it is known.
    """
    from nbformat import reads

    source = files.get("report.ipynb")
    if source is None:
        return
    try:
        read: Any = reads
        notebook = read(source.decode("utf-8"), as_version=4)
        record = read_notebook(notebook).record
    except Exception:  # nbformat raises many unrelated classes
        yield Difference(
            "changed", "report.ipynb", said=Words("已损坏，读不出。", "It is damaged and can't be read.")
        )
        return
    if "evaluation.json" in files:
        for one in compare_records("evaluation.json", files["evaluation.json"], (record or "{}").encode()):
            yield replace(one, cause=_RECORD)
    for name, cause in edited.items():
        if name in files:
            try:
                expected = _laid_out(name, notebook)
            except Exception as error:  # what hostile content makes of an exporter
                said = Words(
                    f"笔记本排不出 {name}：{type(error).__name__}",
                    f"The notebook gives no {name}: {type(error).__name__}",
                )
                yield Difference("failed", "report.ipynb", said=said)
                continue
            yield from compare_files(name, files[name], expected, cause or _OTHER)


def _laid_out(name: str, notebook: Any) -> bytes:
    from wenxiao.rendering.html import WenxiaoHTMLExporter
    from wenxiao.rendering.pdf import WenxiaoPDFExporter

    exporter: Any = WenxiaoPDFExporter if name.endswith(".pdf") else WenxiaoHTMLExporter
    content, _ = exporter().from_notebook_node(notebook)
    return content if isinstance(content, bytes) else content.encode()
