"""Whose order a picture is about, when it was sent with a problem or with its answer."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.orders.models import Order, OrderGroup, Problem, ProblemPicture, Shipment


@dataclass(frozen=True)
class PlaceOfProblem:
    """The stall that is complained about, the market that looks on, the customer if known."""

    stall_id: int
    market_id: int
    customer_id: int | None


def find_place_of_problem(key: str) -> PlaceOfProblem | None:
    """Return where the order of a reported picture belongs, or nothing."""
    row = db.session.execute(
        select(Order.stall_id, Shipment.market_id, OrderGroup.user_id)
        .join(Problem, Problem.order_id == Order.id)
        .join(ProblemPicture, ProblemPicture.problem_id == Problem.id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(ProblemPicture.key == key)
    ).one_or_none()
    return PlaceOfProblem(*row) if row else None
