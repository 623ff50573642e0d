"""Which commission rule holds for a sale, and what it takes."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pol.kernel.money import ZERO, Rupiah
from pol.payments.rules.commission import Rule, Sale, Terms, choose, commission_of, leading_category

DAY = date(2026, 3, 2)
SALE = Sale(stall_id=7, market_id=3, category_ids=(12, 1))
rupiah = st.integers(0, 10**12).map(Rupiah)


def rule(number: int = 1, **other: Any) -> Rule:
    values: dict[str, Any] = {
        "stall_id": None,
        "category_id": None,
        "market_id": None,
        "basis_points": number,
        "floor": ZERO,
        "ceiling": None,
        "valid_from": DAY,
        "valid_until": None,
    }
    return Rule(id=number, **values | other)


@pytest.mark.parametrize(
    ("subtotal", "basis_points", "floor", "ceiling", "taken"),
    [
        (100_000, 250, 0, None, 2_500),
        (100_000, 0, 0, None, 0),
        (20, 250, 0, None, 1),  # half a rupiah goes up
        (19, 250, 0, None, 0),
        (10_000, 250, 1_000, None, 1_000),
        (600, 250, 1_000, None, 600),  # never more than the sale
        (0, 250, 1_000, None, 0),
        (1_000_000, 250, 0, 10_000, 10_000),
        (5_000, 10_000, 0, None, 5_000),
    ],
)
def test_the_share_stays_between_its_limits_and_below_the_sale(
    subtotal: int, basis_points: int, floor: int, ceiling: int | None, taken: int
) -> None:
    most = None if ceiling is None else Rupiah(ceiling)
    assert commission_of(Rupiah(subtotal), basis_points, Rupiah(floor), most) == Rupiah(taken)


@settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(rupiah, st.integers(0, 10_000), rupiah, rupiah)
def test_a_stall_never_pays_for_selling(
    subtotal: Rupiah, basis_points: int, floor: Rupiah, room: Rupiah
) -> None:
    taken = commission_of(subtotal, basis_points, floor, floor + room)
    assert ZERO <= taken <= subtotal
    assert taken <= floor + room
    assert taken >= min(floor, subtotal)


def test_without_a_rule_nothing_is_taken() -> None:
    assert choose([], SALE, DAY) == Terms()
    assert Terms().of(Rupiah(100_000)) == ZERO


def test_stall_before_category_before_market_before_everywhere() -> None:
    everywhere, market = rule(4), rule(3, market_id=3)
    shelf, category, stall = rule(5, category_id=1), rule(2, category_id=12), rule(1, stall_id=7)
    rules = [everywhere, market, shelf, category, stall]
    while rules:
        assert choose(rules, SALE, DAY) == rules.pop().terms


def test_a_rule_for_a_whole_shelf_holds_for_the_categories_in_it() -> None:
    assert choose([rule(category_id=1)], SALE, DAY).rule_id == 1


def test_among_equals_the_newest_day_then_the_newest_row() -> None:
    old, young = rule(9, valid_from=date(2026, 1, 1)), rule(2)
    assert choose([old, young], SALE, DAY) == young.terms
    assert choose([rule(1), rule(3), rule(2)], SALE, DAY).rule_id == 3


@pytest.mark.parametrize(
    "other",
    [
        {"stall_id": 8},
        {"market_id": 4},
        {"category_id": 13},
        {"valid_from": date(2026, 3, 3)},
        {"valid_from": date(2026, 3, 1), "valid_until": DAY},  # until is exclusive
    ],
)
def test_rules_for_others_or_other_days_do_not_count(other: dict[str, Any]) -> None:
    assert choose([rule(**other)], SALE, DAY) == Terms()


def test_the_category_with_the_largest_part_of_a_sale_leads_it() -> None:
    fish, rice = (4, 1), (5, 2)
    assert leading_category([(fish, Rupiah(50)), (rice, Rupiah(40)), (rice, Rupiah(20))]) == rice
    assert leading_category([(rice, Rupiah(50)), (fish, Rupiah(50))]) == rice
