"""Passwords, codes and roles behind the pages."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.identity.models import LoginAttempt, User
from pol.identity.queries.people import find_signed_in, list_grants
from pol.identity.rules import CodePurpose, PhoneTaken, Role
from pol.identity.rules.limits import ACCOUNT, WINDOW, TooManyTries
from pol.identity.rules.secrets import TooBusy, WrongCode, WrongSecret
from pol.identity.services import accounts, codes, doors, open_session, passwords
from pol.identity.services.doors import Door, Try
from pol.kernel.transaction import transaction
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.rig.statements import counted

WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_an_old_hash_is_renewed_when_its_owner_comes_in(
    client: Browser, session: Session, now: datetime
) -> None:
    person = make_person(phone="+6281234567890", password_hash=WEAK.hash(SECRET))
    client.submit("/masuk", phone="081234567890", secret="salah salah")
    session.refresh(person)
    assert "m=8," in (person.password_hash or "")  # the control: only the right one renews it
    client.submit("/masuk", phone="081234567890", secret=SECRET)
    session.refresh(person)
    assert "m=19456,t=2,p=1" in (person.password_hash or "")
    assert Page(client.submit("/masuk", phone="081234567890", secret=SECRET)).address == "/akun"


def test_a_hash_of_today_is_left_alone(session: Session) -> None:
    person = make_person(secret=SECRET)
    assert passwords.match_secret(phone=person.phone, secret=SECRET).rehashed is None


def test_an_account_without_password_opens_to_nobody(session: Session) -> None:
    person = make_person()
    for secret in ("", SECRET):
        with pytest.raises(WrongSecret):
            passwords.match_secret(phone=person.phone, secret=secret)


def test_an_unknown_phone_takes_as_long_as_a_wrong_password(session: Session) -> None:
    person = make_person(secret=SECRET)

    def shortest(phone: str) -> float:
        spans = []
        for _ in range(5):
            start = time.perf_counter()
            with pytest.raises(WrongSecret):
                passwords.match_secret(phone=phone, secret="salah salah")
            spans.append(time.perf_counter() - start)
        return min(spans)

    assert shortest("+6281299999999") > shortest(person.phone) / 2
    assert passwords.HASHER.check_needs_rehash(passwords.NOBODY) is False


@pytest.fixture
def no_slot_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(passwords, "_slots", taken)
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.01)
    yield
    taken.release()


@pytest.mark.usefixtures("no_slot_left")
def test_when_too_many_come_at_once_the_page_says_so(
    client: Browser, app: Flask, session: Session, now: datetime
) -> None:
    page = Page(client.submit("/masuk", phone="081234567890", secret=SECRET))
    assert TooBusy.message in page.text
    fields: dict[str, Any] = {"name": "A", "phone": "081234567890", "secret": SECRET, "village": ""}
    assert TooBusy.message in Page(client.submit("/daftar", **fields)).text
    assert TooBusy.message in Page(client.submit("/lupa", phone="081234567890")).text
    form: dict[str, Any] = {"phone": "081234567890", "code": "123456", "secret": SECRET}
    assert TooBusy.message in Page(client.submit("/lupa/kode", **form)).text


def test_two_who_register_one_phone_at_once_get_one_account(
    session: Session, now: datetime
) -> None:
    accounts.register(phone="+6281234567890", name="A", hashed=None, now=now)
    with pytest.raises(PhoneTaken):
        accounts.register(phone="+6281234567890", name="B", hashed=None, now=now)
    assert session.scalars(select(User.name)).all() == ["A"]


def test_a_code_for_the_first_administrator_gives_the_role(session: Session, now: datetime) -> None:
    person = make_person()
    drawn = codes.draw_code(CodePurpose.FIRST_ADMINISTRATOR)
    codes.issue_first_code(drawn, user_id=person.id, now=now)
    typed = f"{drawn.code[:5]}-{drawn.code[5:]}".lower()
    code_id = codes.match_code(phone=person.phone, code=typed, now=now)
    codes.use_code(code_id=code_id, hashed=passwords.hash_secret(SECRET), now=now)
    assert [grant.role for grant in list_grants(user_id=person.id)] == [Role.ADMINISTRATOR]
    with pytest.raises(WrongCode):
        codes.use_code(code_id=code_id, hashed="x", now=now)


def test_who_looks_is_read_with_all_roles_in_one_statement(session: Session, now: datetime) -> None:
    person = make_person()
    token = open_session(user_id=person.id, now=now, device="HP", address="::1")
    session.flush()
    with counted() as statements:
        found = find_signed_in(token=token, now=now)
    assert len(statements) == 1
    assert found
    assert (found.id, found.grants, found.second_factor_at) == (person.id, (), None)
    assert find_signed_in(token=token + "x", now=now) is None


def test_old_tries_are_forgotten(session: Session, now: datetime) -> None:
    doors.count_try(Try(Door.PASSWORD, "+6281234567890", "::1", now))
    assert doors.forget_old_tries(now) == 0
    assert doors.forget_old_tries(now + WINDOW) == 2
    assert session.scalar(select(func.count()).select_from(LoginAttempt)) == 0


def test_many_tries_at_once_do_not_slip_through(
    app: Flask, session: Session, now: datetime
) -> None:
    attempt = Try(Door.PASSWORD, "+6281234567890", "::1", now)

    def knock(_number: int) -> bool:
        with app.app_context(), suppress(TooManyTries), transaction():
            doors.count_try(attempt)
            return True
        return False

    session.commit()
    with ThreadPoolExecutor(20) as pool:
        let_in = list(pool.map(knock, range(20)))
    assert sum(let_in) == ACCOUNT.free
