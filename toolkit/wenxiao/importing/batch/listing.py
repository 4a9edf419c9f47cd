"""The list beside a params file: what a person must look at before the import is trusted."""

import re
from collections.abc import Iterator
from typing import Final

from wenxiao.importing.batch.one import Made, Result
from wenxiao.words import label

_STATUS: Final = {"read": "全部读到", "partly": "部分读到，请逐条核对", "not": "没有读到绩效自评的数据"}
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_SEVERITY: Final = {"error": "错误", "warning": "警告", "note": "提示"}


def list_of(source: str, params: str, result: Result, made: Made | None) -> str:
    """Give the list as Markdown; empty where there is nothing to look at.

    ``params`` is the params file's name, empty where none was written.
    """
    if made is None:
        return ""  # why a file was not opened is one line, told at once
    sections = [section for section in _sections(result, made) if section[1]]
    if not sections and made.status == "read":
        return ""
    lines = [
        f"# 导入清单：{params or source}",
        "",
        f"来源：{source}（{result.kind or '没有打开'}）",
        "",
        f"结果：{_STATUS[made.status]}。",
    ]
    for title, items in sections:
        lines += ["", f"## {title}（{len(items)}）", "", *(f"- {_line(item)}" for item in items)]
    return "\n".join(lines) + "\n"


def _sections(result: Result, made: Made) -> Iterator[tuple[str, list[str]]]:
    yield "必填而没有找到的", [f"{path}（{label(path.rpartition('.')[2])}）" for path in made.missing]
    yield "不确定、请对照原件核对的", made.uncertain
    yield "没有读进去的内容", made.unread
    yield "个人信息（没有写入，公开前请从原件中删去）", made.personal
    yield "现在还不能载入的地方（wenxiao check）", made.problems
    found = [f"{code} {_SEVERITY[kind]} {where}：{text}" for code, kind, where, text in made.findings]
    yield "原文件自身的问题（wenxiao check）", found
    yield "说明", made.remarks
    yield "打开文件时的说明", result.notes


def _line(text: str) -> str:
    """Keep an item on one line, and what it quotes from becoming the code of a page."""
    return _TAG.sub(r"\\<", " ".join(text.split()))
