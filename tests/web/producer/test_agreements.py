"""A producer's agreements: read as a paper, signed by name, ended with notice."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.agreements.rules import AgreementStatus as S
from pol.partnership.slots.rules import Bearer
from pol.stalls.models import Stall
from pol.stalls.rules import Seat
from tests.factories.catalogue import make_stall
from tests.factories.traders import make_keeper
from tests.partnership.agreements.scene import Pact
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/rak/perjanjian"


@pytest.fixture
def pact(session: Session, client: Browser, now: datetime) -> Pact:
    pact = Pact(now)
    client.log_in(pact.producer)
    return pact


def _address(pact: Pact) -> str:
    return f"{PAGE}/{pact.agreement.number}"


def test_nobody_has_agreements_at_first(session: Session, client: Browser, now: datetime) -> None:
    client.log_in(make_keeper(make_stall()))
    assert "Belum ada perjanjian" in Page(client.get(PAGE)).text


def test_an_agreement_is_read_and_signed(client: Browser, pact: Pact) -> None:
    index = Page(client.get(PAGE))
    assert "Baca naskahnya, lalu ketik nama Anda" in index.text
    (address,) = [link for link in index.links("main a[href]") if "PKS-" in link]
    page = Page(client.get(address))
    for words in ("Pasal 1. Para pihak", "Denda dua arah", pact.agreement.text_sha256):
        assert words in page.text
    assert page.tree.css_first("article.doc a.doc__code svg") is not None
    page = Page(client.send(page.form(f"{address}/tanda-tangan"), typed_name=pact.producer.name))
    assert "Tanda tangan Anda tersimpan." in page.messages
    assert "Pihak lain punya waktu sampai" in page.text


def test_a_wrong_name_is_said_beside_the_field_and_kept(client: Browser, pact: Pact) -> None:
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/tanda-tangan")
    page = Page(client.send(form, typed_name="Orang Lain"))
    assert page.status == 409
    assert pact.producer.name in page.errors["typed_name"]
    assert page.form(form.action).values["typed_name"] == "Orang Lain"
    page = Page(client.send(form, typed_name=" "))
    assert (page.status, list(page.errors)) == (422, ["typed_name"])


def test_a_text_that_changed_meanwhile_is_not_signed(
    client: Browser, pact: Pact, now: datetime
) -> None:
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/tanda-tangan")
    pact.change("Toko baru", now)
    page = Page(client.send(form, typed_name=pact.producer.name))
    assert page.status == 409
    assert "Naskahnya berubah sejak Anda membacanya" in page.text
    assert "Berbeda dari syarat pembukaan: Toko baru" in page.text
    assert page.form(form.action).values["read"] != form.values["read"]


def test_only_the_owner_of_the_stall_signs(client: Browser, session: Session, pact: Pact) -> None:
    stall = session.get_one(Stall, pact.application.stall_id)
    client.log_in(make_keeper(stall, seat=Seat.HELPER, name="Bantu Contoh"))
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/tanda-tangan")
    page = Page(client.send(form, typed_name="Bantu Contoh"))
    assert page.status == 409
    assert "Hanya pemilik lapak yang menandatangani" in page.text


def test_a_draft_is_called_off_with_a_reason(client: Browser, pact: Pact) -> None:
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/batalkan")
    assert Page(client.send(form, reason="")).status == 422
    page = Page(client.send(form, reason="Salah toko"))
    assert "Perjanjian dibatalkan, tempatnya dilepas." in page.messages
    assert "Sudah berakhir: Salah toko" in page.text
    assert Page(client.send(form, reason="Lagi")).status == 409


def test_notice_is_given_with_time_and_a_reason(client: Browser, pact: Pact, now: datetime) -> None:
    pact.sign_both(now)
    form = Page(client.get(_address(pact))).form(f"{_address(pact)}/akhiri")
    page = Page(client.send(form, last_day="2026-03-10", reason="Pindah usaha"))
    assert "paling cepat 01-04-2026" in page.errors["last_day"]
    assert Page(client.send(form, last_day="", reason="")).status == 422
    page = Page(client.send(form, last_day="2026-04-30", reason="Pindah usaha"))
    assert "Pemberitahuan terkirim ke toko." in page.messages
    assert "Akan berakhir 30 Apr 2026" in page.text


def test_both_names_stand_under_what_is_in_force(
    client: Browser, pact: Pact, now: datetime
) -> None:
    pact.sign(Bearer.RETAILER, now)
    pact.sign(Bearer.PRODUCER, now)
    page = Page(client.get(_address(pact)))
    assert page.texts(".doc__name") == [pact.buyer.name, pact.producer.name]
    assert "Berlaku sampai 31 Des 2026" in page.text
    assert pact.is_now(S.IN_FORCE)


def test_others_do_not_find_an_agreement(client: Browser, pact: Pact) -> None:
    client.log_in(make_keeper(make_stall()))
    assert client.get(_address(pact)).status_code == 404
    said: dict[str, Any] = {"typed_name": "Bu", "reason": "Pindah", "last_day": "2026-04-30"}
    for verb in ("tanda-tangan", "akhiri", "batalkan"):
        assert client.submit(f"{_address(pact)}/{verb}", **said).status_code == 404
