"""From a cart to an order group."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.cart.queries import list_lines
from pol.cart.services import Wish, add_line
from pol.catalogue.services.offer import free_stock
from pol.delivery.rules import Mode
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, OrderGroup, OrderLine, Shipment
from pol.orders.rules import checkout as rules
from pol.orders.rules.life import OrderStatus, StockState
from pol.orders.services.checkout import place_order
from pol.payments.rules import Method, PaymentStatus
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import (
    fill_cart,
    make_kept_stall,
    make_open_market,
    orders_of,
    payment_of,
    place,
    wanted,
)


def test_one_cart_becomes_one_order_per_stall_and_one_fee_per_market(
    session: Session, now: datetime
) -> None:
    north, south = make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")
    fish, _ = make_kept_stall(north, "Lapak Ikan")
    spice, _ = make_kept_stall(north, "Lapak Bumbu")
    cake, _ = make_kept_stall(south, "Lapak Wingko")
    group = place(
        [
            (make_product(fish, price=34_000, step_milli=250, min_milli=250), 1_250),
            (make_product(spice, price=12_000), 2_000),
            (make_product(cake, price=27_500), 1_000),
        ],
        now=now,
    )
    assert (group.goods, group.delivery) == (Rupiah(42_500 + 24_000 + 27_500), Rupiah(10_000))
    assert group.charged == Rupiah(104_000)
    orders = orders_of(group)
    assert [order.subtotal.amount for order in orders] == [42_500, 24_000, 27_500]
    assert {order.status for order in orders} == {OrderStatus.PLACED}
    fees = session.scalars(select(Shipment.fee).where(Shipment.group_id == group.id)).all()
    assert fees == [Rupiah(5_000), Rupiah(5_000)]


def test_pick_up_costs_nothing(session: Session, now: datetime) -> None:
    stall, _ = make_kept_stall(make_open_market())
    group = place([(make_product(stall), 1_000)], now=now, mode=Mode.PICKUP_STALL)
    assert group.delivery == ZERO


def test_stock_is_reserved_at_once(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=5_000)
    place([(product, 3_000)], now=now)
    stock = stock_of(product)
    assert (stock.on_hand_milli, stock.reserved_milli, stock.sold_milli) == (5_000, 3_000, 0)
    assert free_stock(product.id) == 2_000


def test_the_same_press_twice_is_one_group(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=5_000)
    holder = fill_cart([(product, 3_000)], now=now)
    form = wanted([product.market_id], now=now)
    first = place_order(holder=holder, wanted=form, now=now)
    again = place_order(holder=holder, wanted=form, now=now)
    assert (again.number, again.is_new) == (first.number, False)
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == 1
    assert stock_of(product).reserved_milli == 3_000


@pytest.mark.parametrize("stock_milli", [9_000, 1_000], ids=["good", "gone"])
def test_the_same_press_stays_one_group_whatever_lies_in_the_cart_by_now(
    session: Session, now: datetime, stock_milli: int
) -> None:
    stall, _owner = make_kept_stall(make_open_market())
    product, later = make_product(stall), make_product(stall, stock_milli=stock_milli)
    holder = fill_cart([(product, 3_000)], now=now)
    form = wanted([product.market_id], now=now)
    first = place_order(holder=holder, wanted=form, now=now)
    add_line(holder=holder, wish=Wish(later.slug, 2_000), now=now)
    again = place_order(holder=holder, wanted=form, now=now)
    assert (again.number, again.is_new) == (first.number, False)
    assert [line.product_id for line in list_lines(holder, now=now)] == [later.id]
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"address": "Jalan lain 9"},
        {"phone": "+6281200002222"},
        {"method": Method.TRANSFER},
        {"tolerance_bp": 0},
        {"use_credit": True},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_press_with_other_answers_is_refused(
    session: Session, now: datetime, other: dict[str, Any]
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=5_000)
    holder = fill_cart([(product, 3_000)], now=now)
    form = wanted([product.market_id], now=now)
    first = place_order(holder=holder, wanted=form, now=now)
    with pytest.raises(rules.OrderedAlready, match=first.number):
        place_order(holder=holder, wanted=replace(form, **other), now=now)
    fetched = wanted([product.market_id], now=now, mode=Mode.PICKUP_STALL, key=form.key)
    with pytest.raises(rules.OrderedAlready):
        place_order(holder=holder, wanted=fetched, now=now)
    dearer = replace(form, seen_total=Rupiah(1))  # what it costs is not an answer
    assert place_order(holder=holder, wanted=dearer, now=now).number == first.number
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == 1


def test_an_empty_cart_is_not_ordered(session: Session, now: datetime) -> None:
    with pytest.raises(rules.CartEmpty):
        place_order(holder=fill_cart([], now=now), wanted=wanted([], now=now), now=now)


def test_who_was_slower_is_told_what_is_gone(session: Session, now: datetime) -> None:
    product = make_product(
        make_kept_stall(make_open_market())[0], name="Wingko Babat", stock_milli=2_000
    )
    slow = fill_cart([(product, 2_000)], now=now)
    place([(product, 1_000)], now=now)
    with pytest.raises(rules.CartChanged):
        place_order(holder=slow, wanted=wanted([product.market_id], now=now), now=now)


def test_a_changed_price_is_shown_before_it_is_charged(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], price=10_000)
    holder = fill_cart([(product, 1_000)], now=now)
    product.price = Rupiah(11_000)
    session.flush()
    with pytest.raises(rules.CartChanged):
        place_order(holder=holder, wanted=wanted([product.market_id], now=now), now=now)


def test_a_sum_that_the_customer_did_not_see_is_not_charged(
    session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], price=10_000)
    holder = fill_cart([(product, 1_000)], now=now)
    form = replace(wanted([product.market_id], now=now), seen_total=Rupiah(10_000))
    with pytest.raises(rules.TotalChanged):
        place_order(holder=holder, wanted=form, now=now)


def test_a_closed_slot_is_refused(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    holder, form = fill_cart([(product, 1_000)], now=now), wanted([product.market_id], now=now)
    with pytest.raises(rules.HandOverNotOffered):
        place_order(holder=holder, wanted=form, now=now + timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"hand_overs": {}}, rules.HandOverMissing),
        ({"address": " "}, rules.AddressMissing),
        ({"village_code": None}, rules.AddressMissing),
    ],
)
def test_a_delivery_says_where_to(
    session: Session, now: datetime, change: dict[str, object], refusal: type[Exception]
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    holder = fill_cart([(product, 1_000)], now=now)
    form = replace(wanted([product.market_id], now=now), **change)  # type: ignore[arg-type]
    with pytest.raises(refusal):
        place_order(holder=holder, wanted=form, now=now)


def test_what_was_agreed_stays_when_the_product_changes(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], name="Bandeng", price=34_000)
    group = place([(product, 2_000)], now=now)
    product.price, product.name = Rupiah(99_000), "Kakap"
    session.flush()
    line = session.scalars(select(OrderLine).join(Order).where(Order.group_id == group.id)).one()
    assert (line.name, line.price, line.total) == ("Bandeng", Rupiah(34_000), Rupiah(68_000))
    assert line.stock_state is StockState.RESERVED


def test_a_tier_price_counts_from_its_quantity(session: Session, now: datetime) -> None:
    product = make_product(
        make_kept_stall(make_open_market())[0], price=5_000, tiers={10_000: 4_500}
    )
    assert place([(product, 9_000)], now=now).goods == Rupiah(45_000)
    assert place([(product, 10_000)], now=now).goods == Rupiah(45_000)


def test_open_transfers_never_share_an_amount(session: Session, now: datetime) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], stock_milli=None)
    groups = [place([(product, 1_000)], now=now, method=Method.TRANSFER) for _ in range(30)]
    amounts = [payment_of(group).amount for group in groups]
    assert len(set(amounts)) == 30
    for group, amount in zip(groups, amounts, strict=True):
        assert group.goods + group.delivery + group.unique_code == group.charged == amount
        assert Rupiah(1) <= group.unique_code <= Rupiah(499)
        assert payment_of(group).status is PaymentStatus.WAITING
