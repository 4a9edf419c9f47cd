"""Two projects compared field by field, as an import has to give back what a form prints."""

from typing import Any

from wenxiao.model import Project

CHOSEN = ("rubric", "excerpt", "disclosure", "acknowledged", "redact", "contact")
"""What a person decides after the import, or what no form prints."""


def flat(data: Any, where: str = "") -> dict[str, str]:
    """Give every stated leaf with its field path."""
    if isinstance(data, dict):
        found: dict[str, str] = {}
        for key, value in data.items():
            found |= flat(value, f"{where}.{key}" if where else key)
        return found
    if isinstance(data, list | tuple):
        found = {}
        for i, value in enumerate(data):
            found |= flat(value, f"{where}[{i}]")
        return found
    return {} if data is None else {where: format(data, "f") if hasattr(data, "as_tuple") else str(data)}


def facts_of(project: Project) -> dict[str, str]:
    """Give what a form could print of a project."""
    data = project.model_dump(by_alias=True, exclude_unset=True, exclude=set(CHOSEN))
    return flat(data)


def differences(project: Project, other: Project) -> dict[str, tuple[str | None, str | None]]:
    """Give the fields that differ: field → (hand-made, imported)."""
    before, after = facts_of(project), facts_of(other)
    return {
        field: (before.get(field), after.get(field))
        for field in dict.fromkeys((*before, *after))
        if before.get(field) != after.get(field)
    }
