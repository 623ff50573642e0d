"""Goods that come back after hand-over: into stock again, or off the books, once."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.kernel.audit import AuditEntry
from pol.kernel.money import Rupiah
from pol.ledger.queries import check_ledger
from pol.orders.models import Order, OrderEvent, OrderLine
from pol.orders.rules.refunding import Goods, GoodsBackAlready
from pol.orders.services.returning import Giving, give_back
from pol.payments.rules import Channel, Method
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    place,
)
from tests.factories.traders import make_person
from tests.orders.checks import check_group, check_stock


@pytest.fixture
def order(session: Session, now: datetime) -> Order:
    """Give two ties of one thing and one of something uncounted, paid and handed over."""
    stall, trader = make_kept_stall(make_open_market())
    counted = make_product(stall, price=30_000, stock_milli=5_000)
    uncounted = make_product(stall, price=10_000, stock_milli=None)
    group = place(
        [(counted, 2_000), (uncounted, 1_000)], now=now, method=Method.TRANSFER, user=make_person()
    )
    pay(group, officer=trader, now=now)
    (order,) = orders_of(group)
    bring_to_customer(order, trader=trader, courier=make_person(), now=now)
    return order


def lines(session: Session, order: Order) -> list[OrderLine]:
    of_order = select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
    return list(session.scalars(of_order))


def back(
    order: Order, where: Goods, now: datetime, line: OrderLine | None = None, amount: int = 1_000
) -> None:
    give_back(
        order=order,
        line_id=line.id if line else None,
        amount=Rupiah(amount),
        giving=Giving(order.group.refunded, Channel.CREDIT, "Salah barang", where),
        officer_id=make_person().id,
        now=now,
    )


@pytest.mark.parametrize(
    ("where", "stock"),
    [
        (Goods.KEPT, (5_000, 0, 2_000)),
        (Goods.SOUND, (5_000, 0, 0)),
        (Goods.SPOILT, (3_000, 0, 0)),
    ],
)
def test_stock_follows_where_the_goods_are(
    session: Session, order: Order, now: datetime, where: Goods, stock: tuple[int, int, int]
) -> None:
    line = lines(session, order)[0]
    back(order, where, now, line, amount=60_000)
    row = stock_of(session.get_one(Product, line.product_id))
    assert (row.on_hand_milli, row.reserved_milli, row.sold_milli) == stock
    check_stock()
    check_group(order.group)
    assert check_ledger().is_sound
    told = session.scalars(select(OrderEvent.reason).order_by(OrderEvent.id.desc())).first() or ""
    assert ("barang kembali ke lapak" in told) is (where is not Goods.KEPT)
    traces = session.scalars(select(AuditEntry).where(AuditEntry.action == "order.goods_back"))
    assert len(traces.all()) == (where is not Goods.KEPT)


def test_a_whole_order_comes_back_and_no_line_of_it_twice(
    session: Session, order: Order, now: datetime
) -> None:
    first = lines(session, order)[0]
    back(order, Goods.SPOILT, now, first)
    back(order, Goods.SOUND, now)  # what is left of it: the other line
    row = stock_of(session.get_one(Product, first.product_id))
    assert (row.on_hand_milli, row.reserved_milli, row.sold_milli) == (3_000, 0, 0)
    check_stock()
    for line in (first, None):
        with pytest.raises(GoodsBackAlready), session.begin_nested():
            back(order, Goods.SOUND, now, line)
