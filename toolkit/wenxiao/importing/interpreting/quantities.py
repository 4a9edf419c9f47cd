"""Amounts, points and signs as cells print them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, get_args

from wenxiao.importing.interpreting.cleaning import is_blank, squeezed
from wenxiao.money import AmountUnit, printed_number
from wenxiao.numerals import ARABIC, arabic

SIGNS: Final = ("≥", "≤", "=", ">", "<")
_UNITS: Final = {"元": "元", "人民币元": "元", "万元": "万元", "人民币万元": "万元", "亿元": "亿元"}
_AMOUNT: Final = re.compile(rf"[¥￥]?({ARABIC})((?:人民币)?[万亿]?元)?")
_UNIT_SAID: Final = re.compile(
    r"单位[:：]?(?:人民币)?\(?([万亿]?元)|[(（](?:人民币|单位[:：]?)?([万亿]?元)[)）]"
)
_WORD_SIGNS: Final = {
    "大于等于": "≥", "不少于": "≥", "不低于": "≥", "不小于": "≥", "小于等于": "≤", "不超过": "≤", "不高于": "≤", "不多于": "≤",
    "不大于": "≤", "大于": ">", "小于": "<", "等于": "=",
}  # fmt: skip


@dataclass(frozen=True)
class Money:
    """An amount as printed; ``unit`` only where the cell itself says it. ``text`` is the number without separators."""

    text: str
    value: Decimal
    unit: AmountUnit | None


def money(text: str) -> Money | None:
    """Read an amount: ``1,234.50``, ``38.14万元``; None where it is none (a rate, words, several numbers).

    >>> money("1,234.50").text, money("38.14万元").unit, money("98.74%")
    ('1234.50', '万元', None)
    """
    found = _AMOUNT.fullmatch(squeezed(text))
    value = arabic(found[1]) if found else None
    if not found or value is None:
        return None
    unit = _unit(found[2]) if found[2] else None
    return Money(found[1].replace(",", ""), value, unit)


def unit_said(text: str) -> AmountUnit | None:
    """Give the unit of money a heading or title says: ``项目资金（万元）``, ``单位：元``.

    >>> unit_said("项目资金 （万元）"), unit_said("金额单位：元"), unit_said("项目资金")
    ('万元', '元', None)
    """
    found = _UNIT_SAID.search(squeezed(text))
    return _unit(found[1] or found[2]) if found else None


def _unit(text: str) -> AmountUnit | None:
    known = _UNITS.get(text)
    return next((unit for unit in get_args(AmountUnit) if unit == known), None)


def points(text: str) -> str | None:
    """Give points or a score as printed, 分 left off; None where the cell holds something else.

    >>> points("10"), points("9.87分"), points("98.74%"), points("—")
    ('10', '9.87', None, None)
    """
    printed = printed_number(text) if not is_blank(text) else None
    return None if printed is None or printed.percent else squeezed(text).removesuffix("分")


def rate(text: str) -> str | None:
    """Give a rate as printed (``100%``, ``99.92``); None where the cell holds something else."""
    printed = printed_number(text) if not is_blank(text) else None
    return None if printed is None else squeezed(text)


def sign(text: str) -> str | None:
    """Give the sign that a cell 指标性质 says, in plain spelling; ``""`` for 定性 and 定量, None for anything else.

    >>> sign("≧"), sign("═"), sign("大于等于"), sign("定性"), sign("数量")
    ('≥', '=', '≥', '', None)
    """
    plain = squeezed(text).replace(">=", "≥").replace("<=", "≤")
    if plain in SIGNS:
        return plain
    if plain in _WORD_SIGNS:
        return _WORD_SIGNS[plain]
    return "" if re.fullmatch(r"定[性量](?:指标)?", plain) or is_blank(text) else None


def is_words(text: str) -> bool:
    """Tell whether a text has a letter or a character: what every cause, rule and name has.

    >>> is_words("春旱"), is_words(".5"), is_words("—")
    (True, False, False)
    """
    return bool(re.search(r"[^\W\d_]", text))


def is_figure(text: str) -> bool:
    """Tell whether a cell is a bare number, rate or bound: what no name, cause or heading is.

    >>> is_figure("15"), is_figure("≥95%"), is_figure("98.74%"), is_figure("8个设备")
    (True, True, True, False)
    """
    return bool(re.fullmatch(rf"[≥≤=><]?{ARABIC}[%分]?", squeezed(text)))
