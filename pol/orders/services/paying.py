"""Money that arrives for a group, in time or late, and a group taken back before it."""

from datetime import datetime

from sqlalchemy import select

from pol.delivery import queries as delivery
from pol.delivery import services as trips
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.money import ZERO, Rupiah, total
from pol.ledger import services as ledger
from pol.orders.models import Order, OrderGroup, Shipment
from pol.orders.queries.locks import lock_group_by_id, lock_orders_of
from pol.orders.rules.life import LOST, ActorKind, MoveNotOpen, OrderStatus
from pol.orders.services import giving_back, goods, life
from pol.orders.services.money import CODE, HELD, REFUND, cover
from pol.payments.models import Payment
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.rules import OPEN
from pol.payments.rules.arrival import arrival_account
from pol.payments.services import payments
from pol.payments.signals import MoneyArrived


def confirm_transfer(
    *,
    group: OrderGroup,
    payment: Payment,
    officer_id: int | None,
    now: datetime,
    account: str | None = None,
) -> None:
    """Note that the money arrived, on the account of the bank or stall that was paid unless named.

    In time, the orders go to the stalls. Late, each order whose stock is still there revives,
    and the rest of the money becomes a refund due (I6).

    :raises PaymentNotOpen: it is cash, or was confirmed before
    """
    in_time = payment.status in OPEN
    payments.confirm(payment=payment, officer_id=officer_id, now=now)
    orders = lock_orders_of(group)
    group.paid_at = now
    if in_time:
        cover(orders, _shipments(orders), payment.amount - payment.unique_code)
    for order in orders:
        if in_time or (order.status is OrderStatus.EXPIRED and goods.take_back(order)):
            _catch_next_round(order.shipment, now)
            life.enter(order, OrderStatus.PLACED, ActorKind.SYSTEM, officer_id, now)
    left = ZERO if in_time else _restore_totals(group, orders, payment)
    account = account or arrival_account(market_id=payment.market_id, stall_id=payment.stall_id)
    _post_arrival(group, payment, left, account, officer_id, now)


def note_arrival(fact: MoneyArrived) -> None:
    """Let a group go on when payments tell that its money is there."""
    group = lock_group_by_id(fact.group_id)
    confirm_transfer(
        group=group,
        payment=lock_payment_of_group(group.id),
        officer_id=fact.actor_id,
        now=fact.at,
        account=fact.account,
    )


def _catch_next_round(shipment: Shipment, now: datetime) -> None:
    """Move a shipment whose round has left, or whose day is over, to the next one."""
    if shipment.mode.is_pickup:
        shipment.on_day = max(shipment.on_day, business_day(now))
        return
    offers = delivery.offer_slots(market_id=shipment.market_id, now=now)
    booked = (shipment.slot_id, shipment.on_day)
    if not offers or booked in {(offer.slot_id, offer.on_day) for offer in offers}:
        return
    shipment.slot_id, shipment.on_day = offers[0].slot_id, offers[0].on_day
    shipment.trip_id = trips.book_trip(
        market_id=shipment.market_id, on_day=shipment.on_day, slot_id=offers[0].slot_id
    )


def _shipments(orders: list[Order]) -> list[Shipment]:
    return list({order.shipment_id: order.shipment for order in orders}.values())


def _restore_totals(group: OrderGroup, orders: list[Order], payment: Payment) -> Rupiah:
    """Work out what the money pays for after it came too late; return what is left of it.

    Store credit that was part of the payment has gone back meanwhile: what is then missing is
    taken at hand-over.
    """
    alive = [order for order in orders if order.status not in LOST]
    group.goods = total(order.subtotal for order in orders)
    group.delivery = _restore_fees(group, {order.shipment_id for order in alive})
    group.unique_code = payment.unique_code if alive else ZERO
    left = cover(orders, _shipments(orders), payment.amount - group.unique_code)
    group.refunded += left
    group.charged = group.goods + group.delivery + group.unique_code + group.refunded
    return left


def _restore_fees(group: OrderGroup, alive_shipments: set[int]) -> Rupiah:
    """Put the agreed fee back on shipments that carry something again; return the fees."""
    shipments = db.session.scalars(select(Shipment).where(Shipment.group_id == group.id)).all()
    for shipment in shipments:
        shipment.fee = shipment.fee_agreed if shipment.id in alive_shipments else ZERO
    return total(shipment.fee for shipment in shipments)


def _post_arrival(
    group: OrderGroup,
    payment: Payment,
    left: Rupiah,
    account: str,
    officer_id: int | None,
    now: datetime,
) -> None:
    held = payment.amount - group.unique_code - left
    ledger.post(
        key=f"payment:{payment.id}:arrived",
        at=now,
        reference=f"group:{group.id}",
        memo=f"Uang diterima: {group.number}",
        lines=[
            (account, payment.amount),
            (HELD, -held),
            (CODE, -group.unique_code),
            (REFUND, -left),
        ],
        actor_id=officer_id,
    )
    reason = "Uang datang setelah batas waktu"
    giving_back.owe(group, left, key=f"group:{group.id}:late", reason=reason, now=now)


def cancel_group(*, group: OrderGroup, customer_id: int | None, now: datetime) -> None:
    """Take back a whole group: all of it before it is paid, else what no stall has accepted.

    :raises MoveNotOpen: nothing of it can be cancelled any more
    """
    orders = lock_orders_of(group)
    open_to_cancel = {OrderStatus.WAITING_PAYMENT, OrderStatus.PLACED}
    chosen = [order for order in orders if order.status in open_to_cancel]
    if not chosen:
        raise MoveNotOpen
    for order in chosen:
        life.cancel_with_group(order=order, customer_id=customer_id, now=now)


def expire_group(*, group: OrderGroup, now: datetime) -> None:
    """Let a group go that was not paid in time.

    :raises NotYetDue: there is time left
    """
    for order in lock_orders_of(group):
        if order.status is OrderStatus.WAITING_PAYMENT:
            life.expire_order(order=order, now=now)
