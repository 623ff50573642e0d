"""Every page of every role, on a phone and at a desk: accessible, calm, and within its width."""

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from pol.identity.models import User
from pol.identity.queries.people import find_by_phone
from pol.identity.rules.phones import phone_number
from tests.browser.tour import POLICIES, Visitor, addresses
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
    return [f"{address}: {fault}" for fault in [*tab.evaluate(LOOK), *axe.violations(tab)]]


def tour(
    browser: Browser,
    app: Flask,
    server: Server,
    screen: dict[str, int],
    role: str,
    user: User | None,
) -> list[str]:
    """Return the faults of every page that somebody in this role may see."""
    pages = addresses(app, Visitor(role, user.id if user else None))
    with chromium.context(browser, server.url, screen) as context:
        if user:
            log_in(context, app, server, user)
        axe.prepare(context)
        tab = context.new_page()
        return [fault for address in pages for fault in faults_of(tab, address)]


@pytest.mark.parametrize("role", POLICIES)
def test_every_page_of_a_full_market(
    browser: Browser, demo: Demo, screen: dict[str, int], role: str
) -> None:
    numbers = {account["role"]: account["phone"] for account in demo.accounts}
    with demo.app.app_context():
        user = find_by_phone(phone_number(numbers[role])) if role != "guest" else None
        faults = tour(browser, demo.app, demo.server, screen, role, user)
    assert faults == [], "\n".join(faults)
