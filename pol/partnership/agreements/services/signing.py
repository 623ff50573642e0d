"""Putting a name under an agreement: either side first; the second one makes it binding."""

from datetime import date, datetime

from pol.identity.models import User
from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.agreements.models import Agreement, Signature
from pol.partnership.agreements.queries.agreements import list_signatures
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.agreements.rules.ending import may_begin
from pol.partnership.agreements.rules.signing import OwnerSigns, check_may_sign, check_name, sign_by
from pol.partnership.agreements.services.checking import check_terms, note_rules
from pol.partnership.agreements.services.telling import tell_both, tell_side
from pol.partnership.slots.rules import Bearer
from pol.stalls.queries.own import find_seat
from pol.stalls.rules import Seat

OTHER = {Bearer.PRODUCER: Bearer.RETAILER, Bearer.RETAILER: Bearer.PRODUCER}


def sign(
    *,
    agreement: Agreement,
    side: Bearer,
    typed_name: str,
    read_sha256: str,
    user_id: int,
    now: datetime,
) -> None:
    """Sign for one side; nothing but the text, the rules and the name is asked for.

    `read_sha256` is the fingerprint of the text on the page that was read.

    :raises AlreadySigned, NotToSign, TooLateToSign: see rules
    :raises TextChanged, OtherTextSigned, NameDiffers: see rules
    :raises TermsDiffer, TermsBreakRule: see `check_terms`
    """
    signed = {row.side: row.text_sha256 for row in list_signatures(agreement.id)}
    check_may_sign(
        status=agreement.status,
        signed=signed,
        side=side,
        read_sha256=read_sha256,
        text_sha256=agreement.text_sha256,
        last_on=last_to_sign(agreement),
        today=business_day(now),
    )
    check_name(typed=typed_name, name=db.session.get_one(User, user_id).name)
    check_terms(agreement, day=business_day(now))
    db.session.add(
        Signature(
            agreement_id=agreement.id,
            side=side,
            typed_name=" ".join(typed_name.split()),
            signed_at=now,
            signed_by_id=user_id,
            text_sha256=agreement.text_sha256,
        )
    )
    audit.record(
        action="agreement.signed",
        subject=f"agreement:{agreement.id}",
        actor_id=user_id,
        now=now,
        side=side,
        text_sha256=agreement.text_sha256,
    )
    if OTHER[side] in signed:
        _bind(agreement, now)
    else:
        _ask_other(agreement, side, now)


def sign_for_stall(
    *, agreement: Agreement, typed_name: str, read_sha256: str, user_id: int, now: datetime
) -> None:
    """Sign for the producer; helpers of the stall may read, only its owner binds it.

    :raises OwnerSigns: a helper tries
    :raises AlreadySigned, NotToSign, TooLateToSign, TextChanged, OtherTextSigned, NameDiffers,
        TermsDiffer, TermsBreakRule: see `sign`
    """
    if find_seat(stall_id=agreement.stall_id, user_id=user_id) is not Seat.OWNER:
        raise OwnerSigns
    sign(
        agreement=agreement,
        side=Bearer.PRODUCER,
        typed_name=typed_name,
        read_sha256=read_sha256,
        user_id=user_id,
        now=now,
    )


def last_to_sign(agreement: Agreement) -> date:
    """Return until when a draft waits for both names."""
    return sign_by(
        made_on=business_day(agreement.made_at),
        from_on=agreement.from_on,
        is_renewal=agreement.follows_id is not None,
    )


def begin(agreement: Agreement, now: datetime) -> None:
    """Put a signed agreement into force; from now on goods may come."""
    agreement.status, agreement.in_force_at = AgreementStatus.IN_FORCE, now
    tell_both(
        agreement,
        key="in_force",
        title=f"Perjanjian {agreement.number} berlaku",
        body="Barang boleh dikirim dengan surat jalan.",
        now=now,
    )


def _bind(agreement: Agreement, now: datetime) -> None:
    note_rules(agreement, day=business_day(now))
    agreement.status = AgreementStatus.SIGNED
    db.session.flush()
    if may_begin(from_on=agreement.from_on, now=now):
        begin(agreement, now)
    else:
        tell_both(
            agreement,
            key="signed",
            title=f"Perjanjian {agreement.number} sudah ditandatangani kedua pihak",
            body=f"Berlaku mulai {agreement.from_on:%d-%m-%Y}.",
            now=now,
        )


def _ask_other(agreement: Agreement, side: Bearer, now: datetime) -> None:
    tell_side(
        agreement,
        OTHER[side],
        key=f"signed_by:{side}",
        title=f"Perjanjian {agreement.number} menunggu tanda tangan Anda",
        body="Pihak lain sudah menandatangani. Baca naskahnya, lalu ketik nama Anda.",
        now=now,
    )
