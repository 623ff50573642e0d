"""Reading payments and refunds."""

from collections.abc import Collection

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.payments.models import Payment, RefundDue


def lock_payment_of_group(group_id: int) -> Payment:
    """Return the payment of an order group, held still until the transaction ends."""
    payment = db.session.scalar(
        select(Payment)
        .where(Payment.group_id == group_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if payment is None:
        raise NotFound
    return payment


def lock_refund_of_markets(*, refund_id: int, market_ids: Collection[int]) -> RefundDue:
    """Return a refund that an officer of these markets may finish, held still."""
    refund = db.session.scalar(
        select(RefundDue)
        .where(RefundDue.id == refund_id, RefundDue.market_id.in_(market_ids))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if refund is None:
        raise NotFound
    return refund


def lock_refund(refund_id: int) -> RefundDue:
    """Return a refund for the clock itself, held still."""
    return db.session.get_one(RefundDue, refund_id, with_for_update=True, populate_existing=True)


def find_payee_of_proof(key: str) -> tuple[int, int | None] | None:
    """Return the market, and the stall if it was paid directly, that compare a proof's picture."""
    row = db.session.execute(
        select(Payment.market_id, Payment.stall_id).where(Payment.proof_key == key)
    ).one_or_none()
    return (row[0], row[1]) if row else None
