"""I2: prices, shares and divisions of money are exact, compared with fractions."""

from collections.abc import Callable
from fractions import Fraction
from math import floor

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from pol.kernel.money import Rupiah, round_half_up, total

AMOUNTS = st.integers(-(10**12), 10**12)
PRICES = st.integers(0, 10**9)
MILLI = st.integers(0, 10**7)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
EXACT = settings(max_examples=500, deadline=None, database=None, derandomize=True)


@EXACT
@given(price=PRICES, milli=MILLI)
def test_a_quantity_costs_the_nearest_rupiah(price: int, milli: int) -> None:
    exact = Fraction(price * milli, 1_000)
    assert Rupiah(price).for_quantity(milli).amount == floor(exact + Fraction(1, 2))


@EXACT
@given(amount=AMOUNTS, rate=st.integers(0, 10_000))
def test_a_share_is_the_nearest_rupiah_and_mirrors_below_zero(amount: int, rate: int) -> None:
    part = Rupiah(amount).share(rate)
    assert abs(Fraction(amount * rate, 10_000) - part.amount) <= Fraction(1, 2)
    assert Rupiah(-amount).share(rate) == -part


@EXACT
@given(amount=AMOUNTS, weights=WEIGHTS)
def test_parts_sum_to_the_whole_and_are_off_by_less_than_a_rupiah(
    amount: int, weights: list[int]
) -> None:
    parts = Rupiah(amount).split(weights)
    assert total(parts) == Rupiah(amount)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount - Fraction(amount * weight, sum(weights))) < 1
        assert part.amount == 0 or weight > 0


@EXACT
@given(amount=AMOUNTS, weights=WEIGHTS)
def test_the_rupiah_left_over_go_to_the_largest_remainders(amount: int, weights: list[int]) -> None:
    exact = [Fraction(abs(amount) * weight, sum(weights)) for weight in weights]
    remainders = [share - floor(share) for share in exact]
    up = [
        abs(part.amount) > floor(share)
        for part, share in zip(Rupiah(amount).split(weights), exact, strict=True)
    ]
    given_up = [rest for rest, is_up in zip(remainders, up, strict=True) if is_up]
    kept_down = [rest for rest, is_up in zip(remainders, up, strict=True) if not is_up]
    assert not given_up or not kept_down or min(given_up) >= max(kept_down)


@EXACT
@given(amount=AMOUNTS, weights=WEIGHTS, factor=st.integers(1, 1_000))
def test_only_the_ratio_of_weights_matters(amount: int, weights: list[int], factor: int) -> None:
    larger = [weight * factor for weight in weights]
    assert Rupiah(amount).split(larger) == Rupiah(amount).split(weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_nothing_is_divided_over_nobody(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Rupiah(100).split(weights)


def _rounded_each(amount: int, weights: list[int]) -> list[int]:
    return [round_half_up(amount * weight, sum(weights)) for weight in weights]


def _cut_each(amount: int, weights: list[int]) -> list[int]:
    return [amount * weight // sum(weights) for weight in weights]


@pytest.mark.parametrize("naive", [_rounded_each, _cut_each])
def test_a_naive_division_would_have_been_caught(
    naive: Callable[[int, list[int]], list[int]],
) -> None:
    amount, weights = find(
        st.tuples(st.integers(1, 10**6), WEIGHTS),
        lambda case: sum(naive(case[0], case[1])) != case[0],
        settings=EXACT,
    )
    assert sum(naive(amount, weights)) != amount
