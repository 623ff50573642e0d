import csv
from collections import Counter
from pathlib import Path

import pytest

import pol
from pol.catalogue.rules import Unit
from pol.demo.drawings.draw import MOTIFS
from pol.demo.goods.people import PHONES, phone
from pol.demo.goods.places import MARKETS
from pol.demo.goods.plan import COUNTS, GOODS, Plan, Size, plan
from pol.demo.goods.trades import TRADES, VARIANTS
from pol.identity.rules.phones import phone_number

ROOT = Path(pol.__path__[0]).parent
SIZES: tuple[Size, ...] = ("small", "regency")


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest) -> Size:
    chosen: Size = request.param
    return chosen


@pytest.fixture(scope="module")
def market_plan(size: Size) -> Plan:
    return plan(size, seed=35)


@pytest.fixture(scope="module")
def villages() -> set[str]:
    with (ROOT / "migrations" / "data" / "lamongan_wilayah.csv").open(encoding="utf-8") as rows:
        return {row["kode"] for row in csv.DictReader(rows)}


def test_a_plan_has_the_promised_size(market_plan: Plan, size: Size) -> None:
    found = len(market_plan.markets), len(market_plan.stalls), len(market_plan.products)
    assert found == COUNTS[size]


def test_the_same_seed_is_the_same_market_and_another_seed_is_not() -> None:
    assert plan("small", seed=1) == plan("small", seed=1)
    assert plan("small", seed=1) != plan("small", seed=2)


def test_every_place_is_a_village_of_lamongan(market_plan: Plan, villages: set[str]) -> None:
    assert {market.village_code for market in MARKETS} <= villages
    assert {stall.village_code for stall in market_plan.stalls} <= villages
    homes = {village for trade in TRADES for _market, village in trade.homes}
    assert homes <= villages


def test_a_stall_has_a_number_in_its_market_or_an_address_in_a_village(market_plan: Plan) -> None:
    for stall in market_plan.stalls:
        assert bool(stall.block and stall.number) != bool(stall.address)
    spots = Counter(
        (stall.market.slug, stall.block, stall.number)
        for stall in market_plan.stalls
        if stall.block
    )
    assert max(spots.values()) == 1


def test_every_fictional_person_is_marked(market_plan: Plan) -> None:
    for stall in market_plan.stalls:
        assert stall.name.endswith("(contoh)")
        assert stall.owner.endswith("(contoh)")
    assert len({stall.name for stall in market_plan.stalls}) == len(market_plan.stalls)


def test_every_trader_has_a_mobile_number_of_their_own(market_plan: Plan) -> None:
    numbers = [stall.phone for stall in market_plan.stalls]
    assert len(set(numbers)) == len(numbers)
    assert [phone_number(number) for number in numbers] == numbers


@pytest.mark.parametrize("beyond", [-1, PHONES])
def test_there_are_only_so_many_demo_numbers(beyond: int) -> None:
    with pytest.raises(ValueError, match="Demo phone numbers"):
        phone(beyond)


def test_prices_and_amounts_are_those_of_a_market(market_plan: Plan) -> None:
    for product in market_plan.products:
        goods = product.goods
        assert product.price % (100 if product.price < 5_000 else 500) == 0
        assert goods.cheapest * 80 // 100 <= product.price <= goods.dearest * 120 // 100
        assert product.on_hand_milli >= goods.min_milli
        assert goods.min_milli % goods.step_milli == 0
        assert all(0 < price < product.price for _from, price in product.tiers)


def test_a_stall_names_each_of_its_goods_once(market_plan: Plan) -> None:
    names = Counter((product.stall, product.name) for product in market_plan.products)
    assert max(names.values()) == 1


def test_whole_things_are_not_sold_in_parts() -> None:
    parts = {goods.unit for goods in GOODS if goods.step_milli % 1_000}
    assert parts <= {Unit.KG, Unit.LITER}


def test_goods_have_a_shelf_a_drawing_and_two_honest_sentences(market_plan: Plan) -> None:
    boards = {category.slug for category in market_plan.categories if category.parent}
    for goods in GOODS:
        assert goods.category in boards
        assert goods.motif in MOTIFS
        assert goods.cheapest < goods.dearest
        assert goods.description.count(". ") >= 1
        assert goods.description.endswith(".")
    assert {goods.category for goods in GOODS} == boards
    assert len(GOODS) >= 150


def test_every_top_shelf_knows_how_its_goods_differ(market_plan: Plan) -> None:
    assert set(VARIANTS) == {item.slug for item in market_plan.categories if not item.parent}


def test_every_trade_is_found_in_the_market(market_plan: Plan) -> None:
    assert {stall.trade.slug for stall in market_plan.stalls} == {trade.slug for trade in TRADES}


def test_every_category_icon_is_drawn() -> None:
    drawn = (ROOT / "templates" / "ui" / "icons.html").read_text(encoding="utf-8")
    missing = {c.icon for c in plan("small", seed=1).categories if f'"{c.icon}":' not in drawn}
    assert missing == set()
