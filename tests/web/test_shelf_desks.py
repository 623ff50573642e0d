"""The three desks of the shelf partnership: each role sees what waits, and nothing of others."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pol.identity.rules import Role
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import (
    make_batch,
    make_member,
    make_partnership,
    make_placement,
    make_retailer,
    make_shelf,
    make_store,
)
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_a_buyer_sees_all_and_a_clerk_the_shop_floor(
    client: Browser, session: Session, now: datetime
) -> None:
    p = make_partnership()
    client.log_in(p.owner)
    assert "Tagihan produsen" in Page(client.get("/peritel")).text
    client.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store))
    page = Page(client.get("/peritel"))
    assert "Terima kiriman" in page.text
    assert "Tagihan produsen" not in page.text
    make_batch(p.placement, quantity=3, expires_on=date(2026, 3, 1))
    page = Page(client.get("/peritel"))
    assert "1 barang lewat kedaluwarsa masih di rak." in page.text
    for link in page.links(".bar a, .quick a"):
        assert client.get(link).status_code == 200, link


def test_what_waits_in_several_stores_leads_to_each(
    client: Browser, session: Session, now: datetime
) -> None:
    p = make_partnership()
    stores = [make_store(p.retailer, name=f"Toko {name}") for name in ("Aman", "Babat", "Cerme")]
    for pieces, store in enumerate(stores[1:], 1):
        place = make_placement(p.application, make_shelf(store), agreement=p.agreement)
        for _ in range(pieces):
            make_batch(place, quantity=3, expires_on=date(2026, 3, 1))
    client.log_in(p.owner)
    page = Page(client.get("/peritel"))
    entries = {node.text(): node.attributes["href"] for node in page.tree.css(".menu-list a")}
    returns = "/peritel/barang/retur"
    assert [(words, link) for words, link in entries.items() if link and returns in link] == [
        ("Retur & kedaluwarsa: Toko Cerme2", f"{returns}?toko={stores[2].slug}"),
        ("Retur & kedaluwarsa: Toko Babat1", f"{returns}?toko={stores[1].slug}"),
    ]
    assert "3" in page.texts(".stats dd")
    assert "sudah lewat" in Page(client.get(f"{returns}?toko={stores[1].slug}")).text


def test_a_new_retailer_is_shown_the_first_step(
    client: Browser, session: Session, now: datetime
) -> None:
    client.log_in(make_member(make_retailer()))
    assert "Daftarkan toko pertama" in Page(client.get("/peritel")).text


def test_a_producer_begins_with_one_product(
    client: Browser, session: Session, now: datetime
) -> None:
    p = make_partnership()
    client.log_in(make_keeper(p.stall))
    assert "Uang dari rak" in Page(client.get("/pedagang/rak")).text
    assert "Rak toko swalayan" in Page(client.get("/pedagang")).text


def test_the_dinas_sees_the_regency(client: Browser, session: Session, now: datetime) -> None:
    person = make_person()
    give_role(person, Role.DINAS_OFFICER)
    client.log_in(person)
    assert "Kemitraan rak" in Page(client.get("/dinas")).text
    client.log_in(make_person())
    assert client.get("/dinas").status_code == 403
    refused = Page(client.get("/peritel"))
    assert (refused.status, refused.links(".empty a")) == (403, ["/akun"])


def test_the_bar_says_where_one_is_also_below_a_tab(
    client: Browser, session: Session, now: datetime
) -> None:
    p = make_partnership()
    for person, address, tab in (
        (p.owner, "/peritel/barang/jual", "Barang"),
        (p.owner, "/peritel/nota", "Hari ini"),
        (make_keeper(p.stall), "/pedagang/rak/kirim", "Hari ini"),
    ):
        client.log_in(person)
        assert Page(client.get(address)).texts(".bar [aria-current=true]") == [tab]
    assert Page(client.get("/pedagang")).texts(".bar [aria-current=page]") == ["Hari ini"]
    assert Page(client.get("/kategori")).texts(".bar [aria-current]") == []
