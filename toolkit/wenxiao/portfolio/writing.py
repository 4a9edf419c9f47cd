"""The tables, each file put in place whole, with memory for one row group however many projects there are."""

import csv
import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from wenxiao.portfolio.csv import cell_of
from wenxiao.portfolio.parquet import ParquetFile
from wenxiao.portfolio.rows import evaluation_files, rows_of
from wenxiao.portfolio.schema import COLUMNS, TABLES, Row

ROW_GROUP: Final = 5_000
"""Indicators held in memory before they, their projects and their findings are written: the size of a row group."""
_ENDINGS: Final = ("csv", "parquet")


class _Table:
    """One table being written, beside where it will stand."""

    def __init__(self, reports: Path, name: str, stack: ExitStack):
        self.name, self.count, self.waiting = name, 0, list[Row]()
        self._columns = COLUMNS[name]
        self.parts = {
            reports / f"{name}.{ending}": reports / f".{name}.{ending}.{os.getpid()}" for ending in _ENDINGS
        }
        for part in self.parts.values():
            stack.callback(part.unlink, missing_ok=True)
        text, data = self.parts.values()
        self._text = stack.enter_context(text.open("w", encoding="utf-8-sig", newline=""))
        self._data = stack.enter_context(data.open("wb"))
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        self._csv.writerow([column.name for column in self._columns])
        self._parquet = ParquetFile(self._data, self._columns)

    def flush(self) -> None:
        """Write the rows that wait, as one row group."""
        if self.waiting:
            self._csv.writerows(
                [cell_of(row[column.name]) for column in self._columns] for row in self.waiting
            )
            self._parquet.write(self.waiting)
            self.count += len(self.waiting)
            self.waiting.clear()

    def finish(self) -> None:
        """Write what is left, and make sure that it is on the disk."""
        self.flush()
        self._parquet.close()
        for file in (self._text, self._data):
            file.flush()
            os.fsync(file.fileno())
            file.close()


def write_portfolio(reports: Path, rows: int = ROW_GROUP) -> dict[str, int]:
    """Write the tables into ``reports``, each file put in place whole; give the rows by table, and ``unreadable``.

    Only one process may do so at a time (a run holds the folder's lock): what a killed one left half-written is removed.
    ``unreadable`` counts report folders whose evaluation.json is damaged or of another schema: they are left out, and
    the others go on. A row group holds ``rows`` indicators or a few more: a project is never divided.

    Raises:
        OSError: ``reports`` can't be read or written; the tables that stood there stand unchanged.
    """
    for left in (
        one for name in TABLES for ending in _ENDINGS for one in reports.glob(f".{name}.{ending}.*")
    ):
        left.unlink(missing_ok=True)
    with ExitStack() as stack:
        tables = {name: _Table(reports, name, stack) for name in TABLES}
        unreadable = _fill(tables, evaluation_files(reports), rows)
        for table in tables.values():
            table.finish()
        for table in tables.values():
            for target, part in table.parts.items():
                part.replace(target)
    return {name: table.count for name, table in tables.items()} | {"unreadable": unreadable}


def _fill(tables: dict[str, _Table], files: Iterable[Path], rows: int) -> int:
    """Put every evaluation into the tables; give how many could not be read."""
    unreadable = 0
    for path in files:
        if (read := rows_of(path)) is None:
            unreadable += 1
            continue
        for name, found in read.items():
            tables[name].waiting += found
        if len(tables[TABLES[0]].waiting) >= rows:
            for table in tables.values():
                table.flush()
    return unreadable
