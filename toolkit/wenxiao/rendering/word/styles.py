"""Page, styles and footers of GB/T 9704: 22 lines of 28 characters in 三号 仿宋, fonts by name.

All measures are in twentieths of a point, as the file has them; sizes of letters in half points.
"""

from functools import cache
from typing import Any, Final

from wenxiao.rendering.word.marks import DECLARED, FANG, HEI, KAI, MONO, SONG, TITLE, fonts

LINE: Final = 579
"""The 22nd part of 225 mm; a line of 29 pt would leave room for 21 only."""
WIDTH: Final = 8845
"""The line: 210 mm less margins of 28 and 26 mm."""
CHARACTER: Final = 315
"""16 pt less a quarter point: 28 of them fill the line. With a fifth of a point less they would be wider than it."""
_TIGHT: Final = '<w:spacing w:val="-5"/>'
_LOOSE: Final = '<w:spacing w:val="0"/>'
BARS: Final = {"note": "0B4A8F", "warning": "B36B00", "error": "A3200F", "provenance": "5B6470"}
INK: Final = {"bad": "A3200F", "good": "1D5C38", "muted": "555C66"}


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _exact(line: int, before: int = 0, after: int = 0) -> str:
    """Give lines of a fixed height; such as are not those of the page stand off its grid."""
    free = "" if line == LINE else '<w:snapToGrid w:val="0"/>'
    return f'{free}<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


_NO_INDENT: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_INDENT: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
# Latin letters are not called Chinese: LibreOffice would break a line inside a number.
_CHINESE: Final = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'


def _style(
    identity: str, name: str, paragraph: str = "", run: str = "", based: str = "WxText", **more: str
) -> str:
    """Give a paragraph style; ``following`` is the style of the next paragraph."""
    kept = f'<w:basedOn w:val="{based}"/>' if based else ""
    kept += f'<w:next w:val="{more["following"]}"/>' if "following" in more else ""
    own = ' w:customStyle="1"' if identity.startswith("Wx") else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{identity}"><w:name w:val="{name}"/>{kept}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _letters(identity: str, name: str, run: str) -> str:
    own = ' w:customStyle="1"' if identity.startswith("Wx") else ""
    return (
        f'<w:style w:type="character"{own} w:styleId="{identity}"><w:name w:val="{name}"/><w:qFormat/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _bar(colour: str) -> str:
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="F6F7F8"/>'
    )


def _headings() -> str:
    made = ""
    for level, font in enumerate((HEI, KAI, FANG, FANG), 1):
        made += _style(
            f"Heading{level}", f"heading {level}",
            f'<w:keepNext/><w:keepLines/><w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
            fonts(font) + '<w:b w:val="0"/><w:color w:val="000000"/>', following="WxText",
        )  # fmt: skip
        made += _style(
            f"TOC{level}", f"toc {level}",
            f'<w:tabs><w:tab w:val="right" w:leader="middleDot" w:pos="{WIDTH}"/></w:tabs>{_exact(400)}'
            f'<w:ind w:left="{(level - 1) * 2 * 280}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
            _LOOSE + _size(14), following="WxText",
        )  # fmt: skip
    return made


_BODY: Final = fonts(FANG) + _TIGHT + _size(16) + _CHINESE

STYLES: Final = (
    f"<w:styles {DECLARED}><w:docDefaults><w:rPrDefault><w:rPr>{_BODY}</w:rPr></w:rPrDefault>"
    f"<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f"<w:pPr>{_exact(LINE)}</w:pPr><w:rPr>{_BODY}</w:rPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    # All that follows is based on this one, which leans on no other: so it looks the same under an office's own head.
    + _style("WxText", "公文正文", f'<w:widowControl w:val="0"/>{_exact(LINE)}{_INDENT}<w:jc w:val="both"/>', _BODY, based="")
    + _style(
        "Title", "Title", f'<w:keepNext/>{_exact(720, 0, LINE)}{_NO_INDENT}<w:jc w:val="center"/>',
        fonts(TITLE) + _LOOSE + _size(22), following="WxText",
    )
    + _headings()
    + _style("WxContents", "公文目录标题", f'<w:keepNext/>{_exact(LINE)}{_NO_INDENT}<w:jc w:val="center"/>', fonts(HEI))
    + _style("Quote", "Quote", f'<w:ind w:left="{2 * CHARACTER}" w:firstLineChars="0" w:firstLine="0"/>', fonts(KAI))
    + _style("WxList", "公文列表", '<w:ind w:firstLineChars="0" w:firstLine="0"/>')
    + _style(
        "Caption", "caption", f'<w:keepNext/>{_exact(400, 160, 60)}{_NO_INDENT}<w:jc w:val="center"/>',
        fonts(HEI) + _LOOSE + _size(12),
    )
    + _style(
        "WxPicture", "公文插图",
        f'<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="160" w:line="240" w:lineRule="auto"/>{_NO_INDENT}<w:jc w:val="center"/>',
    )
    + _style(
        "WxUnder", "公文图题", f'{_exact(400, 60, 160)}{_NO_INDENT}<w:jc w:val="center"/>', fonts(HEI) + _LOOSE + _size(12)
    )
    + _style(
        "WxCell", "公文表格文字",
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="250" w:lineRule="atLeast"/>{_NO_INDENT}<w:jc w:val="left"/>', _LOOSE + _size(10.5),
    )
    + _style("WxHead", "公文表格表头", '<w:jc w:val="center"/>', fonts(HEI), based="WxCell")
    + _style("WxNote", "公文表注", f"{_exact(300, 60, 200)}{_NO_INDENT}", _LOOSE + _size(10.5))
    + _style("WxGap", "公文间隔", f"{_exact(140)}{_NO_INDENT}", _LOOSE + _size(5))
    + "".join(
        _style(
            f"WxBox{kind.capitalize()}", f"公文提示 {kind}",
            f"{_bar(colour)}{_exact(400)}"
            f'<w:ind w:left="200" w:right="120" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
            _LOOSE + _size(12),
        )
        for kind, colour in BARS.items()
    )
    + _style(
        "WxCode", "公文原样文字",
        f'<w:shd w:val="clear" w:color="auto" w:fill="F4F5F7"/><w:wordWrap w:val="0"/>{_exact(280)}{_NO_INDENT}<w:jc w:val="left"/>',
        f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:eastAsia="{FANG}" w:cs="{MONO}"/>' + _LOOSE + _size(9.5),
    )
    + _style("Footer", "footer", f"{_exact(400)}{_NO_INDENT}", fonts(SONG) + _LOOSE + _size(14))
    + _letters("Strong", "Strong", fonts(HEI))
    + _letters("Emphasis", "Emphasis", fonts(KAI))
    + _letters("Hyperlink", "Hyperlink", '<w:color w:val="0B4A8F"/><w:u w:val="single"/>')
    + _letters(
        "WxCodeText", "公文代码", f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:eastAsia="{FANG}" w:cs="{MONO}"/>'
    )
    + '<w:style w:type="table" w:customStyle="1" w:styleId="WxTable"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
)  # fmt: skip

SETTINGS: Final = (
    f'<w:settings {DECLARED}><w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
FONTS: Final = (
    f"<w:fonts {DECLARED}>"
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{charset}"/><w:family w:val="{family}"/></w:font>'
        for name, others, charset, family in (
            (FANG, "仿宋,FangSong", "86", "modern"), (KAI, "楷体,KaiTi", "86", "modern"), (HEI, "SimHei", "86", "modern"),
            (SONG, "SimSun", "86", "auto"), (TITLE, "FZXiaoBiaoSong-B05S", "86", "auto"), (MONO, "Courier New", "00", "modern"),
        )
    )
    + "</w:fonts>"
)  # fmt: skip
"""Where a computer lacks a font: the names under which it may have it."""
NUMBERING: Final = f"<w:numbering {DECLARED}></w:numbering>"

PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" '
    'w:header="851" w:footer="1247" w:gutter="0"/>'
    f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
)
"""37 mm above, 35 below, 28 left, 26 right; the page's number 7 mm under the text."""


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def footer(side: str) -> str:
    """Give a page number, 四号 宋体 between dashes, one character in from the ``left`` or ``right``."""
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'<w:p {DECLARED}><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>'
        f"{dash.format('— ')}{_field('PAGE')}{dash.format(' —')}</w:p>"
    )


@cache
def blank() -> bytes:
    """Give an empty document with page, styles and footers, as python-docx packs it; made once in a process."""
    import io

    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE as TYPE
    from docx.oxml import parse_xml

    document: Any = Document()
    part = document.part
    ours = {TYPE.STYLES: STYLES, TYPE.SETTINGS: SETTINGS, TYPE.NUMBERING: NUMBERING, TYPE.FONT_TABLE: FONTS}
    for identity, one in list(part.rels.items()):
        if one.reltype not in {*ours, TYPE.THEME}:  # what else python-docx's own template has
            del part.rels[identity]
    package = part.package
    for identity, one in list(package.rels.items()):
        if one.reltype not in (TYPE.OFFICE_DOCUMENT, TYPE.CORE_PROPERTIES):
            del package.rels[identity]
    for kind, xml in ours.items():
        one = part.part_related_by(kind)
        if hasattr(one, "_element"):
            one._element = parse_xml(xml)
        else:
            one._blob = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml).encode()
    section = document.sections[0]
    for made, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        made.is_linked_to_previous = False
        holder = made._element
        for child in list(holder):
            holder.remove(child)
        holder.append(parse_xml(footer(side)))
    properties = section._sectPr
    for child in list(properties):
        if not child.tag.endswith("footerReference"):
            properties.remove(child)
    for child in parse_xml(f"<w:sectPr {DECLARED}>{PAGE}</w:sectPr>"):
        properties.append(child)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
