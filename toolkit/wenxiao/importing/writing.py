"""Imported facts → the text of a params file, with a comment at each uncertain figure and its place."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from wenxiao.composing import written
from wenxiao.importing.interpreting.drafting import Draft, Value
from wenxiao.importing.interpreting.imported import Note
from wenxiao.words import label

_NUMBERS: Final = {
    "year", "original", "adjusted", "outturn", "received", "amount", "points", "score", "total", "execution_rate", "goal",
    "execution", "decision", "process", "output", "outcome", "satisfaction", "cost",
}  # fmt: skip
"""Fields that are written as bare numbers; a target such as 8 stays a quoted text."""
SCHEMA_LINE: Final = "# yaml-language-server: $schema=../schema.json"
_NUMBER: Final = re.compile(r"-?\d{1,18}(?:\.\d+)?")
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def params_text(draft: Draft, source: str, missing: Iterable[str], notes: Iterable[Note]) -> str:
    """Give the params text: facts in their order; ``待核对`` marks what is uncertain, ``未读到`` what must be added."""
    lines = [
        SCHEMA_LINE,
        comment(f"由“{source}”导入，须由人对照原件核对；“待核对”处不确定。"),
    ]
    lines += [f"# 未读到：{path}（{label(path.rpartition('.')[2])}），请填写。" for path in missing]
    marks = {note.field: note for note in notes if note.field and note.uncertain}
    lines += _mapping(draft.tree, "", "", marks)
    return "\n".join(lines) + "\n"


def comment(text: str) -> str:
    """Give a text as one comment line."""
    return f"# {_line(text)}"


def _mapping(tree: Mapping[str, Any], indent: str, where: str, marks: Mapping[str, Note]) -> list[str]:
    lines: list[str] = []
    for key, held in tree.items():
        path = f"{where}.{key}" if where else key
        if isinstance(held, Value):
            lines += _leaf(key, held, indent, _comment(path, marks))
        elif isinstance(held, list):
            lines.append(f"{indent}{key}:")
            for index, one in enumerate(held):
                lines += _item(one, f"{indent}  ", f"{path}[{index}]", marks)
        elif held:
            lines.append(f"{indent}{key}:")
            lines += _mapping(held, f"{indent}  ", path, marks)
    return lines


def _item(one: Mapping[str, Any], indent: str, where: str, marks: Mapping[str, Note]) -> list[str]:
    lines = _mapping(one, f"{indent}  ", where, marks)
    if not lines:
        return [f"{indent}- {{}}"]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def _leaf(key: str, value: Value, indent: str, comment: str) -> list[str]:
    """Write one fact; prose of several lines stands as a block, as a person would write it."""
    prose = _UNSAFE.sub("", value.text).split("\n")
    if len(prose) > 1 and all(line and line == line.strip() and "\t" not in line for line in prose):
        return [f"{indent}{key}: |-{comment}", *(f"{indent}  {line}" for line in prose)]
    first, *more = f"{_scalar(key, value)}{comment}".split(
        "\n"
    )  # a very long text begins on a line of its own
    return [f"{indent}{first}", *(f"{indent}{line}" for line in more)]


def _scalar(key: str, value: Value) -> str:
    text = _UNSAFE.sub("", value.text)
    if (key in _NUMBERS and _NUMBER.fullmatch(text)) or re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{key}: {text}"
    return written({key: text}).strip("\n")


def _comment(path: str, marks: Mapping[str, Note]) -> str:
    note = marks.get(path)
    if note is None:
        return ""
    where = f"{note.place.shown()}，" if note.place else ""
    return f"  # 待核对：{_line(where + note.why)}"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", _UNSAFE.sub("", text)).strip()
