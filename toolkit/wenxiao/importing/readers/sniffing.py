"""What a file is, by its content: a web page named .doc and a Word document named .wps are common."""

import re
from pathlib import PurePath
from typing import Final

from wenxiao.importing.limits import has_macros, has_password, refusal
from wenxiao.importing.package import Package
from wenxiao.words import Words

OLD: Final = ("doc", "xls", "rtf", "odt", "ods", "xlsb", "xml")
"""Kinds that only an office program opens."""
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PAGE: Final = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|div|p|meta|span)\b", re.I)
_FLAT: Final = re.compile(rb"<(w:wordDocument|pkg:package|(\w+:)?Workbook\b|office:document\b)")
_MAIL: Final = re.compile(
    rb"\s*(mime-version|content-type|from|subject|date|x-\w+|content-location)\s*:", re.I
)
_LOOKED_AT: Final = 8192


def kind_of(file: str, data: bytes) -> str:
    """Give ``zip``, ``pdf``, ``html``, ``mht``, ``csv``, ``text``, or one of :data:`OLD`.

    Raises:
        InputError: it is a picture, an archive, has a password or macros, or is nothing that can be read.
    """
    head = data[:_LOOKED_AT]
    suffix = PurePath(file).suffix.lower().lstrip(".")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(_OLE):
        return _compound(file, data, suffix)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES):
        raise refusal(
            file,
            Words("这是图片，里面的文字读不出。", "It is a picture; its text can't be read."),
            Words(
                "请找原来的 Word、Excel 或网页，或照图填写 wenxiao form 给出的表。",
                "Find the original document, or fill in the form that wenxiao form gives.",
            ),
        )
    if head.startswith(_ARCHIVES):
        raise packed_files(file)
    return _of_text(head, suffix)


def _of_text(head: bytes, suffix: str) -> str:
    plain = head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    if _FLAT.search(plain):
        return "xml"
    if _MAIL.match(plain) and re.search(rb"multipart/related|text/html", plain, re.I):
        return "mht"
    if _PAGE.search(plain):
        return "html"
    return "csv" if suffix in ("csv", "tsv") else "text"


def kind_of_package(file: str, package: Package) -> str:
    """Give ``docx``, ``xlsx``, or one of :data:`OLD`, for a packed file.

    Raises:
        InputError: it is none of these.
    """
    names = set(package.names)
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise has_macros(file)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if b"wordprocessingml" in types:
        return "docx"
    if b"spreadsheetml" in types:
        return "xlsx"
    opened = package.read("mimetype")
    if b"opendocument.text" in opened:
        return "odt"
    if b"opendocument.spreadsheet" in opened:
        return "ods"
    if types or opened:
        raise refusal(
            file,
            Words(
                "这是演示文稿或别的文档，不是自评表。", "It is a presentation or another document, no form."
            ),
            Words("请导入 Word、Excel、网页或文字。", "Import Word, Excel, web pages or text."),
        )
    raise packed_files(file)


def packed_files(file: str) -> Exception:
    """Give the refusal of an archive of files."""
    return refusal(
        file,
        Words("这是压缩包，没有打开。", "It is an archive; it was not opened."),
        Words("请先解压，再导入里面的文件。", "Unpack it, then import the files in it."),
    )


def _compound(file: str, data: bytes, suffix: str) -> str:
    """Tell the kinds of old binary files by the names of their streams, which stand in UTF-16 in their directory."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise has_password(file)
    if holds("_VBA_PROJECT"):
        raise has_macros(file)
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or suffix in ("xls", "et", "ett"):
        return "xls"
    return "doc"
