"""Which facts a what-if run can replace, and which it has replaced."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wenxiao import overriding
from wenxiao.above import Displayed
from wenxiao.exploring.opening import original
from wenxiao.loading import facts, read_where
from wenxiao.model import Project
from wenxiao.money import show
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES, label

UNSTATED: Final = "未写明"
_WORDS: Final = {"category": CATEGORIES, "subcategory": SUBCATEGORIES, "level": LEVELS, "method": METHODS}


class Paths(Displayed, dict[str, str | None]):
    """The paths that ``what_if`` takes, each with what stands there; None where nothing is stated.

    Notebooks and consoles complete them where they are to be written: ``project.what_if({"bud<Tab>``.
    """

    _repr_pretty_ = Displayed._repr_pretty_  # here, or IPython takes the one for dicts

    def __repr__(self) -> str:
        return f"<Paths: {len(self)}>"


@dataclass(frozen=True)
class Change:
    """A fact that was replaced: path, name, what the file states and what stands there now."""

    where: str
    name: str
    before: str
    after: str


def paths(project: Project) -> Paths:
    """Give the paths that ``what_if`` takes (see :meth:`wenxiao.model.Project.paths`)."""
    return Paths((where, _said(value)) for where, value in overriding.paths(facts(project)))


def changes(project: Project) -> tuple[Change, ...]:
    """Give the facts that a what-if run replaced, in the order in which it did."""
    if not project.overrides:
        return ()
    before, after = paths(original(project)), paths(project)
    stated = facts(project)
    return tuple(
        Change(
            where, name_of(stated, where), _shown(where, before.get(where)), _shown(where, after.get(where))
        )
        for where, _ in project.overrides
        if before.get(where) != after.get(where)
    )


def name_of(stated: Mapping[str, Any], where: str) -> str:
    """Give a field's Chinese name, with that of the indicator or source it belongs to."""
    path = read_where(where) or (where,)
    group: Any = stated
    names = []
    for part in path[:-1]:
        group = group[part]
        if isinstance(part, int) and isinstance(group, Mapping):
            names.append(str(group.get("name") or part + 1))
    return "·".join((*names, label(str(path[-1]))))


def _shown(where: str, value: str | None) -> str:
    return UNSTATED if value is None else _WORDS.get(where.rpartition(".")[2], {}).get(value, value)


def _said(value: Any) -> str | None:
    if value is None:
        return None
    return show(value) if isinstance(value, Decimal) else str(value)
