"""What a rule measures: the name of a measure, the units it is counted in, an amount of it, a target."""

import re
from typing import Final

from wenxiao.money import MOST_DIGITS, show
from wenxiao.numerals import arabic
from wenxiao.target import Bound, Moment, Quantity, Range, read

Target = Bound | Range | Moment
"""What a rule may want to be reached."""

POINTS_OF_PERCENT: Final = ("个百分点", "百分点")
"""Units of a difference between rates."""
PERCENT: Final = ("%", *POINTS_OF_PERCENT)
"""Units of a rate."""
COMPLETION: Final = ("完成率", "任务完成率", "目标完成率", "指标完成率", "计划完成率")
"""Measures that compare the actual with the target."""
DAYS: Final = {"天": 1, "日": 1, "周": 7, "星期": 7}
"""Unit of time → its days, where they are always as many."""
TIMES: Final = (*DAYS, "个星期", "月", "个月", "年", "小时", "分钟", "工作日", "个工作日")
"""Units in which one can be late."""

# Words that would make the name of a measure a condition: 若合格率…, 未达标人数…, 每人次数….
_HAN: Final = r"(?:(?![每各未没若如且或但])[一-鿿])"
OF: Final = (
    rf"(?:{_HAN}{{1,15}}(?:率|(?<![年季])度)|{_HAN}{{0,15}}(?:比例|比重|人数|次数|天数|数量|面积|金额|成本))"
)
"""The name of a measure, as a pattern."""


def is_rate(of: str) -> bool:
    """Tell whether a measure is a share of something: 满意率, 满意度, 比重."""
    return of.endswith(("率", "度", "比例", "比重"))


# What makes the "unit" part of a sentence: 3次降低, 100万元一天.
_NO_UNIT: Final = re.compile(
    r"[一二两三四五六七八九十少多降减低高超差每延晚迟加扣得]|[目指]标|计划|任务|要求"
)


def read_quantity(text: str) -> Quantity | None:
    """Read a bare amount with its unit: no sign, no word of change, no 约."""
    if bare := arabic(text):
        return Quantity(bare)
    reading = read(text)
    if not isinstance(reading, Bound) or reading.sign or reading.approximate or reading.quantity.lead:
        return None
    if _NO_UNIT.search(reading.quantity.unit):
        return None
    # Written out in plain units it must be readable again.
    digits = re.sub(r"\D", "", show(reading.quantity.value))
    return reading.quantity if len(digits) <= MOST_DIGITS else None
