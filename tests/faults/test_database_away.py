"""The database cannot be reached: everybody gets a plain sentence, also who is signed in."""

import pytest
from flask import Response
from sqlalchemy.exc import OperationalError, ProgrammingError

from pol.kernel import health
from tests.rig import databases, templates
from tests.rig.client import Browser
from tests.rig.pages import Page

NOBODY_THERE = "postgresql+psycopg://pol@/pol?host=/nonexistent"


@pytest.mark.parametrize(
    ("address", "cookie"),
    [("/pasar", {}), ("/keranjang", {"cart": "x", "cart_n": 1}), ("/pasar", {"sid": "x"}),
     ("/akun", {"sid": "x"}), ("/pedagang", {"sid": "x"}), ("/readyz", {})],
)  # fmt: skip
def test_a_page_says_so_and_asks_to_come_back(address: str, cookie: dict[str, str]) -> None:
    app = databases.application(NOBODY_THERE, PROPAGATE_EXCEPTIONS=False)
    templates.remember(app)
    visitor = Browser(app, Response)
    if cookie:
        with visitor.session_transaction() as kept:
            kept.update(cookie)
    answer = visitor.get(address)
    assert answer.status_code == 503
    if address != "/readyz":
        assert answer.headers["Retry-After"] == "5"
        assert Page(answer).heading == "Sebentar, ada gangguan"


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("SELECT 1", None, ValueError("no such table")), False),
        (ProgrammingError("SELECT 1", None, ValueError(), connection_invalidated=True), True),
        (ValueError(), False),
        (None, False),
    ],
)
def test_only_a_lost_database_counts_as_away(error: Exception | None, *, away: bool) -> None:
    assert health.is_away(error) is away
