"""Stores before the Dinas: seen with their permit, verified, sent back, suspended."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.files.rules import PictureUse
from pol.files.services import store_files
from pol.partnership.slots.models import Store
from pol.partnership.slots.rules import RetailSeat, StoreStatus
from tests.access.town import _drawn as drawn
from tests.factories.partnership import make_member
from tests.partnership.slots.shop import Shop, make_dinas, make_shop
from tests.rig.client import Browser
from tests.rig.pages import Page

QUEUE = "/dinas/toko"


@pytest.fixture
def shop(client: Browser, session: Session, now: datetime) -> Shop:
    shop = make_shop()
    shop.store.status, shop.store.submitted_at = StoreStatus.SUBMITTED, now
    client.log_in(make_dinas())
    return shop


def status_of(session: Session, shop: Shop) -> StoreStatus:
    session.expire_all()
    return session.get_one(Store, shop.store.id).status


def test_the_queue_holds_what_waits(client: Browser, shop: Shop) -> None:
    page = Page(client.get(QUEUE))
    assert page.texts(".rows .row__title") == [shop.store.name]
    assert page.texts(".tabs [aria-current]") == ["Menunggu Dinas 1"]
    assert "Tidak ada toko di sini" in Page(client.get(f"{QUEUE}?status=suspended")).text
    assert "Tidak ada toko di sini" in Page(client.get(f"{QUEUE}?q=zzz")).text
    assert Page(client.get(f"{QUEUE}?status=apa&q=swalayan")).texts(".row__title")
    assert client.get(f"{QUEUE}/tidak-ada").status_code == 404


def test_a_store_is_verified(client: Browser, shop: Shop, session: Session) -> None:
    here = f"{QUEUE}/{shop.store.slug}"
    page = Page(client.send(Page(client.get(here)).form(f"{here}/verifikasi")))
    assert "Toko terverifikasi. Peritel diberi tahu." in page.messages
    assert status_of(session, shop) is StoreStatus.VERIFIED


def test_a_no_needs_a_reason(client: Browser, shop: Shop, session: Session) -> None:
    here = f"{QUEUE}/{shop.store.slug}"
    form = Page(client.get(here)).form(f"{here}/kembalikan")
    page = Page(client.send(form))
    assert page.status == 422
    assert "Tulis alasannya" in page.errors["reason"]
    client.send(form, reason="Foto izinnya buram")
    assert status_of(session, shop) is StoreStatus.DRAFT
    assert "Menunggu peritel mengirim" in Page(client.get(here)).text


def test_a_verified_store_is_suspended_and_taken_back(
    client: Browser, shop: Shop, session: Session
) -> None:
    here = f"{QUEUE}/{shop.store.slug}"
    shop.store.status = StoreStatus.VERIFIED
    session.commit()
    form = Page(client.get(here)).form(f"{here}/hentikan")
    assert Page(client.send(form)).status == 422
    page = Page(client.send(form, reason="Izin dicabut"))
    assert "Izin dicabut" in page.text
    assert status_of(session, shop) is StoreStatus.SUSPENDED
    client.send(Page(client.get(here)).form(f"{here}/verifikasi"))
    assert status_of(session, shop) is StoreStatus.VERIFIED


def test_the_permit_is_seen_by_the_dinas_and_the_retailer_only(
    client: Browser, shop: Shop, session: Session, now: datetime
) -> None:
    key = store_files(
        drawn(), size=(400, 400), use=PictureUse.PERMIT, owner_id=shop.owner.id, now=now
    )
    shop.store.permit_picture_key = key
    colleague = make_member(shop.retailer, seat=RetailSeat.BUYER)
    stranger = make_shop("Toko lain").owner
    session.commit()
    page = Page(client.get(f"{QUEUE}/{shop.store.slug}"))
    assert f"/gambar/{key}-800.jpg" in page.links()
    seen = {}
    for name, person in (("dinas", None), ("colleague", colleague), ("stranger", stranger)):
        if person is not None:
            client.log_in(person)
        seen[name] = client.get(f"/gambar/{key}-320.jpg").status_code
    assert seen == {"dinas": 200, "colleague": 200, "stranger": 404}


def test_nobody_decides_about_the_own_store(client: Browser, shop: Shop, session: Session) -> None:
    officer = make_dinas()
    make_member(shop.retailer, seat=RetailSeat.BUYER, person=officer)
    session.commit()
    client.log_in(officer)
    assert (
        "petugas lain yang harus memutuskan" in Page(client.get(f"{QUEUE}/{shop.store.slug}")).text
    )
