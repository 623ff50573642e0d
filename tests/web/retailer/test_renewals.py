"""Both sides propose and answer on their pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalStatus
from pol.partnership.slots.rules import CallStatus
from tests.factories.partnership import Partnership, make_call, make_partnership
from tests.factories.traders import make_keeper
from tests.rig.client import Browser
from tests.rig.pages import Page

RETAILER, PRODUCER = "/peritel/perpanjangan", "/pedagang/rak/perpanjangan"


@pytest.fixture
def p(session: Session, client: Browser, set_clock: Callable[[datetime], None]) -> Partnership:
    set_clock(datetime(2026, 11, 20, 3, tzinfo=UTC))
    made = make_partnership()
    client.log_in(made.owner)
    return made


@pytest.fixture
def producer(p: Partnership) -> User:
    return make_keeper(p.stall)


def _status() -> RenewalStatus:
    return db.session.scalars(select(Renewal.status)).one()


def test_a_retailer_proposes_and_the_producer_agrees(
    client: Browser, p: Partnership, producer: User
) -> None:
    page = Page(client.get(f"{RETAILER}/{p.placement.number}"))
    assert "hari terakhirnya" in page.text
    form = page.form()
    client.send(form, reason="Laris sekali")
    client.log_in(producer)
    listed = Page(client.get(PRODUCER))
    assert "Laris sekali" in listed.text
    client.send(listed.form(), jawab="ya")
    assert _status() is RenewalStatus.DONE
    assert "disetujui" in Page(client.get(PRODUCER)).text


def test_a_producer_proposes_and_the_retailer_says_no(
    client: Browser, p: Partnership, producer: User
) -> None:
    client.log_in(producer)
    form = Page(client.get(f"{PRODUCER}/{p.placement.number}")).form()
    client.send(form, kind="resize", facings="3", reason="Laris")
    client.log_in(p.owner)
    client.send(Page(client.get(RETAILER)).form(), jawab="tidak", words="Raknya penuh")
    assert _status() is RenewalStatus.REFUSED
    client.log_in(producer)
    assert "Raknya penuh" in Page(client.get(PRODUCER)).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"last_day": "2026-12-01", "reason": "Laris"}, "last_day"),
        ({"last_day": "kapan", "reason": "Laris"}, "last_day"),
        ({"last_day": "2099-12-01", "reason": "Laris"}, "last_day"),
        ({"facings": "-1", "reason": "Laris"}, "facings"),
        ({"facings": "9" * 400, "reason": "Laris"}, "facings"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(
    client: Browser, p: Partnership, typed: dict[str, str], field: str
) -> None:
    form = Page(client.get(f"{RETAILER}/{p.placement.number}")).form()
    page = Page(client.send(form, typed))
    assert page.status in {409, 422}
    assert field in page.errors
    assert page.form().values["reason"] == typed["reason"]


def test_a_promised_day_is_said_beside_the_date(client: Browser, p: Partnership) -> None:
    call = make_call(p.retailer, by=p.owner, status=CallStatus.OPEN, shelves=[p.shelf],
                     from_on=date(2027, 3, 1), until_on=date(2027, 9, 1))  # fmt: skip
    form = Page(client.get(f"{RETAILER}/{p.placement.number}")).form()
    page = Page(client.send(form, last_day="2027-06-30", reason="Laris"))
    assert page.status == 409
    assert f"lewat {call.number} untuk 01-03-2027 sampai 31-08-2027" in page.errors["last_day"]
    assert "diperpanjang sampai 28-02-2027" in page.errors["last_day"]
    client.send(page.form(), last_day="2027-02-28")
    assert _status() is RenewalStatus.ASKED


def test_without_anything_the_page_shows_the_way_and_others_see_nothing(
    client: Browser, p: Partnership, producer: User
) -> None:
    other = make_partnership()
    client.log_in(make_keeper(other.stall))
    assert client.get(f"{PRODUCER}/{p.placement.number}").status_code == 404
    client.log_in(other.owner)
    assert client.get(f"{RETAILER}/{p.placement.number}").status_code == 404
    other.placement.until_on = p.call.until_on.replace(year=2030)
    db.session.commit()
    assert "Tidak ada tempat yang segera berakhir" in Page(client.get(RETAILER)).text
