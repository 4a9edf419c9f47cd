"""Two evaluation.json, field by field. Numbers are compared as written: 9.8 is not 9.80."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from wenxiao.loading import shown_where
from wenxiao.publishing.verifying.result import Difference
from wenxiao.publishing.verifying.texts import excerpts
from wenxiao.visible import visible
from wenxiao.words import Words, label

Path_ = tuple[str | int, ...]
_ABSENT: Final = object()


class Number(str):
    """A number of JSON as it is written there."""

    __slots__ = ()


def read_record(content: bytes) -> Mapping[str, Any]:
    """Read a JSON object; numbers stay as they are written.

    Raises:
        ValueError: it is none.
    """
    try:
        data = json.loads(content, parse_float=Number, parse_int=Number, parse_constant=Number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data


def compare_records(file: str, published: bytes, expected: bytes) -> list[Difference]:
    """Give the differences of two records; ``expected`` is one of ours."""
    try:
        record = read_record(published)
    except ValueError:
        said = Words("不是能读的 JSON。", "It can't be read as JSON.")
        return [Difference("changed", file, said=said)]
    ours = read_record(expected)
    found = [
        Difference("number", file, _place(path, ours, record), _shown(a, b), _shown(b, a))
        for path, a, b in _differing((), record, ours)
    ]
    if not found and published != expected:
        said = Words(
            "内容相同，只是写法不同（空格、换行、键的次序）。",
            "The same content, written otherwise (spaces, line ends, order).",
        )
        found.append(Difference("bytes", file, said=said))
    return found


def numbers_of(value: Any) -> int:
    """Count the values of a record that hold a digit: its numbers, scores, rates and dates."""
    if isinstance(value, Mapping):
        return sum(map(numbers_of, value.values()))
    if isinstance(value, list):
        return sum(map(numbers_of, value))
    return int(isinstance(value, str) and any(c.isdigit() for c in value))


def _differing(path: Path_, a: Any, b: Any) -> Iterator[tuple[Path_, Any, Any]]:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for key in dict.fromkeys((*b, *a)):
            yield from _differing((*path, key), a.get(key, _ABSENT), b.get(key, _ABSENT))
    elif isinstance(a, list) and isinstance(b, list):
        for i, (one, two) in enumerate(_aligned(path, a, b)):
            yield from _differing((*path, i), one, two)
    elif type(a) is not type(b) or a != b:
        yield path, a, b


def _aligned(path: Path_, a: Sequence[Any], b: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Pair the rows of two lists: by what they are about where one list has more, else one by one."""
    key = _KEYS.get(str(path[-1]) if path else "")
    if len(a) == len(b) or key is None or not all(isinstance(row, Mapping) for row in (*a, *b)):
        yield from ((_at(a, i), _at(b, i)) for i in range(max(len(a), len(b))))
        return
    rest = list(a)
    for row in b:
        found = next((one for one in rest if key(one) == key(row)), _ABSENT)
        if found is not _ABSENT:
            rest.remove(found)
        yield found, row
    yield from ((row, _ABSENT) for row in rest)


_KEYS: Final[dict[str, Callable[[Mapping[str, Any]], Any]]] = {
    "indicators": lambda row: row.get("name"),
    "sources": lambda row: row.get("name"),
    "findings": lambda row: (row.get("code"), row.get("where")),
}


def _at(rows: Sequence[Any], i: int) -> Any:
    return rows[i] if i < len(rows) else _ABSENT


def _shown(value: Any, other: Any) -> str | None:
    if value is _ABSENT:
        return None
    if isinstance(value, Mapping | list):
        name = value.get("name") or value.get("code") if isinstance(value, Mapping) else None
        return visible(str(name or json.dumps(value, ensure_ascii=False)))[:60]
    if value is None:
        return "—"
    text = str(value) if isinstance(value, str) else json.dumps(value)
    if isinstance(value, Number) != isinstance(other, Number):
        text = text if isinstance(value, Number) else f'"{text}"'
    return excerpts(text, str(other))[0] if isinstance(other, str) else visible(text)[:120]


def _place(path: Path_, *records: Mapping[str, Any]) -> Words:
    """Say where a field stands: its path, and for people what it is of."""
    where = visible(shown_where(path))
    row = next((found for record in records if (found := _row(path, record))), {})
    name = visible(str(row.get("name") or row.get("code") or ""))[:40]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    said = label(key)
    if not name:
        return Words(f"{where}（{said}）" if said != key else where, where)
    zh = f"{where}（“{name}”{'的' + said if said != key and key not in _KEYS else ''}）"
    return Words(zh, f"{where} (“{name}”)")


def _row(path: Path_, record: Any) -> Mapping[str, Any]:
    """Give the row of a list that a field belongs to."""
    for part, then in itertools.pairwise(path):
        record = record.get(part) if isinstance(record, Mapping) else None
        if isinstance(record, list) and isinstance(then, int):
            row = record[then] if then < len(record) else None
            return row if isinstance(row, Mapping) else {}
    return {}
