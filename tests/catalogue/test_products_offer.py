"""Price and stock of the day: written down, exact, never over somebody else's change (I3)."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.rules.product import (
    PriceMovedMeanwhile,
    StockMovedMeanwhile,
    StockNotCounted,
    StockOutOfRange,
    TiersUnfit,
)
from pol.catalogue.services import offer, stock
from pol.catalogue.services.offer import NewPrice
from pol.kernel.audit import AuditEntry
from pol.kernel.marks import take_marks
from pol.kernel.money import Rupiah
from tests.factories.catalogue import make_product, stock_of
from tests.factories.traders import make_person


def audited(session: Session, action: str) -> list[object]:
    session.flush()
    return [
        entry.detail
        for entry in session.scalars(select(AuditEntry).where(AuditEntry.action == action))
    ]


def test_the_stock_that_is_typed_is_what_is_free(session: Session, now: datetime) -> None:
    product, trader = make_product(stock_milli=10_000), make_person()
    assert stock.reserve([(product.id, 3_000)]) == []
    stock.sell([(product.id, 1_000)])
    take_marks()
    offer.set_stock(product=product, milli=20_000, seen=7_000, actor_id=trader.id, now=now)
    row = stock_of(product)
    assert (row.on_hand_milli, row.reserved_milli, row.sold_milli) == (23_000, 2_000, 1_000)
    assert audited(session, "stock.changed") == [{"before": 7_000, "after": 20_000}]
    assert take_marks() == {"catalogue"}


def test_a_stale_stock_is_refused_and_told(session: Session, now: datetime) -> None:
    product, trader = make_product(name="Kangkung", stock_milli=10_000), make_person()
    stock.reserve([(product.id, 2_500)])
    with pytest.raises(StockMovedMeanwhile, match=r"Kangkung .*sekarang 7,5 ikat"):
        offer.set_stock(product=product, milli=12_000, seen=10_000, actor_id=trader.id, now=now)
    assert stock_of(product).on_hand_milli == 10_000
    assert audited(session, "stock.changed") == []


def test_stock_without_a_look_before_is_written_over(session: Session, now: datetime) -> None:
    product, trader = make_product(stock_milli=10_000), make_person()
    offer.set_stock(product=product, milli=0, actor_id=trader.id, now=now)
    assert offer.free_stock(product.id) == 0


def test_what_is_sold_as_available_has_no_number(session: Session, now: datetime) -> None:
    product, trader = make_product(stock_milli=None), make_person()
    with pytest.raises(StockNotCounted):
        offer.set_stock(product=product, milli=5_000, actor_id=trader.id, now=now)


def test_stock_below_zero_is_refused(session: Session, now: datetime) -> None:
    product, trader = make_product(stock_milli=5_000), make_person()
    with pytest.raises(StockOutOfRange):
        offer.set_stock(product=product, milli=-1, actor_id=trader.id, now=now)
    assert offer.free_stock(product.id) == 5_000


def test_a_stale_price_is_refused_and_told(session: Session, now: datetime) -> None:
    product, trader = make_product(name="Tempe", price=5_000), make_person()
    price = {"product": product, "actor_id": trader.id, "now": now}
    offer.set_price(seen=Rupiah(5_000), price=Rupiah(5_500), **price)  # type: ignore[arg-type]
    with pytest.raises(PriceMovedMeanwhile, match=r"Tempe sudah diubah menjadi Rp5\.500"):
        offer.set_price(seen=Rupiah(5_000), price=Rupiah(6_000), **price)  # type: ignore[arg-type]
    offer.set_price(seen=Rupiah(5_000), price=Rupiah(5_500), **price)  # type: ignore[arg-type]
    assert product.price == Rupiah(5_500)
    assert audited(session, "price.changed") == [{"before": 5_000, "after": 5_500}]


def test_a_price_does_not_fall_below_its_tiers(session: Session, now: datetime) -> None:
    product, trader = make_product(price=5_000, tiers={10_000: 4_500}), make_person()
    with pytest.raises(TiersUnfit):
        offer.set_price(
            product=product, seen=Rupiah(5_000), price=Rupiah(4_500), actor_id=trader.id, now=now
        )


def test_the_board_writes_only_what_changed(session: Session, now: datetime) -> None:
    one, two = make_product(name="Tahu"), make_product(name="Tempe")
    trader = make_person()
    board = [
        NewPrice(one, Rupiah(5_000), Rupiah(5_000)),
        NewPrice(two, Rupiah(5_000), Rupiah(5_250)),
    ]
    assert offer.set_prices(board=board, actor_id=trader.id, now=now) == 1
    assert (one.price, two.price) == (Rupiah(5_000), Rupiah(5_250))
    assert len(audited(session, "price.changed")) == 1
