"""Every page of every role, on a phone and at a desk: accessible, calm, and within its width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.identity.queries.people import find_by_phone
from pol.identity.rules import Role
from pol.identity.rules.phones import phone_number
from pol.kernel.db import db
from pol.stalls.models import Market
from tests.browser.stage import (
    fill_recipient,
    hire,
    make_tireless_market,
    open_counter,
    put_into_cart,
)
from tests.browser.tour import POLICIES, Visitor, addresses, own_addresses
from tests.factories.orders import make_kept_stall
from tests.factories.partnership import make_member, make_retailer
from tests.factories.people import make_person
from tests.rig import axe, chromium
from tests.rig.browsing import Demo, log_in
from tests.rig.server import Server

pytestmark = pytest.mark.engines("sqlite")
LOOK = """() => {
  const TARGETS = ".bar a, .dock .button, .button--big, .button--primary";
  const found = [];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) found.push(`${headings} h1`);
  if (!document.title.trim()) found.push("no title");
  const width = document.scrollingElement.scrollWidth;
  if (width > innerWidth) found.push(`${width} px wide`);
  for (const target of document.querySelectorAll(TARGETS)) {
    const { height } = target.getBoundingClientRect();
    if (height && height < 47.5) found.push(`${target.textContent.trim()}: ${height} px high`);
  }
  return found;
}"""


def faults_of(tab: Tab, address: str) -> list[str]:
    """Return what is wrong with a page."""
    answer = tab.goto(address)
    assert answer is not None
    if answer.status != 200 or answer.request.redirected_from:
        return [f"{address}: answers {answer.status} at {tab.url}"]
    return faults_here(tab)


def faults_here(tab: Tab) -> list[str]:
    """Return what is wrong with a page as it stands."""
    return [f"{tab.url}: {fault}" for fault in [*tab.evaluate(LOOK), *axe.violations(tab)]]


@dataclass(frozen=True)
class Guide:
    """Shows the pages of one server to people, each on a phone's screen and on a desk's."""

    browser: Browser
    app: Flask
    server: Server

    def faults(self, user: User | None, pages: Sequence[str]) -> list[str]:
        """Return what is wrong with any of these pages; they share one tab."""
        with chromium.context(self.browser, self.server.url, chromium.PHONE) as context:
            if user:
                log_in(context, self.app, self.server, user)
            axe.prepare(context)
            tab = context.new_page()
            return [fault for address in pages for fault in self._faults_of(tab, address)]

    def _faults_of(self, tab: Tab, address: str) -> list[str]:
        chromium.resize(tab, chromium.PHONE)
        on_phone = faults_of(tab, address)
        chromium.resize(tab, chromium.DESK)
        return [*on_phone, *(f"desk: {fault}" for fault in faults_here(tab))]


@pytest.mark.parametrize("role", POLICIES)
def test_every_page_of_a_full_market(browser: Browser, demo: Demo, role: str) -> None:
    numbers = {account["role"]: account["phone"] for account in demo.accounts}
    guide = Guide(browser, demo.app, demo.server)
    with demo.app.app_context():
        user = find_by_phone(phone_number(numbers[role])) if role != "guest" else None
        pages = addresses(demo.app, Visitor(role, user.id if user else None))
        faults = guide.faults(user, pages)
    assert faults == [], "\n".join(faults)


EMPTY_DESKS: dict[str, Callable[[Market], User | None]] = {
    "guest": lambda market: None,
    "customer": lambda market: make_person(),
    "trader": lambda market: make_kept_stall(market)[1],
    "courier": lambda market: hire(Role.COURIER, market),
    "market_officer": lambda market: hire(Role.MARKET_OFFICER, market),
    "administrator": lambda market: hire(Role.ADMINISTRATOR),
    "retailer": lambda market: make_member(make_retailer()),
    "dinas_officer": lambda market: hire(Role.DINAS_OFFICER),
}


@pytest.mark.parametrize("role", EMPTY_DESKS)
def test_every_page_where_nothing_has_happened_yet(
    browser: Browser, app: Flask, server: Server, session: Session, role: str
) -> None:
    user = EMPTY_DESKS[role](make_tireless_market("Pasar Babat"))
    session.commit()
    pages = own_addresses(app, Visitor(role, user and user.id))
    faults = Guide(browser, app, server).faults(user, pages)
    assert faults == [], "\n".join(faults)


def test_pages_in_the_middle_of_something(page: Tab) -> None:
    """What no address alone leads to: a filled cart, a checkout, and mistakes."""
    open_counter(make_tireless_market("Pasar Babat"), "Lapak Kue", "Wingko", 27_500)
    db.session.commit()
    put_into_cart(page, "Wingko")
    faults = [*faults_of(page, "/keranjang"), *faults_of(page, "/pesan")]
    fill_recipient(page)
    page.get_by_label("Nomor HP").fill("12")
    page.get_by_role("button", name="Pesan sekarang").click()
    expect(page.get_by_role("alert")).to_be_visible()
    faults += faults_here(page)
    assert faults == [], "\n".join(faults)


def test_this_test_finds_faults(page: Tab) -> None:
    page.set_content("<a class='button--big' href='/'>x</a><div style='width:9000px'>.</div>")
    found = " ".join(faults_here(page))
    for fault in ("0 h1", "no title", "px wide", "px high", "document-title"):
        assert fault in found
