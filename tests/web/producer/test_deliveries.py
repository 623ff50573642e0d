"""A producer writes a delivery note on a phone."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.partnership.consignment.queries import deliveries
from tests.factories.partnership import Partnership, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import prepare
from tests.rig.client import Browser
from tests.rig.pages import Page

LIST = "/pedagang/rak/kirim"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(make_keeper(found.stall))
    return found


def test_a_note_takes_one_number_and_two_presses(client: Browser, p: Partnership) -> None:
    assert f"{LIST}/ke/{p.store.slug}" in Page(client.get(LIST)).links()
    form = Page(client.get(f"{LIST}/ke/{p.store.slug}")).form()
    id = p.placement.id
    assert (form.values[f"kode_{id}"], form.values[f"kedaluwarsa_{id}"]) == ("260302", "2026-06-30")
    page = Page(client.send(form, {f"jumlah_{id}": "12"}))
    assert page.address.startswith(f"{LIST}/SJ260302-")
    again = Page(client.send(form, {f"jumlah_{id}": "12"}))
    assert again.address == page.address
    page = Page(client.send(page.form(f"{page.address}/berangkat")))
    assert "Tunjukkan kode QR" in page.text
    assert page.forms() == []


def test_old_goods_are_refused_and_nothing_typed_is_lost(client: Browser, p: Partnership) -> None:
    form = Page(client.get(f"{LIST}/ke/{p.store.slug}")).form()
    typed = {f"jumlah_{p.placement.id}": "7", f"kedaluwarsa_{p.placement.id}": "2026-03-20"}
    page = Page(client.send(form, typed))
    assert page.status == 409
    assert "paling cepat 01-05-2026" in page.errors[f"kedaluwarsa_{p.placement.id}"]
    kept = page.form().values
    assert {name: kept[name] for name in typed} == typed


def test_wrong_numbers_are_said_beside_their_field(client: Browser, p: Partnership) -> None:
    form = Page(client.get(f"{LIST}/ke/{p.store.slug}")).form()
    field = f"jumlah_{p.placement.id}"
    page = Page(client.send(form, {field: "-3"}))
    assert (page.status, list(page.errors)) == (422, [field])
    assert page.texts(".notice[data-focus] a") == [f"{p.sheet.name}, Jumlah"]
    page = Page(client.send(form))
    assert (page.status, list(page.errors)) == (409, [field])


def test_older_notes_are_a_page_further(
    client: Browser, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "SIZE", 1)
    older, newer = prepare(p, by=p.owner), prepare(p, by=p.owner)
    page = Page(client.get(LIST))
    assert newer.number in page.text
    assert older.number not in page.text
    page = Page(client.get(page.links("[rel=next]")[0]))
    assert older.number in page.text
    assert newer.number not in page.text
    assert page.links("[rel=first]") == [LIST]


def test_a_note_is_dropped_before_it_leaves(client: Browser, p: Partnership) -> None:
    note = prepare(p, by=p.owner)
    page = Page(client.get(f"{LIST}/{note.number}"))
    page = Page(client.send(page.form(f"{LIST}/{note.number}/batal")))
    assert "Surat jalan dibatalkan." in page.text


def test_without_an_agreement_there_is_no_store_to_bring_to(
    client: Browser, p: Partnership
) -> None:
    client.log_in(make_keeper(make_partnership().stall))
    note = prepare(p, by=p.owner)
    for address in (f"ke/{p.store.slug}", note.number):
        assert client.get(f"{LIST}/{address}").status_code == 404
    p.placement.agreement_id = None
    client.log_in(make_keeper(p.stall))
    assert "Belum ada tempat di toko" in Page(client.get(LIST)).text
