"""Numbers as Chinese forms write them: ``1,234.5``, ``３８``, ``一百二十``, ``三点五``, ``壹拾``; exact, or no number at all."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from wenxiao.money import MOST_DIGITS, exact

CHINESE: Final = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
ARABIC: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
"""A number in arabic digits, grouped by thousands or not at all."""

_ARABIC: Final = re.compile(ARABIC)
_EVERYDAY: Final = str.maketrans("〇壹贰叁肆伍陆柒捌玖拾佰仟萬億", "零一二三四五六七八九十百千万亿")
_DIGITS: Final = dict(zip("零一二两三四五六七八九", "01223456789", strict=True))
_MYRIADS: Final = {"亿": 10**8, "万": 10**4}
_ONE: Final = "[一二两三四五六七八九]"
_BELOW_TEN_THOUSAND: Final = re.compile(
    rf"(?:({_ONE})千)?(?:零?({_ONE})百)?(?:零?({_ONE}?)十)?(?:(零)?([一二三四五六七八九]))?"
)

# NFKC leaves these signs alone, and scans and word processors are full of them. It would also make ① to 1 (①8个 → 18个)
# and 10² to 102, so list numbers and exponents are put out of its way; invisible characters go.
_PLAIN: Final = str.maketrans(
    {"═": "=", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "≯": "≤", "≮": "≥", "−": "-", "〜": "~", "∼": "~", "○": "〇"}
    | {"²": "^2", "³": "^3"}
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", "")
    | dict.fromkeys("¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "#")
    | dict.fromkeys(map(chr, [0x24EA, *range(0x2460, 0x249C), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)]), "#")
)  # fmt: skip


def normal(text: str) -> str:
    """Give a text with full-width letters, digits and signs made plain.

    >>> normal("≧９５．５％"), normal("═100﹪"), normal("①10㎡")
    ('≥95.5%', '=100%', '#10m2')
    """
    return unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN).strip()


def arabic(text: str) -> Decimal | None:
    """Read arabic digits; None when it is no number, or one with more digits than :data:`money.MOST_DIGITS`.

    >>> arabic("1,234.50"), arabic("1,23"), arabic("1.2.3")
    (Decimal('1234.50'), None, None)
    """
    if not _ARABIC.fullmatch(text):
        return None
    digits = text.replace(",", "")
    return Decimal(digits) if len(digits) - digits.count(".") <= MOST_DIGITS else None


def read_numeral(text: str) -> Decimal | None:
    """Read digits or a Chinese numeral; None when it is neither.

    >>> read_numeral("1,200"), read_numeral("三十"), read_numeral("三十几")
    (Decimal('1200'), Decimal('30'), None)
    """
    number = arabic(text)
    return chinese(text) if number is None else number


def chinese(text: str) -> Decimal | None:
    """Read a Chinese numeral, everyday or formal; None when it is none, or when people differ over it (一万五).

    >>> chinese("一百二十"), chinese("三点五万"), chinese("两万零五十"), chinese("壹拾贰")
    (Decimal('120'), Decimal('35000.0'), Decimal('20050'), Decimal('12'))
    >>> chinese("百"), chinese("三五"), chinese("两千五"), chinese("二〇二一")
    (None, None, None, None)
    """
    whole, point, places = text.translate(_EVERYDAY).partition("点")
    number = _cardinal(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    factor = _MYRIADS.get(places[-1:], 1)
    digits = [_DIGITS.get(c, "") for c in (places if factor == 1 else places[:-1])]
    if not all(digits) or not 0 < len(digits) < MOST_DIGITS:
        return None
    with exact():
        return Decimal(f"{number}.{''.join(digits)}") * factor


def _cardinal(text: str) -> int | None:
    if text in ("零", "两"):
        return int(_DIGITS[text])
    return None if text.startswith("零") else _whole(text)


def _whole(text: str) -> int | None:
    """Read ``二十三亿四千万零五``; the parts must fall: 亿 before 万 before the rest."""
    for mark, factor in _MYRIADS.items():
        if mark in text:
            head, _, tail = text.partition(mark)
            above, below = _cardinal(head), _rest(tail)
            return None if above is None or below is None or below >= factor else above * factor + below
    return _below_ten_thousand(text)


def _rest(tail: str) -> int | None:
    """Read what follows 万 or 亿. A lone digit is none: 一万五 is said for 15,000 and written for 10,005."""
    if len(tail) < 2:
        return None if tail else 0
    return _cardinal(tail.removeprefix("零"))


def _below_ten_thousand(text: str) -> int | None:
    found = _BELOW_TEN_THOUSAND.fullmatch(text)
    if not found or not text:
        return None
    thousands, hundreds, tens, zero, ones = found.groups()
    if ones and not zero and tens is None and (thousands or hundreds):
        return None  # 两千五 and 一百二 are said for 2,500 and 120
    figures = (thousands or "零", hundreds or "零", tens or ("零" if tens is None else "一"), ones or "零")
    return int("".join(_DIGITS[figure] for figure in figures))
