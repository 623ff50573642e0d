"""Payments that went straight to a stall's own QRIS; its keepers see whether they came."""

from datetime import datetime

from sqlalchemy import or_

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.orders.models import OrderGroup
from pol.orders.queries.locks import lock_group
from pol.orders.queries.officer import PROMISES, TransferRow, has_proof
from pol.payments.models import Payment
from pol.payments.queries.payments import lock_payment_of_group
from pol.payments.rules import PaymentStatus


def list_payments_to_stall(*, stall_id: int, now: datetime) -> list[TransferRow]:
    """Return what may have come to a stall and nobody looked yet; who sent a proof first first."""
    rows = db.session.execute(
        PROMISES.where(
            Payment.stall_id == stall_id,
            or_(Payment.status == PaymentStatus.WAITING, has_proof(now)),
        ).order_by(Payment.proof_at.is_(None), Payment.proof_at, Payment.id)
    )
    return [TransferRow(*row) for row in rows]


def lock_payment_to_stall(*, group_number: str, stall_id: int) -> tuple[OrderGroup, Payment]:
    """Return a group and its payment, held still, for a keeper of the stall that is paid.

    :raises NotFound: no such group, or its money goes elsewhere
    """
    group = lock_group(group_number)
    payment = lock_payment_of_group(group.id)
    if payment.stall_id != stall_id:
        raise NotFound
    return group, payment
