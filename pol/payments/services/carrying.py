"""Refunds that couriers carry: out of the till into a bag, and from there to the customer or back.

`seen` is the round that the page showed: whatever was pressed on an older page changes nothing.
"""

from datetime import datetime

from pol.kernel import audit
from pol.ledger import services as ledger
from pol.payments.models import RefundDue
from pol.payments.rules import Channel, ReasonNeeded, RefundStatus
from pol.payments.rules import refunds as rules
from pol.payments.services.payments import check_till

WITH_THE_BAG = "Kembali ke kas bersama setoran kurir"


def hand_out(
    *, refund: RefundDue, number: str, courier_id: int, seen: int, officer_id: int, now: datetime
) -> None:
    """Take the cash for a refund out of the till and give it to a courier.

    `number` is the group's, under which it stands in the bag.

    :raises RefundAlreadyDone, RefundCarried, RefundWithProvider: see rules
    :raises RefundMoved: a courier had it since the page was opened
    :raises HandedToSelf: nobody would see that the officer took it
    :raises TillTooLow: there is not so much cash in the market's till
    """
    rules.check_movable(
        status=refund.status,
        is_carried=refund.is_carried,
        is_asked=refund.asked_at is not None,
    )
    if refund.rounds != seen:
        raise rules.RefundMoved
    if courier_id == officer_id:
        raise rules.HandedToSelf
    bag, till = f"cash:courier:{courier_id}", f"cash:market:{refund.market_id}"
    check_till(refund, till, others={bag})
    refund.channel, refund.courier_id, refund.handed_at = Channel.CASH, courier_id, now
    refund.rounds += 1
    _move(refund, "out", (bag, till), f"Uang pengembalian dibawa kurir: {number}", officer_id, now)
    _audit("refund.handed_out", refund, officer_id, now, courier=courier_id)


def pay_out(
    *, refund: RefundDue, number: str, seen: int, receiver: str, courier_id: int, now: datetime
) -> None:
    """Note that the courier gave the customer, or somebody at the door, the money.

    :raises RefundAlreadyDone, RefundNotCarried: see rules
    :raises ReceiverMissing: nobody says who has it now
    """
    _check_in_bag(refund, seen)
    if not receiver.strip():
        raise rules.ReceiverMissing
    refund.status, refund.done_at, refund.done_by_id = RefundStatus.DONE, now, courier_id
    refund.handed_at, refund.receiver = None, receiver.strip()
    ledger.post(
        key=f"refund:{refund.id}",
        at=now,
        reference=f"group:{refund.group_id}",
        memo=f"Uang pengembalian diserahkan kurir: {number}",
        lines=[("refund:due", refund.amount), (f"cash:courier:{courier_id}", -refund.amount)],
        actor_id=courier_id,
    )
    _audit("refund.done", refund, courier_id, now, receiver=refund.receiver)


def bring_back(
    *, refund: RefundDue, seen: int, reason: str, courier_id: int, now: datetime
) -> None:
    """Put a refund on the officer's list again; its cash stays in the bag until that is counted.

    :raises RefundAlreadyDone, RefundNotCarried: see rules
    :raises ReasonNeeded: nobody says why
    """
    _check_in_bag(refund, seen)
    if not reason.strip():
        raise ReasonNeeded
    refund.handed_at, refund.note = None, reason.strip()
    _audit("refund.brought_back", refund, courier_id, now, reason=reason.strip())


def take_back(*, refund: RefundDue, number: str, seen: int, officer_id: int, now: datetime) -> None:
    """Take the cash from the courier's hand and lay it into the till again.

    :raises RefundAlreadyDone, RefundNotCarried: see rules
    """
    _check_in_bag(refund, seen)
    refund.handed_at = None
    till, bag = f"cash:market:{refund.market_id}", f"cash:courier:{refund.courier_id}"
    _move(refund, "back", (till, bag), f"Uang pengembalian ke kas lagi: {number}", officer_id, now)
    _audit("refund.taken_back", refund, officer_id, now, courier=refund.courier_id)


def release(refunds: list[RefundDue], *, officer_id: int, now: datetime) -> None:
    """Put on the list again what lay in a bag that is taken over as a whole."""
    for refund in refunds:
        refund.handed_at, refund.note = None, WITH_THE_BAG
        _audit("refund.taken_back", refund, officer_id, now, courier=refund.courier_id)


def _check_in_bag(refund: RefundDue, seen: int) -> None:
    rules.check_in_bag(
        status=refund.status, is_carried=refund.is_carried, is_same_round=refund.rounds == seen
    )


def _move(
    refund: RefundDue,
    what: str,
    places: tuple[str, str],
    memo: str,
    officer_id: int,
    now: datetime,
) -> None:
    into, out_of = places
    ledger.post(
        key=f"refund:{refund.id}:{what}:{refund.rounds}",
        at=now,
        reference=f"group:{refund.group_id}",
        memo=memo,
        lines=[(into, refund.amount), (out_of, -refund.amount)],
        actor_id=officer_id,
    )


def _audit(action: str, refund: RefundDue, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action,
        subject=f"refund:{refund.id}",
        actor_id=actor_id,
        now=now,
        amount=refund.amount.amount,
        **detail,
    )
