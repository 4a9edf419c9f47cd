"""Numbers that prove themselves: identity numbers (GB 11643) and bank cards (Luhn)."""

import datetime as dt
from typing import Final

_PROVINCES: Final = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)  # fmt: skip


def is_identity(number: str) -> bool:
    """Tell whether 18 characters are an identity number: province, date of birth and check digit (GB 11643).

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    if int(number[:2]) not in _PROVINCES or not is_date(number[6:14]):
        return False
    weighted = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(number[:17]))
    return "10X98765432"[weighted % 11] == number[17].upper()


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit is the check digit of a card number.

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(digit) * (2 if i % 2 else 1) for i, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_date(digits: str) -> bool:
    """Tell whether eight digits are a day since 1900.

    >>> is_date("19491231"), is_date("19491331")
    (True, False)
    """
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False
