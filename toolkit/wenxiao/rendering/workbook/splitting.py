"""年度指标值 in three cells, as the form with 指标性质, 指标值 and 度量单位 has it, and back to one text."""

import re
from typing import Final

from wenxiao.rendering.workbook.choices import SIGNS, WORDS_ONLY, is_known_unit
from wenxiao.target import Prose, read

ALIKE: Final = {"≧": "≥", "≦": "≤", "═": "=", "＝": "=", "﹦": "=", "＞": ">", "＜": "<"}
"""Signs as forms print them → the sign that is meant; what is printed stays in the cell."""
_SPLIT: Final = re.compile(rf"([{''.join((*SIGNS, *ALIKE))}]?)((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)([^0-9]*)")


def split(target: str | None) -> tuple[str, str, str]:
    """Give sign, value and unit of a target; a target that is no number with a sign and a unit stays whole.

    >>> split("≥95%"), split("8个"), split("显著提高"), split("2021年12月底前"), split("98%以上")
    (('≥', '95', '%'), ('', '8', '个'), ('定性', '显著提高', ''), ('', '2021年12月底前', ''), ('', '98%以上', ''))
    """
    if not target:
        return "", "", ""
    found = _SPLIT.fullmatch(target)
    if found and (not found[3] or is_known_unit(found[3])):
        return found[1], found[2], found[3]
    return (WORDS_ONLY if isinstance(read(target), Prose) and target != WORDS_ONLY else "", target, "")


def joined(sign: str, value: str, unit: str) -> str:
    """Give the target that three cells hold: the inverse of :func:`split`."""
    return ("" if sign == WORDS_ONLY else sign) + value + unit
