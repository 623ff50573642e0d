"""A place's report card is added up from its events, and says the same as we do by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.consignment.queries.stock import list_shelf_of_stall
from pol.partnership.consignment.rules import StockEventKind
from pol.partnership.settlement.queries import report_cards as queries
from pol.partnership.settlement.rules.report_card import Card, Moved, Sold, Week, add_up
from tests.factories.partnership import make_partnership
from tests.partnership.settlement.goods import happen, sell

MONDAY = date(2026, 2, 2)
LAST = date(2026, 2, 15)
GOT, SOLD, BACK = StockEventKind.RECEIVED, StockEventKind.SOLD, StockEventKind.RETURNED
FIXED = StockEventKind.CORRECTED


def _on(days: int) -> date:
    return MONDAY + timedelta(days=days)


def _moved(days: int, kind: StockEventKind, quantity: int,
           of: StockEventKind | None = None) -> Moved:  # fmt: skip
    return Moved(_on(days), kind, of, quantity)


def _sold(days: int, quantity: int, tenths: int | None = None) -> Sold:
    return Sold(_on(days), quantity, Rupiah(1_000 * quantity), Rupiah(800 * quantity), tenths)


def _card(moves: list[Moved], sales: list[Sold], sound: int = 0) -> Card:
    return add_up(moves, sales, facings=2, from_on=MONDAY, last=LAST, sound=sound)


def test_figures_are_those_of_the_events() -> None:
    moves = [
        _moved(0, GOT, 20),
        _moved(1, SOLD, 5),
        _moved(2, FIXED, 1, SOLD),
        _moved(3, BACK, 4),
        _moved(4, StockEventKind.LOST, 2),
        _moved(5, StockEventKind.FOUND, 1),
        _moved(6, StockEventKind.DESTROYED, 1),
    ]
    card = _card(moves, [_sold(1, 5), _sold(2, -1)])
    assert (card.delivered, card.sold, card.returned) == (20, 4, 4)
    assert (card.lost, card.destroyed, card.on_shelf) == (1, 1, 10)
    assert (card.sell_through_bp, card.returned_bp) == (2_000, 2_000)
    assert (card.gross, card.payable) == (Rupiah(4_000), Rupiah(3_200))


def test_each_time_the_shelf_runs_empty_is_a_stock_out() -> None:
    """Full on day 0, empty from 1 to 3, filled on 4, empty again from 6 to 13."""
    moves = [_moved(0, GOT, 3), _moved(1, SOLD, 3), _moved(4, GOT, 2), _moved(6, SOLD, 2)]
    card = _card(moves, [_sold(1, 3), _sold(6, 2)])
    assert (card.days, card.empty_days, card.stock_outs) == (14, 11, 2)


def test_days_of_supply_follow_the_pace_of_the_last_weeks() -> None:
    """Seven in the fourteen days since the place began: half a piece a day."""
    card = _card([_moved(0, GOT, 20), _moved(3, SOLD, 7)], [_sold(3, 7)], sound=13)
    assert (card.days_of_supply, card.pace_milli) == (26, 1_750)


def test_days_to_money_weigh_by_amount_and_wait_for_payment() -> None:
    sales = [_sold(0, 3, 100), _sold(1, 1, 200), _sold(2, 9)]
    assert _card([_moved(0, GOT, 20)], sales).days_to_money_tenths == 125
    assert _card([_moved(0, GOT, 20)], [_sold(2, 9)]).days_to_money_tenths is None


def test_weeks_begin_on_mondays_and_none_is_left_out() -> None:
    card = _card([_moved(0, GOT, 20)], [_sold(1, 2), _sold(6, 1), _sold(13, 4)])
    assert card.weeks == (Week(MONDAY, 3), Week(_on(7), 4))
    longer = add_up([], [_sold(-400, 9), _sold(13, 4)], facings=1, from_on=MONDAY, last=LAST, sound=0)  # noqa: E501 # fmt: skip
    assert (len(longer.weeks), longer.weeks[-1]) == (52, Week(_on(7), 4))


def test_where_nothing_came_there_is_nothing_to_say() -> None:
    card = _card([], [])
    assert (card.sell_through_bp, card.days_of_supply, card.weeks) == (None, None, ())
    assert (card.days, card.stock_outs) == (0, 0)


def test_a_card_is_computed_from_the_tables(session: Session) -> None:
    p = make_partnership(quantity=10)
    sell(p.batch, 4, date(2026, 2, 5))
    happen(p.batch, StockEventKind.RETURNED, 1, date(2026, 2, 6))
    place = queries.get_place(queries.of_stall(p.stall.id), p.placement.number)
    card = queries.get_card(place, today=date(2026, 2, 10))
    assert (card.delivered, card.sold, card.returned, card.on_shelf) == (10, 4, 1, 5)
    assert (card.gross, card.payable) == (Rupiah(60_000), Rupiah(51_000))
    assert sum(week.sold for week in card.weeks) == 4
    links = queries.list_latest_places(queries.of_stores(p.retailer.id, p.store.id))
    assert links == {(p.store.slug, p.sheet.number): p.placement.number}


def test_the_list_of_stock_reckons_over_the_same_days_as_the_card(session: Session) -> None:
    """A week and four weeks gave 15 and 16 days for one place at one moment."""
    p, today = make_partnership(quantity=60), date(2026, 3, 10)
    for day, pieces in ((date(2026, 2, 12), 4), (date(2026, 2, 20), 5), (date(2026, 3, 9), 8)):
        sell(p.batch, pieces, day)
    sell(p.batch, 3, date(2026, 2, 10))
    place = queries.get_place(queries.of_stall(p.stall.id), p.placement.number)
    (row,) = list_shelf_of_stall(stall_id=p.stall.id, day=today)
    assert (row.sold_week, row.sold_lately, row.sound) == (8, 17, 40)
    assert row.days_of_supply == queries.get_card(place, today=today).days_of_supply == 65
    new = place.from_on + timedelta(days=9)
    (early,) = list_shelf_of_stall(stall_id=p.stall.id, day=new)
    assert early.days == 10


def test_a_place_is_shown_to_its_sides_only(session: Session) -> None:
    p, other = make_partnership(), make_partnership()
    for mine in (
        queries.of_stall(other.stall.id),
        queries.of_stores(other.retailer.id, None),
        queries.of_stores(p.retailer.id, other.store.id),
    ):
        with pytest.raises(NotFound):
            queries.get_place(mine, p.placement.number)
    found = queries.get_place(queries.of_stores(p.retailer.id, None), p.placement.number)
    assert found.stall_name == p.stall.name
