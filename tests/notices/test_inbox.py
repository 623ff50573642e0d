"""Word to people: written once, read by its owner only."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.errors import NotFound
from pol.notices.models import Notice
from pol.notices.queries import count_unread, get_notice, list_inbox
from pol.notices.rules import next_try_at, wa_link
from pol.notices.services import mark_read, send


@pytest.fixture
def siti(session: Session, now: datetime) -> User:
    return make_person(session, now, "+6281200000001", "siti@contoh.id")


@pytest.fixture
def budi(session: Session, now: datetime) -> User:
    return make_person(session, now, "+6281200000002", None)


def make_person(session: Session, now: datetime, phone: str, email: str | None) -> User:
    person = User(phone=phone, name="Contoh", email=email, created_at=now, is_active=True)
    session.add(person)
    session.flush()
    return person


def tell(person: User | None, now: datetime, key: str = "a", link: str = "/") -> None:
    send(
        key=key,
        phone=person.phone if person else "+6281200000003",
        user_id=person.id if person else None,
        title=f"Kabar {key}",
        body="Pesanan siap.",
        link=link,
        now=now,
    )


def test_the_same_word_twice_is_written_once(session: Session, siti: User, now: datetime) -> None:
    tell(siti, now)
    tell(siti, now)
    assert [row.title for row in list_inbox(user_id=siti.id).rows] == ["Kabar a"]


def test_only_people_with_an_address_get_a_letter(
    session: Session, siti: User, budi: User, now: datetime
) -> None:
    for key, person in (("a", siti), ("b", budi), ("c", None)):
        tell(person, now, key)
    rows = session.execute(select(Notice.email, Notice.mail_due_at).order_by(Notice.key))
    assert rows.all() == [("siti@contoh.id", now), (None, None), (None, None)]


def test_the_inbox_is_read_newest_first_page_by_page(siti: User, now: datetime) -> None:
    for number in range(5):
        tell(siti, now, str(number))
    first = list_inbox(user_id=siti.id, size=3)
    rest = list_inbox(user_id=siti.id, size=3, cursor=first.next_cursor)
    titles = [row.title for page in (first, rest) for row in page.rows]
    assert titles == [f"Kabar {number}" for number in (4, 3, 2, 1, 0)]
    assert rest.next_cursor is None


def test_a_word_is_read_by_its_owner_only(siti: User, budi: User, now: datetime) -> None:
    tell(siti, now, "a")
    tell(siti, now, "b")
    first = list_inbox(user_id=siti.id).rows[0]
    mark_read(user_id=budi.id, notice_id=first.id, now=now)
    assert count_unread(user_id=siti.id) == 2
    mark_read(user_id=siti.id, notice_id=first.id, now=now)
    assert count_unread(user_id=siti.id) == 1
    mark_read(user_id=siti.id, notice_id=None, now=now)
    assert count_unread(user_id=siti.id) == 0
    assert get_notice(user_id=siti.id, notice_id=first.id).read_at == now
    with pytest.raises(NotFound):
        get_notice(user_id=budi.id, notice_id=first.id)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", "https://wa.me/6281234567890"),
        ("Halo, siap & enak?", "https://wa.me/6281234567890?text=Halo%2C%20siap%20%26%20enak%3F"),
    ],
)
def test_a_whatsapp_link_carries_number_and_text(text: str, address: str) -> None:
    assert wa_link("+6281234567890", text) == address


def test_a_letter_waits_twice_as_long_each_time_up_to_six_hours(now: datetime) -> None:
    waits = [next_try_at(tries=tries, now=now) - now for tries in (0, 1, 2, 5, 9, 50)]
    assert [wait / timedelta(minutes=1) for wait in waits] == [1, 2, 4, 32, 360, 360]
