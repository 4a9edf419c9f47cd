"""What the logs say is on a site, against the folders that stand there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from wenxiao.publishing.published import MANIFEST, Entry
from wenxiao.publishing.verifying.listing import RECORD, read_listing
from wenxiao.publishing.verifying.logs import Log
from wenxiao.publishing.verifying.result import Difference, UnusableError
from wenxiao.visible import visible
from wenxiao.words import Words


def check_places(
    logs: Iterable[Log], site: Path, present: Mapping[str, str]
) -> Iterator[tuple[str, Difference]]:
    """Compare what the logs say is on the site with the folders that are there; give (report's place, difference).

    ``present`` is path → SHA-256 of the site's files.
    """
    live = {f"{log.year}/{stem}": lines for log in logs for stem, lines in log.live.items()}
    owner = {line.manifest: place for place, lines in live.items() for line in lines}
    for place, lines in live.items():
        manifest = f"{place}/{MANIFEST}"
        found = present.get(manifest)
        if found is None:
            yield place, Difference("missing", place, said=Words(
                f"日志登记已公布（{lines[-1].date}），网站上没有：报告被删去了。",
                f"The log says it was published ({lines[-1].date}), the site has it not: the report was dropped.",
            ))  # fmt: skip
        elif found != lines[-1].manifest:
            yield place, Difference("log", manifest, said=_not_the_last(place, found, lines, owner))
        for line in lines[:-1]:
            earlier = f"{place}/history/{line.n}"
            yield from ((place, one) for one in _check_earlier(site, earlier, line, present))
    there = {path.rsplit("/", 1)[0] for path in present if re.fullmatch(r"\d{4}/[^/]+/manifest\.json", path)}
    for place in sorted(there - live.keys()):
        said = Words("网站上有，日志里没有登记。", "The site has it, but the log does not.")
        yield place, Difference("extra", place, said=said)


def _not_the_last(place: str, found: str, lines: Sequence[Entry], owner: Mapping[str | None, str]) -> Words:
    other = owner.get(found)
    if other == place:
        return Words(
            "是这份报告早先的版本：换回了旧版。",
            "It is an earlier version of this report, put back in place.",
        )
    if other is not None:
        return Words(
            f"是另一份报告 {visible(other)} 的清单：报告被掉换了。",
            f"It is the list of another report, {visible(other)}: the reports were swapped.",
        )
    return Words(
        f"不是日志登记的那一份（日志第 {lines[-1].n + 1} 行）：公布之后被改过。",
        f"It is not the one the log records (line {lines[-1].n + 1}): it was changed after publication.",
    )


def _check_earlier(site: Path, place: str, line: Entry, present: Mapping[str, str]) -> Iterator[Difference]:
    """Compare a version that was kept with its line of the log."""
    path = f"{place}/{MANIFEST}"
    if path not in present:
        return
    if present[path] != line.manifest:
        said = Words(
            "存档的旧版不是日志登记的那一份。",
            "The earlier version kept is not the one that the log records.",
        )
        yield Difference("log", path, said=said)
        return
    try:
        files = read_listing(site / place).files
    except UnusableError as error:
        yield Difference("log", path, said=error.words)
        return
    record = f"{place}/{RECORD}"
    if present.get(record) != files.get(RECORD):
        said = Words(
            "存档的旧版评价结果不是当时公布的。", "The earlier results kept are not those published then."
        )
        yield Difference("changed", record, said=said)
