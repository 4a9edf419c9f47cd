"""Everything on a site that follows from its reports together: lists and other pages, feeds, tables, search, sums."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from wenxiao.publishing.about import ABOUT, about_text
from wenxiao.publishing.building.crew import in_order
from wenxiao.publishing.building.feeds import ATOM, atom, sitemaps
from wenxiao.publishing.building.placing import HISTORY, Task, made_files
from wenxiao.publishing.building.reading import damaged
from wenxiao.publishing.building.search import files_of, folder_of, key_of_part, write_index
from wenxiao.publishing.building.state import State
from wenxiao.publishing.building.tree import SIGNATURE, SUMS, Tree, place_of
from wenxiao.publishing.data import CRATE, TABLES, datapackage, site_crate, write_tables
from wenxiao.publishing.data.tables import ENCODING
from wenxiao.publishing.dividing import divided
from wenxiao.publishing.pages import site_pages
from wenxiao.publishing.published import DOWNLOADS, Entry, File, Page, Row, Site
from wenxiao.publishing.signing import sign

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PACKAGE: Final = "datapackage.json"
Step = Callable[[str, int, int], None]
"""Called as work goes on: which part, how much of it is done, how much there is (0: nobody knows)."""


class Filler:
    """Fills a site in whose reports are in place; ``before`` is what each page was made from the last time."""

    def __init__(self, tree: Tree, site: Site, state: State, pool: Executor | None, step: Step):
        self.tree, self.site, self.state, self.pool, self.step = tree, site, state, pool, step
        self._rows = {row.place: row for row in site.rows}
        self._before: Mapping[str, str] = state.made
        state.made = {}

    def pages(self, placed: set[str], task: Callable[[Row], Task]) -> list[tuple[str, dt.date | None]]:
        """Make the pages whose key is new; give path and last change of all of them.

        ``placed`` are the reports that have just been put in place with their pages; ``task`` is for the others.
        """
        paths = list[tuple[str, dt.date | None]]()
        for n, (page, made) in enumerate(in_order(self.pool, made_files, self._asked(placed, task)), 1):
            row = self._rows.get(place_of(page.path))
            if made and row:
                self._replace(row, made)
            elif row is None and not (self._is_made(page) and self.tree.keep(page.path)):
                self.tree.write(page.path, page.make())
            self.state.made[page.path] = page.key
            if page.path.endswith(".html"):
                paths.append((page.path, row.last if row else None))
            self.step("pages", n, 0)
        return paths

    def _asked(self, placed: set[str], task: Callable[[Row], Task]) -> Iterator[tuple[Page, Task | None]]:
        """Give each page, and for a report's own what is to be made anew."""
        for page in site_pages(self.site):
            row = self._rows.get(place_of(page.path))
            stands = row is None or (
                (row.place in placed or self._is_made(page)) and self.tree.keep_folder(row.place)
            )
            yield page, None if row is None or stands else task(row)

    def _is_made(self, page: Page) -> bool:
        return self._before.get(page.path) == page.key != ""

    def _replace(self, row: Row, made: Mapping[str, bytes]) -> None:
        """Write page, charts and crate of a report where they differ; its downloads and earlier versions stay.

        Raises:
            DamagedError: an earlier version is no longer there.
        """
        for name, content in made.items():
            self.tree.write(f"{row.place}/{name}", content)
        for name in DOWNLOADS:
            self.tree.keep(f"{row.place}/{name}")
        if not self.tree.keep_folder(row.place, f"{HISTORY}/"):
            raise damaged(self.tree.root / row.place / HISTORY)

    def feeds(self, lines: Iterable[Entry], paths: list[tuple[str, dt.date | None]]) -> None:
        """Write the feed, the sitemap and what the publisher says of the site; ``lines`` are those of all logs."""
        self.tree.write(ATOM, atom(self.site, lines))
        self.tree.write(ABOUT, about_text(self.site.settings).encode())
        if base := self.site.settings.base_url:
            for path, content in sitemaps(base, paths):
                self.tree.write(path, content)

    def _same(self, name: str, key: str, paths: Iterable[str]) -> bool:
        """Tell whether files that are made together still stand as they were made from the same; they are kept then."""
        self.state.made[name] = key
        return self._before.get(name) == key and all(self.tree.keep(path) for path in paths)

    def data(self) -> None:
        """Write the tables in one pass, then what describes them."""
        if self._same("data", self.state.whole, (*(f"data/{name}" for name in (*TABLES, PACKAGE)), CRATE)):
            return
        files: dict[str, File] = {}
        with self.tree.store.stage("data") as aside:
            with ExitStack() as stack:
                tables = [
                    stack.enter_context((aside / name).open("w", encoding=ENCODING, newline=""))
                    for name in TABLES
                ]
                write_tables(self.site.reports(), *tables)
            for name in TABLES:
                size = (aside / name).stat().st_size
                files[name] = File(size, self.tree.adopt(f"data/{name}", aside / name))
        content = datapackage(self.site, files).encode()
        files[PACKAGE] = File(len(content), self.tree.write(f"data/{PACKAGE}", content))
        self.tree.write(CRATE, site_crate(self.site, files).encode())

    def search(self) -> None:
        """Write the search index, part by part, where the pages of a part have changed; of no report there is none."""
        self.step("search", 0, 0)
        parts = divided(row.place for row in self.site.rows) if self.site.rows else []
        for number, places in enumerate(parts):
            there, key = files_of(self.tree, number), key_of_part(self.tree, places)
            if not (self._same(folder_of(number), key, there) and there):
                with self.tree.store.stage(folder_of(number)) as aside:
                    write_index(self.tree, aside, number, places)
            self.step("search", number + 1, len(parts))


def seal(tree: Tree, key: "Ed25519PrivateKey | None") -> bool:
    """Write SHA256SUMS and sign it; tell whether an older signature had to go, which holds no more."""
    content = tree.sums_text().encode()
    tree.put(SUMS, content)
    if key:
        tree.put(SIGNATURE, sign(content, key).encode())
    elif (tree.root / SIGNATURE).is_file() and tree.changed:
        (tree.root / SIGNATURE).unlink()
        return True
    return False
