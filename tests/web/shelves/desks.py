"""Who takes part in the path of a shelf, each before pages of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask

from pol.cli.jobs import DUTIES, do_duty
from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.kernel.localtime import at_local
from pol.partnership.slots.rules import RetailSeat
from tests.factories.catalogue import make_stall
from tests.factories.partnership import (
    make_member,
    make_retailer,
    make_sheet,
    make_shelf,
    make_store,
)
from tests.factories.people import give_role, make_person
from tests.factories.traders import make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Form, Page

PRODUCT = "Keripik Tempe Contoh"
NOON = 12 * 60


@dataclass(frozen=True)
class Desk:
    """A person who reads pages and sends the forms on them."""

    client: Browser
    person: User

    def read(self, address: str) -> Page:
        """Open a page that must be there; whoever was away for long logs in again."""
        self.client.log_in(self.person)
        page = Page(self.client.get(address, follow_redirects=True))
        assert page.status == 200, (address, page.status)
        return page

    def follow(self, page: Page, part: str) -> Page:
        """Follow the link whose address has this part; pages lead to it, nobody types it."""
        found = {link for link in page.links("main a[href]") if part in link}
        assert len(found) == 1, (part, page.links("main a[href]"))
        return self.read(found.pop())

    def send(self, page: Page, verb: str = "", typed: dict[str, Any] | None = None) -> Page:
        """Send the form of a page whose address ends so, with what is typed into it."""
        forms = [form for form in page.forms() if form.action.endswith(verb)]
        assert len(forms) == 1, (verb, [form.action for form in page.forms()])
        return self.press(forms[0], typed)

    def press(self, form: Form, typed: dict[str, Any] | None = None) -> Page:
        """Send a form; it must not be refused."""
        page = Page(self.client.send(form, typed or {}))
        assert (page.status, page.errors) == (200, {}), page.text
        return page


class Village:
    """A store with one shelf, its buyer and clerk, a producer with a product, an officer."""

    def __init__(self, app: Flask, client: Browser, set_clock: Callable[[datetime], None]) -> None:
        self.app, self._set_clock = app, set_clock
        retailer = make_retailer()
        store, stall = make_store(retailer), make_stall(name="UMKM Contoh")
        self.stall = stall
        make_shelf(store)
        make_sheet(stall, name=PRODUCT)
        officer = make_person("Petugas Dinas Contoh")
        give_role(officer, Role.DINAS_OFFICER)
        self.buyer = Desk(client, make_member(retailer))
        self.clerk = Desk(client, make_member(retailer, seat=RetailSeat.CLERK, store=store))
        self.producer = Desk(client, make_keeper(stall, name="Bu Sumi Contoh"))
        self.officer = Desk(client, officer)
        self.turn_to(date(2026, 3, 2))

    def turn_to(self, day: date, *duties: str) -> None:
        """Let it be noon of this day, and let the jobs worker do some of its duties."""
        self._set_clock(at_local(day, NOON))
        db.session.commit()
        for duty in DUTIES:
            if duty.name in duties:
                assert do_duty(self.app, duty, holder="uji", early=True), duty.name
        db.session.rollback()
        db.session.expire_all()
