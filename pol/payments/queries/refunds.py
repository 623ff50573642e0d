"""Refunds that may still go another way, and those that a courier carries."""

from sqlalchemy import Select, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah, total
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, RefundStatus


def _turnable(group_id: int) -> Select[RefundDue]:
    """What a provider gives back or a courier brings is on its way already, so it stays so."""
    return select(RefundDue).where(
        RefundDue.group_id == group_id,
        RefundDue.status == RefundStatus.DUE,
        RefundDue.channel != Channel.PROVIDER,
        RefundDue.handed_at.is_(None),
    )


def sum_turnable(group_id: int) -> Rupiah:
    """Return how much of a group is still to be handed back by an officer."""
    amounts = _turnable(group_id).with_only_columns(RefundDue.amount)
    return total(db.session.scalars(amounts))


def lock_turnable(group_id: int) -> list[RefundDue]:
    """Return the refunds themselves, held still."""
    held = _turnable(group_id).order_by(RefundDue.id).with_for_update()
    return list(db.session.scalars(held.execution_options(populate_existing=True)))


def lock_carried(courier_id: int) -> list[RefundDue]:
    """Return the refunds in a courier's bag, held still."""
    return list(
        db.session.scalars(
            select(RefundDue)
            .where(RefundDue.courier_id == courier_id, RefundDue.handed_at.is_not(None))
            .order_by(RefundDue.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def lock_refund_of_courier(*, refund_id: int, courier_id: int) -> RefundDue:
    """Return a refund that this courier carries, or was the last to carry, held still.

    :raises NotFound: another courier's, or nobody's
    """
    refund = db.session.scalar(
        select(RefundDue)
        .where(RefundDue.id == refund_id, RefundDue.courier_id == courier_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if refund is None:
        raise NotFound
    return refund
