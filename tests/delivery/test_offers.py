"""What delivery costs and which hours a market still offers."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from pol.delivery.models import DeliveryRate, DeliverySlot, Trip
from pol.delivery.queries import get_rate, offer_slots, offer_slots_of
from pol.delivery.rules import RateMissing, TripStatus
from pol.delivery.services import book_trip, open_default_slots
from pol.kernel.localtime import at_local
from pol.kernel.money import Rupiah
from pol.stalls.models import Market
from pol.stalls.rules.hours import PASARAN, pasaran_of
from tests.factories.catalogue import make_market

MONDAY = date(2026, 3, 2)
BABAT, BABAT_VILLAGE, ELSEWHERE = "35.24.12", "35.24.12.2001", "35.24.22.1014"


@pytest.fixture
def market(session: Session) -> Market:
    market = make_market()
    open_default_slots(market_id=market.id)
    return market


def offered(market: Market, now: datetime) -> list[tuple[date, int]]:
    return [(o.on_day, o.starts_minute // 60) for o in offer_slots(market_id=market.id, now=now)]


def add_rate(session: Session, fee: int, since: date, **other: object) -> None:
    values = {"fee": Rupiah(fee), "valid_from": since, "source": "uji", **other}
    session.add(DeliveryRate(**values))
    session.flush()


def test_the_own_rate_of_a_kecamatan_wins_and_then_the_newest(session: Session) -> None:
    add_rate(session, 7_000, date(2026, 2, 1))
    add_rate(session, 9_000, date(2026, 1, 1), kecamatan_code=BABAT)
    add_rate(session, 8_000, date(2026, 4, 1), kecamatan_code=BABAT)
    fees = [
        get_rate(village_code=village, on_day=day).fee.amount
        for village in (BABAT_VILLAGE, ELSEWHERE, None)
        for day in (date(2026, 1, 15), MONDAY, date(2026, 5, 1))
    ]
    assert fees == [9_000, 9_000, 8_000, 5_000, 7_000, 7_000, 5_000, 7_000, 7_000]


def test_a_rate_ends_on_the_day_before_its_until(session: Session) -> None:
    add_rate(session, 1_000, date(2026, 1, 1), valid_until=MONDAY)
    before = get_rate(village_code=ELSEWHERE, on_day=MONDAY - timedelta(days=1))
    assert before.fee == Rupiah(1_000)
    assert get_rate(village_code=ELSEWHERE, on_day=MONDAY).fee == Rupiah(5_000)


def test_without_a_rate_nothing_is_delivered(session: Session) -> None:
    session.execute(delete(DeliveryRate))
    with pytest.raises(RateMissing, match="ambil sendiri"):
        get_rate(village_code=ELSEWHERE, on_day=MONDAY)


def test_three_days_are_offered_and_each_slot_until_its_cutoff(market: Market) -> None:
    last_minute = at_local(MONDAY, 9 * 60)
    days = [MONDAY + timedelta(days=ahead) for ahead in range(3)]
    later = [(day, hour) for day in days[1:] for hour in (7, 10, 15)]
    assert offered(market, last_minute) == [(MONDAY, 10), (MONDAY, 15), *later]
    just_after = last_minute + timedelta(seconds=1)
    assert offered(market, just_after) == [(MONDAY, 15), *later]


def test_only_days_on_which_the_market_is_held_are_offered(market: Market) -> None:
    market.pasaran_mask = 1 << PASARAN.index("Wage")
    days = {day for day, _ in offered(market, at_local(MONDAY, 0))}
    assert days
    assert {pasaran_of(day) for day in days} == {"Wage"}


def test_a_courier_who_has_set_off_takes_nothing_more(session: Session, market: Market) -> None:
    now = at_local(MONDAY, 0)
    first = offer_slots(market_id=market.id, now=now)[0]
    book_trip(market_id=market.id, on_day=MONDAY, slot_id=first.slot_id)
    assert offered(market, now)[0] == (MONDAY, 7)
    session.execute(update(Trip).values(status=TripStatus.STARTED))
    assert offered(market, now)[0] == (MONDAY, 10)
    assert (MONDAY + timedelta(days=1), 7) in offered(market, now)


def test_several_markets_are_asked_at_once(session: Session, market: Market) -> None:
    other, bare = make_market("Pasar Babat"), make_market("Pasar Tanpa Kurir")
    open_default_slots(market_id=other.id)
    early = DeliverySlot.market_id == other.id, DeliverySlot.starts_minute == 7 * 60
    session.execute(update(DeliverySlot).where(*early).values(is_active=False))
    found = offer_slots_of(market_ids=[market.id, other.id, bare.id], now=at_local(MONDAY, 0))
    assert {key: len(offers) for key, offers in found.items()} == {market.id: 9, other.id: 6}
