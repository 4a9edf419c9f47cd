"""What keeps a file from being an office's own head: it is no document, runs something, fetches something or names people."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from wenxiao.archives import DAMAGED
from wenxiao.words import Words

LARGEST: Final = 50 * 2**20
"""Bytes a template may unpack to."""
_FOREIGN: Final = re.compile(r'<Relationship\b(?=[^>]*TargetMode="External")[^>]*>')
_ACTIVE: Final = re.compile(
    '/(?:vbaProject|wordVbaData|oleObject|control|package|attachedTemplate|aFChunk|subDocument|activeXControlBinary|frame)"'
)
"""Types of relations to what would run, or bring in what is not seen."""
_CHANGED: Final = re.compile(r"<w:(?:ins|del|moveFrom|moveTo) ")


@lru_cache(maxsize=4)
def faults_of(content: bytes) -> tuple[Words, ...]:
    """Give all that is wrong with a template's file, whatever its fields say."""
    return tuple(_found(content))


def _found(content: bytes) -> Iterator[Words]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(one.file_size for one in package.infolist()) > LARGEST:
                yield _LARGE
                return
            parts = {name: package.read(name) for name in package.namelist()}
    except DAMAGED:
        yield _NO_WORD
        return
    if "word/document.xml" not in parts:
        yield _NO_WORD
        return
    relations = "".join(
        data.decode("utf-8", "replace") for name, data in parts.items() if name.endswith(".rels")
    )
    if any("/hyperlink" not in one for one in _FOREIGN.findall(relations)):
        yield _OUTSIDE
    if _ACTIVE.search(relations) or any("vbaProject" in name for name in parts):
        yield _RUNS
    if any(name.startswith("word/comments") for name in parts):
        yield _COMMENTS
    text = parts["word/document.xml"].decode("utf-8", "replace")
    if "<!DOCTYPE" in text:
        yield _NO_WORD
    if _CHANGED.search(text):
        yield _REVISED


_NO_WORD: Final = Words(
    "不是 Word 文档（.docx），或者已损坏。", "It is no Word document (.docx), or is damaged."
)
_LARGE: Final = Words("太大，不像一份模板。", "It is too large for a template.")
_OUTSIDE: Final = Words(
    "里面引用了文档以外的文件（链接的图片、附加的模板等）。请改为插入文档，或断开链接。",
    "It refers to files outside of itself (linked pictures, an attached template). Embed them, or break the link.",
)
_RUNS: Final = Words(
    "里面有宏、控件或嵌入的对象，不能用于公开的报告。请删去，另存为 .docx。",
    "It holds macros, controls or embedded objects, which no published report may. Remove them and save it as .docx.",
)
_COMMENTS: Final = Words(
    "里面有批注，批注带有人名。请全部删除。", "It holds comments, which bear names. Delete them all."
)
_REVISED: Final = Words(
    "里面有修订痕迹。请接受或拒绝全部修订。", "It holds tracked changes. Accept or reject them all."
)
