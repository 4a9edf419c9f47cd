"""Which facts of a project a what-if run can replace, by the path of their field."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel

from wenxiao.model import Project

_FIXED: Final = {"schema", "contact", "redact", "sha256"}
_MOST_NAMED: Final = 3


def paths(
    data: Mapping[str, Any], model: type[BaseModel] = Project, above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Give the path and value of every single fact of plain data; None where the group is there and the fact is not.

    >>> facts = {"project": {"name": "视频会议"}, "objectives": [{"planned": "接入8个会场"}]}
    >>> [path for path, _ in paths(facts)][1:5]
    ['excerpt', 'project.name', 'project.year', 'project.region']
    """
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key in _FIXED:
            continue
        value, where = data.get(key), f"{above}.{key}" if above else key
        group = _group(field.annotation)
        if group is None:
            yield where, value
        elif isinstance(value, Mapping):
            yield from paths(value, group, where)
        elif isinstance(value, Sequence):
            for i, item in enumerate(value):
                yield from paths(item, group, f"{where}[{i}]")


def _group(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _group(one))), None)


def near(where: str, data: Mapping[str, Any]) -> list[str]:
    """Give the paths that were probably meant, the likeliest first."""
    known = [path for path, _ in paths(data)]
    ends = [path for path in known if path.endswith(f".{where}")][:_MOST_NAMED]
    return difflib.get_close_matches(where, known, _MOST_NAMED) or ends
