"""Facts while they are gathered: each with the cell it came from and, where it is uncertain, why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wenxiao.importing.grid import Cell, Paragraph
from wenxiao.loading import value_at

Item = Cell | Paragraph
Path = tuple[str | int, ...]


@dataclass
class Value:
    """One fact as text: ``items`` are the cells it was read from; ``why`` says what makes it uncertain."""

    text: str
    items: tuple[Item, ...] = ()
    why: str = ""

    def doubt(self, why: str) -> None:
        """Make it uncertain; several reasons are kept, each once."""
        if why not in self.why:
            self.why = f"{self.why}；{why}" if self.why else why


@dataclass
class Record:
    """A group of facts: an indicator, a row of the budget."""

    values: dict[str, Value] = field(default_factory=dict)

    def put(self, key: str, text: str, *items: Item, why: str = "") -> None:
        """State a fact, where it is not stated already."""
        self.values.setdefault(key, Value(text, items, why))

    def text(self, key: str) -> str | None:
        """Give what is stated, or None."""
        value = self.values.get(key)
        return value.text if value else None

    def doubt(self, why: str, *keys: str) -> None:
        """Make the facts named uncertain, or all of them."""
        for key in keys or tuple(self.values):
            if key in self.values:
                self.values[key].doubt(why)


@dataclass
class Draft:
    """The facts of one document as a tree of dicts and lists whose leaves are :class:`Value`."""

    tree: dict[str, Any] = field(default_factory=dict)

    def put(self, path: str, value: Value, over: bool = False) -> bool:
        """State a fact at a dotted path (``budget.total.adjusted``); False where one is stated already."""
        *groups, last = path.split(".")
        here = self.tree
        for group in groups:
            here = here.setdefault(group, {})
        if last in here and not over:
            return False
        here[last] = value
        return True

    def get(self, path: str) -> Value | None:
        """Give the fact at a dotted path, or None."""
        here: Any = self.tree
        for part in path.split("."):
            here = here.get(part) if isinstance(here, dict) else None
        return here if isinstance(here, Value) else None

    def at(self, path: Path) -> Any:
        """Give what stands at a path: a value, a group, or None."""
        return value_at(self.tree, path)

    def remove(self, path: Path) -> list[Value]:
        """Take a fact or a group out; give the values that stood there."""
        gone = self.at(path)
        above = self.at(path[:-1])
        if gone is None or not path:
            return []
        del above[path[-1]]
        return [value for _, value in leaves(gone)]


def leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Give every value below a group with its path."""
    if isinstance(tree, Value):
        yield path, tree
    elif isinstance(tree, dict):
        for key, child in tree.items():
            yield from leaves(child, (*path, key))
    elif isinstance(tree, list):
        for index, child in enumerate(tree):
            yield from leaves(child, (*path, index))
