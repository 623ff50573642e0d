"""An administrator makes commission rules, ends them, and asks what a sale costs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.localtime import business_day
from pol.payments.queries.commission import list_rules
from pol.payments.services.commission import NewRule, add_rule
from tests.factories.catalogue import make_category, make_stall
from tests.factories.people import give_role, make_person
from tests.payments import till
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/admin/komisi"
GOOD = {"rate": "2,5", "valid_from": "2026-03-02", "source": "SK contoh 1/2026"}


@pytest.fixture
def admin(session: Session, client: Browser, now: datetime) -> User:
    admin = make_person("Admin Contoh")
    give_role(admin, Role.ADMINISTRATOR)
    client.log_in(admin)
    return admin


def add(client: Browser, **other: Any) -> Page:
    return Page(client.submit(PAGE, **GOOD | other))


def test_without_rules_nothing_is_taken(client: Browser, admin: User) -> None:
    stall = make_stall()
    assert "Belum ada aturan komisi" in Page(client.get(PAGE)).text
    page = Page(client.get(PAGE, query_string={"lapak": stall.slug}))
    assert "Rp0 (tanpa aturan)" in page.text


def test_a_rule_is_added_and_explains_itself(client: Browser, admin: User) -> None:
    stall = make_stall(name="Lapak Bu Sri")
    category = make_category("Kerajinan")
    page = add(client, floor="500", ceiling="20.000")
    assert any("Pesanan lama tidak berubah" in said for said in page.messages)
    assert "2,5 %, paling sedikit Rp500, paling banyak Rp20.000 · Semua lapak" in page.text
    add(client, rate="1", market=str(stall.market_id))
    add(client, rate="4", category=str(category.id))
    page = add(client, rate="0,25", stall=f"https://pol.example/lapak/{stall.slug}/",
               valid_from="2026-03-05")  # fmt: skip
    assert "0,25 % · Lapak Lapak Bu Sri" in page.text
    asked = {"lapak": stall.slug, "hari": "2026-03-05"}
    page = Page(client.get(PAGE, query_string=asked))
    assert "Senin, 2 Maret 2026 Rp1.000 ( 1 % )" in page.text
    assert "Kamis, 5 Maret 2026 Rp250 ( 0,25 % )" in page.text
    page = Page(client.get(PAGE, query_string={"lapak": stall.slug, "kategori": category.id}))
    assert "Rp4.000 ( 4 % )" in page.text


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"rate": "101"}, "rate"),
        ({"rate": "2,555"}, "rate"),
        ({"rate": ""}, "rate"),
        ({"valid_from": "2026-03-01"}, "valid_from"),
        ({"valid_from": "9999-12-31"}, "valid_from"),
        ({"source": " "}, "source"),
        ({"floor": "500", "ceiling": "400"}, "ceiling"),
        ({"stall": "tidak-ada"}, "stall"),
        ({"floor": "x"}, "floor"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Browser, admin: User, other: dict[str, str], field: str
) -> None:
    page = add(client, **other)
    assert (page.status, list(page.errors)) == (422, [field])
    assert list_rules() == []


def test_one_rule_has_one_scope(client: Browser, admin: User) -> None:
    stall = make_stall()
    page = add(client, stall=stall.slug, market=str(stall.market_id))
    assert page.status == 422
    assert "Satu aturan untuk satu lapak" in page.text


@pytest.mark.parametrize("asked", [{"lapak": "tidak-ada"}, {"lapak": "x", "hari": "9999-12-31"}])
def test_a_question_about_nothing_is_answered(
    client: Browser, admin: User, asked: dict[str, str]
) -> None:
    page = Page(client.get(PAGE, query_string=asked))
    assert page.status == 200
    assert page.errors


def test_a_rule_ends_on_its_last_day(client: Browser, admin: User, now: datetime) -> None:
    rule_id = add_rule(
        wanted=NewRule(250, business_day(now), "SK contoh"), actor_id=admin.id, now=now
    )
    address = f"{PAGE}/{rule_id}"
    assert "Admin Contoh" in Page(client.get(address)).text
    for day, status in (("2026-03-01", 422), ("", 422), ("9999-12-31", 422), ("2026-03-02", 200)):
        page = Page(client.submit(f"{address}/akhiri", last_day=day))
        assert page.status == status
    assert "2 Mar 2026 sampai sebelum 3 Mar 2026" in page.text
    page = Page(client.submit(f"{address}/akhiri", last_day="2026-03-04"))
    assert "sudah berakhir" in page.text
    assert "tidak diubah lagi" in Page(client.get(address)).text


def test_a_rule_of_tomorrow_can_be_called_off(client: Browser, admin: User, now: datetime) -> None:
    tomorrow = business_day(now) + timedelta(days=1)
    rule_id = add_rule(wanted=NewRule(250, tomorrow, "SK contoh"), actor_id=admin.id, now=now)
    form = Page(client.get(f"{PAGE}/{rule_id}")).form(f"{PAGE}/{rule_id}/batalkan")
    assert "dibatalkan sebelum 3 Mar 2026" in Page(client.send(form)).text
    assert list_rules()[0].rule.valid_until == tomorrow


def test_an_administrator_is_the_second_pair_of_eyes(
    client: Browser, session: Session, admin: User, now: datetime
) -> None:
    page = Page(client.get("/admin/pencairan"))
    assert "Belum ada pencairan" in page.text
    stall = till.make_paid_stall(now=now, earned=50_000)
    officer = make_person("Petugas Contoh")
    batch = till.make(stall, officer, now=now)
    session.commit()
    assert batch.number in Page(client.get("/admin/pencairan")).text
    address = f"/admin/pencairan/{batch.number}"
    page = Page(client.send(Page(client.get(address)).form(f"{address}/setujui")))
    assert any("Disetujui" in said for said in page.messages)
    own = till.make_paid_stall(now=now, earned=50_000)
    mine = till.make(own, admin, now=now)
    session.commit()
    page = Page(client.get(f"/admin/pencairan/{mine.number}"))
    assert "Anda yang membuat" in page.text
    page = Page(client.submit(f"/admin/pencairan/{mine.number}/setujui"))
    assert any("Anda sendiri yang membuat" in said for said in page.messages)
