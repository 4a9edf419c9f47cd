"""Which of many texts are nearly the same, without comparing each with each.

Every text becomes a set of shingles (runs of five characters). Of these, winnowing (Schleimer, Wilkerson and Aiken,
2003) keeps the least of every eight neighbours as a fingerprint, and only texts that share a fingerprint are compared.
Hardly a pair is lost by that: where 80 % of the shingles are shared, some twelve in a row are, and eight suffice.
"""

import re
import unicodedata
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final

from wenxiao.findings.personal import masked

LENGTH: Final = 5
"""Characters of a shingle."""
WINDOW: Final = 8
"""Neighbouring shingles of which the least is a fingerprint."""
SHORTEST: Final = 60
"""Chinese characters below which two texts may well agree by chance."""
ENOUGH: Final = 80
"""Percent of the shorter text's shingles that the other text must hold."""
MOST_FILES: Final = 20
"""What more files share is nobody's own: the words of the measures, or of the bureau's model text."""
SAMPLE: Final = 40
"""Characters of a common passage shown."""

_HAN: Final = re.compile("[㐀-䶿一-鿿]")
_OTHER: Final = re.compile("[^A-Za-z㐀-䶿一-鿿]+")
_BITS: Final = 32
"""Bits of a fingerprint, and of the number of a content beside it."""


@dataclass(frozen=True)
class Passage:
    """A text and where it stands."""

    file: str
    where: str
    text: str


@dataclass(frozen=True)
class Likeness:
    """One field seen beside another file's: the share of the shorter text in whole percent, rounded down."""

    file: str
    where: str
    other: str
    other_where: str
    percent: int
    sample: str


def letters(text: str) -> str:
    """Give what is compared: no digits, spaces or punctuation, so that a copy with new numbers stays a copy.

    >>> letters("完成 12 个，Ａ类。")
    '完成个a类'
    """
    return _OTHER.sub("", unicodedata.normalize("NFKC", text)).lower()


def hashes(content: str) -> list[int]:
    """Give the CRC-32 of each shingle, in order: the same on every machine, unlike Python's ``hash``."""
    data = content.encode("utf-16-le")  # two bytes a character: letters() keeps the basic plane only
    return [zlib.crc32(data[i : i + 2 * LENGTH]) for i in range(0, len(data) - 2 * LENGTH + 1, 2)]


def fingerprints(content: str) -> set[int]:
    """Give the least hash of every window of eight shingles."""
    least = hashes(content)
    for step in (1, 2, 4):  # windows of 2, 4 and 8, made from one another
        least = list(map(min, least, least[step:]))
    return set(least)


@dataclass
class _Content:
    """One distinct content, the places it stands at, and its passages that too many files share."""

    letters: str
    places: list[Passage]
    common: set[int] = field(default_factory=set)

    @cached_property
    def files(self) -> set[str]:
        return {place.file for place in self.places}

    @cached_property
    def own(self) -> frozenset[str]:
        """Its shingles, without those between two neighbouring fingerprints that too many files share."""
        shingles = [self.letters[i : i + LENGTH] for i in range(len(self.letters) - LENGTH + 1)]
        for start, end in self._shared_runs():
            shingles[start : end + 1] = [""] * (end + 1 - start)
        return frozenset(shingles) - {""}

    def _shared_runs(self) -> Iterator[tuple[int, int]]:
        if not self.common:
            return
        chosen = fingerprints(self.letters)
        last: int | None = None
        for i, value in enumerate(hashes(self.letters)):
            if value in self.common:
                yield i if last is None else last, i
                last = i
            elif value in chosen:
                last = None


def alike(passages: Iterable[Passage], identities: Mapping[str, object]) -> Iterator[Likeness]:
    """Give both sides of every pair of nearly equal texts in files of different identity, in a fixed order."""
    contents = _distinct(passages)
    pairs = _candidates(contents)
    for i, content in enumerate(contents):
        if 1 < len(content.files) <= MOST_FILES and _long(content):
            pairs.add((i, i))
    for i, j in sorted(pairs):
        percent = containment(contents[i], contents[j])
        if percent >= ENOUGH:
            yield from _sides(contents[i], contents[j], percent, identities)


def _distinct(passages: Iterable[Passage]) -> list[_Content]:
    """Group equal contents, so that a text that stands in thousands of files is looked at once."""
    places: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        content = letters(passage.text)
        if len(content) >= SHORTEST and len(_HAN.findall(content)) >= SHORTEST:
            places[content].append(passage)
    return [_Content(content, found) for content, found in places.items()]


def _candidates(contents: list[_Content]) -> set[tuple[int, int]]:
    """Give the pairs that share fingerprints; on the way, note what each content shares with too many files."""
    own, groups = _index(contents)
    beside: dict[int, list[list[int]]] = defaultdict(list)
    for group in groups:
        for i in group:
            beside[i].append(group)
    pairs = set()
    for i, found in beside.items():
        for j, shared in Counter(j for group in found for j in group if j > i).items():
            # Where 80 % is the same, more than four windows in ten are untouched: far above a fifth of them.
            if shared * 5 >= min(own[i], own[j]):
                pairs.add((i, j))
    return pairs


def _index(contents: list[_Content]) -> tuple[list[int], list[list[int]]]:
    """Give how many fingerprints of each content are its own, and the groups of contents that share one of these.

    Sorted numbers take a tenth of the memory of a dictionary of lists.
    """
    entries, own = array("Q"), []
    for i, content in enumerate(contents):
        values = fingerprints(content.letters)
        entries.extend([value << _BITS | i for value in values])
        own.append(len(values))
    groups = []
    for value, group in groupby(sorted(entries), key=_fingerprint):
        found = [entry & (1 << _BITS) - 1 for entry in group]
        if _everybodys([contents[i] for i in found]):
            for i in found:
                contents[i].common.add(value)
                own[i] -= 1
        elif len(found) > 1:
            groups.append(found)
    return own, groups


def _fingerprint(entry: int) -> int:
    return entry >> _BITS


def _everybodys(contents: list[_Content]) -> bool:
    """Tell whether contents stand in too many files together."""
    if sum(len(content.files) for content in contents) <= MOST_FILES:
        return False
    return len(set().union(*(content.files for content in contents))) > MOST_FILES


def _long(content: _Content) -> bool:
    return len(content.own) >= SHORTEST - LENGTH + 1


def containment(one: _Content, other: _Content) -> int:
    """Give how much of the shorter text's own shingles the other holds, in whole percent rounded down; 0 if too short."""
    if not (_long(one) and _long(other)):
        return 0
    return 100 * len(one.own & other.own) // min(len(one.own), len(other.own))


def _sides(
    one: _Content, other: _Content, percent: int, identities: Mapping[str, object]
) -> Iterator[Likeness]:
    shared = one.own & other.own
    for a in one.places:
        for b in other.places:
            if identities[a.file] != identities[b.file]:
                yield Likeness(a.file, a.where, b.file, b.where, percent, sample(a.text, shared))
                if one is not other:
                    yield Likeness(b.file, b.where, a.file, a.where, percent, sample(b.text, shared))


def sample(text: str, shared: frozenset[str]) -> str:
    """Give the longest run of shared shingles as written, at most 40 characters, personal data masked."""
    shown = unicodedata.normalize("NFKC", masked(text))
    places = [(c.lower(), i) for i, c in enumerate(shown) if not _OTHER.match(c)]
    best, start = (0, 0), 0
    for i in range(len(places) - LENGTH + 2):
        whole = "".join(c for c, _ in places[i : i + LENGTH])
        if whole in shared:
            best = max(best, (i + 1 - start, -start))
        else:
            start = i + 1
    length, first = best[0] + LENGTH - 1 if best[0] else 0, -best[1]
    if not length:
        return ""
    begin, end = places[first][1], places[first + length - 1][1] + 1
    return " ".join(shown[begin : min(end, begin + SAMPLE)].split())
