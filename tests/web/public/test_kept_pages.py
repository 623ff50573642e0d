"""Public pages are drawn once for everybody who carries no cookie."""

import gzip
import re
from datetime import datetime

import pytest
from sqlalchemy import update

from pol.catalogue.models import Product
from pol.kernel.db import db
from pol.kernel.marks import mark
from pol.kernel.transaction import transaction
from tests.factories.catalogue import make_product
from tests.rig.client import Browser


def test_the_second_visitor_costs_the_database_nothing(
    client: Browser, now: datetime, statements: list[str]
) -> None:
    make_product(name="Bandeng")
    first = client.get("/cari")
    statements.clear()
    second = client.get("/cari")
    assert "Bandeng" in second.text
    assert statements == []
    assert second.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", ["/", "/pasar", "/cari?q=bandeng"])
def test_whoever_only_looks_is_given_no_cookie(client: Browser, now: datetime, path: str) -> None:
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Cookie" in answer.headers["Vary"]


def test_a_page_that_has_not_changed_is_not_sent_again(client: Browser, now: datetime) -> None:
    etag = client.get("/").headers["ETag"]
    answer = client.get("/", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert client.get("/", headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_each_answer_has_a_nonce_of_its_own(client: Browser, now: datetime) -> None:
    nonces = []
    for _ in range(2):
        answer = client.get("/")
        (in_page,) = set(re.findall(r'nonce="([^"]+)"', answer.text))
        assert f"'nonce-{in_page}'" in answer.headers["Content-Security-Policy"]
        nonces.append(in_page)
    assert nonces[0] != nonces[1]


def test_a_browser_that_can_unpack_is_sent_less(client: Browser, now: datetime) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert b"Pasar Online" in gzip.decompress(packed.data)


def test_a_change_to_the_catalogue_is_seen_at_once(client: Browser, now: datetime) -> None:
    product_id = make_product(name="Bandeng").id
    before = client.get("/cari")
    with transaction():
        db.session.execute(update(Product).where(Product.id == product_id).values(name="Mujair"))
        mark("catalogue")
    after = client.get("/cari")
    assert "Mujair" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


def test_whoever_carries_a_cookie_gets_a_page_of_their_own(client: Browser, now: datetime) -> None:
    client.get("/")
    with client.session_transaction() as cookie:
        cookie["cart_n"] = 3
    answer = client.get("/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert re.search(r'class="count">\s*3', answer.text)


def test_what_is_missing_is_not_kept(client: Browser, now: datetime) -> None:
    assert client.get("/produk/nanti").status_code == 404
    make_product(slug="nanti")
    assert client.get("/produk/nanti").status_code == 200
