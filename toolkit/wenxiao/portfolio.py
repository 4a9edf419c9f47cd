"""The portfolio: all report folders as two tidy tables, each as CSV and as Parquet.

``portfolio`` has a row an indicator (:data:`INDICATOR_COLUMNS`), ``portfolio-projects`` a row a project
(:data:`PROJECT_COLUMNS`); both are rebuilt from the ``evaluation.json`` of ``<reports>/<year>/<stem>/``, sorted by year
and stem. Rows go through in groups of :data:`ROW_GROUP`, so that memory does not grow with their number (the folders'
names alone are held: some 7 MB for 100,000). The same evaluations give the same bytes on every machine.

CSV is RFC 4180 in UTF-8 with a byte order mark, without which Excel on a Chinese Windows reads GBK. A text cell that a
spreadsheet would take for a formula (it begins with ``= + - @``, a full-width one of these, a tab or a carriage return)
or that begins with ``'`` gets a ``'`` in front; a plain number such as ``-3.5`` or ``-3.5%`` stays as it is. Taking one
leading ``'`` away gives the text back: :func:`read_portfolio` does so. An empty cell is "not stated".

Parquet is written here, without pyarrow: pandas imports pyarrow wherever it is installed, which costs every kernel
44 MB and a thread, and a process with threads must not be forked. What is written is the plain core of the format:
dictionary-encoded, uncompressed (compressed bytes differ between versions of zlib), one page a column.
"""

import csv
import json
import os
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal, cast

from wenxiao.money import AmountUnit, convert, exact

if TYPE_CHECKING:
    import pandas as pd

Type = Literal["text", "whole", "date", "amount", "points", "number"]
Row = Mapping[str, str | int | Decimal | None]
ROW_GROUP: Final = 5_000
"""Indicators held in memory before they and their projects are written: the size of a row group."""
SCHEMA: Final = "wenxiao/evaluation/1"
TABLES: Final = ("portfolio", "portfolio-projects")


@dataclass(frozen=True)
class Column:
    """One column: its name, its type (see :data:`TYPES`), its unit, and what it says, with what null means."""

    name: str
    type: Type
    unit: str
    about: str
    null: str = ""


TYPES: Final[dict[Type, str]] = {
    "text": "Parquet STRING; pandas string",
    "whole": "Parquet INT32; pandas Int64",
    "date": "Parquet STRING, YYYY-MM-DD; pandas string",
    "amount": "Parquet DECIMAL(38, 2), exact to the cent; pandas object of Decimal",
    "points": "Parquet DECIMAL(38, 18), exact: as many decimals as a params file may have; pandas object of Decimal",
    "number": "Parquet DECIMAL(38, 6), exact: as many decimals as a rubric may round to; pandas object of Decimal",
}
"""Type → how it is stored. A number is never a binary fraction."""
_SCALES: Final[dict[str, int]] = {"amount": 2, "points": 18, "number": 6}

_IDENTITY: Final = (
    Column("year", "whole", "", "评价年度"),
    Column("stem", "text", "", "name of the report folder and of the params file"),
    Column("rubric", "text", "", "评分规则"),
    Column("region", "text", "", "地区", "not stated"),
    Column("department", "text", "", "主管部门", "not stated"),
    Column("unit", "text", "", "实施单位"),
    Column("project", "text", "", "项目名称"),
)
INDICATOR_COLUMNS: Final = (
    *_IDENTITY,
    Column(
        "position", "whole", "", "place on the form, from 1; findings count from 0: indicators[position - 1]"
    ),
    Column("category", "text", "", "一级指标"),
    Column("subcategory", "text", "", "二级指标", "not stated"),
    Column("indicator", "text", "", "三级指标"),
    Column("planned_as", "text", "", "name in the target table where it is stated", "not stated"),
    Column("target", "text", "", "年度指标值 as stated", "not stated"),
    Column("actual", "text", "", "实际完成值 as stated or as the rubric computes it", "not stated"),
    Column("points", "points", "分", "分值", "not stated"),
    Column("score", "number", "分", "得分, computed", "the rubric can't give one; reason says why"),
    Column("method", "text", "", "计分方法", "none applies"),
    Column("reason", "text", "", "why there is no score", "there is a score"),
    Column("deviation_cause", "text", "", "偏差原因分析", "not stated"),
    Column("corrective_action", "text", "", "改进措施", "not stated"),
    Column(
        "findings",
        "text",
        "",
        "codes of the findings at this indicator, unanswered, with a space between",
        "none",
    ),
)
"""Columns of ``portfolio``: a row an indicator."""
PROJECT_COLUMNS: Final = (
    *_IDENTITY,
    Column("date", "date", "", "签署日期", "not stated"),
    Column("amount_unit", "text", "", "金额单位 of the params file; amounts here are all in 元"),
    Column("original", "amount", "元", "年初预算数", "not stated"),
    Column("adjusted", "amount", "元", "全年预算数"),
    Column("outturn", "amount", "元", "全年执行数"),
    Column("received", "amount", "元", "实际到位资金", "not stated"),
    Column(
        "execution_rate",
        "number",
        "%",
        "执行率 = outturn ÷ adjusted, as the report rounds it",
        "adjusted is 0",
    ),
    Column("execution_points", "points", "分", "分值 of 预算执行率", "the rubric has none"),
    Column("execution_score", "number", "分", "得分 of 预算执行率", "the rubric can't give one"),
    Column("indicators", "whole", "", "number of indicators"),
    Column("total", "number", "分", "总分", "none can be given; reason says why"),
    Column("grade", "text", "", "等级 优 良 中 差", "none can be given"),
    Column("reason", "text", "", "why there is no total", "there is a total"),
    Column("errors", "whole", "", "findings of severity error, unanswered"),
    Column("warnings", "whole", "", "findings of severity warning, unanswered"),
    Column("notes", "whole", "", "findings of severity note, unanswered"),
    Column("answered", "whole", "", "findings answered in the params file"),
    Column(
        "findings", "text", "", "codes of the findings, unanswered, each once, with a space between", "none"
    ),
    Column("overrides", "whole", "", "facts replaced for a what-if run; 0: the file as it is"),
)
"""Columns of ``portfolio-projects``: a row a project."""
COLUMNS: Final = dict(zip(TABLES, (INDICATOR_COLUMNS, PROJECT_COLUMNS), strict=True))


# --- evaluations → rows -----------------------------------------------------------------------------------------------


def evaluation_files(reports: Path) -> Iterator[Path]:
    """Give each ``<reports>/<year>/<stem>/evaluation.json``, sorted by year and stem; folders being made are left out."""
    for year in sorted(
        (p.name for p in reports.iterdir() if p.name.isdecimal()), key=lambda name: (int(name), name)
    ):
        with suppress(NotADirectoryError), os.scandir(reports / year) as found:
            stems = sorted(one.name for one in found if not one.name.startswith("."))
            for stem in stems:
                path = reports / year / stem / "evaluation.json"
                if path.is_file():
                    yield path


def project_row(stem: str, record: Mapping[str, Any]) -> Row:
    """Give the row of a project from its evaluation.json; ``stem`` is the name of its folder."""
    budget, findings = record["budget"], record["findings"]
    unit = budget["amount_unit"]
    said = [one for one in findings if one["acknowledged"] is None]
    count = {
        severity: sum(one["severity"] == severity for one in said)
        for severity in ("error", "warning", "note")
    }
    return {
        **_identity(stem, record), "date": record["date"], "amount_unit": unit,
        **{name: _yuan(budget[name], unit) for name in ("original", "adjusted", "outturn", "received")},
        "execution_rate": _decimal(budget["execution_rate"]), "execution_points": _decimal(budget["points"]),
        "execution_score": _decimal(budget["score"]), "indicators": len(record["indicators"]),
        "total": _decimal(record["total"]), "grade": record["grade"], "reason": record["reason"],
        "errors": count["error"], "warnings": count["warning"], "notes": count["note"],
        "answered": len(findings) - len(said), "findings": _codes(said), "overrides": len(record["overrides"]),
    }  # fmt: skip


_SAME: Final = (
    "category", "subcategory", "planned_as", "target", "actual", "method", "reason", "deviation_cause", "corrective_action",
)  # fmt: skip


def indicator_rows(stem: str, record: Mapping[str, Any]) -> Iterator[Row]:
    """Give the rows of a project's indicators, in the order of the form."""
    said: dict[int, list[Mapping[str, Any]]] = {}
    for one in record["findings"]:
        place = re.match(r"indicators\[(\d+)\]", one["where"])
        if place and one["acknowledged"] is None:
            said.setdefault(int(place[1]), []).append(one)
    for i, one in enumerate(record["indicators"]):
        yield {
            **_identity(stem, record), "position": i + 1, "indicator": one["name"], **{name: one[name] for name in _SAME},
            "points": _decimal(one["points"]), "score": _decimal(one["score"]), "findings": _codes(said.get(i, [])),
        }  # fmt: skip


def _identity(stem: str, record: Mapping[str, Any]) -> dict[str, Any]:
    about = record["project"]
    return {
        "year": about["year"], "stem": stem, "rubric": record["rubric"], "region": about["region"],
        "department": about["department"], "unit": about["unit"], "project": about["name"],
    }  # fmt: skip


def _codes(findings: Iterable[Mapping[str, Any]]) -> str | None:
    return " ".join(dict.fromkeys(one["code"] for one in findings)) or None


def _decimal(text: str | None) -> Decimal | None:
    """Read a number of evaluation.json; of a rate the figure before the ``%``."""
    return None if text is None else Decimal(text.removesuffix("%"))


def _yuan(text: str | None, unit: AmountUnit) -> Decimal | None:
    return None if text is None else convert(Decimal(text), unit, "元")


# --- CSV --------------------------------------------------------------------------------------------------------------

_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠\t\r']")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?%?")


def inert(text: str) -> str:
    """Give a text as a cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> inert("=8个"), inert("-3.5%"), inert("≥95%"), inert("'引")
    ("'=8个", '-3.5%', '≥95%', "''引")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _cell(value: str | int | Decimal | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return inert(value) if isinstance(value, str) else str(value)


# --- Parquet ----------------------------------------------------------------------------------------------------------
# Thrift's compact protocol (apache/thrift, doc/specs/thrift-compact-protocol.md) and apache/parquet-format: only what a
# flat table of texts, whole numbers and decimals needs. Names in comments are those of parquet.thrift.

_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
_INT32, _BYTE_ARRAY, _FIXED = 1, 6, 7  # Type
_PLAIN, _RLE, _RLE_DICTIONARY = 0, 3, 8  # Encoding
_WIDTH: Final = 16
"""Bytes of a decimal of 38 digits."""
Field = tuple[int, int, Any]
"""Number, thrift type and value of a field of a struct; a list is (type of its elements, elements)."""


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _thrift(kind: int, value: Any) -> bytes:
    """Give a value in the compact protocol."""
    if kind in (_I32, _I64):
        return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == _BINARY:
        data = value.encode() if isinstance(value, str) else value
        return _varint(len(data)) + data
    if kind == _LIST:
        of, items = value
        return _list_head(of, len(items)) + b"".join(_thrift(of, item) for item in items)
    return value if isinstance(value, bytes) else _struct(*value)


def _struct(*fields: Field) -> bytes:
    """Give a struct; its fields come in ascending order."""
    return _fields(fields) + b"\0"


def _fields(fields: Iterable[Field], last: int = 0) -> bytes:
    """Give fields that follow field ``last``."""
    parts = []
    for number, kind, value in fields:
        parts.append(bytes([number - last << 4 | kind]) + _thrift(kind, value))
        last = number
    return b"".join(parts)


def _list_head(kind: int, count: int) -> bytes:
    return bytes([count << 4 | kind]) if count < 15 else bytes([0xF0 | kind]) + _varint(count)


def _packed(values: Sequence[int], width: int) -> bytes:
    """Give one run of the RLE / bit-packing hybrid: repeated where all are equal, else padded to a multiple of eight."""
    if len(set(values)) == 1:
        return _varint(len(values) << 1) + values[0].to_bytes(-(-width // 8), "little")
    groups = -(-len(values) // 8)
    packed = bytearray(_varint(groups << 1 | 1))
    for start in range(0, groups * 8, 8):
        bits = sum(value << i * width for i, value in enumerate(values[start : start + 8]))
        packed += bits.to_bytes(width, "little")
    return bytes(packed)


def _physical(column: Column) -> int:
    return _INT32 if column.type == "whole" else _FIXED if column.type in _SCALES else _BYTE_ARRAY


def _plain(column: Column, value: Any) -> bytes:
    """Give one value, PLAIN encoded."""
    if column.type == "whole":
        return struct.pack("<i", value)
    if column.type in _SCALES:
        return _unscaled(value, _SCALES[column.type]).to_bytes(_WIDTH, "big", signed=True)
    data = cast(str, value).encode()
    return struct.pack("<I", len(data)) + data


def _unscaled(value: Decimal, scale: int) -> int:
    """Give the whole number of units of 10^-scale; never rounded.

    Raises:
        ValueError: the value has more than ``scale`` decimals, or more than 38 digits.

    >>> _unscaled(Decimal("9.87"), 6)
    9870000
    """
    with exact():
        shifted = value.scaleb(scale)
    if not shifted.is_finite() or shifted.adjusted() >= 38 or shifted != shifted.to_integral_value():
        raise ValueError(f"{value} does not fit DECIMAL(38, {scale})")
    return int(shifted)


def _element(column: Column) -> list[Field]:
    """Give the SchemaElement of a column; every one may be null."""
    physical = _physical(column)
    fields: list[Field] = [(1, _I32, physical)]
    if physical == _FIXED:
        fields.append((2, _I32, _WIDTH))
    fields += [(3, _I32, 1), (4, _BINARY, column.name)]  # OPTIONAL
    if physical == _BYTE_ARRAY:
        fields += [(6, _I32, 0), (10, _STRUCT, [(1, _STRUCT, [])])]  # UTF8, LogicalType STRING
    elif physical == _FIXED:
        scale: list[Field] = [(1, _I32, _SCALES[column.type]), (2, _I32, 38)]
        fields += [
            (6, _I32, 5),
            (7, _I32, scale[0][2]),
            (8, _I32, 38),
            (10, _STRUCT, [(5, _STRUCT, scale)]),
        ]  # DECIMAL
    return fields


def _page(kind: int, header: list[Field], number: int, body: bytes) -> bytes:
    """Give a page with its PageHeader; ``number`` is the field that holds the header of its kind."""
    size = len(body)
    return _struct((1, _I32, kind), (2, _I32, size), (3, _I32, size), (number, _STRUCT, header)) + body


def _chunk(column: Column, values: Sequence[Any], offset: int) -> tuple[bytes, list[Field]]:
    """Give a column chunk (dictionary page, data page) that stands at ``offset``, and its ColumnChunk."""
    index: dict[Any, int] = {}
    places = [index.setdefault(value, len(index)) for value in values if value is not None]
    first = _page(
        2, [(1, _I32, len(index)), (2, _I32, _PLAIN)], 7, b"".join(_plain(column, v) for v in index)
    )
    width = max(1, (len(index) - 1).bit_length())
    levels = _packed([int(value is not None) for value in values], 1)
    body = struct.pack("<I", len(levels)) + levels + bytes([width]) + _packed(places, width)
    header: list[Field] = [
        (1, _I32, len(values)),
        (2, _I32, _RLE_DICTIONARY),
        (3, _I32, _RLE),
        (4, _I32, _RLE),
    ]
    data = first + _page(0, header, 5, body)
    about: list[Field] = [
        (1, _I32, _physical(column)), (2, _LIST, (_I32, [_PLAIN, _RLE, _RLE_DICTIONARY])),
        (3, _LIST, (_BINARY, [column.name])), (4, _I32, 0), (5, _I64, len(values)), (6, _I64, len(data)),
        (7, _I64, len(data)), (9, _I64, offset + len(first)), (11, _I64, offset),
    ]  # fmt: skip
    return data, [(2, _I64, offset), (3, _STRUCT, about)]


class ParquetFile:
    """Writes a table to a Parquet file, one row group after another.

    What is kept of a group is its entry in the footer, some 100 bytes a column.
    """

    def __init__(self, file: IO[bytes], columns: Sequence[Column]):
        self._file, self._columns = file, columns
        self._groups: list[bytes] = []
        self._rows = 0
        self._offset = file.write(b"PAR1")

    def write(self, rows: Sequence[Row]) -> None:
        """Write a row group."""
        chunks, begun = [], self._offset
        for column in self._columns:
            data, entry = _chunk(column, [row[column.name] for row in rows], self._offset)
            self._offset += self._file.write(data)
            chunks.append(entry)
        size = self._offset - begun
        self._groups.append(_struct((1, _LIST, (_STRUCT, chunks)), (2, _I64, size), (3, _I64, len(rows))))
        self._rows += len(rows)

    def close(self) -> None:
        """Write the footer; the file itself stays open."""
        root: list[Field] = [(4, _BINARY, "schema"), (5, _I32, len(self._columns))]
        elements = [root, *map(_element, self._columns)]
        pairs = [[(1, _BINARY, column.name), (2, _BINARY, _said(column))] for column in self._columns]
        before = _fields([(1, _I32, 2), (2, _LIST, (_STRUCT, elements)), (3, _I64, self._rows)])
        after = _fields([(5, _LIST, (_STRUCT, pairs)), (6, _BINARY, "wenxiao")], 4) + b"\0"
        # Field 4, the row groups, piece by piece: they may be many.
        head = bytes([1 << 4 | _LIST]) + _list_head(_STRUCT, len(self._groups))
        size = sum(map(len, (before, head, *self._groups, after)))
        for piece in (before, head, *self._groups, after, struct.pack("<I", size), b"PAR1"):
            self._file.write(piece)


def _said(column: Column) -> str:
    """Give a column's documentation as the file carries it."""
    return "；".join(filter(None, (column.about, column.unit, column.null and f"null: {column.null}")))


# --- the tables -------------------------------------------------------------------------------------------------------


class _Table:
    """One table being written, beside where it will stand."""

    def __init__(self, reports: Path, name: str, stack: ExitStack):
        self.name, self.count, self.waiting = name, 0, list[Row]()
        self._columns = COLUMNS[name]
        self.parts = {
            reports / f"{name}.{ending}": reports / f".{name}.{ending}.{os.getpid()}"
            for ending in ("csv", "parquet")
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
            self._csv.writerows([_cell(row[column.name]) for column in self._columns] for row in self.waiting)
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
    """Write both tables into ``reports``, each file put in place whole; give the rows by table, and ``unreadable``.

    ``unreadable`` counts report folders whose evaluation.json is damaged or of another schema: they are left out, and
    the others go on. A row group holds ``rows`` indicators or a few more: a project is never divided.

    Raises:
        OSError: ``reports`` can't be read or written; the tables that stood there stand unchanged.
    """
    unreadable = 0
    with ExitStack() as stack:
        indicators, projects = tables = [_Table(reports, name, stack) for name in TABLES]
        for path in evaluation_files(reports):
            read = _rows_of(path)
            if read is None:
                unreadable += 1
                continue
            projects.waiting.append(read[0])
            indicators.waiting += read[1]
            if len(indicators.waiting) >= rows:
                projects.flush()
                indicators.flush()
        for table in tables:
            table.finish()
        for table in tables:
            for target, part in table.parts.items():
                part.replace(target)
    return {table.name: table.count for table in tables} | {"unreadable": unreadable}


def _rows_of(path: Path) -> tuple[Row, list[Row]] | None:
    """Give a project's row and its indicators' rows; None where the file is not what it should be."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != SCHEMA:
            return None
        stem = path.parent.name
        project, indicators = project_row(stem, record), list(indicator_rows(stem, record))
        _fits(project, PROJECT_COLUMNS)
        for row in indicators:
            _fits(row, INDICATOR_COLUMNS)
        return project, indicators
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        return None


def _fits(row: Row, columns: Sequence[Column]) -> None:
    """Make sure that a damaged file shows here, not when its row group is written.

    Raises:
        TypeError, ValueError: a value is not of its column's type.
    """
    for column in columns:
        value = row[column.name]
        if value is None and column.null:
            continue
        if not isinstance(value, _PYTHON[column.type]):
            raise TypeError(f"{column.name}: {value!r}")
        if isinstance(value, Decimal):
            _unscaled(value, _SCALES[column.type])
        elif isinstance(value, str):
            value.encode()  # half a surrogate pair is no text
        elif isinstance(value, int) and value.bit_length() > 31:
            raise ValueError(f"{column.name}: {value}")


_PYTHON: Final[dict[Type, type]] = {
    "text": str, "date": str, "whole": int, "amount": Decimal, "points": Decimal, "number": Decimal,
}  # fmt: skip


def read_portfolio(reports: Path, table: str = "portfolio") -> "pd.DataFrame":
    """Give a table (one of :data:`TABLES`) as a DataFrame with the types of :data:`TYPES`, read from its CSV.

    Numbers are ``Decimal`` and exact, what is not stated is ``pd.NA`` or None, and texts are as they were before they
    were made inert.
    """
    import pandas as pd

    columns = COLUMNS[table]
    with (reports / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file)
    return pd.DataFrame({
        column.name: pd.Series([_value(column, row[i]) for row in rows], dtype=_DTYPES[column.type])
        for i, column in enumerate(columns)
    })  # fmt: skip


_DTYPES: Final[dict[Type, str]] = {
    "text": "string", "date": "string", "whole": "Int64", "amount": "object", "points": "object", "number": "object",
}  # fmt: skip


def _value(column: Column, cell: str) -> str | int | Decimal | None:
    if not cell:
        return None
    if column.type == "whole":
        return int(cell)
    return Decimal(cell) if column.type in _SCALES else cell.removeprefix("'")
