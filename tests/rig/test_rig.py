"""The rig keeps its own promises: a fresh market per test, and a browser that complains."""

from collections.abc import Callable
from datetime import datetime
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel import clock
from pol.regions.models import Region
from tests.rig import axe, chromium
from tests.rig.pages import Form
from tests.rig.server import Server

BARE = "<!doctype html><html><title>.</title><main><img src='data:,'></main></html>"


@pytest.mark.parametrize("again", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(
    session: Session, now: datetime, again: int
) -> None:
    assert session.scalar(select(func.count()).select_from(User)) == 0
    session.add(User(phone="+6281234567890", name="Siti", created_at=now))
    session.commit()
    assert session.scalar(select(func.count()).select_from(User)) == 1


@pytest.mark.parametrize("again", [1, 2])
def test_reference_rows_come_back(session: Session, again: int) -> None:
    names = session.scalars(select(Region.name)).all()
    assert len(names) > 474
    assert "Lain" not in names
    session.execute(text("UPDATE region SET name = 'Lain'"))
    session.commit()


def test_the_clock_stands_where_a_test_puts_it(
    now: datetime, set_clock: Callable[[datetime], None]
) -> None:
    assert clock.now() == now
    set_clock(now.replace(hour=9))
    assert clock.now().hour == 9


def test_the_server_works_on_the_database_of_the_tests(
    serve: Callable[..., Server],
) -> None:
    second = serve(workers=2)
    second.kill()
    second.restart()
    with urlopen(f"{second.url}/readyz") as answer:
        assert answer.status == 200


def test_a_complaint_of_the_browser_fails_the_test(browser: Chromium, server: Server) -> None:
    with (
        pytest.raises(AssertionError, match="broken"),
        chromium.context(browser, server.url, chromium.PHONE) as visitor,
    ):
        visitor.new_page().evaluate("console.error('broken')")


def test_axe_finds_a_picture_without_words(page: Page) -> None:
    page.set_content(BARE)
    found = " ".join(axe.violations(page))
    assert "image-alt" in found
    assert "html-has-lang" in found


def test_a_form_holds_what_its_page_filled_in() -> None:
    form = Form(action="/masuk", values={"phone": "0812"})
    assert form.values == {"phone": "0812"}
