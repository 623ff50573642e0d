"""Which stalls a person works for."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.stalls.models import Stall, StallMember
from pol.stalls.rules import Seat, StallStatus


@dataclass(frozen=True)
class SeatRow:
    """A stall that a person works for."""

    stall_id: int
    market_id: int
    slug: str
    name: str
    seat: Seat
    status: StallStatus


def list_seats(*, user_id: int) -> list[SeatRow]:
    """Return the stalls that a person owns or helps at, oldest first."""
    rows = db.session.execute(
        select(Stall.id, Stall.market_id, Stall.slug, Stall.name, StallMember.seat, Stall.status)
        .join(StallMember, StallMember.stall_id == Stall.id)
        .where(StallMember.user_id == user_id)
        .order_by(Stall.id)
    )
    return [SeatRow(*row) for row in rows]
