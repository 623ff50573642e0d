"""Every route of the URL map x every role x own, other and none: nobody gets in who should not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pol.identity.services.sessions import open_session
from pol.kernel import clock
from pol.kernel.db import db
from tests.access import policy, town
from tests.access.town import Side
from tests.conftest import NOON
from tests.rig.client import ORIGIN, Browser
from tests.rig.databases import Database

Sides = tuple[Side, Side]
SIDES = (0, 1, None)
NOBODYS: dict[str, Any] = {"int": 987_654_321, "default": "tidak-ada"}


def rules(app: Flask) -> list[Rule]:
    """Return every route, those that only show first."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in policy.BESIDE]
    return sorted(found, key=lambda rule: ("POST" in (rule.methods or set()), rule.endpoint))


def guard_of(app: Flask, rule: Rule) -> str:
    """Return the policy that a view declares."""
    return str(getattr(app.view_functions[rule.endpoint], "__policy__", "none"))


def names(rule: Rule) -> list[str]:
    """Return the names of the values in an address, each with its blueprint."""
    blueprint = rule.endpoint.split(".")[0]
    return [f"{blueprint}.{argument}" for argument in sorted(rule.arguments)]


class Visitor:
    """Somebody with a role, at a door of the town."""

    def __init__(self, app: Flask, role: str, sides: tuple[Side, Side], now: datetime) -> None:
        self.app, self.role, self.sides, self.now = app, role, sides, now

    def ask(self, rule: Rule, side: int | None) -> str:
        """Return in one word what a route answers."""
        address = self._address(rule, side)
        browser = self._browser()
        if "POST" not in (rule.methods or set()):
            return _outcome(browser.get(address))
        return _outcome(
            browser.post(
                address,
                data={"csrf_token": browser.csrf_token(), **policy.FIELDS.get(rule.endpoint, {})},
                headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
            )
        )

    def _browser(self) -> Browser:
        """Return a browser with a session of its own, since some pages end it."""
        browser = Browser(self.app, Response)
        if self.role == "anonymous":
            return browser
        with browser.session_transaction() as cookie:
            cookie["cart_n"] = 0
            if self.role not in policy.WITHOUT_ACCOUNT:
                cookie["sid"] = self._token()
        return browser

    def _token(self) -> str:
        name = self.role.removesuffix("_without_code")
        other = name.startswith("other_")
        person = self.sides[other].people[name.removeprefix("other_")]
        token = open_session(
            user_id=person.id,
            now=self.now,
            device="Peramban uji",
            address="127.0.0.1",
            second_factor=name == self.role,
        )
        db.session.commit()
        return token

    def _address(self, rule: Rule, side: int | None) -> str:
        values: dict[str, Any] = {}
        for name in names(rule):
            argument = name.split(".")[1]
            if side is None:
                kind = "int" if f"<int:{argument}>" in rule.rule else "default"
                values[argument] = NOBODYS[kind]
            else:
                values[argument] = {**policy.FIXED, **self.sides[side].values}[name]
        if self.role == "guest_with_key" and rule.rule.startswith("/belanjaan/"):
            values["kunci"] = self.sides[0].key
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **values)


def _outcome(answer: TestResponse) -> str:
    status = answer.status_code
    if status in {302, 303}:
        path = urlsplit(answer.location).path
        return {"/masuk": "login", "/akun/dua-langkah": "second factor"}.get(path, "in")
    known = {401: "no key", 403: "forbidden", 404: "missing"}
    return "in" if status in {200, 204, 409, 422} else known.get(status, f"broken ({status})")


def cells(app: Flask) -> Iterator[tuple[Rule, int | None]]:
    """Yield every route with every side that its address can point at."""
    for rule in rules(app):
        for side in SIDES if rule.arguments else SIDES[:1]:
            yield rule, side


@pytest.fixture(scope="module")
def sides(app: Flask, database: Database) -> Iterator[Sides]:
    """Build the town once; whatever a test does to it, it stands again for the next."""
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(clock, "now", lambda: NOON)
        made = town.build(app, NOON)
        for person in (one for side in made for one in side.people.values()):
            db.session.refresh(person)
        db.session.expunge_all()
        db.session.rollback()
    with database.kept():
        yield made


def test_every_route_stands_in_the_table(app: Flask, sides: Sides, session: Session) -> None:
    own, _ = sides
    known = own.values.keys() | policy.FIXED.keys()
    assert {guard_of(app, rule) for rule in rules(app)} <= policy.HATS.keys()
    assert {name for rule in rules(app) for name in names(rule)} - known == set()
    owned = {rule.endpoint.split(".")[0] for rule in rules(app) if rule.arguments}
    assert owned - policy.OWNERS.keys() == set()


@pytest.mark.parametrize("role", policy.EVERYBODY)
def test_everybody_meets_what_the_table_says(
    app: Flask, sides: Sides, session: Session, database: Database, now: datetime, role: str
) -> None:
    wrong = []
    for rule, side in cells(app):
        guard = guard_of(app, rule)
        expected = policy.expected(guard, rule.endpoint, role, side if rule.arguments else 0)
        if not rule.arguments and expected == "missing" and rule.endpoint not in policy.OWN_RULE:
            expected = "in"  # nothing here belongs to anybody
        found = Visitor(app, role, sides, now).ask(rule, side)
        if found != expected:
            wrong.append(f"{rule.endpoint} of side {side}: {found} instead of {expected}")
        if found == "in" and rule.arguments and "POST" in (rule.methods or set()):
            session.rollback()
            database.reset()  # what was changed is of no use to the next
    assert wrong == [], "\n".join(wrong)


def test_a_door_without_a_guard_would_be_seen(
    app: Flask,
    sides: Sides,
    session: Session,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: officers' pages lose their guard, and the matrix says so."""
    rule = next(rule for rule in rules(app) if rule.endpoint == "officer_transfers.show")
    guard = guard_of(app, rule)
    visitor = Visitor(app, "customer", sides, now)
    assert visitor.ask(rule, 0) == policy.expected(guard, rule.endpoint, "customer", 0)
    monkeypatch.setitem(app.view_functions, rule.endpoint, lambda: "semua transfer")
    assert visitor.ask(rule, 0) != policy.expected(guard, rule.endpoint, "customer", 0)
