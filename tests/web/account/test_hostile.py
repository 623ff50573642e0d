"""Forms that nobody types by hand."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.identity.rules import Role
from tests.factories.catalogue import make_market
from tests.factories.people import SECRET, give_role, make_person
from tests.rig.client import Browser

NASTY = [
    "\0",
    "x" * 100_000,
    "' OR 1=1 --",
    "%s%n{{7*7}}",
    "\u202e\U0001f41f\r\n\x1b[31m",
    "[]",
    "٣",
]
FIELDS = [
    *("phone", "secret", "code", "name", "email", "old", "village", "role", "market", "kecamatan"),
    *("next", "q", "peran", "setelah", "kejadian", "tentang", "pelaku"),
]
FORMS = [
    *("/masuk", "/masuk/kode", "/daftar", "/lupa", "/lupa/kode", "/petugas/kode"),
    *("/akun/profil", "/akun/sandi", "/akun/dua-langkah", "/admin/orang/1/peran"),
]
LISTS = ["/admin/orang", "/admin/jejak", "/desa", "/desa/saran", "/masuk"]


@pytest.fixture
def boss(client: Browser, session: Session, now: datetime) -> None:
    boss = make_person(secret=SECRET)
    give_role(boss, Role.ADMINISTRATOR)
    give_role(boss, Role.MARKET_OFFICER, market_id=make_market().id)
    client.log_in(boss)


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_form_breaks(client: Browser, value: str) -> None:
    fields: dict[str, Any] = dict.fromkeys(FIELDS, value)
    statuses = {form: client.submit(form, follow=False, **fields).status_code for form in FORMS}
    assert {form: status for form, status in statuses.items() if status >= 500} == {}


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_list_breaks(client: Browser, value: str) -> None:
    asked = dict.fromkeys(FIELDS, value[:2_000])
    statuses = {page: client.get(page, query_string=asked).status_code for page in LISTS}
    assert set(statuses.values()) == {400 if value == "\0" else 200}
