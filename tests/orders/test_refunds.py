"""Money that goes back after hand-over, per line, order and group, before and after a payout."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.ledger.queries import check_ledger
from pol.orders.models import Order, OrderGroup, OrderLine
from pol.orders.rules.life import OrderStatus
from pol.orders.rules.refunding import (
    NoAccountForCredit,
    NotHandedOver,
    RefundReasonMissing,
    RefundTooMuch,
)
from pol.orders.services import refunds
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, Method, RefundStatus, TillTooLow
from pol.payments.services import payments
from pol.payments.services.credit import balance_of as credit_of
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import balance_of, check_group


def deliver(
    now: datetime, *, method: Method = Method.TRANSFER, commission_bp: int = 0
) -> tuple[OrderGroup, list[Order], User]:
    """Sell two things of one stall and one of another; bring the first stall's to the door."""
    market, customer = make_open_market(), make_person()
    stall, trader = make_kept_stall(market)
    goods = [make_product(stall, price=price) for price in (10_000, 20_001)]
    goods.append(make_product(make_kept_stall(market)[0], price=5_000))
    group = place([(p, 1_000) for p in goods], now=now, method=method, user=customer)
    if method is Method.TRANSFER:
        pay(group, officer=make_person(), now=now)
    orders = orders_of(group)
    for order in orders:
        order.commission_bp = commission_bp
        order.commission = order.subtotal.share(commission_bp)
    bring_to_customer(orders[0], trader=trader, courier=make_person(), now=now)
    return group, orders, customer


def give_back(order: Order, amount: int, now: datetime, channel: Channel = Channel.CREDIT) -> None:
    refunds.refund_order(
        order=order,
        amount=Rupiah(amount),
        channel=channel,
        reason="Busuk",
        officer_id=make_person().id,
        now=now,
    )


def test_an_order_s_refund_comes_from_its_stall_alone(session: Session, now: datetime) -> None:
    group, (order, sibling), customer = deliver(now)
    before = sibling.subtotal
    give_back(order, 10_000, now)
    assert credit_of(customer.id) == Rupiah(10_000)
    assert -balance_of(f"payable:stall:{order.stall_id}") == Rupiah(20_001)
    assert sibling.subtotal == before
    lines = select(OrderLine.refunded).where(OrderLine.order_id == order.id)
    assert session.scalars(lines.order_by(OrderLine.id)).all() == [Rupiah(3_333), Rupiah(6_667)]
    check_group(group)


def test_one_line_goes_back_whole_and_no_further(session: Session, now: datetime) -> None:
    group, (order, _), _ = deliver(now)
    line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).first()
    assert line is not None

    def again(amount: Rupiah) -> None:
        refunds.refund_line(
            order=order,
            line_id=line.id,
            amount=amount,
            channel=Channel.CREDIT,
            reason="Busuk",
            officer_id=make_person().id,
            now=now,
        )

    again(line.total)
    with pytest.raises(RefundTooMuch):
        again(Rupiah(1))
    check_group(group)


def test_commission_is_given_back_with_the_sale(session: Session, now: datetime) -> None:
    group, (order, _), _ = deliver(now, commission_bp=500)
    market = order.shipment.market_id
    assert -balance_of(f"income:commission:{market}") == Rupiah(1_500)
    give_back(order, order.subtotal.amount, now)
    assert balance_of(f"income:commission:{market}") == ZERO
    assert balance_of(f"payable:stall:{order.stall_id}") == ZERO
    check_group(group)


def test_after_a_payout_the_stall_owes_it(session: Session, now: datetime) -> None:
    group, (order, _), _ = deliver(now)
    stall, bank = f"payable:stall:{order.stall_id}", f"bank:market:{order.shipment.market_id}"
    paid = -balance_of(stall)
    ledger.post(
        key="uji:cair", at=now, reference="uji", memo="Uji", lines=[(stall, paid), (bank, -paid)]
    )
    give_back(order, 5_000, now)
    assert balance_of(stall) == Rupiah(5_000)
    check_group(group)


def test_by_transfer_or_cash_it_waits_for_the_officer(session: Session, now: datetime) -> None:
    group, (order, _), _ = deliver(now)
    market = order.shipment.market_id
    bank = balance_of(f"bank:market:{market}")
    give_back(order, 4_000, now, Channel.CASH)
    give_back(order, 6_000, now, Channel.TRANSFER)
    in_cash, by_transfer = session.scalars(select(RefundDue).order_by(RefundDue.id)).all()

    def finish(refund: RefundDue) -> None:
        payments.finish_refund(refund=refund, officer_id=make_person().id, note="", now=now)

    finish(by_transfer)
    fill_till(market, 3_999, now)
    with pytest.raises(TillTooLow, match=r"Rp3\.999"):
        finish(in_cash)
    assert in_cash.status is RefundStatus.DUE
    fill_till(market, 1, now)
    finish(in_cash)
    assert balance_of(f"cash:market:{market}") == ZERO
    assert balance_of(f"bank:market:{market}") == bank - Rupiah(6_000)
    assert balance_of("refund:due") == ZERO
    check_group(group)


def fill_till(market_id: int, amount: int, now: datetime) -> None:
    lines = [(f"cash:market:{market_id}", Rupiah(amount)), ("income:uji", Rupiah(-amount))]
    ledger.post(key=f"uji:kas:{amount}", at=now, reference="uji", memo="Kas", lines=lines)


def test_what_was_paid_in_cash_can_go_back_too(session: Session, now: datetime) -> None:
    group, (order, _), customer = deliver(now, method=Method.CASH)
    give_back(order, order.subtotal.amount, now)
    assert credit_of(customer.id) == Rupiah(30_001)
    check_group(group)
    assert check_ledger().is_sound


@pytest.mark.parametrize("amount", [0, -1, 30_002, 10**12])
def test_only_what_is_left_goes_back(session: Session, now: datetime, amount: int) -> None:
    group, (order, _), _ = deliver(now)
    with pytest.raises(RefundTooMuch):
        give_back(order, amount, now)
    check_group(group)


def test_nothing_goes_back_before_hand_over_or_without_a_reason(
    session: Session, now: datetime
) -> None:
    _, (order, sibling), _ = deliver(now)
    with pytest.raises(NotHandedOver):
        give_back(sibling, 1_000, now)
    with pytest.raises(RefundReasonMissing):
        refunds.refund_order(
            order=order,
            amount=Rupiah(1),
            channel=Channel.CREDIT,
            reason=" ",
            officer_id=None,
            now=now,
        )


def test_a_guest_cannot_get_credit(session: Session, now: datetime) -> None:
    group, (order, _), _ = deliver(now)
    group.user_id = None
    with pytest.raises(NoAccountForCredit):
        give_back(order, 1_000, now)


def undo(group: OrderGroup, reason: str, now: datetime) -> None:
    refunds.refund_group(
        group=group,
        channel=Channel.CREDIT,
        reason=reason,
        officer_id=make_person().id,
        now=now,
    )


def test_a_whole_group_is_undone_on_its_way_and_after(session: Session, now: datetime) -> None:
    group, (order, sibling), customer = deliver(now)
    with pytest.raises(RefundReasonMissing):
        undo(group, "", now)
    undo(group, "Pasar kebanjiran", now)
    assert (order.subtotal, sibling.status) == (ZERO, OrderStatus.CANCELLED)
    assert credit_of(customer.id) == Rupiah(30_001)
    assert session.scalars(select(RefundDue.amount)).all() == [Rupiah(5_000)]
    assert group.charged - group.refunded == group.delivery + group.unique_code
    check_group(group)
    with pytest.raises(NotHandedOver):
        undo(group, "Sekali lagi", now)
