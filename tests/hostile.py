"""Files that mean harm, or are simply broken: each is made small here, and would be large, endless or elsewhere when opened."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import form_files
from form_files import docx_of, packed, paragraph

_MAIN = form_files._TYPES.replace(
    "</Types>", '<Override PartName="/word/vbaProject.bin" ContentType="x"/></Types>'
)
_BOOK_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_W = form_files._W
GOOD = docx_of(paragraph("项目支出绩效自评表"))


def book(sheet: str, **parts: str) -> bytes:
    """Give a workbook whose only sheet has this XML inside its root."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed({
        "[Content_Types].xml": _BOOK_TYPES.replace("</Types>", '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'),
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        **parts,
    })  # fmt: skip


def _document(xml: str) -> bytes:
    return packed({
        "[Content_Types].xml": form_files._TYPES, "_rels/.rels": form_files._RELS, "word/document.xml": xml,
    })  # fmt: skip


def _bomb() -> bytes:
    return _document(f'<?xml version="1.0"?><w:document {_W}>' + " " * 60_000_000)


def _lying_bomb() -> bytes:
    """A part that says it is small."""
    data = _document(f"<w:document {_W}>" + " " * 60_000_000)
    real = struct.pack("<L", 60_000_000 + len(f"<w:document {_W}>"))
    return data.replace(real, struct.pack("<L", 1000))


def _overlapping() -> bytes:
    """Two names for the same bytes, as the densest bombs are made."""
    body, name = b"0123456789" * 100, b"[Content_Types].xml"
    sizes = (zlib.crc32(body), len(body), len(body))
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 0, 0, 33, *sizes, len(name), 0) + name + body
    central = b""
    for one in (name, b"word/document.xml"):
        central += (
            struct.pack(
                "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 0, 0, 33, *sizes, len(one), 0, 0, 0, 0, 0, 0
            )
            + one
        )
    return local + central + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 2, 2, len(central), len(local), 0)


def _twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("word/document.xml", "word/document.xmm"):
            archive.writestr(zipfile.ZipInfo(name), "<a/>")
    return stream.getvalue().replace(b"xmm", b"xml")


def _encrypted_part() -> bytes:
    data = bytearray(GOOD)
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = 0
        while (start := data.find(sign, start)) >= 0:
            data[start + at] |= 1
            start += 4
    return bytes(data)


def _quine() -> bytes:
    return packed({"inner.zip": packed({"inner.zip": packed({"a.txt": "a"})})})


def _laughs(depth: int = 9) -> str:
    lines = ['<!ENTITY e0 "哈">'] + [f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, depth)]
    return f'<?xml version="1.0"?><!DOCTYPE w [{"".join(lines)}]><w:document {_W}><w:body>{paragraph("")}&e{depth - 1};</w:body></w:document>'


def _external() -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )


_DEEP = f"<w:document {_W}><w:body>{'<w:sdt><w:sdtContent>' * 3000}{'</w:sdtContent></w:sdt>' * 3000}</w:body></w:document>"
_CELLS = "".join(f'<row r="{r}">{"<c><v>1</v></c>" * 300}</row>' for r in range(1, 700))
_WIDE_CELLS = "<w:tc><w:tcPr><w:gridSpan w:val='900'/></w:tcPr>" + paragraph("1") + "</w:tc>"
_WIDE = f"<w:tbl>{f'<w:tr>{_WIDE_CELLS}</w:tr>' * 400}</w:tbl>"

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "文件是空的"),
    "nothing but zeros": ("a.docx", lambda: bytes(5000), "文件是空的"),
    "cut off docx": ("a.docx", lambda: GOOD[: len(GOOD) // 2], "已损坏或不完整"),
    "cut off part": ("a.docx", lambda: GOOD.replace(b"\x00\x00\x00\x00", b"\xff\xff\xff\xff"), "已损坏或不完整"),
    "zip bomb": ("a.docx", _bomb, "压缩炸弹"),
    "zip bomb that lies about its size": ("a.docx", _lying_bomb, "已损坏或不完整"),
    "parts that share bytes": ("a.docx", _overlapping, "已损坏或不完整"),
    "one name twice": ("a.docx", _twice, "已损坏或不完整"),
    "zip in zip in zip": ("a.zip", _quine, "压缩包"),
    "archive named docx": ("a.docx", _quine, "压缩包"),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(50), "压缩包"),
    "names that lead out": ("a.docx", lambda: packed({"[Content_Types].xml": form_files._TYPES, "../../etc/cron.d/x": "x"}), "指向包外"),
    "absolute names": ("a.docx", lambda: packed({"[Content_Types].xml": form_files._TYPES, "/etc/passwd": "x"}), "指向包外"),
    "names of a drive": ("a.docx", lambda: packed({"[Content_Types].xml": form_files._TYPES, "C:\\x": "x"}), "指向包外"),
    "billion laughs": ("a.docx", lambda: _document(_laughs()), "文档类型声明"),
    "external entity": ("a.docx", lambda: _document(_external()), "文档类型声明"),
    "entities in UTF-16": ("a.docx", lambda: packed({"[Content_Types].xml": form_files._TYPES, "_rels/.rels": form_files._RELS, "word/document.xml": _external().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")}), "文档类型声明"),
    "entities in a part of a workbook": ("a.xlsx", lambda: book("<sheetData/>", **{"xl/styles.xml": _laughs()}), "文档类型声明"),
    "entities in a text of OpenDocument": (
        "a.odt", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _laughs()}), "文档类型声明",
    ),
    "entities in an XML document": ("a.xml", lambda: _laughs().replace("<w:document", "<w:wordDocument", 1).encode(), "文档类型声明"),
    "macros in Word": ("a.docm", lambda: packed({"[Content_Types].xml": _MAIN, "word/vbaProject.bin": "x"}), "带有宏"),
    "macros renamed to docx": ("a.docx", lambda: packed({"[Content_Types].xml": form_files._TYPES.replace("wordprocessingml.document.main", "ms-word.document.macroEnabled.main"), "word/document.xml": "<a/>"}), "带有宏"),
    "macros in Excel": ("a.xlsm", lambda: book("<sheetData/>", **{"xl/vbaProject.bin": "x"}), "带有宏"),
    "macro sheets of Excel 4": ("a.xlsx", lambda: book("<sheetData/>", **{"xl/macrosheets/sheet1.xml": "<a/>"}), "带有宏"),
    "macros in an old file": ("a.doc", lambda: _OLE + "_VBA_PROJECT".encode("utf-16-le"), "带有宏"),
    "password": ("a.docx", lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "password of a zip": ("a.docx", _encrypted_part, "打开密码"),
    "deep XML": ("a.docx", lambda: _document(_DEEP), "层次过深"),
    "broken XML": ("a.docx", lambda: _document(f"<w:document {_W}><w:body>"), "文件内部已损坏"),
    "no document in it": ("a.docx", lambda: _document("<a/>"), "不是完整的 Word 文档"),
    "a million cells": ("a.xlsx", lambda: book(f"<sheetData>{_CELLS}</sheetData>"), "单元格超过"),
    "a merged area over the sheet": ("a.xlsx", lambda: book('<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "被合并的单元格超过"),
    "too many merged areas": ("a.xlsx", lambda: book("<sheetData/><mergeCells>" + "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 20_100)) + "</mergeCells>"), "合并区域超过"),
    "a merged area that is none": ("a.xlsx", lambda: book('<sheetData/><mergeCells><mergeCell ref="B2:A1"/></mergeCells>'), "不成立"),
    "a cell beyond all sheets": ("a.xlsx", lambda: book('<sheetData><row r="1"><c r="ZZZZZZ99999999"><v>1</v></c></row></sheetData>'), "工作簿已损坏"),
    "a text that is not there": ("a.xlsx", lambda: book('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'), "工作簿已损坏"),
    "cells over a thousand columns": ("a.docx", lambda: docx_of(_WIDE), "单元格超过"),
    "a page of a hundred thousand levels": ("a.html", lambda: b"<html><body>" + b"<div>" * 100_000, "网页层次过深"),
    "a cell of a billion columns": ("a.html", lambda: b"<table>" + b"<tr><td colspan=999999 rowspan=999999>1</td><td>2</td></tr>" * 700 + b"</table>", "单元格超过"),
    "a hundred thousand paragraphs": ("a.txt", lambda: "甲\n".encode() * 110_000, "段落超过"),
    "a csv of many columns": ("a.csv", lambda: b"1," * 5000, "单元格超过"),
    "picture": ("a.doc", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "这是图片"),
    "program": ("a.docx", lambda: b"MZ\x90\x00" + bytes(range(256)) * 20, "认不出这是什么文件"),
    "presentation": ("a.pptx", lambda: packed({"[Content_Types].xml": "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'/></Types>"}), "演示文稿"),
    "broken PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\xff" * 400, "PDF"),
    "web archive without a page": ("a.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "没有网页"),
}  # fmt: skip
"""What is wrong → a file's name, its content, and words of the line that refuses it."""


def links_in_a_circle(folder: Path) -> Path:
    """Make two links that lead to each other."""
    (folder / "a.docx").symlink_to(folder / "b.docx")
    (folder / "b.docx").symlink_to(folder / "a.docx")
    return folder / "a.docx"


def linked_odt(address: str) -> bytes:
    """Give a text of OpenDocument with a picture and a section that stand elsewhere."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    entry = "application/vnd.oasis.opendocument.text"
    spaces = "".join(
        f' xmlns:{short}="{name}{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    body = (
        f'<text:p>甲<draw:frame><draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p>'
        f'<text:section text:name="S"><text:section-source xlink:href="{address}"/><text:p>乙</text:p></text:section>'
    )
    return packed({
        "mimetype": entry,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{name}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{entry}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        "content.xml": f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>",
    })  # fmt: skip
