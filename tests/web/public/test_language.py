"""Visitors choose a language at the foot of any page, and every page then speaks it."""

from datetime import datetime

import pytest
from flask import Response
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.web.guest import guest_key
from pol.web.language import LANGUAGES, SOURCE
from tests.architecture.test_catalogues import catalogue
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, place
from tests.factories.people import give_role, make_person
from tests.rig.client import ORIGIN, Browser
from tests.rig.pages import Page

FOREIGN = sorted(LANGUAGES.keys() - {SOURCE})
SWITCH = ".tongues"
SAID = (
    "h1, h2, h3, legend, label, option, dt, th, nav a, "
    ".button, .badge, .notice, .state p, .lead, .foot__words"
)
"""What a page says by itself, without what people have written."""


def speak(client: Browser, code: str, page: str = "/") -> str:
    """Press a button of the switch as a browser would; return where it leads."""
    answer = client.submit("/bahasa", follow=False, code=code, next=page)
    assert answer.status_code == 303
    return answer.location


def untranslated(page: Page, language: str) -> set[str]:
    """Return what stands on a page in Indonesian although the catalogue knows better."""
    entries = {text: catalogue(language).get(text) for text in page.texts(SAID)}
    return {text for text, entry in entries.items() if entry and entry.string != text}


class Town:
    """A market in which every kind of page has something to say."""

    def __init__(self, client: Browser, now: datetime) -> None:
        self.market = make_open_market()
        stall, self.trader = make_kept_stall(self.market, "Mina Jaya")
        self.fish = make_product(stall, name="Bandeng", price=12_500)
        self.group = place([(self.fish, 1_000)], now=now)
        self.officer = self._with_role(Role.MARKET_OFFICER)
        self.courier = self._with_role(Role.COURIER)
        self.client = client

    def _with_role(self, role: Role) -> User:
        person = make_person("Contoh")
        give_role(person, role, market_id=self.market.id)
        return person

    def pages(self) -> list[Page]:
        """Open the main pages of everybody in this language."""
        key = guest_key(self.group.number)
        self.client.submit("/keranjang/tambah", product=self.fish.slug, quantity="1")
        found = self._open(
            "/",
            "/cari?buka=1",
            "/pasar",
            f"/pasar/{self.market.slug}",
            f"/produk/{self.fish.slug}",
            "/masuk",
            "/keranjang",
            "/pesan",
            f"/belanjaan/{self.group.number}?kunci={key}",
        )
        self.client.log_in(self.trader)
        found += self._open("/akun", "/pedagang", "/pedagang/pesanan", "/pedagang/produk")
        self.client.log_in(self.courier)
        found += self._open("/kurir")
        self.client.log_in(self.officer)
        return found + self._open("/petugas", "/petugas/transfer", "/petugas/lapak")

    def _open(self, *addresses: str) -> list[Page]:
        found = [Page(self.client.get(address)) for address in addresses]
        assert {page.status for page in found} == {200}
        return found


@pytest.fixture
def town(client: Browser, session: Session, now: datetime) -> Town:
    return Town(client, now)


@pytest.mark.parametrize("language", FOREIGN)
def test_every_main_page_speaks_the_language(town: Town, language: str) -> None:
    speak(town.client, language)
    for page in town.pages():
        assert len(page.tree.css(f"html[lang={language}]")) == 1
        assert untranslated(page, language) == set(), page.address


def test_a_page_left_in_indonesian_would_be_seen(town: Town) -> None:
    """The control: the same pages, and nobody has chosen."""
    assert all(untranslated(page, "en") for page in town.pages())


def test_the_choice_stays_until_another_is_made(client: Browser, now: datetime) -> None:
    assert speak(client, "en", "/pasar?mulai=1") == "/pasar?mulai=1"
    assert Page(client.get("/pasar")).heading == "Markets in Lamongan"
    answer = client.get("/cari")
    assert (Page(answer).heading, answer.headers["Content-Language"]) == ("All goods", "en")
    speak(client, "jv")
    assert Page(client.get("/cari")).heading == "Kabeh barang"
    speak(client, "id")
    assert Page(client.get("/cari")).heading == "Semua barang"


def test_only_a_draft_says_that_it_is_one(client: Browser, now: datetime) -> None:
    said = "durung diwaos"
    speak(client, "jv")
    assert said in client.get("/").text
    speak(client, "en")
    assert "draft that no native speaker" not in client.get("/").text


def test_the_switch_leads_back_to_the_page_that_shows_it(client: Browser, now: datetime) -> None:
    page = Page(client.get("/cari?q=bandeng&buka=1"))
    (switch,) = page.tree.css(SWITCH)
    assert switch.attributes["action"] == "/bahasa"
    (here,) = switch.css("input[name=next]")
    assert here.attributes["value"] == "/cari?q=bandeng&buka=1"
    assert [button.attributes["value"] for button in switch.css("button")] == list(LANGUAGES)
    (current,) = switch.css("[aria-current]")
    assert current.attributes["value"] == SOURCE


def test_it_stands_where_nothing_typed_can_be_lost(client: Browser, now: datetime) -> None:
    assert Page(client.submit("/masuk", phone="", secret="")).tree.css(SWITCH) == []
    assert len(Page(client.get("/masuk")).tree.css(SWITCH)) == 1


@pytest.mark.parametrize("elsewhere", ["https://contoh.id/", "//contoh.id", "/\\contoh.id", ""])
def test_it_never_leads_to_another_site(client: Browser, now: datetime, elsewhere: str) -> None:
    assert speak(client, "en", elsewhere) == "/"


def test_a_language_that_we_do_not_speak_changes_nothing(client: Browser, now: datetime) -> None:
    speak(client, "xx")
    assert Page(client.get("/cari")).heading == "Semua barang"


def test_another_site_cannot_choose(client: Browser, now: datetime) -> None:
    foreign = {"Origin": "https://contoh.id", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/bahasa", data={"code": "en"}, headers=foreign).status_code == 400


def test_whoever_stays_with_indonesian_needs_no_cookie(client: Browser, now: datetime) -> None:
    ours = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    answer = client.post("/bahasa", data={"code": "id"}, headers=ours)
    assert "Set-Cookie" not in answer.headers
    answer = client.post("/bahasa", data={"code": "en"}, headers=ours)
    assert "Max-Age" in answer.headers["Set-Cookie"] or "Expires" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/", "/pasar", "/cari"])
def test_a_chosen_language_never_enters_the_kept_pages(
    client: Browser, now: datetime, path: str
) -> None:
    make_product(make_kept_stall(make_open_market())[0], name="Pisang")
    speak(client, "en")
    foreign = client.get(path)
    stranger = Browser(client.application, Response)
    first, second = stranger.get(path), stranger.get(path)
    assert foreign.headers["Cache-Control"] == "no-store"
    assert "bunch" in foreign.text or path == "/pasar"
    for kept in (first, second):
        assert kept.headers["Content-Language"] == SOURCE
        assert '<html lang="id">' in kept.text
        assert "bunch" not in kept.text
    assert '<html lang="en">' in client.get(path).text


def test_money_stays_as_it_is_and_days_have_their_names(town: Town) -> None:
    speak(town.client, "en")
    page = Page(town.client.get(f"/produk/{town.fish.slug}"))
    assert "Rp12.500 / bunch" in page.text
    town.client.log_in(town.trader)
    assert "Monday, 2 March 2026" in Page(town.client.get("/pedagang")).text
    speak(town.client, "jv")
    assert "Senin, 2 Maret 2026" in Page(town.client.get("/pedagang")).text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Harga Bandeng sudah diubah menjadi Rp12.500 dari layar lain."),
        ("en", "The price of Bandeng was already changed to Rp12.500 on another screen."),
        ("jv", "Rega Bandeng wis diowahi dadi Rp12.500 saka layar liya."),
    ],
)
def test_a_refusal_is_translated_with_what_it_speaks_of(
    town: Town, language: str, sentence: str
) -> None:
    speak(town.client, language)
    town.client.log_in(town.trader)
    answer = town.client.submit(
        f"/pedagang/produk/{town.fish.slug}/cepat", price="13.000", price_seen="11.000"
    )
    assert sentence in Page(answer).text


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Please fill this in."), ("jv", "Perangan iki kudu diisi.")]
)
def test_forms_speak_the_language(client: Browser, language: str, sentence: str) -> None:
    speak(client, language)
    page = Page(client.submit("/masuk", phone="", secret=""))
    assert page.errors["phone"] == sentence
    assert str(catalogue(language)["Sandi atau PIN"].string) in page.text
