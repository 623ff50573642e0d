"""The courier's page of money for customers."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.money import ZERO
from pol.payments.models import RefundDue
from pol.payments.rules import RefundAlreadyDone, RefundStatus
from pol.payments.rules import refunds as rules
from tests.factories.people import give_role, make_person
from tests.orders.checks import balance_of
from tests.orders.test_refunding import Scene, make_scene
from tests.rig.client import Browser
from tests.rig.pages import Page

URL = "/kurir/pengembalian"


@pytest.fixture
def scene(session: Session, client: Browser, now: datetime) -> Scene:
    scene = make_scene(now)
    client.log_in(scene.courier)
    return scene


def test_nothing_to_bring_says_so(client: Browser, scene: Scene) -> None:
    assert "Tidak ada uang untuk pembeli" in Page(client.get(URL)).text
    assert URL not in Page(client.get("/kurir")).links()


def test_the_courier_sees_to_whom_and_notes_who_took_it(
    client: Browser, scene: Scene, now: datetime
) -> None:
    scene.hand_out(now)
    assert URL in Page(client.get("/kurir")).links()
    assert URL in Page(client.get("/kurir/setoran")).links()
    page = Page(client.get(URL))
    assert "Jalan Veteran 5" in page.text
    assert str(scene.refund.amount) in page.texts("b.price")
    form = page.form(f"{URL}/{scene.refund.id}/diserahkan")
    wrong = Page(client.send(form, receiver=" "))
    assert (wrong.status, list(wrong.errors)) == (422, ["receiver"])
    done = Page(client.send(form, receiver="Bu Rini"))
    assert "Dicatat diserahkan. Pembeli dikabari." in done.messages
    assert RefundAlreadyDone.message in Page(client.send(form, receiver="Bu Rini")).messages
    assert balance_of(f"cash:courier:{scene.courier.id}") == ZERO
    assert scene.refund.status is RefundStatus.DONE
    client.log_in(scene.officer)
    listed = Page(client.get("/petugas/pengembalian")).text
    assert "lewat kurir Kurir Joko, diterima Bu Rini" in listed


def test_nobody_there_brings_it_back_to_the_list(
    client: Browser, scene: Scene, now: datetime
) -> None:
    scene.hand_out(now)
    form = Page(client.get(URL)).form(f"{URL}/{scene.refund.id}/kembali")
    wrong = Page(client.send(form, reason=""))
    assert (wrong.status, list(wrong.errors)) == (422, ["reason"])
    done = Page(client.send(form, reason="Rumah kosong"))
    assert "Dicatat belum diserahkan. Setorkan uangnya ke petugas." in done.messages
    again = Page(client.send(form, reason="Rumah kosong"))
    assert rules.RefundNotCarried.message in again.messages
    assert str(scene.refund.amount) in Page(client.get("/kurir/setoran")).text
    client.log_in(scene.officer)
    listed = Page(client.get("/petugas/pengembalian"))
    assert "Ikan habis" not in listed.text
    assert "Rumah kosong" in listed.text


def test_another_courier_finds_nothing(
    client: Browser, scene: Scene, session: Session, now: datetime
) -> None:
    scene.hand_out(now)
    client.log_in(stranger := courier_like(scene))
    assert str(scene.refund.amount) not in Page(client.get(URL)).text
    address = f"{URL}/{scene.refund.id}/diserahkan"
    assert client.submit(address, receiver="Saya", seen="1").status_code == 404
    due = session.scalars(select(RefundDue)).one()
    assert (due.status, due.courier_id == stranger.id) == (RefundStatus.DUE, False)


def courier_like(scene: Scene) -> User:
    """Give another courier of the same market."""
    courier = make_person("Kurir Lain")
    give_role(courier, Role.COURIER, market_id=scene.market.id)
    return courier
