"""A params file with facts replaced: only they change, so comments, order and spelling of all else stay.

What is put in is read back; where the text then does not say what it should (anchors, for one), the whole file is
written anew, without its comments.
"""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from wenxiao.composing import compose, written
from wenxiao.exploring.telling import changes_told
from wenxiao.loading import Sheet, read_where, source_of
from wenxiao.model import Project
from wenxiao.writing import facts_text

_PLAIN: Final = re.compile(r"[\w≥≤＝％%.·、（）/+-][\w≥≤＝％%.·、（）/+ -]*")
_APPROVALS: Final = ("reviewed_by", "reviewed_on", "approved_by", "approved_on")
_BEFORE: Final = {"rubric": "schema", "actual": "target", "level": "actual", "share": "level"}
"""Where a fact that was not stated is put: behind this one, where that is stated."""


def params_text(project: Project, facts: Mapping[str, object]) -> str:
    """Give the text of the project's params file with facts replaced, headed by a comment that tells them.

    Review and approval were of the facts as they are: with others, who and when are taken out, so that the gate before
    publication stays shut. A project made in Python has no file: its facts are written.
    """
    source = source_of(project)
    values = {where: None if value is None else str(value) for where, value in facts.items()}
    values |= dict.fromkeys(_approvals(project) if facts else ())
    if source is None:
        return _headed(facts_text(project.what_if(values) if values else project), project, facts)
    wanted = copy.deepcopy(dict(source.data))
    for where, value in values.items():
        _set(wanted, where, value)
    text = source.text.removeprefix("\ufeff")
    for where, value in values.items():
        text = _replaced(text, read_where(where) or (), value)
    if not _says(text, wanted):
        text = written(wanted)
    return _headed(text, project, facts)


def _approvals(project: Project) -> list[str]:
    if project.disclosure is None:
        return []
    return [f"disclosure.{key}" for key in _APPROVALS if getattr(project.disclosure, key) is not None]


def _headed(text: str, project: Project, facts: Mapping[str, object]) -> str:
    """Put the comment behind a first line that names the schema."""
    told = changes_told(project, facts)
    if not told:
        return text
    lines = [
        "# 试算稿，不是项目单位填报的数据。与原文件不同：",
        *(f"#   {' '.join(one.split())}" for one in told),
        *(["#   审查和批准只对原文件有效，已清空"] if _approvals(project) else []),
    ]
    first, rest = text.split("\n", 1) if text.startswith("# yaml-language-server") else ("", text)
    return "\n".join([*([first] if first else []), *lines, rest])


def _says(text: str, wanted: Any) -> bool:
    sheet = Sheet("", text)
    return not sheet.problems and sheet.data == wanted


def _set(data: Any, where: str, value: str | None) -> None:
    *above, last = read_where(where) or ("",)
    for part in above:
        data = data[part]
    data[last] = value


def _replaced(text: str, path: Sequence[str | int], value: str | None) -> str:
    node: Any = compose(text)
    for part in path[:-1]:
        node = _child(node, part)
    found = _child(node, path[-1]) if node is not None else None
    if node is None or (found is not None and found.id != "scalar"):
        return text
    if found is None:
        return _added(text, node, str(path[-1]), value) if node.id == "mapping" and node.value else text
    start, end = _offset(text, found.start_mark), _offset(text, found.end_mark)
    if found.style in ("|", ">"):
        return text[:start] + _scalar(value) + "\n" + text[end:]
    return text[:start] + _scalar(value, quoted=bool(found.style)) + text[end:]


def _added(text: str, node: Any, key: str, value: str | None) -> str:
    """Put a fact behind another that stands on one line, in the way the group is written."""
    pairs = [(k, v) for k, v in node.value if v.id == "scalar" and v.start_mark.line == v.end_mark.line]
    wanted = _BEFORE.get(key)
    behind = next((pair for pair in pairs if pair[0].value == wanted), pairs[-1] if pairs else None)
    entry = f"{key}: {_scalar(value)}"
    if behind is None:
        at = _offset(text, node.value[0][0].start_mark)
        return (
            text[:at] + entry + ("," if node.flow_style else "\n") + " " * node.start_mark.column + text[at:]
        )
    at = _offset(text, behind[1].end_mark)
    if node.flow_style:
        return f"{text[:at]}, {entry}{text[at:]}"
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return f"{text[:end].rstrip(chr(13))}\n{' ' * behind[0].start_mark.column}{entry}{text[end:]}"


def _child(node: Any, part: str | int) -> Any:
    if node is None:
        return None
    if isinstance(part, int):
        return node.value[part] if node.id == "sequence" and part < len(node.value) else None
    if node.id != "mapping":
        return None
    return next((value for key, value in node.value if key.value == part), None)


def _offset(text: str, mark: Any) -> int:
    at = 0
    for _ in range(mark.line):
        at = text.index("\n", at) + 1
    return at + int(mark.column)


def _scalar(value: str | None, quoted: bool = False) -> str:
    """Write a value so that it is one scalar wherever it stands."""
    if value is None:
        return "null"
    plain = not quoted and _PLAIN.fullmatch(value) and not value.endswith(" ") and not value.startswith("-")
    return value if plain and value not in ("null", "Null", "NULL") else json.dumps(value, ensure_ascii=False)
