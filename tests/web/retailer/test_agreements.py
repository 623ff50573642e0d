"""A retailer's agreements: searched, changed with a reason, signed; goods marked as standing."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.agreements.rules import AgreementStatus as S
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import make_member, make_retailer, make_store
from tests.partnership.agreements.scene import Pact
from tests.partnership.offers.scene import WHY, make_scene
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/peritel/perjanjian"


@pytest.fixture
def pact(session: Session, client: Browser, now: datetime) -> Pact:
    pact = Pact(now)
    client.log_in(pact.buyer)
    return pact


def _address(pact: Pact) -> str:
    return f"{PAGE}/{pact.agreement.number}"


def test_nobody_has_agreements_at_first(session: Session, client: Browser, now: datetime) -> None:
    client.log_in(make_member(make_retailer()))
    assert "Belum ada perjanjian" in Page(client.get(PAGE)).text


def test_agreements_are_found_by_product(client: Browser, pact: Pact) -> None:
    assert "1 perjanjian" in Page(client.get(PAGE)).text
    assert pact.agreement.number in Page(client.get(f"{PAGE}?cari=tempe")).text
    assert "Tidak ada yang cocok" in Page(client.get(f"{PAGE}?cari=batik")).text


def test_both_sides_sign_and_goods_stand(client: Browser, pact: Pact, now: datetime) -> None:
    pact.sign(Bearer.PRODUCER, now)
    address = _address(pact)
    page = Page(client.get(address))
    page = Page(client.send(page.form(f"{address}/tanda-tangan"), typed_name=pact.buyer.name))
    assert "Berlaku sampai 31 Des 2026" in page.text
    place = f"{address}/tempat/{pact.place.number}/pajang"
    page = Page(client.send(page.form(place)))
    assert "Tempat dicatat sudah terpajang." in page.messages
    assert "Terpajang" in page.text


def test_goods_do_not_stand_before_the_agreement_is_in_force(client: Browser, pact: Pact) -> None:
    page = Page(client.submit(f"{_address(pact)}/tempat/{pact.place.number}/pajang"))
    assert any("belum berlaku" in said for said in page.messages)
    assert client.submit(f"{_address(pact)}/tempat/PN-LAIN/pajang").status_code == 404


def test_terms_are_changed_with_a_reason(client: Browser, pact: Pact) -> None:
    address = f"{_address(pact)}/syarat"
    form = Page(client.get(address)).form()
    assert form.values["margin"] == "15"
    page = Page(client.send(form, margin="120", reason=""))
    assert (page.status, set(page.errors)) == (422, {"margin", "reason"})
    page = Page(client.send(form, margin="12,5", reason="Panen raya"))
    assert "Syarat diubah. Kedua pihak membaca alasannya." in page.messages
    assert "Bagian toko 12,5 %" in page.text


def test_terms_stay_once_somebody_signed(client: Browser, pact: Pact, now: datetime) -> None:
    form = Page(client.get(f"{_address(pact)}/syarat")).form()
    pact.sign(Bearer.PRODUCER, now)
    page = Page(client.send(form, margin="12,5", reason="Panen raya"))
    assert page.status == 409
    assert "Sudah ada yang menandatangani" in page.text


def test_a_wrong_name_is_said_beside_the_field(client: Browser, pact: Pact) -> None:
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/tanda-tangan")
    assert pact.buyer.name in Page(client.send(form, typed_name="Orang")).errors["typed_name"]
    assert Page(client.send(form, typed_name="")).status == 422


def test_a_draft_is_called_off(client: Browser, pact: Pact) -> None:
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/batalkan")
    assert Page(client.send(form, reason="")).status == 422
    assert "Sudah berakhir: Rak rusak" in Page(client.send(form, reason="Rak rusak")).text
    assert Page(client.send(form, reason="Rak rusak")).status == 409


def test_notice_is_given(client: Browser, pact: Pact, now: datetime) -> None:
    pact.sign_both(now)
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/akhiri")
    assert Page(client.send(form, last_day="x", reason="Renovasi")).status == 422
    page = Page(client.send(form, last_day="2026-03-09", reason="Renovasi"))
    assert (page.status, list(page.errors)) == (409, ["last_day"])
    page = Page(client.send(form, last_day="2026-05-31", reason="Renovasi"))
    assert "Pemberitahuan terkirim ke produsen." in page.messages
    assert pact.is_now(S.IN_FORCE)


def test_others_do_not_find_an_agreement(client: Browser, pact: Pact) -> None:
    client.log_in(make_member(make_retailer()))
    assert client.get(_address(pact)).status_code == 404
    assert client.get(f"{_address(pact)}/syarat").status_code == 404
    said: dict[str, Any] = {"typed_name": "Bu", "reason": "Pindah", "last_day": "2026-04-30"}
    for verb in ("tanda-tangan", "akhiri", "batalkan", "syarat", "tempat/PN-1/pajang"):
        assert client.submit(f"{_address(pact)}/{verb}", **said).status_code == 404


def test_offers_of_a_call_are_seen_by_store(
    session: Session, client: Browser, now: datetime
) -> None:
    scene = make_scene(now)
    client.log_in(scene.buyer)
    address = f"/peritel/slot/{scene.call.number}/tawaran"
    assert "Belum ada tawaran" in Page(client.get(address)).text
    one, two = scene.apply(), scene.apply()
    scene.place(one, x_mm=0)
    scene.refuse(two)
    scene.open(now)
    page = Page(client.get(address))
    assert "Dijawab paling lambat akhir Kamis, 5 Maret 2026" in page.text
    assert WHY in page.text
    other = make_store(scene.retailer, name="Toko Zaman")
    three = scene.apply()
    offer = scene.wait(three)
    offer.store_id = other.id
    session.flush()
    doors = Page(client.get(address)).links(".tabs a")
    assert len(doors) == 2
    for asked in (doors[1], f"{address}?tawaran={offer.number}"):
        page = Page(client.get(asked))
        assert (page.texts("h2"), page.tree.css(f"#{offer.number}") != []) == (["Toko Zaman"], True)
        assert WHY not in page.text
        assert "3 tawaran dan antrean" in page.text
    client.log_in(make_member(make_retailer()))
    assert client.get(address).status_code == 404
