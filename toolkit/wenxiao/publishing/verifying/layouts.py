"""A published notebook laid out again as page, PDF and Word report: nothing in it is executed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.records import compare_records
from wenxiao.publishing.verifying.result import Difference
from wenxiao.rendering.tree import read_notebook
from wenxiao.words import Words

OTHER_TEMPLATE: Final = Words(
    "报告用的是另一份模板（不是 wenxiao 自带的），不能承诺逐字节相同：重算并比较了数字；"
    "网页、PDF 和 Word 只与公布的笔记本比较；笔记本里的文字没有重做。",
    "The report was made with another template than wenxiao's own, so equal bytes can't be promised: the numbers were "
    "recomputed and compared, page, PDF and Word only with the published notebook, whose words were not made again.",
)
RUN_IT: Final = Words(
    "模板的程序在 report.ipynb 里；看过、信得过的，加 --run-template 在本机运行它，逐字节核对。",
    "The template's code stands in report.ipynb; if you have read and trust it, --run-template runs it here and compares "
    "byte for byte.",
)
_RECORD = Words(
    "与公布的笔记本里的评价结果不同（“重算”即笔记本里的）。",
    "not the record in the published notebook, which stands here as recomputed.",
)
_OTHER = Words("不是由公布的笔记本排出来的。", "It is not what the published notebook gives.")


def compare_layouts(
    files: Mapping[str, bytes], edited: Mapping[str, Words | None], under_head: bool = False
) -> Iterator[Difference]:
    """Compare page, PDF and Word report with the published notebook, and its record with evaluation.json.

    ``edited`` names the files to compare, and gives the cause where it is known; ``under_head``: the Word report stands
    under an office's own head.
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
            yield from compare_files(name, files[name], expected, cause or _OTHER, under_head)


def _laid_out(name: str, notebook: Any) -> bytes:
    from wenxiao.running.formats import exporter

    content, _ = exporter(name.rpartition(".")[2]).from_notebook_node(notebook)
    return content if isinstance(content, bytes) else content.encode()
