"""What the clock does with agreements: it begins, announces and ends them."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta

from sqlalchemy import or_

from pol.kernel.localtime import at_local, business_day
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.queries.agreements import list_ids, list_unannounced, lock_agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import may_begin
from pol.partnership.agreements.rules.signing import SIGN_DAYS
from pol.partnership.agreements.services.ending import call_off
from pol.partnership.agreements.services.signing import begin, last_to_sign
from pol.partnership.agreements.services.telling import tell_both

AT_ONCE = 200

Alone = Callable[[], AbstractContextManager[object]]


def begin_agreements(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Put signed agreements into force whose first day has come; return how many."""
    due = list_ids(
        Agreement.status == AgreementStatus.SIGNED,
        Agreement.from_on <= business_day(now),
        limit=AT_ONCE,
    )
    for agreement_id in due:
        with alone():
            agreement = lock_agreement(agreement_id)
            signed = agreement.status is AgreementStatus.SIGNED
            if signed and may_begin(from_on=agreement.from_on, now=now):
                begin(agreement, now)
    return len(due)


def call_off_unsigned(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Call off drafts that were not signed in time: others wait for the place; return how many."""
    today = business_day(now)
    due = list_ids(
        Agreement.status == AgreementStatus.DRAFT,
        Agreement.made_at < at_local(today - timedelta(days=SIGN_DAYS), 0),
        or_(Agreement.follows_id.is_(None), Agreement.from_on < today),
        limit=AT_ONCE,
    )
    for agreement_id in due:
        with alone():
            agreement = lock_agreement(agreement_id)
            last_on = last_to_sign(agreement)
            if agreement.status is AgreementStatus.DRAFT and today > last_on:
                reason = f"Belum ditandatangani kedua pihak sampai {last_on:%d-%m-%Y}"
                call_off(agreement=agreement, reason=reason, actor_id=None, now=now)
    return len(due)


def end_agreements(*, now: datetime, alone: Alone = nullcontext) -> int:
    """End agreements whose last day, or the day that notice named, has passed; return how many.

    Their places stay held until they are empty and paid for.
    """
    due = list_ids(
        Agreement.status.in_((AgreementStatus.SIGNED, AgreementStatus.IN_FORCE)),
        (Agreement.until_on <= business_day(now)) | (Agreement.ended_at <= now),
        limit=AT_ONCE,
    )
    for agreement_id in due:
        with alone():
            _end(lock_agreement(agreement_id), now)
    return len(due)


def announce_ends(*, now: datetime, alone: Alone = nullcontext) -> int:
    """Tell both sides, on the day of notice, what happens at the end; return how many agreements.

    Nothing is renewed by silence.
    """
    today, told = business_day(now), 0
    for agreement_id in list_unannounced(today=today, limit=AT_ONCE):
        with alone():
            agreement = lock_agreement(agreement_id)
            if agreement.notice_told_at is None:
                _announce(agreement, now)
                told += 1
    return told


def _announce(agreement: Agreement, now: datetime) -> None:
    last = agreement.until_on - timedelta(days=1)
    agreement.notice_told_at = now
    tell_both(
        agreement,
        key="end_announced",
        title=f"Perjanjian {agreement.number} berakhir {last:%d-%m-%Y}",
        body="Perjanjian tidak diperpanjang dengan sendirinya. Kalau ingin lanjut, ajukan "
        "perpanjangan sebelum hari itu; kalau tidak ada jawaban, barang dihitung bersama dan "
        "tempatnya dilepas.",
        now=now,
    )


def _end(agreement: Agreement, now: datetime) -> None:
    if agreement.status not in {AgreementStatus.SIGNED, AgreementStatus.IN_FORCE}:
        return  # somebody was faster
    by_notice = agreement.ended_at is not None and agreement.ended_at <= now
    agreement.status = AgreementStatus.TERMINATED if by_notice else AgreementStatus.ENDED
    if not by_notice:
        agreement.ended_at, agreement.ended_reason = now, "Masa berlakunya habis"
    tell_both(
        agreement,
        key="ended",
        title=f"Perjanjian {agreement.number} sudah berakhir",
        body="Hitung barang sisa bersama. Tempatnya dilepas bila barang di rak nol dan semua "
        "tagihan lunas.",
        now=now,
    )
