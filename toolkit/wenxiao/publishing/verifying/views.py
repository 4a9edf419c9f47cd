"""A site as the pages see it, read from what stands there; nothing is written."""

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from wenxiao.publishing.about import ABOUT, About, read_about, site_code
from wenxiao.publishing.building.reading import DamagedError, published_at, row_at
from wenxiao.publishing.published import MANIFEST, Entry, Published, Row, Site
from wenxiao.publishing.settings import Settings
from wenxiao.publishing.verifying.listing import read_file
from wenxiao.publishing.verifying.logs import Log


class View:
    """The reports of a site whose results are those that its logs record: what pages and tables are made from.

    ``present`` are the files that stand there, ``damaged`` the places of the other reports. ``about`` is the site's
    data/site.json, None where that can't be read.
    """

    def __init__(self, root: Path, logs: Sequence[Log], present: Mapping[str, str], damaged: Container[str]):
        self.root, self.logs = root, logs
        self.about = self._read_about() if ABOUT in present else None
        self._places = [place for place in places(logs, present) if place not in damaged]

    def _read_about(self) -> About | None:
        try:
            return read_about(read_file(self.root / ABOUT))
        except ValueError:
            return None

    @property
    def settings(self) -> Settings:
        """What the publisher says of the site; the defaults where the site does not publish it."""
        return self.about.settings if self.about else Settings()

    @property
    def same_code(self) -> bool:
        """Whether the pages were made by the code that is here."""
        return self.about is not None and self.about.code == site_code()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all reports that can be read."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        for place in self._places:
            year, _, stem = place.partition("/")
            try:
                yield row_at(self.root / place, stem, self._history[int(year), stem], self.settings)
            except (
                DamagedError
            ):  # it was published as it is, and is no result: told where the report is made again
                continue

    @cached_property
    def _history(self) -> dict[tuple[int, str], tuple[Entry, ...]]:
        return {(log.year, stem): tuple(lines) for log in self.logs for stem, lines in log.live.items()}

    @cached_property
    def entries(self) -> list[Entry]:
        """All lines of the logs that are not erased."""
        return [line for log in self.logs for line in log.lines if isinstance(line, Entry)]

    def history(self, row: Row) -> tuple[Entry, ...]:
        """Give a report's lines of the log, oldest first."""
        return self._history[row.year, row.stem]

    def load(self, row: Row) -> Published:
        """Give a report whole."""
        return published_at(self.root / row.place, row, self.history(row))

    def reports(self) -> Iterator[Published]:
        """Give every report that can be read, one at a time."""
        for row in self.rows:
            try:
                yield self.load(row)
            except DamagedError:
                continue

    def site(self) -> Site:
        """Give the site as its pages are made from it."""
        lines = self.entries
        changed = (line for line in lines if line.kind != "published")
        changes = sorted(changed, key=order_of, reverse=True)
        return Site(self.settings, self.rows, tuple(changes), max(line.date for line in lines), self.load)


def order_of(line: Entry) -> tuple[dt.date, int, int]:
    """Give the order of lines in lists and feeds: by day, then year and number."""
    return line.date, line.year, line.n


def places(logs: Sequence[Log], present: Mapping[str, str]) -> list[str]:
    """Give the folders of the reports that are in the logs and stand there, sorted."""
    live = (f"{log.year}/{stem}" for log in logs for stem in log.live)
    return sorted(place for place in live if f"{place}/{MANIFEST}" in present)
