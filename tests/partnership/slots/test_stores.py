"""Retailers and stores: one permit for one store, decided by somebody else, told with a reason."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound, Refused
from pol.notices.models import Notice
from pol.partnership.slots.models import RetailMember, Store
from pol.partnership.slots.queries import stores as queries
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from pol.partnership.slots.rules import store as rules
from pol.partnership.slots.services import retailers, stores
from pol.partnership.slots.services.stores import StoreFacts
from tests.factories.catalogue import SIDOHARJO
from tests.factories.partnership import make_member, make_retailer, make_store
from tests.factories.people import make_person
from tests.partnership.slots.shop import Shop, make_dinas, make_shop

FACTS = StoreFacts(
    name="Swalayan Contoh Paciran",
    permit_number="IUTS-1/2026",
    permit_expires_on=date(2027, 5, 1),
    village_code=SIDOHARJO,
    address="Jalan Daendels 5",
    phone="+6281234567890",
    all_shelves_mm=180_500,
    permit_picture_key="k" * 20,
)


def opened(shop: Shop, now: datetime, facts: StoreFacts = FACTS) -> Store:
    return stores.open_store(
        retailer_id=shop.retailer.id, facts=facts, actor_id=shop.owner.id, now=now
    )


@pytest.mark.parametrize("nib", ["", "123", "12345678901234", "12345678901a3", "١٢٣٤٥٦٧٨٩٠١٢٣"])
def test_a_business_number_has_thirteen_digits(nib: str) -> None:
    with pytest.raises(rules.NibUnreadable):
        rules.check_nib(nib)


def test_whoever_registers_a_retailer_owns_it(session: Session, now: datetime) -> None:
    person = make_person("Bu Pemilik Contoh")
    retailer = retailers.register_retailer(
        name="Swalayan Contoh", nib="9120001234567", phone=person.phone, owner_id=person.id, now=now
    )
    (row,) = queries.list_colleagues(retailer_id=retailer.id)
    assert (row.user_id, row.seat, retailer.slug) == (
        person.id,
        RetailSeat.OWNER,
        "swalayan-contoh",
    )


def test_a_business_is_registered_once_and_a_person_has_one(
    session: Session, now: datetime
) -> None:
    shop = make_shop()

    def register(nib: str, owner_id: int) -> None:
        retailers.register_retailer(name="Lain", nib=nib, phone="+6281", owner_id=owner_id, now=now)

    with pytest.raises(rules.NibTaken):
        register(shop.retailer.nib, make_person("Orang lain").id)
    with pytest.raises(rules.WorksElsewhere, match=shop.retailer.name):
        register("9120001234567", shop.owner.id)


def test_only_the_owner_chooses_colleagues_and_a_clerk_has_a_store(
    session: Session, now: datetime
) -> None:
    shop, person = make_shop(), make_person("Rekan Contoh")

    def add(**other: object) -> int:
        values = {
            "retailer_id": shop.retailer.id,
            "phone": person.phone,
            "seat": RetailSeat.CLERK,
            "store_id": shop.store.id,
            "actor_id": shop.owner.id,
            "now": now,
        }
        return retailers.add_colleague(**values | other)  # type: ignore[arg-type]

    with pytest.raises(rules.RetailOwnerOnly):
        add(actor_id=shop.clerk.id)
    with pytest.raises(rules.ClerkWithoutStore):
        add(store_id=None)
    with pytest.raises(rules.ColleagueUnknown):
        add(phone="+62899999999")
    with pytest.raises(rules.WorksElsewhere):
        add(phone=shop.clerk.phone)
    with pytest.raises(NotFound):
        add(store_id=make_store().id)
    assert add() == person.id
    assert session.get_one(RetailMember, (shop.retailer.id, person.id)).store_id == shop.store.id
    remove = {"retailer_id": shop.retailer.id, "now": now}
    with pytest.raises(NotFound):
        retailers.remove_colleague(user_id=shop.owner.id, actor_id=shop.owner.id, **remove)  # type: ignore[arg-type]
    retailers.remove_colleague(user_id=person.id, actor_id=shop.owner.id, **remove)  # type: ignore[arg-type]
    assert person.id not in {
        row.user_id for row in queries.list_colleagues(retailer_id=shop.retailer.id)
    }


def test_one_permit_is_one_store(session: Session, now: datetime) -> None:
    shop = make_shop()
    store = opened(shop, now)
    assert (store.status, store.kecamatan_code) == (StoreStatus.DRAFT, SIDOHARJO[:8])
    with pytest.raises(rules.PermitTaken):
        opened(shop, now)
    with pytest.raises(rules.StorePermitExpired):
        opened(shop, now, replace(FACTS, permit_number="X", permit_expires_on=date(2026, 3, 1)))


def test_a_store_is_sent_once_with_a_permit_to_look_at(session: Session, now: datetime) -> None:
    shop = make_shop()
    bare = opened(shop, now, replace(FACTS, permit_number="X", permit_picture_key=None))
    with pytest.raises(rules.StorePermitUnseen):
        stores.submit_store(store=bare, actor_id=shop.owner.id, now=now)
    store = opened(shop, now)
    stores.submit_store(store=store, actor_id=shop.owner.id, now=now)
    assert (store.status, store.submitted_at) == (StoreStatus.SUBMITTED, now)
    with pytest.raises(rules.StoreAlreadySent):
        stores.submit_store(store=store, actor_id=shop.owner.id, now=now)


def test_the_dinas_verifies_and_tells_those_who_decide(session: Session, now: datetime) -> None:
    shop, officer = make_shop(), make_dinas()
    store = opened(shop, now)
    with pytest.raises(rules.StoreDecided):
        stores.verify_store(store=store, officer_id=officer.id, now=now)
    stores.submit_store(store=store, actor_id=shop.owner.id, now=now)
    stores.verify_store(store=store, officer_id=officer.id, now=now)
    assert (store.status, store.verified_by_id) == (StoreStatus.VERIFIED, officer.id)
    notices = session.scalars(select(Notice)).all()
    assert [(one.user_id, one.link) for one in notices] == [
        (shop.owner.id, f"/peritel/toko/{store.slug}")
    ]


def test_a_no_has_a_reason(session: Session, now: datetime) -> None:
    shop, officer = make_shop(), make_dinas()
    waiting = opened(shop, now)
    stores.submit_store(store=waiting, actor_id=shop.owner.id, now=now)
    with pytest.raises(rules.StoreReasonMissing):
        stores.return_store(store=waiting, officer_id=officer.id, reason="  ", now=now)
    stores.return_store(store=waiting, officer_id=officer.id, reason="Foto buram", now=now)
    assert (waiting.status, waiting.status_reason) == (StoreStatus.DRAFT, "Foto buram")
    stores.suspend_store(store=shop.store, officer_id=officer.id, reason="Izin palsu", now=now)
    assert shop.store.status is StoreStatus.SUSPENDED
    bodies = set(session.scalars(select(Notice.body)))
    assert bodies == {"Kata petugas Dinas: Foto buram", "Kata petugas Dinas: Izin palsu"}


def test_nobody_decides_about_the_own_store(session: Session, now: datetime) -> None:
    shop, officer = make_shop(), make_dinas()
    make_member(shop.retailer, seat=RetailSeat.BUYER, person=officer)
    with pytest.raises(rules.OwnStore):
        stores.suspend_store(store=shop.store, officer_id=officer.id, reason="Iseng", now=now)


def test_another_permit_is_looked_at_again_another_phone_is_not(
    session: Session, now: datetime
) -> None:
    shop, officer = make_shop(), make_dinas()
    store = opened(shop, now)
    stores.submit_store(store=store, actor_id=shop.owner.id, now=now)
    stores.verify_store(store=store, officer_id=officer.id, now=now)

    def update(facts: StoreFacts) -> StoreStatus:
        stores.update_store(store=store, facts=facts, actor_id=shop.owner.id, now=now)
        return store.status

    kept = replace(FACTS, permit_picture_key=None)
    assert update(replace(kept, phone="+6281111111111")) is StoreStatus.VERIFIED
    assert store.permit_picture_key == FACTS.permit_picture_key
    assert update(replace(kept, permit_number="IUTS-2/2026")) is StoreStatus.SUBMITTED


def test_a_store_is_found_by_those_who_work_there_only(session: Session) -> None:
    shop, other = make_shop(), make_store(make_retailer())
    second = make_store(shop.retailer, name="Toko kedua")
    mine = {"retailer_id": shop.retailer.id}
    assert queries.get_store_of_retailer(slug=second.slug, **mine).name == "Toko kedua"
    for slug, store_id in ((other.slug, None), (second.slug, shop.store.id)):
        with pytest.raises(NotFound):
            queries.get_store_of_retailer(slug=slug, store_id=store_id, **mine)
    with pytest.raises(NotFound):
        queries.get_retailer(retailer_id=987_654)
    assert issubclass(rules.PermitTaken, Refused)
