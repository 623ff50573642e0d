"""Failures that other tools are known for, each shown not to happen here."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.money import Rupiah
from pol.partnership.agreements.queries.agreements import get_text, list_signatures
from pol.partnership.agreements.rules import AgreementStatus as S
from pol.partnership.agreements.rules.ending import AgreementNotInForce
from pol.partnership.agreements.rules.signing import OtherTextSigned, TermsFrozen, TextChanged
from pol.partnership.agreements.services.drafting import rewrite
from pol.partnership.agreements.services.ending import open_place
from pol.partnership.agreements.services.following import renew
from pol.partnership.consignment.models import Batch, DeliveryNote
from pol.partnership.slots.models import Placement
from pol.partnership.slots.rules import Bearer, PlacementStatus
from pol.partnership.slots.rules.holding import NothingLeft, PlaceHeld
from pol.partnership.slots.services.placing import reserve, wish_again
from tests.partnership.agreements.scene import Pact


def test_overlapping_contracts_on_one_shelf(session: Session, now: datetime) -> None:
    """A second contract for any millimetre on any day of the first is refused by name."""
    pact = Pact(now)
    pact.sign_both(now)
    first, place = pact.agreement, pact.place
    for days in (0, 30, 300):
        from_on = place.from_on + timedelta(days=days)
        with pytest.raises(PlaceHeld, match=place.number):
            reserve(wish_again(place, from_on=from_on, until_on=date(2028, 1, 1)), now=now)
    following = renew(placement=place, until_on=date(2028, 1, 1), now=now)
    with pytest.raises(NothingLeft, match=following.number):
        renew(placement=place, until_on=date(2027, 6, 1), now=now)
    assert session.scalar(select(func.count()).select_from(Placement)) == 2
    assert first.until_on == following.from_on


def test_agreement_needs_a_consignment_that_needs_an_agreement(
    session: Session, now: datetime
) -> None:
    """Goods wait for the agreement; the agreement waits for nothing but two names and its day."""
    pact = Pact(now)
    with pytest.raises(AgreementNotInForce):
        open_place(placement=pact.place, now=now)
    pact.sign_both(now)
    assert pact.is_now(S.IN_FORCE)
    for table in (Batch, DeliveryNote):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    open_place(placement=pact.place, now=now)
    assert pact.place.status is PlacementStatus.LIVE


def test_terms_changed_after_signing(session: Session, now: datetime) -> None:
    """Neither the page, nor the program, nor a statement changes what was signed."""
    pact = Pact(now)
    pact.sign(Bearer.PRODUCER, now)
    with pytest.raises(TermsFrozen):
        pact.change("Ingin lebih", now)
    pact.sign(Bearer.RETAILER, now)
    signed = {row.text_sha256 for row in list_signatures(pact.agreement.id)}
    assert signed == {get_text(pact.agreement.id).text_sha256}
    pact.agreement.price = Rupiah(1)
    with pytest.raises(DBAPIError):
        session.flush()


def test_terms_changed_between_the_two_signatures(session: Session, now: datetime) -> None:
    """Whoever signs second signs what the first one signed, or nothing."""
    pact = Pact(now)
    read = pact.agreement.text_sha256
    pact.sign(Bearer.PRODUCER, now)
    pact.agreement.payment_days = 60
    rewrite(pact.agreement)
    with pytest.raises(TextChanged):
        pact.sign(Bearer.RETAILER, now, read_sha256=read)
    with pytest.raises(OtherTextSigned):
        pact.sign(Bearer.RETAILER, now)
    assert pact.is_now(S.DRAFT)
