"""What delivery costs, which slots a market offers, and who drives when."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select

from pol.delivery.models import DeliveryRate, DeliverySlot, Trip
from pol.delivery.rules import (
    LOOK_AHEAD_DAYS,
    MARKET_DAYS_OFFERED,
    RateMissing,
    TripStatus,
    cutoff_at,
)
from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.db import db, run
from pol.kernel.errors import NotFound
from pol.kernel.kept import kept
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.regions.rules import kecamatan_of
from pol.stalls.models import Market
from pol.stalls.rules.hours import MarketHours, is_market_day


@dataclass(frozen=True)
class RateRow:
    """The fee of one trip, and the dated row it comes from."""

    id: int
    fee: Rupiah


@dataclass(frozen=True)
class SlotOffer:
    """Hours of one day in which a market still delivers."""

    slot_id: int
    on_day: date
    starts_minute: int
    ends_minute: int
    cutoff_at: datetime


@dataclass(frozen=True)
class TripRow:
    """A trip as lists show it."""

    id: int
    number: str
    market_id: int
    market_name: str
    on_day: date
    starts_minute: int
    ends_minute: int
    cutoff_minute: int
    status: TripStatus
    courier_id: int | None
    courier_name: str | None
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class CourierRow:
    """Somebody who may drive for a market."""

    user_id: int
    name: str
    phone: str
    market_id: int | None


_RATE = (
    select(DeliveryRate.id, DeliveryRate.fee)
    .where(
        or_(
            DeliveryRate.kecamatan_code == bindparam("kecamatan"),
            DeliveryRate.kecamatan_code.is_(None),
        ),
        DeliveryRate.valid_from <= bindparam("on_day"),
        or_(DeliveryRate.valid_until.is_(None), DeliveryRate.valid_until > bindparam("on_day")),
    )
    .order_by(
        DeliveryRate.kecamatan_code.is_(None),
        DeliveryRate.valid_from.desc(),
        DeliveryRate.id.desc(),
    )
    .limit(1)
)


def get_rate(*, village_code: str | None, on_day: date) -> RateRow:
    """Return the fee into a village: its kecamatan's own rate before the general, newest first.

    :raises RateMissing: no rate holds on that day
    """
    return _read_rate(kecamatan_of(village_code) if village_code else "", on_day)


def _read_rate(kecamatan: str, on_day: date) -> RateRow:
    row = run(_RATE, {"kecamatan": kecamatan, "on_day": on_day}).one_or_none()
    if row is None:
        raise RateMissing
    return RateRow(row.id, row.fee)


def quote_fee(*, village_code: str | None, on_day: date) -> Rupiah:
    """Return what a page says that a trip costs; the order itself asks for the rate again.

    :raises RateMissing: no rate holds on that day
    """
    return _quote(kecamatan_of(village_code) if village_code else "", on_day)


@kept(seconds=60)
def _quote(kecamatan: str, on_day: date) -> Rupiah:
    return _read_rate(kecamatan, on_day).fee


def offer_slots(*, market_id: int, now: datetime) -> list[SlotOffer]:
    """Return the slots that a market still delivers in, soonest first."""
    return offer_slots_of(market_ids=[market_id], now=now).get(market_id, [])


def offer_slots_of(*, market_ids: Collection[int], now: datetime) -> dict[int, list[SlotOffer]]:
    """Return the open slots of several markets, soonest first, in one statement.

    Offered are the next three days on which a market is held, at most a week ahead; a slot closes
    at its cut-off, or when its courier has set off.
    """
    return _open_ones(_read_slots(tuple(market_ids), business_day(now)), now)


def show_slots_of(*, market_ids: Collection[int], now: datetime) -> dict[int, list[SlotOffer]]:
    """Return the same as a page shows it; the order itself asks again what is still open."""
    return _open_ones(_kept_slots(tuple(market_ids), business_day(now)), now)


@kept(seconds=60)
def _kept_slots(market_ids: tuple[int, ...], today: date) -> Sequence[Row[Any]]:
    return _read_slots(market_ids, today)


def _read_slots(market_ids: tuple[int, ...], today: date) -> Sequence[Row[Any]]:
    """Return slots with the days on which their couriers have set off, a row for each."""
    last = today + timedelta(days=LOOK_AHEAD_DAYS - 1)
    wanted = {"market_ids": list(market_ids), "first": today, "last": last}
    return run(_SLOTS_WITH_DEPARTURES, wanted).all()


def _open_ones(rows: Sequence[Row[Any]], now: datetime) -> dict[int, list[SlotOffer]]:
    today = business_day(now)
    days = [today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS)]
    gone: dict[int, set[date]] = defaultdict(set)
    slots: dict[int, Row[Any]] = {}
    for row in rows:
        slots.setdefault(row.id, row)
        if row.departed_on:
            gone[row.id].add(row.departed_on)
    offers: dict[int, list[SlotOffer]] = defaultdict(list)
    for slot in slots.values():
        for day in _market_days(slot, days):
            closes = cutoff_at(day, slot.cutoff_minute)
            if now <= closes and day not in gone[slot.id]:
                offer = SlotOffer(slot.id, day, slot.starts_minute, slot.ends_minute, closes)
                offers[slot.market_id].append(offer)
    for own in offers.values():
        own.sort(key=lambda offer: (offer.on_day, offer.starts_minute))
    return dict(offers)


_DEPARTED = and_(
    Trip.slot_id == DeliverySlot.id,
    Trip.on_day.between(bindparam("first"), bindparam("last")),
    Trip.status != TripStatus.PLANNED,
)
_SLOTS_WITH_DEPARTURES = (
    select(
        DeliverySlot.id,
        DeliverySlot.market_id,
        DeliverySlot.starts_minute,
        DeliverySlot.ends_minute,
        DeliverySlot.cutoff_minute,
        Market.weekday_mask,
        Market.pasaran_mask,
        Market.opens_minute,
        Market.closes_minute,
        Trip.on_day.label("departed_on"),
    )
    .join(Market, Market.id == DeliverySlot.market_id)
    .outerjoin(Trip, _DEPARTED)
    .where(
        DeliverySlot.market_id.in_(bindparam("market_ids", expanding=True)),
        DeliverySlot.is_active.is_(True),
    )
)


def _market_days(slot: Row[Any], days: Sequence[date]) -> list[date]:
    """Return the next days on which the market of a slot is held."""
    hours = MarketHours(slot.weekday_mask, slot.pasaran_mask, slot.opens_minute, slot.closes_minute)
    return [day for day in days if is_market_day(hours, day)][:MARKET_DAYS_OFFERED]


_TRIP = (
    select(
        Trip.id,
        Trip.number,
        Trip.market_id,
        Market.name,
        Trip.on_day,
        DeliverySlot.starts_minute,
        DeliverySlot.ends_minute,
        DeliverySlot.cutoff_minute,
        Trip.status,
        Trip.courier_id,
        User.name,
        Trip.started_at,
        Trip.finished_at,
    )
    .join(Market, Market.id == Trip.market_id)
    .join(DeliverySlot, DeliverySlot.id == Trip.slot_id)
    .outerjoin(User, User.id == Trip.courier_id)
)


def list_trips_of_courier(
    *, courier_id: int, market_ids: Collection[int], on_day: date
) -> list[TripRow]:
    """Return what a courier drives or could take on a day, and what was never finished."""
    return _list(
        _TRIP.where(
            _may_drive(courier_id, market_ids),
            or_(
                Trip.on_day == on_day,
                and_(Trip.on_day < on_day, Trip.status == TripStatus.STARTED),
            ),
        )
    )


def list_trips_of_markets(
    *, market_ids: Collection[int], from_day: date, until_day: date
) -> list[TripRow]:
    """Return all trips of these markets from a day on, until another (not included)."""
    wanted = Trip.market_id.in_(market_ids), Trip.on_day >= from_day, Trip.on_day < until_day
    return _list(_TRIP.where(*wanted))


def get_trip_of_courier(*, number: str, courier_id: int, market_ids: Collection[int]) -> TripRow:
    """Return a trip that is this courier's, or nobody's yet.

    :raises NotFound: there is none
    """
    return _only(_TRIP.where(Trip.number == number, _may_drive(courier_id, market_ids)))


def lock_trip_of_courier(*, number: str, courier_id: int, market_ids: Collection[int]) -> Trip:
    """Return such a trip for a change, held still.

    :raises NotFound: there is none
    """
    return _lock(select(Trip).where(Trip.number == number, _may_drive(courier_id, market_ids)))


def lock_trip_of_markets(*, number: str, market_ids: Collection[int]) -> Trip:
    """Return a trip of these markets for a change, held still.

    :raises NotFound: there is none
    """
    return _lock(select(Trip).where(Trip.number == number, Trip.market_id.in_(market_ids)))


def list_couriers(*, market_ids: Collection[int]) -> list[CourierRow]:
    """Return who drives for these markets, by name."""
    rows = db.session.execute(
        select(User.id, User.name, User.phone, RoleGrant.market_id)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            RoleGrant.role == Role.COURIER,
            RoleGrant.market_id.in_(market_ids),
            RoleGrant.revoked_at.is_(None),
            User.is_active.is_(True),
        )
        .order_by(User.name, User.id)
    )
    return [CourierRow(*row) for row in rows]


def _may_drive(courier_id: int, market_ids: Collection[int]) -> ColumnElement[bool]:
    return and_(
        Trip.market_id.in_(market_ids),
        or_(Trip.courier_id == courier_id, Trip.courier_id.is_(None)),
    )


def _list(statement: Select[*tuple[Any, ...]]) -> list[TripRow]:
    ordered = statement.order_by(Trip.on_day, DeliverySlot.starts_minute, Trip.id)
    return [TripRow(*row) for row in db.session.execute(ordered)]


def _only(statement: Select[*tuple[Any, ...]]) -> TripRow:
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return TripRow(*row)


def _lock(statement: Select[Trip]) -> Trip:
    trip = db.session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if trip is None:
        raise NotFound
    return trip
