"""data/projects.csv and data/scores.csv of a site against the evaluation.json of each report, cell by cell."""

import codecs
import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from wenxiao.publishing.data import TABLES, project_cells, score_cells
from wenxiao.publishing.data.columns import title_of
from wenxiao.publishing.data.tables import ENCODING
from wenxiao.publishing.published import File, Published
from wenxiao.publishing.verifying.listing import read_file
from wenxiao.publishing.verifying.result import NOWHERE, Difference, Kind
from wenxiao.publishing.verifying.sums import Sums
from wenxiao.publishing.verifying.texts import excerpts
from wenxiao.visible import visible
from wenxiao.words import Words

_KEY: Final = {"projects.csv": ("year", "stem"), "scores.csv": ("year", "stem", "position")}
PACKAGE: Final = "datapackage.json"
_DESCRIBED: Final = f"data/{PACKAGE}"
Key = tuple[str, ...]


def expected_rows(name: str, report: Published) -> list[list[str]]:
    """Give the lines of a table that a report has."""
    return [project_cells(report)] if name == "projects.csv" else list(score_cells(report))


class Table:
    """One table of a site, read whole: key → (number of its line, cells)."""

    def __init__(self, site: Path, name: str, there: bool):
        self.name, self.path = name, site / "data" / name
        self.columns = [column.name for column in TABLES[name]]
        self.titles = {column.name: title_of(column) for column in TABLES[name]}
        self.rows: dict[Key, tuple[int, list[str]]] = {}
        self.same = 0
        self.differences: list[Difference] = []
        self._size = len(codecs.BOM_UTF8)
        self._digest = hashlib.sha256(codecs.BOM_UTF8)
        self._writer = csv.writer(self, lineterminator="\r\n")
        self._writer.writerow(self.columns)
        if there:
            self._read()
        else:
            self._tell("missing", NOWHERE, Words("数据表不在。", "The table is gone."))
        self._readable = not any(one.kind != "extra" for one in self.differences)

    def write(self, text: str) -> None:
        """Take what the table should be, piece by piece; only its hash is kept."""
        content = text.encode()
        self._digest.update(content)
        self._size += len(content)

    @property
    def expected(self) -> File:
        """What the file should be, when all reports have been compared."""
        return File(self._size, self._digest.hexdigest())

    def _read(self) -> None:
        try:
            with self.path.open(encoding=ENCODING, newline="") as file:
                reader = csv.reader(file, strict=True)
                header = next(reader, [])
                if header != self.columns:
                    self._tell(
                        "number",
                        Words("第 1 行", "line 1"),
                        Words(
                            "各列的名称或次序不对。",
                            "The columns are not named or ordered as they should be.",
                        ),
                    )
                    return
                places = [self.columns.index(name) for name in _KEY[self.name]]
                for row in reader:
                    self._take(reader.line_num, row, places)
        except (csv.Error, UnicodeDecodeError):
            self._tell(
                "number",
                NOWHERE,
                Words("读不出：不是 UTF-8 的 CSV。", "It can't be read: it is no CSV in UTF-8."),
            )

    def _take(self, line: int, row: list[str], places: Sequence[int]) -> None:
        if len(row) != len(self.columns):
            self._tell("number", _line(line), Words("列数不对。", "It has another number of columns."))
            return
        key = tuple(row[i] for i in places)
        if key in self.rows:
            self._tell("extra", _line(line, key), Words("与前面的行重复。", "It repeats a line before."))
            return
        self.rows[key] = (line, row)

    def compare(self, report: Published) -> None:
        """Compare the lines of a report, and take them out."""
        for expected in expected_rows(self.name, report):
            self._writer.writerow(expected)
            if not self._readable:
                continue
            key = tuple(expected[self.columns.index(name)] for name in _KEY[self.name])
            line, row = self.rows.pop(key, (0, None))
            if row is None:
                self._tell(
                    "missing", Words(_shown(key), _shown(key)), Words("缺少这一行。", "The line is missing.")
                )
                continue
            wrong = [i for i, (a, b) in enumerate(zip(row, expected, strict=True)) if a != b]
            self.same += not wrong
            for i in wrong:
                title = self.titles[self.columns[i]]
                where = _line(line, key)
                where = Words(
                    f"{where.zh}“{title}”列（{self.columns[i]}）", f"{where.en}, column {self.columns[i]}"
                )
                a, b = excerpts(row[i], expected[i])
                self.differences.append(Difference("number", f"data/{self.name}", where, a or "—", b or "—"))

    def close(self, found: str | None, skipped: Callable[[str], bool]) -> None:
        """Tell the lines that no report has, and whether all is written as it should be; ``found`` is the file's hash.

        ``skipped`` tells of a report's place that its lines were not compared.
        """
        left = [(key, line) for key, (line, _) in self.rows.items() if not skipped("/".join(key[:2]))]
        self.whole = len(left) == len(self.rows)
        for key, line in left:
            self._tell(
                "extra",
                _line(line, key),
                Words("网站上没有这一行的报告。", "No report on the site has this line."),
            )
        if self.whole and not self.differences and found != self.expected.sha256:
            self._tell("bytes", NOWHERE, Words(
                "各格都相同，但行的次序或写法（引号、换行、编码）不同。",
                "All cells are the same, but the order of lines or their spelling (quotes, line ends, encoding) is not.",
            ))  # fmt: skip

    def _tell(self, kind: Kind, where: Words, said: Words) -> None:
        self.differences.append(Difference(kind, f"data/{self.name}", where, said=said))


def check_tables(
    site: Path, reports: Iterable[Published], present: Mapping[str, str], skipped: Callable[[str], bool]
) -> tuple[list[Table], list[Difference]]:
    """Compare both tables with the reports, in one pass over them; ``present`` is path → SHA-256 of the site's files.

    ``skipped`` tells of a report's place that its lines are not to be compared.
    """
    tables = [Table(site, name, f"data/{name}" in present) for name in TABLES]
    for report in reports:
        for table in tables:
            table.compare(report)
    for table in tables:
        table.close(present.get(f"data/{table.name}"), skipped)
    return tables, [one for table in tables for one in table.differences]


def check_described(site: Path, sums: Sums) -> Iterator[Difference]:
    """Compare the hashes that datapackage.json states with the tables that stand there."""
    if _DESCRIBED not in sums.present:
        yield Difference(
            "missing", _DESCRIBED, said=Words("数据说明不在。", "What describes the data is gone.")
        )
        return
    try:
        resources = json.loads(read_file(site / _DESCRIBED))["resources"]
        stated = {f"data/{one['path']}": one["hash"] for one in resources}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Difference("changed", _DESCRIBED, said=Words("读不出。", "It can't be read."))
        return
    for name in TABLES:
        path = f"data/{name}"
        changed = path in sums.changed  # then the table is told to be changed, not what describes it
        if path in sums.present and not changed and stated.get(path) != f"sha256:{sums.present[path]}":
            where = Words(f"{name} 的 hash", f"hash of {name}")
            said = Words("说明里的指纹不是这张表的。", "The hash stated is not the table's.")
            yield Difference("changed", _DESCRIBED, where, said=said)


def _line(n: int, key: Key = ()) -> Words:
    shown = _shown(key)
    return Words(
        f"第 {n} 行（{shown}）" if key else f"第 {n} 行", f"line {n} ({shown})" if key else f"line {n}"
    )


def _shown(key: Key) -> str:
    return visible("/".join(key))[:80]
