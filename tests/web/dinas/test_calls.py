"""The Dinas reads all calls, and asks stores that give no place; their retailers answer."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.partnership.slots.queries import follow_ups as queries
from pol.partnership.slots.rules import follow_ups as rules
from tests.factories.partnership import make_partnership, make_store
from tests.factories.people import give_role, make_person
from tests.partnership.calls.book import make_checked, make_shop, publish
from tests.rig.client import Browser
from tests.rig.pages import Page

CALLS, IDLE, MINE = "/dinas/slot", "/dinas/toko-tanpa-slot", "/peritel/tindak-lanjut"


@pytest.fixture
def officer(session: Session, client: Browser, now: datetime) -> User:
    officer = make_person("Petugas Dinas Contoh")
    give_role(officer, Role.DINAS_OFFICER)
    client.log_in(officer)
    return officer


def other_browser(app: Flask, person: User) -> Browser:
    browser = Browser(app, Response)
    browser.log_in(person)
    return browser


def test_the_dinas_reads_every_call(client: Browser, officer: User, now: datetime) -> None:
    assert "Tidak ada pembukaan di sini" in Page(client.get(CALLS)).text
    shop = make_shop()
    draft = make_checked(shop, now=now)
    call = publish(shop, make_checked(shop, now=now), now=now)
    db.session.commit()
    assert call.number in Page(client.get(CALLS)).text
    assert draft.number in Page(client.get(CALLS, query_string={"status": "checked"})).text
    assert call.number in Page(client.get(CALLS, query_string={"status": "apa"})).text
    page = Page(client.get(f"{CALLS}/{call.number}"))
    assert "Tidak ada temuan" in page.text
    assert page.forms() == []
    assert client.get(f"{CALLS}/tidak-ada").status_code == 404


def test_only_stores_without_place_or_open_call_are_idle(session: Session, now: datetime) -> None:
    today = date(2026, 3, 2)
    placed, offering, idle = make_partnership(), make_shop(), make_shop()
    make_store(idle.retailer, status="draft")
    assert queries.count_idle_stores(today=today) == 2
    publish(offering, make_checked(offering, now=now), now=now)
    assert [row.slug for row in queries.list_idle_stores(today=today)] == [idle.store.slug]
    late = date(2027, 1, 1)
    assert placed.store.slug in {row.slug for row in queries.list_idle_stores(today=late)}


def ask(client: Browser, slug: str) -> str:
    """Ask a store with the usual words, and return the number."""
    form = Page(client.get(f"{IDLE}/toko/{slug}")).form()
    return Page(client.send(form)).address.rpartition("/")[2]


def test_a_store_is_asked_once_at_a_time(client: Browser, officer: User) -> None:
    shop = make_shop()
    assert "Tanyakan" in Page(client.get(IDLE)).text
    form = Page(client.get(f"{IDLE}/toko/{shop.store.slug}")).form()
    assert form.values["due_on"] == "2026-03-16"
    page = Page(client.send(form))
    assert "menunggu jawaban" in page.text
    number = page.address.rpartition("/")[2]
    again = Page(client.send(form))
    assert f"tindak lanjut yang terbuka: {number}" in again.text
    client.send(page.form())
    assert "Tanyakan" in Page(client.get(IDLE)).text


def test_a_retailer_hears_and_answers(app: Flask, client: Browser, officer: User) -> None:
    shop = make_shop()
    number = ask(client, shop.store.slug)
    buyer = other_browser(app, shop.owner)
    assert number in Page(buyer.get("/peritel/slot")).text
    assert "Dinas menanyakan ruang rak" in Page(buyer.get("/kotak-masuk")).text
    page = Page(buyer.get(f"{MINE}/{number}"))
    assert list(Page(buyer.send(page.form(), answer=" ")).errors) == ["answer"]
    page = Page(buyer.send(page.form(), answer="Kami buka slot bulan depan."))
    assert page.forms() == []
    page = Page(buyer.submit(f"{MINE}/{number}/jawab", answer="Sekali lagi"))
    assert "sudah dijawab" in page.text
    assert f"{number} dijawab" in Page(client.get("/kotak-masuk")).text
    assert "Kami buka slot bulan depan." in Page(client.get(f"{IDLE}/{number}")).text


def test_what_is_closed_rests(app: Flask, client: Browser, officer: User) -> None:
    shop = make_shop()
    address = f"{IDLE}/{ask(client, shop.store.slug)}"
    page = Page(client.send(Page(client.get(address)).form()))
    assert any("Tindak lanjut ditutup" in said for said in page.messages)
    page = Page(client.submit(f"{address}/tutup"))
    assert any("sudah ditutup" in said for said in page.messages)
    buyer = other_browser(app, shop.owner)
    page = Page(buyer.submit(f"{MINE}/{address.rpartition('/')[2]}/jawab", answer="Terlambat"))
    assert "sudah ditutup" in page.text


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"text": " "}, "text"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2026-03-04"}, "due_on"),
        ({"due_on": "2019-03-04"}, "due_on"),
    ],
)
def test_a_wrong_question_is_not_sent(
    client: Browser, officer: User, other: dict[str, Any], field: str
) -> None:
    shop = make_shop()
    form = Page(client.get(f"{IDLE}/toko/{shop.store.slug}")).form()
    page = Page(client.send(form, **other))
    assert (page.status, list(page.errors)) == (422, [field])
    (row,) = queries.list_idle_stores(today=date(2026, 3, 2))
    assert row.number is None


def test_questions_to_others_do_not_exist(
    app: Flask, client: Browser, officer: User, now: datetime
) -> None:
    shop, other = make_shop(), make_shop("Swalayan Lain")
    form = Page(client.get(f"{IDLE}/toko/{shop.store.slug}")).form()
    number = Page(client.send(form)).address.rpartition("/")[2]
    stranger = other_browser(app, other.owner)
    assert stranger.get(f"{MINE}/{number}").status_code == 404
    assert stranger.submit(f"{MINE}/{number}/jawab", answer="Halo").status_code == 404
    assert client.get(f"{IDLE}/tidak-ada").status_code == 404
    assert client.get(f"{IDLE}/toko/tidak-ada").status_code == 404
    assert "Semua toko sudah" not in Page(client.get(IDLE)).text


def test_without_idle_stores_the_page_says_so(client: Browser, officer: User) -> None:
    assert "Semua toko sudah memberi tempat" in Page(client.get(IDLE)).text


@pytest.mark.parametrize(
    ("text", "due_on", "open_number", "refusal"),
    [
        ("Mohon buka slot", date(2026, 3, 9), "TT-1", rules.FollowUpOpenAlready),
        ("", date(2026, 3, 9), None, rules.FollowUpTextNeeded),
        ("Mohon buka slot", date(2026, 3, 4), None, rules.FollowUpDueTooSoon),
    ],
)
def test_what_may_be_asked(
    text: str, due_on: date, open_number: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.check_ask(text=text, due_on=due_on, today=date(2026, 3, 2), open_number=open_number)


@pytest.mark.parametrize(
    ("text", "is_answered", "is_closed", "refusal"),
    [
        ("Ya", True, True, rules.FollowUpClosed),
        ("Ya", True, False, rules.FollowUpAnswered),
        (" ", False, False, rules.AnswerNeeded),
    ],
)
def test_what_may_be_answered(
    text: str,
    is_answered: bool,  # noqa: FBT001
    is_closed: bool,  # noqa: FBT001
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        rules.check_answer(text=text, is_answered=is_answered, is_closed=is_closed)
