from datetime import datetime, timedelta

from pol.catalogue.rules import Condition
from tests.factories.catalogue import (
    SIDOHARJO,
    make_category,
    make_market,
    make_product,
    make_stall,
)
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_home_shows_what_is_fresh_and_open_now(client: Browser, now: datetime) -> None:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    make_product(stall, name="Bandeng segar", price=34_000)
    make_product(name="Cobek batu", condition=Condition.NEW)
    make_product(make_stall(opens_minute=0, closes_minute=60), name="Jamu dini hari")
    page = Page(client.get("/"))
    assert page.status == 200
    (card,) = page.texts(".card")
    assert "Rp34.000 / ikat" in card
    assert "Mina Jaya · Pasar Babat" in card


def test_home_leads_to_categories_and_markets(client: Browser, now: datetime) -> None:
    fish = make_category("Ikan")
    make_category("Ikan tambak", parent=fish)
    market = make_market("Pasar Babat")
    page = Page(client.get("/"))
    assert page.links(".kind") == [f"/kategori/{fish.slug}"]
    assert page.links(".tile") == [f"/pasar/{market.slug}"]
    assert "1 pasar buka sekarang" in page.text


def test_an_empty_and_closed_market_still_teaches_the_next_step(
    client: Browser, now: datetime
) -> None:
    page = Page(client.get("/"))
    assert "Semua pasar sedang tutup" in page.text
    assert "/cari" in page.links(".empty a")


def test_stalls_of_my_village_come_before_those_of_my_kecamatan(
    client: Browser, now: datetime
) -> None:
    market = make_market()
    make_stall(market, name="Tetangga", village_code="35.24.22.2011")
    make_stall(market, name="Sedesa", village_code=SIDOHARJO)
    make_stall(market, name="Jauh", village_code="35.24.01.2001")
    page = Page(client.get(f"/?desa={SIDOHARJO}"))
    assert page.texts("section[aria-labelledby=dekat] .tile__name") == ["Sedesa", "Tetangga"]
    assert "Lapak dekat Sidoharjo" in page.text


def test_a_village_without_stalls_is_shown_the_markets(client: Browser, now: datetime) -> None:
    page = Page(client.get("/?desa=35.24.01.2001"))
    assert "Belum ada lapak di kecamatan Sukorame" in page.text


def test_an_unknown_village_is_asked_for_again(client: Browser, now: datetime) -> None:
    page = Page(client.get("/?desa=99.99"))
    assert page.status == 200
    assert page.tree.css_first("form[action='/desa']") is not None


def test_home_stays_light_however_full_the_market_is(
    client: Browser, now: datetime, statements: list[str]
) -> None:
    market, categories = make_market(), [make_category(f"Kategori {n}") for n in range(12)]
    for number in range(30):
        make_product(
            make_stall(market, name="Lapak dengan nama yang agak panjang"),
            name=f"Barang segar dengan nama yang panjang {number}",
            category=categories[number % 12],
            picture_key=f"kunci{number}",
            listed_at=now - timedelta(hours=number),
        )
    client.get("/pasar")
    statements.clear()
    answer = client.get("/")
    assert len(answer.data) <= 40_000
    assert len(statements) <= 4
    page = Page(answer)
    assert all("loading" in each.attributes for each in page.tree.css("main img"))
