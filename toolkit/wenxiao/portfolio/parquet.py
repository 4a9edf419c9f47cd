"""A flat table of texts, whole numbers and decimals as a Parquet file.

Parquet is written here, without pyarrow: pandas imports pyarrow wherever it is installed, which costs every kernel
44 MB and a thread, and a process with threads must not be forked. What is written is the plain core of the format:
dictionary-encoded, uncompressed (compressed bytes differ between versions of zlib), one page a column.

Names in comments are those of apache/parquet-format, parquet.thrift.
"""

import struct
from collections.abc import Sequence
from typing import IO, Any, Final, cast

from wenxiao.portfolio.schema import SCALES, Column, Row, unscaled
from wenxiao.portfolio.thrift import (
    BINARY,
    I32,
    I64,
    LIST,
    STRUCT,
    Field,
    fields_of,
    list_head,
    struct_of,
    varint,
)

_INT32, _BYTE_ARRAY, _FIXED = 1, 6, 7  # Type
_PLAIN, _RLE, _RLE_DICTIONARY = 0, 3, 8  # Encoding
_WIDTH: Final = 16
"""Bytes of a decimal of 38 digits."""


def _packed(values: Sequence[int], width: int) -> bytes:
    """Give one run of the RLE / bit-packing hybrid: repeated where all are equal, else padded to a multiple of eight."""
    if len(set(values)) == 1:
        return varint(len(values) << 1) + values[0].to_bytes(-(-width // 8), "little")
    groups = -(-len(values) // 8)
    packed = bytearray(varint(groups << 1 | 1))
    for start in range(0, groups * 8, 8):
        bits = sum(value << i * width for i, value in enumerate(values[start : start + 8]))
        packed += bits.to_bytes(width, "little")
    return bytes(packed)


def _physical(column: Column) -> int:
    return _INT32 if column.type == "whole" else _FIXED if column.type in SCALES else _BYTE_ARRAY


def _plain(column: Column, value: Any) -> bytes:
    """Give one value, PLAIN encoded."""
    if column.type == "whole":
        return struct.pack("<i", value)
    if column.type in SCALES:
        return unscaled(value, SCALES[column.type]).to_bytes(_WIDTH, "big", signed=True)
    data = cast(str, value).encode()
    return struct.pack("<I", len(data)) + data


def _element(column: Column) -> list[Field]:
    """Give the SchemaElement of a column; every one may be null."""
    physical, name = _physical(column), (4, BINARY, column.name)
    optional = (3, I32, 1)
    if physical == _INT32:
        return [(1, I32, physical), optional, name]
    if physical == _BYTE_ARRAY:
        text: Field = (10, STRUCT, [(1, STRUCT, [])])  # LogicalType STRING
        return [(1, I32, physical), optional, name, (6, I32, 0), text]  # ConvertedType UTF8
    scale, digits = SCALES[column.type], 38
    exact = (10, STRUCT, [(5, STRUCT, [(1, I32, scale), (2, I32, digits)])])  # LogicalType DECIMAL
    converted = [(6, I32, 5), (7, I32, scale), (8, I32, digits)]  # ConvertedType DECIMAL
    return [(1, I32, physical), (2, I32, _WIDTH), optional, name, *converted, exact]


def _page(kind: int, header: list[Field], number: int, body: bytes) -> bytes:
    """Give a page with its PageHeader; ``number`` is the field that holds the header of its kind."""
    size = len(body)
    return struct_of((1, I32, kind), (2, I32, size), (3, I32, size), (number, STRUCT, header)) + body


def _chunk(column: Column, values: Sequence[Any], offset: int) -> tuple[bytes, list[Field]]:
    """Give a column chunk (dictionary page, data page) that stands at ``offset``, and its ColumnChunk."""
    index: dict[Any, int] = {}
    places = [index.setdefault(value, len(index)) for value in values if value is not None]
    words = b"".join(_plain(column, value) for value in index)
    first = _page(2, [(1, I32, len(index)), (2, I32, _PLAIN)], 7, words)
    width = max(1, (len(index) - 1).bit_length())
    levels = _packed([int(value is not None) for value in values], 1)
    body = struct.pack("<I", len(levels)) + levels + bytes([width]) + _packed(places, width)
    header = [(1, I32, len(values)), (2, I32, _RLE_DICTIONARY), (3, I32, _RLE), (4, I32, _RLE)]
    data = first + _page(0, header, 5, body)
    about: list[Field] = [
        (1, I32, _physical(column)), (2, LIST, (I32, [_PLAIN, _RLE, _RLE_DICTIONARY])),
        (3, LIST, (BINARY, [column.name])), (4, I32, 0), (5, I64, len(values)), (6, I64, len(data)),
        (7, I64, len(data)), (9, I64, offset + len(first)), (11, I64, offset),
    ]  # fmt: skip
    return data, [(2, I64, offset), (3, STRUCT, about)]


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
        self._groups.append(struct_of((1, LIST, (STRUCT, chunks)), (2, I64, size), (3, I64, len(rows))))
        self._rows += len(rows)

    def close(self) -> None:
        """Write the footer; the file itself stays open."""
        root: list[Field] = [(4, BINARY, "schema"), (5, I32, len(self._columns))]
        elements = [root, *map(_element, self._columns)]
        pairs = [[(1, BINARY, column.name), (2, BINARY, _said(column))] for column in self._columns]
        before = fields_of([(1, I32, 2), (2, LIST, (STRUCT, elements)), (3, I64, self._rows)])
        after = fields_of([(5, LIST, (STRUCT, pairs)), (6, BINARY, "wenxiao")], 4) + b"\0"
        # Field 4, the row groups, piece by piece: they may be many.
        head = bytes([1 << 4 | LIST]) + list_head(STRUCT, len(self._groups))
        size = sum(map(len, (before, head, *self._groups, after)))
        for piece in (before, head, *self._groups, after, struct.pack("<I", size), b"PAR1"):
            self._file.write(piece)


def _said(column: Column) -> str:
    """Give a column's documentation as the file carries it."""
    return "；".join(filter(None, (column.about, column.unit, column.null and f"null: {column.null}")))
