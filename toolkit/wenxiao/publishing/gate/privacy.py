"""D501 at the gate: personal data in any text of a report. What is surely a person's refuses; what may be an office's is told."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from wenxiao.findings.personal import KINDS, Hit, personal_data
from wenxiao.publishing.gate.reading import Piece
from wenxiao.publishing.gate.reasons import Refusal, refusal

SHOWN: Final = 3
"""How many of one place a refusal shows, masked; the rest is counted."""

_AMOUNT: Final = re.compile(
    r"(?:^|[ .])budget(?:\.|\[).*\b(?:original|adjusted|outturn|received|amount)$|\bpoints$|^\S+ points\.\w+$"
)
_VALUE: Final = re.compile(r"\.(?:target|actual|execution_rate|score|total)$")

_LONGEST_KEPT: Final = 300


def _hits(text: str) -> tuple[Hit, ...]:
    """Give the hits of a text; what many reports say in the same words is searched once."""
    return _searched(text) if len(text) <= _LONGEST_KEPT else tuple(personal_data(text, strict=True))


@lru_cache(maxsize=20_000)
def _searched(text: str) -> tuple[Hit, ...]:
    return tuple(personal_data(text, strict=True))


def personal(pieces: Iterable[Piece]) -> tuple[list[Refusal], list[Refusal]]:
    """Give refusals and notes, one a place. What the facts hold is told of the facts, and not again of every copy."""
    found: dict[str, list[tuple[Hit, bool]]] = {}
    known: set[tuple[str, str, bool]] = set()
    for place, text in pieces:
        fields = place.startswith("params.yaml ")
        for hit in _hits(text):
            key = (hit.kind, hit.digits[-11:], hit.certain)
            if fields or key not in known:
                found.setdefault(place, []).append((hit, _only(hit, text)))
            known.add(key)
    refusals = [one for place, hits in found.items() for one in _told(place, hits, certain=True)]
    return refusals, [one for place, hits in found.items() for one in _told(place, hits, certain=False)]


def _only(hit: Hit, text: str) -> bool:
    """Tell whether a text is nothing but a bare figure, such as stands in a column of values."""
    return hit.kind == "mobile" and re.sub(r"[\s,，]", "", text) == hit.text.strip()


def _told(place: str, hits: list[tuple[Hit, bool]], certain: bool) -> Iterator[Refusal]:
    chosen = [(hit, only) for hit, only in hits if hit.certain is certain]
    if not chosen:
        return
    kinds = [KINDS[kind] for kind in dict.fromkeys(hit.kind for hit, _ in chosen)]
    masked = "、".join(dict.fromkeys(hit.masked for hit, _ in chosen[:SHOWN]))
    if (more := len(chosen) - SHOWN) > 0:
        masked += f" … +{more}"
    values = {
        "masked": masked, "what": "、".join(kind.zh for kind in kinds), "what_en": ", ".join(kind.en for kind in kinds),
    }  # fmt: skip
    if not certain:
        yield refusal("D501", place, "perhaps", **values)
    elif all(only for _, only in chosen) and _AMOUNT.search(place):
        yield refusal("D501", place, "amount", **values)
    elif all(only for _, only in chosen) and _VALUE.search(place):
        yield refusal("D501", place, "figure", **values)
    else:
        yield refusal("D501", place, "person", **values)
