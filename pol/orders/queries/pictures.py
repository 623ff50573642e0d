"""Whose order a picture complains about."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import Order, Problem, Shipment


@dataclass(frozen=True)
class PlaceOfProblem:
    """The stall that is complained about, and the market that looks on."""

    stall_id: int
    market_id: int


def find_place_of_problem(key: str) -> PlaceOfProblem | None:
    """Return where the order of a reported picture belongs, or nothing."""
    row = db.session.execute(
        select(Order.stall_id, Shipment.market_id)
        .join(Problem, Problem.order_id == Order.id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Problem.picture_key == key)
        .limit(1)
    ).one_or_none()
    return PlaceOfProblem(*row) if row else None
