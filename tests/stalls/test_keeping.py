"""A stall as its services keep it: opened, described, told upward, written down."""

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product, SearchTerm
from pol.catalogue.rules import ProductStatus
from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.marks import take_marks
from pol.stalls.models import Stall
from pol.stalls.queries import own
from pol.stalls.rules import PermitKind, StallStatus
from pol.stalls.rules.stall import PlaceUnknown, TooManyHelpers
from pol.stalls.services import keepers, stalls
from tests.factories.catalogue import make_market, make_product, make_stall
from tests.factories.people import make_person
from tests.factories.traders import make_keeper, make_officer

PARENGAN = "35.24.10.2009"


def actions(session: Session, stall: Stall) -> list[str]:
    session.flush()
    return list(
        session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.subject == f"stall:{stall.id}")
            .order_by(AuditEntry.id)
        )
    )


def test_from_the_first_word_to_the_officers_yes(session: Session, now: datetime) -> None:
    market, owner = make_market(), make_person()
    officer = make_officer(market)
    stall = stalls.open_stall(
        market_id=market.id, owner_id=owner.id, name=" Kios Contoh ", phone="+628", now=now,
        block="B", number="4",
    )  # fmt: skip
    stalls.submit_stall(stall=stall, actor_id=owner.id, now=now)
    stalls.refuse_stall(stall=stall, officer_id=officer.id, reason="Nomor?", now=now)
    stalls.submit_stall(stall=stall, actor_id=owner.id, now=now)
    assert stall.status_reason is None
    stalls.verify_stall(stall=stall, officer_id=officer.id, now=now)
    assert (stall.status, stall.verified_by_id) == (StallStatus.VERIFIED, officer.id)
    assert stall.name == "Kios Contoh"
    steps = ["opened", "submitted", "refused", "submitted", "verified"]
    assert actions(session, stall) == [f"stall.{step}" for step in steps]
    assert own.get_owner(stall_id=stall.id).user_id == owner.id


def test_a_stall_has_a_place(session: Session, now: datetime) -> None:
    market, owner = make_market(), make_person()
    with pytest.raises(PlaceUnknown):
        stalls.open_stall(
            market_id=market.id, owner_id=owner.id, name="Kios", phone="+628", now=now
        )


def test_goods_move_with_their_stall(session: Session, now: datetime) -> None:
    stall = make_stall(make_market())
    owner, product = make_keeper(stall), make_product(stall)
    take_marks()
    stalls.update_profile(
        stall=stall, actor_id=owner.id, now=now, name="Tenun Contoh", phone=stall.phone,
        village_code=PARENGAN, address="RT 3", pickup_at_stall=False,
    )  # fmt: skip
    assert (product.kecamatan_code, product.pickup_at_stall) == ("35.24.10", False)
    terms = session.scalars(
        select(SearchTerm.term).where(SearchTerm.product_id == product.id)
    ).all()
    assert "tenun" in terms
    assert take_marks() == {"catalogue"}


def test_what_nobody_sees_yet_disturbs_nobody(session: Session, now: datetime) -> None:
    stall = make_stall(status=StallStatus.DRAFT)
    owner = make_keeper(stall)
    take_marks()
    stalls.set_hours(stall=stall, opens_minute=300, closes_minute=600, actor_id=owner.id, now=now)
    stalls.set_picture(stall=stall, picture_key="k" * 20, actor_id=owner.id, now=now)
    assert (stall.opens_minute, stall.picture_key) == (300, "k" * 20)
    assert take_marks() == set()


def test_a_vacation_is_set_and_taken_back(session: Session, now: datetime) -> None:
    stall = make_stall()
    owner = make_keeper(stall)
    days = {"vacation_from": date(2026, 3, 10), "vacation_until": date(2026, 3, 12)}
    stalls.set_vacation(stall=stall, actor_id=owner.id, now=now, **days)
    assert stall.vacation_until == date(2026, 3, 12)
    stalls.set_vacation(
        stall=stall, vacation_from=None, vacation_until=None, actor_id=owner.id, now=now
    )
    assert stall.vacation_from is None


def test_goods_are_shown_again_after_a_stop(session: Session, now: datetime) -> None:
    market = make_market()
    stall, officer = make_stall(market), make_officer(market)
    make_keeper(stall)
    shown, draft = make_product(stall), make_product(stall, name="Konsep", listed_at=None)
    draft.status = ProductStatus.DRAFT
    session.flush()
    stalls.suspend_stall(stall=stall, officer_id=officer.id, reason="Tera", now=now)
    assert listed(session) == []
    stalls.verify_stall(stall=stall, officer_id=officer.id, now=now)
    assert listed(session) == [shown.id]


def listed(session: Session) -> list[int]:
    session.flush()
    return list(session.scalars(select(Product.id).where(Product.listed_at.is_not(None))))


def test_the_eleventh_helper_is_one_too_many(session: Session, now: datetime) -> None:
    stall = make_stall()
    owner = make_keeper(stall)
    for _ in range(10):
        helper = make_person()
        keepers.add_helper(stall=stall, phone=helper.phone, actor_id=owner.id, now=now)
    with pytest.raises(TooManyHelpers):
        keepers.add_helper(stall=stall, phone=make_person().phone, actor_id=owner.id, now=now)


def test_another_stalls_permit_is_not_struck_out(session: Session, now: datetime) -> None:
    one, two = make_stall(), make_stall()
    owner = make_keeper(one)
    permit_id = keepers.add_permit(
        stall_id=one.id, kind=PermitKind.NIB, number="1", expires_on=None,
        actor_id=owner.id, now=now,
    )  # fmt: skip
    with pytest.raises(NotFound):
        keepers.remove_permit(stall_id=two.id, permit_id=permit_id, actor_id=owner.id, now=now)
    assert len(own.list_permits(stall_id=one.id)) == 1


def test_a_stall_without_an_owner_is_nobodys(session: Session, now: datetime) -> None:
    with pytest.raises(NotFound):
        own.get_owner(stall_id=make_stall().id)
