"""What a target (年度指标值) and an actual (实际完成值) say, when they say a number.

The forms write ``≥95%``, ``≧100``, ``=8个``, ``不少于3次``, ``98%以上``, ``1.2万亩``. What is no single number with
an optional unit is text: the indicator is then qualitative, and nothing is guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from wenxiao.money import MOST_DIGITS, exact, show

Sign = Literal["≥", ">", "≤", "<", "="]


@dataclass(frozen=True)
class Quantity:
    """A number with its unit as written; ``scale`` is 10,000 for 万…, 100,000,000 for 亿…."""

    number: Decimal
    unit: str
    scale: Decimal = Decimal(1)

    @property
    def value(self) -> Decimal:
        """The number in plain units."""
        with exact():
            return self.number * self.scale

    @property
    def shown(self) -> str:
        """Number and unit for a formula: ``1.2万亩``."""
        prefix = {Decimal(1): "", Decimal(10_000): "万", Decimal(100_000_000): "亿"}[self.scale]
        return f"{show(self.number)}{prefix}{self.unit}"


@dataclass(frozen=True)
class Statement:
    """A target or actual that says a number: the sign (None where none is written) and the quantity."""

    text: str
    sign: Sign | None
    quantity: Quantity

    def met_by(self, actual: Decimal) -> bool:
        """Tell whether a value reaches this target.

        No sign and ``=`` count as "at least": the published scoring systems do not penalise more than ``=``.

        >>> read("≤3次").met_by(Decimal(4)), read("8个").met_by(Decimal(8))
        (False, True)
        """
        bound = self.quantity.value
        match self.sign:
            case "≤":
                return actual <= bound
            case "<":
                return actual < bound
            case ">":
                return actual > bound
            case _:
                return actual >= bound

    @property
    def lower_is_better(self) -> bool:
        """Tell whether ``≤`` or ``<`` is written."""
        return self.sign in ("≤", "<")


# NFKC leaves ═ ≧ ≦ alone; scans and word processors are full of them.
_SIGNS: Final = str.maketrans({"═": "=", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹥": ">", "﹤": "<"})
_BEFORE: Final[tuple[tuple[str, Sign], ...]] = (
    ("大于或等于", "≥"), ("大于等于", "≥"), ("不少于", "≥"), ("不低于", "≥"), ("不小于", "≥"), ("至少", "≥"),
    ("小于或等于", "≤"), ("小于等于", "≤"), ("不超过", "≤"), ("不高于", "≤"), ("不大于", "≤"), ("不多于", "≤"),
    ("大于", ">"), ("超过", ">"), ("高于", ">"), ("小于", "<"), ("低于", "<"), ("少于", "<"),
    (">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤"),
    ("≥", "≥"), ("≤", "≤"), (">", ">"), ("<", "<"), ("==", "="), ("=", "="),
)  # fmt: skip
_AFTER: Final[tuple[tuple[str, Sign], ...]] = (
    ("及以上", "≥"), ("(含)以上", "≥"), ("以上", "≥"),
    ("及以下", "≤"), ("(含)以下", "≤"), ("以下", "≤"), ("以内", "≤"), ("之内", "≤"),
)  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>[^\d\s,.;:，。；：、!?()<>=≥≤~+-][^\s,;，。；、]{0,5})?"
)
_SCALES: Final = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_PERCENT: Final = ("百分比", "百分之", "%")
# Words that make the "unit" the beginning of a sentence, or say that the number is none.
_NO_UNIT: Final = re.compile(r"^[年月日号]|[并及和与或余多约左右]|以[上下内]|[≥≤<>=~至-]\d")


def read(text: str) -> Statement | None:
    """Read a target or an actual; None when it is no single number with an optional sign and unit.

    >>> read("≧100%").quantity.shown, read("98%以上").sign, read("1.2万亩").quantity.value
    ('100%', '≥', Decimal('12000.0'))
    >>> read("显著提高"), read("5-8个"), read("约200人"), read("2021年12月底前")
    (None, None, None, None)
    """
    clean = unicodedata.normalize("NFKC", text.strip().translate(_SIGNS)).translate(_SIGNS)
    clean = re.sub(r"\s+", "", clean)
    sign: Sign | None = None
    for word, meaning in _BEFORE:
        if clean.startswith(word):
            sign, clean = meaning, clean[len(word) :]
            break
    for word, meaning in _AFTER:
        if clean.endswith(word):
            if sign is not None:  # "≥90%以下": two statements, so none
                return None
            sign, clean = meaning, clean[: -len(word)]
            break
    if clean.startswith("百分之"):
        clean = clean.removeprefix("百分之") + "%"
    found = _NUMBER.fullmatch(clean)
    if not found or len(re.sub(r"\D", "", found["number"])) > MOST_DIGITS:
        return None
    unit = found["unit"] or ""
    if _NO_UNIT.search(unit):
        return None
    if unit in _PERCENT:
        unit = "%"
    quantity = Quantity(Decimal(found["number"].replace(",", "")), unit, _SCALES[found["scale"]])
    return Statement(text, sign, quantity)


def comparable(target: Quantity, actual: Quantity) -> Quantity | None:
    """Give the actual on the target's terms, or None where the two can't be compared.

    An actual without unit takes the target's: forms print the unit once. Different units are never converted by
    guess; 万 and 亿 are exact.

    >>> comparable(read("≥11.376万元").quantity, read("120000元").quantity).value
    Decimal('120000')
    >>> comparable(read("192只").quantity, read("12头").quantity) is None
    True
    """
    if not actual.unit and actual.scale == 1:
        return Quantity(actual.number, target.unit, target.scale)
    if actual.unit == target.unit or not target.unit:
        return actual
    return None
