"""Payments of order groups: opening, proof, decision; and refunds that we owe."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db, insert, run, table
from pol.kernel.money import ZERO, Rupiah
from pol.ledger import services as ledger
from pol.ledger.queries import get_balance
from pol.notices.services import send
from pol.payments import rules
from pol.payments.models import Payment, RefundDue
from pol.payments.rules import Method, PaymentStatus, RefundStatus, midtrans
from pol.payments.rules.provider import RefundWithProvider
from pol.payments.rules.refunds import RefundCarried
from pol.stalls.queries import own

UNIQUE_CODES = range(1, 500)
_OPEN = table(Payment).insert()


@dataclass(frozen=True)
class Bill:
    """What an order group has to pay, and until when if stock waits for the money."""

    group_id: int
    market_id: int
    amount: Rupiah
    due_at: datetime | None
    stall_ids: tuple[int, ...] = ()


def open_cash(*, bill: Bill) -> None:
    """Note that the money comes at hand-over."""
    values = {
        "group_id": bill.group_id,
        "market_id": bill.market_id,
        "method": Method.CASH,
        "status": PaymentStatus.WAITING,
        "amount": bill.amount,
        "unique_code": ZERO,
        "due_at": bill.due_at,
    }
    run(_OPEN, values)


def open_transfer(*, bill: Bill) -> Rupiah:
    """Open a transfer with an amount that no other open transfer has; return the unique code.

    :raises NoAmountFree: all 499 codes above this amount are in use
    """
    highest = bill.amount + Rupiah(UNIQUE_CODES.stop)
    taken = set(
        db.session.scalars(
            select(Payment.amount).where(
                Payment.method == Method.TRANSFER,
                Payment.status.in_(rules.OPEN),
                Payment.amount > bill.amount,
                Payment.amount < highest,
            )
        )
    )
    free = [code for code in UNIQUE_CODES if bill.amount + Rupiah(code) not in taken]
    while free:
        code = free.pop(secrets.randbelow(len(free)))
        if _try_code(bill, Rupiah(code)):
            return Rupiah(code)
    raise rules.NoAmountFree


def _try_code(bill: Bill, code: Rupiah) -> bool:
    row = insert(Payment).values(
        group_id=bill.group_id,
        market_id=bill.market_id,
        method=Method.TRANSFER,
        status=PaymentStatus.WAITING,
        amount=bill.amount + code,
        unique_code=code,
        due_at=bill.due_at,
    )
    return db.session.scalar(row.on_conflict_do_nothing().returning(Payment.id)) is not None


def send_proof(*, payment: Payment, picture_key: str, now: datetime) -> None:
    """Attach the picture of a transfer; the officer decides.

    :raises NoTransferNeeded: it is paid in cash
    :raises PaymentNotOpen: it was decided already
    """
    if payment.method not in rules.BY_PROOF:
        raise rules.NoTransferNeeded
    # Proof may come after the time ran out: the money is there, so an officer must see it (I6).
    if payment.status not in rules.OPEN | {PaymentStatus.EXPIRED}:
        raise rules.PaymentNotOpen
    payment.proof_key, payment.proof_at = picture_key, now
    if payment.status is PaymentStatus.WAITING:
        payment.status = PaymentStatus.PROOF_SENT
    if payment.stall_id is not None:
        _tell_keeper(payment, payment.stall_id, now)


def _tell_keeper(payment: Payment, stall_id: int, now: datetime) -> None:
    owner = own.get_owner(stall_id=stall_id)
    send(
        key=f"payment:{payment.id}:proof:{now.isoformat()}",
        phone=owner.phone,
        user_id=owner.user_id,
        title="Pembeli sudah membayar QRIS",
        body=f"Cocokkan {payment.amount} dengan aplikasi bank Anda.",
        link="/pedagang/pembayaran",
        now=now,
    )


def refuse_proof(*, payment: Payment, officer_id: int, reason: str, now: datetime) -> None:
    """Say that no such money arrived; the customer may send another proof in time.

    :raises PaymentNotOpen: there is no proof waiting
    :raises ReasonNeeded: no reason was given
    """
    if payment.status is not PaymentStatus.PROOF_SENT:
        raise rules.PaymentNotOpen
    if not reason.strip():
        raise rules.ReasonNeeded
    payment.status, payment.reason = PaymentStatus.WAITING, reason.strip()
    _audit("payment.proof_refused", payment, officer_id, now, reason=reason)


def confirm(*, payment: Payment, officer_id: int | None, now: datetime) -> None:
    """Note that the money is there; nobody looked when a provider says so.

    :raises PaymentNotOpen: it is cash, or was confirmed before
    """
    if not payment.method.comes_first or payment.status is PaymentStatus.CONFIRMED:
        raise rules.PaymentNotOpen
    payment.status = PaymentStatus.CONFIRMED
    payment.decided_at, payment.decided_by_id, payment.reason = now, officer_id, None
    _audit("payment.confirmed", payment, officer_id, now, amount=payment.amount.amount)


def owe_refund(
    *,
    payment: Payment,
    amount: Rupiah,
    key: str,
    reason: str,
    now: datetime,
    channel: rules.Channel = rules.Channel.TRANSFER,
) -> None:
    """Put money that belongs to the customer again on the officer's list, once per key."""
    if amount == ZERO:
        return
    row = insert(RefundDue).values(
        key=key,
        group_id=payment.group_id,
        market_id=payment.market_id,
        amount=amount,
        reason=reason,
        status=RefundStatus.DUE,
        channel=channel,
        created_at=now,
    )
    db.session.execute(row.on_conflict_do_nothing())


def finish_refund(*, refund: RefundDue, officer_id: int | None, note: str, now: datetime) -> None:
    """Note that the customer has the money back.

    It left the market's bank account; cash came out of its till. Only the clock (no officer)
    notes what a provider gave back.

    :raises RefundAlreadyDone: it was noted before
    :raises RefundCarried: a courier is on the way with it
    :raises RefundWithProvider: it is on its way through the provider
    :raises TillTooLow: there is not so much cash in the market's till
    """
    if refund.status is RefundStatus.DONE:
        raise rules.RefundAlreadyDone
    if refund.is_carried:
        raise RefundCarried
    if refund.channel is rules.Channel.PROVIDER and officer_id is not None:
        raise RefundWithProvider
    if refund.channel is rules.Channel.CASH:
        check_till(refund, _source(refund), others={"refund:due"})
    refund.status, refund.done_at, refund.done_by_id = RefundStatus.DONE, now, officer_id
    refund.note = note.strip() or None
    ledger.post(
        key=f"refund:{refund.id}",
        at=now,
        reference=f"group:{refund.group_id}",
        memo="Uang dikembalikan ke pembeli",
        lines=[
            ("refund:due", refund.amount),
            (_source(refund), -refund.amount),
        ],
        actor_id=officer_id,
    )
    audit.record(
        action="refund.done",
        subject=f"refund:{refund.id}",
        actor_id=officer_id,
        now=now,
        amount=refund.amount.amount,
    )


def check_till(refund: RefundDue, till: str, *, others: set[str]) -> None:
    """Hold a till and the other accounts of what follows.

    :raises TillTooLow: it holds less than should come out of it
    """
    ledger.hold({till, *others})
    if (held := get_balance(till)) < refund.amount:
        raise rules.TillTooLow(amount=refund.amount, till=held)


def ask_for_refund(*, refund: RefundDue, now: datetime) -> bool:
    """Write down that the provider is asked, before it is; False when it went another way."""
    wanted = refund.status is RefundStatus.DUE and refund.channel is rules.Channel.PROVIDER
    if wanted:
        refund.asked_at = now
    return wanted


def leave_refund(*, refund: RefundDue, reason: str, is_final: bool, now: datetime) -> None:
    """Note why a provider did not give money back; if it never will, an officer transfers it."""
    if refund.status is RefundStatus.DONE:
        return
    refund.note = reason
    if is_final:
        refund.channel, refund.asked_at = rules.Channel.TRANSFER, None
        audit.record(
            action="refund.refused_by_provider",
            subject=f"refund:{refund.id}",
            actor_id=None,
            now=now,
            reason=reason,
        )


def _source(refund: RefundDue) -> str:
    if refund.channel is rules.Channel.PROVIDER:
        return f"provider:{midtrans.NAME}"
    place = "cash" if refund.channel is rules.Channel.CASH else "bank"
    return f"{place}:market:{refund.market_id}"


def _audit(
    action: str, payment: Payment, officer_id: int | None, now: datetime, **detail: object
) -> None:
    audit.record(
        action=action, subject=f"payment:{payment.id}", actor_id=officer_id, now=now, **detail
    )
