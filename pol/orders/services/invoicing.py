"""Writing an office's invoice: once for a group, numbered without a gap."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from pol.kernel import audit
from pol.kernel.db import db, insert, run
from pol.kernel.localtime import business_day
from pol.orders.models import Invoice
from pol.orders.queries import customer, papers
from pol.orders.queries.locks import lock_group
from pol.orders.queries.rows import GroupView, OrderView
from pol.orders.rules.invoice import check_invoiceable, series_of
from pol.orders.rules.life import WON, LineStatus


@dataclass(frozen=True)
class Buyer:
    """The office that an invoice is for; the tax number (NPWP) is digits alone."""

    name: str
    address: str
    tax_number: str | None = None


def issue_invoice(*, number: str, buyer: Buyer, actor_id: int | None, now: datetime) -> str:
    """Return the number of a group's invoice, written now unless there is one already.

    :raises NotFound: there is no such group
    :raises InvoiceNotReady: something of it is still on its way, or nothing arrived
    """
    group_id = lock_group(number).id
    if issued := papers.find_invoice(group_id):
        return issued.number
    group = customer.get_group(number)
    check_invoiceable(order.status for order in group.orders)
    facts = papers.get_paper_facts(group_id)
    values: dict[str, Any] = {
        "group_id": group_id,
        "buyer": buyer.name,
        "address": buyer.address,
        "tax_number": buyer.tax_number,
        "content": _content(group, facts.market_name),
        "issued_at": now,
    }
    given = _write(series_of(facts.market_slug, business_day(now).year), values)
    audit.record(
        action="invoice.issued",
        subject=f"group:{group_id}",
        actor_id=actor_id,
        now=now,
        number=given,
    )
    return given


def _write(series: str, values: dict[str, Any]) -> str:
    """Insert under the next number that is free; whoever loses a number takes the next."""
    counted = select(func.count()).where(Invoice.number.startswith(series, autoescape=True))
    while True:
        number = f"{series}{(db.session.scalar(counted) or 0) + 1:04}"
        statement = insert(Invoice).values(number=number, **values).on_conflict_do_nothing()
        if run(statement.returning(Invoice.id)).first():
            return number


def _content(group: GroupView, market_name: str) -> dict[str, Any]:
    """Return what was sold, as plain values that stay what they are."""
    return {
        "market": market_name,
        "group": group.number,
        "method": group.method.value,
        "orders": [_order(order) for order in group.orders if order.status in WON],
        "goods": group.goods.amount,
        "delivery": group.delivery.amount,
        "unique_code": group.unique_code.amount,
        "total": (group.goods + group.delivery + group.unique_code).amount,
    }


def _order(order: OrderView) -> dict[str, Any]:
    return {
        "number": order.number,
        "stall": order.stall_name,
        "subtotal": order.subtotal.amount,
        "lines": [
            {
                "name": line.name,
                "milli": line.quantity_milli,
                "unit": line.unit,
                "price": line.price.amount,
                "refunded": line.refunded.amount,
                "total": (line.total - line.refunded).amount,
            }
            for line in order.lines
            if line.status is LineStatus.ACTIVE
        ],
    }
