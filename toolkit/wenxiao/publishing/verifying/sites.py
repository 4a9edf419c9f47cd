"""A whole site: its hashes and signature, its logs, its tables, every report made again, and every page."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from wenxiao.errors import shown_path
from wenxiao.publishing.verifying.environment import together
from wenxiao.publishing.verifying.logs import Log, read_logs
from wenxiao.publishing.verifying.pages import Remade, remake_pages
from wenxiao.publishing.verifying.remaking import Source, remake
from wenxiao.publishing.verifying.reports import Found, Report
from wenxiao.publishing.verifying.result import Difference, Part, Result, UnusableError
from wenxiao.publishing.verifying.standing import check_places
from wenxiao.publishing.verifying.sums import Sums, check_signature, check_sums
from wenxiao.publishing.verifying.tables import Table, check_described, check_tables
from wenxiao.publishing.verifying.views import View, places
from wenxiao.words import Words

NO_HEAD: Final = Words(
    "日志：没有给出以前留存的树根（--head），所以不知道整个日志是否被换过。",
    "Log: no root kept from earlier was given (--head), so whether the log was replaced as a whole can't be told.",
)
NOT_REMADE: Final = Words(
    "没有重新生成报告（--no-rerun），报告只核对了指纹。",
    "The reports were not made again (--no-rerun); only their hashes were checked.",
)


def verify_site(
    root: Path,
    key: str | None,
    heads: Sequence[tuple[int, str]],
    rerun: bool,
    workers: int,
    progress: Callable[[int, int], None],
    language: str,
    run_template: bool = False,
) -> Result:
    """Verify a site; see :func:`wenxiao.publishing.verifying.verify`."""
    signed = check_signature(root, key)  # first: a key that can't be used is told before the long work
    sums = check_sums(root)
    logs, log_differences = read_logs(root, sums.present, heads)
    misplaced = list(check_places(logs, root, sums.present))
    suspect = {place for place, _ in misplaced}
    reports = _Reports(
        root, sums, places(logs, sums.present), suspect, rerun, workers, progress, language, run_template
    )
    troubled = {str(log.year) for log in logs if log.differences}
    unlike = suspect | {place for place in reports.places if place[:4] in troubled}
    records, all_files = unlike | reports.records, unlike | reports.damaged
    view = View(root, logs, sums.present, records)
    tables, table_differences = check_tables(
        root, view.reports(), sums.present, lambda place: place in records or place[:4] in troubled
    )
    whole = {table.name: table.expected for table in tables} if not records and not log_differences else None
    pages = remake_pages(view, sums, whole, all_files.__contains__, workers)
    described = [] if whole and view.about and view.same_code else check_described(root, sums)
    told = [
        *([signed.difference] if signed.difference else []), *log_differences, *(one for _, one in misplaced),
        *reports.differences, *table_differences, *described, *pages.differences,
    ]  # fmt: skip
    unsafe = {one.file for one in sums.differences if one.kind == "unsafe"}
    told = [one for one in told if not (one.kind == "missing" and one.file in unsafe)]
    everything = [*_untold(sums, told), *told]
    same = _same(sums, logs, reports, tables, pages, {one.kind for one in log_differences})
    unchecked = [
        *([signed.unchecked] if signed.unchecked else []), *([] if heads else [NO_HEAD]), *([] if rerun else [NOT_REMADE]),
        *dict.fromkeys(reports.unchecked), *pages.unchecked,
    ]  # fmt: skip
    return Result(
        "site", shown_path(root), tuple(everything), (*([signed.same] if signed.same else []), *same), tuple(unchecked),
        together(reports.environment), tuple((log.year, log.size, log.root) for log in logs if log.size),
    )  # fmt: skip


def _untold(sums: Sums, told: Sequence[Difference]) -> Iterator[Difference]:
    """Give what the hashes alone tell, without the files of which something more exact is said."""
    named = {one.file for one in told}
    gone = tuple(f"{one.file}/" for one in told if one.kind in ("missing", "extra") and one.file)
    for one in sums.differences:
        if one.file not in named and not one.file.startswith(gone):
            yield one
    for path in sorted(sums.changed - named):
        recorded, here = sums.listed[path], sums.present[path]
        said = Words(
            f"公布之后被改过：与 SHA256SUMS 不符（登记 {recorded[:16]}…，现在 {here[:16]}…）。",
            f"Changed after publication: not what SHA256SUMS records ({recorded[:16]}…, now {here[:16]}…).",
        )
        yield Difference("changed", path, said=said)


class _Reports:
    """All reports of a site, made again in a batch; one is in memory only from its hashes to its comparison."""

    def __init__(
        self, root: Path, sums: Sums, places: Sequence[str], suspect: Container[str], rerun: bool, workers: int,
        progress: Callable[[int, int], None], language: str, run_template: bool,
    ):  # fmt: skip
        self._run_template = run_template
        self._root, self._sums, self._progress = root, sums, progress
        self.places, self._suspect = places, suspect
        self.damaged: set[str] = set()  # reports with a file that is not the one listed
        self.records: set[str] = set()  # those of them whose evaluation.json is not
        self._pending: dict[str, Report] = {}
        self._found: dict[str, list[Difference]] = {}
        self._done, self._total = 0, len(places)
        self.remade = self.numbers = self.files = 0
        self.unchecked: list[Words] = []
        self.environment: list[tuple[Part, ...]] = []
        if rerun:
            remake(self._sources(places), workers, self._heard, language)
        else:
            for place in places:
                if report := self._open(place):
                    report.without_remaking()
                    self._close(place, report.found)
        self.differences = [one for place in places for one in self._found.get(place, ())]

    def _open(self, place: str) -> Report | None:
        try:
            report = Report(self._root / place, self._sums.hashes(place), self._run_template)
        except UnusableError as error:
            self._found[place] = [Difference("changed", f"{place}/manifest.json", said=error.words)]
            self.damaged.add(place)
            self.records.add(place)
            return None
        if not report.intact:
            self.damaged.add(place)
        if not report.record_intact:
            self.records.add(place)
        year, _, stem = place.partition("/")
        if place not in self._suspect and (str(report.listing.year), report.listing.stem) != (year, stem):
            said = Words(
                f"清单写的是 {report.listing.year}/{report.listing.stem}：报告放错了位置。",
                f"The list is that of {report.listing.year}/{report.listing.stem}: the report is out of its place.",
            )
            report.found.differences.append(Difference("changed", "manifest.json", said=said))
        return report

    def _sources(self, places: Sequence[str]) -> Iterator[Source[str]]:
        for place in places:
            report = self._open(place)
            source = report.source() if report else None
            if report and source:
                self._pending[place] = report
                yield replace(source, key=place)
            elif report:
                report.without_remaking()
                self._close(place, report.found)
            else:
                self._step()

    def _heard(self, place: str, made: Path | None, error: str) -> None:
        report = self._pending.pop(place)
        report.judge(made, error)
        self.remade += made is not None
        self._close(place, report.found)

    def _close(self, place: str, found: Found) -> None:
        self._found[place] = [one.within(place) for one in found.differences]
        self.unchecked += found.unchecked
        self.environment.append(found.environment)
        self.numbers += found.numbers
        self.files += len(found.files)
        self._step()

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _same(
    sums: Sums,
    logs: Sequence[Log],
    reports: _Reports,
    tables: Sequence[Table],
    pages: Remade,
    wrong: set[str],
) -> Iterator[Words]:
    """Say what was found to be as it should be, with numbers."""
    good = len(sums.listed) - len(sums.changed) - len(sums.listed.keys() - sums.present.keys())
    if good:
        yield Words(f"SHA256SUMS：{good} 个文件逐一相符。", f"SHA256SUMS: {good} files are as listed.")
    if logs and not wrong:
        lines = sum(log.size for log in logs)
        yield Words(
            f"日志：{len(logs)} 个年度共 {lines} 行，只增未改，每个树根都相符。",
            f"Log: {lines} lines of {len(logs)} years, only added to; every root holds.",
        )
    if reports.remade:
        yield Words(
            f"报告：重新生成 {reports.remade} 份，{reports.numbers} 个数值逐一相同，{reports.files} 个文件逐字节相同。",
            f"Reports: {reports.remade} made again; {reports.numbers} values and {reports.files} files are the same.",
        )
    for table in tables:
        if table.same:
            yield Words(
                f"data/{table.name}：{table.same} 行与报告逐格相同。",
                f"data/{table.name}: {table.same} lines are as in the reports.",
            )
    if pages.same:
        yield Words(
            f"网页和数据：重新生成 {pages.same} 个文件，逐字节相同。",
            f"Pages and data: {pages.same} files made again, the same byte for byte.",
        )
