"""A packed document (docx, xlsx, odt …), looked over as a whole before anything in it is read.

How much it unpacks to, its names, macros, passwords; of its XML: document types (entities), how deep it is, how large.
"""

import io
import zipfile
from typing import Any, Final
from xml.parsers import expat

from wenxiao.archives import DAMAGED
from wenxiao.errors import InputError
from wenxiao.importing.limits import (
    MOST_DEPTH,
    MOST_ELEMENTS,
    MOST_OF_A_PART,
    MOST_PARTS,
    MOST_TIMES,
    MOST_UNPACKED,
    has_macros,
    has_password,
    refusal,
    too_many,
)
from wenxiao.words import Words

_SMALL: Final = 1_000_000
"""What unpacks to less than this is no bomb, however well it is packed."""
_ENCRYPTED: Final = 0x1
_MACROS: Final = ("vbaproject.bin", "vbadata.xml", "/macrosheets/", "basic/script-lb.xml", "basic/standard/")


class Package:
    """A packed document (docx, xlsx, odt …), looked over as a whole when it is opened.

    Raises:
        InputError: it is damaged, has a password or macros, unpacks to too much, or carries names or document types
            that no office program writes.
    """

    def __init__(self, file: str, data: bytes):
        self.file = file
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED:
            raise self._damaged() from None
        self._infos = {info.filename: info for info in self._archive.infolist() if not info.is_dir()}
        self._look_over(len(data))

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Give a part, unpacked; an empty one where there is none."""
        if name not in self._infos:
            return b""
        try:
            with self._archive.open(self._infos[name]) as part:
                data = part.read(MOST_OF_A_PART + 1)
        except DAMAGED:
            raise self._damaged() from None
        if len(data) > MOST_OF_A_PART:
            raise self._bomb()
        return data

    def xml(self, name: str) -> Any:
        """Give the root element of a part of XML; None where there is no such part."""
        data = self.read(name)
        return parsed(self.file, data) if data else None

    def look_over_parts(self) -> None:
        """Look over all parts of XML, before another program reads them."""
        for name in self.names:
            if name.lower().endswith((".xml", ".rels", ".rdf")) and (data := self.read(name)):
                look_over_xml(self.file, data)

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def _look_over(self, size: int) -> None:
        infos = self._archive.infolist()
        if len(infos) > MOST_PARTS:
            raise too_many(self.file, Words("包内文件", "parts in the package"), MOST_PARTS)
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MOST_UNPACKED or unpacked > max(size * MOST_TIMES, _SMALL):
            raise self._bomb()
        if len({info.filename.casefold() for info in infos}) < len(infos) or _overlap(self._archive, size):
            raise self._damaged()
        for info in infos:
            self._look_at(info)

    def _look_at(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in info.orig_filename:
            raise refusal(
                self.file,
                Words(
                    f"包内有指向包外的文件名 {name[:60]}，没有打开。",
                    f"A name in the package points outside it: {name[:60]}; it was not opened.",
                ),
                Words(
                    "这不是办公软件存的文件，请向提供的人核实。",
                    "No office program writes this; ask where the file comes from.",
                ),
            )
        if info.flag_bits & _ENCRYPTED:
            raise has_password(self.file)
        if any(sign in f"/{name.lower()}" for sign in _MACROS):
            raise has_macros(self.file)

    def _damaged(self) -> InputError:
        return refusal(
            self.file,
            Words("文件已损坏或不完整，打不开。", "The file is damaged or incomplete and can't be opened."),
            Words(
                "请重新下载，或用 Word、WPS 打开另存后再导入。",
                "Download it again, or open it in Word or WPS and save it anew.",
            ),
        )

    def _bomb(self) -> InputError:
        return refusal(
            self.file,
            Words(
                "解压后异常大（疑似压缩炸弹），没有打开。",
                "It unpacks to far more than a document holds (a zip bomb?); it was not opened.",
            ),
            Words("请只留下自评表，另存后再导入。", "Keep the form only, save it and import that."),
        )


def _overlap(archive: zipfile.ZipFile, size: int) -> bool:
    """Tell whether two parts share bytes of the file, as the densest bombs do."""
    ends = 0
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset):
        if info.header_offset < ends:
            return True
        ends = info.header_offset + 30 + len(info.orig_filename) + info.compress_size
    return ends > size


def parsed(file: str, data: bytes) -> Any:
    """Give the root element of XML that carries no document type, is not too deep and not too large.

    Raises:
        InputError: it does, is, or is no XML.
    """
    from lxml import etree

    look_over_xml(file, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _no_xml(file, str(error)) from None


def look_over_xml(file: str, data: bytes) -> None:
    """Refuse XML with a document type (the way to entities, inner or outer), too deep, too large, or broken."""
    depth = elements = 0

    def begin(*_: Any) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
            raise refusal(
                file,
                Words(
                    "内部结构异常（层次过深或过大），没有读。",
                    "Its XML is deeper or larger than any form; it was not read.",
                ),
                Words(
                    "请用 Word、Excel 或 WPS 打开另存后再导入。",
                    "Open it in Word, Excel or WPS, save it and import that.",
                ),
            )

    def end(*_: Any) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: Any) -> None:
        raise refusal(
            file,
            Words(
                "内部含有文档类型声明（实体），没有打开。",
                "It declares a document type (entities) and was not opened.",
            ),
            Words(
                "这不是办公软件存的文件，请向提供的人核实。",
                "No office program writes this; ask where the file comes from.",
            ),
        )

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _no_xml(file, str(error)) from None
    except (LookupError, ValueError):
        raise _no_xml(file, "encoding") from None


def _no_xml(file: str, why: str) -> InputError:
    return refusal(
        file,
        Words("文件内部已损坏。", f"The file is damaged inside ({why})."),
        Words(
            "请用 Word、Excel 或 WPS 打开另存后再导入。",
            "Open it in Word, Excel or WPS, save it and import that.",
        ),
    )
