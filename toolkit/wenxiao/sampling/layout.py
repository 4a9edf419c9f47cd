"""The text of a params file, laid out as people write it: a line an indicator, paragraphs as blocks."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from wenxiao.money import show
from wenxiao.sampling.data import Facts, forms
from wenxiao.words import CATEGORIES, GRADES, SUBCATEGORIES


def written(facts: Mapping[str, Any], heading: str) -> str:
    """Give the text of a params file, with a comment as its first line."""
    lines = [f"# {heading}"]
    for key, value in facts.items():
        if key in ("project", "budget", "narrative"):
            lines += [f"{key}:", *(line for name, one in value.items() for line in _field(name, one, key))]
        elif key in ("indicators", "objectives"):
            lines += [f"{key}:", *(f"  - {_flow(_labelled(row))}" for row in value)]
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def _field(name: str, value: Any, group: str) -> Iterator[str]:
    if name == "sources":
        yield from ("  sources:", *(f"    - {_flow(row)}" for row in value))
    elif group == "narrative":
        yield from (f"  {name}: |", f"    {value}")
    else:
        yield f"  {name}: {_scalar(value)}"


def _labelled(row: Facts) -> Facts:
    labels = {"category": CATEGORIES, "subcategory": SUBCATEGORIES}
    return {key: labels[key][value] if key in labels else value for key, value in row.items()}


def _flow(row: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in row.items()) + "}"


def _scalar(value: Any) -> str:
    """Write a value; texts stand in double quotes, except the words that schema and form know."""
    if isinstance(value, Mapping):
        return _flow(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    if isinstance(value, Decimal):
        return show(value)
    if isinstance(value, str):
        return value if value in _plain() else json.dumps(value, ensure_ascii=False)
    return str(value)


@cache
def _plain() -> frozenset[str]:
    words = (*CATEGORIES.values(), *SUBCATEGORIES.values(), *GRADES.values())
    return frozenset({*words, "wenxiao/1", "元", "万元", *forms()})
