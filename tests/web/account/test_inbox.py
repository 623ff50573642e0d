"""The inbox page."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.notices.queries import list_inbox
from pol.notices.services import send
from tests.factories.people import make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def siti(session: Session, client: Browser, now: datetime) -> User:
    person = make_person("Siti (contoh)")
    client.log_in(person)
    return person


def tell(person: User, now: datetime, key: str, link: str = "/pesanan-saya") -> int:
    send(
        key=key,
        phone=person.phone,
        user_id=person.id,
        title=f"Kabar {key}",
        body="Pesanan siap.",
        link=link,
        now=now,
    )
    return list_inbox(user_id=person.id).rows[0].id


def test_an_empty_inbox_says_what_will_be_here(client: Browser, siti: User) -> None:
    page = Page(client.get("/kotak-masuk"))
    assert page.heading == "Kotak masuk"
    assert "Belum ada kabar" in page.text
    assert page.forms() == []


def test_opening_a_word_marks_it_and_leads_to_its_page(
    client: Browser, siti: User, now: datetime
) -> None:
    first, second = tell(siti, now, "satu"), tell(siti, now, "dua", link="")
    page = Page(client.get("/kotak-masuk"))
    assert "2 belum dibaca" in page.text
    answer = client.send(page.form(f"/kotak-masuk/{first}/buka"), follow=False)
    assert (answer.status_code, answer.location) == (303, "/pesanan-saya")
    answer = client.submit(f"/kotak-masuk/{second}/buka", follow=False)
    assert answer.location == "/kotak-masuk"
    assert "belum dibaca" not in Page(client.get("/kotak-masuk")).text


def test_everything_can_be_marked_at_once_and_read_page_by_page(
    client: Browser, siti: User, now: datetime
) -> None:
    for number in range(25):
        tell(siti, now, str(number))
    page = Page(client.get("/kotak-masuk"))
    assert page.texts(".row__title")[0] == "Kabar 24"
    (following,) = page.links("a[rel=next]")
    assert Page(client.get(following)).texts(".row__title")[-1] == "Kabar 0"
    page = Page(client.send(page.form("/kotak-masuk/dibaca")))
    assert "Semua kabar ditandai sudah dibaca." in page.messages
    assert "Baru" not in page.texts(".badge")


def test_a_word_of_somebody_else_is_not_found(client: Browser, siti: User, now: datetime) -> None:
    other = make_person("Lain (contoh)")
    theirs = tell(other, now, "rahasia")
    assert client.submit(f"/kotak-masuk/{theirs}/buka").status_code == 404
    assert "rahasia" not in client.get("/kotak-masuk").text
    assert list_inbox(user_id=other.id).rows[0].read_at is None
