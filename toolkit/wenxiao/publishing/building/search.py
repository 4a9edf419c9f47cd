"""The search index: Pagefind, in its extended edition that divides Chinese into words, over the project pages alone.

Run as a command: its service mode may end before its files are written (Pagefind #1271). Filters and sort keys are not
used: their order in the index is left to chance, and the same site would not give the same bytes.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from wenxiao.errors import SpokenError
from wenxiao.publishing.building.tree import Tree
from wenxiao.words import Words

FOLDER: Final = "pagefind"
ENTRY: Final = "pagefind-entry.json"
"""What a browser asks for first, and what names all the rest: put in place last."""
UNUSED: Final = (
    "pagefind-component-ui.css", "pagefind-component-ui.js", "pagefind-highlight.js", "pagefind-modular-ui.css",
    "pagefind-modular-ui.js", "pagefind-ui.css", "pagefind-ui.js",
)  # fmt: skip
"""Pagefind's own user interfaces: the search page has another, which needs no style of theirs."""
PAGES: Final = "[0-9][0-9][0-9][0-9]/*/index.html"


class SearchError(SpokenError):
    """The search index can't be made."""


def write_index(tree: Tree, aside: Path) -> None:
    """Make the index of the project pages that stand in the site; ``aside`` is an empty folder on the same disk.

    Raises:
        SearchError: Pagefind is not installed, or failed.
    """
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(tree.root),
        "--glob",
        PAGES,
        "--output-path",
        str(aside),
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(
        [*command, "--force-language", "zh", "--keep-index-url", "--silent"],
        cwd=aside, env=clean, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if done.returncode or not (aside / ENTRY).is_file():
        raise SearchError(_failed(done.stderr.strip().splitlines()))
    for name in UNUSED:
        (aside / name).unlink(missing_ok=True)
    paths = (path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: (path == ENTRY, path)):
        tree.adopt(f"{FOLDER}/{path}", aside / path)


def _failed(lines: list[str]) -> Words:
    said = lines[-1] if lines else ""
    return Words(
        f'搜索索引没有做成：{said}。请安装：pip install "wenxiao[publish]"',
        f'The search index was not made: {said}. Install it: pip install "wenxiao[publish]"',
    )
