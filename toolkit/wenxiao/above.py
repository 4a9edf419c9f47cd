"""What a value of the core can do in a notebook and is written further up: displays, DataFrames, what-if runs.

The core knows it by name alone; :mod:`wenxiao` says which module does it, and that module is imported at first use.
"""

from importlib import import_module
from typing import Any

_HOMES: dict[str, str] = {}


def provide(**homes: str) -> None:
    """Say which module does what: name of the function → module."""
    _HOMES.update(homes)


def above(name: str) -> Any:
    """Give a function that is written further up.

    >>> above("text_of").__module__
    'wenxiao.exploring.showing'
    """
    return getattr(import_module(_HOMES[name]), name)


class Displayed:
    """A value that notebooks and consoles show as tables; its ``repr`` is one line."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        bundle: dict[str, str] = above("bundle_of")(self)
        return bundle

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self) if len(printer.stack) > 1 else str(self))  # in a list, a line

    def __str__(self) -> str:
        text: str = above("text_of")(self)
        return text
