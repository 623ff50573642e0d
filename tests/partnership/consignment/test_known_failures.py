"""What other tools of this kind got wrong, as tests."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.catalogue.models import Stock
from pol.kernel.errors import Refused
from pol.kernel.money import Rupiah
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.consignment.models import SaleLine
from pol.payments.rules import Method
from tests.factories.catalogue import make_product, make_stall
from tests.factories.orders import make_kept_stall, make_open_market, place
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.consignment.stage import NOON, TODAY, left, sell_some


def _renewed(p: Partnership, *, margin_bp: int, price: Rupiah) -> Partnership:
    """End the agreement today and let another, with other terms, follow it."""
    p.agreement.status, p.agreement.ended_at = AgreementStatus.ENDED, NOON
    p.placement.until_on = TODAY
    follower = make_agreement(
        p.application, p.call, margin_bp=margin_bp, price=price, from_on=TODAY
    )
    place = make_placement(p.application, p.shelf, agreement=follower, from_on=TODAY)
    return replace(p, agreement=follower, placement=place)


def test_margin_card_changed_after_the_product_changed_hands(session: Session) -> None:
    """A sale keeps the margin of its day, also one that is written down after the change."""
    p = make_partnership()
    yesterday = TODAY - timedelta(days=1)
    (before,) = sell_some(p, 2, day=yesterday)
    now = _renewed(p, margin_bp=3_000, price=Rupiah(18_000))
    (late,) = sell_some(now, 2, day=yesterday)
    (after,) = sell_some(now, 2, day=TODAY)
    assert [(line.margin_bp, line.price) for line in (before, late, after)] == [
        (1_500, Rupiah(15_000)),
        (1_500, Rupiah(15_000)),
        (3_000, Rupiah(18_000)),
    ]
    assert (late.agreement_id, after.agreement_id) == (p.agreement.id, now.agreement.id)
    session.refresh(before)
    assert before.payable == Rupiah(25_500)


def test_the_database_itself_keeps_a_sale_as_it_was(session: Session) -> None:
    p = make_partnership()
    (line,) = sell_some(p, 2)
    line.margin_bp = 3_000
    with pytest.raises(DBAPIError):
        session.flush()


def test_stock_cut_by_an_unpaid_order(session: Session, now: datetime) -> None:
    """An order on the market reserves the stall's own stock, never what stands in a store."""
    stall, _ = make_kept_stall(make_open_market())
    product = make_product(stall, stock_milli=10_000)
    p = make_partnership(stall=stall)
    p.sheet.product_id = product.id
    session.flush()
    place([(product, 4_000)], now=now, method=Method.TRANSFER)
    stock = session.get_one(Stock, product.id, populate_existing=True)
    before = (stock.on_hand_milli, stock.reserved_milli, stock.sold_milli)
    assert (left(p.batch), before) == (24, (10_000, 4_000, 0))
    sell_some(p, 5)
    session.refresh(stock)
    assert (stock.on_hand_milli, stock.reserved_milli, stock.sold_milli) == before
    assert left(p.batch) == 19


def test_pos_sale_that_ignores_the_owner(session: Session) -> None:
    """Two producers with a product of the same name on one shelf: each is paid for the own."""
    p = make_partnership()
    other = make_stall(name="UMKM Tetangga")
    sheet = make_sheet(other, name=p.sheet.name, price=Rupiah(9_000))
    application = make_application(p.call, sheet, stores=[p.store])
    agreement = make_agreement(application, p.call, margin_bp=2_000)
    make_batch(make_placement(application, p.shelf, agreement=agreement, x_mm=300), quantity=5)
    sell_some(p, 1)
    sell_some(replace(p, sheet=sheet), 1)
    lines = session.scalars(select(SaleLine).order_by(SaleLine.id)).all()
    assert [(line.stall_id, line.payable) for line in lines] == [
        (p.stall.id, Rupiah(12_750)),
        (other.id, Rupiah(7_200)),
    ]
    with pytest.raises(Refused):
        sell_some(replace(p, sheet=sheet), 5)
    assert left(p.batch) == 23


def test_goods_of_another_store_are_not_sold_here(session: Session) -> None:
    p, q = make_partnership(), make_partnership()
    with pytest.raises(Refused):
        sell_some(replace(p, sheet=q.sheet), 1)
    assert (left(p.batch), left(q.batch)) == (24, 24)
