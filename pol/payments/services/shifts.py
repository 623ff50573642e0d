"""A courier's shift: the courier counts, the officer takes over what is really there."""

from datetime import datetime

from sqlalchemy import delete, select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.payments.models import CashDeposit, CourierShift, ShiftLine
from pol.payments.queries.cash import SHIFT_ENTRY, Bag, look_into_bag
from pol.payments.queries.refunds import lock_carried
from pol.payments.rules import cash as rules
from pol.payments.rules.cash import Count, LineCount
from pol.payments.services import carrying
from pol.payments.services.cash import new_number


def count_shift(*, courier_id: int, market_id: int, count: Count, now: datetime) -> CourierShift:
    """Write down what the courier counted; until it is accepted, counting again replaces it.

    :raises BagEmpty: there is nothing to hand in
    :raises BagChanged: more cash came in since the page was opened
    :raises TooMuchInBag: far more than should be there
    :raises ReasonOfDifference: something is missing or too much, and nobody says why
    """
    ledger.hold({f"cash:courier:{courier_id}"})
    bag = look_into_bag(courier_id)
    if bag.expected <= ZERO and not count.total:
        raise rules.BagEmpty
    if bag.expected != count.seen:
        raise rules.BagChanged(expected=bag.expected)
    rules.check_count(count, bag.by_number, bag.expected)
    shift = _waiting_shift(courier_id) or CourierShift(
        number=new_number("S", now), courier_id=courier_id
    )
    shift.market_id, shift.opened_at, shift.counted_at = market_id, bag.since or now, now
    shift.expected, shift.counted, shift.note = bag.expected, count.total, count.note.strip()
    db.session.add(shift)
    db.session.flush()
    _write_lines(shift.id, bag, count)
    return shift


def _waiting_shift(courier_id: int) -> CourierShift | None:
    return db.session.scalar(
        select(CourierShift)
        .where(CourierShift.courier_id == courier_id, CourierShift.accepted_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _write_lines(shift_id: int, bag: Bag, count: Count) -> None:
    db.session.execute(delete(ShiftLine).where(ShiftLine.shift_id == shift_id))
    for position, line in enumerate(bag.lines):
        said = count.lines.get(line.number, LineCount(line.amount))
        db.session.add(
            ShiftLine(
                shift_id=shift_id,
                position=position,
                number=line.number,
                expected=line.amount,
                counted=said.amount,
                note=said.note.strip(),
            )
        )
    db.session.flush()


def accept_shift(
    *,
    shift: CourierShift,
    seen: Rupiah,
    forgive: bool,
    officer_id: int,
    now: datetime,
) -> None:
    """Take over what is in the bag: `seen` is what was counted when the page was opened.

    What is missing stays with the courier and is expected again in the next shift, unless the
    officer decides to `forgive` it as a loss of the market. What is too much is its income.
    Refunds that the courier did not hand over stand on the officer's list again.

    :raises ShiftAlreadyAccepted: it was taken over before
    :raises ReceiverIsGiver: the officer is that courier
    :raises CountOutdated: the courier has counted again, or has taken more cash
    """
    if shift.accepted_at is not None:
        raise rules.ShiftAlreadyAccepted
    if officer_id == shift.courier_id:
        raise rules.ReceiverIsGiver
    refunds = lock_carried(shift.courier_id)  # before the accounts, as everybody does
    bag, till = f"cash:courier:{shift.courier_id}", f"cash:market:{shift.market_id}"
    loss = f"expense:cash_shortage:{shift.market_id}"
    surplus = f"income:cash_overage:{shift.market_id}"
    ledger.hold({bag, till, loss, surplus})
    if get_balance(bag) != shift.expected or shift.counted != seen:
        raise rules.CountOutdated
    missing = max(shift.expected - shift.counted, ZERO)
    extra = max(shift.counted - max(shift.expected, ZERO), ZERO)
    shift.shortage = missing if forgive else ZERO
    taken = shift.counted - extra + shift.shortage
    lines = [(till, shift.counted), (loss, shift.shortage), (surplus, -extra), (bag, -taken)]
    shift.accepted_at, shift.accepted_by_id = now, officer_id
    ledger.post(
        key=f"{SHIFT_ENTRY}{shift.id}",
        at=now,
        reference=f"shift:{shift.id}",
        memo=f"Setoran kurir: {shift.number}",
        lines=lines,
        actor_id=officer_id,
    )
    carrying.release(refunds, officer_id=officer_id, now=now)
    _hand_receipt(shift, missing - shift.shortage, officer_id, now)


def _hand_receipt(shift: CourierShift, owed: Rupiah, officer_id: int, now: datetime) -> None:
    """Write the deposit that the courier gets a paper of; an empty bag gives none."""
    if shift.counted:
        db.session.add(
            CashDeposit(
                number=shift.number,
                key=f"shift:{shift.id}",
                market_id=shift.market_id,
                courier_id=shift.courier_id,
                shift_id=shift.id,
                amount=shift.counted,
                remaining=owed,
                at=now,
                received_by_id=officer_id,
            )
        )
        db.session.flush()
    audit.record(
        action="cash.shift_accepted",
        subject=f"shift:{shift.id}",
        actor_id=officer_id,
        now=now,
        expected=shift.expected.amount,
        counted=shift.counted.amount,
        shortage=shift.shortage.amount,
    )
