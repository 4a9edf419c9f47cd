"""What must be true of an executed template before its report is put in place: a run that swallowed an error is none."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from wenxiao import narrative, tables
from wenxiao.document import Block, Notice, plain_text
from wenxiao.evaluation import Evaluation
from wenxiao.rendering.tree import Report
from wenxiao.running.outputs import output_faults
from wenxiao.running.templates import Fault, first_line, numbered, tags_of
from wenxiao.words import Words

_TRACE: Final = "Traceback (most recent call last)"
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CLEANING_UP: Final = re.compile(r"Exception ignored in:?[^\n]*\n(?:[^\n]*\n)??" + re.escape(_TRACE))
"""What Python says when an object can't be taken away: after the fact, at a time nobody chooses."""
_LINE: Final = re.compile(r"Cell In\[\d+\], line (\d+)")
_MOST: Final = 2000
"""Characters of an error's message."""
_TOFU: Final = re.compile(r"Glyph (\d+) [^\n]*missing from")


def ran_faults(nb: Any) -> list[Fault]:
    """Give what went wrong in the kernel, even where the template went on: of the notebook as it came from there."""
    faults, idle = list[Fault](), list[Fault]()
    for number, cell in numbered(nb):
        if cell["cell_type"] != "code":
            continue
        meant = "skip-execution" in tags_of(cell) or not cell["source"].strip()
        if cell.get("execution_count") is None and not meant:
            idle.append(Fault(number, _NOT_RUN, _LEFT))
        found = [fault for output in cell["outputs"] for fault in _swallowed(number, cell, output)]
        if cell["metadata"].get("papermill", {}).get("exception") and not found:
            found = [Fault(number, Words("出错。", "It failed."), _REPAIR)]
        faults += found
    return faults or idle


def _swallowed(number: int, cell: Any, output: Any) -> Iterator[Fault]:
    if output["output_type"] == "error":
        said = ": ".join(filter(None, (output["ename"], output["evalue"][:_MOST])))
        places = _LINE.findall(_ANSI.sub("", "\n".join(output.get("traceback", ()))))
        at, lines = int(places[-1]) if places else 0, cell["source"].splitlines()
        line = lines[at - 1].strip() if 0 < at <= len(lines) else first_line(cell["source"])
        wrong = Words(f"`{line}` 出错：{said}。", f"`{line}` failed: {said}.")
        yield Fault(number, wrong, _HINTS.get(output["ename"], _REPAIR), at)
        return
    data = output.get("data", {})
    text = "".join(output.get("text", data.get("text/plain", "") if len(data) == 1 else ""))
    if _TRACE in text and _TRACE in (plain := _CLEANING_UP.sub("", _ANSI.sub("", text))):
        last = _last(plain)
        yield Fault(number, Words(
            f"出错后没有停下，只打印了错误：{last}。", f"It failed, printed the error and went on: {last}.",
        ), _RAISE)  # fmt: skip
    if output.get("name") == "stderr" and (codes := dict.fromkeys(_TOFU.findall(text))):
        letters = "".join(chr(int(code)) for code in codes)[:20]
        yield Fault(number, Words(
            f"图里有字画不出来：{letters}。", f"The picture's font lacks these characters: {letters}.",
        ), _FONTS)  # fmt: skip


def _last(text: str) -> str:
    """Give the line of a traceback that names the error: the first one below it that is not indented."""
    lines = text.partition(_TRACE)[2].splitlines()[1:]
    return next((line.strip()[:200] for line in lines if line.strip() and not line.startswith(" ")), "")


def report_faults(nb: Any, report: Report, evaluation: Evaluation, record: str) -> Iterator[Fault]:
    """Give what a clean executed notebook lacks as the report of an evaluation, whose text is ``record``."""
    yield from output_faults(nb)
    if report.record != record:
        yield Fault(0, *_differs(report.record, json.loads(record)))
        return  # whatever else it shows is of something else
    if not report.titled:
        yield _missing("标题", "title", "wx.title(evaluation)")
    text = _squeezed(report.blocks)

    def holds(*blocks: Block) -> bool:
        return _squeezed(blocks) in text

    if not (holds(tables.indicator_form(evaluation)) or holds(tables.score_table(evaluation))):
        yield _missing("自评表或得分表", "form or table of scores", "wx.form(evaluation)")
    if not holds(*narrative.findings(evaluation)):
        yield _missing("核对发现的问题", "list of findings", "wx.findings_list(evaluation)")
    for block in narrative.summary(evaluation):
        if isinstance(block, Notice) and block.title != "摘要" and not holds(block):
            yield _missing(f"“{block.title}”的说明", f"notice “{block.title}”", "wx.title(evaluation)")


def _squeezed(blocks: Iterable[Block]) -> str:
    return "".join(plain_text(blocks).split())


def _missing(zh: str, en: str, call: str) -> Fault:
    wrong = Words(
        f"报告里没有{zh}，或者不是这次计算的。", f"The report has no {en}, or not that of this evaluation."
    )
    return Fault(0, wrong, Words(f"加一格：{call}。", f"Add a cell: {call}."))  # fmt: skip


def _differs(found: str | None, expected: Any) -> tuple[Words, Words]:
    if found is None:
        return (
            Words("笔记本没有附评价结果。", "The notebook carries no evaluation."),
            Words("最后加一格：wx.provenance(evaluation)。", "Add a last cell: wx.provenance(evaluation)."),
        )
    try:
        total, here = json.loads(found)["total"], expected["total"]
    except (ValueError, LookupError, TypeError):
        total = here = None
    zh, en = (
        (f"（总分 {total}，应为 {here}）", f" (total {total}, should be {here})")
        if total != here
        else ("", "")
    )
    return (
        Words(f"笔记本的评价结果与计分结果不一致{zh}。", f"The notebook's evaluation is not what the package computes{en}."),
        Words("project 用 wx.load_project(params_file, overrides) 读，不再改动；评分规则用项目文件或 --rubric 指定。",
              "Load project by wx.load_project(params_file, overrides) and leave it so; the rubric is that of the params file or --rubric."),
    )  # fmt: skip


_NOT_RUN: Final = Words("没有运行。", "It was not run.")
_LEFT: Final = Words("前面的格不要用 exit() 结束。", "Don't end an earlier cell by exit().")
_REPAIR: Final = Words("改正这一格。", "Repair the cell.")
_HINTS: Final = {
    "FileNotFoundError": Words(
        "模板在报告自己的文件夹里运行，读不到旁边的文件：数据写进项目文件，或者用完整的地址。",
        "A template runs in the report's own folder and finds no file beside it: put data into the params file, or give "
        "their whole address.",
    ),
    "ModuleNotFoundError": Words(
        "先安装这个软件包；只在模板旁边的程序，写进格里。",
        "Install the package first; a program that merely lies beside the template is written into a cell.",
    ),
}
_RAISE: Final = Words(
    "让它停下（去掉 except），或者先判断再算。", "Let it stop (without except), or test before computing."
)
_FONTS: Final = Words(
    "画图之前运行 wx.use_house_style()，图里用常用字。", "Call wx.use_house_style() before drawing."
)

__all__ = ["ran_faults", "report_faults"]
