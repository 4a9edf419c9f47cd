"""Thrift's compact protocol, as far as a Parquet footer needs it (apache/thrift, doc/specs/thrift-compact-protocol.md)."""

from collections.abc import Iterable
from typing import Any

I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
Field = tuple[int, int, Any]
"""Number, thrift type and value of a field of a struct; a list is (type of its elements, elements)."""


def varint(value: int) -> bytes:
    """Give a whole number that is not negative, seven bits a byte, the lowest first."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _value(kind: int, value: Any) -> bytes:
    """Give a value in the compact protocol."""
    if kind in (I32, I64):
        return varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == BINARY:
        data = value.encode() if isinstance(value, str) else value
        return varint(len(data)) + data
    if kind == LIST:
        of, items = value
        return list_head(of, len(items)) + b"".join(_value(of, item) for item in items)
    return value if isinstance(value, bytes) else struct_of(*value)


def struct_of(*fields: Field) -> bytes:
    """Give a struct; its fields come in ascending order."""
    return fields_of(fields) + b"\0"


def fields_of(fields: Iterable[Field], last: int = 0) -> bytes:
    """Give fields that follow field ``last``."""
    parts = []
    for number, kind, value in fields:
        parts.append(bytes([number - last << 4 | kind]) + _value(kind, value))
        last = number
    return b"".join(parts)


def list_head(kind: int, count: int) -> bytes:
    """Give what stands before ``count`` elements of a list."""
    return bytes([count << 4 | kind]) if count < 15 else bytes([0xF0 | kind]) + varint(count)
