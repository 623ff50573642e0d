"""What people see when something is refused outright, too large, or broken."""

from datetime import datetime

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from pol.delivery.models import DeliveryRate
from pol.delivery.rules import RateMissing
from pol.orders.queries import customer
from tests.factories.catalogue import make_product
from tests.rig.client import Browser
from tests.rig.pages import Page

TOO_MUCH = 41 * 1024 * 1024


def test_a_refusal_on_the_way_to_a_page_is_one_plain_sentence(
    client: Browser, session: Session, now: datetime
) -> None:
    client.submit("/keranjang/tambah", product=make_product().slug, quantity="1")
    session.execute(delete(DeliveryRate))
    page = client.get("/keranjang")
    assert page.status_code == 409
    assert RateMissing.message in page.text


def test_a_body_beyond_reason_is_turned_away(client: Browser, session: Session) -> None:
    page = client.post("/masuk", data=b"x" * TOO_MUCH, content_type="text/plain")
    assert page.status_code == 413
    assert Page(page).heading


def test_a_bug_shows_a_number_and_nothing_else(
    client: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    config: dict[str, object] = client.application.config
    monkeypatch.setitem(config, "PROPAGATE_EXCEPTIONS", value=False)

    def planted(number: str) -> int:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(customer, "find_owner", planted)
    page = client.get("/belanjaan/B1")
    assert page.status_code == 500
    assert "secret of the house" not in page.text
    assert "Traceback" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
