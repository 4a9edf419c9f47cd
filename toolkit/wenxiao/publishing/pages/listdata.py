"""The lists as data for the page's own filter: plain scripts, so that they load from a file system too.

``list/data/index.js`` names the shards and what can be chosen; a shard holds the rows of one year, or a part of them.
Texts are those the lists show, numbers included: the filter computes nothing.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from wenxiao.publishing.pages.lists import LONGEST_NAME, band, departments, grade_key, grades, slug, years
from wenxiao.publishing.pages.lists import bands as bands_of
from wenxiao.publishing.pages.shown import clipped, rate, wan
from wenxiao.publishing.published import Row

FOLDER: Final = "list/data"
MOST_BYTES: Final = 250_000
MOST_DEPARTMENTS: Final = 1500
"""With more a list to choose from helps nobody; the words of a filter find them all the same."""


def shards(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Give name and rows of each shard: by year, cut where it would grow too large. Other years stay as they are."""
    for year in years(rows):
        part: list[Row] = []
        size, number = 0, 1
        for row in sorted(year.rows, key=lambda row: row.stem):
            grown = len(_line(row).encode()) + 1
            if part and size + grown > MOST_BYTES:
                yield f"{year.key}-{number}", part
                part, size, number = [], 0, number + 1
            part.append(row)
            size += grown
        yield f"{year.key}-{number}", part


def shard_text(name: str, rows: Sequence[Row]) -> str:
    """Give the script of a shard."""
    year = name.partition("-")[0]
    return f"wenxiaoRows({_json(name)},{year},[\n" + ",\n".join(map(_line, rows)) + "\n]);\n"


def index_text(rows: Sequence[Row], names: Sequence[str]) -> str:
    """Give the script that says which shards there are and what can be chosen."""
    chosen = departments(rows)
    about: dict[str, Any] = {
        "shards": list(names),
        "count": len(rows),
        "years": [one.key for one in years(rows)],
        "grades": [[one.key, one.words] for one in grades(rows)],
        "bands": [[one.key, one.words] for one in bands_of(rows)],
        "departments": [[one.key, clipped(one.words, LONGEST_NAME)] for one in chosen]
        if len(chosen) <= MOST_DEPARTMENTS
        else [],
    }
    return f"var wenxiaoLists={_json(about)};\n"


def _line(row: Row) -> str:
    """Give a row: stem, name, unit, department, its id, region, budget, spent, rate, band, total, grade, its id, corrections."""
    return _json([
        row.stem, clipped(row.name, LONGEST_NAME), clipped(row.unit, LONGEST_NAME), clipped(row.department, LONGEST_NAME),
        slug(row.department), clipped(row.region, LONGEST_NAME), wan(row.adjusted), wan(row.outturn), rate(row.rate),
        band(row.rate), "" if row.total is None else f"{row.total:f}", row.grade or "", grade_key(row), row.corrections,
    ])  # fmt: skip


def _json(value: Any) -> str:
    """Give JSON that is a script in every browser, and inert inside a page."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written
