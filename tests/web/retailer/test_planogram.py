"""The planogram page: seen by day, moved by form, refused in words."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.slots.models import Fixture, Placement
from pol.partnership.slots.rules import RetailSeat
from pol.partnership.slots.rules.planogram import HEAT
from tests.factories.partnership import (
    Partnership,
    make_application,
    make_member,
    make_partnership,
    make_placement,
    make_sheet,
    make_shelf,
)
from tests.factories.traders import make_keeper
from tests.partnership.slots.shop import make_shop
from tests.partnership.slots.sold import sell
from tests.rig.client import Browser
from tests.rig.pages import Page


class Wall:
    """A store with one product on one of two fixtures."""

    def __init__(self, p: Partnership, code: str) -> None:
        self.p, self.code = p, code
        self.here = f"/peritel/toko/{p.store.slug}/planogram"
        self.number = p.placement.number

    def picked(self, client: Browser) -> Page:
        return Page(client.get(f"{self.here}?rak={self.code}&pilih={self.number}"))


@pytest.fixture
def wall(client: Browser, session: Session, now: datetime) -> Wall:
    p = make_partnership()
    client.log_in(p.owner)
    return Wall(p, session.get_one(Fixture, p.shelf.fixture_id).code)


def place_of(session: Session, wall: Wall) -> tuple[int, int]:
    session.expire_all()
    found = session.get_one(Placement, wall.p.placement.id)
    return found.shelf_id, found.x_mm


def test_the_picture_comes_with_its_table(client: Browser, wall: Wall) -> None:
    page = Page(client.get(wall.here))
    (svg,) = page.tree.css("svg.plano")
    assert svg.css_first(f'[data-box="{wall.number}"][data-move]') is not None
    assert "Keripik Tempe Contoh" in page.texts(".plano__label, table th a")[-1]
    assert "220 mm" in page.text
    assert "Keripik" in page.texts(".plano-key")
    assert "31 Des 2026" in page.texts("table td")


@pytest.mark.parametrize("day", ["2027-01-01", "2025-06-01", "besok", "0001-01-01", "9999-12-31"])
def test_another_day_shows_what_stands_there_then(client: Browser, wall: Wall, day: str) -> None:
    page = Page(client.get(f"{wall.here}?pada={day}"))
    assert page.status == 200
    is_day = day in {"2027-01-01", "2025-06-01"}
    assert (wall.number in page.text) is not is_day


def test_a_past_day_is_looked_at_only(client: Browser, wall: Wall) -> None:
    page = Page(client.get(f"{wall.here}?pada=2026-02-01"))
    assert wall.number in page.text
    assert page.forms() == []
    assert page.tree.css("[data-move], .plano a") == []


def test_a_product_is_moved_by_form(client: Browser, wall: Wall, session: Session) -> None:
    other = make_shelf(wall.p.store)
    session.commit()
    form = wall.picked(client).form()
    assert (form.values["number"], form.values["x"]) == (wall.number, "0")
    page = Page(client.send(form, x="400"))
    assert "Produk dipindah." in page.text
    assert place_of(session, wall) == (wall.p.shelf.id, 400)
    wall.p.agreement.status = AgreementStatus.SIGNED
    session.commit()
    page = Page(client.send(page.form(), shelf=str(other.id), x="10"))
    assert place_of(session, wall) == (other.id, 10)
    assert wall.number in page.text


def test_another_shelf_is_proposed_to_the_producer_who_agrees(
    client: Browser, wall: Wall, session: Session
) -> None:
    other = make_shelf(wall.p.store)
    keeper = make_keeper(wall.p.stall)
    session.commit()
    page = Page(client.send(wall.picked(client).form(), shelf=str(other.id), x="10"))
    assert "Usulan pindah terkirim." in page.text
    assert "menunggu jawaban produsen untuk pindah ke" in page.text
    assert place_of(session, wall) == (wall.p.shelf.id, 0)
    client.log_in(keeper)
    listed = Page(client.get("/pedagang/rak/perpanjangan"))
    assert "Pindah ke ambalan lain" in listed.text
    client.send(listed.form(), jawab="ya")
    assert place_of(session, wall) == (other.id, 10)


@pytest.mark.parametrize("wrong", ["-1", "abc", "99999999999", "", "1,5"])
def test_a_wrong_place_is_answered_beside_the_field(
    client: Browser, wall: Wall, wrong: str
) -> None:
    page = Page(client.send(wall.picked(client).form(), x=wrong))
    assert page.status == 422
    assert set(page.errors) == {"x"}
    assert page.form().values["x"] == wrong


def test_a_taken_place_is_refused_with_where_there_is_room(
    client: Browser, wall: Wall, session: Session
) -> None:
    other = make_application(wall.p.call, make_sheet(wall.p.stall), stores=[wall.p.store])
    beside = make_placement(other, wall.p.shelf, x_mm=300)
    session.commit()
    page = Page(client.send(wall.picked(client).form(), x="250"))
    assert page.status == 422
    assert f"sudah berdiri {beside.number}" in page.errors["x"]
    assert "Tempat kosong terdekat mulai" in page.errors["x"]
    page = Page(client.send(wall.picked(client).form(), x="700"))
    assert "paling kanan mulai 620 mm" in page.errors["x"]


@pytest.mark.parametrize("field", ["number", "shelf"])
def test_nobody_moves_what_is_not_there(client: Browser, wall: Wall, field: str) -> None:
    typed: dict[str, Any] = {field: "tidak-ada"}
    page = Page(client.send(wall.picked(client).form(), **typed))
    assert page.status == 422
    assert set(page.errors) == {field}


def test_a_clerk_looks_and_moves_nothing(client: Browser, wall: Wall, session: Session) -> None:
    clerk = make_member(wall.p.retailer, seat=RetailSeat.CLERK, store=wall.p.store)
    session.commit()
    client.log_in(clerk)
    page = Page(client.get(wall.here))
    assert wall.number in page.text
    assert page.forms() == []
    assert client.submit(f"{wall.here}/pindah").status_code == 403


def test_what_is_not_mine_or_not_there_is_not_found(client: Browser, wall: Wall) -> None:
    assert client.get(f"{wall.here}?rak=R99").status_code == 404
    client.log_in(make_shop("Lain").owner)
    assert client.get(wall.here).status_code == 404
    assert client.submit(f"{wall.here}/pindah").status_code == 404


def test_a_store_without_fixtures_learns_what_to_do(
    client: Browser, session: Session, now: datetime
) -> None:
    shop = make_shop()
    client.log_in(shop.owner)
    page = Page(client.get(f"{shop.here}/planogram"))
    assert "Belum ada rak" in page.text
    assert f"{shop.here}/rak/baru" in page.links()
    assert client.submit(f"{shop.here}/planogram/pindah").status_code == 404
    assert date(2026, 3, 2).isoformat() not in page.text


def test_sales_are_told_in_colours_words_and_numbers(
    client: Browser, wall: Wall, session: Session
) -> None:
    warm = f"{wall.here}?rak={wall.code}&lihat=penjualan"
    assert "belum ada penjualan" in Page(client.get(warm)).text
    sell(wall.p, 10, date(2026, 3, 1))
    session.commit()
    page = Page(client.get(warm))
    assert "paling laris: 1 sampai 1,3" in page.texts(".plano-key")
    assert "1,3/muka" in page.texts("svg .plano__kind")
    assert "1,3" in page.texts("td[data-label='Terjual per muka']")
    filled = {node.attributes["fill"] for node in page.tree.css("svg .plano__goods")}
    assert filled == {HEAT[4]}
