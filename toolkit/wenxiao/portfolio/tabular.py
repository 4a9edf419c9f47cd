"""Where a portfolio's DataFrames come from: its CSV files, the reports themselves, or evaluations in memory."""

import codecs
import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wenxiao.errors import InputError, Problem
from wenxiao.evaluation import Evaluation
from wenxiao.loading import source_of
from wenxiao.money import exact
from wenxiao.portfolio.csv import cell_of, value_of
from wenxiao.portfolio.rows import evaluation_files, rows_of, tables_of
from wenxiao.portfolio.schema import COLUMNS, TABLES, Column, Row, Type
from wenxiao.words import Words

if TYPE_CHECKING:
    import pandas as pd

FRAMES: Final = {"projects": TABLES[1], "indicators": TABLES[0], "findings": TABLES[2]}
"""DataFrame → table."""
UNSTATED: Final = "未列明"
"""Stands for a department that is not stated."""
ORDERS: Final = {
    "grade": ("差", "中", "良", "优"),
    "severity": ("note", "warning", "error"),
    "met": ("no", "yes"),
}
"""Columns whose texts have an order, the lowest first."""
_AGAIN: Final = {
    "rubric", "region", "department", "unit", "amount_unit", "category", "subcategory", "method", "code", "kind",
}  # fmt: skip
"""Columns whose texts come again and again."""
_DTYPES: Final[dict[Type, str]] = {"text": "string", "date": "string", "whole": "Int64"}


@dataclass(frozen=True)
class Loaded:
    """A source of DataFrames; ``digest`` and ``left_out`` are those of :class:`~wenxiao.portfolio.frames.Portfolio`."""

    frame: "Callable[[str], pd.DataFrame]"
    digest: str
    left_out: int = 0


def dtype_of(column: Column) -> str:
    """Give the pandas type of a column."""
    return (
        "category" if column.name in _AGAIN or column.name in ORDERS else _DTYPES.get(column.type, "object")
    )


def of_folder(given: Path) -> Loaded:
    """Give the tables of a folder; see :func:`wenxiao.portfolio.frames.portfolio`."""
    path = given if given.exists() or given.is_absolute() else Path("..") / given
    if not path.exists():
        raise _refused(given, "没有这个文件夹。", "there is no such folder.")
    if path.is_file() and path.stem not in TABLES:
        raise _refused(
            given, "这里要报告文件夹，或其中的 portfolio*.csv、.parquet。", "name a folder of reports, or a portfolio*.csv or .parquet in it.",
        )  # fmt: skip
    folder = path if path.is_dir() else path.parent
    reports = list(evaluation_files(folder))
    if (left_out := unreadable_if_current(folder, reports)) is not None:
        texts = {name: folder / f"{table}.csv" for name, table in FRAMES.items()}
        digest = hashlib.sha256(texts["projects"].read_bytes()).hexdigest()
        return Loaded(lambda name: _frame_of_csv(texts[name], COLUMNS[FRAMES[name]]), digest, left_out)
    if not reports and any((folder / f"{name}.csv").exists() for name in TABLES):
        raise _refused(
            given,
            "汇总表不齐，或者是别的版本写的；请再运行一次 wenxiao run。",
            "the tables are incomplete or another version's; run wenxiao run again.",
        )
    return _of_rows(map(rows_of, reports))


def unreadable_if_current(folder: Path, reports: Sequence[Path]) -> int | None:
    """Give how many reports can't be read, where the tables are those of all the others; None where they are not.

    The tables have to be there, of this version and not older than any report, and name just the reports that can be
    read. Tables without reports stand for themselves.
    """
    texts = {name: folder / f"{name}.csv" for name in TABLES}
    if not all(_fits(file, COLUMNS[name]) for name, file in texts.items()):
        return None
    if not reports:
        return 0
    written = min(file.stat().st_mtime_ns for file in texts.values())
    places = {(path.parent.parent.name, path.parent.name): path for path in reports}
    with texts[FRAMES["projects"]].open(encoding="utf-8-sig", newline="") as text:
        named = {
            (year, value)
            for year, cell, *_ in list(csv.reader(text))[1:]
            if (value := cell.removeprefix("'"))
        }
    missing = places.keys() - named
    if named - places.keys() or any(path.stat().st_mtime_ns > written for path in reports):
        return None
    return None if any(rows_of(places[one]) for one in missing) else len(missing)


def of_evaluations(evaluations: Iterable[Evaluation]) -> Loaded:
    """Give the tables of evaluations; ``stem`` is the name of the params file, or a number."""
    with exact():
        return _of_rows(tables_of(_stem(one, i), one.as_dict()) for i, one in enumerate(evaluations, 1))


def _stem(evaluation: Evaluation, number: int) -> str:
    source = source_of(evaluation.project)
    return Path(source.file).stem if source and source.file else f"{number:06d}"


def _of_rows(read: Iterable[Mapping[str, Sequence[Row]] | None]) -> Loaded:
    """Give tables of rows, which are let go one project after another; ``digest`` is that of the CSV file they would make."""
    values: dict[str, list[list[Any]]] = {table: [[] for _ in columns] for table, columns in COLUMNS.items()}
    left_out, known = 0, dict[Any, Any]()
    text = _Hashed()
    lines = csv.writer(text, lineterminator="\r\n")
    projects = FRAMES["projects"]
    lines.writerow([column.name for column in COLUMNS[projects]])
    for one in read:
        if one is None:
            left_out += 1
            continue
        for table, rows in one.items():
            for row, column in (
                (row, column) for row in rows for column in zip(COLUMNS[table], values[table], strict=True)
            ):
                value = row[column[0].name]
                column[1].append(known.setdefault(value, value) if isinstance(value, str) else value)
        lines.writerows([cell_of(row[column.name]) for column in COLUMNS[projects]] for row in one[projects])
    digest = text.digest.hexdigest()
    return Loaded(lambda name: _framed(COLUMNS[FRAMES[name]], values[FRAMES[name]]), digest, left_out)


class _Hashed:
    """A text file of which only the hash is kept."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256(codecs.BOM_UTF8)

    def write(self, text: str) -> int:
        self.digest.update(text.encode())
        return len(text)


def _refused(given: Path, zh: str, en: str) -> InputError:
    return InputError([Problem(given.as_posix(), 0, 0, "", Words(zh, en), Words("", ""))])


def _fits(file: Path, columns: Sequence[Column]) -> bool:
    """Tell whether a CSV file is there with just these columns."""
    if not file.is_file():
        return False
    with file.open(encoding="utf-8-sig", newline="") as text:
        return next(csv.reader(text), None) == [column.name for column in columns]


def _frame_of_csv(file: Path, columns: Sequence[Column]) -> "pd.DataFrame":
    with file.open(encoding="utf-8-sig", newline="") as text:
        return _framed(columns, _columns_of(text, columns))


def _columns_of(text: Iterable[str], columns: Sequence[Column]) -> list[list[Any]]:
    """Read the rows below the header, column by column; cells that are alike are one value in memory."""
    rows = csv.reader(text)
    next(rows)
    found: list[list[Any]] = [[] for _ in columns]
    known: list[dict[str, Any]] = [{} for _ in columns]
    places = range(len(columns))
    for row in rows:
        for i in places:
            cell, seen = row[i], known[i]
            if cell not in seen:
                seen[cell] = value_of(columns[i], cell)
            found[i].append(seen[cell])
    return found


def _framed(columns: Sequence[Column], values: Sequence[list[Any]]) -> "pd.DataFrame":
    import pandas as pd

    def series() -> Iterator[tuple[str, Any]]:
        for column, found in zip(columns, values, strict=True):
            if column.name in ORDERS:
                yield column.name, pd.Categorical(found, ORDERS[column.name], ordered=True)
            else:
                dtype = dtype_of(column)
                made = pd.Series(found, dtype="string" if dtype == "category" else dtype)
                yield column.name, made.astype("category") if dtype == "category" else made

    return pd.DataFrame(dict(series()))
