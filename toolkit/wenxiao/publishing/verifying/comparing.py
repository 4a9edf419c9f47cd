"""One published file against the same file made again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from wenxiao.publishing.verifying.documents import compare_documents
from wenxiao.publishing.verifying.notebooks import notebook_runs
from wenxiao.publishing.verifying.offices import compare_packages, compare_under_head
from wenxiao.publishing.verifying.records import compare_records
from wenxiao.publishing.verifying.result import Difference
from wenxiao.publishing.verifying.texts import Change, Run, differing, lines, same_start
from wenxiao.publishing.verifying.webpages import page_runs
from wenxiao.words import Words

MOST: Final = 200
"""Differences of one file beyond which no more are told."""


def compare_files(
    name: str, published: bytes, expected: bytes, cause: Words | None, under_head: bool = False
) -> list[Difference]:
    """Give the differences of a file, each with its place; none where the bytes are the same.

    ``under_head``: a Word report stands under an office's own head, and only the words of the report are compared.
    """
    if published == expected:
        return []
    if under_head and name.endswith(".docx"):
        found = compare_under_head(name, published, expected)
    else:
        found = _compare(name, published, expected)
    return [replace(one, cause=cause) for one in found[:MOST]]


def _compare(name: str, published: bytes, expected: bytes) -> list[Difference]:
    if name.endswith(".json"):
        return compare_records(name, published, expected)
    if name.endswith(".pdf"):
        return compare_documents(name, published, expected)
    if name.endswith((".docx", ".xlsx")):
        return compare_packages(name, published, expected)
    reader = next((read for ending, read in _READERS.items() if name.endswith(ending)), None)
    if reader is None:
        return [_bytes(name, published, expected)]
    try:
        changes = differing(reader(published), reader(expected))
    except ValueError:
        said = Words("已损坏，读不出。", "It is damaged and can't be read.")
        return [Difference("changed", name, said=said)]
    return list(_told(name, changes)) or _source(name, published, expected)


def _told(name: str, changes: Iterable[Change]) -> Iterable[Difference]:
    for one in changes:
        if one.picture and one.published and one.expected:
            said = Words("这幅图与重算的不同。", "The picture is not the one recomputed.")
            yield Difference("text", name, one.where, said=said)
        else:
            yield Difference("text", name, one.where, one.published, one.expected)


def _source(name: str, published: bytes, expected: bytes) -> list[Difference]:
    """Say where two files differ whose words are the same: at a line of the source, or at a byte."""
    a, b = (content.decode("utf-8", "replace") for content in (published, expected))
    if (a == b) or not (changes := differing(lines(a), lines(b))):
        return [_bytes(name, published, expected)]
    return [
        Difference(
            "bytes", name, Words(f"源代码{one.where.zh}（不在文字里）", f"source, {one.where.en} (not in the words)"),
            one.published, one.expected,
        )
        for one in changes
    ]  # fmt: skip


def _bytes(name: str, a: bytes, b: bytes) -> Difference:
    at = same_start(a, b)
    said = Words(
        f"字节不同（公布 {len(a)} 字节，重算 {len(b)} 字节）。",
        f"Its bytes differ (published {len(a)}, recomputed {len(b)}).",
    )
    return Difference("bytes", name, Words(f"从第 {at + 1} 个字节起", f"from byte {at + 1} on"), said=said)


def _text_lines(content: bytes) -> list[Run]:
    return lines(content.decode("utf-8"))


_READERS: Final[dict[str, Callable[[bytes], list[Run]]]] = {
    ".html": lambda content: page_runs(content.decode("utf-8")),
    ".ipynb": notebook_runs,
    ".yaml": _text_lines,
    ".xml": _text_lines,
    ".js": _text_lines,
    ".css": _text_lines,
    ".svg": _text_lines,
}
