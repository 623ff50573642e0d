"""A clerk takes goods in, on a phone."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.consignment.models import DeliveryNote
from pol.partnership.consignment.queries.deliveries import get_note_of_stall
from pol.partnership.consignment.services.deliveries import send_delivery
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import (
    Partnership,
    make_member,
    make_partnership,
    make_retailer,
    make_store,
)
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import a_key, left, prepare, sell_some
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def arrived(session: Session, client: Browser, now: datetime) -> tuple[Partnership, DeliveryNote]:
    """A note is on its way, and the clerk of its store is signed in."""
    p = make_partnership()
    producer = make_keeper(p.stall)
    note = prepare(p, by=producer)
    send_delivery(note=note, actor_id=producer.id, now=now)
    client.log_in(_clerk(p))
    return p, note


def _clerk(p: Partnership) -> User:
    return make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store)


def test_a_clerk_finds_a_note_and_takes_part_of_it(
    client: Browser, arrived: tuple[Partnership, DeliveryNote]
) -> None:
    p, note = arrived
    page = Page(client.get("/peritel/barang/terima"))
    assert any(note.number in row for row in page.texts(".row"))
    search = f"/peritel/barang/terima/cari?nomor={note.number.lower()}"
    page = Page(client.get(search, follow_redirects=True))
    form = page.form()
    line = next(name for name in form.values if name.startswith("terima_"))
    why = line.replace("terima", "sebab")
    page = Page(client.send(form, {line: "9"}))
    assert page.status == 409
    assert "Tulis kenapa 3 Keripik Tempe Contoh ditolak." in page.errors[why]
    page = Page(client.send(form, {line: "99"}))
    assert (page.status, list(page.errors)) == (409, [line])
    page = Page(client.send(form, {line: "9", why: "Bocor"}))
    assert "Tanda terima barang" in page.text
    assert "diterima sebagian" in page.text
    assert page.forms() == []
    page = Page(client.get("/peritel/barang"))
    assert "33" in page.texts("td[data-label='Di rak']")
    assert left(p.batch) == 24


def test_an_empty_count_is_asked_for(
    client: Browser, arrived: tuple[Partnership, DeliveryNote]
) -> None:
    p, note = arrived
    form = Page(client.get(f"/peritel/barang/terima/{note.number}")).form()
    line = next(name for name in form.values if name.startswith("terima_"))
    page = Page(client.send(form, {line: ""}))
    assert (page.status, list(page.errors)) == (422, [line])
    assert page.texts(".notice[data-focus] a") == [f"{p.sheet.name}, Diterima"]


def _recall(note: DeliveryNote, now: datetime) -> int:
    """Let the producer recall what is on its way; return its line."""
    (line,) = get_note_of_stall(number=note.number, stall_id=note.stall_id).lines
    recall(stall_id=note.stall_id, line_id=line.id, why="Segelnya bocor", key=a_key(),
           actor_id=note.prepared_by_id, now=now)  # fmt: skip
    db.session.commit()
    return line.id


def test_a_store_sees_everywhere_that_goods_on_their_way_were_recalled(
    client: Browser, arrived: tuple[Partnership, DeliveryNote], now: datetime
) -> None:
    p, note = arrived
    assert "ditarik" not in Page(client.get("/peritel")).text
    _recall(note, now)
    desk = Page(client.get("/peritel"))
    assert "1 barang ditarik produsen: jangan dijual." in desk.text
    assert f"/peritel/barang?toko={p.store.slug}" in desk.links()
    goods = Page(client.get("/peritel/barang"))
    assert "ditarik produsen di jalan: jangan dipajang. Tolak 12 buah" in goods.text
    assert f"/peritel/barang/terima/{note.number}" in goods.links()
    assert "jangan dipajang" in Page(client.get("/peritel/barang/terima")).text


def test_recalled_goods_are_refused_or_taken_in_to_go_back(
    client: Browser, arrived: tuple[Partnership, DeliveryNote], now: datetime
) -> None:
    address = f"/peritel/barang/terima/{arrived[1].number}"
    early = Page(client.get(address)).form()
    line = _recall(arrived[1], now)
    page = Page(client.send(early))
    assert page.status == 409
    assert "ditarik produsennya di jalan: jangan dipajang" in page.errors[f"terima_{line}"]
    page = Page(client.get(address))
    assert "Jangan dipajang. Ditarik produsen" in page.text
    assert page.form().values[f"terima_{line}"] == "0"
    page = Page(client.send(page.form(), {f"terima_{line}": "5", f"kembali_{line}": "y"}))
    assert "Tanda terima barang" in page.text
    assert "Segelnya bocor" in page.text
    page = Page(client.get("/peritel/barang"))
    assert "sudah ditarik produsen: jangan dijual. Turunkan 5 buah dari rak." in page.text
    assert "di jalan" not in page.text
    assert "1 barang ditarik" in Page(client.get("/peritel")).text


def test_a_note_for_another_store_does_not_exist(
    client: Browser, arrived: tuple[Partnership, DeliveryNote]
) -> None:
    p, note = arrived
    beside = make_store(p.retailer)
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=beside))
    assert client.get(f"/peritel/barang/terima/{note.number}").status_code == 404
    page = Page(client.get(f"/peritel/barang/terima/cari?nomor={note.number}"))
    assert page.status == 404
    assert f"Tidak ada kiriman bernomor {note.number}" in page.errors["nomor"]
    assert [box.attributes["value"] for box in page.tree.css("#nomor")] == [note.number]
    page = Page(client.get("/peritel/barang/terima/cari?nomor=", follow_redirects=True))
    assert "Tidak ada kiriman di jalan" in page.text
    assert client.submit(f"/peritel/barang/terima/{note.number}").status_code == 404


def test_the_stock_card_counts_every_event(
    client: Browser, arrived: tuple[Partnership, DeliveryNote]
) -> None:
    p, _ = arrived
    address = f"/peritel/barang/kartu/{p.store.slug}/{p.sheet.number}"
    page = Page(client.get(address))
    assert page.texts("tbody td[data-label='Sisa']") == ["24"]
    sell_some(p, 4)
    march = Page(client.get(address))
    assert march.texts("tbody td[data-label='Sisa']") == ["20"]
    assert "sisa dari bulan lalu: 24" in march.text
    (month,) = (each.attributes["value"] for each in march.tree.css("option:not([selected])"))
    before = Page(client.get(f"{address}?bulan={month}"))
    assert before.texts("tbody td[data-label='Sisa']") == ["24"]
    assert "Sisa akhir bulan" in before.text
    assert Page(client.get(f"{address}?bulan=kemarin")).text == march.text
    number = f"KS-{p.sheet.number}-{p.store.slug}-2026-03"
    assert march.texts(".doc__number") == [number]
    assert march.links(".doc__code")[0].endswith(f"/catatan/{number}")
    assert before.texts(".doc__number") == [f"KS-{p.sheet.number}-{p.store.slug}-{month}"]
    assert "sementara, bulan belum selesai" in march.text
    assert "sementara" not in before.text
    assert client.get(f"/peritel/barang/kartu/{p.store.slug}/LP-tiada").status_code == 404


def test_a_retailer_without_stores_is_told_what_comes_first(
    client: Browser, session: Session, now: datetime
) -> None:
    client.log_in(make_member(make_retailer()))
    assert "Belum ada toko" in Page(client.get("/peritel/barang")).text
    assert client.get("/peritel/barang/terima").status_code == 404
