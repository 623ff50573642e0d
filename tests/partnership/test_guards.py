"""What the database refuses by itself about shelves, goods and periods, on both engines."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.partnership.consignment.models import Batch, StockEvent
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.models import SettlementPeriod
from pol.partnership.slots.models import Retailer
from tests.factories.partnership import (
    FROM,
    UNTIL,
    Partnership,
    make_agreement,
    make_application,
    make_partnership,
    make_placement,
    make_retailer,
    make_sheet,
    make_shelf,
)

NOON = datetime(2026, 2, 1, 5, tzinfo=UTC)
keys = iter(range(10_000))


def _event(batch: Batch, kind: StockEventKind, quantity: int, *, day: date = date(2026, 2, 1),
           of: StockEventKind | None = None) -> None:  # fmt: skip
    values = {"kind": kind, "of": of, "quantity": quantity, "day": day, "at": NOON}
    db.session.add(StockEvent(key=f"uji-{next(keys)}", batch_id=batch.id, **values))
    db.session.flush()
    db.session.refresh(batch)


def _beside(p: Partnership, **place: object) -> None:
    other = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    make_placement(other, p.shelf, agreement=make_agreement(other, p.call), **place)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "place",
    [
        {"x_mm": 279},
        {"x_mm": 0, "from_on": date(2026, 12, 31), "until_on": date(2027, 2, 1)},
        {"x_mm": 700, "facings": 2},
        {"x_mm": 300, "height_mm": 301},
        {"x_mm": 300, "depth_mm": 401},
        {"x_mm": 300, "load_g": 30_000},
    ],
    ids=["overlap", "overlap on one day", "too wide", "too high", "too deep", "too heavy"],
)
def test_a_shelf_takes_only_what_fits_beside_the_rest(
    session: Session, place: dict[str, object]
) -> None:
    p = make_partnership()
    with pytest.raises(DBAPIError):
        _beside(p, **place)


def test_goods_may_stand_side_by_side_and_one_after_the_other(session: Session) -> None:
    p = make_partnership()
    _beside(p, x_mm=280)
    _beside(p, x_mm=0, from_on=UNTIL, until_on=date(2028, 1, 1), load_g=30_000)
    assert p.placement.until_on == UNTIL


def test_a_placement_is_not_moved_onto_another(session: Session) -> None:
    p = make_partnership()
    other = make_application(p.call, make_sheet(p.stall), stores=[p.store])
    second = make_placement(other, p.shelf, x_mm=280)
    second.x_mm = 100
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_a_shelf_does_not_shrink_beneath_its_goods(session: Session) -> None:
    p = make_partnership()
    p.shelf.width_mm = 279
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_an_empty_shelf_may_shrink(session: Session) -> None:
    shelf = make_shelf()
    shelf.width_mm = 100
    db.session.flush()
    assert shelf.width_mm == 100


def test_each_event_moves_the_numbers_of_its_batch(session: Session) -> None:
    batch = make_partnership(quantity=20).batch
    for kind, quantity in (
        (StockEventKind.SOLD, 5),
        (StockEventKind.RETURNED, 2),
        (StockEventKind.LOST, 3),
        (StockEventKind.FOUND, 1),
        (StockEventKind.DESTROYED, 1),
    ):
        _event(batch, kind, quantity)
    _event(batch, StockEventKind.CORRECTED, 2, of=StockEventKind.SOLD)
    found = (batch.delivered, batch.sold, batch.returned, batch.lost, batch.destroyed)
    assert (found, batch.on_shelf) == ((20, 3, 2, 2, 1), 12)


@pytest.mark.parametrize("kind", [StockEventKind.SOLD, StockEventKind.LOST])
def test_nothing_leaves_a_shelf_that_is_not_there(session: Session, kind: StockEventKind) -> None:
    batch = make_partnership(quantity=4).batch
    with pytest.raises(DBAPIError):
        _event(batch, kind, 5)


def test_goods_are_not_sold_after_their_last_day(session: Session) -> None:
    batch = make_partnership().batch
    batch.expires_on = date(2026, 1, 31)
    db.session.flush()
    with pytest.raises(DBAPIError):
        _event(batch, StockEventKind.SOLD, 1)


def _period(retailer: Retailer, from_on: date, until_on: date) -> None:
    number = f"PR-{next(keys)}"
    span = {"from_on": from_on, "until_on": until_on, "closed_at": NOON}
    db.session.add(SettlementPeriod(number=number, retailer_id=retailer.id, **span))
    db.session.flush()


@pytest.mark.parametrize("first", [date(2026, 1, 7), date(2026, 1, 9)], ids=["overlap", "gap"])
def test_periods_touch(session: Session, first: date) -> None:
    retailer = make_retailer()
    _period(retailer, FROM, date(2026, 1, 8))
    with pytest.raises(DBAPIError):
        _period(retailer, first, date(2026, 1, 15))


def test_a_closed_period_takes_no_event_any_more(session: Session) -> None:
    p = make_partnership()
    _period(p.retailer, FROM, date(2026, 2, 2))
    _event(p.batch, StockEventKind.SOLD, 1, day=date(2026, 2, 2))
    with pytest.raises(DBAPIError):
        _event(p.batch, StockEventKind.SOLD, 1, day=date(2026, 2, 1))


def test_published_terms_are_frozen(session: Session) -> None:
    p = make_partnership()
    p.call.margin_bp = 2_000
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_signed_terms_are_frozen(session: Session) -> None:
    p = make_partnership()
    p.agreement.text = "Lain"
    with pytest.raises(DBAPIError):
        db.session.flush()
