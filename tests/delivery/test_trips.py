"""Trips: made once, given to couriers of the market, driven in order."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pol.delivery.models import DeliverySlot, Trip
from pol.delivery.queries import (
    get_trip_of_courier,
    list_couriers,
    list_trips_of_courier,
    list_trips_of_markets,
    lock_trip_of_courier,
    lock_trip_of_markets,
)
from pol.delivery.rules import (
    NotACourier,
    SlotClosed,
    TripNotToday,
    TripOfAnother,
    TripPastThis,
    TripStatus,
    TripStillLoaded,
)
from pol.delivery.services import (
    assign_trip,
    book_trip,
    finish_trip,
    open_default_slots,
    plan_trip,
    start_trip,
)
from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.audit import AuditEntry
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.localtime import at_local, business_day
from pol.kernel.transaction import transaction
from pol.stalls.models import Market
from tests.conftest import NOON
from tests.factories.catalogue import make_market

TODAY = business_day(NOON)


def make_person(session: Session, number: int) -> User:
    phone = f"+62812000000{number}"
    person = User(phone=phone, name=f"Kurir contoh {number}", created_at=NOON, is_active=True)
    session.add(person)
    session.flush()
    return person


def make_courier(session: Session, market: Market, number: int) -> User:
    person = make_person(session, number)
    grant = {"role": Role.COURIER, "market_id": market.id, "granted_at": NOON}
    session.add(RoleGrant(user_id=person.id, **grant))
    session.flush()
    return person


@pytest.fixture
def market(session: Session) -> Market:
    market = make_market()
    open_default_slots(market_id=market.id)
    return market


@pytest.fixture
def courier(session: Session, market: Market) -> User:
    return make_courier(session, market, 1)


@pytest.fixture
def officer(session: Session) -> User:
    return make_person(session, 9)


def slot_of(market: Market, starts_minute: int = 15 * 60) -> int:
    own = DeliverySlot.market_id == market.id, DeliverySlot.starts_minute == starts_minute
    return db.session.scalars(select(DeliverySlot.id).where(*own)).one()


def make_trip(market: Market, day: date = TODAY) -> Trip:
    trip_id = book_trip(market_id=market.id, on_day=day, slot_id=slot_of(market))
    return db.session.get_one(Trip, trip_id)


def test_whoever_asks_first_makes_the_trip(market: Market) -> None:
    assert make_trip(market) is make_trip(market)
    assert make_trip(market) is not make_trip(market, TODAY + timedelta(days=1))


def test_many_who_ask_at_once_get_one_trip(app: Flask, session: Session, market: Market) -> None:
    market_id, slot_id = market.id, slot_of(market)
    session.commit()
    at_once, ids = Barrier(8), []

    def ask() -> None:
        with app.app_context():
            at_once.wait()
            with transaction():
                ids.append(book_trip(market_id=market_id, on_day=TODAY, slot_id=slot_id))

    hands = [Thread(target=ask) for _ in range(8)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1
    assert session.scalar(select(func.count()).select_from(Trip)) == 1


def test_a_trip_is_given_driven_and_finished(
    session: Session, market: Market, courier: User, officer: User
) -> None:
    trip = make_trip(market)
    assign_trip(trip=trip, courier_id=courier.id, officer_id=officer.id, now=NOON)
    start_trip(trip=trip, courier_id=courier.id, now=NOON)
    with pytest.raises(TripPastThis):
        start_trip(trip=trip, courier_id=courier.id, now=NOON)
    with pytest.raises(TripStillLoaded):
        finish_trip(trip=trip, courier_id=courier.id, still_loaded=1, now=NOON)
    finish_trip(trip=trip, courier_id=courier.id, still_loaded=0, now=NOON)
    assert trip.status is TripStatus.FINISHED
    with pytest.raises(TripPastThis):
        assign_trip(trip=trip, courier_id=courier.id, officer_id=officer.id, now=NOON)
    session.flush()
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["trip.assigned", "trip.started", "trip.finished"]


def test_only_couriers_of_the_market_may_be_given_a_trip(
    session: Session, market: Market, officer: User
) -> None:
    stranger = make_courier(session, make_market("Pasar Lain"), 2)
    gone = make_courier(session, market, 3)
    session.execute(update(RoleGrant).where(RoleGrant.user_id == gone.id).values(revoked_at=NOON))
    for person in (stranger, gone, officer):
        with pytest.raises(NotACourier):
            assign_trip(
                trip=make_trip(market), courier_id=person.id, officer_id=officer.id, now=NOON
            )
    assert list_couriers(market_ids=[market.id]) == []


def test_an_unclaimed_trip_belongs_to_the_courier_who_sets_off(
    session: Session, market: Market, courier: User
) -> None:
    trip, late = make_trip(market), make_courier(session, market, 2)
    start_trip(trip=trip, courier_id=courier.id, now=NOON)
    assert trip.courier_id == courier.id
    with pytest.raises(TripOfAnother):
        finish_trip(trip=trip, courier_id=late.id, still_loaded=0, now=NOON)


def test_nobody_sets_off_a_day_early_or_for_another(
    session: Session, market: Market, courier: User, officer: User
) -> None:
    with pytest.raises(TripNotToday):
        start_trip(
            trip=make_trip(market, TODAY + timedelta(days=1)), courier_id=courier.id, now=NOON
        )
    given, other = make_trip(market), make_courier(session, market, 2)
    assign_trip(trip=given, courier_id=other.id, officer_id=officer.id, now=NOON)
    with pytest.raises(TripOfAnother):
        start_trip(trip=given, courier_id=courier.id, now=NOON)


@pytest.mark.parametrize("now", [at_local(TODAY, 14 * 60 + 1), NOON + timedelta(days=3)])
def test_a_trip_is_not_planned_after_its_cutoff(
    market: Market, officer: User, now: datetime
) -> None:
    wanted: dict[str, Any] = {"market_id": market.id, "on_day": TODAY, "officer_id": officer.id}
    with pytest.raises(SlotClosed):
        plan_trip(slot_id=slot_of(market), now=now, **wanted)
    with pytest.raises(SlotClosed):
        plan_trip(slot_id=slot_of(market) + 1_000, now=NOON, **wanted)
    assert plan_trip(slot_id=slot_of(market), now=NOON, **wanted) == make_trip(market).id


def test_a_courier_sees_own_and_unclaimed_trips_of_the_day(
    session: Session, market: Market, courier: User
) -> None:
    yesterday, today, tomorrow = (make_trip(market, TODAY + timedelta(days=d)) for d in (-1, 0, 1))
    yesterday.status, yesterday.courier_id = TripStatus.STARTED, courier.id
    elsewhere = make_trip(_other_market())
    session.flush()

    def seen(person: User) -> list[int]:
        own: dict[str, Any] = {"courier_id": person.id, "market_ids": {market.id}}
        return [row.id for row in list_trips_of_courier(on_day=TODAY, **own)]

    assert seen(courier) == [yesterday.id, today.id]
    today.courier_id = courier.id
    session.flush()
    assert seen(make_courier(session, market, 2)) == []
    both = {market.id, elsewhere.market_id}
    days = {"from_day": TODAY, "until_day": TODAY + timedelta(days=2)}
    rows = list_trips_of_markets(market_ids=both, **days)
    assert [row.id for row in rows] == [today.id, elsewhere.id, tomorrow.id]
    assert rows[0].courier_name == courier.name


def test_a_trip_of_others_is_not_found(session: Session, market: Market, courier: User) -> None:
    trip, other = make_trip(market), make_courier(session, market, 2)
    mine: dict[str, Any] = {"courier_id": courier.id, "market_ids": {market.id}}
    assert get_trip_of_courier(number=trip.number, **mine).id == trip.id
    assert lock_trip_of_courier(number=trip.number, **mine) is trip
    assert lock_trip_of_markets(number=trip.number, market_ids={market.id}) is trip
    trip.courier_id = other.id
    session.flush()
    with pytest.raises(NotFound):
        get_trip_of_courier(number=trip.number, **mine)
    with pytest.raises(NotFound):
        lock_trip_of_courier(number=trip.number, **mine)
    with pytest.raises(NotFound):
        lock_trip_of_markets(number=trip.number, market_ids={market.id + 1})


def _other_market() -> Market:
    other = make_market("Pasar Babat")
    open_default_slots(market_id=other.id)
    return other
