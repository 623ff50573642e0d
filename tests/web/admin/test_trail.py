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
    assert page.texts("tbody td:nth-child(3)")[:2] == ["product:59", "product:58"]
    assert "before: 1000, after: 59" in page.text
    (following,) = page.links("a[rel=next]")
    assert Page(client.get(following)).texts("tbody td:nth-child(3)")[-1] == f"user:{admin.id}"


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
