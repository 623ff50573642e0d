"""An office's invoice: written once, numbered without a gap, never changed; on both engines."""

from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.delivery.rules import Mode
from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.orders.models import Invoice, OrderGroup
from pol.orders.queries import papers
from pol.orders.rules.invoice import InvoiceNotReady, in_words
from pol.orders.services import invoicing, life
from pol.orders.services.invoicing import Buyer
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    place,
)
from tests.factories.people import make_person
from tests.ledger.test_append_only import forge

SCHOOL = Buyer("SDN Contoh 1", "Jalan Contoh 1", "012345678901000")


def delivered(market: Market, now: datetime) -> OrderGroup:
    """Give a group of one order that has arrived."""
    stall, trader = make_kept_stall(market)
    group = place([(make_product(stall, price=12_500), 2_000)], now=now)
    bring_to_customer(orders_of(group)[0], trader=trader, courier=make_person("Kurir"), now=now)
    return group


def issue(group: OrderGroup, now: datetime, buyer: Buyer = SCHOOL) -> str:
    return invoicing.issue_invoice(number=group.number, buyer=buyer, actor_id=None, now=now)


def test_numbers_count_by_market_and_year(session: Session, now: datetime) -> None:
    north, south = make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")
    groups = [delivered(market, now) for market in (north, north, south)]
    numbers = [issue(group, now) for group in groups]
    later = issue(delivered(north, now), now.replace(year=2027))
    first, second = north.slug.upper(), south.slug.upper()
    assert numbers == [
        f"INV/{first}/2026/0001",
        f"INV/{first}/2026/0002",
        f"INV/{second}/2026/0001",
    ]
    assert later == f"INV/{first}/2027/0001"


def test_an_invoice_is_written_once(session: Session, now: datetime) -> None:
    group = delivered(make_open_market(), now)
    number = issue(group, now)
    assert issue(group, now, Buyer("Kantor lain", "Lain")) == number
    found = papers.find_invoice(group.id)
    assert found is not None
    assert (found.buyer, found.tax_number) == ("SDN Contoh 1", "012345678901000")
    assert found.content["goods"] == 25_000
    assert found.content["total"] == group.charged.amount


def test_the_database_keeps_it_as_it_was(session: Session, now: datetime) -> None:
    with transaction():
        issue(delivered(make_open_market(), now), now)
    for statement in ("UPDATE invoice SET buyer = 'Lain'", "DELETE FROM invoice"):
        with pytest.raises(DBAPIError, match="append-only"):
            forge(statement)


def test_there_is_none_before_everything_arrived(session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, trader = make_kept_stall(market)
    group = place([(make_product(stall), 1_000)], now=now, mode=Mode.PICKUP_STALL)
    with pytest.raises(InvoiceNotReady):
        issue(group, now)
    (order,) = orders_of(group)
    life.refuse_order(order=order, trader_id=trader.id, reason="Habis", now=now)
    with pytest.raises(InvoiceNotReady):
        issue(group, now)
    assert session.scalars(select(Invoice)).all() == []


def test_many_hands_at_once_leave_no_gap(app: Flask, session: Session, now: datetime) -> None:
    market = make_open_market()
    with transaction():
        numbers = [delivered(market, now).number for _ in range(6)]
    slug = market.slug.upper()
    db.session.remove()
    at_once, given = Barrier(12), []

    def hand(number: str) -> None:
        with app.app_context():
            at_once.wait()
            with transaction():
                given.append(
                    invoicing.issue_invoice(number=number, buyer=SCHOOL, actor_id=None, now=now)
                )

    hands = [Thread(target=hand, args=[number]) for number in numbers * 2]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    wanted = [f"INV/{slug}/2026/{serial:04}" for serial in range(1, 7)]
    assert sorted(given) == sorted(wanted * 2)
    assert sorted(db.session.scalars(select(Invoice.number))) == wanted


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (11, "sebelas rupiah"),
        (17, "tujuh belas rupiah"),
        (100, "seratus rupiah"),
        (1_000, "seribu rupiah"),
        (25_500, "dua puluh lima ribu lima ratus rupiah"),
        (101_010, "seratus satu ribu sepuluh rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (2_000_000_305, "dua miliar tiga ratus lima rupiah"),
        (-1_100, "minus seribu seratus rupiah"),
    ],
)
def test_amounts_are_spelled_as_indonesians_say_them(amount: int, words: str) -> None:
    assert in_words(Rupiah(amount)) == words
