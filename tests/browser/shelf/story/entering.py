"""Whoever decides about money enters with a password and a code from their phone."""

import pyotp
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from pol.identity.models import User
from pol.kernel import clock
from tests.browser.shelf.story.cast import press
from tests.factories.people import SECRET


def enter(tab: Tab, person: User) -> None:
    """Log in through the page, second step included, and stand at the retailer's desk."""
    log_in(tab, person, "/peritel")
    expect(tab.get_by_role("heading", name="Hari ini")).to_be_visible()


def log_in(tab: Tab, person: User, address: str) -> None:
    """Ask for a page, and answer what the door asks before it opens."""
    tab.goto(address)
    tab.get_by_label("Nomor HP").fill(person.phone)
    tab.get_by_label("Sandi atau PIN").fill(SECRET)
    press(tab, "Masuk")
    assert person.totp_secret
    tab.get_by_label("Kode").fill(pyotp.TOTP(person.totp_secret).at(clock.now()))
    press(tab, "Masuk")
