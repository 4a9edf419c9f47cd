"""What a template's cells say, before they run: code that can't run the same everywhere, prose that no report can show."""

import ast
import importlib.machinery
import re
import sys
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from wenxiao.document import Block, Heading, Listing, Notice, Paragraph, Quote, Run, Table, from_markdown
from wenxiao.rendering.tree import options_of
from wenxiao.running.templates import Fault
from wenxiao.words import Words

_INSTALLS: Final = re.compile(r"\s*[%!]\s*(?:\S*python[\d.]*\s+-m\s+)?(?:pip3?|conda|mamba|uv)\b")
_TAG: Final = re.compile(r"</?(?:a|br|b|i|u|center|div|details|font|iframe|img|p|script|span|style|sub|sup)\b[^>]*>", re.I)  # fmt: skip


@lru_cache(maxsize=256)
def parsed(source: str) -> ast.Module | None:
    """Give a cell's syntax tree, IPython's own syntax (``%magic``, ``!command``) turned into calls; None where it is wrong."""
    tree = _parsed(source)
    return tree if isinstance(tree, ast.Module) else None


def _parsed(source: str) -> ast.Module | SyntaxError:
    try:
        with warnings.catch_warnings():  # of escapes in strings: the kernel says so itself
            warnings.simplefilter("ignore")
            try:
                return ast.parse(source)
            except SyntaxError:
                from IPython.core.inputtransformer2 import TransformerManager

                return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error))


def code_faults(number: int, source: str, tags: tuple[str, ...], folder: Path) -> Iterator[Fault]:
    """Give the faults of a code cell; ``folder`` is the template's."""
    if "raises-exception" in tags:
        wrong = Words(
            "有标签 raises-exception：出错也会继续。",
            "It is tagged raises-exception: an error would not stop it.",
        )
        yield Fault(number, wrong, Words("去掉这个标签；可能出错的，先判断再算。", "Take the tag away; where something may fail, test for it first."))  # fmt: skip
    for n, line in enumerate(source.splitlines(), 1):
        if _INSTALLS.match(line):
            wrong = Words(
                "模板里安装软件，报告就不能重做。",
                "It installs software: the report could not be made again.",
            )
            yield Fault(number, wrong, Words("运行之前装好，删去这一行。", "Install it beforehand and delete the line."), n)  # fmt: skip
    tree = _parsed(source)
    if isinstance(tree, SyntaxError):
        wrong = Words(f"不是 Python：{tree.msg}。", f"This is no Python: {tree.msg}.")
        yield Fault(number, wrong, Words("改正这一行。", "Correct the line."), tree.lineno or 0)
        return
    if "#|" in source:
        try:
            options_of(source)
        except ValueError as error:
            said = " ".join(str(error).split())
            wrong = Words(f"“#|”行读不出：“{said}”。", f"The “#|” lines can't be read: “{said}”.")
            yield Fault(number, wrong, Words('写成 #| fig-alt: "图里说了什么"。', 'Write #| fig-alt: "what the picture says".'))  # fmt: skip
    for name, at in _imported(tree):
        if _only_beside(name, folder):
            wrong = Words(
                f"引用的 {name} 是模板旁边的文件，不随报告走。",
                f"It imports {name}, a file beside the template, which does not go with the report.",
            )
            yield Fault(number, wrong, Words("把程序写进格里，或者装成软件包。", "Write it into a cell, or install it as a package."), at)  # fmt: skip


def _imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0], node.lineno


def _only_beside(name: str, folder: Path) -> bool:
    """Tell whether a module stands beside the template and is not installed: a kernel starts in another folder."""
    if name in sys.stdlib_module_names or not any(
        (folder / one).is_file() for one in (f"{name}.py", f"{name}/__init__.py")
    ):
        return False
    finders = [one for one in sys.meta_path if one is not importlib.machinery.PathFinder]
    found = any(one.find_spec(name, None) for one in finders if hasattr(one, "find_spec"))
    # The first entry is the working folder, or that of this program: no kernel has it.
    return not found and importlib.machinery.PathFinder.find_spec(name, sys.path[1:]) is None


def prose_faults(number: int, source: str) -> Iterator[Fault]:
    """Give the faults of a Markdown cell."""
    for run in _runs(from_markdown(source)):
        if run.code:
            continue
        if "〔图：" in run.text and "〔图：" not in source:
            wrong = Words(
                "文字格里的图片不会出现在报告里。", "Pictures of a text cell don't come into the report."
            )
            yield Fault(number, wrong, Words(
                '在代码格里显示，并写 #| fig-alt: "图里说了什么"。', 'Show it in a code cell with #| fig-alt: "what the picture says".',
            ))  # fmt: skip
        elif found := _TAG.search(run.text):
            wrong = Words(
                f"网页标签 {found[0]} 会照字面印出来。", f"The tag {found[0]} would be printed as it stands."
            )
            yield Fault(number, wrong, Words("用 Markdown 写。", "Write Markdown."))  # fmt: skip


def _runs(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(_, runs):
                yield from runs
            case Table():
                yield from (Run(cell.text) for row in block.head + block.body for cell in row)
            case Listing(_, items, _):
                for item in items:
                    yield from _runs(item)
            case Quote(inside) | Notice(_, _, inside):
                yield from _runs(inside)
            case _:
                pass
