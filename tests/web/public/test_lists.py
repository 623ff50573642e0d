"""Category, market, stall and search pages: the goods, the filters, the way on."""

from datetime import datetime, timedelta

import pytest

from pol.catalogue.models import Category
from pol.stalls.rules import StallStatus
from tests.factories.catalogue import (
    LONG_AGO,
    make_category,
    make_market,
    make_product,
    make_stall,
)
from tests.rig.client import Browser
from tests.rig.pages import Page


def _fill(count: int, name: str = "Bandeng segar") -> Category:
    fish = make_category("Ikan")
    stall = make_stall(make_market("Pasar Babat"))
    for number in range(count):
        moment = LONG_AGO + timedelta(hours=number)
        make_product(stall, name=name, category=fish, price=1_000 * (number + 1), listed_at=moment)
    return fish


def test_a_category_lists_its_goods_and_counts_them(client: Browser, now: datetime) -> None:
    fish = _fill(3)
    make_product(name="Bayam")
    page = Page(client.get(f"/kategori/{fish.slug}"))
    assert page.heading == "Ikan"
    assert page.texts(".results") == ["3 barang"]
    assert len(page.texts(".card")) == 3


def test_a_category_leads_to_those_below_it_and_back(client: Browser, now: datetime) -> None:
    fish = make_category("Ikan")
    pond = make_category("Tambak", parent=fish)
    make_category("Laut", parent=fish)
    page = Page(client.get(f"/kategori/{pond.slug}"))
    assert page.texts(".tabs a") == ["Semua", "Tambak", "Laut"]
    assert page.texts(".tabs a[aria-current]") == ["Tambak"]
    assert page.links("a.back") == [f"/kategori/{fish.slug}"]


def test_the_way_on_and_back_to_the_start(client: Browser, now: datetime) -> None:
    fish = _fill(30)
    first = Page(client.get(f"/kategori/{fish.slug}?urut=termurah"))
    (onward,) = first.links(".pager a")
    second = Page(client.get(onward))
    prices = first.texts(".card .price") + second.texts(".card .price")
    assert prices == [f"Rp{number}.000 / ikat" for number in range(1, 31)]
    assert second.links(".pager a") == [f"/kategori/{fish.slug}?urut=termurah"]


@pytest.mark.parametrize("path", ["/kategori/{0}", "/kategori/{0}?urut=termahal&dari=100"])
def test_a_list_page_costs_few_statements_however_long_it_is(
    client: Browser, now: datetime, statements: list[str], path: str
) -> None:
    address = path.format(_fill(40).slug)
    client.get("/kategori/unknown")
    statements.clear()
    page = Page(client.get(address))
    assert len(page.texts(".card")) == 24
    assert len(statements) <= 4


def test_filters_are_kept_and_shown(client: Browser, now: datetime) -> None:
    fish = _fill(5)
    page = Page(client.get(f"/kategori/{fish.slug}?dari=2.000&sampai=Rp3.000&buka=1"))
    assert page.texts(".card .price") == ["Rp3.000 / ikat", "Rp2.000 / ikat"]
    boxes = page.tree.css("#saring-dari, #saring-sampai")
    assert [node.attributes["value"] for node in boxes] == ["2.000", "Rp3.000"]
    assert page.tree.css_first("input[name=buka][checked]") is not None


def test_a_price_with_letters_gets_a_sentence_beside_it_and_stays(
    client: Browser, now: datetime
) -> None:
    fish = _fill(2)
    page = Page(client.get(f"/kategori/{fish.slug}?dari=murah&sampai=99999999999"))
    assert page.status == 200
    assert set(page.errors) == {"dari", "sampai"}
    assert page.errors["dari"] == "Tulis harga dengan angka saja, misalnya 15.000."
    assert page.tree.css_first("#saring-dari").attributes["value"] == "murah"  # type: ignore[union-attr]


def test_prices_the_wrong_way_round_are_pointed_out(client: Browser, now: datetime) -> None:
    fish = _fill(2)
    page = Page(client.get(f"/kategori/{fish.slug}?dari=5000&sampai=1000"))
    assert set(page.errors) == {"sampai"}


def test_when_nothing_fits_the_filter_can_be_dropped(client: Browser, now: datetime) -> None:
    fish = _fill(2)
    page = Page(client.get(f"/kategori/{fish.slug}?dari=900000&urut=termurah"))
    assert page.links(".empty a") == [f"/kategori/{fish.slug}?urut=termurah"]


def test_an_empty_shelf_says_so(client: Browser, now: datetime) -> None:
    page = Page(client.get(f"/kategori/{make_category().slug}"))
    assert "Belum ada barang di sini" in page.text
    page = Page(client.get("/cari?q=zzzz"))
    assert "Coba kata yang lebih pendek" in page.text


@pytest.mark.parametrize("path", ["/kategori/x", "/pasar/x", "/pasar/x/lapak", "/lapak/x"])
def test_what_does_not_exist_is_not_found(client: Browser, now: datetime, path: str) -> None:
    assert client.get(path).status_code == 404


def test_markets_that_are_open_come_first(client: Browser, now: datetime) -> None:
    make_market("Pasar Agung", opens_minute=0, closes_minute=60)
    make_market("Pasar Babat")
    page = Page(client.get("/pasar"))
    assert page.texts(".tile__name") == ["Pasar Babat", "Pasar Agung"]
    assert "2 pasar, 1 buka sekarang" in page.text
    assert page.texts(".tile .open") == ["Buka sampai 20.00 WIB", "Tutup, buka besok 00.00 WIB"]


def test_without_markets_the_page_says_so(client: Browser, now: datetime) -> None:
    assert "Belum ada pasar" in Page(client.get("/pasar")).text


def test_a_market_shows_its_days_its_place_and_its_goods(client: Browser, now: datetime) -> None:
    market = make_market("Pasar Babat", pasaran_mask=0b01001, phone="+62322123456")
    make_product(make_stall(market), name="Bandeng")
    make_product(name="Bukan dari sini")
    page = Page(client.get(f"/pasar/{market.slug}"))
    assert page.heading == "Pasar Babat"
    assert "Setiap Pon, Legi, 04.00–20.00 WIB" in page.text
    assert "Sidoharjo, Lamongan" in page.text
    assert page.texts(".card__name") == ["Bandeng"]


def test_the_stalls_of_a_market_are_listed_page_by_page(client: Browser, now: datetime) -> None:
    market = make_market()
    for number in range(25):
        make_stall(market, name=f"Lapak {number}")
    make_stall(market, name="Belum diperiksa", status=StallStatus.SUBMITTED)
    first = Page(client.get(f"/pasar/{market.slug}/lapak"))
    (onward,) = first.links(".pager a")
    second = Page(client.get(onward))
    assert len(first.texts(".tile")) == 24
    assert second.texts(".tile__name") == ["Lapak 24"]


def test_a_market_without_stalls_says_so(client: Browser, now: datetime) -> None:
    page = Page(client.get(f"/pasar/{make_market().slug}/lapak"))
    assert "Belum ada lapak di pasar ini" in page.text


def test_search_finds_and_keeps_the_words(client: Browser, now: datetime) -> None:
    _fill(2)
    make_product(name="Bayam")
    page = Page(client.get("/cari?q=bandeng"))
    assert page.heading == "Hasil untuk “bandeng”"
    assert page.texts(".results") == ["2 barang"]
    assert page.tree.css_first("#cari-di-pasar").attributes["value"] == "bandeng"  # type: ignore[union-attr]
    assert page.tree.css_first(".filters input[name=q][value=bandeng]") is not None


def test_search_says_what_was_meant(client: Browser, now: datetime) -> None:
    _fill(1)
    page = Page(client.get("/cari?q=bandegn"))
    assert "Maksud Anda “bandeng”?" in page.text
    assert len(page.texts(".card")) == 1


def test_search_without_words_offers_everything(client: Browser, now: datetime) -> None:
    _fill(2)
    page = Page(client.get("/cari"))
    assert (page.heading, len(page.texts(".card"))) == ("Semua barang", 2)


def test_search_is_not_a_way_to_inject(client: Browser, now: datetime) -> None:
    answer = client.get("/cari?q=%3Cscript%3Ealert(1)%3C/script%3E'%20OR%201=1--")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
