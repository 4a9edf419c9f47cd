"""Two texts as runs with their places, and where they differ, cut down to what a reader needs to see it."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wenxiao.visible import visible
from wenxiao.words import Words

MOST_COMPARED: Final = 2000
"""Runs between the first and the last difference beyond which only the first difference is told."""
AROUND: Final = 14
"""Characters shown on each side of a difference."""
_LONGEST: Final = 120
_NUMBER: Final = frozenset("0123456789.,%％")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, and the place where a reader finds it; of a picture, its hash."""

    where: Words
    text: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A run that differs; None where one side has no such run."""

    where: Words
    published: str | None
    expected: str | None
    picture: bool = False


def differing(published: Sequence[Run], expected: Sequence[Run]) -> list[Change]:
    """Give the runs that differ, in order. Where both are long and differ in everything, only the first is given."""
    start, end = _common(published, expected)
    a, b = published[start : len(published) - end], expected[start : len(expected) - end]
    if max(len(a), len(b)) > MOST_COMPARED:
        return [_change(a[0] if a else None, b[0] if b else None)]
    matcher = difflib.SequenceMatcher(None, [run.text for run in a], [run.text for run in b], autojunk=False)
    return [
        _change(*pair)
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
        for pair in _paired(a[i:j], b[k:m])
    ]


def unmoved(changes: Iterable[Change]) -> list[Change]:
    """Give the changes without those runs that only stand at another place: gone here, and added there."""
    changes = list(changes)
    gone = Counter(one.published for one in changes if one.expected is None)
    added = Counter(one.expected for one in changes if one.published is None)
    moved = gone & added
    left = {"gone": moved.copy(), "added": moved.copy()}
    kept = []
    for one in changes:
        side = "gone" if one.expected is None else "added" if one.published is None else ""
        text = one.published if side == "gone" else one.expected
        if side and left[side][text]:
            left[side][text] -= 1
        else:
            kept.append(one)
    return kept


def _common(a: Sequence[Run], b: Sequence[Run]) -> tuple[int, int]:
    """Give how many runs at the start and at the end are the same."""
    shorter = min(len(a), len(b))
    start = same_start([run.text for run in a], [run.text for run in b])
    end = next((i for i in range(shorter - start) if a[-1 - i].text != b[-1 - i].text), shorter - start)
    return start, end


def _paired(a: Sequence[Run], b: Sequence[Run]) -> Iterator[tuple[Run | None, Run | None]]:
    for i in range(max(len(a), len(b))):
        yield (a[i] if i < len(a) else None, b[i] if i < len(b) else None)


def _change(a: Run | None, b: Run | None) -> Change:
    place = a or b
    assert place is not None
    if place.picture:
        return Change(place.where, "图" if a else None, "图" if b else None, picture=True)
    if a is None or b is None:
        return Change(place.where, _short(a.text) if a else None, _short(b.text) if b else None)
    return Change(place.where, *excerpts(a.text, b.text))


def excerpts(a: str, b: str) -> tuple[str, str]:
    """Give what differs between two texts with a few characters around it; a number is never cut.

    >>> excerpts("本项目总分为99.87分，等级为优。", "本项目总分为99.78分，等级为优。")
    ('本项目总分为99.87分，等级为优。', '本项目总分为99.78分，等级为优。')
    """
    start = same_start(a, b)
    shorter = min(len(a), len(b)) - start
    end = next((i for i in range(shorter) if a[-1 - i] != b[-1 - i]), shorter)
    while start and a[start - 1] in _NUMBER:
        start -= 1
    while end and a[len(a) - end] in _NUMBER:
        end -= 1
    return _window(a, start, end), _window(b, start, end)


def same_start(a: Sequence[object], b: Sequence[object]) -> int:
    """Give how many items two sequences have in common at their start.

    >>> same_start("abc", "abd")
    2
    """
    shorter = min(len(a), len(b))
    return next((i for i in range(shorter) if a[i] != b[i]), shorter)


def _window(text: str, start: int, end: int) -> str:
    left, right = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    shown = _short(text[left:right])
    return f"{'…' if left else ''}{shown}{'…' if right < len(text) else ''}"


def _short(text: str) -> str:
    return visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def lines(text: str) -> list[Run]:
    """Give a text's lines; the place is the line's number."""
    return [Run(Words(f"第 {n} 行", f"line {n}"), line) for n, line in enumerate(text.split("\n"), 1)]
