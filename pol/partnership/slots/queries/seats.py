"""Which retailers a person works for."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.partnership.slots.models import Retailer, RetailMember
from pol.partnership.slots.rules import RetailSeat


@dataclass(frozen=True)
class RetailSeatRow:
    """A retailer that a person works for; `store_id` is the one store of a clerk."""

    retailer_id: int
    slug: str
    name: str
    seat: RetailSeat
    store_id: int | None


def list_retail_seats(*, user_id: int) -> list[RetailSeatRow]:
    """Return the retailers that a person works for, oldest first."""
    rows = db.session.execute(
        select(Retailer.id, Retailer.slug, Retailer.name, RetailMember.seat, RetailMember.store_id)
        .join(RetailMember, RetailMember.retailer_id == Retailer.id)
        .where(RetailMember.user_id == user_id)
        .order_by(Retailer.id)
    )
    return [RetailSeatRow(*row) for row in rows]
