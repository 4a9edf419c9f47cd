"""YAML read and written: by libyaml where it does exactly what ruamel.yaml does, by ruamel.yaml in all other cases.

libyaml takes a twentieth of the time. What it refuses goes to ruamel.yaml too, whose errors are the ones explained to
users.
"""

import io
import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import yaml  # type: ignore[import-untyped]
from ruamel.yaml import YAML
from ruamel.yaml.resolver import implicit_resolvers

_SPECIAL: Final = re.compile(
    r"[\t&\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]"  # tabs, anchors, what either takes for a line's end
    r"|\r(?!\n)"
    r"|[|>][-+0-9]*#"
    r"|(?<!!)!(?!!float ')"  # tags, but for that of a whole number as we write it
    r"|(?m:^(?:---|\.\.\.|%| {80}))"  # several documents, directives, deep nesting
)
_OPENING: Final = re.compile(r"[\[{]|[-?] ")
_MOST_OPENINGS: Final = 300
"""libyaml's binding recurses without looking at the depth of the stack."""
_MOST_OPEN: Final = 500
_TAG: Final = "tag:yaml.org,2002:"
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", None)


def compose(text: str) -> Any:
    """Give the root node (``id``, ``tag``, ``value``, ``style``, ``start_mark`` as both libraries have them), or None.

    Raises whatever ruamel.yaml raises, and RecursionError for more open brackets than it could follow: it would try for
    minutes, for its time grows with the square of their number.
    """
    if _most_open(text) > _MOST_OPEN:
        raise RecursionError
    if _LOADER and not _SPECIAL.search(text) and len(_OPENING.findall(text)) <= _MOST_OPENINGS:
        try:
            root = yaml.compose(text, Loader=_LOADER)
        except (yaml.YAMLError, ValueError):
            root = None
        if root is not None and not any(map(_is_absent, _scalars(root))):
            return root
    return YAML(typ="safe", pure=True).compose(io.StringIO(text))


def _most_open(text: str) -> int:
    """Give how many brackets are open at once at most; those inside texts are counted too, where they seldom matter."""
    if text.count("[") + text.count("{") <= _MOST_OPEN:
        return 0
    steps = (1 if bracket[0] in "[{" else -1 for bracket in re.finditer(r"[\[\]{}]", text))
    return max(itertools.accumulate(steps), default=0)


def _scalars(node: Any) -> Iterator[Any]:
    if node.id == "scalar":
        yield node
    else:
        for part in node.value:
            for child in part if node.id == "mapping" else (part,):
                yield from _scalars(child)


def _is_absent(node: Any) -> bool:
    """Tell whether nothing stands there: each library has its own idea of where that is."""
    return not node.value and not node.style


# --- writing -------------------------------------------------------------------------------------------------------

_WIDTH: Final = 10_000
_OTHERWISE_WRITTEN: Final = re.compile(r"['\x85\u2028\u2029\U00010000-\U0010ffff]|(?s:.{2400})")


def written(data: Any) -> str:
    """Write dicts, sequences, texts, ``Decimal``, ``int``, ``bool``, dates and None as YAML in block style."""
    if not _DUMPER or any(map(_OTHERWISE_WRITTEN.search, _texts(data))):
        return _carefully_written(data)
    text: str = yaml.dump(
        data, Dumper=_DUMPER, default_flow_style=False, allow_unicode=True, width=_WIDTH, sort_keys=False
    )
    return text


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def _carefully_written(data: Any) -> str:
    ruamel = YAML(typ="safe", pure=True)
    ruamel.default_flow_style = False
    ruamel.allow_unicode = True
    ruamel.width = _WIDTH
    ruamel.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    ruamel.representer.add_representer(Decimal, _number)
    ruamel.representer.add_representer(tuple, _sequence)
    stream = io.StringIO()
    ruamel.dump(data, stream)
    return stream.getvalue()


def _number(representer: Any, value: Decimal) -> Any:
    return representer.represent_scalar(f"{_TAG}float", format(value, "f"))


def _sequence(representer: Any, value: tuple[Any, ...]) -> Any:
    return representer.represent_list(list(value))


def _text(representer: Any, value: str) -> Any:
    style = '"' if "\n" in value else None
    return representer.represent_scalar(f"{_TAG}str", value, style=style)


def _quoted_number(representer: Any, value: Decimal) -> Any:
    text = format(value, "f")
    return representer.represent_scalar(f"{_TAG}float", text, style=None if "." in text else "'")


def _dumper() -> Any:
    """Give a dumper for libyaml that takes a plain word for what YAML 1.2 takes it for: ``on`` and ``12:30`` are texts."""
    stock = getattr(yaml, "CSafeDumper", None)
    if stock is None:
        return None
    dumper: Any = type("Dumper", (stock,), {"yaml_implicit_resolvers": {}, "ignore_aliases": lambda *_: True})
    for versions, tag, pattern, first in implicit_resolvers:
        if (1, 2) in versions:
            dumper.add_implicit_resolver(tag, pattern, first)
    for kind, represent in ((Decimal, _quoted_number), (tuple, _sequence), (str, _text)):
        dumper.add_representer(kind, represent)
    return dumper


_DUMPER: Final[Any] = _dumper()
