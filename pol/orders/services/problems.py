"""Problems: the customer reports, the trader answers, the officer decides; money follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import ZERO, Rupiah
from pol.orders.models import Order, Problem, ProblemPicture
from pol.orders.rules import problems as rules
from pol.orders.rules.life import ActorKind, ProblemStatus
from pol.orders.services import refunds, tell
from pol.orders.services.care import note
from pol.orders.services.giving_back import CHANNELS
from pol.payments.rules import Channel
from pol.stalls.queries.own import find_seat

LONGEST = 1_000


@dataclass(frozen=True)
class Saying:
    """What one side says, with the keys of its pictures."""

    text: str
    pictures: Sequence[str] = ()


@dataclass(frozen=True)
class Decision:
    """What an officer decides: how much goes back which way, and why."""

    amount: Rupiah
    channel: Channel
    reason: str


def report(
    *, order: Order, saying: Saying, wanted: Rupiah, customer_id: int | None, now: datetime
) -> Problem:
    """Note what the customer found wrong and wants back, and tell the stall.

    :raises ProblemTooLate, ProblemOpen, ProblemTextMissing, WantedTooMuch: see rules
    """
    rules.check_report(
        delivered_at=order.delivered_at,
        is_open=_find_open(order) is not None,
        text=saying.text,
        wanted=wanted,
        left=order.subtotal,
        now=now,
    )
    problem = Problem(
        order_id=order.id,
        at=now,
        text=saying.text.strip()[:LONGEST],
        status=ProblemStatus.OPEN,
        wanted=wanted,
        refund=ZERO,
    )
    db.session.add(problem)
    db.session.flush()
    _hang(problem, saying.pictures, ActorKind.CUSTOMER)
    what = f"Komplain: {problem.text} (minta kembali {wanted})"
    note(order, customer_id, what, now, by=ActorKind.CUSTOMER)
    _audit("problem.reported", problem, customer_id, now, wanted=wanted.amount)
    tell.problem(order=order, now=now)
    return problem


def lock_problem(*, order: Order, problem_id: int) -> Problem:
    """Return a problem of a locked order as it stands now.

    :raises NotFound: it is about another order
    """
    problem = db.session.scalar(
        select(Problem)
        .where(Problem.id == problem_id, Problem.order_id == order.id)
        .execution_options(populate_existing=True)
    )
    if problem is None:
        raise NotFound
    return problem


def answer(
    *, order: Order, problem: Problem, saying: Saying, trader_id: int, now: datetime
) -> None:
    """Say why the stall does not agree; the officer decides.

    :raises ProblemClosed, AnswerMissing: see rules
    """
    _write_answer(problem, saying, now)
    problem.status = ProblemStatus.ANSWERED
    what = f"Lapak menjawab komplain: {problem.answer}"
    note(order, trader_id, what, now)
    _audit("problem.answered", problem, trader_id, now)
    tell.problem_answered(order=order, group=order.group, what=problem.answer or "", now=now)


def agree(*, order: Order, problem: Problem, saying: Saying, trader_id: int, now: datetime) -> None:
    """Give the customer what they want at once, out of the stall's due.

    It becomes store credit; a guest gets it back the way it was paid.

    :raises ProblemClosed, AnswerMissing: see rules
    :raises RefundTooMuch: less than that is left meanwhile
    """
    _write_answer(problem, saying, now)
    group = order.group
    channel = Channel.CREDIT if group.user_id is not None else CHANNELS[group.method]
    decision = Decision(problem.wanted, channel, f"Lapak setuju: {problem.answer}")
    _close(order, problem, decision, ActorKind.TRADER, trader_id, now)


def decide(
    *, order: Order, problem: Problem, decision: Decision, officer_id: int, now: datetime
) -> None:
    """Say how a problem ends; the money moves with the word.

    :raises ProblemClosed, OwnStall, DecisionMissing: see rules
    :raises RefundTooMuch, NoAccountForCredit: see `refunds.refund_order`
    """
    keeps = find_seat(stall_id=order.stall_id, user_id=officer_id) is not None
    rules.check_decision(status=problem.status, reason=decision.reason, keeps_stall=keeps)
    _close(order, problem, decision, ActorKind.OFFICER, officer_id, now)


def _write_answer(problem: Problem, saying: Saying, now: datetime) -> None:
    rules.check_answer(status=problem.status, text=saying.text)
    problem.answer, problem.answered_at = saying.text.strip()[:LONGEST], now
    _hang(problem, saying.pictures, ActorKind.TRADER)


def _close(
    order: Order,
    problem: Problem,
    decision: Decision,
    by: ActorKind,
    actor_id: int,
    now: datetime,
) -> None:
    reason = decision.reason.strip()[:LONGEST]
    problem.status, problem.decision, problem.refund = (
        ProblemStatus.DECIDED,
        reason,
        decision.amount,
    )
    problem.decided_at, problem.decided_by_id = now, actor_id
    if decision.amount:
        refunds.refund_order(
            order=order,
            amount=decision.amount,
            channel=decision.channel,
            reason=f"komplain. {reason}",
            officer_id=actor_id,
            now=now,
            by=by,
        )
    else:
        what = f"komplain selesai tanpa pengembalian uang. {reason}"
        note(order, actor_id, what, now, by=by)
        tell.decided(order=order, group=order.group, what=what, now=now)
    _audit("problem.decided", problem, actor_id, now, amount=decision.amount.amount, by=by.value)


def _find_open(order: Order) -> int | None:
    return db.session.scalar(
        select(Problem.id).where(
            Problem.order_id == order.id, Problem.status != ProblemStatus.DECIDED
        )
    )


def _hang(problem: Problem, keys: Sequence[str], by: ActorKind) -> None:
    """Hang up the pictures of one side, each once; the trader's come after the customer's."""
    known = select(ProblemPicture.key).where(ProblemPicture.key.in_(keys))
    hanging = set(db.session.scalars(known))
    fresh = [key for key in dict.fromkeys(keys) if key not in hanging]
    first = 0 if by is ActorKind.CUSTOMER else rules.PICTURES
    for position, key in enumerate(fresh[: rules.PICTURES], start=first):
        db.session.add(ProblemPicture(problem_id=problem.id, position=position, key=key, by=by))


def _audit(
    action: str, problem: Problem, actor_id: int | None, now: datetime, **detail: object
) -> None:
    subject = f"problem:{problem.id}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, **detail)
