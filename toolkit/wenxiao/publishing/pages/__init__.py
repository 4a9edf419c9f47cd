"""Every page of a site, and what pages are made with: view models (pure), templates, style, script and fonts.

frame     what all pages share: templates, addresses, keys
shown     how money, rates, dates and texts are shown
lists, listdata              lists in four orders, and the same lists as data for the filter
overview, home               totals and charts; the home page and the pages of lists
answers, report, changes     a project's four answers, the report in its page, what a correction changed
project                      a project's page
how, others                  how the numbers were made; corrections, search, open data, 404
fonts     slices of the bundled fonts, for machines that have no Chinese ones

A page is made only when asked for. The pictures of a report (:func:`report_charts`) stand beside its page and follow
from its notebook alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from wenxiao.publishing.pages import listdata
from wenxiao.publishing.pages.fonts import font_css, font_files
from wenxiao.publishing.pages.frame import HERE, key_of
from wenxiao.publishing.pages.home import home_pages
from wenxiao.publishing.pages.how import how_pages
from wenxiao.publishing.pages.others import other_pages
from wenxiao.publishing.pages.project import project_page
from wenxiao.publishing.pages.report import body_of, read_report
from wenxiao.publishing.published import Page, Row, Site

ASSETS: Final = ("site.css", "site.js", "search.js")


def site_pages(site: Site) -> Iterator[Page]:
    """Give every file of a site that this package makes: pages, list data and assets; projects last, one at a time."""
    yield from _assets()
    yield from home_pages(site)
    yield from _list_data(site)
    yield from how_pages(site)
    yield from other_pages(site)
    for row in site.rows:
        yield Page(f"{row.place}/index.html", key_of(site.settings, row.key), _project(row, site))


def report_charts(folder: Path) -> dict[str, bytes]:
    """Give name → content of the pictures that stand beside the page of a report folder.

    Raises:
        OSError: its report.ipynb can't be read.
    """
    return body_of(read_report(folder)).charts


def _project(row: Row, site: Site) -> Callable[[], bytes]:
    return lambda: project_page(site.load(row), site)


def _file(name: str, path: Path) -> Page:
    return Page(f"assets/{name}", hashlib.sha256(path.read_bytes()).hexdigest(), path.read_bytes)


def _text(path: str, text: str) -> Page:
    content = text.encode()
    return Page(path, hashlib.sha256(content).hexdigest(), lambda: content)


def _assets() -> Iterator[Page]:
    yield from (_file(name, HERE / "assets" / name) for name in ASSETS)
    yield _text("assets/fonts.css", font_css())
    yield from (_file(f"fonts/{path.name}", path) for path in font_files())


def _list_data(site: Site) -> Iterator[Page]:
    names = []
    for name, rows in listdata.shards(site.rows):
        names.append(name)
        yield _text(f"{listdata.FOLDER}/{name}.js", listdata.shard_text(name, rows))
    yield _text(f"{listdata.FOLDER}/index.js", listdata.index_text(site.rows, names))


__all__ = ["project_page", "report_charts", "site_pages"]
