"""The pages of a site that stand alone: corrections, search, open data, and the page for what is not there."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wenxiao.publishing.dividing import divided
from wenxiao.publishing.pages import lists
from wenxiao.publishing.pages.frame import MISSING, Frame, key_of, rendered
from wenxiao.publishing.pages.home import change_line
from wenxiao.publishing.pages.project import EVENTS
from wenxiao.publishing.published import Entry, Page, Site

PER_PAGE: Final = 200
SEARCH: Final = "search/index.html"


def other_pages(site: Site) -> Iterator[Page]:
    """Give corrections/, search/, data/index.html and 404.html."""
    settings = site.settings
    yield from _corrections(site)
    search = Frame(SEARCH, "全文搜索", settings, scripts=("assets/search.js",), wasm=True)
    parts = len(divided(row.place for row in site.rows))
    yield Page(SEARCH, key_of(settings, parts), lambda: rendered("search.html.j2", search, parts=parts))
    data = Frame("data/index.html", "开放数据", settings)
    years = sorted({row.year for row in site.rows})
    yield Page(
        "data/index.html", key_of(settings, years), lambda: rendered("data.html.j2", data, years=years)
    )
    missing = Frame(MISSING, "没有这个网页", settings, scripts=())
    yield Page(MISSING, key_of(settings), lambda: rendered("404.html.j2", missing))


def _path(number: int) -> str:
    return f"corrections/{'index' if number == 1 else number}.html"


def _corrections(site: Site) -> Iterator[Page]:
    """Give corrections and withdrawals one by one, and reissues, of which no number changed, counted by day."""
    told = [entry for entry in site.changes if entry.kind in ("corrected", "withdrawn")]
    days = Counter((entry.date, entry.year) for entry in site.changes if entry.kind == "reissued")
    reissued = sorted(days.items(), reverse=True)
    last = max(1, -(-len(told) // PER_PAGE))
    years = sorted({row.year for row in site.rows})
    for number in range(1, last + 1):
        part = told[(number - 1) * PER_PAGE : number * PER_PAGE]
        frame = Frame(_path(number), "更正记录" + (f"（第 {number} 页）" if last > 1 else ""), site.settings)

        def make(frame: Frame = frame, number: int = number, part: list[Entry] = part) -> bytes:
            pages = [(one, _path(one) if one else "") for one in lists.around(number, last)]
            return rendered(
                "corrections.html.j2", frame, lines=[change_line(entry, site) for entry in part], events=EVENTS, pages=pages,
                number=number, count=len(told), reissued=reissued if number == 1 else [], years=years,
            )  # fmt: skip

        rows = [site.row_of.get((entry.year, entry.report)) for entry in part]
        names = [f"{row.place} {row.name}" if row else "" for row in rows]
        key = key_of(site.settings, number, part, names, len(told), reissued, years)
        yield Page(_path(number), key, make)
