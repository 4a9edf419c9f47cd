"""Two projects compared field by field, as an import has to give back what a form prints."""

from typing import Any

from form_files import C, Form, placed
from wenxiao.importing.grid import Cell, Grid, Paragraph, Place, Table
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


def grid_of(form: Form, kind: str = "docx") -> Grid:
    """Give a form as the readers give it, without writing and reading a file."""
    blocks: list[Paragraph | Table] = []
    for number, block in enumerate(form, 1):
        if isinstance(block, str):
            blocks.append(Paragraph(block, Place(line=number)))
        else:
            name = f"表{sum(isinstance(one, Table) for one in blocks) + 1}"
            cells = [
                Cell(c.text, Place(name, row, column), c.rows, c.columns) for row, column, c in placed(block)
            ]
            blocks.append(Table(name, tuple(cells)))
    return Grid("某表.docx", kind, tuple(blocks))


def table_of(*rows: list[str], head: tuple[str, ...] = ()) -> Grid:
    """Give a document of a few paragraphs and one table without merged cells."""
    return grid_of([*head, [[C(text) for text in row] for row in rows]])
