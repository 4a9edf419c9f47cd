"""A publication from its first look at the reports to SHA256SUMS, under the site's lock.

The order makes every interruption harmless: a report's line of the log is written before its folder is put in place,
lists and feeds follow the folders, SHA256SUMS comes after all files and its signature after it. What a killed
publication leaves half done, the next one finishes.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wenxiao.errors import SpokenError, shown_path
from wenxiao.publishing.building.crew import in_order
from wenxiao.publishing.building.deciding import Decider, Decision, verdict_at
from wenxiao.publishing.building.filling import Filler, Step, seal
from wenxiao.publishing.building.placing import Task, stage_report
from wenxiao.publishing.building.reading import check_downloads, manifest_at, published_at, row_at
from wenxiao.publishing.building.state import State
from wenxiao.publishing.building.tree import SIGNATURE, SUMS, Tree
from wenxiao.publishing.folders import read_folders
from wenxiao.publishing.gate import privacy
from wenxiao.publishing.ledger import Ledger, LogError, line_text
from wenxiao.publishing.published import Published, Row, Site
from wenxiao.publishing.settings import Settings
from wenxiao.running.executors import executor_for
from wenxiao.running.project import code_hash
from wenxiao.running.storage import LocalStore
from wenxiao.words import Words

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class OrderError(SpokenError):
    """What is asked for can't be: the folder holds something else, the day is past, the reason names a person."""


@dataclass(frozen=True)
class Order:
    """What is to be published: the reports of a folder, into a site, on a day.

    ``because`` is the published reason for corrections, ``jobs`` how many reports are worked on at once, and ``key``
    signs SHA256SUMS.
    """

    reports: Path
    site: Path
    settings: Settings
    day: dt.date
    because: str | None = None
    jobs: int = 1
    key: "Ed25519PrivateKey | None" = None


@dataclass
class Result:
    """What was done: reports by status, files written and removed, and how many reports are on the site."""

    counts: Counter[str] = field(default_factory=Counter)
    written: int = 0
    removed: int = 0
    reports: int = 0
    unsigned: bool = False
    """An older signature was taken away, because the site changed and was not signed again."""


def publish(order: Order, heard: Callable[[Decision], None], step: Step = lambda *_: None) -> Result:
    """Bring a site up to date; ``heard`` is told of each report: at once when it is refused, else when it is done.

    Raises:
        OrderError, LogError, LockedError, DamagedError, ChangedError, SearchError: nothing more is done, and the
            site is as the last finished report left it.
        OSError: a folder can't be read or written.
    """
    _make_sure(order.site)
    if order.because and (personal := privacy.personal([("--because", order.because)])[0]):
        raise OrderError(_PERSONAL.filled(zh=personal[0].words.zh, en=personal[0].words.en))
    store = LocalStore(order.site)
    with store.lock():
        store.sweep()
        with executor_for(None, order.jobs) if order.jobs > 1 else nullcontext() as pool:
            return _Publication(order, store, pool, heard, step).run()


def _make_sure(site: Path) -> None:
    """A site's folder is empty, or a site: nothing else is ever mixed with it."""
    if site.exists() and not site.is_dir():
        raise OrderError(_OTHER.filled(site=shown_path(site)))
    names = {path.name for path in site.iterdir()} if site.is_dir() else set()
    if names - {".wenxiao", ".wenxiao.lock"} and not names & {SUMS, "log"}:
        raise OrderError(_OTHER.filled(site=shown_path(site)))


class _Publication:
    """One run of :func:`publish`."""

    def __init__(
        self,
        order: Order,
        store: LocalStore,
        pool: Executor | None,
        heard: Callable[[Decision], None],
        step: Step,
    ):
        self.order, self.store, self.pool, self.heard, self.step = order, store, pool, heard, step
        self.result = Result()
        self.ledger = Ledger(store)
        if self.ledger.updated and order.day < self.ledger.updated:
            raise OrderError(_EARLIER.filled(day=order.day, last=self.ledger.updated))
        self.state = State.load(store, code_hash())
        self.rows: dict[str, Row] = {}

    def run(self) -> Result:
        todo = list(self._decide())
        self._rows_of_the_rest({found.place for found in todo if found.status == "withdrawn"})
        tree = Tree(self.store, self.state.trusted)
        self._make_sure(tree, len(todo))
        if todo or self.state.whole != self._whole() or tree.missing() or not self._signed():
            self._write(tree, todo)
        self.result.written, self.result.removed = tree.written, tree.removed
        self.result.reports = len(self.rows)
        return self.result

    def _make_sure(self, tree: Tree, todo: int) -> None:
        """A site that has lost its log knows no report: it is left alone. One without any report is not begun."""
        for path in tree.sums:
            if path.startswith("log/") and not (tree.root / path).is_file():
                raise LogError(_LOST.filled(path=shown_path(tree.root / path)))
        if not (self.rows or todo or self.result.counts):
            raise OrderError(_NOTHING.filled(reports=shown_path(self.order.reports)))

    # --- deciding ---

    def _decide(self) -> Iterator[Decision]:
        """Give what is to be done; of what stays as it is, only the row is kept."""
        order = self.order
        decider = Decider(self.store.root, self.ledger, self.state, order.settings, order.day, order.because)
        count = sum(1 for _ in order.reports.glob("*/*/provenance.json"))
        asked = ((folder, decider.question(folder)) for folder in read_folders(order.reports))
        for n, (folder, verdict) in enumerate(in_order(self.pool, verdict_at, asked), 1):
            found = decider.decide(folder, verdict)
            self.step("decide", n, max(n, count))
            if found.row:
                self.rows[found.place] = found.row
            if found.place_it or found.status == "withdrawn":
                yield found
            else:
                self._tell(found)

    def _tell(self, found: Decision) -> None:
        self.result.counts[found.status] += 1
        self.heard(found)

    def _rows_of_the_rest(self, gone: set[str]) -> None:
        """Reports that are not among those at hand, or refused for want of a reason, stay as they are."""
        for year, stem in self.ledger.live():
            place = f"{year}/{stem}"
            if place not in self.rows and place not in gone:
                history, folder = self.ledger.history(year, stem), self.store.root / place
                check_downloads(folder, manifest_at(folder, history[-1].manifest))
                self.rows[place] = row_at(folder, stem, history, self.order.settings)

    def _whole(self) -> str:
        """Give a hash of all that the site is made from."""
        lines = (line_text(line) for one in self.ledger.years.values() for line in one.lines)
        return hashlib.sha256("\n".join((self.order.settings.model_dump_json(), *lines)).encode()).hexdigest()

    def _signed(self) -> bool:
        return self.order.key is None or (self.store.root / SIGNATURE).is_file()

    # --- writing ---

    def _write(self, tree: Tree, todo: list[Decision]) -> None:
        self.state.begin(self.store)
        self._take_off(tree, {found.place for found in todo if found.status == "withdrawn"})
        placed = self._place(tree, todo)
        self.ledger.close(self.order.day)
        for path in sorted((tree.root / "log").glob("[0-9]*")):
            tree.note(f"log/{path.name}")
        self.state.whole = self._whole()
        filler = Filler(tree, self._site(), self.state, self.pool, self.step)
        filler.feeds(self.ledger.entries(), filler.pages(placed, self._task))
        filler.data()
        filler.search()
        tree.sweep()
        self.result.unsigned = seal(tree, self.order.key)
        self.state.finish(self.store)

    def _take_off(self, tree: Tree, gone: set[str]) -> None:
        """Take withdrawn reports off the site before anything else, and those whose withdrawal was interrupted."""
        live = {f"{year}/{stem}" for year, stem in self.ledger.live()} - gone
        for folder in sorted(tree.root.glob("[0-9][0-9][0-9][0-9]/*/")):
            if (place := folder.relative_to(tree.root).as_posix()) not in live:
                tree.remove_folder(place)

    def _site(self) -> Site:
        rows = tuple(sorted(self.rows.values(), key=lambda row: (row.year, row.stem)))
        return Site(
            self.order.settings,
            rows,
            tuple(self.ledger.changes()),
            self.ledger.updated or self.order.day,
            self._load,
        )

    def _load(self, row: Row) -> Published:
        return published_at(self.store.root / row.place, row, self.ledger.history(row.year, row.stem))

    def _task(self, row: Row) -> Task:
        history = self.ledger.history(row.year, row.stem)
        return Task(self.store.root / row.place, self.order.settings, row, history)

    def _place(self, tree: Tree, todo: list[Decision]) -> set[str]:
        """Write down what is done, and put each report in place; give their places."""
        with self.store.stage("reports") as stage:
            tasks = ((found, self._staging(found, stage / str(n))) for n, found in enumerate(todo))
            for n, (found, sums) in enumerate(in_order(self.pool, stage_report, tasks), 1):
                if found.entry:
                    self.ledger.add(found.entry)
                if sums is not None:
                    tree.place(stage / str(n - 1), found.place, sums)
                self._tell(found)
                self.step("place", n, len(todo))
        return {found.place for found in todo if found.row}

    def _staging(self, found: Decision, stage: Path) -> Task | None:
        """Give what is to be staged of a decision; of a withdrawal nothing."""
        if found.row is None:
            return None
        task = self._task(found.row)
        history = (*task.history, *([found.entry] if found.entry else ()))
        return replace(task, history=history, source=found.path, stage=stage, manifest=found.manifest)


_OTHER: Final = Words(
    "{site} 不是空文件夹，也不是已发布的网站。请用 -o 另选一个文件夹。",
    "{site} is neither empty nor a site. Choose another folder with -o.",
)
_NOTHING: Final = Words("{reports} 里没有报告。", "There is no report in {reports}.")
_LOST: Final = Words(
    "公开日志 {path} 不见了。请用备份恢复 log 文件夹；没有日志，就不知道网站上有哪些报告。",
    "The log {path} is gone. Restore the folder log from a backup: without it nobody knows which reports are on the site.",
)
_PERSONAL: Final = Words(
    "--because 会公开，却{zh}请改写。", "--because is published. {en} Put it in other words."
)
_EARLIER: Final = Words(
    "发布日期 {day} 早于公开日志最近的日期 {last}。日志只能往后记，请改 --date。",
    "The day {day} lies before the newest line of the log, {last}. The log only goes on: change --date.",
)
