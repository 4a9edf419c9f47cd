"""Executed notebook → document tree. What is shown is chosen positively; code never is."""

import base64
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from wenxiao.document import (
    FACTS,
    RECORD,
    RULES,
    Block,
    Code,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Table,
    from_html,
    from_markdown,
    plain_text,
    text,
)

HIDDEN: Final = {"parameters", "injected-parameters", "remove", "remove_cell", "hide"}
NO_ALT: Final = "图：作者没有写文字说明"
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Report:
    """A notebook as a document: title, blocks below it, and what it carries for whoever makes the report again.

    ``record``, ``facts`` and ``rubric`` are the texts of evaluation.json, params.yaml and rubric.yaml; the last is there
    only where a bureau's own rubric scored the project. ``titled`` says that the notebook shows the title itself.
    """

    title: str
    blocks: tuple[Block, ...]
    record: str | None = None
    facts: str | None = None
    rubric: str | None = None
    titled: bool = False


def read_notebook(nb: Any) -> Report:
    """Give the document of an executed notebook (nbformat 4)."""
    found = [block for cell in nb.cells for block in shown_by(cell)]
    carried: dict[str, str] = {}
    for cell in nb.cells:
        for output in () if _tags(cell) & HIDDEN else cell.get("outputs", ()):
            data = output.get("data", {})
            if RECORD in data:
                carried = {kind: _string(data[kind]) for kind in (RECORD, FACTS, RULES) if kind in data}
    title = next((b for b in found if isinstance(b, Heading) and b.level == 1), None)
    shown = plain_text([title]) if title else str(nb.metadata.get("title") or "未命名报告")
    blocks = [b for b in found if b is not title]
    record, facts, rubric = (carried.get(kind) for kind in (RECORD, FACTS, RULES))
    name, titled = " ".join(shown.split()), title is not None
    return Report(name, tuple(_levelled(blocks)), record, facts, rubric, titled)


def shown_by(cell: Any) -> list[Block]:
    """Give what a cell shows a reader."""
    tags = _tags(cell)
    if tags & HIDDEN:
        return []
    source = _string(cell["source"])
    prose = from_markdown(source) if cell["cell_type"] == "markdown" else ()
    shown = [block for output in cell.get("outputs", ()) for block in _output(output, tags)]
    return [*prose, *_described(shown, source)]


def _tags(cell: Any) -> set[str]:
    return set(cell.get("metadata", {}).get("tags", ()))


def options_of(source: str) -> dict[str, str]:
    """Give what a cell's first lines say of its pictures and tables, as Quarto writes it: ``#| fig-alt: …``, in YAML.

    Used are ``fig-alt`` (what a picture says, for whoever can't see it), ``fig-cap`` and ``tbl-cap`` (captions).

    Raises:
        ValueError: these lines are no YAML mapping.
    """
    if not source.startswith("#|"):
        return {}
    from yaml import YAMLError, safe_load  # type: ignore[import-untyped]

    lines = itertools.takewhile(lambda line: line.startswith("#|"), source.splitlines())
    try:
        found = safe_load("\n".join(line[2:].removeprefix(" ") for line in lines))
    except YAMLError as error:
        raise ValueError(getattr(error, "problem", None) or "YAML") from None
    if not isinstance(found, dict):
        raise ValueError(str(found))
    return {str(key): " ".join(str(value).split()) for key, value in found.items() if value is not None}


def _described(blocks: Iterable[Block], source: str) -> Iterator[Block]:
    """Give a cell's pictures and tables what its first lines say of them, where they say nothing themselves."""
    try:
        said = options_of(source)
    except ValueError:
        said = {}
    alt, caption, above = (said.get(name, "") for name in ("fig-alt", "fig-cap", "tbl-cap"))
    for block in blocks:
        if isinstance(block, Figure):
            told = alt if alt and block.alt == NO_ALT else block.alt
            yield replace(block, alt=told, caption=block.caption or caption)
        elif isinstance(block, Table) and above and not block.caption:
            yield replace(block, caption=above)
        else:
            yield block


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Repair heading levels: below the title nothing is level 1, and none is skipped (PDF/UA and WCAG refuse both)."""
    last = 1
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level, 2), last + 1, 5)
            block = replace(block, level=last)
        yield block


def _string(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _output(output: Any, tags: set[str]) -> Iterator[Block]:
    kind = output["output_type"]
    if kind == "stream":
        # What libraries write to stderr (warnings, progress) is no content of a report.
        if output["name"] == "stdout" or "show-stderr" in tags:
            yield Code(_ANSI.sub("", _string(output["text"])).rstrip("\n"))
    elif kind == "error":
        trace = _ANSI.sub("", "\n".join(output.get("traceback", ())))
        yield Notice(
            "error",
            f"这一格没有算成：{output['ename']}",
            (Paragraph(text(str(output["evalue"]))), Code(trace, "error")),
        )
    else:
        yield from _data(output.get("data", {}), output.get("metadata", {}))


@lru_cache(maxsize=64)
def _read(page: str) -> tuple[Block, ...]:
    """Read the HTML of an output; a run reads each one for the record, for the page and for the PDF."""
    return from_html(page)


def _data(data: Any, metadata: Any) -> Iterator[Block]:
    def said(mime: str, name: str) -> str:
        value = str(metadata.get(mime, {}).get(name) or metadata.get(name) or "")
        return "" if value.startswith("No description has been provided") else value

    if "image/svg+xml" in data:
        svg = _string(data["image/svg+xml"])
        yield Figure(said("image/svg+xml", "alt") or NO_ALT, said("image/svg+xml", "caption"), svg=svg)
    elif "text/html" in data:
        yield from _read(_string(data["text/html"]))
    elif "text/markdown" in data:
        yield from from_markdown(_string(data["text/markdown"]))
    elif "image/png" in data:
        png = base64.b64decode(_string(data["image/png"]))
        yield Figure(said("image/png", "alt") or NO_ALT, said("image/png", "caption"), png=png)
    elif "text/latex" in data:
        yield Code(_string(data["text/latex"]), "source")
    elif "text/plain" in data and RECORD not in data:
        yield Code(_string(data["text/plain"]))
