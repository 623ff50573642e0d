"""The owner of a store makes a key for a till, sees it once, and stops it."""

from datetime import datetime

import pytest
from flask import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.partnership.consignment.models import TillKey
from pol.partnership.consignment.rules.till_keys import MOST_LIVE, SameLabel, TooManyKeys
from pol.partnership.slots.rules import RetailSeat
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.partnership.consignment.stage import left
from tests.partnership.consignment.tillside import make_key, sold
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def p(session: Session, client: Browser, now: datetime) -> Partnership:
    found = make_partnership()
    client.log_in(found.owner)
    return found


@pytest.fixture
def page(p: Partnership) -> str:
    return f"/peritel/toko/{p.store.slug}/kasir"


def test_a_key_is_shown_once_opens_the_door_and_is_stopped(
    client: Browser, p: Partnership, page: str
) -> None:
    store = client.get(f"/peritel/toko/{p.store.slug}")
    assert f'href="{page}"' in store.text
    empty = Page(client.get(page))
    assert (empty.heading, "Belum ada kunci" in empty.text) == ("Kasir langsung", True)
    assert p.sheet.number in empty.text
    answer = client.send(empty.form(page), label=" Kasir depan ")
    made = Page(answer)
    assert made.heading == "Kunci untuk Kasir depan"
    assert answer.headers["Cache-Control"] == "no-store"
    key = next(word for word in made.text.split() if word.startswith("pol_"))
    till = Browser(client.application, Response)
    headers = {"Authorization": f"Bearer {key}"}
    assert till.post("/api/v1/sales", json={"sales": [sold(p)]}, headers=headers).status_code == 200
    assert left(p.batch) == 22
    listed = Page(client.get(page))
    assert key not in listed.text
    assert "Terakhir dipakai 2 Mar 2026" in listed.text
    stop = next(form for form in listed.forms() if form.action.endswith("/hentikan"))
    assert any("Kunci dihentikan" in told for told in Page(client.send(stop)).messages)
    assert "Dihentikan 2 Mar 2026" in Page(client.get(page)).text
    assert till.post("/api/v1/sales", json={"sales": [sold(p)]}, headers=headers).status_code == 401


def test_what_is_wrong_with_a_label_is_said_beside_it(
    client: Browser, p: Partnership, page: str
) -> None:
    form = Page(client.get(page)).form(page)
    for label, words in (("", "Beri nama"), ("k" * 41, "40")):
        wrong = Page(client.send(form, label=label))
        assert (wrong.status, words in wrong.errors["label"]) == (422, True)
    client.send(form, label="Kasir depan")
    twice = Page(client.send(form, label="Kasir depan"))
    assert twice.status == 409
    assert str(SameLabel(label="Kasir depan")) in twice.errors["label"]
    assert twice.form(page).values["label"] == "Kasir depan"
    for number in range(MOST_LIVE - 1):
        make_key(p, f"Kasir {number}")
    full = Page(client.send(form, label="Satu lagi"))
    assert str(TooManyKeys(most=MOST_LIVE)) in full.errors["label"]


def test_keys_of_another_retailer_do_not_exist_and_clerks_have_none(
    client: Browser, session: Session, p: Partnership, page: str
) -> None:
    q = make_partnership()
    make_key(q)
    key_id = session.scalars(select(TillKey.id)).one()
    theirs = f"/peritel/toko/{q.store.slug}/kasir"
    assert client.get(theirs).status_code == 404
    assert client.submit(theirs, label="Kasir").status_code == 404
    assert client.submit(f"{theirs}/{key_id}/hentikan").status_code == 404
    assert client.submit(f"{page}/{key_id}/hentikan").status_code == 404
    clerk = Browser(client.application, Response)
    clerk.log_in(make_member(p.retailer, seat=RetailSeat.CLERK, store=p.store))
    assert clerk.get(page).status_code == 403
    assert page not in clerk.get(f"/peritel/toko/{p.store.slug}").text
