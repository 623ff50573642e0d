"""What a product must have, decided without a database."""

import pytest

from pol.catalogue.rules import Condition, Unit
from pol.catalogue.rules.product import (
    PriceOutOfRange,
    QuantityUnfit,
    StockOutOfRange,
    Tier,
    TiersUnfit,
    WholeUnitsOnly,
    check_price,
    check_quantities,
    check_stock,
    check_tiers,
    default_quantities,
    guess_condition,
)
from pol.catalogue.rules.search import words_of
from pol.kernel.money import Rupiah


@pytest.mark.parametrize("unit", list(Unit))
def test_default_quantities_are_acceptable_for_every_unit(unit: Unit) -> None:
    step, least = default_quantities(unit)
    check_quantities(unit, step_milli=step, min_milli=least)
    assert step == (250 if unit in {Unit.KG, Unit.LITER} else 1_000)


@pytest.mark.parametrize(("step", "least"), [(0, 250), (250, 0), (-1, 1), (250, 300), (500, 250)])
def test_a_minimum_is_made_of_steps(step: int, least: int) -> None:
    with pytest.raises(QuantityUnfit):
        check_quantities(Unit.KG, step_milli=step, min_milli=least)


def test_a_bunch_is_not_halved() -> None:
    with pytest.raises(WholeUnitsOnly):
        check_quantities(Unit.IKAT, step_milli=500, min_milli=500)


@pytest.mark.parametrize("amount", [0, -1, 1_000_000_001])
def test_a_price_is_neither_nothing_nor_a_typing_error(amount: int) -> None:
    with pytest.raises(PriceOutOfRange):
        check_price(Rupiah(amount))


@pytest.mark.parametrize("milli", [-1, 10_000_000_001])
def test_stock_is_never_below_zero(milli: int) -> None:
    with pytest.raises(StockOutOfRange):
        check_stock(milli)


@pytest.mark.parametrize(
    "tiers",
    [
        [(5_000, 12_000)],
        [(5_000, 11_000), (10_000, 11_000)],
        [(5_000, 10_000), (5_000, 9_000)],
        [(0, 9_000)],
        [(5_000, 0)],
        [(1_000, 9), (2_000, 8), (3_000, 7), (4_000, 6), (5_000, 5)],
    ],
)
def test_larger_quantities_are_cheaper(tiers: list[tuple[int, int]]) -> None:
    with pytest.raises(TiersUnfit):
        check_tiers(Rupiah(12_000), [Tier(milli, Rupiah(price)) for milli, price in tiers])


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("Bayam ikat", Condition.FRESH),
        ("Ikan asin layur", Condition.DRIED),
        ("Udang vaname beku", Condition.FROZEN),
        ("Sarung tenun Parengan", Condition.NEW),
        ("Wingko Babat isi 10", Condition.PACKAGED),
        ("Nasi boranan", Condition.COOKED),
    ],
)
def test_a_name_tells_the_condition(name: str, condition: Condition) -> None:
    assert guess_condition(words_of(name)) is condition
