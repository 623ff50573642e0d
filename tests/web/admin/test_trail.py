"""The audit trail on its page."""

from datetime import datetime

import pytest

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel import audit
from tests.factories.people import give_role, make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


@pytest.fixture
def admin(client: Browser, now: datetime) -> User:
    admin = make_person("Admin Contoh")
    give_role(admin, Role.ADMINISTRATOR)
    client.log_in(admin)
    for number in range(60):
        audit.record(
            action="price.changed",
            subject=f"product:{number}",
            actor_id=admin.id,
            now=now,
            before=1_000,
            after=number,
        )
    return admin


def test_what_happened_is_read_newest_first_and_page_by_page(client: Browser, admin: User) -> None:
    page = Page(client.get("/admin/jejak"))
    assert page.texts("tbody td:nth-child(3)")[:2] == ["Produk 59", "Produk 58"]
    assert "sebelum: 1000, sesudah: 59" in page.text
    (following,) = page.links("a[rel=next]")
    assert Page(client.get(following)).texts("tbody td:nth-child(3)")[-1] == f"Akun {admin.id}"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"kejadian": "login."}, 1),
        ({"tentang": "product:7"}, 1),
        ({"kejadian": "price.%"}, 0),
        ({"pelaku": "0"}, 0),
        ({"pelaku": "x"}, 50),
    ],
)
def test_it_is_searched_by_what_and_whom(
    client: Browser, admin: User, asked: dict[str, str], count: int
) -> None:
    page = Page(client.get("/admin/jejak", query_string=asked))
    assert len(page.tree.css("tbody tr")) == count
    assert ("Belum ada jejak yang cocok" in page.text) == (count == 0)


def test_each_line_says_it_in_words_with_its_code_beneath(
    client: Browser, admin: User, now: datetime
) -> None:
    page = Page(client.get("/admin/jejak", query_string={"kejadian": "login."}))
    assert page.texts("tbody td:nth-child(2) div") == ["Masuk ke akun"]
    assert page.texts("tbody td:nth-child(2) small") == ["login.opened"]
    (about, by) = page.links("tbody a")
    assert Page(client.get(about)).texts("tbody td:nth-child(3)") == [f"Akun {admin.id}"]
    assert by == f"/admin/orang/{admin.id}"
    offered = {option.attributes["value"]: option.text() for option in page.tree.css("option")}
    assert offered["login.failed"] == "Gagal masuk"


def test_details_are_in_words_and_a_seal_is_short(
    client: Browser, admin: User, now: datetime
) -> None:
    facts = {
        "door": "second_factor",
        "amount": 12_500,
        "side": "retailer",
        "odd": 0,
        "none": [],
        "seal": "0a" * 32,
    }
    audit.record(action="moon.landed", subject="moon:7", actor_id=None, now=now, **facts)
    page = Page(client.get("/admin/jejak", query_string={"kejadian": "moon."}))
    assert page.texts("tbody td") == [
        *("moon.landed moon.landed", "moon:7", "–"),
        "lewat: langkah kedua, jumlah: Rp12.500, pihak: Toko, odd: 0, segel: 0a0a0a0a0a0a…",
    ]
    (seal,) = page.tree.css("tbody span[title]")
    assert seal.attributes["title"] == "0a" * 32
