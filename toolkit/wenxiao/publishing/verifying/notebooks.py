"""An executed notebook as runs of text: what each cell says, what it shows, and the rest of its file."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from wenxiao.document import RECORD
from wenxiao.publishing.verifying.texts import Run
from wenxiao.publishing.verifying.webpages import page_runs
from wenxiao.words import Words


def notebook_runs(content: bytes) -> list[Run]:
    """Give the runs of a notebook; nothing in it is executed.

    Raises:
        ValueError: it is none.
    """
    try:
        notebook = json.loads(content)
        cells = notebook["cells"]
        return [run for n, cell in enumerate(cells, 1) for run in _cell(n, cell)] + _rest(
            "", "", notebook, {"cells"}
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("no notebook") from error


def _cell(n: int, cell: Mapping[str, Any]) -> Iterator[Run]:
    code = cell["cell_type"] == "code"
    what = ("程序", "code") if code else ("文字", "text")
    place = Words(f"第 {n} 格的{what[0]}", f"cell {n}, {what[1]}")
    yield from (Run(place, line) for line in _text(cell["source"]).split("\n"))
    for output in cell.get("outputs", ()):
        place = Words(f"第 {n} 格的结果", f"cell {n}, output")
        for mime, value in output.get("data", {}).items():
            if mime == "text/html":
                yield from page_runs(_text(value), place)
            elif mime == RECORD:
                place = Words(f"第 {n} 格所附的评价结果", f"cell {n}, the record in it")
                yield from (Run(place, line) for line in _text(value).split("\n"))
            elif mime.startswith("image/"):
                shown = hashlib.sha256(_text(value).encode()).hexdigest()
                yield Run(Words(f"{place.zh}，图", f"{place.en}, picture"), shown, picture=True)
            else:
                yield from (Run(place, line) for line in _text(value).split("\n"))
        yield from _rest(f"第 {n} 格的结果", f"cell {n}, output", output, {"data"})
    yield from _rest(f"第 {n} 格", f"cell {n}", cell, {"source", "outputs"})


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _rest(zh: str, en: str, values: Mapping[str, Any], but: set[str]) -> list[Run]:
    """Give what stands beside the content: settings no reader sees."""
    where = Words(f"{zh}（看不见的设置）", f"{en} (settings no reader sees)".strip())
    return [Run(where, f"{key}: {_text(value)}") for key, value in values.items() if key not in but]
