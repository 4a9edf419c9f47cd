"""The pages of a site made again from its own data, and compared byte for byte."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from wenxiao.publishing.about import ABOUT, about_text
from wenxiao.publishing.building.crew import FEW, in_order
from wenxiao.publishing.building.feeds import ATOM, atom, sitemaps
from wenxiao.publishing.building.reading import published_at
from wenxiao.publishing.building.tree import place_of
from wenxiao.publishing.data import CRATE, datapackage, report_crate, site_crate
from wenxiao.publishing.pages import project_page, report_charts, site_pages
from wenxiao.publishing.published import File, Row, Site
from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.listing import read_file
from wenxiao.publishing.verifying.result import Difference, listed
from wenxiao.publishing.verifying.sums import Sums
from wenxiao.publishing.verifying.tables import PACKAGE
from wenxiao.publishing.verifying.views import View
from wenxiao.running.executors import executor_for
from wenxiao.running.storage.base import digest
from wenxiao.words import Words

_NO_ABOUT: Final = Words(
    f"网页：网站没有可用的 {ABOUT}，网页不能重新生成来比较，只核对了指纹。",
    f"Pages: the site has no {ABOUT} that can be used, so pages can't be made again to compare; only hashes were checked.",
)
_NOT_MADE: Final = Words(
    "搜索索引（pagefind）：没有重新生成，只核对了指纹。",
    "The search index (pagefind) was not made again; only its hashes were checked.",
)
_NOT_WHOLE: Final = Words(
    "首页、列表和数据说明：由全部报告和日志而来，上面的问题解决以前没有重新生成来比较，只核对了指纹；"
    "有问题的报告，网页和数据表中的行也是这样。",
    "Home page, lists and descriptions follow from all reports and logs: until the above is settled they were not made "
    "again to compare, only hashes were checked; so were the pages and lines of the reports concerned.",
)
_MISSING: Final = Words("网站应有这个文件，现在没有。", "The site should have it, and has not.")
_EDITED: Final = Words(
    "公布之后被改过：与 SHA256SUMS 不符。", "changed after publication: not what SHA256SUMS records."
)
_NOT_OURS: Final = Words(
    "与 SHA256SUMS 相符，却不是由网站的数据生成的：文件和清单可能一起被改过。",
    "as SHA256SUMS records, yet it does not follow from the site's data: both may have been changed together.",
)
Made = tuple[str, Callable[[], bytes]]


@dataclass
class Remade:
    """What was found of the pages; ``same`` counts files that are the same."""

    same: int = 0
    differences: list[Difference] = field(default_factory=list)
    unchecked: list[Words] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """Where a site stands, and which of its files (or of one report's) are there, listed, and not as listed."""

    root: Path
    present: Collection[str]
    listed: Collection[str]
    changed: Collection[str]


def remake_pages(
    view: View, sums: Sums, tables: Mapping[str, File] | None, skipped: Callable[[str], bool], workers: int
) -> Remade:
    """Make pages, charts and descriptions again, and compare each with the one that stands there.

    ``tables`` are the files of data/ as they should be, by name. None: not all of the site is as its logs record, so
    that only what follows from one report is made again. ``skipped`` tells of a report's place that its page is not.
    """
    made = Remade()
    if not view.rows:
        return made
    if view.about is None:
        made.unchecked.append(_NO_ABOUT)
        return made
    made.unchecked.append(_NOT_MADE)
    if tables is None:
        made.unchecked.append(_NOT_WHOLE)
    tasks = (_Task(view, sums, row) for row in view.rows if not skipped(row.place))
    with executor_for(None, workers) if workers > 1 and len(view.rows) > FEW else nullcontext() as pool:
        for _, found in in_order(pool, _judge_report, ((None, task) for task in tasks)):
            _add(made, found or ())
    if tables is not None:
        standing = Standing(view.root, sums.present.keys(), sums.listed.keys(), sums.changed)
        _add(made, _judge(standing, _of_site(view, tables), "index.html"))
    if made.differences and not view.same_code:
        other = listed(dict.fromkeys(one.file for one in made.differences))
        made.unchecked.append(Words(
            f"网页：由另一版本的 wenxiao 生成，所以这些与这里重新生成的不同，不能断定有没有被改过：{other.zh}。",
            f"Pages: made by another version of wenxiao, so that these differ from what is made here, and whether they were "
            f"changed can't be told: {other.en}.",
        ))  # fmt: skip
        made.differences = []
    return made


def _add(made: Remade, found: Iterable[list[Difference]]) -> None:
    for differences in found:
        made.differences += differences
        made.same += not differences


def _judge(standing: Standing, files: Iterator[Made], first: str) -> Iterator[list[Difference]]:
    """Compare files made again with those that stand there; give the differences of each that does.

    ``first`` is the file to be named when the making itself fails: data of another hand can break any page.
    """
    path = first
    try:
        for path, make in files:
            if path in standing.present:
                cause = _EDITED if path in standing.changed else _NOT_OURS
                yield compare_files(path, read_file(standing.root / path), make(), cause)
            elif path not in standing.listed:  # else it is told by SHA256SUMS
                yield [Difference("missing", path, said=_MISSING)]
    except Exception as error:
        name = type(error).__name__
        said = Words(f"由网站的数据生成不了：{name}", f"It can't be made from the site's data: {name}")
        yield [Difference("failed", path, said=said)]


def _of_site(view: View, tables: Mapping[str, File]) -> Iterator[Made]:
    """Give what follows from all reports together."""
    site = view.site()
    told: list[tuple[str, dt.date | None]] = []
    last = {row.place: row.last for row in site.rows}
    for page in site_pages(site):
        place = place_of(page.path)
        if page.path.endswith(".html"):
            told.append((page.path, last.get(place)))
        if not place:
            yield page.path, page.make
    if base := site.settings.base_url:
        yield from ((path, partial(bytes, content)) for path, content in sitemaps(base, told))
    yield ATOM, lambda: atom(site, view.entries)
    if view.same_code:
        yield ABOUT, lambda: about_text(site.settings).encode()
    described = datapackage(site, tables).encode()
    yield f"data/{PACKAGE}", lambda: described
    if find_spec("rocrate"):
        files = {**tables, PACKAGE: File(len(described), digest(described))}
        yield CRATE, lambda: site_crate(site, files).encode()


class _Task:
    """What makes one report's page again; plain values, so that it crosses into another process."""

    def __init__(self, view: View, sums: Sums, row: Row):
        self.row, self.history, self.settings = row, view.history(row), view.settings
        here, there = (folders[row.place] for folders in (sums.folders, sums.folders_listed))
        self.standing = Standing(view.root, here, there, here & sums.changed)


def _judge_report(task: _Task) -> list[list[Difference]]:
    return list(_judge(task.standing, _of_report(task), f"{task.row.place}/index.html"))


def _of_report(task: _Task) -> Iterator[Made]:
    """Give what follows from one report."""
    row = task.row
    report = published_at(task.standing.root / row.place, row, task.history)
    site = Site(task.settings, (row,), (), row.last, lambda _: report)
    yield f"{row.place}/index.html", lambda: project_page(report, site)
    for name, content in report_charts(report.folder).items():
        yield f"{row.place}/{name}", partial(bytes, content)
    if find_spec("rocrate"):
        yield f"{row.place}/{CRATE}", lambda: report_crate(report, task.settings).encode()
