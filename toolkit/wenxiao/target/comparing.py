"""Target and actual in the same unit, where that is certain."""

from dataclasses import replace
from typing import Final

from wenxiao.money import exact, plain
from wenxiao.target.kinds import Quantity

# The same unit by another name, and exact multiples: unit → (base, how many of it).
_BASE: Final = {
    "名": ("人", 1), "位": ("人", 1), "日": ("天", 1), "%": ("‰", 10), "厘米": ("毫米", 10),
    "米": ("毫米", 1000), "千米": ("毫米", 1_000_000), "公里": ("毫米", 1_000_000), "克": ("毫克", 1000),
    "公斤": ("毫克", 1_000_000), "千克": ("毫克", 1_000_000), "吨": ("毫克", 10**9), "平方公里": ("平方米", 1_000_000),
    "公顷": ("平方米", 10_000), "升": ("毫升", 1000),
}  # fmt: skip


def comparable(target: Quantity, actual: Quantity) -> Quantity | None:
    """Give the actual on the target's terms, or None where the two can't be compared.

    An actual without unit takes the target's: forms print the unit once. Other units are not converted by guess;
    万, 亿 and metric multiples are exact.

    >>> from wenxiao.target import read
    >>> comparable(read("≥11.376万元").quantity, read("120000元").quantity).value
    Decimal('120000')
    >>> comparable(read("≥2公里").quantity, read("1500米").quantity).shown
    '1.5公里'
    >>> comparable(read("192只").quantity, read("12头").quantity) is None
    True
    """
    if not actual.unit and not actual.lead:
        scale = target.scale if actual.scale == 1 else actual.scale
        return replace(target, number=actual.number, scale=scale)
    if actual.lead != target.lead:
        return None
    if not target.unit:
        # 100 against 120万元: the target may be in 万元 as well.
        return actual if target.scale != 1 or actual.scale == 1 else None
    base, factor = _BASE.get(target.unit, (target.unit, 1))
    other, times = _BASE.get(actual.unit, (actual.unit, 1))
    if base != other:
        return None
    with exact():
        return replace(actual, number=plain(actual.number * times / factor), unit=target.unit)
