"""Templates: the notebooks that reports are made from, in one form whatever program saved them.

That form (:func:`template_text`) has no outputs, counts, ids or settings of an editor: it is what runs, what is hashed,
and what an executed notebook gives back (:func:`template_of`), so that a report carries its template with it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from wenxiao.errors import WenxiaoError
from wenxiao.words import Words

PARAMETERS, INJECTED = "parameters", "injected-parameters"
KERNELSPEC: Final = {"display_name": "Python 3", "language": "python", "name": "python3"}

TITLE: Final = "项目支出绩效自评报告"
"""What a notebook is called that says nothing; a script says nothing."""


@dataclass(frozen=True)
class Fault:
    """One fault of a template or of what it made: what is wrong, and what to write instead.

    ``cell`` counts the template's cells from 1, ``line`` the cell's lines; 0 means the whole.
    """

    cell: int
    wrong: Words
    instead: Words
    line: int = 0

    def text(self, language: str) -> str:
        """Give the fault in one line."""
        zh, en = (f"第 {self.cell} 格", f"cell {self.cell}") if self.cell else ("", "")
        zh, en = (f"{zh}第 {self.line} 行", f"{en}, line {self.line}") if self.line else (zh, en)
        place = Words(f"{zh}：" if zh else "", f"{en}: " if en else "").in_(language)
        return f"{place}{self.wrong.in_(language)}{Words('', ' ').in_(language)}{self.instead.in_(language)}"


def told(faults: Iterable[Fault], language: str) -> str:
    """Give faults in the order of the cells, one a line, and how many there are."""
    lines = list(dict.fromkeys(one.text(language) for one in sorted(faults, key=lambda f: (f.cell, f.line))))
    if len(lines) > 1:
        lines.append(Words(f"共 {len(lines)} 处需要修改。", f"{len(lines)} to be corrected.").in_(language))
    return "\n".join(lines)


class TemplateError(WenxiaoError):
    """A notebook that can't be a template, with all its faults at once."""

    def __init__(self, file: str, faults: Iterable[Fault]):
        self.file, self.faults = file, tuple(faults)
        super().__init__(self.text("zh"))

    def text(self, language: str) -> str:
        """Give the file and below it the faults."""
        return f"{self.file}\n{told(self.faults, language)}"


def numbered(nb: Any) -> Iterator[tuple[int, Any]]:
    """Give the cells of a notebook with the numbers that its author sees: papermill's own cell has none."""
    number = 0
    for cell in nb["cells"]:
        if INJECTED not in tags_of(cell):
            number += 1
            yield number, cell


def tags_of(cell: Any) -> tuple[str, ...]:
    """Give a cell's tags."""
    return tuple(map(str, cell.get("metadata", {}).get("tags", ())))


def first_line(source: str) -> str:
    """Give the first line of a cell that says something."""
    return next((line.strip() for line in source.splitlines() if line.strip()), "")


def metadata_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give a notebook's metadata without what the program that saved it, or the kernel it ran in, left there."""
    title = str(given.get("title") or TITLE)
    return {"kernelspec": dict(KERNELSPEC), "language_info": {"name": "python"}, "title": title}


def template_of(nb: Any) -> dict[str, Any]:
    """Give the template in a notebook (nbformat 4), executed or not, as plain data."""
    return {
        "cells": [_cell(number, cell) for number, cell in numbered(nb)],
        "metadata": metadata_of(nb.get("metadata", {})),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(number: int, cell: Any) -> dict[str, Any]:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    tags = sorted(set(tags_of(cell)))
    made = {
        "cell_type": cell["cell_type"],
        "id": f"cell-{number:02}",
        "metadata": {"tags": tags} if tags else {},
        "source": source.splitlines(keepends=True),
    }
    return made | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {})


@lru_cache(maxsize=4)
def template_text(content: bytes) -> str:
    """Give the text of a template from the content of its file.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: it is no notebook.
    """
    return written(template_of(json.loads(content)))


def written(nb: Mapping[str, Any]) -> str:
    """Give a notebook's text as nbformat writes it."""
    return json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def template_hash(template: Path) -> str:
    """Give the SHA-256 of a template's text."""
    return hashlib.sha256(template_text(template.read_bytes()).encode()).hexdigest()
