"""Hostile forms, bodies and questions at every route: some answer, but never one of 5xx."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import pytest
from flask import Flask, Response, request
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from pol.identity.services.sessions import open_session
from pol.kernel.db import db
from pol.web.access import open_to_all
from tests.access import policy, town
from tests.access.test_matrix import guard_of, names, rules
from tests.access.town import Side
from tests.rig.client import ORIGIN, Browser
from tests.rig.pages import Page
from tests.security import hostile

OWN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
SLICES = 4
HATS = {
    "trader_only": "trader",
    "courier_only": "courier",
    "officer_only": "officer",
    "retailer_only": "buyer",
    "store_only": "clerk",
    "dinas_only": "dinas",
}
"""Who attacks the pages behind a guard; administrators their own, customers the rest."""


class Attacker:
    """Somebody who may open a page and then sends it anything at all."""

    def __init__(self, app: Flask, side: Side, now: datetime, seed: int) -> None:
        self.app, self.side, self.now, self.dice = app, side, now, Random(seed)  # noqa: S311
        self.answers: Counter[int] = Counter()
        self.bugs: list[str] = []

    def attack(self, rule: Rule) -> None:
        """Send one request to a route, in the name of somebody who may."""
        browser, address = self._browser(rule), self._address(rule)
        is_post = "POST" in (rule.methods or set())
        sent = self._body(rule, browser) if is_post else {}
        if self.dice.random() < (0.2 if is_post else 1):
            sent["query_string"] = hostile.question(self.dice)
        try:
            answer = browser.open(address, method="POST" if is_post else "GET", **sent)
        except Exception as bug:  # noqa: BLE001 - in tests a bug comes through as it is
            db.session.rollback()
            self.bugs.append(f"{rule.endpoint} {_short(sent)}: {type(bug).__name__}: {bug}"[:600])
            return
        self.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            self.bugs.append(f"{rule.endpoint} {_short(sent)}: {answer.status_code}")

    def _browser(self, rule: Rule) -> Browser:
        name = HATS.get(guard_of(self.app, rule), "customer")
        person = self.side.people["administrator" if "admin" in rule.endpoint else name]
        browser = Browser(self.app, Response)
        token = open_session(
            user_id=person.id, now=self.now, device="-", address="127.0.0.1", second_factor=True
        )
        db.session.commit()
        with browser.session_transaction() as cookie:
            cookie["sid"] = token
        return browser

    def _address(self, rule: Rule) -> str:
        values: dict[str, Any] = {}
        for name in names(rule):
            argument = name.split(".")[1]
            values[argument] = {**policy.FIXED, **self.side.values}[name]
            if self.dice.random() < 0.1:
                is_number = isinstance(values[argument], int)
                values[argument] = 10**30 if is_number else self.dice.choice(hostile.NASTY[1:])
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **values)

    def _body(self, rule: Rule, browser: Browser) -> dict[str, Any]:
        if self.dice.random() < 0.1:
            kind, body = self.dice.choice(hostile.BODIES)
            token = {"X-CSRFToken": browser.csrf_token()}
            return {"data": body, "content_type": kind, "headers": OWN | token}
        held = self._held(rule, browser) if self.dice.random() < 0.7 else {}
        token = {"csrf_token": browser.csrf_token()}
        return {"data": hostile.form(self.dice, held) | token, "headers": OWN}

    def _held(self, rule: Rule, browser: Browser) -> dict[str, Any]:
        """Return what the form of this route holds, if some page of the same address shows it."""
        address = self._address(rule).split("?")[0]
        page = browser.get(address)
        if page.status_code != 200 or page.mimetype != "text/html":
            return {}
        forms = [form.values for form in Page(page).forms() if form.action.endswith(address)]
        return dict(forms[0]) if forms else {}


def _short(sent: dict[str, Any]) -> str:
    return repr({key: value for key, value in sent.items() if key != "headers"})[:300]


def attack_all(app: Flask, now: datetime, *, requests: int, seed: int) -> Attacker:
    """Send so many requests to routes in turn; the town is built anew now and then."""
    attacker = Attacker(app, town.build(app, now)[0], now, seed)
    routes = [rule for rule in rules(app) if rule.endpoint != "account_login.leave"]
    for turn in range(requests):
        if turn % 100 == 99:
            attacker.side = town.build(app, now)[0]
        attacker.attack(routes[(turn * SLICES + seed) % len(routes)])
    return attacker


@pytest.mark.parametrize("part", range(SLICES))
def test_nothing_hostile_is_answered_with_a_bug(
    app: Flask, session: Session, now: datetime, rounds: Callable[[int, int], int], part: int
) -> None:
    attacker = attack_all(app, now, requests=rounds(150, 25_000), seed=part)
    assert attacker.bugs == []
    assert attacker.answers[200] + attacker.answers[422] > attacker.answers.total() // 10
    print(f"answers: {dict(attacker.answers)}")  # noqa: T201 - a figure for the drill


def test_a_page_that_trusts_its_form_would_be_seen(
    app: Flask, session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the search takes a number from the address without looking at it."""
    trusting = open_to_all(lambda: str(sum(int(asked) for asked in request.args.values())))
    monkeypatch.setitem(app.view_functions, "public_search.show", trusting)
    attacker = Attacker(app, town.build(app, now)[0], now, 1)
    search = next(rule for rule in rules(app) if rule.endpoint == "public_search.show")
    for _ in range(10):
        attacker.attack(search)
    assert attacker.bugs
