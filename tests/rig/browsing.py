"""Fixtures for journeys in a real browser against a real server."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from tests.rig import chromium, databases
from tests.rig.client import open_session
from tests.rig.databases import Database
from tests.rig.server import Server


@pytest.fixture(scope="session")
def server(app: Flask, database: Database) -> Iterator[Server]:
    """Give a server over the same database as `session`; it serves all tests of this engine."""
    server = Server(database.url)
    yield server
    server.stop()


@dataclass(frozen=True)
class Demo:
    """The small demo market behind a server; tests look at it and change nothing."""

    app: Flask
    server: Server
    accounts: list[dict[str, str]]


@pytest.fixture(scope="session")
def demo(database: Database) -> Iterator[Demo]:
    """Give the demo market, loaded once per run and engine."""
    with databases.created(database.kind, "demo", like="demo") as own:
        app = databases.application(own.url)
        listed = app.test_cli_runner().invoke(args=["demo", "accounts", "--json"])
        server = Server(own.url)
        yield Demo(app, server, json.loads(listed.stdout))
        server.stop()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def serve(database: Database, session: Session) -> Iterator[Callable[..., Server]]:
    """Give a function that starts one more server, with workers and settings of its own."""
    with ExitStack() as ends:

        def start(**options: str | int) -> Server:
            server = Server(database.url, **options)  # type: ignore[arg-type]
            ends.callback(server.stop)
            return server

        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.started() as browser:
        yield browser


@pytest.fixture(params=[chromium.PHONE, chromium.DESK], ids=["phone", "desk"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    size: dict[str, int] = request.param
    return size


@pytest.fixture
def visitor(
    browser: Browser, server: Server, session: Session, screen: dict[str, int]
) -> Iterator[BrowserContext]:
    """Give a browser without a past, once on a phone and once at a desk."""
    with chromium.context(browser, server.url, screen) as context:
        yield context


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    return visitor.new_page()


@pytest.fixture
def plain_page(
    browser: Browser, server: Server, session: Session, screen: dict[str, int]
) -> Iterator[Page]:
    """Give a page whose browser runs no JavaScript."""
    with chromium.context(browser, server.url, screen, scripts=False) as context:
        yield context.new_page()


def log_in(context: BrowserContext, app: Flask, server: Server, user: User) -> None:
    """Put a signed-in cookie into the browser, without the login page."""
    token = open_session(user)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name = app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": signer.dumps({"sid": token}), "url": server.url}])
