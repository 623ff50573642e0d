"""A retailer registers, describes stores, sends them in and names colleagues."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.partnership.slots.models import Retailer, RetailMember, Store
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from tests.factories.partnership import make_member
from tests.factories.people import make_person
from tests.partnership.slots.shop import Shop, make_shop
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def shop(client: Browser, session: Session, now: datetime) -> Shop:
    shop = make_shop()
    client.log_in(shop.owner)
    return shop


def test_a_person_registers_a_retailer(client: Browser, session: Session, now: datetime) -> None:
    person = make_person("Bu Pemilik Contoh")
    client.log_in(person)
    form = Page(client.get("/peritel/daftar")).form()
    page = Page(client.send(form, name="Swalayan Contoh", nib="12345"))
    assert page.status == 422
    assert "tepat 13 angka" in page.errors["nib"]
    page = Page(client.send(page.form(), nib="9120001234567"))
    assert "Usaha terdaftar" in page.text
    assert page.heading == "Toko dan rak"
    assert session.scalars(select(RetailMember)).one().user_id == person.id
    page = Page(client.send(form, name="Lagi", nib="9120001234568"))
    assert page.status == 422
    assert "sudah terdaftar di Swalayan Contoh" in page.text


def test_a_number_that_is_taken_is_said_beside_the_field(
    client: Browser, session: Session, now: datetime
) -> None:
    shop = make_shop()
    client.log_in(make_person("Orang lain"))
    form = Page(client.get("/peritel/daftar")).form()
    page = Page(client.send(form, name="Swalayan Contoh", nib=shop.retailer.nib))
    assert "NIB ini sudah terdaftar" in page.errors["nib"]
    assert len(session.scalars(select(Retailer)).all()) == 1


def test_a_store_is_described_and_nothing_typed_is_lost(
    client: Browser, shop: Shop, session: Session
) -> None:
    form = Page(client.get("/peritel/toko/baru")).form()
    typed: dict[str, Any] = {
        "name": "Swalayan Contoh Babat",
        "village": "Sidoharjo (Lamongan)",
        "address": "Jalan Contoh 9",
        "length": "180,5",
        "permit_number": shop.store.permit_number,
    }
    page = Page(client.send(form, **typed))
    assert page.status == 422
    assert "sudah dipakai toko lain" in page.errors["permit_number"]
    kept = page.form().values
    assert (kept["name"], kept["length"]) == ("Swalayan Contoh Babat", "180,5")
    page = Page(client.send(page.form(), permit_number="IUTS-9/2026"))
    assert page.heading == "Swalayan Contoh Babat"
    store = session.scalars(select(Store).where(Store.permit_number == "IUTS-9/2026")).one()
    assert (store.all_shelves_mm, store.status) == (180_500, StoreStatus.DRAFT)
    page = Page(client.send(page.form(f"/peritel/toko/{store.slug}/kirim")))
    assert "Potret surat izinnya dulu" in page.text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *[("length", text) for text in ("-1", "abc", "9" * 20, "999999999")],
        *[("village", text) for text in ("Zzz", "")],
        *[("permit_expires_on", text) for text in ("2020-01-01", "besok")],
        ("phone", "12"),
    ],
)
def test_wrong_input_is_answered_beside_its_field(
    client: Browser, shop: Shop, field: str, wrong: str
) -> None:
    form = Page(client.get(f"{shop.here}/ubah")).form()
    typed: dict[str, Any] = {field: wrong}
    page = Page(client.send(form, **typed))
    assert page.status == 422
    assert set(page.errors) == {field}


def test_a_store_is_changed_and_sent(client: Browser, shop: Shop, session: Session) -> None:
    shop.store.status, shop.store.permit_picture_key = StoreStatus.DRAFT, "k" * 20
    session.commit()
    form = Page(client.get(f"{shop.here}/ubah")).form()
    page = Page(client.send(form, name="Toko Baru Nama"))
    assert page.heading == "Toko Baru Nama"
    page = Page(client.send(page.form(f"{shop.here}/kirim")))
    assert "Terkirim" in page.text
    session.expire_all()
    assert session.get_one(Store, shop.store.id).status is StoreStatus.SUBMITTED


def test_a_clerk_sees_the_own_store_and_changes_nothing(client: Browser, shop: Shop) -> None:
    other = make_shop("Toko lain")
    client.log_in(shop.clerk)
    page = Page(client.get("/peritel/toko"))
    assert page.texts(".rows .row__title") == ["Toko Contoh Babat"]
    assert Page(client.get(shop.here)).forms() == []
    assert client.get(f"{shop.here}/ubah").status_code == 403
    assert client.get(other.here).status_code == 404


def test_the_list_teaches_the_first_step(client: Browser, session: Session, now: datetime) -> None:
    shop = make_shop()
    session.delete(session.get_one(RetailMember, (shop.retailer.id, shop.clerk.id)))
    session.flush()
    session.delete(session.get_one(Store, shop.store.id))
    session.commit()
    client.log_in(shop.owner)
    page = Page(client.get("/peritel/toko"))
    assert "Belum ada toko" in page.text
    assert "/peritel/toko/baru" in page.links()


def test_the_owner_adds_and_removes_colleagues(
    client: Browser, shop: Shop, session: Session
) -> None:
    person = make_person("Rekan Contoh")
    session.commit()
    form = Page(client.get("/peritel/orang")).form("/peritel/orang")
    page = Page(client.send(form, phone=person.phone, seat="clerk", store=""))
    assert page.status == 422
    assert "Pilih toko" in page.errors["store"]
    page = Page(client.send(form, phone=person.phone, seat="clerk", store=str(shop.store.id)))
    assert "Rekan ditambahkan" in page.text
    page = Page(client.send(page.form(f"/peritel/orang/{person.id}/keluarkan")))
    assert "Rekan dikeluarkan" in page.text
    assert session.get(RetailMember, (shop.retailer.id, person.id)) is None


def test_a_buyer_sees_colleagues_only(client: Browser, shop: Shop, session: Session) -> None:
    buyer = make_member(shop.retailer, seat=RetailSeat.BUYER)
    session.commit()
    client.log_in(buyer)
    assert "Hanya pemilik usaha" in Page(client.get("/peritel/orang")).text
    page = Page(client.submit("/peritel/orang", phone=buyer.phone, seat="buyer"))
    assert "Hanya pemilik usaha ritel" in page.text
