"""The part of a page that holds the document: not its navigation, links, share buttons and footer.

Nothing that holds a table of figures is ever thrown away; a page without any is cut down to where its running text is.
"""

import re
from typing import Any, Final

from wenxiao.importing.readers.building import Draft, tidy

_AROUND_TAGS: Final = ("nav", "header", "footer", "aside")
_AROUND: Final = re.compile(
    r"(^|[\s_-])(nav|menu|foot|footer|head|header|topbar|top|sidebar|side|crumbs?|breadcrumb|position|location|share|"
    r"copyright|friendlink|links?|search|login|pager|related|banner|logo|toolbar|print|qrcode|weizhi|dqwz|bdshare)([\s_-]|\d|$)",
    re.I,
)
_ABOUT: Final = re.compile(
    r"\s*(发布(时间|日期)|来源|信息来源|浏览|点击|阅读|访问|字体|字号|打印|分享|当前位置|您(现在)?的位置|作者|责任编辑|编辑|文章来源)\S{0,4}[：:]"
)
_ARTICLES: Final = {
    "zoom", "ucap-content", "trs_editor", "trs_ueditor", "vsb_content", "v_news_content", "custom_unionstyle", "artibody",
    "article-content", "article_content", "news_content", "newscontent", "pages_content", "xxgk_content", "xxgk-content", "bt_content",
    "con_text", "content_text", "wzcon", "j-fontcontent", "ewebeditor_content", "mycontent", "info_content", "detail_content",
}  # fmt: skip
"""What the content systems of government sites call the article."""
_TITLE_END: Final = re.compile(r"(?<![-_|—–])[-_|—–]+[^-_|—–]*$")
_MOST_LINKS: Final = 30
"""A table with more than 30 of 100 signs in links is a menu."""
_SHARE: Final = 85
"""A part of a page that holds 85 of 100 signs of the page's text holds the document."""
_FEW_CELLS: Final = 6
_QUOTED: Final = 200
_LEAST_SHARE_AROUND: Final = 40
_MOST_AROUND: Final = 70
_LEAST_SHARE_OF_ARTICLE: Final = 50
_SHORT: Final = 150


def content_of(draft: Draft, root: Any) -> tuple[str, Any]:
    """Give the page's title, unless the document itself says it, and the element that holds the document."""
    body = root.find("body") if root.find("body") is not None else root
    title = _title(root)
    around = _take_out_around(body)
    here = _named(body)
    while (inner := _inner(here)) is not None:
        here = inner
    _say_what_was_left(draft, body, here, around)
    said = "".join(here.text_content().split())
    return ("" if "".join(title.split()) in said else title), here


def _named(body: Any) -> Any:
    """Give the element that its name says is the article, where it holds all figures of the page; else the body."""
    whole, tables = _signs(body), len(_data_tables(body))
    for element in body.iter():
        names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold().split()
        if _ARTICLES.isdisjoint(names):
            continue
        if len(_data_tables(element)) == tables and _signs(element) * 100 >= whole * _LEAST_SHARE_OF_ARTICLE:
            return element
    return body


def _title(root: Any) -> str:
    """Give the heading of the article, or the page's title without the name of the site."""
    for heading in root.iter("h1", "h2"):
        if (text := tidy(heading.text_content()).replace("\n", "")) and not heading.findall(".//a"):
            return text
    found = root.find(".//title")
    text = tidy(found.text_content()).replace("\n", "") if found is not None else ""
    return _TITLE_END.sub("", text).strip() or text


def _take_out_around(body: Any) -> list[str]:
    """Take out navigation, links and footers by their names; give their texts.

    Where that would be most of the page, the names mean something else, and nothing is taken out.
    """
    whole = max(1, _signs(body))
    found: list[Any] = []
    inside: set[Any] = set()
    for element in body.iter():
        if not isinstance(element.tag, str) or element is body or element in inside:
            continue
        if not _stands_around(element) or _data_tables(element):
            continue
        if _signs(element) * 100 < whole * _LEAST_SHARE_AROUND:
            found.append(element)
            inside.update(element.iter())
    if sum(map(_signs, found)) * 100 > whole * _MOST_AROUND:
        return []
    texts: list[str] = []
    for element in found:
        _collect(element, None, texts)
        element.drop_tree()
    return texts


def _stands_around(element: Any) -> bool:
    """Tell by its name, or by what it begins with, whether an element may belong to the page and not to the document."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in _AROUND_TAGS or _AROUND.search(names):
        return True
    if element.tag not in ("div", "p", "span", "ul", "li", "dl", "h3", "h4", "h5"):
        return False
    text = element.text_content()
    return len(text) < _SHORT and _ABOUT.match(text) is not None


def _inner(here: Any) -> Any:
    """Give the child that holds the document as well as ``here`` does; None where it is spread over several."""
    whole, tables = _signs(here), len(_data_tables(here))
    for child in here:
        if child.tag in ("p", "span", "font", "b", "strong") or (child.tag == "table" and _is_data(child)):
            continue
        if len(_data_tables(child)) == tables and _signs(child) * 100 >= whole * _SHARE:
            return child
    return None


def _say_what_was_left(draft: Draft, body: Any, here: Any, around: list[str]) -> None:
    """Note the text around the document, but for links."""
    left: list[str] = []
    _collect(body, here, left)
    text = " ".join(" ".join([*left, *around]).split())
    if text:
        draft.note(f"正文以外的页面文字没有读：“{text[:_QUOTED]}{'…' if len(text) > _QUOTED else ''}”")


def _collect(element: Any, but: Any, texts: list[str]) -> None:
    """Collect an element's texts, without links and without what stands in another element."""
    if element is but or element.tag == "a":
        return
    texts.append(element.text or "")
    for child in element:
        _collect(child, but, texts)
        texts.append(child.tail or "")


def _data_tables(element: Any) -> list[Any]:
    return [table for table in element.iter("table") if _is_data(table)]


def _is_data(table: Any) -> bool:
    """Tell a table of figures from a menu and from a table that only lays out the page."""
    if table.find(".//table") is not None:
        return False
    return len(table.findall(".//td")) + len(table.findall(".//th")) >= _FEW_CELLS and _signs(table) > 0


def _signs(element: Any) -> int:
    """Count the signs of an element's text that is not in links; none where most of it is."""
    text = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return 0 if element.tag == "table" and linked * 100 > text * _MOST_LINKS else text - linked
