"""The first people, from the command line."""

import re
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from pol.identity.queries.people import find_by_phone, list_grants
from pol.identity.rules import Role
from tests.factories.people import SECRET, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_the_first_administrator_comes_in_by_a_one_time_code(
    app: Flask, client: Browser, session: Session, now: datetime
) -> None:
    answer = app.test_cli_runner().invoke(
        args=["people", "make-admin", "0812 3456 7890", "Admin Contoh"]
    )
    found = re.search(r": ([2-9A-Z]{10})\n", answer.output)
    assert found, answer.output
    page = Page(client.get("/lupa/kode"))
    form = page.form("/lupa/kode")
    answer_page = Page(client.send(form, phone="081234567890", code=found[1], secret=SECRET))
    assert answer_page.address == "/akun/dua-langkah"  # in, and led on
    user = find_by_phone("+6281234567890")
    assert user
    assert [grant.role for grant in list_grants(user_id=user.id)] == [Role.ADMINISTRATOR]


def test_no_account_is_administrator_by_itself(session: Session) -> None:
    assert find_by_phone("+6281234567890") is None


def test_an_odd_number_is_refused(app: Flask, session: Session) -> None:
    answer = app.test_cli_runner().invoke(args=["people", "make-admin", "12", "X"])
    assert answer.exit_code == 1
    assert "Nomor HP ini tidak dikenali" in answer.output


def test_a_role_is_given(app: Flask, session: Session, now: datetime) -> None:
    person = make_person(phone="+6281234567890")
    session.commit()
    runner = app.test_cli_runner()
    args = ["people", "grant", "081234567890", "kecamatan_officer"]
    assert "harus terikat pada satu tempat" in runner.invoke(args=args).output
    assert runner.invoke(args=[*args, "--region", "35.24.23"]).exit_code == 0
    session.expire_all()
    (grant,) = list_grants(user_id=person.id)
    assert (grant.role, grant.region_code) == (Role.KECAMATAN_OFFICER, "35.24.23")
    nobody = runner.invoke(args=["people", "grant", "081299999999", "courier", "--market", "1"])
    assert "Belum ada akun" in nobody.output
