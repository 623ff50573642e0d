"""Producers whose agreements held in a period, with what a bill must know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.partnership.agreements.models import Agreement
from pol.partnership.settlement.rules.periods import Span
from pol.partnership.slots.rules import CoopForm


@dataclass(frozen=True)
class Partner:
    """A producer with agreements in the period: the payment days of each, and their forms."""

    stall_id: int
    payment_days: Mapping[int, int]
    forms: frozenset[CoopForm]


def list_partners(*, retailer_id: int, span: Span) -> list[Partner]:
    """Return the producers with an agreement that held on a day of the period."""
    days: dict[int, dict[int, int]] = {}
    forms: dict[int, set[CoopForm]] = {}
    rows = db.session.execute(
        select(Agreement.stall_id, Agreement.id, Agreement.payment_days, Agreement.form)
        .where(Agreement.retailer_id == retailer_id, *held_within(span))
        .order_by(Agreement.stall_id)
    )
    for stall_id, agreement_id, payment_days, form in rows:
        days.setdefault(stall_id, {})[agreement_id] = payment_days
        forms.setdefault(stall_id, set()).add(form)
    return [
        Partner(stall_id, found, frozenset(forms[stall_id])) for stall_id, found in days.items()
    ]


def held_within(span: Span) -> tuple[Any, ...]:
    """Return the conditions that an agreement held on a day of a period."""
    return (
        Agreement.in_force_at.is_not(None),
        Agreement.from_on < span.until_on,
        Agreement.until_on > span.from_on,
        or_(Agreement.ended_at.is_(None), Agreement.ended_at >= at_local(span.from_on, 0)),
    )
