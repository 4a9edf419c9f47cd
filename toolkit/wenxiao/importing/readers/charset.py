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
    """Give a text and the charset it was read by: a mark first, then UTF-8, what the page declares, GB 18030, Big5.

    A few signs that can't be read are "\ufffd".

    Raises:
        InputError: it is no text in any of them.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(file, data, name)
    for name in dict.fromkeys(filter(None, ("utf-8", declared_charset(data)))):
        if (text := _strictly(data, name)) is not None:
            return text, name
    if data.count(0) == 0 and (text := _damaged(data, "utf-8")) is not None:
        return text, "utf-8"  # before GB 18030, which takes nearly any bytes for Chinese
    for name in ("gb18030", "big5"):
        if (text := _strictly(data, name)) is not None:
            return text, name
    if data.count(0) == 0 and (text := _damaged(data, "gb18030")) is not None:
        return text, "gb18030"
    raise _no_text(file)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return None if "\0" in text else text


def _damaged(data: bytes, name: str) -> str | None:
    """Give a text in which at most one sign in a hundred can't be read; those are "\ufffd"."""
    text = data.decode(name, errors="replace")
    return text if text.count("\ufffd") * 100 <= len(text) else None


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
