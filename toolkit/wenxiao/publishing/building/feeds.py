"""sitemap.xml and atom.xml.

A sitemap holds absolute addresses and nothing else (sitemaps.org), so that there is none while the site's address is
not known. An Atom feed may link relatively (RFC 4287, 4.2.7.1 and 2), so that there always is one.
"""

import datetime as dt
import heapq
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from wenxiao.publishing.ledger import leaf_of, newest_first
from wenxiao.publishing.pages.lists import LONGEST_NAME
from wenxiao.publishing.pages.shown import clipped
from wenxiao.publishing.published import Entry, Kind, Site

ATOM: Final = "atom.xml"
NEWEST: Final = 100
"""Entries of the feed."""
MOST: Final = 50_000
"""Addresses a sitemap may hold; more are divided, and sitemap.xml lists the parts."""
_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NO_XML: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Characters that XML can't hold, and those that turn the direction of a text."""
_KINDS: Final[dict[Kind, str]] = {"published": "公开", "corrected": "更正", "withdrawn": "撤回"}


def sitemaps(base: str, pages: Iterable[tuple[str, dt.date | None]]) -> Iterator[tuple[str, bytes]]:
    """Give path and content of the sitemap, and of its parts where it is divided; ``pages`` are (path, last change)."""
    listed = [page for page in pages if page[0] != "404.html"]
    parts = [listed[i : i + MOST] for i in range(0, len(listed), MOST)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _sitemap("urlset", "url", base, parts[0])
        return
    names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    yield "sitemap.xml", _sitemap("sitemapindex", "sitemap", base, [(name, None) for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _sitemap("urlset", "url", base, part)


def _sitemap(root: str, one: str, base: str, pages: Iterable[tuple[str, dt.date | None]]) -> bytes:
    tree = ET.Element(root, xmlns=_SITEMAP)
    for path, day in pages:
        entry = ET.SubElement(tree, one)
        ET.SubElement(entry, "loc").text = base + quote(path)
        if day:
            ET.SubElement(entry, "lastmod").text = day.isoformat()
    return _xml(tree)


def atom(site: Site, entries: Iterable[Entry]) -> bytes:
    """Give atom.xml with the newest of ``entries``, the lines of the logs: what was only made anew is no news."""
    told = (line for line in entries if line.kind != "reissued")
    settings, base = site.settings, site.settings.base_url or ""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _add(feed, "title", settings.title)
    _add(feed, "id", base or uuid.uuid5(uuid.NAMESPACE_OID, f"{settings.publisher} {settings.title}").urn)
    _add(feed, "updated", _moment(site.updated))
    _add(ET.SubElement(feed, "author"), "name", settings.publisher or settings.title)
    if base:
        ET.SubElement(feed, "link", rel="self", href=f"{base}{ATOM}")
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=f"{base}index.html")
    for line in heapq.nsmallest(NEWEST, told, key=newest_first):
        _entry(feed, line, site, base)
    return _xml(feed)


def _entry(feed: ET.Element, line: Entry, site: Site, base: str) -> None:
    """A withdrawn report has neither name nor page: its 索引号 stands for it."""
    row = site.row_of.get((line.year, line.report))
    index = site.settings.index(line.year, line.report)
    path = f"{quote(row.place)}/index.html" if row else "corrections/index.html"
    entry = ET.SubElement(feed, "entry")
    _add(entry, "title", f"{_KINDS[line.kind]}：{clipped(row.name, LONGEST_NAME) if row else index}")
    _add(entry, "id", uuid.uuid5(uuid.NAMESPACE_OID, leaf_of(line).hex()).urn)
    _add(entry, "updated", _moment(line.date))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}{path}")
    about = f"{row.year}年度，{row.unit}，索引号 {index}。" if row else ""
    reason = f"原因：{line.reason}" if line.reason else ""
    _add(entry, "summary", about + reason or index)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("", text)


def _moment(day: dt.date) -> str:
    """Give a day as Atom wants it, a moment: its beginning in China."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _xml(tree: ET.Element) -> bytes:
    ET.indent(tree, "")
    written: str = ET.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()
