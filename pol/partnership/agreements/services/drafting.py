"""Drafting agreements from the call's frozen terms and the application, and changing a draft."""

from dataclasses import asdict, dataclass
from datetime import datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.partnership.agreements.models import Agreement, AgreementCharge
from pol.partnership.agreements.queries.agreements import find_open_draft, list_signatures
from pol.partnership.agreements.queries.deal import list_charges_of_call, read_deal
from pol.partnership.agreements.rules import AgreementStatus, text
from pol.partnership.agreements.rules.deal import TERMS
from pol.partnership.agreements.rules.signing import check_may_change
from pol.partnership.agreements.services.checking import note_rules
from pol.partnership.agreements.services.signing import last_to_sign
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.services.offers import take_place
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Placement, SlotCall
from pol.partnership.slots.services.tell import tell_retailer


@dataclass(frozen=True)
class NewTerms:
    """What a retailer may change in a draft, with a reason that both sides then sign."""

    margin_bp: int
    payment_days: int
    notice_days: int


def accept_offer(*, offer: Offer, actor_id: int, now: datetime) -> Agreement:
    """Take an offered place and put it into the application's agreement.

    :raises OfferNotYet, OfferAnswered, OfferLapsed, PlaceHeld, PlaceTooSmall, ShelfOverloaded:
        see `take_place`
    """
    placement = take_place(offer=offer, actor_id=actor_id, now=now)
    agreement = add_place(placement, now=now)
    tell_retailer(
        retailer_id=agreement.retailer_id,
        key=f"offer:{offer.id}:accepted",
        title=f"Tawaran {offer.number} diterima produsen",
        body=f"Perjanjian {agreement.number} siap dibaca dan ditandatangani paling lambat "
        f"{last_to_sign(agreement):%d-%m-%Y}.",
        link=f"/peritel/perjanjian/{agreement.number}",
        now=now,
    )
    return agreement


def add_place(
    placement: Placement, *, now: datetime, follows: Agreement | None = None
) -> Agreement:
    """Write a place into the agreement of its application, in a new one if there is none to join.

    All stores share one agreement until somebody signs; a store that comes later gets its own,
    because what was signed does not change.
    """
    agreement = find_open_draft(
        application_id=placement.application_id, follows_id=follows.id if follows else None
    )
    if agreement is None or agreement.until_on != placement.until_on:
        agreement = _draft(placement, follows, now)
    placement.agreement_id = agreement.id
    agreement.from_on = min(agreement.from_on, placement.from_on)
    rewrite(agreement)
    return agreement


def change_terms(
    *, agreement: Agreement, new: NewTerms, reason: str, actor_id: int, now: datetime
) -> None:
    """Change a draft's terms; both sides read the reason before they sign.

    :raises NotToSign, TermsFrozen, ChangeReasonNeeded: see rules
    """
    signed = {row.side for row in list_signatures(agreement.id)}
    check_may_change(status=agreement.status, signed=signed, reason=reason)
    before = {name: getattr(agreement, name) for name in asdict(new)}
    for name, value in asdict(new).items():
        setattr(agreement, name, value)
    agreement.change_reason = reason.strip()
    rewrite(agreement)
    note_rules(agreement, day=business_day(now))
    audit.record(
        action="agreement.changed",
        subject=f"agreement:{agreement.id}",
        actor_id=actor_id,
        now=now,
        before=before,
        after=asdict(new),
        reason=agreement.change_reason,
    )


def rewrite(agreement: Agreement) -> None:
    """Write the text of a draft anew, from what its rows say now."""
    db.session.flush()
    agreement.text = text.write(read_deal(agreement))
    agreement.text_sha256 = text.fingerprint(agreement.text)
    db.session.flush()


def _draft(placement: Placement, follows: Agreement | None, now: datetime) -> Agreement:
    call = db.session.get_one(SlotCall, placement.call_id)
    application = db.session.get_one(Application, placement.application_id)
    source: Agreement | SlotCall = follows or call
    agreement = Agreement(
        number=paper_number("PKS-", business_day(now)),
        call_id=call.id,
        application_id=application.id,
        retailer_id=call.retailer_id,
        stall_id=application.stall_id,
        sheet_id=application.sheet_id,
        follows_id=follows.id if follows else None,
        status=AgreementStatus.DRAFT,
        from_on=placement.from_on,
        until_on=placement.until_on,
        price=follows.price if follows else application.price,
        change_reason=follows.change_reason if follows else None,
        text="",
        text_sha256="",
        rules=[],
        rules_sha256="",
        made_at=now,
        **{name: getattr(source, name) for name in TERMS},
    )
    db.session.add(agreement)
    db.session.flush()
    _copy_charges(agreement)
    note_rules(agreement, day=business_day(now))
    return agreement


def _copy_charges(agreement: Agreement) -> None:
    for charge in list_charges_of_call(agreement.call_id):
        db.session.add(AgreementCharge(agreement_id=agreement.id, **vars(charge)))
    db.session.flush()
