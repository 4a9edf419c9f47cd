"""Facts replaced, told in words: which, what stood there, what stands there now."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wenxiao.loading import read_where
from wenxiao.model import Project
from wenxiao.words import LABELS, LEVELS

UNSTATED: Final = "未写明"


def stated_at(project: Project, where: str) -> str | None:
    """Give the fact at a path as a params file writes it; None where it is not stated or there is no such path."""
    value: Any = project.model_dump(by_alias=True)
    for part in read_where(where) or ():
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return None if value is None else str(value)


def changes_told(project: Project, facts: Mapping[str, object]) -> list[str]:
    """Tell what facts change, one text for each thing with a name; a total that follows its sources is not told."""
    dump = project.model_dump(by_alias=True)
    sources = any(where.startswith("budget.sources[") for where in facts)
    told: dict[str, str] = {}
    for where, value in facts.items():
        if sources and where == "budget.total.outturn":
            continue
        of, words = _told(dump, where, value)
        told[of or where] = f"{told[of]}，{words}" if of in told else of + words
    return list(told.values())


def _told(dump: Mapping[str, Any], where: str, value: object) -> tuple[str, str]:
    """Give whose fact it is, where it has a name, and what becomes of it."""
    path = read_where(where) or ()
    groups: list[Any] = [dump]
    for part in path[:-1]:
        try:
            groups.append(groups[-1][part])
        except (KeyError, IndexError, TypeError):
            groups.append({})
    key = str(path[-1]) if path else where
    group = groups[-1] if isinstance(groups[-1], Mapping) else {}
    money = key in ("original", "adjusted", "outturn", "received")
    unit = f" {dump['budget']['amount_unit']}" if money else ""
    name = f"“{group['name']}”" if isinstance(group.get("name"), str) and _in_list(path) else ""
    before, after = _shown(key, group.get(key)), _shown(key, value)
    return name, f"{LABELS.get(key, key)} {before} → {after}{unit}"


def _in_list(path: Sequence[str | int]) -> bool:
    return any(isinstance(part, int) for part in path)


def _shown(key: str, value: object) -> str:
    if value is None or value == "":
        return UNSTATED
    if key == "level":
        return LEVELS.get(str(value), str(value))
    return str(value)
