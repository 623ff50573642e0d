"""A change comes from our own form, or it is not made; each test has the door open as control."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy.orm import Session

from pol.cart.queries import Holder, list_lines
from pol.catalogue.models import Product
from pol.kernel import clock
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market
from tests.factories.people import make_person
from tests.rig.client import ORIGIN, Browser

OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
FOREIGN: Mapping[str, dict[str, str]] = {
    "another origin": {"Origin": "https://jahat.example"},
    "the origin of a sandbox": {"Origin": "null"},
    "our name as part of theirs": {"Origin": "http://localhost.jahat.example"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour under one domain": {"Sec-Fetch-Site": "same-site"},
    "an address typed by hand": {"Sec-Fetch-Site": "none"},
    "a lie about the origin": {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
}


@pytest.fixture
def product(session: Session) -> Product:
    return make_product(make_kept_stall(make_open_market())[0])


@pytest.fixture
def siti(client: Browser) -> Browser:
    """Give the browser of somebody who is logged in."""
    person = make_person("Siti")
    client.log_in(person)
    return client


def profile(browser: Browser, headers: dict[str, str], **fields: Any) -> int:
    data = {"name": "Nama Baru", **fields}
    return browser.post("/akun/profil", data=data, headers=headers).status_code


@pytest.mark.parametrize("where", FOREIGN)
def test_a_form_on_a_foreign_page_changes_nothing(siti: Browser, where: str) -> None:
    token = siti.csrf_token()
    assert profile(siti, FOREIGN[where], csrf_token=token) == 400
    assert "Nama Baru" not in siti.get("/akun").text
    assert profile(siti, OWN, csrf_token=token) == 302
    assert "Nama Baru" in siti.get("/akun").text


@pytest.mark.parametrize("token", [None, "", "a.b.c", "x" * 5_000])
def test_without_a_good_token_nothing_changes(siti: Browser, token: str | None) -> None:
    fields = {} if token is None else {"csrf_token": token}
    assert profile(siti, OWN, **fields) == 400
    assert "Nama Baru" not in siti.get("/akun").text


def test_the_token_of_somebody_else_is_not_good(app: Flask, siti: Browser) -> None:
    other = Browser(app, Response)
    other.log_in(make_person("Budi"))
    with other.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    assert profile(siti, OWN, csrf_token=other.csrf_token()) == 400


def test_with_the_check_off_the_forged_form_would_work(
    app: Flask, siti: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setitem(app.config, name="WTF_CSRF_ENABLED", value=False)
    assert profile(siti, FOREIGN["another origin"]) == 302
    assert "Nama Baru" in siti.get("/akun").text


def basket(browser: Browser, product: Product, headers: dict[str, str]) -> int:
    data = {"product": product.slug, "quantity": "1"}
    return browser.post("/keranjang/tambah", data=data, headers=headers).status_code


def lines_of(browser: Browser) -> int:
    with browser.session_transaction() as cookie:
        token = cookie.get("cart")
    return len(list_lines(Holder(None, token), now=clock.now()))


def test_a_form_of_a_public_page_needs_no_token_but_our_origin(
    client: Browser, product: Product
) -> None:
    assert basket(client, product, OWN) == 303
    assert basket(client, product, {"Origin": ORIGIN}) == 303  # a second tab, now with a cookie
    assert basket(client, product, FOREIGN["another site"]) == 400
    assert basket(client, product, {}) == 400  # a cookie, no token, and nobody vouches
    assert lines_of(client) == 1


def test_a_visitor_without_cookie_is_not_used_by_a_foreign_page_either(
    client: Browser, product: Product
) -> None:
    for headers in FOREIGN.values():
        assert basket(client, product, headers) == 400
    assert client.get_cookie("pol") is None


def test_other_forms_of_a_visitor_with_a_cookie_need_the_token(
    client: Browser, product: Product
) -> None:
    assert basket(client, product, OWN) == 303
    assert client.post("/keranjang/harga", headers=OWN).status_code == 400
    assert client.submit("/keranjang/harga", follow=False).status_code == 303
