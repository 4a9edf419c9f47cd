"""The site's own fonts, for machines without Chinese ones: FandolHei in slices that a browser loads as it needs them.

A page names the system's Chinese fonts first; nothing here is loaded where they have every character. The most
frequent characters stand in the head slices, all others by code point in the tail. What FandolHei lacks comes from the
gap font, whole, and the boxes of forms from the mono font. ``slices.json`` says which characters each slice holds, and
the SHA-256 of its file; ``python -m wenxiao.publishing.pages.fonts`` makes the files again (needs brotli).
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from wenxiao import fonts

FOLDER: Final = Path(__file__).parent / "assets" / "fonts"
FAMILY: Final = "Wenxiao Site"
HEAD: Final = 300
TAIL: Final = 420
"""Characters a slice: about 130 and 160 kB."""
_HEI, _GAP, _MONO = "FandolHei-Regular.otf", "WenxiaoGapSerif-Regular.otf", "WenxiaoMono-Regular.ttf"
_IDEOGRAPHS: Final = "U+2E80-2FDF,U+3400-4DBF,U+4E00-9FFF,U+F900-FAFF,U+20000-3134F"
_BOXES: Final = "U+2080-2089,U+2190-21FF,U+2610-2612"


@cache
def slices() -> tuple[dict[str, Any], ...]:
    """Give slices.json: of each slice its file, SHA-256, and either ``characters`` (head) or ``range`` (tail)."""
    return tuple(json.loads((FOLDER / "slices.json").read_text(encoding="utf-8")))


def font_files() -> Iterator[Path]:
    """Give every file that assets/fonts/ of a site holds: slices, the two whole fonts, and the licences."""
    yield from (FOLDER / one["file"] for one in slices())
    yield from (fonts.FOLDER / name for name in (_GAP, _MONO))
    yield from sorted(fonts.FOLDER.glob("LICENSE-*.txt"))


def font_css() -> str:
    """Give the ``@font-face`` rules. Where ranges overlap the last rule wins: tail first, then head."""
    tail = [_face(FAMILY, one["file"], one["range"]) for one in slices() if "range" in one]
    head = [_face(FAMILY, one["file"], _ranges(one["characters"])) for one in slices() if "characters" in one]
    whole = [_face(f"{FAMILY} Gap", _GAP, _IDEOGRAPHS), _face(f"{FAMILY} Boxes", _MONO, _BOXES)]
    return "\n".join((*whole, *tail, *head)) + "\n"


def _face(family: str, file: str, ranges: str) -> str:
    kind = {".woff2": "woff2", ".otf": "opentype", ".ttf": "truetype"}[Path(file).suffix]
    source = f'url("fonts/{file}") format("{kind}")'
    return f'@font-face{{font-family:"{family}";font-display:swap;src:{source};unicode-range:{ranges}}}'


def _ranges(characters: Iterable[str]) -> str:
    """Give characters as a ``unicode-range``.

    >>> _ranges("acbx")
    'U+61-63,U+78'
    """
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def build(frequent: str) -> None:
    """Make all slices anew; ``frequent`` holds the characters of the head, the most frequent first."""
    from fontTools.ttLib import TTFont

    with TTFont(fonts.FOLDER / _HEI, lazy=True) as font:
        has = {chr(code) for code in font.getBestCmap() if code >= 0x20}
    latin = [c for c in sorted(has) if ord(c) < 0x100]
    head = [c for c in dict.fromkeys(frequent) if c in has and c not in latin]
    tail = sorted(has - set(head) - set(latin))
    parts = [[*latin, *head[:HEAD]], *(head[i : i + HEAD] for i in range(HEAD, len(head), HEAD))]
    made = [
        _slice(f"hei-{n:02}.woff2", part) | {"characters": "".join(sorted(part))}
        for n, part in enumerate(parts, 1)
    ]
    for i in range(0, len(tail), TAIL):
        part = tail[i : i + TAIL]
        first, last = ord(part[0]), ord(part[-1])
        made.append(_slice(f"hei-{len(made) + 1:02}.woff2", part) | {"range": f"U+{first:X}-{last:X}"})
    for old in set(FOLDER.glob("*.woff2")) - {FOLDER / one["file"] for one in made}:
        old.unlink()
    (FOLDER / "slices.json").write_text(
        json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _slice(name: str, characters: Iterable[str]) -> dict[str, Any]:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    options.drop_tables += ["DSIG", "VORG", "vhea", "vmtx"]
    font = TTFont(fonts.FOLDER / _HEI, lazy=True, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    (FOLDER / name).write_bytes(out.getvalue())
    return {"file": name, "sha256": hashlib.sha256(out.getvalue()).hexdigest()}


if __name__ == "__main__":
    build("".join(one.get("characters", "") for one in slices()))
