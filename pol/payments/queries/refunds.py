"""Refunds of a group that its owner may have as store credit instead."""

from sqlalchemy import Select, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah, total
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, RefundStatus


def _turnable(group_id: int) -> Select[RefundDue]:
    """What a provider gives back is on its way already, so it stays as it is."""
    return select(RefundDue).where(
        RefundDue.group_id == group_id,
        RefundDue.status == RefundStatus.DUE,
        RefundDue.channel != Channel.PROVIDER,
    )


def sum_turnable(group_id: int) -> Rupiah:
    """Return how much of a group is still to be handed back by an officer."""
    amounts = _turnable(group_id).with_only_columns(RefundDue.amount)
    return total(db.session.scalars(amounts))


def lock_turnable(group_id: int) -> list[RefundDue]:
    """Return the refunds themselves, held still."""
    held = _turnable(group_id).order_by(RefundDue.id).with_for_update()
    return list(db.session.scalars(held.execution_options(populate_existing=True)))
