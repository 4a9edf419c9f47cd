"""The search index: Pagefind, in its extended edition that divides Chinese into words, over the project pages alone.

Its first part stands in ``pagefind/`` with what a browser runs, the others in ``pagefind/1/`` and so on. Pagefind is run
as a command: its service mode may end before its files are written (Pagefind #1271). Filters and sort keys are not used:
their order in the index is left to chance, and the same site would not give the same bytes.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from wenxiao.errors import SpokenError
from wenxiao.publishing.building.tree import Tree
from wenxiao.publishing.dividing import language
from wenxiao.words import Words

FOLDER: Final = "pagefind"
ENTRY: Final = "pagefind-entry.json"
"""What a browser asks for first, and what names all the rest: put in place last."""
UNUSED: Final = (
    "pagefind-component-ui.css", "pagefind-component-ui.js", "pagefind-highlight.js", "pagefind-modular-ui.css",
    "pagefind-modular-ui.js", "pagefind-ui.css", "pagefind-ui.js",
)  # fmt: skip
"""Pagefind's own user interfaces: the search page has another, which needs no style of theirs."""
RUN: Final = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
"""What a browser runs: it takes them from the first part."""
PACKAGES: Final = ("pagefind", "pagefind_bin_extended")
_PAGE: Final = "index.html"


class SearchError(SpokenError):
    """The search index can't be made."""


def folder_of(number: int) -> str:
    """Give the folder of a part in the site."""
    return f"{FOLDER}/{number}" if number else FOLDER


def files_of(tree: Tree, number: int) -> list[str]:
    """Give the files of a part that stand in the site."""
    own = f"{folder_of(number)}/"
    inside = (path for path in tree.sums if path.startswith(own))
    return [path for path in inside if number or not re.match(rf"{FOLDER}/\d+/", path)]


def key_of_part(tree: Tree, places: Iterable[str]) -> str:
    """Give a hash of all that a part is made from: its pages, and the versions of Pagefind.

    Raises:
        SearchError: Pagefind is not installed.
    """
    try:
        lines = [f"{name}=={version(name)}" for name in PACKAGES]
    except PackageNotFoundError as error:
        raise SearchError(_failed([str(error)])) from error
    lines += [f"{tree.sums[f'{place}/{_PAGE}']}  {place}" for place in places]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def write_index(tree: Tree, aside: Path, number: int, places: Iterable[str]) -> None:
    """Make one part of the index of pages that stand in the site; ``aside`` is an empty folder on the same disk.

    Raises:
        SearchError: Pagefind is not installed, or failed.
    """
    given, made = aside / "given", aside / "made"
    for place in places:
        (given / place).mkdir(parents=True)
        _linked(tree.root / place / _PAGE, given / place / _PAGE)
    made.mkdir()
    command = [sys.executable, "-m", "pagefind", "--site", str(given), "--output-path", str(made)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(
        [*command, "--force-language", language(number), "--keep-index-url", "--silent"],
        cwd=made, env=clean, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode or not (made / ENTRY).is_file():
        raise SearchError(_failed(done.stderr.strip().splitlines()))
    for name in (*UNUSED, *(RUN if number else ())):
        (made / name).unlink(missing_ok=True)
    paths = (path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: (path == ENTRY, path)):
        tree.adopt(f"{folder_of(number)}/{path}", made / path)


def _linked(page: Path, beside: Path) -> None:
    """Let a page stand in a second place too; a copy where the disk knows no links."""
    try:
        beside.hardlink_to(page)
    except OSError:
        shutil.copyfile(page, beside)


def _failed(lines: list[str]) -> Words:
    said = lines[-1] if lines else ""
    return Words(
        f'搜索索引没有做成：{said}。请安装：pip install "wenxiao[publish]"',
        f'The search index was not made: {said}. Install it: pip install "wenxiao[publish]"',
    )
