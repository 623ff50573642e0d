"""Counting on a phone, and the producer's answer."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import Partnership, make_member, make_partnership, make_store
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import left
from tests.rig.client import Browser
from tests.rig.pages import Page

LIST, MINE = "/peritel/barang/opname", "/pedagang/rak/opname"


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(make_member(found.retailer, seat=RetailSeat.CLERK, store=found.store))
    return found


def _counted(client: Browser, p: Partnership, there: int) -> str:
    page = Page(client.send(Page(client.get(LIST)).form()))
    assert "24" not in page.texts("main .row__text, main .row__end")
    field = f"ada_{p.batch.id}"
    missing = Page(client.send(page.form()))
    assert (missing.status, list(missing.errors)) == (422, [field])
    line = f"{p.sheet.name}, {p.batch.code}, Ada"
    assert missing.texts(".notice[data-focus] a") == [line]
    page = Page(client.send(page.form(), {field: str(there)}))
    assert "Berita acara stok opname" in page.text
    return page.address.rpartition("/")[2]


def test_a_count_is_blind_and_the_producer_agrees(client: Browser, p: Partnership) -> None:
    begin = Page(client.get(LIST)).form()
    number = _counted(client, p, 22)
    page = Page(client.send(begin))
    assert any("belum selesai" in said for said in page.messages)
    client.log_in(make_keeper(p.stall))
    page = Page(client.get(f"{MINE}/{number}"))
    assert "tanpa jawaban dianggap setuju" in page.text
    page = Page(client.send(page.form(f"{MINE}/{number}/setuju")))
    assert "disepakati" in page.text
    assert left(p.batch) == 22
    assert number in Page(client.get("/pedagang/rak/stok")).text


def test_an_unfinished_count_is_led_to_instead_of_refused(client: Browser, p: Partnership) -> None:
    begun = Page(client.send(Page(client.get(LIST)).form()))
    page = Page(client.get(LIST))
    assert page.texts("main a.button") == ["Lanjutkan hitungan"]
    assert begun.address in page.links()
    assert not page.tree.css("main form[action]")
    client.send(begun.form(), {f"ada_{p.batch.id}": "22"})
    page = Page(client.get(LIST))
    assert "menunggu jawaban produsen" in page.text
    assert not page.tree.css("main a.button, main form[action]")


def test_a_producer_disputes_with_a_reason(client: Browser, p: Partnership) -> None:
    number = _counted(client, p, 22)
    client.log_in(make_keeper(p.stall))
    form = Page(client.get(f"{MINE}/{number}")).form(f"{MINE}/{number}/bantah")
    page = Page(client.send(form))
    assert any("Tulis apa yang tidak cocok" in said for said in page.messages)
    page = Page(client.send(form, reason="Dua ada di etalase kasir"))
    assert "Dua ada di etalase kasir" in page.text
    assert left(p.batch) == 24


def test_others_do_not_see_it(client: Browser, p: Partnership) -> None:
    number = _counted(client, p, 22)
    client.log_in(make_keeper(make_partnership().stall))
    assert client.get(f"{MINE}/{number}").status_code == 404
    for step in ("setuju", "bantah"):
        assert client.submit(f"{MINE}/{number}/{step}", reason="Iseng").status_code == 404
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=make_store(p.retailer)))
    assert client.get(f"{LIST}/{number}").status_code == 404
    page = Page(client.send(Page(client.get(LIST)).form()))
    assert any("Belum ada barang di rak" in said for said in page.messages)


def test_a_producer_sees_live_stock_and_its_card(client: Browser, p: Partnership) -> None:
    client.log_in(make_keeper(p.stall))
    page = Page(client.get("/pedagang/rak/stok"))
    assert page.texts("td[data-label='Di rak']") == ["24"]
    card = f"/pedagang/rak/stok/{p.store.slug}/{p.sheet.number}"
    assert card in page.links()
    assert Page(client.get(card)).heading == "Kartu stok"
    client.log_in(make_keeper(make_partnership().stall))
    assert client.get(card).status_code == 404
