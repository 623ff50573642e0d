"""Where the money goes: the owner writes it down with the password, and a helper cannot."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.payments.queries.bank_accounts import list_bank_accounts
from pol.stalls.models import Stall
from pol.stalls.rules import Seat
from tests.factories.catalogue import make_stall
from tests.factories.people import SECRET, make_person
from tests.factories.traders import keep, make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Page

PAGE = "/pedagang/rekening"
GOOD: dict[str, Any] = {
    "bank": "BRI",
    "number": "0011 2233-44",
    "holder": "Siti Contoh",
    "old": SECRET,
}


@pytest.fixture
def kept(session: Session, client: Browser, now: datetime) -> tuple[Stall, User]:
    stall, owner = make_stall(), make_person(secret=SECRET)
    keep(stall, owner)
    client.log_in(owner)
    return stall, owner


def test_the_owner_writes_an_account_and_sees_when_it_is_used(
    client: Browser, kept: tuple[Stall, User]
) -> None:
    page = Page(client.send(Page(client.get(PAGE)).form(), **GOOD))
    assert any("Rekening tersimpan" in said for said in page.messages)
    assert "0011223344" in page.text
    assert "Dipakai mulai 4 Mar 2026, 12.00 WIB" in page.text
    page = Page(client.submit(PAGE, **{**GOOD, "number": "99887766"}))
    assert "Rekening sebelumnya" in page.text
    (current, old) = list_bank_accounts(stall_id=kept[0].id)
    assert (current.number, old.number) == ("99887766", "0011223344")


def test_a_wrong_password_changes_nothing_and_is_limited(
    client: Browser, kept: tuple[Stall, User]
) -> None:
    for _ in range(5):
        page = Page(client.submit(PAGE, **{**GOOD, "old": "salah sama sekali"}))
        assert (page.status, list(page.errors)) == (422, ["old"])
    page = Page(client.submit(PAGE, **GOOD))
    assert page.status == 429
    assert "Terlalu banyak percobaan" in page.text
    assert list_bank_accounts(stall_id=kept[0].id) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("bank", "Bank Gaib"),
        ("bank", ""),
        ("number", "12a45"),
        ("number", "1234"),
        ("number", "1" * 21),
        ("holder", "  "),
        ("old", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Browser, kept: tuple[Stall, User], field: str, typed: str
) -> None:
    page = Page(client.submit(PAGE, **{**GOOD, field: typed}))
    assert (page.status, list(page.errors)) == (422, [field])
    assert list_bank_accounts(stall_id=kept[0].id) == []


def test_a_helper_reads_and_cannot_write(client: Browser, kept: tuple[Stall, User]) -> None:
    helper = make_keeper(kept[0], seat=Seat.HELPER)
    client.log_in(helper)
    page = Page(client.get(PAGE))
    assert page.forms() == []
    assert "Minta pemilik lapak" in page.text
    page = Page(client.submit(PAGE, **GOOD))
    assert page.status == 422
    assert "Hanya pemilik lapak" in page.text
    assert list_bank_accounts(stall_id=kept[0].id) == []


def test_the_same_account_again_is_refused(client: Browser, kept: tuple[Stall, User]) -> None:
    client.submit(PAGE, **GOOD)
    page = Page(client.submit(PAGE, **GOOD))
    assert (page.status, list(page.errors)) == (422, ["number"])
