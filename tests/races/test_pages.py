"""Fifty buyers press "Pesan" at once for ten units, through the pages of the real server."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.kernel import clock
from pol.orders.models import OrderGroup
from pol.orders.rules.checkout import CartChanged, SoldOut
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import fill_cart, make_kept_stall, make_open_market
from tests.orders.checks import check_group, check_stock
from tests.races.buyers import Buyer, rush
from tests.rig.figures import Figure
from tests.rig.server import Server
from tests.rig.visitor import Answer

BUYERS, UNITS = 50, 10


def make_last_units() -> Product:
    stall, _ = make_kept_stall(make_open_market())
    return make_product(stall, name="Wingko Babat", stock_milli=UNITS * 1_000)


@contextmanager
def buyers_of(
    product: Product, app: Flask, server: Server, session: Session, count: int = BUYERS
) -> Iterator[list[Buyer]]:
    """Give buyers with one unit in their carts and the checkout page open."""
    carts = [fill_cart([(product, 1_000)], now=clock.now()) for _ in range(count)]
    session.commit()
    buyers = [Buyer(app, server.url, cart.token) for cart in carts]
    for buyer in buyers:
        buyer.open_checkout()
    try:
        yield buyers
    finally:
        for buyer in buyers:
            buyer.close()


def assert_plain_refusal(answer: Answer) -> None:
    """The page says what happened, and holds what was typed."""
    said = " ".join(answer.page.messages)
    assert SoldOut(["Wingko Babat"]).args[0] in said or CartChanged.message in said, said
    assert answer.page.form("/pesan").values["address"] == "Jalan Veteran 5"


def test_ten_of_fifty_buyers_get_the_last_ten_units(
    app: Flask,
    session: Session,
    serve: Callable[..., Server],
    rounds: Callable[[int, int], int],
    figure: Figure,
) -> None:
    server, slowest = serve(workers=2), []
    for _ in range(rounds(5, 100)):
        product = make_last_units()
        with buyers_of(product, app, server, session) as buyers:
            answers = rush([buyer.press for buyer in buyers])
        assert Counter(answer.status for answer in answers) == {303: UNITS, 409: BUYERS - UNITS}
        for answer in answers:
            if answer.status == 409:
                assert_plain_refusal(answer)
        stock = stock_of(product)
        assert (stock.on_hand_milli, stock.reserved_milli) == (UNITS * 1_000, UNITS * 1_000)
        slowest.append(max(answer.seconds for answer in answers))
    groups = session.scalars(select(OrderGroup)).all()
    assert len(groups) == UNITS * len(slowest)
    for group in groups:
        check_group(group)
    check_stock()
    figure(
        "oversell: 50 buyers of 10 units",
        tries=BUYERS * len(slowest),
        sold=len(groups),
        too_many=0,
        slowest=f"{max(slowest):.2f} s",
    )


def test_a_form_sent_eight_times_at_once_is_one_group(
    app: Flask, session: Session, serve: Callable[..., Server]
) -> None:
    server, product = serve(workers=2), make_last_units()
    with buyers_of(product, app, server, session, count=1) as (first,):
        tabs = [first.twin() for _ in range(8)]
        answers = rush([tab.press for tab in tabs])
        for tab in tabs:
            tab.close()
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert session.scalar(select(func.count()).select_from(OrderGroup)) == 1
    assert stock_of(product).reserved_milli == 1_000
