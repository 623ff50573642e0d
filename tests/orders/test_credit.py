"""Store credit: from refunds and differences only, spent once, and back where it came from."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger import services as ledger
from pol.orders.models import OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.orders.services import clockwork, life, paying
from pol.orders.services.checkout import Placed, place_order
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, CreditTooLow, Method, RefundAlreadyDone, RefundStatus
from pol.payments.services import credit
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    fill_cart,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    payment_of,
    place,
    wanted,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of, check_group


def give_credit(customer: User, amount: int, now: datetime) -> None:
    ledger.post(
        key=f"uji:{customer.id}:{amount}:{now}",
        at=now,
        reference="uji",
        memo="Uji",
        lines=[
            ("refund:due", Rupiah(amount)),
            (credit.account(customer.id), Rupiah(-amount)),
        ],
    )


def order_with_credit(
    now: datetime, amount: int, method: Method = Method.CASH
) -> tuple[OrderGroup, User]:
    customer = make_person()
    give_credit(customer, amount, now)
    market = make_open_market()
    fish = make_product(make_kept_stall(market)[0], price=30_000)
    spice = make_product(make_kept_stall(market)[0], price=10_001)
    wishes = [(fish, 1_000), (spice, 1_000)]
    return place(wishes, now=now, method=method, user=customer, use_credit=True), customer


def test_credit_lowers_what_is_paid_in_cash(session: Session, now: datetime) -> None:
    group, customer = order_with_credit(now, 20_000)
    assert (group.charged, group.credit) == (Rupiah(45_001), Rupiah(20_000))
    assert payment_of(group).amount == Rupiah(25_001)
    assert credit.balance_of(customer.id) == ZERO
    courier, trader = make_person(), make_person()
    for order in orders_of(group):
        bring_to_customer(order, trader=trader, courier=courier, now=now)
    assert balance_of(f"cash:courier:{courier.id}") == Rupiah(25_001)
    assert balance_of("held:orders") == ZERO
    check_group(group)


def test_a_refused_order_gives_its_credit_back_and_no_more(session: Session, now: datetime) -> None:
    group, customer = order_with_credit(now, 20_000)
    first, second = orders_of(group)
    held = first.prepaid
    before = second.prepaid
    life.refuse_order(order=first, trader_id=make_person().id, reason="Habis", now=now)
    assert credit.balance_of(customer.id) == held
    assert second.prepaid == before
    assert session.scalars(select(RefundDue)).all() == []
    check_group(group)


def test_credit_that_pays_all_leaves_nothing_to_transfer(session: Session, now: datetime) -> None:
    group, customer = order_with_credit(now, 100_000, Method.TRANSFER)
    assert credit.balance_of(customer.id) == Rupiah(100_000 - 45_001)
    assert [order.status for order in orders_of(group)] == [OrderStatus.PLACED] * 2
    assert payment_of(group).amount == ZERO
    check_group(group)


@pytest.mark.parametrize("method", [Method.TRANSFER, Method.CASH])
@pytest.mark.parametrize("amount", [20_000, 100_000])
def test_a_second_press_with_credit_is_the_same_order(
    session: Session, now: datetime, method: Method, amount: int
) -> None:
    """Also when credit pays all, so that nothing is left of the way that was chosen."""
    customer, product = make_person(), make_product(make_kept_stall(make_open_market())[0])
    give_credit(customer, amount, now)
    holder = fill_cart([(product, 1_000)], now=now)
    form = wanted([product.market_id], now=now, method=method, user=customer, use_credit=True)
    first = place_order(holder=holder, wanted=form, now=now)
    left = credit.balance_of(customer.id)
    assert place_order(holder=holder, wanted=form, now=now) == Placed(first.number, is_new=False)
    assert credit.balance_of(customer.id) == left


def test_credit_and_a_transfer_pay_together(session: Session, now: datetime) -> None:
    group, customer = order_with_credit(now, 20_000, Method.TRANSFER)
    assert payment_of(group).amount == Rupiah(25_001) + group.unique_code
    pay(group, officer=make_person(), now=now)
    assert sum(order.prepaid.amount for order in orders_of(group)) == 40_001
    life.refuse_order(
        order=orders_of(group)[0], trader_id=make_person().id, reason="Habis", now=now
    )
    # What came from credit goes back there, the rest the way it came.
    assert credit.balance_of(customer.id) == Rupiah(20_000)
    due = session.scalars(select(RefundDue)).one()
    assert (due.amount, due.channel) == (Rupiah(10_000), Channel.TRANSFER)
    check_group(group)


def test_an_unpaid_group_gives_its_credit_back_and_late_money_is_not_lost(
    session: Session, now: datetime
) -> None:
    group, customer = order_with_credit(now, 20_000, Method.TRANSFER)
    owed = payment_of(group).amount
    late = now + timedelta(hours=3)
    clockwork.expire_unpaid(now=late)
    session.refresh(group)
    assert credit.balance_of(customer.id) == Rupiah(20_000)
    check_group(group)
    pay(group, officer=make_person(), now=late)
    session.refresh(group)
    revived = orders_of(group)
    fee = revived[0].shipment
    at_the_door = total(order.subtotal - order.prepaid for order in revived) + fee.fee - fee.prepaid
    assert owed + at_the_door == group.goods + group.delivery + group.unique_code
    assert at_the_door == Rupiah(20_000)
    check_group(group)


def test_credit_is_spent_once(session: Session, now: datetime) -> None:
    customer = make_person()
    give_credit(customer, 5_000, now)
    credit.spend(user_id=customer.id, amount=Rupiah(4_000), group_id=1, group_number="B1", now=now)
    with pytest.raises(CreditTooLow):
        credit.spend(
            user_id=customer.id, amount=Rupiah(1_001), group_id=2, group_number="B2", now=now
        )
    assert credit.balance_of(customer.id) == Rupiah(1_000)


def test_a_guest_has_none(session: Session) -> None:
    assert credit.balance_of(None) == ZERO


def test_a_refund_becomes_credit_once(session: Session, now: datetime) -> None:
    group, customer = order_with_credit(now, 1, Method.TRANSFER)
    pay(group, officer=make_person(), now=now)
    paying.cancel_group(group=group, customer_id=customer.id, now=now)
    refunds = session.scalars(select(RefundDue)).all()
    for refund in refunds:
        credit.turn_into_credit(refund=refund, user_id=customer.id, now=now)
        assert refund.status is RefundStatus.DONE
    assert credit.balance_of(customer.id) == group.refunded
    with pytest.raises(RefundAlreadyDone):
        credit.turn_into_credit(refund=refunds[0], user_id=customer.id, now=now)
    check_group(group)
