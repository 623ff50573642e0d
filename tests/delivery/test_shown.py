"""What pages quote is kept for a moment; the order itself asks again, and a change is seen."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from pol.delivery.models import DeliveryRate, Trip
from pol.delivery.queries import get_rate, offer_slots_of, quote_fee, show_slots_of
from pol.delivery.rules import TripStatus
from pol.delivery.services import open_default_slots, start_trip
from pol.kernel.marks import mark
from pol.kernel.money import Rupiah
from pol.kernel.transaction import transaction
from pol.payments.queries.qris import find_payee, has_payee
from pol.payments.services.qris import keep_code
from pol.stalls.models import Market
from tests.conftest import NOON
from tests.delivery.test_trips import TODAY, make_courier, make_person, make_trip, slot_of
from tests.factories.catalogue import make_market
from tests.factories.qris import make_static


@pytest.fixture
def market(session: Session) -> Market:
    market = make_market()
    open_default_slots(market_id=market.id)
    return market


def test_a_page_quotes_the_fee_that_it_knew_and_the_order_asks_again(session: Session) -> None:
    def fees() -> tuple[int, int]:
        asked = get_rate(village_code=None, on_day=TODAY).fee
        return quote_fee(village_code=None, on_day=TODAY).amount, asked.amount

    assert fees() == (5_000, 5_000)
    newer = {"fee": Rupiah(7_000), "valid_from": date(2026, 2, 1), "source": "uji"}
    session.add(DeliveryRate(**newer))
    session.flush()
    assert fees() == (5_000, 7_000)
    with transaction():
        mark("catalogue")
    assert fees() == (7_000, 7_000)


def test_a_slot_is_gone_from_pages_when_its_courier_sets_off(
    session: Session, market: Market
) -> None:
    trip, slot_id = make_trip(market), slot_of(market)

    def shown() -> list[bool]:
        every = (show_slots_of, offer_slots_of)
        offers = [ask(market_ids=[market.id], now=NOON)[market.id] for ask in every]
        return [(slot_id, TODAY) in [(o.slot_id, o.on_day) for o in own] for own in offers]

    assert shown() == [True, True]
    with transaction():
        start_trip(trip=trip, courier_id=make_courier(session, market, 1).id, now=NOON)
    assert shown() == [False, False]
    session.execute(update(Trip).values(status=TripStatus.PLANNED))
    assert shown() == [False, True]  # nobody said so: the page keeps what it knew


def test_qris_is_offered_as_soon_as_there_is_a_code(session: Session, market: Market) -> None:
    asked: dict[str, Any] = {"stall_ids": {1, 2}, "market_id": market.id}
    officer = make_person(session, 9)
    assert not has_payee(**asked)
    for code in (make_static(name="Pasar Contoh"), None):
        with transaction():
            keep_code(place=market, code=code, actor_id=officer.id, now=NOON)
        assert has_payee(**asked) is (code is not None)
        assert (find_payee(**asked) is not None) is (code is not None)
