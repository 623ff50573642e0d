"""The commission terms that orders were sold under."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import Order
from pol.payments.models import CommissionRule
from pol.payments.rules.commission import Terms


@dataclass(frozen=True)
class KeptTerms:
    """What is taken of an order, and the source of the rule that says so."""

    number: str
    terms: Terms
    source: str | None


def terms_of_orders(order_ids: Collection[int]) -> dict[int, KeptTerms]:
    """Return the terms that each of these orders keeps (I7)."""
    rows = db.session.execute(
        select(
            *(Order.id, Order.number, Order.commission_bp, Order.commission_floor),
            *(Order.commission_ceiling, Order.commission_rule_id, CommissionRule.source),
        )
        .outerjoin(CommissionRule, CommissionRule.id == Order.commission_rule_id)
        .where(Order.id.in_(order_ids))
    )
    return {row.id: KeptTerms(row.number, Terms(*row[2:6]), row.source) for row in rows}
