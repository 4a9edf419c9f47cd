"""How the search index of a large site is divided: its indexer holds all it is given in memory, 0.33 MB a report.

A report belongs to the same part whatever else is published, until there are so many that all parts are halved. A
browser searches all parts at once.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

MOST: Final = 2_000
"""Reports in one part, give or take what chance does: 0.7 GB. More parts are more for a browser to fetch."""
LANGUAGE: Final = "zh"


def divided(places: Iterable[str]) -> list[list[str]]:
    """Give the places of all reports in parts: 1, 2, 4, 8 or more of them, none empty but that of no report at all."""
    known = sorted(places)
    count = 1
    while count * MOST < len(known):
        count *= 2
    parts = _in_parts(known, count)
    while count > 1 and not all(parts):
        count //= 2
        parts = _in_parts(known, count)
    return parts


def _in_parts(places: list[str], count: int) -> list[list[str]]:
    parts: list[list[str]] = [[] for _ in range(count)]
    for place in places:
        parts[int(hashlib.sha256(place.encode()).hexdigest()[:8], 16) % count].append(place)
    return parts


def language(number: int) -> str:
    """Give the language tag of a part, Chinese in all: what it finds is numbered with the tag, so no two are the same.

    >>> language(0), language(3)
    ('zh', 'zh-x-3')
    """
    return f"{LANGUAGE}-x-{number}" if number else LANGUAGE
