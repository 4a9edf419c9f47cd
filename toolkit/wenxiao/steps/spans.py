"""What a band holds, as it is written: 80%(含)-90%, 60%以下, ±10-15%以内."""

import re
from dataclasses import dataclass, replace
from typing import Final

from wenxiao.money import ZERO
from wenxiao.numerals import ARABIC, CHINESE, arabic
from wenxiao.steps.bands import PointBand
from wenxiao.steps.measures import read_quantity
from wenxiao.target import Quantity

_JOIN: Final = r"(?:-{1,2}|~|至|到|—{1,2}|–)"


def _mark(name: str) -> str:
    """Give the pattern of (含), (不含), (含90%)."""
    return rf"(?:\((?P<{name}>不?含(?:本数|{ARABIC}%?)?)\))?"


_BETWEEN: Final = re.compile(
    rf"(?P<low>-?{ARABIC}[^\d(±-]*?){_mark('low_mark')}{_JOIN}(?P<high>-?{ARABIC}[^\d(]*?){_mark('high_mark')}"
    r"(?:之间|以内|之内|区间)?"
)
_BEFORE: Final = {
    **dict.fromkeys(("≥", ">=", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "达到", "达", "完成", "实现", "至少"), "≥"),
    **dict.fromkeys(("≤", "<=", "不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于"), "≤"),
    **dict.fromkeys((">", "超过", "高于", "大于", "多于"), ">"),
    **dict.fromkeys(("<", "低于", "不足", "不满", "小于", "少于", "未达到", "未达"), "<"),
}  # fmt: skip
_AFTER: Final = {
    "及以上": "≥", "或以上": "≥", "以上": "≥", "及以下": "≤", "或以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "以外": ">", "之外": ">",
}  # fmt: skip
_HALF: Final = re.compile(
    rf"(?P<before>{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})?(?P<amount>-?[\d百{CHINESE}][^(]*?)"
    rf"{_mark('mark')}(?P<after>{'|'.join(_AFTER)})?{_mark('last')}"
)


@dataclass(frozen=True)
class _End:
    """One end of a band: its sign ("=" for a bare number) and amount."""

    sign: str
    quantity: Quantity


_WAY: Final = {"≥": 1, ">": 1, "≤": -1, "<": -1}


def read_span(text: str) -> tuple[PointBand, str] | None:
    """Read what a band holds, and its unit: 80%(含)-90%, 60%以下, ±10-15%以内, 80%以上不足90%."""
    absolute = "±" in text
    # 100±5分 is about 100, not a deviation.
    if re.search(r"\d[^-~至到—–]*±", text):
        return None
    text = re.sub(r"^(?:在|为|介于|处于|控制在)", "", text.replace("±", ""))
    ends = _between(text) or _two_halves(text) or ((half,) if (half := _half(text)) else None)
    if ends is None or len({end.quantity.unit for end in ends}) > 1:
        return None
    if absolute and (ends[0].sign == "=" or any(end.quantity.number < 0 for end in ends)):
        return None
    band = PointBand(ZERO, absolute=absolute)
    for end in ends:
        band = _limited(band, end)
    low, high = band.ends
    return (band, ends[0].quantity.unit) if low <= high else None


def _limited(band: PointBand, end: _End) -> PointBand:
    value, included = end.quantity.value, end.sign in ("≥", "≤", "=")
    if end.sign in (">", "≥", "="):
        band = replace(band, low=value, low_included=included)
    if end.sign in ("<", "≤", "="):
        band = replace(band, high=value, high_included=included)
    return band


def _between(text: str) -> tuple[_End, ...] | None:
    found = _BETWEEN.fullmatch(text)
    if not found:
        return None
    low, high = read_quantity(found["low"]), read_quantity(found["high"])
    if low is None or high is None:
        return None
    if not low.unit:
        # 100-200万元: the unit is written once; 5万-8万元 keeps its own 万.
        low = replace(low, unit=high.unit, scale=high.scale if low.scale == 1 else low.scale)
    ends = _marked("≥", found["low_mark"], low), _marked("≤", found["high_mark"], high)
    return None if None in ends else tuple(end for end in ends if end)


def _two_halves(text: str) -> tuple[_End, ...] | None:
    """Read ``80%以上不足90%`` and ``≥80%且<90%``: a lower and a higher end, in either order."""
    for cut in range(2, len(text) - 1):
        one, other = _half(text[:cut]), _half(re.sub(rf"^(?:并且|且|、|{_JOIN})", "", text[cut:]))
        if one and other and _WAY.get(one.sign, 0) * _WAY.get(other.sign, 0) == -1:
            return one, other
    return None


def _half(text: str) -> _End | None:
    found = _HALF.fullmatch(text)
    quantity = read_quantity(found["amount"]) if found else None
    if found is None or quantity is None:
        return None
    signs = {_BEFORE.get(found["before"] or "", ""), _AFTER.get(found["after"] or "", "")} - {""}
    if len(signs) > 1 or (found["mark"] and found["last"]):
        return None
    return _marked(signs.pop() if signs else "=", found["mark"] or found["last"], quantity)


def _marked(sign: str, mark: str | None, quantity: Quantity) -> _End | None:
    """Give an end as (含), (不含) or (含90%) decides it; None where the mark contradicts what else is written."""
    if not mark:
        return _End(sign, quantity)
    included, other = not mark.startswith("不"), arabic(re.sub(r"^不?含(?:本数)?|%$", "", mark))
    if (other is not None and other != quantity.number) or sign == "=" or (included and sign in (">", "<")):
        return None
    return _End(sign if included else sign.replace("≥", ">").replace("≤", "<"), quantity)
