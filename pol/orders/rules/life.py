"""The life of an order: one table of moves, who may make them, until when, and what follows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pol.kernel import localtime
from pol.kernel.errors import Refused


class OrderStatus(StrEnum):
    WAITING_PAYMENT = "waiting_payment"
    PLACED = "placed"
    ACCEPTED = "accepted"
    READY = "ready"
    ON_THE_WAY = "on_the_way"
    DELIVERED = "delivered"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    FAILED = "failed"


class ActorKind(StrEnum):
    CUSTOMER = "customer"
    TRADER = "trader"
    COURIER = "courier"
    OFFICER = "officer"
    SYSTEM = "system"


class LineStatus(StrEnum):
    ACTIVE = "active"
    GONE = "gone"


class StockState(StrEnum):
    UNTRACKED = "untracked"
    RESERVED = "reserved"
    SOLD = "sold"
    RETURNED = "returned"


class ProblemStatus(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    DECIDED = "decided"


class Effect(StrEnum):
    """What else happens in the same transaction."""

    RELEASE = "release"  # reserved stock goes back, the order is worth Rp0
    HAND_OVER = "hand_over"  # reserved stock becomes sold, money is posted
    NOTHING = "nothing"


S, A = OrderStatus, ActorKind


@dataclass(frozen=True)
class Move:
    """One allowed step of an order."""

    to: OrderStatus
    by: frozenset[ActorKind]
    effect: Effect = Effect.NOTHING
    needs_reason: bool = False
    before_due: bool = False
    after_due: bool = False
    pickup: bool | None = None
    within: timedelta | None = None


def _by(*kinds: ActorKind) -> frozenset[ActorKind]:
    return frozenset(kinds)


PAY_WITHIN = timedelta(hours=2)
ANSWER_WITHIN = timedelta(hours=2)
ANSWER_AT_LEAST = timedelta(minutes=15)
PACK_WITHIN = timedelta(minutes=30)
CONFIRM_WITHIN = timedelta(hours=24)
MORNING, EVENING = 5 * 60, 18 * 60  # traders are asked to answer between these local minutes
UNDO_WITHIN = timedelta(seconds=15)  # ten on the button, and a slow network

MOVES: dict[OrderStatus, tuple[Move, ...]] = {
    S.WAITING_PAYMENT: (
        Move(S.PLACED, _by(A.OFFICER, A.SYSTEM)),
        Move(S.CANCELLED, _by(A.CUSTOMER), Effect.RELEASE),
        Move(S.EXPIRED, _by(A.SYSTEM), Effect.RELEASE, after_due=True),
    ),
    S.PLACED: (
        Move(S.ACCEPTED, _by(A.TRADER), before_due=True),
        Move(S.REFUSED, _by(A.TRADER), Effect.RELEASE, needs_reason=True),
        Move(S.CANCELLED, _by(A.CUSTOMER), Effect.RELEASE),
        Move(S.CANCELLED, _by(A.OFFICER), Effect.RELEASE, needs_reason=True),
        Move(S.EXPIRED, _by(A.SYSTEM), Effect.RELEASE, after_due=True),
    ),
    S.ACCEPTED: (
        Move(S.READY, _by(A.TRADER)),
        Move(S.PLACED, _by(A.TRADER), within=UNDO_WITHIN),  # a slip of a wet thumb
        Move(S.REFUSED, _by(A.TRADER), Effect.RELEASE, needs_reason=True),
        Move(S.CANCELLED, _by(A.OFFICER), Effect.RELEASE, needs_reason=True),
    ),
    S.READY: (
        Move(S.ON_THE_WAY, _by(A.TRADER, A.COURIER), pickup=False),
        Move(S.DELIVERED, _by(A.TRADER, A.OFFICER), Effect.HAND_OVER, pickup=True),
        Move(S.REFUSED, _by(A.TRADER), Effect.RELEASE, needs_reason=True),
        Move(S.CANCELLED, _by(A.OFFICER), Effect.RELEASE, needs_reason=True),
    ),
    S.ON_THE_WAY: (
        Move(S.DELIVERED, _by(A.COURIER), Effect.HAND_OVER),
        Move(S.FAILED, _by(A.COURIER), Effect.RELEASE, needs_reason=True),
    ),
    S.DELIVERED: (
        Move(S.DONE, _by(A.CUSTOMER)),
        Move(S.DONE, _by(A.SYSTEM), after_due=True),
    ),
    S.EXPIRED: (Move(S.PLACED, _by(A.SYSTEM)),),  # money that came late revives the order (I6)
    S.DONE: (),
    S.REFUSED: (),
    S.CANCELLED: (),
    S.FAILED: (),
}

LIVE = frozenset({S.WAITING_PAYMENT, S.PLACED, S.ACCEPTED, S.READY, S.ON_THE_WAY})
WON = frozenset({S.DELIVERED, S.DONE})
LOST = frozenset({S.REFUSED, S.CANCELLED, S.EXPIRED, S.FAILED})


class MoveNotOpen(Refused):
    message = "Pesanan ini sudah berubah, jadi langkah itu tidak berlaku lagi. Muat ulang halaman."


class AnswerTooLate(Refused):
    message = "Batas waktu menerima pesanan ini sudah lewat, jadi pesanan dibatalkan otomatis."


class UndoTooLate(Refused):
    message = "Jawaban hanya bisa ditarik dalam sepuluh detik. Hubungi pembeli kalau ada masalah."


class NotYetDue(Refused):
    message = "Batas waktunya belum lewat."


class CancelWhole(Refused):
    message = (
        "Belanjaan yang menunggu transfer hanya bisa dibatalkan seluruhnya, "
        "karena jumlah transfernya sudah pasti."
    )


class ReasonMissing(Refused):
    message = "Tulis alasannya dulu, supaya pembeli mengerti."


class WrongHandOver(Refused):
    message = "Cara serah terima pesanan ini lain. Periksa: diantar kurir atau diambil sendiri."


def check_move(
    *,
    status: OrderStatus,
    to: OrderStatus,
    by: ActorKind,
    is_pickup: bool,
    due_at: datetime | None,
    status_at: datetime,
    reason: str | None,
    now: datetime,
) -> Move:
    """Return the move from a status to another by this kind of person.

    :raises MoveNotOpen: no such move from here for this person
    :raises WrongHandOver: delivery and pick-up end differently
    :raises AnswerTooLate: the time to answer has run out
    :raises UndoTooLate: the ten seconds to take an answer back are over
    :raises NotYetDue: the system may only step in after the time has run out
    :raises ReasonMissing: this move must say why
    """
    move = next((m for m in MOVES[status] if m.to is to and by in m.by), None)
    if move is None:
        raise MoveNotOpen
    if move.pickup is not None and move.pickup is not is_pickup:
        raise WrongHandOver
    if move.before_due and due_at is not None and now > due_at:
        raise AnswerTooLate
    if move.within is not None and now > status_at + move.within:
        raise UndoTooLate
    if move.after_due and (due_at is None or now <= due_at):
        raise NotYetDue
    if move.needs_reason and not (reason or "").strip():
        raise ReasonMissing
    return move


def may_move(*, status: OrderStatus, to: OrderStatus, by: ActorKind, is_pickup: bool) -> bool:
    """Answer whether a button for this move should be shown."""
    return any(m.to is to and by in m.by and m.pickup in (None, is_pickup) for m in MOVES[status])


def answer_due_at(placed_at: datetime, starts_at: datetime | None = None) -> datetime:
    """Return until when a trader may accept: two hours, not counting the night.

    Whoever delivers at `starts_at` must know half an hour before; a quarter of an hour to answer
    is left in any case.
    """
    calm = _answer_calmly(placed_at)
    if starts_at is None:
        return calm
    return max(min(calm, starts_at - PACK_WITHIN), placed_at + ANSWER_AT_LEAST)


def _answer_calmly(placed_at: datetime) -> datetime:
    day, minute = localtime.business_day(placed_at), localtime.minute_of_day(placed_at)
    if minute < MORNING:
        return localtime.at_local(day, MORNING) + ANSWER_WITHIN
    if minute >= EVENING:
        return localtime.at_local(day + timedelta(days=1), MORNING) + ANSWER_WITHIN
    return placed_at + ANSWER_WITHIN


def due_after(to: OrderStatus, now: datetime, starts_at: datetime | None = None) -> datetime | None:
    """Return when the status just entered runs out by itself, if ever."""
    if to is S.WAITING_PAYMENT:
        return now + PAY_WITHIN
    if to is S.PLACED:
        return answer_due_at(now, starts_at)
    if to is S.DELIVERED:
        return now + CONFIRM_WITHIN
    return None


def group_status(statuses: Iterable[OrderStatus]) -> OrderStatus:
    """Return the status that tells most about a whole group: that of its slowest live order."""
    found = set(statuses)
    for status in (S.WAITING_PAYMENT, S.PLACED, S.ACCEPTED, S.READY, S.ON_THE_WAY, S.DELIVERED):
        if status in found:
            return status
    return S.DONE if S.DONE in found else next(iter(sorted(found)), S.CANCELLED)
