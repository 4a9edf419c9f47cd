"""PDF: what is attached, and in what two of them differ. Read with pypdf; nothing in it is run."""

import hashlib
import io
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wenxiao.publishing.verifying.result import Difference, UnusableError, listed
from wenxiao.publishing.verifying.texts import Run, differing, same_start, unmoved
from wenxiao.visible import visible
from wenxiao.words import Words

if TYPE_CHECKING:
    from pypdf import PdfReader

ATTACHED: Final = {"evaluation.json": 8 * 2**20, "params.yaml": 512 * 1024, "rubric.yaml": 512 * 1024}
"""What a report of ours has attached, and the largest size in bytes of each that is read."""
MOST_PAGES: Final = 500
_PAGE_NUMBER: Final = re.compile(r"— ?\d+ ?—")


@dataclass(frozen=True)
class Document:
    """A PDF that was read: attachments by name, and pypdf's reader for the rest."""

    content: bytes
    attachments: Mapping[str, bytes]
    reader: "PdfReader"

    def text(self) -> str:
        """Give the text of all pages."""
        return "\n".join(run.text for run in page_runs(self.reader))


def read_document(content: bytes) -> Document:
    """Read a PDF and its attachments.

    Raises:
        UnusableError: it is no PDF, is locked, or holds attachments that no report of ours has; says which.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is damaged is told by us
    if b"%PDF-" not in content[:1024]:
        raise UnusableError(Words("不是 PDF 文件。", "It is no PDF."))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UnusableError(Words("PDF 有密码，读不了。", "The PDF is locked with a password."))
        if len(reader.pages) > MOST_PAGES:
            raise UnusableError(
                Words(f"PDF 超过 {MOST_PAGES} 页。", f"The PDF has more than {MOST_PAGES} pages.")
            )
        return Document(content, dict(_attachments(reader)), reader)
    except UnusableError:
        raise
    except Exception as error:  # what pypdf says of a damaged file has no common class
        raise UnusableError(Words("PDF 已损坏，读不了。", "The PDF is damaged and can't be read.")) from error


def _attachments(reader: "PdfReader") -> Iterator[tuple[str, bytes]]:
    for one in reader.attachment_list:
        name = str(one.name)
        if name not in ATTACHED:
            raise UnusableError(Words(
                f"PDF 里附有“{visible(name)[:60]}”。问效的报告不附这样的文件，没有打开它。",
                f"The PDF has “{visible(name)[:60]}” attached. No report of Wenxiao has such a file; it was not opened.",
            ))  # fmt: skip
        content = bytes(one.content)
        if len(content) > ATTACHED[name]:
            raise UnusableError(Words(
                f"PDF 所附的 {name} 太大（{len(content)} 字节），没有读。",
                f"{name}, attached to the PDF, is too large ({len(content)} bytes) and was not read.",
            ))  # fmt: skip
        yield name, content


def page_runs(reader: "PdfReader") -> list[Run]:
    """Give the lines of text of every page."""
    return [
        Run(Words(f"第 {n} 页", f"page {n}"), line)
        for n, page in enumerate(reader.pages, 1)
        for line in page.extract_text().split("\n")
    ]


def _lines(reader: "PdfReader") -> list[Run]:
    """Give the lines of every page without the page numbers, which only follow from the rest."""
    return [run for run in page_runs(reader) if not _PAGE_NUMBER.fullmatch(run.text.strip())]


def compare_documents(file: str, published: bytes, expected: bytes) -> list[Difference]:
    """Give the differences of two PDF; ``expected`` is one of ours. Attachments have files of their own, and are only
    compared whole.
    """
    if published == expected:
        return []
    try:
        theirs, ours = read_document(published), read_document(expected)
        changes = differing(_lines(theirs.reader), _lines(ours.reader))
        found = [Difference("text", file, one.where, one.published, one.expected) for one in unmoved(changes)]
        return found or list(_unseen(file, theirs, ours))
    except UnusableError as error:
        return [Difference("changed", file, said=error.words)]
    except Exception:  # a damaged page: pypdf raises many unrelated classes
        said = Words("有的页已损坏，读不出文字。", "A page is damaged; its text can't be read.")
        return [Difference("changed", file, said=said)]


def _unseen(file: str, theirs: Document, ours: Document) -> Iterator[Difference]:
    """Say where two PDF with the same words differ."""
    parts = list(_parts(theirs, ours))
    a, b = theirs.content, ours.content
    at = same_start(a, b)
    place = Words(f"从第 {at + 1} 个字节起", f"from byte {at + 1} on")
    if not parts:
        parts.append(Words("只有读者看不见的字节不同", "only bytes that no reader sees differ"))
    for words in parts:
        said = Words(f"文字都相同，{words.zh}。", f"The words are all the same; {words.en}.")
        yield Difference("bytes", file, place, said=said)


def _parts(theirs: Document, ours: Document) -> Iterator[Words]:
    names = [n for n in ATTACHED if theirs.attachments.get(n) != ours.attachments.get(n)]
    if names:
        shown = listed(names)
        yield Words(f"所附的 {shown.zh} 不同", f"what is attached differs: {shown.en}")
    for zh, en, key in _ON_A_PAGE:
        drawn = zip(theirs.reader.pages, ours.reader.pages, strict=False)
        pages = [n for n, (a, b) in enumerate(drawn, 1) if _digest(a, key) != _digest(b, key)]
        if pages:
            some, many = "、".join(map(str, pages[:5])), len(pages)
            rest = Words(f"等 {many} 页", f" and others, {many} pages") if many > 5 else Words("页", "")
            yield Words(f"{zh}不同：第 {some} {rest.zh}", f"{en} differ: page {some}{rest.en}")
    a, b = _metadata(theirs.reader), _metadata(ours.reader)
    for key in sorted({*a, *b}):
        if a.get(key) != b.get(key):
            one, two = (visible(str(m.get(key, "—")))[:80] for m in (a, b))
            yield Words(
                f"文件属性 {visible(key)} 不同：公布 {one}，重算 {two}",
                f"property {visible(key)} differs: published {one}, recomputed {two}",
            )
    more = sorted(set(theirs.reader.root_object) - set(ours.reader.root_object))
    if more:
        shown = listed(more)
        yield Words(f"公布的 PDF 里多出 {shown.zh}", f"the published PDF has {shown.en} in addition")


_ON_A_PAGE: Final = (
    ("排版", "layout", "/Contents"),
    ("图", "pictures", "/XObject"),
    ("字形（看到的字可能不是文字层里的字）", "glyphs (what is seen may not be the text)", "/Font"),
)


def _digest(page: Any, key: str) -> str:
    """Give a hash of one kind of things that a page is drawn from."""
    digest = hashlib.sha256()
    if key == "/Contents":
        contents = page.get_contents()
        digest.update(contents.get_data() if contents is not None else b"")
    else:
        _add(digest, (page.get("/Resources") or {}).get(key), set())
    return digest.hexdigest()


def _add(digest: Any, given: Any, seen: set[int]) -> None:
    """Add an object of a PDF and all below it, each once: streams by what they unpack to."""
    thing: Any = given.get_object() if hasattr(given, "get_object") else given
    if id(thing) in seen:
        return
    if isinstance(thing, dict):
        seen.add(id(thing))
        for name in sorted(set(thing) - {"/Parent", "/Length", "/StructParent", "/StructParents"}):
            digest.update(f"{name}:".encode())
            _add(digest, thing[name], seen)
        if hasattr(thing, "get_data"):
            digest.update(thing.get_data())
    elif isinstance(thing, list):
        seen.add(id(thing))
        for one in list(thing):
            _add(digest, one, seen)
    else:
        digest.update(f"{thing!r};".encode())


def _metadata(reader: "PdfReader") -> dict[str, str]:
    found = {str(key).lstrip("/"): str(value) for key, value in (reader.metadata or {}).items()}
    xmp = reader.root_object.get("/Metadata")
    return found | ({"XMP": hashlib.sha256(xmp.get_object().get_data()).hexdigest()[:16]} if xmp else {})


_HASHES: Final = {
    "params": "项目数据（params.yaml）SHA-256",
    "rubric": "评分规则SHA-256",
    "fonts": "字体SHA-256",
}


def printed_inputs(document: Document) -> dict[str, Any]:
    """Give what the report itself prints of how it was made, shaped as a manifest's ``inputs``; empty where nothing is."""
    return inputs_in(document.text())


def inputs_in(text: str) -> dict[str, Any]:
    """Give it of a report's text."""
    text = re.sub(r"\s+", "", text)
    found: dict[str, Any] = {}
    for key, words in _HASHES.items():
        if said := re.search(re.escape(words) + "[：:]([0-9a-f]{64})", text):
            found[key] = said[1]
    if said := re.search("软件版本[：:]((?:[a-z]+[0-9][0-9a-z.+]*、?)+)", text):
        pairs = re.findall(r"([a-z]+)([0-9][0-9a-z.+]*)", said[1])
        found["versions"] = dict(pairs)
    return found
