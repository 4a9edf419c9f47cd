"""The contents: a field that Word knows, with its entries filled in.

A number of a page is known only to whoever sets the pages: the entries come without, and Word or WPS adds them when the
contents are updated (更新域). A number that is guessed would be worse than none.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from wenxiao.rendering.word.marks import paragraph, run_xml

DEEPEST: Final = 2
_BEGIN: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
    f'TOC \\o "1-{DEEPEST}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def mark_of(number: int) -> str:
    """Give the name of the bookmark of a heading."""
    return f"_Toc{900000000 + number}"


def contents_xml(headings: Sequence[tuple[int, str]]) -> str:
    """Give the contents of headings, (level, text) each in their order; nothing where there are none."""
    shown = [(n, level, text) for n, (level, text) in enumerate(headings, 1) if level <= DEEPEST]
    if not shown:
        return ""
    entries = "".join(_entries(shown))
    return (
        '<w:sdt><w:sdtPr><w:id w:val="9704"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('WxContents', run_xml('目  录'))}{entries}</w:sdtContent></w:sdt>{paragraph('WxGap', '')}"
    )


def _entries(shown: Sequence[tuple[int, int, str]]) -> Iterable[str]:
    for n, level, text in shown:
        link = f'<w:hyperlink w:anchor="{mark_of(n)}" w:history="1">{run_xml(text)}</w:hyperlink>'
        first = _BEGIN if n == shown[0][0] else ""
        last = _END if n == shown[-1][0] else ""
        yield paragraph(f"TOC{level}", f"{first}{link}{last}")
