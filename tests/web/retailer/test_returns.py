"""The expiry list with one press to send back or destroy, and its papers."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import (
    Partnership,
    make_batch,
    make_member,
    make_partnership,
    make_store,
)
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import left
from tests.rig.client import Browser
from tests.rig.pages import Form, Page

LIST = "/peritel/barang/retur"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(make_member(found.retailer, seat=RetailSeat.CLERK, store=found.store))
    return found


def _forms(client: Browser) -> list[Form]:
    return [form for form in Page(client.get(LIST)).forms() if form.action == LIST]


def test_expired_goods_are_destroyed_with_one_press(client: Browser, p: Partnership) -> None:
    old = make_batch(p.placement, quantity=3, expires_on=date(2026, 3, 1))
    press = next(form for form in _forms(client) if form.values["way"] == "musnah")
    page = Page(client.send(press))
    assert "Berita acara pemusnahan" in page.text
    assert (left(old), left(p.batch)) == (0, 24)
    client.send(press)
    assert left(old) == 0
    card = Page(client.get(f"/peritel/barang/kartu/{p.store.slug}/{p.sheet.number}"))
    assert "kedaluwarsa" in " ".join(card.texts("td[data-label=Kejadian]"))


def test_goods_go_back_and_their_producer_takes_them(client: Browser, p: Partnership) -> None:
    near = make_batch(p.placement, quantity=3, expires_on=date(2026, 3, 8))
    page = Page(client.send(_forms(client)[0]))
    assert "menunggu diambil" in page.text
    address = page.address
    page = Page(client.send(page.form(f"{address}/ambil")))
    assert left(near) == 0
    client.log_in(make_keeper(p.stall))
    mine = address.replace("/peritel/barang", "/pedagang/rak")
    page = Page(client.send(Page(client.get(mine)).form(f"{mine}/terima")))
    assert "diterima produsen" in page.text
    assert "produsen" in Page(client.get("/pedagang/rak/stok")).text
    client.log_in(make_keeper(make_partnership().stall))
    assert client.get(mine).status_code == 404


def test_other_goods_go_back_with_their_reason(client: Browser, p: Partnership) -> None:
    form = next(form for form in _forms(client) if form.values["quantity"] == "")
    page = Page(client.send(form, quantity="x"))
    assert (page.status, list(page.errors)) == (422, ["quantity"])
    page = Page(client.send(form, quantity="99", reason="damaged"))
    assert page.status == 409
    assert "tinggal 24" in page.errors["quantity"]
    kept = page.form(LIST).values
    assert (kept["quantity"], kept["reason"]) == ("99", "damaged")
    for typed in ({"batch": "9" * 20}, {"batch": "abc"}, {"reason": "iseng"}, {"way": "jalan"}):
        assert client.send(form, {"quantity": "1", **typed}).status_code == 422
    page = Page(client.send(form, quantity="2", reason="damaged"))
    assert "rusak" in page.text
    assert page.texts("td[data-label=Ditanggung]") == ["toko"]
    for step in ("batal", "musnahkan"):
        page = Page(client.submit(f"{page.address}/{step}"))
    assert any("tidak menunggu: dibatalkan" in said for said in page.messages)
    assert left(p.batch) == 24


def test_another_stores_returns_are_not_here(client: Browser, p: Partnership) -> None:
    make_batch(p.placement, quantity=3, expires_on=date(2026, 3, 8))
    address = Page(client.send(_forms(client)[0])).address
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=make_store(p.retailer)))
    assert client.get(address).status_code == 404
    for step in ("ambil", "musnahkan", "batal"):
        assert client.submit(f"{address}/{step}").status_code == 404
    assert "Tidak ada yang mendekati kedaluwarsa" in Page(client.get(LIST)).text
