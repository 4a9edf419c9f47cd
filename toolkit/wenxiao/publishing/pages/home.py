"""The home page, the directory of lists, and the pages of every list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.findings import KINDS
from wenxiao.publishing.pages import lists
from wenxiao.publishing.pages.frame import HOME, Crumb, Frame, key_of, rendered
from wenxiao.publishing.pages.lists import Listing, Order
from wenxiao.publishing.pages.overview import charts, execution, totals
from wenxiao.publishing.pages.shown import clipped, money, rate, wan, width
from wenxiao.publishing.published import Entry, Page, Row, Site

LATEST: Final = 5
PER_DIRECTORY: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One project in a list, as shown."""

    path: str
    name: str
    unit: str
    department: str
    year: int
    adjusted: str
    outturn: str
    rate: str
    bar: str
    total: str
    grade: str
    grade_key: str
    corrections: int


def line(row: Row) -> Line:
    """Give a row as a list shows it."""
    return Line(
        path=f"{row.place}/index.html", name=clipped(row.name, lists.LONGEST_NAME), unit=clipped(row.unit, lists.LONGEST_NAME),
        department=clipped(row.department, lists.LONGEST_NAME), year=row.year, adjusted=wan(row.adjusted), outturn=wan(row.outturn),
        rate=rate(row.rate), bar=width(row.outturn, row.adjusted), total="" if row.total is None else f"{row.total:f}",
        grade=row.grade or "", grade_key=lists.grade_key(row), corrections=row.corrections,
    )  # fmt: skip


def home_pages(site: Site) -> Iterator[Page]:
    """Give the home page, the directory of lists, and every page of every list."""
    whole = lists.everything(site.rows)
    latest = tuple(entry for entry in site.changes if entry.kind in ("corrected", "withdrawn"))[:LATEST]
    yield Page(HOME, _key(site, "home", site.rows, latest, site.updated), lambda: _home(site, whole, latest))
    groups = tuple(of(site.rows) for of in (lists.years, lists.grades, lists.bands, lists.departments))
    yield Page("list/index.html", _key(site, "directory", site.rows), lambda: _directory(site, groups))
    yield from _departments(site, groups[3])
    for listing in (whole, *(one for group in groups for one in group)):
        for order in listing.orders:
            yield from _list_pages(site, listing, order)


def _key(site: Site, *parts: Iterable[object] | object) -> str:
    said = [[row.key for row in part] if part is site.rows else part for part in parts]
    return key_of(site.settings, *said)


def _home(site: Site, whole: Listing, latest: tuple[Entry, ...]) -> bytes:
    order = lists.ORDERS[0]
    _, first = next(whole.parts(order))
    return rendered(
        "home.html.j2", Frame(HOME, site.settings.title, site.settings, scripts=_SCRIPTS), totals=totals(site.rows),
        charts=tuple(charts(site.rows)), updated=site.updated, changes=[change_line(entry, site) for entry in latest],
        **_list_model(whole, order, 1, first),
    )  # fmt: skip


_SCRIPTS: Final = ("list/data/index.js", "assets/site.js")


def change_line(entry: Entry, site: Site) -> dict[str, Any]:
    """Give a line of the log as the lists of corrections show it; a withdrawn report has neither name nor page."""
    row, reason = site.row_of.get((entry.year, entry.report)), entry.reason or ""
    return {
        "entry": entry, "index": site.settings.index(entry.year, entry.report),
        "name": clipped(row.name, lists.LONGEST_NAME) if row else "", "path": f"{row.place}/index.html#history" if row else "",
        "why": f"{reason}（{KINDS[reason].title.zh}）" if reason in KINDS else f"{reason}（公开审查没有通过）",
    }  # fmt: skip


def _list_pages(site: Site, listing: Listing, order: Order) -> Iterator[Page]:
    for number, rows in listing.parts(order):
        path = listing.path(order, number)
        if path == HOME:
            continue
        frame = Frame(
            path, f"{listing.title}{f'（第 {number} 页）' if listing.pages > 1 else ''}", site.settings,
            (Crumb("分类浏览", "list/index.html"),), _SCRIPTS,
        )  # fmt: skip
        keys, sums = [row.key for row in rows], [len(listing.rows), listing.adjusted, listing.outturn]
        key = key_of(site.settings, path, keys, sums)

        def make(frame: Frame = frame, number: int = number, rows: Sequence[Row] = rows) -> bytes:
            return rendered("list.html.j2", frame, **_list_model(listing, order, number, rows))

        yield Page(path, key, make)


def _list_model(listing: Listing, order: Order, number: int, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "listing": listing, "order": order, "number": number, "lines": tuple(map(line, rows)),
        "adjusted": money(listing.adjusted), "outturn": money(listing.outturn), "whole_rate": execution(listing.adjusted, listing.outturn),
        "pages": [(one, listing.path(order, one) if one else "") for one in lists.around(number, listing.pages)],
    }  # fmt: skip


def _directory(site: Site, groups: tuple[list[Listing], ...]) -> bytes:
    frame, count = Frame("list/index.html", "分类浏览", site.settings), len(groups[3])
    heads = ("年度", "评价等级", "预算执行率", "主管部门")
    shown = [
        (head, list(map(_entry, group[: lists.PER_PAGE]))) for head, group in zip(heads, groups, strict=True)
    ]
    more = _department_path(1) if count > lists.PER_PAGE else ""
    return rendered(
        "directory.html.j2", frame, groups=shown, more=more, count=count, all_count=len(site.rows)
    )


def _entry(one: Listing) -> dict[str, Any]:
    return {
        "words": clipped(one.words, lists.LONGEST_NAME), "path": one.path(lists.ORDERS[0]), "count": len(one.rows),
        "adjusted": wan(one.adjusted), "outturn": wan(one.outturn), "rate": execution(one.adjusted, one.outturn),
    }  # fmt: skip


def _departments(site: Site, found: list[Listing]) -> Iterator[Page]:
    """Give the directory of departments, where it is longer than the directory of lists can show."""
    if len(found) <= lists.PER_PAGE:
        return
    last = -(-len(found) // PER_DIRECTORY)
    for number in range(1, last + 1):
        part = found[(number - 1) * PER_DIRECTORY : number * PER_DIRECTORY]
        path = _department_path(number)
        frame = Frame(
            path, f"主管部门（第 {number} 页）", site.settings, (Crumb("分类浏览", "list/index.html"),)
        )

        def make(frame: Frame = frame, part: Sequence[Listing] = part, number: int = number) -> bytes:
            pages = [(one, _department_path(one) if one else "") for one in lists.around(number, last)]
            entries = list(map(_entry, part))
            return rendered("departments.html.j2", frame, entries=entries, number=number, pages=pages)

        sums = [f"{one.key} {len(one.rows)} {one.adjusted} {one.outturn}" for one in part]
        yield Page(path, key_of(site.settings, path, sums, last), make)


def _department_path(number: int) -> str:
    return f"list/department/{'index' if number == 1 else number}.html"
