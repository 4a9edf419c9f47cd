"""A text in plain characters, for searching: full-width forms, foreign digits, odd spaces and dashes, and what nobody sees."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# One character for one. Full-width forms, odd spaces, dashes and middle dots.
_PLAIN: Final[dict[int, int]] = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], 0x20)
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0x30FC, 0xFE58, 0xFE63], 0x2D)
    | dict.fromkeys([0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65], 0xB7)
    | dict.fromkeys([0x3010, 0x3014], 0x28)
    | dict.fromkeys([0x3011, 0x3015], 0x29)
)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_FOREIGN_DIGIT: Final = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True)
class Plain:
    """A text made plain, and where each of its characters stands in the text as written (None: in the same place)."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the text as written."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def plain(text: str) -> Plain:
    """Give a text in plain characters.

    >>> plain("１３８－\\u200b٠０").text
    '138-00'
    """
    if text.isascii():
        return Plain(text.replace("\t", " "))
    places = None
    if _INVISIBLE.search(text):
        places = tuple(i for i, character in enumerate(text) if not _INVISIBLE.match(character))
        text = "".join(text[i] for i in places)
    made = text.translate(_PLAIN)
    return Plain(_FOREIGN_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), made), places)
