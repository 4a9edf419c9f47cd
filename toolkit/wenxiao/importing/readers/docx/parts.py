"""A Word document from its package to a grid."""

import posixpath
import re
from typing import Any, Final

from wenxiao.importing.grid import Grid
from wenxiao.importing.limits import refusal
from wenxiao.importing.package import Package
from wenxiao.importing.readers.building import Draft, tidy
from wenxiao.importing.readers.docx.names import MC, WRAPPERS, W, child, switched_on, transitional
from wenxiao.importing.readers.docx.numbering import Numbering
from wenxiao.importing.readers.docx.runs import Told, chosen, told
from wenxiao.importing.readers.docx.tables import Content, drawn
from wenxiao.importing.readers.places import Aside
from wenxiao.words import Words

_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PAGE_NUMBER: Final = re.compile(r"[\s—–\-－第页共/\d]*")
_LONG: Final = 40


def read_docx(file: str, package: Package) -> Grid:
    """Read a Word document.

    Raises:
        InputError: its parts are damaged, or too large.
    """
    main = _main_part(package)
    root = package.xml(main)
    body = None if root is None else child(transitional(root), "body")
    if body is None:
        raise refusal(
            file,
            Words("不是完整的 Word 文档。", "It is no complete Word document."),
            Words("请用 Word 或 WPS 打开另存后再导入。", "Open it in Word or WPS, save it and import that."),
        )
    return _Reader(file, package, main).document(body)


def _main_part(package: Package) -> str:
    root = package.xml("_rels/.rels")
    for one in () if root is None else root.iterfind(_REL):
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).lstrip("/")
    return "word/document.xml"


class _Reader:
    def __init__(self, file: str, package: Package, main: str):
        self._draft = Draft(file, "docx")
        self._package = package
        self._folder = posixpath.dirname(main)
        self._main = main
        self._numbering = Numbering(self._part("numbering.xml"), self._part("styles.xml"))
        self._carried = ""

    def document(self, body: Any) -> Grid:
        self._blocks(body)
        self._end_carried()
        for aside, name, one in (("脚注", "footnotes.xml", "footnote"), ("尾注", "endnotes.xml", "endnote")):
            root = self._part(name)
            if root is not None:
                notes = [n for n in root.iterfind(W + one) if n.get(W + "type") in (None, "normal")]
                self._aside(aside, [p for n in notes for p in n.iter(W + "p")])
        self._headers_and_footers()
        self._say_what_was_left()
        return self._draft.grid()

    def _part(self, name: str) -> Any:
        root = self._package.xml(posixpath.join(self._folder, name))
        return None if root is None else transitional(root)

    def _blocks(self, parent: Any) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                self._paragraph(element)
            elif tag == W + "tbl":
                self._table(element)
            elif tag == W + "sdt":
                if not switched_on(element, "sdtPr/showingPlcHdr"):
                    for content in element.iterchildren(W + "sdtContent"):
                        self._blocks(content)
            elif tag in WRAPPERS:
                self._blocks(element)
            elif tag == MC + "AlternateContent":
                self._blocks(list(chosen(element)))
            elif tag == W + "altChunk":
                self._draft.note("文档中嵌有另一份文档，没有读。")

    def _paragraph(self, element: Any) -> None:
        found = told(element)
        text = self._carried + self._numbering.label(element) + found.text
        if child(element, "pPr/rPr/del") is not None:  # its end was deleted: the next paragraph goes on here
            self._carried = text
        else:
            self._carried = ""
            self._draft.paragraph(text, self._numbering.outline(element))
        self._beside(found)

    def _beside(self, found: Told) -> None:
        """Read text boxes after the paragraph they hang on; note what holds no text."""
        for box in found.boxes:
            self._blocks(box)
        for hidden in found.hidden:
            self._draft.note(f"有隐藏文字，没有采用：“{hidden[:_LONG]}”")
        if found.pictures:
            self._draft.note("文档中有图片，图片里的文字没有读。")
        if found.objects:
            self._draft.note("文档中嵌有对象（如 Excel 表），没有读。")
        if found.unknown:
            self._draft.note("有认不出的符号，写作“〓”。")

    def _end_carried(self) -> None:
        """Give the text of a paragraph whose end was deleted, where no paragraph follows."""
        text, self._carried = self._carried, ""
        if text:
            self._draft.paragraph(text)

    def _table(self, element: Any) -> None:
        self._end_carried()
        name = self._draft.next_name()
        extras: list[Told] = []
        table = drawn(element, name, self._draft.file, lambda cell: self._content(cell, extras))
        if len(table.cells) == 1 and (table.inner or len(table.cells[0].text) > 10 * _LONG):
            self._blocks(next(element.iter(W + "tc")))  # a frame around a page, no table
            return
        self._draft.table(name, table.cells)
        for text in table.covered:
            self._draft.note(f"{name} 有被合并单元格盖住的文字，没有采用：“{text[:_LONG]}”")
        for found in extras:
            self._beside(found)
        for inner in table.inner:
            self._table(inner)

    def _content(self, cell: Any, extras: list[Told]) -> Content:
        lines: list[str] = []
        tables: list[Any] = []

        def collect(parent: Any) -> None:
            for element in parent:
                if element.tag == W + "p":
                    found = told(element)
                    lines.append(self._numbering.label(element) + found.text)
                    extras.append(found)
                elif element.tag == W + "tbl":
                    tables.append(element)
                elif element.tag == W + "sdt":
                    if not switched_on(element, "sdtPr/showingPlcHdr"):
                        collect(element.iterchildren(W + "sdtContent"))
                elif element.tag in WRAPPERS:
                    collect(element)

        collect(cell)
        return Content(tidy("\n".join(lines)), tables)

    def _aside(self, where: str, paragraphs: list[Any]) -> None:
        texts = [tidy(told(one).text) for one in paragraphs]
        for line, text in enumerate(filter(None, texts), 1):
            self._draft.paragraph(text, place=Aside(where, line=line))

    def _headers_and_footers(self) -> None:
        """Read each header and footer once; a page number alone says nothing."""
        seen: set[str] = set()
        for name in self._package.names:
            kind = re.fullmatch(r"(header|footer)\d*\.xml", posixpath.basename(name))
            if not kind or posixpath.dirname(name) != self._folder:
                continue
            root = self._package.xml(name)
            fresh = []
            for one in () if root is None else transitional(root).iter(W + "p"):
                text = tidy(told(one).text)
                if text not in seen and not _PAGE_NUMBER.fullmatch(text):
                    fresh.append(one)
                seen.add(text)
            self._aside("页眉" if kind[1] == "header" else "页脚", fresh)

    def _say_what_was_left(self) -> None:
        root = self._part("comments.xml")
        if root is not None and (count := sum(1 for _ in root.iterfind(W + "comment"))):
            self._draft.note(f"有 {count} 条批注，没有读。")
        relations = self._package.xml(
            posixpath.join(self._folder, "_rels", posixpath.basename(self._main) + ".rels")
        )
        outside = [
            one for one in (() if relations is None else relations.iterfind(_REL))
            if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        ]  # fmt: skip
        if outside:
            self._draft.note(f"文档引用了 {len(outside)} 处外部内容，没有取用。")
