"""Fixtures and shelves by plain form; every wrong number is answered beside its field."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.slots.models import Fixture
from pol.partnership.slots.queries import shelves
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.slots.shop import make_shop
from tests.rig.client import Browser
from tests.rig.pages import Page

GONDOLA: dict[str, Any] = {
    "name": "Gondola dekat kasir",
    "width": "900",
    "height": "1.800",
    "depth": "450",
}


class Floor:
    """A store with one fixture, on whose one shelf something stands."""

    def __init__(self, p: Partnership, fixture: Fixture) -> None:
        self.p = p
        self.store = f"/peritel/toko/{p.store.slug}"
        self.fixture = f"{self.store}/rak/{fixture.code}"
        self.shelf = f"{self.fixture}/ambalan/{p.shelf.number}"


@pytest.fixture
def floor(client: Browser, session: Session, now: datetime) -> Floor:
    p = make_partnership()
    client.log_in(p.owner)
    return Floor(p, session.get_one(Fixture, p.shelf.fixture_id))


def test_a_fixture_is_measured_in_one_form(
    client: Browser, session: Session, now: datetime
) -> None:
    shop = make_shop()
    client.log_in(shop.owner)
    assert f"{shop.here}/rak/baru" in Page(client.get(shop.here)).links()
    page = Page(client.send(Page(client.get(f"{shop.here}/rak/baru")).form(), **GONDOLA))
    assert page.heading == "Gondola dekat kasir"
    assert len(shelves.list_shelves(store_id=shop.store.id)) == 5
    assert "R1 · Gondola dekat kasir" in Page(client.get(shop.here)).text


@pytest.mark.parametrize("field", ["width", "height", "depth", "shelves"])
@pytest.mark.parametrize("wrong", ["-1", "9000000000000", "lebar", "1,5", "9" * 400])
def test_a_wrong_number_is_answered_beside_its_field(
    client: Browser, floor: Floor, field: str, wrong: str
) -> None:
    form = Page(client.get(f"{floor.store}/rak/baru")).form()
    typed: dict[str, Any] = {**GONDOLA, field: wrong}
    page = Page(client.send(form, **typed))
    assert page.status == 422
    assert set(page.errors) == {field}
    assert "Tulis angka bulat dari" in page.errors[field]
    assert page.form().values[field] == wrong


@pytest.mark.parametrize("wrong", ["0", "-1", "30.000", "30000", "kuat", "12,5 kg", "9" * 400])
def test_strength_is_asked_in_kilograms(client: Browser, floor: Floor, wrong: str) -> None:
    form = Page(client.get(f"{floor.store}/rak/baru")).form()
    assert form.values["load"] == "30"
    typed: dict[str, Any] = {**GONDOLA, "load": wrong}
    page = Page(client.send(form, **typed))
    assert page.status == 422
    assert "kilogram, paling banyak 2.000, misalnya 12,5" in page.errors["load"]
    kept = page.form().values
    assert kept == form.values | typed | {"csrf_token": kept["csrf_token"]}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"width": "0"}, "width", "Tulis angka bulat"),
        ({"width": "901"}, "width", "paling lebar 900 mm"),
        ({"depth": "451"}, "depth", "paling dalam 450 mm"),
        ({"height": "1201"}, "height", "tinggi raknya 1800 mm"),
        ({"reason": ""}, "reason", "Tulis alasannya"),
    ],
)
def test_a_shelf_that_cannot_be_is_refused_beside_the_field(
    client: Browser, floor: Floor, change: dict[str, Any], field: str, words: str
) -> None:
    form = Page(client.get(floor.shelf)).form(floor.shelf)
    page = Page(client.send(form, **{"reason": "Ditata ulang", **change}))
    assert page.status == 422
    assert words in page.errors[field]


def test_a_shelf_in_use_is_refused_with_what_stands_there_until_when(
    client: Browser, floor: Floor
) -> None:
    form = Page(client.get(floor.shelf)).form(floor.shelf)
    page = Page(client.send(form, reason="Turun", height="100"))
    assert page.status == 422
    assert f"{floor.p.placement.number} masih berdiri di sini sampai 31-12-2026" in page.text
    assert page.form(floor.shelf).values["height"] == "100"
    page = Page(client.send(form, reason="Lebih kuat", load="12,5", categories=["keripik"]))
    assert "versi baru" in page.text
    assert "12,5 kg" in page.text
    assert Page(client.get(floor.shelf)).form(floor.shelf).values["load"] == "12,5"
    assert "Lebih kuat" in Page(client.get(floor.shelf)).text


def test_a_dragged_board_opens_the_same_form(client: Browser, floor: Floor) -> None:
    values = Page(client.get(f"{floor.shelf}?papan=550")).form(floor.shelf).values
    assert (values["bottom"], values["height"]) == ("550", "350")
    for wrong in ("-5", "abc", "99999", "²"):
        values = Page(client.get(f"{floor.shelf}?papan={wrong}")).form(floor.shelf).values
        assert values["bottom"] == "600"


def test_a_board_is_added_and_taken_away(client: Browser, floor: Floor) -> None:
    form = Page(client.get(f"{floor.fixture}/ambalan")).form()
    assert form.values["bottom"] == "920"
    page = Page(client.send(form, bottom="700", height="300"))
    assert f"ambalan {floor.p.shelf.number}" in page.errors["bottom"]
    page = Page(client.send(form, bottom="920", height="300"))
    assert "Ambalan ditambahkan" in page.text
    added = f"{floor.fixture}/ambalan/{floor.p.shelf.number + 1}"
    bare = Page(client.get(added)).form(f"{added}/bongkar")
    assert Page(client.send(bare)).status == 422
    filled: dict[str, Any] = {"bongkar-reason": "Rusak"}
    assert "dibongkar" in Page(client.send(bare, **filled)).text
    used = Page(client.get(floor.shelf)).form(f"{floor.shelf}/bongkar")
    assert "masih berdiri" in Page(client.send(used, **filled)).text


def test_a_fixture_is_changed_and_closed(client: Browser, floor: Floor) -> None:
    form = Page(client.get(f"{floor.fixture}/ubah")).form()
    assert "tidak muat lagi" in Page(client.send(form, height="800")).text
    assert Page(client.send(form, name="Gondola baru")).heading == "Gondola baru"
    page = Page(client.get(floor.fixture))
    form = page.form(f"{floor.fixture}/keadaan")
    page = Page(client.send(form, status="closed", from_on="2026-06-01", reason="Renovasi"))
    assert "masih berdiri di rak ini" in page.errors["from_on"]
    page = Page(client.send(form, status="closed", from_on="2027-06-01", reason="Renovasi"))
    assert "Renovasi" in page.text
    assert Page(client.send(form, from_on="besok", reason="")).status == 422


def test_another_retailers_shelves_are_not_found(client: Browser, floor: Floor) -> None:
    client.log_in(make_shop("Lain").owner)
    for address in (f"{floor.store}/rak/baru", floor.fixture, floor.shelf):
        assert client.get(address).status_code == 404
        assert client.submit(address).status_code in {404, 405}
