"""Word documents and workbooks: in what two of them differ. Read part by part; nothing in them is run."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wenxiao.publishing.gate.office import joined, local, parsed, parts_of, texts_of
from wenxiao.publishing.verifying.result import Difference, listed
from wenxiao.publishing.verifying.texts import Change, Run, differing, same_start
from wenxiao.words import Words

_TEXT: Final = "word/document.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_SHEET: Final = "xl/worksheets/sheet"
_BEFORE: Final = ("Title", "WxContents", "TOC1", "TOC2", "TOC3", "TOC4")
"""Paragraphs of the title and the contents, which an office's own head may replace."""
_KNOWN: Final = {
    "word/styles.xml": Words("样式", "styles"), "word/settings.xml": Words("设置", "settings"),
    "docProps/core.xml": Words("文档属性", "properties"), "xl/styles.xml": Words("格式", "formats"),
}  # fmt: skip

UNDER_HEAD: Final = Words(
    "report.docx：用了单位自己的红头模板，模板没有公布，不能逐字节重做；其中报告的文字已与重算的逐段比较。",
    "report.docx was made with an office's own head, which is not published, so its bytes can't be made again; the words of the "
    "report in it were compared.",
)


def compare_packages(file: str, published: bytes, expected: bytes) -> list[Difference]:
    """Give the differences of two documents of one kind; ``expected`` is one of ours."""
    try:
        theirs, ours = parts_of(published), parts_of(expected)
        changes = differing(list(_runs(theirs)), list(_runs(ours)))
    except ValueError:
        said = Words("已损坏，读不出。", "It is damaged and can't be read.")
        return [Difference("changed", file, said=said)]
    found = [_told(file, one) for one in changes]
    return found or [_unseen(file, theirs, ours, same_start(published, expected))]


def compare_under_head(file: str, published: bytes, expected: bytes) -> list[Difference]:
    """Give where the report under an office's own head is not the one expected, which has none; the head is not looked at."""
    try:
        theirs = [run for run, _ in _paragraphs(parts_of(published))]
        ours = [run for run, style in _paragraphs(parts_of(expected)) if style not in _BEFORE]
    except (ValueError, KeyError):
        said = Words("已损坏，读不出。", "It is damaged and can't be read.")
        return [Difference("changed", file, said=said)]
    return [_told(file, one) for one in differing(_between(theirs, ours), ours)]


def document_text(parts: Mapping[str, bytes]) -> str:
    """Give the text of a Word document, a paragraph a line.

    Raises:
        KeyError: it is none.
        ValueError: it is damaged.
    """
    return "\n".join(run.text for run, _ in _paragraphs(parts))


def _between(theirs: Sequence[Run], ours: Sequence[Run]) -> Sequence[Run]:
    """Give what stands from the first to the last paragraph of ours, all where they are not to be found."""
    texts = [run.text for run in theirs]
    if not ours or ours[0].text not in texts or ours[-1].text not in texts:
        return theirs
    # The first words of a report may stand in its contents too: what is meant is the last place with room behind it.
    ends = len(texts) - texts[::-1].index(ours[-1].text)
    starts = [i for i, text in enumerate(texts[:ends]) if text == ours[0].text]
    return theirs[min(starts, key=lambda i: abs(ends - i - len(ours))) : ends] if starts else theirs


def _told(file: str, one: Change) -> Difference:
    if one.picture and one.published and one.expected:
        said = Words("这幅图与重算的不同。", "The picture is not the one recomputed.")
        return Difference("text", file, one.where, said=said)
    return Difference("text", file, one.where, one.published, one.expected)


def _runs(parts: Mapping[str, bytes]) -> Iterator[Run]:
    """Give every text of a document with its place: the paragraphs or cells first, then what else says something."""
    if _TEXT in parts:
        yield from (run for run, _ in _paragraphs(parts))
    strings = _strings(parts)
    names = _sheets(parts)
    for name, content in sorted(parts.items()):
        if name.startswith(_SHEET):
            yield from _cells(names.get(name, name), parsed(name, content), strings)
        elif name.startswith(("word/media/", "xl/media/")):
            yield Run(
                Words(f"图 {name}", f"picture {name}"), hashlib.sha256(content).hexdigest(), picture=True
            )
        elif name.endswith(".xml") and name not in (_TEXT, _STRINGS, "[Content_Types].xml"):
            where = Words(name, name)
            yield from (Run(where, text) for _, text in texts_of(parsed(name, content)) if text.strip())


def _paragraphs(parts: Mapping[str, bytes]) -> Iterator[tuple[Run, str]]:
    """Give the paragraphs of a document that say something, and their styles."""
    number = 0
    for one, text in texts_of(parsed(_TEXT, parts[_TEXT])):
        if local(one.tag) != "p" or not text.strip():
            continue
        number += 1
        style = next((_value(part, "val") for part in one.iter() if local(part.tag) == "pStyle"), "")
        yield Run(Words(f"第 {number} 段", f"paragraph {number}"), text.strip()), style


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    if _STRINGS not in parts:
        return []
    return [joined(one) for one in parsed(_STRINGS, parts[_STRINGS]) if local(one.tag) == "si"]


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give part → name of the sheets, as far as they are numbered in their order, which those of ours are."""
    if "xl/workbook.xml" not in parts:
        return {}
    root = parsed("xl/workbook.xml", parts["xl/workbook.xml"])
    found = [one for one in root.iter() if local(one.tag) == "sheet"]
    return {f"{_SHEET}{n}.xml": one.get("name", "") for n, one in enumerate(found, 1)}


def _cells(sheet: str, root: Any, strings: Sequence[str]) -> Iterator[Run]:
    for one in root.iter():
        if local(one.tag) != "c":
            continue
        values = {local(part.tag): joined(part) for part in one}
        if one.get("t") == "s" and values.get("v", "").isdigit() and int(values["v"]) < len(strings):
            values["v"] = strings[int(values["v"])]
        where = Words(f"{sheet} {one.get('r')}", f"{sheet} {one.get('r')}")
        shown = "".join(f"={text} → " if tag == "f" else text for tag, text in values.items())
        if shown:
            yield Run(where, shown)


def _unseen(file: str, theirs: Mapping[str, bytes], ours: Mapping[str, bytes], at: int) -> Difference:
    """Say where two documents with the same words differ."""
    names = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    if names:
        zh = listed([f"{_KNOWN[n].zh}（{n}）" if n in _KNOWN else n for n in names[:5]]).zh
        en = listed([f"{_KNOWN[n].en} ({n})" if n in _KNOWN else n for n in names[:5]]).en
        more = len(names) - 5
        zh, en = (f"{zh} 等 {len(names)} 个部分", f"{en} and {more} more") if more > 0 else (zh, en)
        said = Words(f"文字都相同，不同的是：{zh}。", f"The words are all the same; what differs: {en}.")
    else:
        said = Words(
            "内容全部相同，只是打包不同（次序、时间或压缩）。",
            "All that is in it is the same; it is only packed in another way (order, times or compression).",
        )
    place = Words(f"从第 {at + 1} 个字节起", f"from byte {at + 1} on")
    return Difference("bytes", file, place, said=said)


def _value(one: Any, name: str) -> str:
    return next((value for key, value in one.attrib.items() if local(key) == name), "")
