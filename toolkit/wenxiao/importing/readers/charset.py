"""Bytes → text: by byte order mark, by what a page declares, by what fits."""

import codecs
import re
from typing import Final

from wenxiao.importing.limits import refusal
from wenxiao.words import Words

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED: Final = re.compile(
    rb"""(?:charset\s*=\s*["']?\s*|<\?xml[^>]{0,80}encoding=["'])([A-Za-z0-9_:.-]{2,30})""", re.I
)
_CHINESE: Final = (
    "gb2312",
    "gbk",
    "gb18030",
    "x-gbk",
    "gb_2312-80",
    "chinese",
    "cp936",
    "ms936",
    "hz-gb-2312",
)
_LOOKED_AT: Final = 4096


def declared_charset(data: bytes) -> str | None:
    """Give the charset a page names at its beginning; GB 18030 for all its older forms."""
    found = _DECLARED.search(data[:_LOOKED_AT])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    return "gb18030" if name in _CHINESE else name


def text_of(file: str, data: bytes) -> tuple[str, str]:
    """Give a text and the charset it was read by: a mark or declaration first, then UTF-8, GB 18030, Big5.

    Raises:
        InputError: it is no text in any of them.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(file, data, name)
    for name in dict.fromkeys(filter(None, (declared_charset(data), "utf-8", "gb18030", "big5"))):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if "\0" not in text:
            return text, name
    if (declared := declared_charset(data)) and data.count(0) == 0:
        text = data.decode("gb18030" if declared == "gb18030" else "utf-8", errors="replace")
        if text.count("\ufffd") * 1000 <= len(text):  # a page cut in the middle of a sign
            return text, declared
    raise _no_text(file)


def _marked(file: str, data: bytes, name: str) -> tuple[str, str]:
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        raise _no_text(file) from None


def _no_text(file: str) -> Exception:
    return refusal(
        file,
        Words(
            "认不出这是什么文件（既不是文档，也不是文字）。",
            "It is neither a document nor a text that can be read.",
        ),
        Words(
            "请另存为 .docx、.xlsx 或网页后再导入。", "Save it as .docx, .xlsx or a web page and import that."
        ),
    )
