"""Which facts differ between two projects, matched by name of the indicator or source, then by position."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao.money import show
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES, Words, label

Where = tuple[str | int, ...]
_LONGEST: Final = 48  # characters of a text that a table shows
_TABLES: Final = {"category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS}
_UNCOMPARED: Final = {"schema", "rubric"}  # the rubric is told with the scores, by the id that was used


@dataclass(frozen=True)
class Difference:
    """A fact that differs. ``path`` counts as B does; ``gone`` marks what only A has, counted as A does."""

    path: Where
    label: Words
    a: str | None
    b: str | None
    gone: bool = False

    @property
    def told(self) -> Words:
        """The fact with both values."""
        change = " → ".join(value or "—" for value in self.cut)
        return Words(f"{self.label.zh} {change}", f"{self.label.en} {change}")

    @property
    def cut(self) -> tuple[str | None, str | None]:
        """Both values, long texts cut to where they differ."""
        a, b = self.a or "", self.b or ""
        if max(len(a), len(b)) <= _LONGEST:
            return self.a, self.b
        same = (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)
        start = next(same, min(len(a), len(b)))
        return self.a and _window(a, start), self.b and _window(b, start)


def _window(text: str, start: int) -> str:
    begin = max(0, start - 8)
    end = begin + _LONGEST
    return ("…" if begin else "") + text[begin:end].replace("\n", " ") + ("…" if end < len(text) else "")


def paired(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Match the items of two lists by name, then by position; what is left stands alone."""
    free: dict[str, list[int]] = {}
    for i, item in enumerate(a):
        free.setdefault(name_of(item), []).append(i)
    found = {j: free[name].pop(0) for j, item in enumerate(b) if free.get(name := name_of(item))}
    left = set(range(len(a))) - set(found.values())
    for j in range(len(b)):
        if j not in found and j in left:
            found[j] = j
            left.remove(j)
    return [*((found.get(j), j) for j in range(len(b))), *((i, None) for i in sorted(left))]


def name_of(item: Any) -> str:
    """Give what an item of a list is called; empty where nothing names it."""
    if not isinstance(item, Mapping):
        return str(item)
    return str(next((item[key] for key in ("name", "title", "planned", "reason") if item.get(key)), ""))


def differences(a: Any, b: Any, path: Where = (), said: Where = ()) -> Iterator[Difference]:
    """Give every fact that differs; ``said`` is the path with names in place of numbers."""
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        one, two = a or {}, b or {}
        for key in dict.fromkeys([*two, *one]):
            if path or key not in _UNCOMPARED:
                yield from differences(one.get(key), two.get(key), (*path, key), (*said, key))
    elif isinstance(a, list | tuple) or isinstance(b, list | tuple):
        yield from _list_differences(a or (), b or (), path, said)
    elif a != b:
        yield Difference(path, _label(said), _value(path, a), _value(path, b))


def _list_differences(a: Sequence[Any], b: Sequence[Any], path: Where, said: Where) -> Iterator[Difference]:
    for i, j in paired(a, b):
        if i is not None and j is not None:
            yield from differences(a[i], b[j], (*path, j), (*said, name_of(b[j]) or j))
        elif j is not None:
            yield Difference((*path, j), _label((*said, j)), None, name_of(b[j]) or str(j + 1))
        elif i is not None:
            yield Difference((*path, i), _label((*said, i)), name_of(a[i]) or str(i + 1), None, gone=True)


def _label(said: Where) -> Words:
    """Name a field in the form's words, and in English by its keys."""
    if said == ("printed", "total"):  # elsewhere total is 总额, of money
        return Words("原文件上写的数·总分", "printed · total")
    keys = [str(part + 1) if isinstance(part, int) else part for part in said]
    return Words("·".join(CATEGORIES.get(key, label(key)) for key in keys), " · ".join(keys))


def _value(path: Where, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return show(value)
    return _TABLES.get(str(path[-1]), {}).get(value, str(value))
