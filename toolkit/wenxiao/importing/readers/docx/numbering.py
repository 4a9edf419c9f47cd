"""The numbers that Word puts before paragraphs: they are printed, but stand nowhere in the text."""

import re
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.importing.readers.docx.names import W, child, number, value

_DIGITS: Final = "〇一二三四五六七八九"
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(count: int) -> str:
    """Write a whole number below 100 in Chinese.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:
        return str(count)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _roman(count: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (count // size)
        count %= size
    return text


def written(count: int, style: str) -> str:
    """Write the number of a list in one of Word's styles; in digits where the style is none we know."""
    lower = style.lower()
    if lower in (
        "chinesecounting",
        "chinesecountingthousand",
        "japanesecounting",
        "ideographdigital",
        "taiwanesecounting",
        "taiwanesecountingthousand",
    ):
        return chinese(count)
    if lower in ("lowerletter", "upperletter") and count > 0:
        letter = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter.upper() if lower == "upperletter" else letter
    if lower in ("lowerroman", "upperroman") and 0 < count < 50:
        return _roman(count).upper() if lower == "upperroman" else _roman(count)
    if lower.startswith("decimalenclosedcircle") and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    if lower == "decimalzero":
        return f"{count:02d}"
    return "" if lower == "none" else str(count)


@dataclass
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """The lists of a document; :meth:`label` counts on with every paragraph."""

    def __init__(self, numbering: Any, styles: Any):
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str | None, int]] = {}
        self._outlines: dict[str, int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: Any) -> str:
        """Give what Word prints before a paragraph; empty where it prints no number."""
        style = self._styles.get(value(paragraph, "pPr/pStyle") or "", (None, 0))
        chosen = value(paragraph, "pPr/numPr/numId") or style[0]
        depth = number(value(paragraph, "pPr/numPr/ilvl"), style[1])
        shape = self._lists.get(chosen or "")
        level = self._levels.get(shape or "", {}).get(depth)
        if shape is None or level is None or chosen is None:
            return ""
        counts = self._counts.setdefault(shape, {})
        if (chosen, depth) in self._starts:  # this list starts anew, once
            counts[depth] = self._starts.pop((chosen, depth)) - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return ""
        levels = self._levels[shape]
        return re.sub(
            r"%([1-9])",
            lambda found: self._written(levels, counts, int(found[1]) - 1),
            level.text,
        )

    def outline(self, paragraph: Any) -> int:
        """Give the level of a heading by its style (1 for the highest), else 0."""
        direct = value(paragraph, "pPr/outlineLvl")
        level = number(direct, self._outlines.get(value(paragraph, "pPr/pStyle") or "", 9))
        return level + 1 if 0 <= level < 9 else 0

    @staticmethod
    def _written(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth, _Level())
        return written(counts.get(depth, level.start), level.style)

    def _read_lists(self, root: Any) -> None:
        for shape in root.iterfind(W + "abstractNum"):
            levels = {}
            for one in shape.iterfind(W + "lvl"):
                levels[number(one.get(W + "ilvl"), 0)] = _Level(
                    value(one, "numFmt") or "decimal",
                    value(one, "lvlText") or "",
                    number(value(one, "start"), 1),
                )
            self._levels[shape.get(W + "abstractNumId", "")] = levels
        for one in root.iterfind(W + "num"):
            name = one.get(W + "numId", "")
            self._lists[name] = value(one, "abstractNumId") or ""
            for override in one.iterfind(W + "lvlOverride"):
                if (start := value(override, "startOverride")) is not None:
                    self._starts[name, number(override.get(W + "ilvl"), 0)] = number(start, 1)

    def _read_styles(self, root: Any) -> None:
        for style in root.iterfind(W + "style"):
            name = style.get(W + "styleId", "")
            if child(style, "pPr/numPr") is not None:
                self._styles[name] = (
                    value(style, "pPr/numPr/numId"),
                    number(value(style, "pPr/numPr/ilvl"), 0),
                )
            if (outline := value(style, "pPr/outlineLvl")) is not None:
                self._outlines[name] = number(outline, 9)
