from decimal import Decimal, getcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wenxiao.money import convert, half_up, ratio

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False, allow_infinity=False)


@given(AMOUNTS, AMOUNTS.filter(bool), st.integers(0, 4))
def test_rounded_ratios_are_half_up_of_the_exact_fraction(part, whole, places):
    exact = Fraction(part) / Fraction(whole) * 10**places
    expected = Decimal((2 * exact.numerator + exact.denominator) // (2 * exact.denominator)).scaleb(-places)
    assert half_up(ratio(part, whole), places) == expected


@given(AMOUNTS)
def test_units_convert_there_and_back_exactly(amount):
    assert convert(convert(amount, "元", "亿元"), "亿元", "元") == amount


def test_the_callers_decimal_context_changes_nothing():
    before = getcontext().prec
    getcontext().prec = 3
    try:
        assert half_up(ratio(Decimal("3824.26"), Decimal("4753.66")), 6) == Decimal("0.804487")
    finally:
        getcontext().prec = before
