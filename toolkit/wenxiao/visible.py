"""Texts of others as they can be shown: nothing hidden in them, nothing that steers a terminal, no longer than needed."""

import re
import unicodedata
from typing import Final

SHORT: Final = 80
_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Controls, formats, characters that are none or private, and what ends a line or a paragraph."""
_STEERING: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS: Final = str.maketrans({"\n": "↵", "\r": "↵", "\t": "⇥"})


def visible(text: str) -> str:
    """Give a text with what can't be seen, or steers a terminal, written out.

    >>> visible("a\\x1b[2Jb\\u202ec")
    'a〔U+001B〕[2Jb〔U+202E〕c'
    >>> visible("a\\u2028b")
    'a〔U+2028〕b'
    """
    return "".join(_named(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def quoted(text: str, most: int = SHORT) -> str:
    """Give a text as it is quoted in one line: what can't be seen written out, its middle left out where it is long.

    >>> quoted("甲\\n乙"), quoted("字" * 100_000, 10)
    ('甲↵乙', '字字字字字……（共 100000 个字符）')
    """
    shown = text if len(text) <= most else text[: most // 2]
    shown = visible(shown.replace("\r\n", "\n").translate(_LINE_ENDS))
    return shown if len(text) <= most else f"{shown}……（共 {len(text)} 个字符）"


def steady(text: str) -> str:
    """Give lines of text for a terminal: line ends and tabs stay, other characters that steer it are written out.

    >>> steady("甲\\n\\x1b[2J乙")
    '甲\\n〔U+001B〕[2J乙'
    """
    return _STEERING.sub(lambda found: _named(found[0]), text)


def steady_json(text: str) -> str:
    r"""Give a text of JSON with the same characters as ``\u`` escapes, so that it says what it said.

    >>> steady_json('"甲\u202e"')
    '"甲\\u202e"'
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unwritable(text: str) -> str:
    """Give the first character of a text that no page, Word file or workbook can hold, as U+….; empty: there is none.

    >>> unwritable("甲\\x07乙"), unwritable("甲\\n乙")
    ('U+0007', '')
    """
    found = _UNWRITABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_unwritable(text: str) -> str:
    """Give a text with each such character replaced by U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


def _named(character: str) -> str:
    return f"〔U+{ord(character):04X}〕"
