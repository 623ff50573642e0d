"""Paying stalls: one officer makes a batch, another approves it, the bank answers.

Nothing moves in the books before the approval. It holds every account of the batch, weighs each
stall again by what stands there now, and posts no more than that (I9).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.ledger import services as ledger
from pol.ledger.services import Lines
from pol.notices import services as notices
from pol.payments.models import BankAccount, Payout, PayoutBatch
from pol.payments.queries import standings
from pol.payments.queries.bank_accounts import owners_of
from pol.payments.queries.standings import Candidate
from pol.payments.rules import BatchStatus, PayoutStatus
from pol.payments.rules import payout as rules
from pol.payments.rules.payout import LeftOut, Policy, Share
from pol.stalls.models import Market

WHY_DROPPED = {
    LeftOut.NOT_VERIFIED: "Lapak sedang tidak terverifikasi.",
    LeftOut.NOTHING_DUE: "Saldonya sudah habis, misalnya karena pengembalian uang.",
    LeftOut.BELOW_MINIMUM: "Saldonya tinggal di bawah jumlah paling sedikit.",
    LeftOut.NO_ACCOUNT: "Lapak tidak punya rekening lagi.",
    LeftOut.COOLING: "Rekening baru masih dalam masa tunggu.",
    LeftOut.ACCOUNT_CHANGED: "Rekening diganti sesudah kumpulan ini dibuat.",
}


def make_batch(
    *, market_id: int, until: datetime, policy: Policy, officer_id: int, now: datetime
) -> PayoutBatch:
    """Plan what a market's stalls get of all they earned until a moment.

    :raises UntilAhead: the moment has not come yet
    :raises NothingToPay: no stall can be paid
    """
    if until > now:
        raise rules.UntilAhead
    _queue_up(market_id)
    planned = standings.preview(market_id=market_id, until=until, policy=policy, now=now)
    if not planned.paid:
        raise rules.NothingToPay
    batch = PayoutBatch(
        number=paper_number("C", business_day(now)),
        market_id=market_id,
        status=BatchStatus.MADE,
        until=until,
        made_at=now,
        made_by_id=officer_id,
    )
    db.session.add(batch)
    db.session.flush()
    db.session.add_all(_part(batch, at, one) for at, one in enumerate(planned.paid, start=1))
    db.session.flush()
    _note("payout.batch_made", batch, officer_id, now, amount=planned.amount.amount)
    return batch


def _queue_up(market_id: int) -> None:
    """Let two officers of one market make their batches one after the other."""
    db.session.execute(
        select(Market.id).where(Market.id == market_id).with_for_update(key_share=True)
    )


def _part(batch: PayoutBatch, position: int, one: Candidate) -> Payout:
    return Payout(
        number=f"{batch.number}-{position}",
        batch_id=batch.id,
        stall_id=one.stall_id,
        amount=one.share.amount,
        bank=one.bank,
        account=one.account,
        holder=one.holder,
        status=PayoutStatus.PLANNED,
    )


def approve_batch(*, batch: PayoutBatch, policy: Policy, checker_id: int, now: datetime) -> None:
    """Let the money go: each stall gets what was planned, or less if less is there now.

    :raises BatchAlreadyDecided: somebody was faster
    :raises SamePerson: see `check_checker`
    """
    _check_undecided(batch)
    rules.check_checker(maker_id=batch.made_by_id, checker_id=checker_id)
    parts = _parts(batch)
    stall_ids = [part.stall_id for part in parts]
    bank = f"bank:market:{batch.market_id}"
    ledger.hold({bank}.union(*({f"payable:stall:{own}", f"cash:stall:{own}"} for own in stall_ids)))
    found = standings.standings_of(stall_ids, until=batch.until)
    same = _with_the_same_account(parts)
    _decide(batch, BatchStatus.APPROVED, checker_id, now)
    for part in parts:
        share = rules.weigh(found[part.stall_id], policy, now)
        reason = share.reason or (None if part.id in same else LeftOut.ACCOUNT_CHANGED)
        if reason:
            _drop(part, WHY_DROPPED[reason], checker_id, now)
        else:
            _send(part, share, bank, checker_id, now)
    db.session.flush()
    sent = [part for part in parts if part.status is PayoutStatus.PLANNED]
    _note("payout.batch_approved", batch, checker_id, now, payouts=len(sent),
          amount=sum(part.amount.amount for part in sent))  # fmt: skip
    _tell(parts, now)


def _parts(batch: PayoutBatch) -> Sequence[Payout]:
    return db.session.scalars(
        select(Payout)
        .where(Payout.batch_id == batch.id)
        .order_by(Payout.id)
        .execution_options(populate_existing=True)
    ).all()


def _with_the_same_account(parts: Sequence[Payout]) -> set[int]:
    """Return the parts that would still go where their stalls want their money."""
    rows = db.session.execute(
        select(BankAccount.stall_id, BankAccount.bank, BankAccount.number, BankAccount.holder)
        .where(BankAccount.stall_id.in_([part.stall_id for part in parts]))
        .where(BankAccount.replaced_at.is_(None))
    )
    wanted = {tuple(row) for row in rows}
    return {p.id for p in parts if (p.stall_id, p.bank, p.account, p.holder) in wanted}


def _send(part: Payout, share: Share, bank: str, checker_id: int, now: datetime) -> None:
    """Post what was planned, or as much of it as still stands on the held accounts."""
    if share.amount < part.amount:
        part.reason = f"Semula {part.amount}; saldo sudah berkurang sejak kumpulan ini dibuat."
        part.amount = share.amount
    payable, kept = f"payable:stall:{part.stall_id}", f"cash:stall:{part.stall_id}"
    netted = [(payable, share.netted), (kept, -share.netted)]
    _post(part, "netted", "Dipotong tunai yang dipegang lapak", netted, checker_id, now)
    sent = [(payable, part.amount), (bank, -part.amount)]
    _post(part, "sent", f"Dicairkan ke {part.bank}", sent, checker_id, now)


def _drop(part: Payout, reason: str, actor_id: int, now: datetime) -> None:
    part.status, part.reason = PayoutStatus.DROPPED, reason
    part.decided_at, part.decided_by_id = now, actor_id


def drop_batch(*, batch: PayoutBatch, officer_id: int, now: datetime) -> None:
    """Let a batch go before anybody approved it; its stalls can be paid by another.

    :raises BatchAlreadyDecided: somebody was faster
    """
    _check_undecided(batch)
    for part in _parts(batch):
        _drop(part, "Kumpulan ini dibatalkan.", officer_id, now)
    _decide(batch, BatchStatus.DROPPED, officer_id, now)
    _note("payout.batch_dropped", batch, officer_id, now)


def mark_paid(*, payout: Payout, batch: PayoutBatch, officer_id: int, now: datetime) -> None:
    """Note that the bank has sent it.

    :raises PayoutAlreadyDecided: it was noted before, or never approved
    """
    _check_on_its_way(payout, batch)
    payout.status, payout.decided_at, payout.decided_by_id = PayoutStatus.PAID, now, officer_id
    _note_part("payout.paid", payout, officer_id, now)
    _tell([payout], now)


def mark_all_paid(*, batch: PayoutBatch, officer_id: int, now: datetime) -> int:
    """Note that the bank has sent everything that was still on its way; return how many."""
    waiting = [part for part in _parts(batch) if part.status is PayoutStatus.PLANNED]
    for part in waiting:
        mark_paid(payout=part, batch=batch, officer_id=officer_id, now=now)
    return len(waiting)


def mark_failed(
    *, payout: Payout, batch: PayoutBatch, reason: str, officer_id: int, now: datetime
) -> None:
    """Note that the bank sent the money back; the stall is owed it again.

    What was netted stays: that cash debt is settled.

    :raises PayoutAlreadyDecided: it was noted before, or never approved
    :raises FailureReasonMissing: the trader must know why
    """
    _check_on_its_way(payout, batch)
    if not reason.strip():
        raise rules.FailureReasonMissing
    payout.status, payout.decided_at, payout.decided_by_id = PayoutStatus.FAILED, now, officer_id
    payout.reason = reason.strip()
    lines = [
        (f"bank:market:{batch.market_id}", payout.amount),
        (f"payable:stall:{payout.stall_id}", -payout.amount),
    ]
    _post(payout, "failed", "Pencairan gagal, kembali ke saldo", lines, officer_id, now)
    _note_part("payout.failed", payout, officer_id, now, reason=payout.reason)
    _tell([payout], now)


def _check_undecided(batch: PayoutBatch) -> None:
    if batch.status is not BatchStatus.MADE:
        raise rules.BatchAlreadyDecided


def _check_on_its_way(payout: Payout, batch: PayoutBatch) -> None:
    if batch.status is not BatchStatus.APPROVED or payout.status is not PayoutStatus.PLANNED:
        raise rules.PayoutAlreadyDecided


def _decide(batch: PayoutBatch, status: BatchStatus, actor_id: int, now: datetime) -> None:
    batch.status, batch.decided_at, batch.decided_by_id = status, now, actor_id


def _post(part: Payout, step: str, memo: str, lines: Lines, actor_id: int, now: datetime) -> None:
    ledger.post(
        key=f"payout:{part.id}:{step}",
        at=now,
        reference=f"payout:{part.number}",
        memo=f"{memo}: {part.number}",
        lines=lines,
        actor_id=actor_id,
    )


def _tell(parts: Sequence[Payout], now: datetime) -> None:
    """Tell owners what became of their money."""
    owners = owners_of([part.stall_id for part in parts])
    for part in parts:
        if part.stall_id not in owners:
            continue
        user_id, phone = owners[part.stall_id]
        title, body = _words(part)
        notices.send(
            key=f"payout:{part.id}:{part.status}",
            phone=phone,
            user_id=user_id,
            title=title,
            body=body,
            link=f"/pedagang/saldo/pencairan/{part.number}",
            now=now,
        )


def _words(part: Payout) -> tuple[str, str]:
    where = f"{part.bank} yang berakhir {part.account[-4:]}, atas nama {part.holder}"
    if part.status is PayoutStatus.PLANNED:
        return f"{part.amount} sedang dikirim", f"Pencairan {part.number} dikirim ke {where}."
    if part.status is PayoutStatus.PAID:
        return f"{part.amount} sudah dikirim", f"Pencairan {part.number} sudah masuk ke {where}."
    if part.status is PayoutStatus.FAILED:
        return (
            f"Pencairan {part.amount} gagal",
            f"Kata bank: {part.reason} Uangnya kembali ke saldo Anda. Periksa rekening Anda.",
        )
    return f"Pencairan {part.number} ditunda", f"{part.reason} Uangnya tetap di saldo Anda."


def _note(action: str, batch: PayoutBatch, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action, subject=f"batch:{batch.number}", actor_id=actor_id, now=now, **detail
    )


def _note_part(action: str, payout: Payout, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action,
        subject=f"payout:{payout.number}",
        actor_id=actor_id,
        now=now,
        amount=payout.amount.amount,
        **detail,
    )
