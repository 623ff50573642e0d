"""Agreements: drafted from frozen terms, signed by both, begun by the day."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.notices.models import Notice
from pol.partnership.agreements.models import Agreement, Signature
from pol.partnership.agreements.queries import agreements as queries
from pol.partnership.agreements.queries.deal import list_charges
from pol.partnership.agreements.rules import AgreementStatus as S
from pol.partnership.agreements.rules.signing import (
    AlreadySigned,
    ChangeReasonNeeded,
    NameDiffers,
    NotToSign,
    OwnerSigns,
    TermsBreakRule,
    TermsDiffer,
    TermsFrozen,
    TextChanged,
)
from pol.partnership.agreements.rules.text import fingerprint
from pol.partnership.agreements.services.clockwork import begin_agreements
from pol.partnership.agreements.services.drafting import accept_offer, rewrite
from pol.partnership.agreements.services.signing import sign_for_stall
from pol.partnership.allocation.models import Offer
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.slots.models import CallCharge
from pol.partnership.slots.rules import Bearer, ChargeBasis, ChargeKind
from pol.stalls.models import Stall
from pol.stalls.rules import Seat
from tests.factories.partnership import make_shelf, make_store
from tests.factories.traders import make_keeper
from tests.partnership.agreements.scene import Pact
from tests.partnership.offers.scene import make_scene

BOTH = (Bearer.PRODUCER, Bearer.RETAILER)


def test_accepting_drafts_an_agreement_on_the_terms_of_the_call(
    session: Session, now: datetime
) -> None:
    pact = Pact(now)
    agreement, call = pact.agreement, pact.scene.call
    assert agreement.status is S.DRAFT
    assert (agreement.margin_bp, agreement.payment_days) == (call.margin_bp, call.payment_days)
    assert (agreement.from_on, agreement.until_on) == (date(2026, 3, 2), call.until_on)
    assert agreement.price == pact.application.price
    assert pact.place.agreement_id == agreement.id
    assert agreement.text_sha256 == fingerprint(agreement.text)
    assert {rule["code"] for rule in agreement.rules} >= {"PMD23-11-BIAYA", "PP112-8-DENDA"}
    link = f"/peritel/perjanjian/{agreement.number}"
    assert session.scalars(select(Notice.link).where(Notice.link == link)).all() == [link]


def test_its_text_writes_phone_numbers_as_people_do(session: Session, now: datetime) -> None:
    pact = Pact(now)
    signed = fingerprint(pact.agreement.text)
    stall = session.get_one(Stall, pact.agreement.stall_id)
    stall.phone, pact.scene.retailer.phone = "+6281234567890", "+62322123456"
    assert fingerprint(pact.agreement.text) == signed
    rewrite(pact.agreement)
    assert "telepon 0812-3456-7890" in pact.agreement.text
    assert "telepon 0322-1234-56" in pact.agreement.text
    assert pact.agreement.text_sha256 == fingerprint(pact.agreement.text)


def test_all_stores_of_an_application_share_one_agreement(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    one = scene.apply()
    first_id = scene.store.id
    scene.place(one, x_mm=0)
    second = make_store(scene.retailer, name="Toko Contoh Paciran")
    scene.store, scene.shelf = second, make_shelf(second)
    scene.place(one, x_mm=100)
    scene.open(now)
    offers = [scene.offer_of(one, store_id=store_id) for store_id in (second.id, first_id)]
    first, again = (accept_offer(offer=o, actor_id=scene.buyer.id, now=now) for o in offers)
    assert first is again
    assert "Toko Contoh Paciran" in again.text
    assert "Toko Contoh Babat" in again.text


def test_a_store_that_comes_after_a_signature_gets_its_own(session: Session, now: datetime) -> None:
    pact = Pact(now)
    pact.sign(Bearer.RETAILER, now)
    scene, signed = pact.scene, pact.agreement.text_sha256
    scene.store = make_store(scene.retailer)
    scene.shelf = make_shelf(scene.store)
    offer = Offer(
        number="TW-SUSULAN",
        run_id=scene.run.id,
        application_id=pact.application.id,
        stall_id=pact.application.stall_id,
        store_id=scene.store.id,
        shelf_id=scene.shelf.id,
        x_mm=0,
        facings=1,
        status=OfferStatus.OFFERED,
    )
    session.add(offer)
    session.flush()
    late = accept_offer(offer=offer, actor_id=pact.producer.id, now=now)
    assert late is not pact.agreement
    assert pact.agreement.text_sha256 == signed
    assert late.application_id == pact.application.id


@pytest.mark.parametrize("order", [BOTH, BOTH[::-1]])
def test_both_sign_in_any_order_and_it_is_in_force(
    session: Session, now: datetime, order: tuple[Bearer, ...]
) -> None:
    pact = Pact(now)
    pact.sign(order[0], now)
    assert pact.is_now(S.DRAFT)
    pact.sign(order[1], now)
    assert (pact.agreement.status, pact.agreement.in_force_at) == (S.IN_FORCE, now)
    rows = queries.list_signatures(pact.agreement.id)
    assert {row.text_sha256 for row in rows} == {pact.agreement.text_sha256}
    assert {row.typed_name for row in rows} == {pact.producer.name, pact.buyer.name}
    signed = AuditEntry.action == "agreement.signed"
    assert session.scalar(select(func.count()).where(signed)) == 2


def test_a_signed_agreement_begins_on_its_day(session: Session, now: datetime) -> None:
    pact = Pact(now, from_on=date(2026, 3, 10))
    pact.sign_both(now)
    assert pact.is_now(S.SIGNED)
    assert begin_agreements(now=now + timedelta(days=7)) == 0
    assert begin_agreements(now=now + timedelta(days=8)) == 1
    assert begin_agreements(now=now + timedelta(days=8)) == 0
    assert pact.is_now(S.IN_FORCE)


def test_a_name_must_be_ones_own(session: Session, now: datetime) -> None:
    pact = Pact(now)
    with pytest.raises(NameDiffers, match=pact.producer.name):
        pact.sign(Bearer.PRODUCER, now, typed_name="Orang Lain")
    pact.sign(Bearer.PRODUCER, now, typed_name=f"  {pact.producer.name.upper()} ")
    assert session.scalar(select(func.count()).select_from(Signature)) == 1


def test_a_helper_does_not_bind_the_stall(session: Session, now: datetime) -> None:
    pact = Pact(now)
    stall = session.get_one(Stall, pact.application.stall_id)
    helper = make_keeper(stall, seat=Seat.HELPER)
    said = {"typed_name": helper.name, "read_sha256": pact.agreement.text_sha256}
    with pytest.raises(OwnerSigns):
        sign_for_stall(agreement=pact.agreement, user_id=helper.id, now=now, **said)
    said["typed_name"] = pact.producer.name
    sign_for_stall(agreement=pact.agreement, user_id=pact.producer.id, now=now, **said)
    assert [row.side for row in queries.list_signatures(pact.agreement.id)] == [Bearer.PRODUCER]


def test_nobody_signs_twice_or_what_they_have_not_read(session: Session, now: datetime) -> None:
    pact = Pact(now)
    with pytest.raises(TextChanged):
        pact.sign(Bearer.PRODUCER, now, read_sha256="0" * 64)
    pact.sign(Bearer.PRODUCER, now)
    with pytest.raises(AlreadySigned):
        pact.sign(Bearer.PRODUCER, now)
    pact.sign(Bearer.RETAILER, now)
    pact.agreement.status = S.ENDED
    with pytest.raises(AlreadySigned):
        pact.sign(Bearer.RETAILER, now)


def test_other_terms_need_a_reason_that_both_read(session: Session, now: datetime) -> None:
    pact = Pact(now)
    pact.agreement.margin_bp = 2_000
    rewrite(pact.agreement)
    with pytest.raises(TermsDiffer, match="bagian toko"):
        pact.sign(Bearer.PRODUCER, now)
    with pytest.raises(ChangeReasonNeeded):
        pact.change(" ", now)
    pact.change("Toko baru, ongkos lebih tinggi", now)
    assert "Toko baru, ongkos lebih tinggi" in pact.agreement.text
    pact.sign_both(now)
    assert pact.is_now(S.IN_FORCE)


def test_terms_stay_once_one_side_has_signed(session: Session, now: datetime) -> None:
    pact = Pact(now)
    pact.sign(Bearer.PRODUCER, now)
    with pytest.raises(TermsFrozen):
        pact.change("Ingin lebih", now)
    pact.sign(Bearer.RETAILER, now)
    with pytest.raises(NotToSign):
        pact.change("Ingin lebih", now)


def test_terms_that_break_a_rule_are_not_signed(session: Session, now: datetime) -> None:
    pact = Pact(now, short_fine_bp=500, late_fine_bp=100)
    with pytest.raises(TermsBreakRule, match=r"PP112-8-DENDA \(Perpres 112/2007.*Naikkan denda"):
        pact.sign(Bearer.PRODUCER, now)


def test_what_a_call_was_published_with_for_a_reason_may_be_signed(
    session: Session, now: datetime
) -> None:
    pact = Pact(
        now,
        short_fine_bp=500,
        late_fine_bp=100,
        findings=[{"code": "PP112-8-DENDA"}],
        stated_reason="Disepakati asosiasi",
    )
    pact.sign_both(now)
    assert pact.is_now(S.IN_FORCE)


def test_charges_are_copied_and_the_list_is_closed(session: Session, now: datetime) -> None:
    scene = make_scene(now)
    session.add(
        CallCharge(
            call_id=scene.call.id,
            kind=ChargeKind.PROMOTION,
            basis=ChargeBasis.SHARE_OF_SALES,
            name="Brosur promosi",
            amount=Rupiah(0),
            share_bp=250,
        )
    )
    one = scene.apply()
    scene.place(one, x_mm=0)
    scene.open(now)
    agreement = accept_offer(offer=scene.offer_of(one), actor_id=scene.buyer.id, now=now)
    (copied,) = list_charges(agreement.id)
    assert (copied.name, copied.share_bp) == ("Brosur promosi", 250)
    assert "Brosur promosi: 2,5 % dari penjualan." in agreement.text
    assert "Daftar ini tertutup" in agreement.text


def test_each_side_finds_its_own(session: Session, now: datetime) -> None:
    pact = Pact(now)
    number, stall_id = pact.agreement.number, pact.application.stall_id
    retailer_id = pact.scene.retailer.id
    mine = queries.get_agreement_of_stall(number=number, stall_id=stall_id)
    assert (mine.stores, mine.signed, mine.status) == (1, frozenset(), S.DRAFT)
    assert queries.get_agreement_of_retailer(number=number, retailer_id=retailer_id) == mine
    assert queries.list_agreements_of_stall(stall_id=stall_id).rows == [mine]
    found = queries.list_agreements_of_retailer(retailer_id=retailer_id, words="keripik")
    assert found.rows == [mine]
    assert not queries.count_agreements_of_retailer(retailer_id=retailer_id, words="batik")
    assert queries.get_text(mine.id).text == pact.agreement.text
    assert queries.count_to_sign(side=Bearer.PRODUCER, stall_id=stall_id) == 1
    pact.sign(Bearer.PRODUCER, now)
    assert queries.count_to_sign(side=Bearer.PRODUCER, stall_id=stall_id) == 0
    assert queries.count_to_sign(side=Bearer.RETAILER, retailer_id=retailer_id) == 1
    assert queries.lock_agreement_of_stall(number=number, stall_id=stall_id) is pact.agreement


def test_nobody_finds_what_is_others(session: Session, now: datetime) -> None:
    number, other = Pact(now).agreement.number, Pact(now)
    not_theirs = other.application.stall_id, other.scene.retailer.id
    with pytest.raises(NotFound):
        queries.get_agreement_of_stall(number=number, stall_id=not_theirs[0])
    with pytest.raises(NotFound):
        queries.lock_agreement_of_stall(number=number, stall_id=not_theirs[0])
    with pytest.raises(NotFound):
        queries.get_agreement_of_retailer(number=number, retailer_id=not_theirs[1])
    with pytest.raises(NotFound):
        queries.lock_agreement_of_retailer(number=number, retailer_id=not_theirs[1])
    assert session.scalar(select(func.count()).select_from(Agreement)) == 2
