"""The bundled fonts: one set of files for the PDF, the charts and, by name, the page on a screen."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
FANG: Final = "FandolFang"
KAI: Final = "FandolKai"
HEI: Final = "FandolHei"
SONG: Final = "FandolSong"
GAP: Final = "Wenxiao Gap Serif"
DIGITS: Final = "Wenxiao Page Digits"
MONO: Final = "Wenxiao Mono"


class DamagedBundleError(RuntimeError):
    """A bundled font is missing or is not the file that was recorded."""


def sources() -> list[dict[str, Any]]:
    """Give SOURCES.json: file, family, weight, hash, origin, licence and changes of each font."""
    return json.loads((FOLDER / "SOURCES.json").read_text(encoding="utf-8"))["fonts"]  # type: ignore[no-any-return]


def font_files() -> tuple[Path, ...]:
    """Give the font files, sorted by name."""
    return tuple(sorted(FOLDER / record["file"] for record in sources()))


def bundle_hash() -> str:
    """Give one SHA-256 for the bundle, from the recorded hashes of its files."""
    lines = sorted(f"{record['file']} {record['sha256']}\n" for record in sources())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def check_bundle() -> None:
    """Compare every file with its recorded hash.

    Raises:
        DamagedBundleError: naming the missing or damaged file.
    """
    for record in sources():
        path = FOLDER / record["file"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != record["sha256"]:
            raise DamagedBundleError(f"字体文件缺失或损坏，请重新安装 wenxiao：{path}")


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for record in sources():
        if record["family"] not in (
            DIGITS,
            MONO,
        ):  # the page-number font and the mono font are never fallbacks
            with TTFont(FOLDER / record["file"], lazy=True) as font:
                # The names of glyphs are not asked for, and reading them takes 40 MB.
                font.setGlyphOrder([""] * font["maxp"].numGlyphs)
                found |= set(font.getBestCmap())
    # Fandol gives control characters an empty glyph, which is no better than having none.
    return frozenset(found - set(range(0x20)))


def uncovered(text: str) -> list[str]:
    """Give the characters of a text that no bundled font can draw, in order of appearance.

    >>> uncovered("评价：㙦䶮≥95%"), uncovered("好😀")
    ([], ['😀'])
    """
    return [c for c in dict.fromkeys(text) if c not in "\n\r\t" and ord(c) not in _covered()]


def register_with_matplotlib() -> None:
    """Make the fonts known to matplotlib by their family names; doing it twice changes nothing."""
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    missing = [str(path) for path in font_files() if str(path) not in known]
    for path in missing[:-1]:
        font_manager.fontManager.ttflist.extend(_entries(path))
    for path in missing[-1:]:
        font_manager.fontManager.addfont(path)  # which also forgets what was looked up in vain


@cache
def _entries(path: str) -> tuple[Any, ...]:
    """Give what matplotlib finds out about a font file; a forked kernel has it from its parent."""
    from matplotlib import font_manager

    before = len(font_manager.fontManager.ttflist)
    font_manager.fontManager.addfont(path)
    found = tuple(font_manager.fontManager.ttflist[before:])
    del font_manager.fontManager.ttflist[before:]
    return found
