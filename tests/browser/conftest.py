"""Browsers for people: one for each person of a story."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from sqlalchemy.orm import Session

from pol.identity.models import User
from tests.rig import chromium
from tests.rig.browsing import log_in
from tests.rig.server import Server

Visit = Callable[..., Tab]


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def has_scripts(request: pytest.FixtureRequest) -> bool:
    """Play once with JavaScript and once without."""
    wanted: bool = request.param
    return wanted


@pytest.fixture
def visit(
    app: Flask,
    browser: Browser,
    server: Server,
    session: Session,
    screen: dict[str, int],
    has_scripts: bool,  # noqa: FBT001 - a fixture, given by name
) -> Iterator[Visit]:
    """Give a function that sits one more person before a browser of their own."""
    with ExitStack() as ends:

        def open_browser(person: User | None = None) -> Tab:
            session.commit()
            context = ends.enter_context(
                chromium.context(browser, server.url, screen, scripts=has_scripts)
            )
            if person:
                log_in(context, app, server, person)
            return context.new_page()

        yield open_browser
