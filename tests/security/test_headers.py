"""Every answer, errors included, tells the browser what it may do with the page."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pol.web import headers
from tests.rig import databases
from tests.rig.client import Browser
from tests.rig.databases import Database
from tests.rig.server import Server

SECRET = "only-for-tests-" + "x" * 32
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/cari?q=bandeng", 200),
    ("GET", "/masuk", 200),
    ("GET", "/keranjang", 200),
    ("GET", "/healthz", 200),
    ("GET", "/static/css/pages.css", 200),
    ("GET", "/akun", 302),
    ("POST", "/pedagang/pesanan/B-1/terima", 302),
    ("GET", "/tidak-ada", 404),
    ("GET", "/belanjaan/B260302-AAAAAA", 404),
    ("GET", "/static/tidak-ada.css", 404),
    ("DELETE", "/masuk", 405),
    ("POST", "/masuk", 422),
    ("GET", "/retak", 500),
]


@pytest.fixture(scope="module")
def cracked(database: Database) -> Flask:
    """Give an application with one page that has a bug."""
    app = databases.application(database.url, PROPAGATE_EXCEPTIONS=False)

    def crack() -> str:
        raise RuntimeError("kata sandi basis data: rahasia")

    app.add_url_rule("/retak", view_func=crack)
    return app


def policies(answer: TestResponse) -> str:
    return answer.headers.get("Content-Security-Policy", "")


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_answer_carries_them(
    cracked: Flask, session: Session, method: str, address: str, status: int
) -> None:
    for browser in (Browser(cracked, Response), with_cookie(cracked)):
        answer = browser.open(address, method=method, buffered=True)
        assert answer.status_code in {status, 400}, answer.text
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        assert all(rule in policies(answer) for rule in STRICT)
        assert "unsafe" not in policies(answer)


def with_cookie(app: Flask) -> Browser:
    browser = Browser(app, Response)
    with browser.session_transaction() as cookie:
        cookie["cart_n"] = 1
    return browser


def test_a_bug_is_told_with_an_id_and_without_its_words(cracked: Flask, session: Session) -> None:
    answer = Browser(cracked, Response).get("/retak")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text
    assert "Traceback" not in answer.text
    assert re.search(r"\b[0-9a-f]{8}\b", answer.text)


@pytest.mark.parametrize("address", ["/", "/masuk", "/keranjang"])
def test_each_answer_has_a_nonce_of_its_own_and_scripts_carry_it(
    client: Browser, address: str
) -> None:
    seen = set()
    for _ in range(2):
        answer = client.get(address)
        (nonce,) = re.findall(r"script-src 'nonce-([\w-]{20,})'", policies(answer))
        scripts = re.findall(r"<script([^>]*)>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        assert headers.NONCE_PLACEHOLDER not in answer.text
        seen.add(nonce)
    assert len(seen) == 2


@pytest.mark.parametrize("address", ["/masuk", "/keranjang", "/akun", "/belanjaan/B-1", "/"])
def test_what_is_private_is_not_stored(app: Flask, session: Session, address: str) -> None:
    assert with_cookie(app).get(address).headers["Cache-Control"] == "no-store"


def test_a_page_without_headers_would_be_seen(
    cracked: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the policy is forgotten, and the check above says so."""
    monkeypatch.setattr(headers, "csp", lambda nonce: "default-src 'self' 'unsafe-inline'")
    with pytest.raises(AssertionError):
        test_every_answer_carries_them(cracked, session, "GET", "/masuk", 200)


def test_in_production_only_https_and_a_cookie_for_this_host_alone(
    serve: Callable[..., Server],
) -> None:
    server = serve(POL_PRODUCTION="1", SECRET_KEY=SECRET)
    address = urlsplit(server.url)
    line = HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        line.request("GET", "/masuk")
        answer = line.getresponse()
        answer.read()
        assert "max-age=31536000" in (answer.getheader("Strict-Transport-Security") or "")
        cookie = answer.getheader("Set-Cookie") or ""
    finally:
        line.close()
    name, *rest = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-pol=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rest)
    assert not any(part.lower().startswith("domain") for part in rest)


@pytest.mark.parametrize("secret", ["", "kurang-panjang"])
def test_production_refuses_a_secret_that_can_be_guessed(
    serve: Callable[..., Server], secret: str
) -> None:
    with pytest.raises(RuntimeError, match="SECRET_KEY must be set"):
        serve(POL_PRODUCTION="1", SECRET_KEY=secret)
