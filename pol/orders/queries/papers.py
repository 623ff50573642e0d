"""What papers of an order group need beyond the group itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.orders.models import Invoice, OrderGroup, Shipment
from pol.payments.models import Payment, RefundDue
from pol.payments.rules import Channel, Method, RefundStatus
from pol.stalls.models import Market


@dataclass(frozen=True)
class MoneyHead:
    """A group as the page of its money names it."""

    id: int
    number: str
    name: str
    placed_at: datetime
    method: Method
    charged: Rupiah
    refunded: Rupiah


@dataclass(frozen=True)
class RefundLine:
    """Money that went or goes back to the customer."""

    amount: Rupiah
    reason: str
    status: RefundStatus
    channel: Channel
    done_at: datetime | None


@dataclass(frozen=True)
class PaperFacts:
    """What a receipt adds to the group."""

    credit: Rupiah
    market_name: str
    market_slug: str
    refunds: list[RefundLine]


@dataclass(frozen=True)
class InvoiceView:
    """An invoice as it was issued."""

    number: str
    buyer: str
    address: str
    tax_number: str | None
    content: dict[str, Any]
    issued_at: datetime


def get_money_head(number: str, *, market_ids: Collection[int] | None) -> MoneyHead:
    """Return a group by its number; with markets, only if one of them sends or is paid.

    :raises NotFound: no such group, or none of these markets'
    """
    statement = select(
        OrderGroup.id,
        OrderGroup.number,
        OrderGroup.name,
        OrderGroup.placed_at,
        OrderGroup.method,
        OrderGroup.charged,
        OrderGroup.refunded,
    ).where(OrderGroup.number == number)
    if market_ids is not None:
        sends = select(Shipment.group_id).where(Shipment.market_id.in_(market_ids))
        is_paid = select(Payment.group_id).where(Payment.market_id.in_(market_ids))
        statement = statement.where(or_(OrderGroup.id.in_(sends), OrderGroup.id.in_(is_paid)))
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return MoneyHead(*row)


def get_paper_facts(group_id: int) -> PaperFacts:
    """Return the store credit used, the market that is paid, and what went back."""
    row = db.session.execute(
        select(OrderGroup.credit, Market.name, Market.slug)
        .join(Payment, Payment.group_id == OrderGroup.id)
        .join(Market, Market.id == Payment.market_id)
        .where(OrderGroup.id == group_id)
    ).one()
    refunds = db.session.execute(
        select(
            RefundDue.amount,
            RefundDue.reason,
            RefundDue.status,
            RefundDue.channel,
            RefundDue.done_at,
        )
        .where(RefundDue.group_id == group_id)
        .order_by(RefundDue.id)
    )
    return PaperFacts(row.credit, row.name, row.slug, [RefundLine(*each) for each in refunds])


def find_invoice(group_id: int) -> InvoiceView | None:
    """Return a group's invoice, if one was issued."""
    row = db.session.execute(
        select(
            Invoice.number,
            Invoice.buyer,
            Invoice.address,
            Invoice.tax_number,
            Invoice.content,
            Invoice.issued_at,
        ).where(Invoice.group_id == group_id)
    ).one_or_none()
    return InvoiceView(*row) if row else None
