"""The door for tills: who is let in, what is taken, and that every no is plain JSON."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pol.api.v1 import sales as door
from pol.kernel.errors import Busy
from pol.partnership.consignment.models import SaleLine, TillKey
from pol.partnership.consignment.rules.pos import UnknownCode
from pol.partnership.consignment.rules.till_keys import MOST_A_MINUTE, KeyUnknown
from pol.partnership.consignment.services import till_keys
from pol.partnership.consignment.services.pos import direct
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.consignment.stage import close_until, left
from tests.partnership.consignment.tillside import make_key, sold
from tests.rig import databases
from tests.rig.client import Browser

DOOR = "/api/v1/sales"
NOBODY_THERE = "postgresql+psycopg://pol@/pol?host=/nonexistent"
Ask = Callable[..., TestResponse]


@pytest.fixture
def p(session: Session, now: datetime) -> Partnership:
    return make_partnership()


@pytest.fixture
def key(p: Partnership) -> str:
    return make_key(p)


@pytest.fixture
def ask(client: Browser, key: str) -> Ask:
    """Give a function that sends a body with the key of the partnership's store."""

    def send(body: Any, **other: Any) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}", **other.pop("headers", {})}
        return client.post(
            DOOR, data=data, headers=headers, content_type=other.get("kind", "application/json")
        )

    return send


def said(answer: TestResponse) -> tuple[int, str]:
    """Return the status and the name of what was refused as a whole."""
    assert answer.is_json
    assert answer.json
    assert answer.json["message"]
    return answer.status_code, answer.json["error"]


def test_a_till_reads_what_became_of_each_row(ask: Ask, p: Partnership) -> None:
    rows = [sold(p) | {"quantity": 2, "price": 15000.0}, sold(p, 1, "A2", code="x-1")]
    answer = ask({"sales": rows})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {
        "recorded": 1,
        "refused": 1,
        "results": [
            {"status": "recorded"},
            {"status": "refused", "error": "UnknownCode", "message": str(UnknownCode(code="X-1"))},
        ],
    }
    assert ask({"sales": rows}).json == answer.json
    assert left(p.batch) == 22


def test_a_closed_day_is_refused_in_words(ask: Ask, p: Partnership) -> None:
    close_until(p.retailer, date(2026, 2, 1))
    (result,) = (ask({"sales": [sold(p, day="31/01/2026")]}).json or {})["results"]
    assert result["error"] == "PeriodClosed"
    assert "paling cepat 01-02-2026" in result["message"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic {}", "{}", "Bearer {}x"])
def test_nobody_comes_in_without_a_key(
    client: Browser, key: str, p: Partnership, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header.format(key)}
    answer = client.post(DOOR, json={"sales": [sold(p)]}, headers=headers)
    assert said(answer) == (401, KeyUnknown.__name__)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert left(p.batch) == 24


def test_a_stopped_key_is_no_key(ask: Ask, session: Session, p: Partnership) -> None:
    assert ask({"sales": [sold(p)]}).status_code == 200
    key = session.scalars(select(TillKey)).one()
    till_keys.stop(key=key, actor_id=p.owner.id, now=key.made_at)
    assert said(ask({"sales": [sold(p)]})) == (401, KeyUnknown.__name__)


def test_a_key_that_is_stopped_on_the_way_is_no_key(
    ask: Ask, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = direct.take_sales

    def stop_first(**values: Any) -> Any:
        key = till_keys.use(key_id=values["sender"].key_id, now=values["now"])
        till_keys.stop(key=key, actor_id=p.owner.id, now=values["now"])
        return whole(**values)

    monkeypatch.setattr(door, "take_sales", stop_first)
    assert said(ask({"sales": [sold(p)]})) == (401, KeyUnknown.__name__)


def test_a_cookie_is_not_a_key_and_a_foreign_page_gains_nothing(
    ask: Ask, client: Browser, p: Partnership
) -> None:
    client.log_in(p.owner)
    assert client.post(DOOR, json={"sales": [sold(p)]}).status_code == 401
    foreign = {"Origin": "https://jahat.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post(DOOR, json={"sales": [sold(p)]}, headers=foreign).status_code == 401
    assert ask({"sales": [sold(p)]}, headers=foreign).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe\x00", b"NaN", b'{"sales": [{"quantity": NaN}]}', b"[" * 200_000,
     b'{"sales": [Infinity]}', b"null null"],
)  # fmt: skip
def test_what_is_no_json_is_refused_whole(ask: Ask, p: Partnership, body: bytes) -> None:
    assert said(ask(body)) == (400, "NotJson")


@pytest.mark.parametrize(
    "body",
    [None, [], 7, "x", {}, {"sales": None}, {"sales": []}, {"sales": {}}, {"sales": [1]},
     {"sales": [{"code": "1"}, []]}, {"sales": [{}] * 501}],
)  # fmt: skip
def test_another_shape_is_refused_whole(ask: Ask, p: Partnership, body: object) -> None:
    assert said(ask(body)) == (422, "WrongShape")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_refused_whole(ask: Ask, p: Partnership, kind: str) -> None:
    assert said(ask({"sales": [sold(p)]}, kind=kind)) == (415, "NotJsonType")


def test_a_body_beyond_reason_is_refused_whole(ask: Ask, p: Partnership) -> None:
    body = json.dumps({"sales": [sold(p)]}).encode()
    assert said(ask(body + b" " * 256 * 1024)) == (413, "TooLarge")
    assert said(ask(b"x" * (41 * 1024 * 1024))) == (413, "TooLarge")
    assert ask(body + b" " * (256 * 1024 - len(body))).status_code == 200


def test_as_many_rows_as_are_allowed_fit(ask: Ask, p: Partnership) -> None:
    rows = [sold(p, 1, f"struk-{at:04}") for at in range(500)]
    answer = ask({"sales": rows}).json or {}
    assert (answer["recorded"], answer["refused"]) == (24, 476)
    assert left(p.batch) == 0


def test_a_flood_is_asked_to_wait(
    ask: Ask, session: Session, p: Partnership, now: datetime,
    set_clock: Callable[[datetime], None],
) -> None:  # fmt: skip
    key = session.scalars(select(TillKey)).one()
    key.uses, key.used_at = MOST_A_MINUTE, now
    answer = ask({"sales": [sold(p)]})
    assert said(answer) == (429, "TooOften")
    assert answer.headers["Retry-After"] == "61"
    set_clock(now + timedelta(seconds=61))
    assert ask({"sales": [sold(p)]}).status_code == 200


def test_who_must_wait_for_others_is_told_when_to_come_back(
    ask: Ask, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planted(**_values: Any) -> None:
        raise Busy

    monkeypatch.setattr(door, "take_sales", planted)
    answer = ask({"sales": [sold(p)]})
    assert said(answer) == (503, "Busy")
    assert answer.headers["Retry-After"] == "5"


def test_a_bug_is_a_number_and_nothing_else(
    ask: Ask, client: Browser, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    config: dict[str, object] = client.application.config
    monkeypatch.setitem(config, "PROPAGATE_EXCEPTIONS", value=False)

    def planted(**_values: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(door, "take_sales", planted)
    answer = ask({"sales": [sold(p)]})
    assert said(answer) == (500, "Broken")
    assert "secret of the house" not in answer.text


def test_a_database_that_is_away_is_said_in_json() -> None:
    app = databases.application(NOBODY_THERE, PROPAGATE_EXCEPTIONS=False)
    answer = Browser(app, Response).post(DOOR, headers={"Authorization": "Bearer pol_x"})
    assert said(answer) == (503, "Busy")
    assert answer.headers["Retry-After"] == "5"


CELLS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(["receipt", "day", "code", "quantity", "price"]) | st.text(max_size=5)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(NAMES, CELLS, max_size=6), max_size=4) | CELLS)
def test_whatever_is_sent_gets_an_answer_and_sells_nothing(
    ask: Ask, session: Session, p: Partnership, sales: Any
) -> None:
    session.execute(update(TillKey).values(uses=0))
    assert ask({"sales": sales}).status_code in {200, 400, 422}
    lines: int = session.scalars(select(func.count()).select_from(SaleLine)).one()
    assert lines == 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_another_way_of_knocking_is_told_the_way_in(client: Browser, method: str) -> None:
    answer = client.open(DOOR, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert answer.is_json
    if method != "HEAD":
        assert said(answer) == (405, "WrongMethod")
        assert "POST" in answer.text


@pytest.mark.parametrize("address", ["/api/v1/penjualan", "/api/v2/sales", "/api/"])
def test_an_address_without_a_door_says_so_to_programs(client: Browser, address: str) -> None:
    assert said(client.post(address, json={"sales": []})) == (404, "NoSuchDoor")


def test_a_person_who_errs_still_reads_a_page(client: Browser) -> None:
    missed = client.open("/masuk", method="DELETE")
    assert (missed.status_code, missed.mimetype) == (405, "text/html")
    assert missed.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.get("/apis/v1").mimetype == "text/html"
