"""What an editor marks in a params file while it is typed: the faults and findings of ``wenxiao check``."""

import re
from pathlib import Path
from typing import Any

from wenxiao.checking import check_text


def marks(text: str, path: Path, language: str) -> list[dict[str, Any]]:
    """Give problems and findings of a text in the order of its lines.

    Each has ``line`` and ``column`` (from 1; 0: the file as a whole), ``end`` (the column behind it), ``severity``
    (``problem``, ``error``, ``warning`` or ``note``), ``code`` (of a finding), ``wrong`` and ``instead`` in ``language``.
    Findings that the file has answered are left out, and so are those across projects: they need all files of a folder.
    """
    checked = check_text(text, path)
    found = [
        (p.line, p.column, "problem", "", p.wrong.in_(language), p.instead.in_(language))
        for p in checked.problems
    ]
    for finding in checked.findings:
        if finding.acknowledged is None:
            said = (finding.message, finding.remedy) if language == "zh" else finding.english
            found.append((*checked.place(finding), finding.severity, finding.code, *said))
    lines = text.splitlines()
    names = ("line", "column", "severity", "code", "wrong", "instead")
    return [dict(zip(names, one, strict=True)) | {"end": _end(lines, *one[:2])} for one in sorted(found)]


def _end(lines: list[str], line: int, column: int) -> int:
    """Give the column behind what begins at a place: a value in braces ends at its comma, others with their line."""
    if not 0 < line <= len(lines):
        return column
    before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    pattern = (
        r"[^,{}\[\]]*"
        if before.count("{") > before.count("}") and rest[:1] not in "\"'{["
        else r".*?(?=\s#|$)"
    )
    found = re.match(pattern, rest)
    return column + len(found[0].rstrip()) if found else column
