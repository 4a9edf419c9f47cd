"""A document's file: parts, relations and the same bytes for the same document."""

import datetime as dt
import io
import zipfile
from typing import Any, Final

from wenxiao.rendering.word.marks import DECLARED, W, legal
from wenxiao.rendering.word.styles import NUMBERING

NO_DATE: Final = dt.date(2000, 1, 1)
"""The date of a document whose report bears none."""
_TYPES: Final = "[Content_Types].xml"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_PROPERTIES: Final = f"{_CUSTOM}Props"
_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_BULLET: Final = "·"
LEVELS: Final = 9
"""As deep as Word's lists go."""
STEP: Final = 480
"""How much deeper a list stands in the list around it, in twentieths of a point."""


class Package:
    """A python-docx document as the body sees it: pictures, links and lists get their ids here, in order."""

    def __init__(self, document: Any):
        self.document = document
        self._links: dict[str, str] = {}
        self._numbering: Any = None
        self._abstract: dict[bool, int] = {}

    def picture(self, png: bytes) -> str | None:
        """Take in a picture; None where it is none."""
        try:
            relation, _ = self.document.part.get_or_add_image(io.BytesIO(png))
        except Exception:  # what python-docx raises of a damaged picture is of many unrelated kinds
            return None
        return str(relation)

    def address(self, href: str) -> str:
        """Take in the address of a link."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if href not in self._links:
            self._links[href] = self.document.part.relate_to(
                href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._links[href]

    def listing(self, ordered: bool, start: int) -> int:
        """Begin a list that counts from ``start``, or one with points; lists of one kind share their levels."""
        from docx.oxml import parse_xml

        if ordered not in self._abstract:
            self._abstract[ordered] = self._next("abstractNum", "abstractNumId")
            self._insert(parse_xml(_levels(self._abstract[ordered], ordered)), "num", "numIdMacAtCleanup")
        number = self._next("num", "numId")
        begin = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level in range(LEVELS)
        )
        self._insert(
            parse_xml(
                f'<w:num {DECLARED} w:numId="{number}"><w:abstractNumId w:val="{self._abstract[ordered]}"/>'
                f"{begin if ordered else ''}</w:num>"
            ),
            "numIdMacAtCleanup",
        )
        return number

    def _lists(self) -> Any:
        """Give the document's numbering; a template of somebody else may have none yet."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.oxml import parse_xml
        from docx.parts.numbering import NumberingPart

        if self._numbering is None:
            part = self.document.part
            if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in part.rels.values()):
                name, kind = PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING
                made = NumberingPart(name, kind, parse_xml(NUMBERING), part.package)
                part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            self._numbering = part.numbering_part.element
        return self._numbering

    def _insert(self, made: Any, *before: str) -> None:
        """Put an element into the numbering, before the first of the elements named."""
        names = {W + name for name in before}
        after = next((one for one in self._lists() if one.tag in names), None)
        if after is None:
            self._lists().append(made)
        else:
            after.addprevious(made)

    def _next(self, tag: str, key: str) -> int:
        return max((int(one.get(W + key)) for one in self._lists().iterfind(W + tag)), default=0) + 1

    def carry(self, xml: str, item: str, namespace: str) -> None:
        """Take in a custom XML part, with the part that says what it is."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = self.document.part
        taken = {str(one.partname) for one in part.package.iter_parts()}
        n = next(n for n in range(1, 1000) if f"/customXml/item{n}.xml" not in taken)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        about = (
            f'{head}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{item}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
        )
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        properties = Part(PackURI(f"/customXml/itemProps{n}.xml"), kind, about.encode(), part.package)
        made = Part(
            PackURI(f"/customXml/item{n}.xml"), "application/xml", (head + xml).encode(), part.package
        )
        made.relate_to(properties, _PROPERTIES)
        part.relate_to(made, _CUSTOM)

    def bytes(self, title: str, date: dt.date) -> bytes:
        """Give the file, its properties saying title, language and date and nothing of who or where."""
        moment = dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001  (a date has no zone)
        self._drop_strangers()
        kept = self.document.core_properties
        kept.title, kept.language, kept.subject = legal(title)[:255], "zh-CN", "项目支出绩效自评报告"
        kept.author = kept.last_modified_by = kept.comments = kept.keywords = kept.category = ""
        kept.created = kept.modified = moment
        kept.revision = 1
        out = io.BytesIO()
        self.document.save(out)
        return frozen(out.getvalue())

    def _drop_strangers(self) -> None:
        """Leave out what a program writes beside the document: company, manager, own properties, a small picture of it."""
        from docx.opc.constants import RELATIONSHIP_TYPE as TYPE

        relations = self.document.part.package.rels
        for identity, one in list(relations.items()):
            if one.reltype not in (TYPE.OFFICE_DOCUMENT, TYPE.CORE_PROPERTIES):
                del relations[identity]


def _levels(identity: int, ordered: bool) -> str:
    made = ""
    for level in range(LEVELS):
        kind, sign = ("decimal", f"%{level + 1}.") if ordered else ("bullet", _BULLET)
        made += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="tab"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{STEP * (level + 2)}"/></w:tabs>'
            f'<w:ind w:left="{STEP * (level + 2)}" w:firstLineChars="0" w:hanging="{STEP}"/></w:pPr></w:lvl>'
        )
    return f'<w:abstractNum {DECLARED} w:abstractNumId="{identity}"><w:multiLevelType w:val="hybridMultilevel"/>{made}</w:abstractNum>'


def frozen(content: bytes) -> bytes:
    """Give a package's bytes anew: parts sorted, one time for all, stored as they are.

    Not compressed, for a machine with another zlib would give other bytes; the pictures are compressed already.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != _TYPES, n)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            new.writestr(info, old.read(name))
    return out.getvalue()
