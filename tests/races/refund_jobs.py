"""What processes do with a refund; every function begins and ends its own transactions."""

from datetime import datetime

from sqlalchemy import update

from pol.kernel.db import db
from pol.kernel.transaction import transaction
from pol.ledger import services as ledger
from pol.orders.services import refunding
from pol.payments.models import RefundDue
from pol.payments.queries.payments import lock_refund
from pol.payments.queries.refunds import lock_refund_of_courier
from pol.payments.rules import Channel, RefundStatus
from pol.payments.services import payments


def hand_out(refund_id: int, courier_id: int, seen: int, officer_id: int, now: datetime) -> None:
    """Give it to a courier."""
    with transaction():
        refunding.hand_to_courier(
            refund=lock_refund(refund_id),
            courier_id=courier_id,
            seen=seen,
            officer_id=officer_id,
            now=now,
        )


def pay(refund_id: int, courier_id: int, now: datetime) -> None:
    """Give it to the customer."""
    with transaction():
        refunding.pay_by_courier(
            refund=lock_refund_of_courier(refund_id=refund_id, courier_id=courier_id),
            seen=1,
            receiver="Bu Rini",
            courier_id=courier_id,
            now=now,
        )


def bring_back(refund_id: int, courier_id: int, now: datetime) -> None:
    """Say that nobody was there."""
    with transaction():
        refunding.bring_back(
            refund=lock_refund_of_courier(refund_id=refund_id, courier_id=courier_id),
            seen=1,
            reason="Rumah kosong",
            courier_id=courier_id,
            now=now,
        )


def take_back(refund_id: int, officer_id: int, now: datetime) -> None:
    """Take it from the courier again."""
    with transaction():
        refunding.take_back(refund=lock_refund(refund_id), seen=1, officer_id=officer_id, now=now)


def finish(refund_id: int, officer_id: int, now: datetime) -> None:
    """Pay it out at the counter."""
    with transaction():
        payments.finish_refund(
            refund=lock_refund(refund_id), officer_id=officer_id, note="Tunai", now=now
        )


def change_way(refund_id: int, officer_id: int, now: datetime) -> None:
    """Turn it into store credit."""
    with transaction():
        refunding.change_way(
            refund=lock_refund(refund_id),
            channel=Channel.CREDIT,
            payee="",
            officer_id=officer_id,
            now=now,
        )


def finish_naively(refund_id: int, press: str, now: datetime) -> None:
    """Pay it out the way it is often written: look first, write then, with a key per press."""
    refund = db.session.get_one(RefundDue, refund_id)
    amount, till = refund.amount, f"cash:market:{refund.market_id}"
    if refund.status is RefundStatus.DONE:
        return
    with transaction():
        db.session.execute(
            update(RefundDue).where(RefundDue.id == refund_id).values(status=RefundStatus.DONE)
        )
        ledger.post(
            key=press,
            at=now,
            reference="naive",
            memo="Uang dikembalikan: naif",
            lines=[("refund:due", amount), (till, -amount)],
        )
