"""The yearly logs of a site: whether they only grew, and what they say is on the site."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from wenxiao.publishing import merkle
from wenxiao.publishing.ledger import Erased, Head, Line, LogError, leaf_of, read_heads, read_line
from wenxiao.publishing.published import Entry
from wenxiao.publishing.verifying.listing import plain_file, read_file
from wenxiao.publishing.verifying.result import NOWHERE, Difference
from wenxiao.visible import visible
from wenxiao.words import Words

_NAME: Final = re.compile(r"(\d{4})\.(jsonl|heads)")


@dataclass
class Log:
    """One year's log as it stands. ``live`` is stem → lines of the report that should be on the site, oldest first;
    ``root`` the Merkle root over all ``size`` lines.
    """

    year: int
    lines: list[Line | None] = field(default_factory=list)
    live: dict[str, list[Entry]] = field(default_factory=dict)
    roots: dict[int, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self.lines)

    @property
    def root(self) -> str:
        """The root over all of them."""
        return self.roots[self.size]

    def tell(self, where: Words, said: Words, ending: str = "jsonl") -> None:
        """Note a difference at a place of its file."""
        self.differences.append(Difference("log", f"log/{self.year}.{ending}", where, said=said))


def read_logs(
    site: Path, present: Container[str], heads: Sequence[tuple[int, str]]
) -> tuple[list[Log], list[Difference]]:
    """Read and check the logs of all years; ``present`` are the files of the site, ``heads`` (size, root) that somebody
    kept from earlier.
    """
    names = [path for path in sorted((site / "log").glob("*")) if f"log/{path.name}" in present]
    years = sorted({int(path.stem) for path in names if _NAME.fullmatch(path.name)})
    logs = [_read(site / "log", year, {size for size, _ in heads}) for year in years]
    found = [one for log in logs for one in log.differences]
    if not years:
        said = Words("网站没有公开日志（log 文件夹）：看不出有没有报告被删去或掉换。",
                     "The site has no log: whether a report was dropped or swapped can't be told.")  # fmt: skip
        found.append(Difference("missing", "log", said=said))
    for size, root in heads:
        if not any(log.roots.get(size) == root for log in logs):
            said = Words(
                f"您留存的树根 {size}:{root[:16]}… 不是任何一个年度的日志前 {size} 行的树根：此后有记录被删改，或日志整个换过。",
                f"The root you kept, {size}:{root[:16]}…, is not that of the first {size} lines of any year: records were changed or "
                "removed since, or the log was replaced as a whole.",
            )
            found.append(Difference("log", "log", said=said))
    return logs, found


def _read(folder: Path, year: int, sizes: set[int]) -> Log:
    log = Log(year)
    path = folder / f"{year}.jsonl"
    heads = _heads(log, folder / f"{year}.heads")
    texts = read_file(path).decode("utf-8", "replace").split("\n") if plain_file(path) else [""]
    if texts.pop():
        log.tell(_line(len(texts) + 1), Words("最后一行不完整。", "The last line is cut short."))
    tree = merkle.Tree()
    wanted = sizes | {head.size for head in heads} | {len(texts)}
    log.roots[0] = tree.root().hex()
    for n, text in enumerate(texts):
        line = _parsed(log, n, text)
        tree.add(leaf_of(line) if line else merkle.leaf_hash(text.encode()))
        log.lines.append(line)
        if tree.size in wanted:
            log.roots[tree.size] = tree.root().hex()
    _check_heads(log, heads)
    _follow(log)
    return log


def _heads(log: Log, path: Path) -> list[Head]:
    try:
        heads = read_heads(path) if plain_file(path) else []
        if not all(isinstance(head.size, int) and isinstance(head.root, str) for head in heads):
            raise ValueError(path)
    except (LogError, ValueError, RecursionError):
        log.tell(NOWHERE, Words("读不出。", "It can't be read."), "heads")
        return []
    for n, (before, after) in enumerate(pairwise(heads), 2):
        if after.size <= before.size or after.date < before.date:
            log.tell(
                _line(n),
                Words(
                    "行数或日期比上一行小：日志只能增加。",
                    "Size or date is below the line before: a log only grows.",
                ),
                "heads",
            )
    return heads


def _parsed(log: Log, n: int, text: str) -> Line | None:
    try:
        line = read_line(log.year, text)
    except (ValueError, RecursionError, AttributeError):
        log.tell(_line(n + 1), Words("读不出：被改过，或已损坏。", "It can't be read: changed, or damaged."))
        return None
    if line.n != n:
        log.tell(
            _line(n + 1),
            Words(
                f"行号写的是 {line.n}，应为 {n}：前面有行被删去或插入。",
                f"It says it is line {line.n}, not {n}: lines were removed or inserted before it.",
            ),
        )
    return line


def _check_heads(log: Log, heads: Sequence[Head]) -> None:
    """Recompute the root of each head; the first that fails tells between which lines the change lies."""
    good = 0
    for n, head in enumerate(heads, 1):
        if head.size > log.size:
            lost = head.size - log.size
            log.tell(_line(log.size), Words(
                f"日志到此为止，而 {head.date} 的树根有 {head.size} 行：末尾的 {lost} 行被删去了。",
                f"The log ends here, but its head of {head.date} has {head.size} lines: the last {lost} were removed.",
            ))  # fmt: skip
            return
        if log.roots[head.size] != head.root:
            where = Words(f"第 {good + 1} 至 {head.size} 行", f"lines {good + 1} to {head.size}")
            log.tell(where, Words(
                f"与 {head.date} 的树根不符（{log.year}.heads 第 {n} 行）：其中有行在公布之后被改过。",
                f"Not what the head of {head.date} says (line {n} of {log.year}.heads): one of them was changed after publication.",
            ))  # fmt: skip
            return
        good = head.size
    if log.size > good:
        where = Words(f"第 {good + 1} 至 {log.size} 行", f"lines {good + 1} to {log.size}")
        log.tell(
            where,
            Words(
                f"没有树根：{log.year}.heads 里没有说到它们。",
                f"They have no root: {log.year}.heads says nothing of them.",
            ),
        )


def _follow(log: Log) -> None:
    """Follow the log line by line to what is on the site."""
    reports: dict[int, list[Entry]] = {}
    erased = {line.n for line in log.lines if isinstance(line, Erased)}
    for n, line in enumerate(log.lines):
        if isinstance(line, Entry) and (wrong := _step(log, reports, line, erased)):
            log.tell(_line(n + 1), wrong)
    gone = [line for line in log.lines if isinstance(line, Entry) and line.kind == "withdrawn"]
    for n in sorted(erased):
        if not any(one.report <= n < one.n for one in gone):
            log.tell(
                _line(n + 1),
                Words("被抹去了，但没有撤下报告的记录。", "It was erased, yet no withdrawal is recorded."),
            )


def _step(log: Log, reports: dict[int, list[Entry]], line: Entry, erased: set[int]) -> Words | None:
    """Take one line; say what is wrong with it."""
    stem = visible(line.stem or "")
    if line.kind == "published":
        if (
            line.stem is None
            or line.manifest is None
            or line.stem in log.live
            or line.report != line.n
            or line.previous
        ):
            return Words(
                f"首次公布的记录不合规则（{stem}）。",
                f"It is not how a first publication is recorded ({stem}).",
            )
        reports[line.n] = log.live[line.stem] = [line]
        return None
    if line.kind == "withdrawn":
        lines = reports.pop(line.report, None)
        if lines is None and line.report not in erased:
            return Words("撤下的报告，日志里没有公布过。", "It withdraws a report that was never published.")
        if lines:
            log.live.pop(str(lines[0].stem), None)
        return None
    lines = reports.get(line.report)
    if lines is None or lines[0].stem != line.stem or line.manifest is None:
        return Words(
            f"更正的报告（{stem}），日志里没有公布过。",
            f"It corrects a report ({stem}) that was never published.",
        )
    if line.previous != lines[-1].manifest:
        return Words(
            f"不接着这份报告（{stem}）上一次的记录：中间有行被删改。",
            f"It does not go on from the report's ({stem}) line before: lines between were removed or changed.",
        )
    lines.append(line)
    return None


def _line(n: int) -> Words:
    return Words(f"第 {n} 行", f"line {n}")
