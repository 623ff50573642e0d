"""Problems as customers, traders and officers see them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.orders.models import Order, OrderGroup, Problem, ProblemPicture, Shipment
from pol.orders.rules import problems as rules
from pol.orders.rules.life import ActorKind, ProblemStatus
from pol.stalls.models import Market, Stall

RECENT = 20


@dataclass(frozen=True)
class ProblemView:
    """A problem with what both sides said and showed."""

    id: int
    order_id: int
    order_number: str
    group_number: str
    customer: str
    phone: str
    stall_name: str
    market_name: str
    at: datetime
    text: str
    status: ProblemStatus
    wanted: Rupiah
    left: Rupiah
    answer: str | None
    answered_at: datetime | None
    decision: str | None
    refund: Rupiah
    decided_at: datetime | None
    by_customer: Sequence[str]
    by_trader: Sequence[str]

    @property
    def is_open(self) -> bool:
        return self.status is not ProblemStatus.DECIDED

    @property
    def answer_due(self) -> datetime:
        return self.at + rules.ANSWER_WITHIN

    @property
    def decision_due(self) -> datetime:
        return self.at + rules.DECISION_WITHIN

    def is_silent(self, now: datetime) -> bool:
        """Answer whether the trader has let the time for an answer go by."""
        return rules.is_silent(status=self.status, at=self.at, now=now)


_PROBLEM = (
    select(
        *(Problem.id, Problem.order_id, Order.number, OrderGroup.number),
        *(OrderGroup.name, OrderGroup.phone, Stall.name, Market.name),
        *(Problem.at, Problem.text, Problem.status, Problem.wanted, Order.subtotal),
        *(Problem.answer, Problem.answered_at),
        *(Problem.decision, Problem.refund, Problem.decided_at),
    )
    .join(Order, Order.id == Problem.order_id)
    .join(OrderGroup, OrderGroup.id == Order.group_id)
    .join(Shipment, Shipment.id == Order.shipment_id)
    .join(Stall, Stall.id == Order.stall_id)
    .join(Market, Market.id == Shipment.market_id)
)


def list_of_orders(order_ids: Collection[int]) -> dict[int, list[ProblemView]]:
    """Return what was reported about each of these orders, oldest first; two statements."""
    found: dict[int, list[ProblemView]] = defaultdict(list)
    if order_ids:
        for problem in _list(Problem.order_id.in_(order_ids), order=(Problem.id,)):
            found[problem.order_id].append(problem)
    return found


def list_waiting(*, market_ids: Collection[int], now: datetime) -> list[ProblemView]:
    """Return what is to be decided: stalls that stayed silent first, then those that said no.

    The rest still waits for its stall; the oldest first in each.
    """
    silent = (Problem.status == ProblemStatus.OPEN) & (Problem.at < now - rules.ANSWER_WITHIN)
    urgency = case((silent, 0), (Problem.status == ProblemStatus.ANSWERED, 1), else_=2)
    undecided = Problem.status != ProblemStatus.DECIDED
    return _list(undecided, Shipment.market_id.in_(market_ids), order=(urgency, Problem.at))


def list_decided(*, market_ids: Collection[int]) -> list[ProblemView]:
    """Return how the last problems ended, the newest first."""
    decided = Problem.status == ProblemStatus.DECIDED
    newest = (Problem.decided_at.desc(), Problem.id.desc())
    return _list(decided, Shipment.market_id.in_(market_ids), order=newest, most=RECENT)


def count_waiting(*, market_ids: Collection[int]) -> int:
    """Return how many problems are not decided."""
    waiting = (
        select(func.count())
        .select_from(Problem)
        .join(Order, Order.id == Problem.order_id)
        .join(Shipment, Shipment.id == Order.shipment_id)
        .where(Shipment.market_id.in_(market_ids), Problem.status != ProblemStatus.DECIDED)
    )
    return db.session.scalar(waiting) or 0


def get_problem_of_markets(*, problem_id: int, market_ids: Collection[int]) -> ProblemView:
    """Return a problem of the officer's markets.

    :raises NotFound: no such problem, or another market's
    """
    return _one(_list(Problem.id == problem_id, Shipment.market_id.in_(market_ids)))


def get_problem_of_stall(*, problem_id: int, number: str, stall_id: int) -> ProblemView:
    """Return a problem of the stall's own order.

    :raises NotFound: no such problem, or about another order or stall
    """
    return _one(_list(Problem.id == problem_id, Order.number == number, Order.stall_id == stall_id))


def _one(found: list[ProblemView]) -> ProblemView:
    if not found:
        raise NotFound
    return found[0]


def _list(
    *where: ColumnElement[bool], order: Sequence[Any] = (), most: int | None = None
) -> list[ProblemView]:
    rows: Sequence[Any] = db.session.execute(
        _PROBLEM.where(*where).order_by(*order).limit(most)
    ).all()
    pictures = _pictures([row[0] for row in rows])
    found = []
    for row in rows:
        sides = [pictures[row[0], by] for by in (ActorKind.CUSTOMER, ActorKind.TRADER)]
        facts: list[Any] = [*row, *sides]
        found.append(ProblemView(*facts))
    return found


def _pictures(problem_ids: Sequence[int]) -> dict[tuple[int, ActorKind], list[str]]:
    found: dict[tuple[int, ActorKind], list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(ProblemPicture.problem_id, ProblemPicture.by, ProblemPicture.key)
        .where(ProblemPicture.problem_id.in_(problem_ids))
        .order_by(ProblemPicture.problem_id, ProblemPicture.position)
    )
    for problem_id, by, key in rows:
        found[problem_id, by].append(key)
    return found
