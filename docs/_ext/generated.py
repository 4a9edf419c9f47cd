"""The reference, as Markdown, from the code itself: commands, fields of a params file, rubrics, findings."""

import inspect
import json
import re
import typing
from collections.abc import Iterable, Iterator
from typing import Any

import typer
import wenxiao
from pydantic import BaseModel
from typer.core import TyperGroup

from wenxiao.cli import app
from wenxiao.findings import KINDS
from wenxiao.regulation import items, reference_text
from wenxiao.model import Project
from wenxiao.rubric import ITEMS, VALUES, Rubric, Rules, load_rubric, rubric_ids
from wenxiao.words import KINDS as KINDS_OF_RUBRIC
from wenxiao.words import LABELS, METHODS
from wenxiao.writing import schema_text


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Give a Markdown table; a bar inside a cell is escaped."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Give text as code."""
    return f"`{text}`"


def anchored(text: str, anchor: str) -> str:
    """Give text as code with an address of its own on the page."""
    return f"`{text}`{{#{anchor}}}"


# --- commands


def commands() -> str:
    """Every command with its arguments and options, as the command line describes itself."""
    return "\n".join(
        _command(name, command) for name, command in walk(typer.main.get_command(app), "wenxiao")
    )


def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Give each command below a command with its whole name, in alphabetical order."""
    yield name, command
    if isinstance(command, TyperGroup):
        for one in sorted(command.commands):
            yield from walk(command.commands[one], f"{name} {one}")


def _command(name: str, command: Any) -> str:
    context = typer.Context(command, info_name=name)
    parts = [
        f"## {name}",
        *halves(command.help or ""),
        f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```",
    ]
    records = [one.get_help_record(context) for one in command.get_params(context)]
    rows = [_parameter(*record) for record in records if record and not record[0].startswith("--help")]
    if rows:
        parts.append(table(("参数 parameter", "默认 default", "说明", "meaning"), rows))
    return "\n\n".join(filter(None, parts)) + "\n"


def _parameter(spelled: str, said: str) -> tuple[str, ...]:
    """Give a row for what ``--help`` prints of one parameter: its spelling, and its text with ``[default: …]`` behind."""
    found = re.search(r"\s*\[([^\[\]]*)\]$", said)
    extra = found[1] if found else ""
    default = "必填 / required" if "required" in extra else ""
    if shown := re.match(r"default: ([^;]+)", extra):
        default = code(shown[1])
    return code(spelled), default, *halves(said[: found.start()] if found else said)


def halves(text: str) -> tuple[str, str]:
    """Give the Chinese and the English half of a help text ``中文 / English``.

    >>> halves("网站的地址 / address of the site"), halves("html,pdf")
    (('网站的地址', 'address of the site'), ('html,pdf', ''))
    """
    zh, _, en = inspect.cleandoc(text).partition(" / ")
    return zh, en


# --- fields of a params file


def params() -> str:
    """Every field of a params file, part by part, from its JSON Schema."""
    schema = json.loads(schema_text())
    return "\n".join(_part(path, node, schema) for path, node in _parts("", schema, schema))


def _parts(path: str, node: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each object of the schema with the path at which it stands, outer ones first."""
    yield path, node
    for name, field in node["properties"].items():
        inner, many = _inner(field, schema)
        if inner:
            yield from _parts(f"{path}.{name}".lstrip(".") + ("[]" if many else ""), inner, schema)


def _inner(field: dict[str, Any], schema: dict[str, Any]) -> tuple[dict[str, Any] | None, bool]:
    """Give the object that a field holds, if it holds one, and whether it holds many."""
    many = field.get("type") == "array"
    found = field["items"] if many else field
    for one in (found, *found.get("anyOf", ())):
        if "$ref" in one:
            return schema["$defs"][one["$ref"].rsplit("/", 1)[1]], many
    return None, many


def _part(path: str, node: dict[str, Any], schema: dict[str, Any]) -> str:
    name = path.rsplit(".", 1)[-1].removesuffix("[]")
    title = f"## `{path}` {LABELS.get(name, '')}" if path else "## 整个文件 / the whole file"
    rows = []
    for field, said in node["properties"].items():
        inner, many = _inner(said, schema)
        whole = f"{path}.{field}".lstrip(".")
        needed = "必填 / required" if field in node.get("required", ()) else ""
        kind = (
            f"[{code(whole + ('[]' if many else ''))}](#{slug(whole + ('[]' if many else ''), field)})"
            if inner
            else _values(said)
        )
        rows.append(
            (
                anchored(field, address(whole)),
                LABELS.get(field, ""),
                needed,
                kind,
                said.get("description", ""),
            )
        )
    return f"{title}\n\n" + table(("字段 field", "名称", "", "值 value", "说明"), rows)


def address(path: str) -> str:
    """Give the address of a field on the page: a dot would begin a class, and docutils takes no underscore."""
    return "params-" + path.replace("[]", "").replace(".", "-").replace("_", "-")


def slug(path: str, name: str) -> str:
    """Give the address of a part's heading, as MyST makes it."""
    letters = f"{path} {LABELS.get(name, '')}".lower()
    return "".join(c if c.isalnum() or c in "-_" else "-" if c == " " else "" for c in letters).strip("-")


def _values(said: dict[str, Any]) -> str:
    """Say in a word or two what a field takes."""
    for one in (said, *said.get("anyOf", ())):
        if "const" in one:
            return code(one["const"])
        if "enum" in one:
            return "、".join(
                dict.fromkeys(code(str(c).lower() if isinstance(c, bool) else c) for c in one["enum"])
            )
        if one.get("format") == "date":
            return "日期 `YYYY-MM-DD`"
        if one.get("type") == "array":
            return "文字的清单 / list of texts"
        if one.get("type") == "integer":
            return "整数 / whole number"
        if isinstance(one.get("type"), list) and "number" in one["type"] and "pattern" in one:
            return "数字 / number"
        if one.get("type") not in (None, "null"):
            return "文字 / text"
    return ""


# --- rubrics


def rubrics() -> str:
    """Every rubric that comes with the package, value by value."""
    return "\n".join(_rubric(name) for name in rubric_ids())


def _rubric(name: str) -> str:
    rubric = load_rubric(name)
    said = list(items(rubric))
    references = list(dict.fromkeys(one.reference for one in said))
    about = (
        f"{rubric.name}。{KINDS_OF_RUBRIC[rubric.kind]}，自 {rubric.since} 年度起 / from {rubric.since} on。"
    )
    if rubric.based_on:
        about += f" 沿用 / based on [`{rubric.based_on}`](#{rubric.based_on})。"
    rows = [
        (
            f"{one.label.zh} / {one.label.en}", str(one.since), f"{one.text.zh} / {one.text.en}",
            f"{references.index(one.reference) + 1}" + ("" if one.verified else " ？") + (f"（{one.taken_from}）" if one.taken_from else ""),
        )
        for one in said
    ]  # fmt: skip
    listed = "\n".join(f"{i}. {plain(reference_text(one))}" for i, one in enumerate(references, 1))
    head = ("项目 item", "自 from", "内容 value", "依据 source")
    return f"## {rubric.id}\n\n{about}\n\n{table(head, rows)}\n{listed}\n"


def plain(text: str) -> str:
    """Give text in which nothing is Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in text)


def rubric_items() -> str:
    """What a rubric can state, each with an example."""
    rows = [
        (anchored(name, f"rubric-{name}"), words.zh, words.en, code(VALUES[name]))
        for name, words in ITEMS.items()
    ]
    return table(("项 item", "是什么", "meaning", "例子 example"), rows)


def methods() -> str:
    """The methods of scoring by name."""
    from wenxiao import methods as module

    rows = [(anchored(name, f"method-{name}"), label) for name, label in METHODS.items()]
    assert module.__doc__
    return table(("名称 name", "是什么"), rows)


# --- findings


def findings() -> str:
    """Every kind of finding with what it says, and its page."""
    rows = [
        (
            f"[{code(name)}](../findings/{name}.md){{#finding-{name}}}",
            f"{kind.title.zh} / {kind.title.en}", plain(f"{kind.remedy.zh} / {kind.remedy.en}"), plain(kind.basis),
        )
        for name, kind in KINDS.items()
    ]  # fmt: skip
    return table(("编号 code", "问题 finding", "怎样改 remedy", "依据 basis"), rows)


def finding_pages() -> str:
    """The list of the pages of all findings, for the navigation."""
    return "\n".join(
        [
            "```{toctree}",
            ":hidden:",
            "",
            "../findings/README",
            *(f"../findings/{name}" for name in KINDS),
            "```",
        ]
    )


# --- Python


def api() -> str:
    """Every public name, and after them every class that one of these takes or gives."""
    names = [
        name
        for name in wenxiao.__all__
        if getattr(getattr(wenxiao, name), "__module__", "").startswith("wenxiao")
    ]
    functions = [name for name in names if not inspect.isclass(getattr(wenxiao, name))]
    told = "\n".join(f".. autofunction:: wenxiao.{name}" for name in functions)
    given = "\n".join(_class(one) for one in reached(getattr(wenxiao, name) for name in names))
    return f"## 函数 Functions\n\n```{{eval-rst}}\n{told}\n```\n\n## 对象 Objects\n\n```{{eval-rst}}\n{given}\n```\n"


def _class(one: type) -> str:
    """Give a class with its members; the fields of a params file and of a rubric stand on pages of their own."""
    fields = "" if issubclass(one, BaseModel) else "\n   :undoc-members:"
    return f".. autoclass:: {one.__module__}.{one.__qualname__}\n   :members:{fields}\n"


def reached(start: Iterable[Any]) -> list[type]:
    """Give the package's own classes that stand in the signatures of ``start``, and in theirs, by name."""
    found: dict[str, type] = {}
    waiting = list(start)
    while waiting:
        for one in _own(waiting.pop()):
            name = f"{one.__module__}.{one.__qualname__}"
            if name not in found:
                found[name] = one
                waiting.append(one)
    return [found[name] for name in sorted(found)]


def _own(thing: Any) -> Iterator[type]:
    """Give the package's own classes named in the annotations of a function or of a class and its methods."""
    if inspect.isclass(thing):
        yield from _named(thing)
        parts = [
            thing,
            *(
                m.fget if isinstance(m, property) else m
                for n, m in vars(thing).items()
                if n == "__init__" or not n.startswith("_")
            ),
        ]
    else:
        parts = [thing]
    for part in parts:
        try:
            hints = typing.get_type_hints(part)
        except (NameError, TypeError):
            continue
        for hint in hints.values():
            yield from _named(hint)


def _named(hint: Any) -> Iterator[type]:
    if inspect.isclass(hint) and hint.__module__.startswith("wenxiao."):
        if not issubclass(hint, BaseModel) or hint in (Project, Rubric, Rules):
            yield hint
    for inner in typing.get_args(hint):
        yield from _named(inner)
