"""How agreements end: by the day, by notice, before they begin; and what may follow them."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.localtime import at_local
from pol.kernel.money import ZERO, Rupiah
from pol.notices.models import Notice
from pol.partnership.agreements.rules import AgreementStatus as S
from pol.partnership.agreements.rules.ending import (
    AgreementNotInForce,
    AgreementOver,
    LastDayTooLate,
    NotCountedYet,
    NoticeGiven,
    NoticeReasonNeeded,
    NoticeTooShort,
    StillInForce,
    StillOnShelf,
    StillOwed,
)
from pol.partnership.agreements.rules.following import (
    FacingsOutside,
    FollowsTooShort,
    NothingToFollow,
)
from pol.partnership.agreements.rules.signing import SIGN_DAYS, TooLateToSign
from pol.partnership.agreements.services.clockwork import (
    announce_ends,
    call_off_unsigned,
    end_agreements,
)
from pol.partnership.agreements.services.ending import (
    call_off,
    free_placement,
    give_notice,
    open_place,
)
from pol.partnership.agreements.services.following import renew, resize
from pol.partnership.allocation.rules.statuses import OfferStatus
from pol.partnership.slots.rules import Bearer, PlacementStatus
from pol.partnership.slots.rules.holding import NothingLeft, PlaceHeld, PlaceWithoutAgreement
from tests.factories.partnership import UNTIL, make_agreement, make_placement
from tests.partnership.agreements.scene import Pact

LAST = date(2026, 4, 30)


@pytest.fixture
def pact(session: Session, now: datetime) -> Pact:
    pact = Pact(now)
    pact.sign_both(now)
    return pact


def _notice(pact: Pact, now: datetime, last_day: date = LAST, reason: str = "Pindah") -> None:
    give_notice(
        agreement=pact.agreement,
        last_day=last_day,
        reason=reason,
        actor_id=pact.producer.id,
        now=now,
    )


def _free(
    pact: Pact,
    now: datetime,
    *,
    stock: int = 0,
    balance: Rupiah = ZERO,
    uncounted_since: date | None = None,
) -> None:
    free_placement(
        placement=pact.place,
        stock=stock,
        balance=balance,
        uncounted_since=uncounted_since,
        reason="Hitung akhir selesai",
        actor_id=pact.buyer.id,
        now=now,
    )


def test_notice_ends_an_agreement_on_the_day_it_named(pact: Pact, now: datetime) -> None:
    _notice(pact, now)
    assert end_agreements(now=datetime(2026, 4, 30, 16, 59, tzinfo=now.tzinfo)) == 0
    assert pact.is_now(S.IN_FORCE)
    assert end_agreements(now=datetime(2026, 4, 30, 17, 0, tzinfo=now.tzinfo)) == 1
    assert pact.is_now(S.TERMINATED)
    assert pact.agreement.ended_reason == "Pindah"
    assert pact.place.status is PlacementStatus.RESERVED


@pytest.mark.parametrize(
    ("last_day", "reason", "refusal"),
    [
        (LAST, " ", NoticeReasonNeeded),
        (date(2026, 3, 31), "Pindah", NoticeTooShort),
        (UNTIL - timedelta(days=1), "Pindah", LastDayTooLate),
    ],
)
def test_notice_needs_time_and_a_reason(
    pact: Pact, now: datetime, last_day: date, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _notice(pact, now, last_day, reason)


def test_notice_is_given_once_and_not_after_the_end(pact: Pact, now: datetime) -> None:
    _notice(pact, now, date(2026, 4, 1))
    with pytest.raises(NoticeGiven, match="01-04-2026"):
        _notice(pact, now)
    end_agreements(now=now + timedelta(days=60))
    with pytest.raises(AgreementOver):
        _notice(pact, now)
    with pytest.raises(AgreementOver):
        call_off(agreement=pact.agreement, reason="Batal", actor_id=pact.buyer.id, now=now)


def test_the_last_day_ends_an_agreement(pact: Pact, now: datetime) -> None:
    assert end_agreements(now=now.replace(year=2027, month=1, day=1)) == 1
    assert pact.is_now(S.ENDED)


def test_both_sides_are_told_once_before_the_end(
    session: Session, pact: Pact, now: datetime
) -> None:
    assert announce_ends(now=now) == 0
    day_of_notice = datetime(2026, 12, 2, 5, tzinfo=now.tzinfo)
    assert announce_ends(now=day_of_notice - timedelta(days=1)) == 0
    assert announce_ends(now=day_of_notice) == 1
    assert announce_ends(now=day_of_notice) == 0
    title = f"Perjanjian {pact.agreement.number} berakhir 31-12-2026"
    told = session.scalars(select(Notice).where(Notice.title == title)).all()
    assert {notice.user_id for notice in told} == {pact.producer.id, pact.buyer.id}
    assert "tidak diperpanjang dengan sendirinya" in told[0].body


def test_a_draft_is_called_off_and_its_place_goes_to_the_next(
    session: Session, now: datetime
) -> None:
    pact = Pact(now)
    other = pact.scene.apply()
    pact.scene.wait(other)
    with pytest.raises(NoticeReasonNeeded):
        call_off(agreement=pact.agreement, reason="", actor_id=pact.buyer.id, now=now)
    call_off(agreement=pact.agreement, reason="Salah toko", actor_id=pact.buyer.id, now=now)
    assert pact.is_now(S.TERMINATED)
    assert pact.place.status is PlacementStatus.ENDED
    assert pact.scene.statuses(other) == [OfferStatus.OFFERED]


def test_a_draft_that_nobody_signs_is_called_off_by_the_clock(
    session: Session, now: datetime
) -> None:
    pact = Pact(now)
    other = pact.scene.apply()
    pact.scene.wait(other)
    pact.sign(Bearer.PRODUCER, now)
    last, too_late = now + timedelta(days=SIGN_DAYS), now + timedelta(days=SIGN_DAYS + 1)
    assert call_off_unsigned(now=last) == 0
    with pytest.raises(TooLateToSign):
        pact.sign(Bearer.RETAILER, too_late)
    assert [call_off_unsigned(now=too_late) for _ in range(2)] == [1, 0]
    assert pact.is_now(S.TERMINATED)
    assert pact.agreement.ended_by_id is None
    assert "Belum ditandatangani kedua pihak" in (pact.agreement.ended_reason or "")
    assert pact.place.status is PlacementStatus.ENDED
    assert pact.scene.statuses(other) == [OfferStatus.OFFERED]


def test_what_goes_on_may_be_signed_until_it_begins(pact: Pact, now: datetime) -> None:
    after = renew(placement=pact.place, until_on=date(2027, 7, 1), now=now)
    follows, begins = pact.agreement_of(after), UNTIL
    assert (follows.status, follows.from_on) == (S.DRAFT, begins)
    for days, called_off in ((0, 0), (1, 1)):
        assert call_off_unsigned(now=at_local(begins + timedelta(days=days), 600)) == called_off
    assert follows.status is S.TERMINATED
    assert pact.place.status is PlacementStatus.RESERVED


def test_an_agreement_ends_with_its_last_place(pact: Pact, now: datetime) -> None:
    """A rent has nothing to be paid for any more."""
    second = make_placement(pact.application, pact.scene.shelf, x_mm=500, agreement=pact.agreement)
    _free(pact, now)
    assert pact.is_now(S.IN_FORCE)
    pact.place = second
    _free(pact, now)
    assert (pact.agreement.status, pact.agreement.ended_at) == (S.TERMINATED, now)


def test_what_is_in_force_is_not_called_off(pact: Pact, now: datetime) -> None:
    with pytest.raises(StillInForce):
        call_off(agreement=pact.agreement, reason="Batal", actor_id=pact.buyer.id, now=now)


def test_a_place_is_freed_only_when_it_is_empty_and_paid_for(pact: Pact, now: datetime) -> None:
    with pytest.raises(StillOnShelf, match="3 buah"):
        _free(pact, now, stock=3)
    with pytest.raises(StillOwed, match=r"Rp12\.000"):
        _free(pact, now, balance=Rupiah(12_000))
    with pytest.raises(StillOwed):
        _free(pact, now, balance=Rupiah(-500))
    with pytest.raises(NotCountedYet, match="30-04-2026"):
        _free(pact, now, uncounted_since=LAST)
    _free(pact, now)
    assert pact.place.status is PlacementStatus.ENDED


def test_goods_open_a_place_only_under_an_agreement_in_force(
    session: Session, now: datetime
) -> None:
    pact = Pact(now)
    with pytest.raises(AgreementNotInForce, match=pact.agreement.number):
        open_place(placement=pact.place, now=now)
    pact.sign(Bearer.PRODUCER, now)
    with pytest.raises(AgreementNotInForce):
        open_place(placement=pact.place, now=now)
    pact.sign(Bearer.RETAILER, now)
    open_place(placement=pact.place, now=now)
    assert pact.place.status is PlacementStatus.LIVE
    pact.place.agreement_id = None
    with pytest.raises(PlaceWithoutAgreement):
        open_place(placement=pact.place, now=now)


def test_a_renewal_holds_the_place_and_waits_for_two_signatures(pact: Pact, now: datetime) -> None:
    following = renew(placement=pact.place, until_on=date(2028, 1, 1), now=now)
    assert (following.from_on, following.x_mm) == (pact.place.until_on, pact.place.x_mm)
    first, pact.agreement = pact.agreement, pact.agreement_of(following)
    assert pact.agreement.follows_id == first.id
    assert pact.is_now(S.DRAFT)
    pact.sign_both(now)
    assert pact.is_now(S.SIGNED)
    assert first.status is S.IN_FORCE


def test_a_renewal_must_go_on_and_find_the_place_free(
    session: Session, pact: Pact, now: datetime
) -> None:
    with pytest.raises(FollowsTooShort):
        renew(placement=pact.place, until_on=UNTIL, now=now)
    other = pact.scene.apply()
    make_placement(other, pact.scene.shelf, from_on=UNTIL, until_on=date(2027, 6, 1))
    with pytest.raises(NothingLeft):
        renew(placement=pact.place, until_on=date(2028, 1, 1), now=now)


def test_nothing_follows_what_is_not_in_force(session: Session, now: datetime) -> None:
    pact = Pact(now)
    with pytest.raises(NothingToFollow):
        renew(placement=pact.place, until_on=date(2028, 1, 1), now=now)
    bare = make_placement(pact.scene.apply(), pact.scene.shelf, x_mm=500)
    with pytest.raises(NothingToFollow):
        renew(placement=bare, until_on=date(2028, 1, 1), now=now)


def test_a_place_grows_only_into_free_room(pact: Pact, now: datetime) -> None:
    other = pact.scene.apply()
    agreement = make_agreement(other, pact.scene.call)
    beside = make_placement(other, pact.scene.shelf, x_mm=290, agreement=agreement)
    with pytest.raises(PlaceHeld, match=beside.number):
        resize(placement=pact.place, facings=3, actor_id=pact.buyer.id, now=now)
    with pytest.raises(FacingsOutside, match="1 sampai 3 muka"):
        resize(placement=pact.place, facings=4, actor_id=pact.buyer.id, now=now)
    resize(placement=pact.place, facings=1, actor_id=pact.buyer.id, now=now)
    assert (pact.place.facings, pact.place.width_mm, pact.place.load_g) == (1, 140, 750)
