"""What every move of an order does to money, stock and siblings."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.delivery.rules import Mode
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import check_ledger
from pol.orders.models import OrderGroup, OrderLine
from pol.orders.queries.locks import lock_group
from pol.orders.rules.care import LastLine, LineNotOpen, NotLess
from pol.orders.rules.life import ActorKind, CancelWhole, OrderStatus
from pol.orders.services import care, clockwork, life, paying
from pol.payments.models import RefundDue
from pol.payments.rules import Method, PaymentNotOpen, PaymentStatus
from pol.payments.services import payments
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    payment_of,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of, check_group


def two_stalls(
    now: datetime, method: Method = Method.CASH, mode: Mode = Mode.DELIVERY
) -> OrderGroup:
    market = make_open_market()
    fish = make_product(make_kept_stall(market)[0], price=34_000, stock_milli=10_000)
    spice = make_product(make_kept_stall(market)[0], price=12_000, stock_milli=10_000)
    return place([(fish, 2_000), (spice, 1_000)], now=now, method=method, mode=mode)


def test_a_refusal_at_one_stall_changes_no_sibling(session: Session, now: datetime) -> None:
    group = two_stalls(now)
    first, second = orders_of(group)
    life.refuse_order(order=first, trader_id=make_person().id, reason="Habis", now=now)
    assert (first.subtotal, second.subtotal) == (ZERO, Rupiah(12_000))
    assert second.status is OrderStatus.PLACED
    assert (group.charged, group.delivery) == (Rupiah(17_000), Rupiah(5_000))
    check_group(group)


def test_the_fee_goes_with_the_last_order_of_a_market(session: Session, now: datetime) -> None:
    group = two_stalls(now)
    for order in orders_of(group):
        life.cancel_order(order=order, customer_id=None, now=now)
    assert (group.charged, group.delivery, group.goods) == (ZERO, ZERO, ZERO)
    assert payment_of(group).status is PaymentStatus.CANCELLED
    check_group(group)


def test_cash_is_posted_at_the_door_and_the_fee_once(session: Session, now: datetime) -> None:
    group, courier = two_stalls(now), make_person()
    for order in orders_of(group):
        bring_to_customer(order, trader=make_person(), courier=courier, now=now)
    assert balance_of(f"cash:courier:{courier.id}") == Rupiah(68_000 + 12_000 + 5_000)
    assert group.charged == Rupiah(85_000)
    for order in orders_of(group):
        assert balance_of(f"payable:stall:{order.stall_id}") == -order.subtotal
    assert payment_of(group).status is PaymentStatus.CONFIRMED
    assert check_ledger().difference == ZERO
    check_group(group)


def test_a_sold_line_leaves_the_reservation(session: Session, now: datetime) -> None:
    group = two_stalls(now)
    order = orders_of(group)[0]
    bring_to_customer(order, trader=make_person(), courier=make_person(), now=now)
    line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    stock = stock_of(session.get_one(Product, line.product_id))
    assert (stock.on_hand_milli, stock.reserved_milli, stock.sold_milli) == (10_000, 0, 2_000)


def test_the_trader_keeps_the_cash_of_a_pick_up(session: Session, now: datetime) -> None:
    group = two_stalls(now, mode=Mode.PICKUP_STALL)
    order, trader = orders_of(group)[0], make_person()
    life.accept_order(order=order, trader_id=trader.id, now=now)
    life.mark_ready(order=order, trader_id=trader.id, now=now)
    life.hand_to_customer(order=order, by=ActorKind.TRADER, actor_id=trader.id, now=now)
    assert balance_of(f"cash:stall:{order.stall_id}") == order.subtotal


def test_a_transfer_in_time_sends_the_orders_to_the_stalls(session: Session, now: datetime) -> None:
    group = two_stalls(now, Method.TRANSFER)
    assert {o.status for o in orders_of(group)} == {OrderStatus.WAITING_PAYMENT}
    pay(group, officer=make_person(), now=now)
    assert {o.status for o in orders_of(group)} == {OrderStatus.PLACED}
    assert balance_of("held:orders") == -(group.goods + group.delivery)
    assert balance_of("income:unique_code") == -group.unique_code
    check_group(group)


def test_a_transfer_is_counted_once(session: Session, now: datetime) -> None:
    group = two_stalls(now, Method.TRANSFER)
    pay(group, officer=make_person(), now=now)
    with pytest.raises(PaymentNotOpen):
        pay(group, officer=make_person(), now=now)
    assert balance_of(f"bank:market:{payment_of(group).market_id}") == group.charged


def test_what_was_paid_for_a_refused_order_is_due_back(session: Session, now: datetime) -> None:
    group = two_stalls(now, Method.TRANSFER)
    pay(group, officer=make_person(), now=now)
    first, second = orders_of(group)
    life.refuse_order(order=first, trader_id=make_person().id, reason="Habis", now=now)
    due = session.scalars(select(RefundDue)).one()
    assert (due.amount, group.refunded) == (Rupiah(68_000), Rupiah(68_000))
    life.refuse_order(order=second, trader_id=make_person().id, reason="Habis", now=now)
    assert group.refunded == group.charged
    assert balance_of("refund:due") == -group.charged
    assert balance_of("held:orders") == balance_of("income:unique_code") == ZERO
    check_group(group)


def test_money_that_comes_late_revives_the_order(session: Session, now: datetime) -> None:
    group = two_stalls(now, Method.TRANSFER)
    agreed, later = group.charged, now + timedelta(hours=3)
    assert clockwork.expire_unpaid(now=later) == 1
    assert (group.charged, payment_of(group).status) == (ZERO, PaymentStatus.EXPIRED)
    pay(group, officer=make_person(), now=later)
    assert {o.status for o in orders_of(group)} == {OrderStatus.PLACED}
    assert (group.charged, group.refunded) == (agreed, ZERO)
    check_group(group)


def test_while_a_proof_waits_for_the_officer_the_stock_stays(
    session: Session, now: datetime
) -> None:
    group, later = two_stalls(now, Method.TRANSFER), now + timedelta(hours=3)
    payment, officer = payment_of(group), make_person()
    payments.send_proof(payment=payment, picture_key="proof", now=now)
    assert clockwork.expire_unpaid(now=later) == 0
    payments.refuse_proof(payment=payment, officer_id=officer.id, reason="Buram", now=later)
    assert clockwork.expire_unpaid(now=later) == 1


def test_what_is_paid_after_its_round_has_left_goes_with_the_next(
    session: Session, now: datetime
) -> None:
    group = two_stalls(now, Method.TRANSFER)
    before = {order.shipment.trip_id for order in orders_of(group)}
    first = orders_of(group)[0].shipment
    payments.send_proof(payment=payment_of(group), picture_key="proof", now=now)
    pay(group, officer=make_person(), now=now + timedelta(hours=3))  # past the cut-off of 14.00
    after = orders_of(group)[0].shipment
    assert after.id == first.id
    assert {order.shipment.trip_id for order in orders_of(group)}.isdisjoint(before)
    assert after.on_day == business_day(now) + timedelta(days=1)


def test_money_that_comes_late_for_goods_that_are_gone_is_due_back(
    session: Session, now: datetime
) -> None:
    group = two_stalls(now, Method.TRANSFER)
    agreed, later = group.charged, now + timedelta(hours=3)
    clockwork.expire_unpaid(now=later)
    line = session.scalars(select(OrderLine).order_by(OrderLine.id)).first()
    assert line is not None
    fish = session.get_one(Product, line.product_id)
    place([(fish, 10_000)], now=now)  # somebody else takes all of it
    pay(group, officer=make_person(), now=later)
    first, second = orders_of(group)
    assert (first.status, second.status) == (OrderStatus.EXPIRED, OrderStatus.PLACED)
    assert (group.charged, group.refunded) == (agreed, Rupiah(68_000))
    assert session.scalars(select(RefundDue.amount)).one() == Rupiah(68_000)
    check_group(group)


def test_a_group_that_waits_for_money_goes_as_a_whole(session: Session, now: datetime) -> None:
    group = two_stalls(now, Method.TRANSFER)
    with pytest.raises(CancelWhole):
        life.cancel_order(order=orders_of(group)[0], customer_id=None, now=now)
    paying.cancel_group(group=lock_group(group.number), customer_id=None, now=now)
    assert (group.charged, payment_of(group).status) == (ZERO, PaymentStatus.CANCELLED)
    pay(group, officer=make_person(), now=now)  # the money was on its way already
    assert group.refunded == group.charged == payment_of(group).amount
    check_group(group)


def test_a_line_that_is_gone_is_restated_to_the_rupiah(session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, owner = make_kept_stall(market)
    fish = make_product(stall, price=33_333, stock_milli=3_000, step_milli=250, min_milli=250)
    spice = make_product(stall, price=12_000)
    group = place([(fish, 1_750), (spice, 1_000)], now=now)
    order = orders_of(group)[0]
    lines = session.scalars(select(OrderLine).order_by(OrderLine.id)).all()
    care.shrink_line(order=order, line_id=lines[0].id, milli=500, trader_id=owner.id, now=now)
    assert order.subtotal == Rupiah(16_667 + 12_000)
    assert (stock_of(fish).on_hand_milli, stock_of(fish).reserved_milli) == (1_750, 500)
    care.shrink_line(order=order, line_id=lines[0].id, milli=0, trader_id=owner.id, now=now)
    assert group.charged == Rupiah(12_000 + 5_000)
    with pytest.raises(LastLine):
        care.shrink_line(order=order, line_id=lines[1].id, milli=0, trader_id=owner.id, now=now)
    with pytest.raises(NotLess):
        care.shrink_line(order=order, line_id=lines[1].id, milli=9_000, trader_id=1, now=now)
    with pytest.raises(LineNotOpen):
        care.shrink_line(order=order, line_id=lines[0].id, milli=0, trader_id=owner.id, now=now)
    check_group(group)


def test_an_unanswered_order_goes_by_itself_and_gives_stock_back(
    session: Session, now: datetime
) -> None:
    group = two_stalls(now)
    assert clockwork.expire_unanswered(now=now) == 0
    assert clockwork.expire_unanswered(now=now + timedelta(hours=3)) == 2
    assert {o.status for o in orders_of(group)} == {OrderStatus.EXPIRED}
    assert group.charged == ZERO
    check_group(group)


def test_a_delivered_order_finishes_by_itself(session: Session, now: datetime) -> None:
    group = two_stalls(now)
    order = orders_of(group)[0]
    bring_to_customer(order, trader=make_person(), courier=make_person(), now=now)
    assert clockwork.finish_delivered(now=now + timedelta(hours=25)) == 1
    assert orders_of(group)[0].status is OrderStatus.DONE
