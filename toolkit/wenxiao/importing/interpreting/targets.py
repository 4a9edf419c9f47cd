"""指标性质, 指标值 and 度量单位, in columns of their own → one target in the spelling of the form."""

import re

from wenxiao.importing.grid import Cell
from wenxiao.importing.interpreting.cleaning import is_blank, squeezed, tidy
from wenxiao.importing.interpreting.drafting import Value
from wenxiao.importing.interpreting.quantities import SIGNS, is_figure, sign
from wenxiao.numerals import normal
from wenxiao.target import Bound, Range, read


def joined(cell: Cell, signed: Cell | None, measure: Cell | None) -> Value:
    """Give the target of a row: the sign before a number, the unit behind it; in doubt where the sign does not belong to it."""
    text, used, why = tidy(cell.text), [cell], ""
    bare = is_figure(text) or bool(re.fullmatch(r"[\d.,万亿千百-]+", squeezed(text)))
    figure = bare or isinstance(read(text), Bound | Range)
    if signed is not None and (found := sign(signed.text)) is not None:
        used.append(signed)
        why = _sign_doubt(found, signed.text, text, figure)
        if found and figure and not normal(text).startswith(SIGNS):
            text = tidy(signed.text) + text
    if measure is not None and bare:
        unit = tidy(measure.text)
        used.append(measure)
        if not is_blank(unit) and not squeezed(text).endswith(squeezed(unit)):
            text += unit
    return Value(text, tuple(used), why)


def _sign_doubt(found: str, printed: str, text: str, figure: bool) -> str:
    """Say why a sign may not belong to its value: 定性 beside a number, ≥ beside words, two signs."""
    own = normal(text)[:1]
    if "定性" in printed and figure:
        return "指标性质写“定性”，指标值是数"
    if found in SIGNS and found != "=" and not figure:
        return f"指标性质写“{found}”，指标值是文字"
    return "指标性质与指标值里的符号不同" if found and own in SIGNS and own != found else ""
