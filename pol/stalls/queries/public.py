"""Markets and stalls as customers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.kept import kept
from pol.kernel.localtime import business_day, minute_of_day
from pol.kernel.paging import Page, cut_page, decode_cursor
from pol.regions.models import Region
from pol.stalls.models import Market, Permit, Stall
from pol.stalls.rules import PermitKind, StallStatus
from pol.stalls.rules.hours import MarketHours, StallHours, is_market_day, is_open

PAGE_SIZE = 24
Village, Kecamatan = aliased(Region), aliased(Region)


@dataclass(frozen=True)
class MarketRow:
    """A market with where it lies, when it is held and how many stalls sell in it."""

    market_id: int
    slug: str
    name: str
    village: str
    kecamatan: str
    kecamatan_code: str
    address: str
    about: str
    phone: str | None
    picture_key: str | None
    hours: MarketHours
    stall_count: int


@dataclass(frozen=True)
class StallRow:
    """A stall as a card shows it."""

    stall_id: int
    slug: str
    name: str
    market_id: int
    block: str | None
    number: str | None
    village: str
    hours: StallHours


@dataclass(frozen=True)
class StallDetail:
    """A stall as its own page shows it."""

    row: StallRow
    about: str
    phone: str
    picture_key: str | None
    kecamatan: str
    address: str
    pickup_at_stall: bool


@dataclass(frozen=True)
class PermitRow:
    """A permit that customers may rely on."""

    kind: PermitKind
    number: str
    expires_on: date | None


@kept(seconds=60)
def markets() -> dict[int, MarketRow]:
    """Return every active market by id, in the order of their names."""
    stalls = (
        select(Stall.market_id, func.count().label("count"))
        .where(Stall.status == StallStatus.VERIFIED)
        .group_by(Stall.market_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Market, Village.name, Kecamatan.name, func.coalesce(stalls.c.count, 0))
        .join(Village, Village.code == Market.village_code)
        .join(Kecamatan, Kecamatan.code == Market.kecamatan_code)
        .outerjoin(stalls, stalls.c.market_id == Market.id)
        .where(Market.is_active.is_(True))
    )
    found = [_market_row(market, *rest) for market, *rest in rows]
    return {row.market_id: row for row in sorted(found, key=lambda row: (row.name, row.slug))}


def get_market(slug: str) -> MarketRow:
    """Return the market with this address.

    :raises NotFound: there is none, or it is closed for good
    """
    for row in markets().values():
        if row.slug == slug:
            return row
    raise NotFound


def get_market_of(market_id: int) -> MarketRow:
    """Return the market that a stall belongs to.

    :raises NotFound: it is closed for good
    """
    row = markets().get(market_id)
    if row is None:
        raise NotFound
    return row


@kept(seconds=60)
def _open_market_ids(minute: datetime) -> frozenset[int]:
    return frozenset(m.market_id for m in markets().values() if is_open(m.hours, moment=minute))


def open_market_ids(now: datetime) -> frozenset[int]:
    """Return the markets whose gates are open."""
    return _open_market_ids(now.replace(second=0, microsecond=0))


def _is_open() -> ColumnElement[bool]:
    today, minute = bindparam("today", type_=Date), bindparam("minute", type_=Integer)
    has_own = and_(Stall.opens_minute.is_not(None), Stall.closes_minute.is_not(None))
    in_market_held = Stall.market_id.in_(bindparam("held_markets", expanding=True))
    in_open_market = Stall.market_id.in_(bindparam("open_markets", expanding=True))
    at_own_hours = and_(
        or_(in_market_held, Stall.number.is_(None)),
        Stall.opens_minute <= minute,
        Stall.closes_minute > minute,
    )
    is_here = or_(
        Stall.vacation_from.is_(None), Stall.vacation_from > today, Stall.vacation_until <= today
    )
    return and_(is_here, case((has_own, at_own_hours), else_=in_open_market))


IS_OPEN = _is_open()
"""That a joined stall is open: `rules.hours.is_open` for the database, see `moment_values`."""


def moment_values(now: datetime) -> dict[str, object]:
    """Return what `IS_OPEN` must be told of a moment."""
    today = business_day(now)
    held = [row.market_id for row in markets().values() if is_market_day(row.hours, today)]
    return {
        "today": today,
        "minute": minute_of_day(now),
        "held_markets": held,
        "open_markets": list(open_market_ids(now)),
    }


def get_stall(slug: str) -> StallDetail:
    """Return a verified stall.

    :raises NotFound: there is none, or customers may not see it
    """
    row = db.session.execute(
        _stalls()
        .add_columns(Stall.about, Stall.phone, Stall.picture_key, Kecamatan.name)
        .add_columns(Stall.address, Stall.pickup_at_stall)
        .join(Kecamatan, Kecamatan.code == Stall.kecamatan_code)
        .where(Stall.slug == slug)
    ).one_or_none()
    if row is None:
        raise NotFound
    return StallDetail(_stall_row(row[:11]), *row[11:])


def list_stalls(
    *, market_id: int, cursor: str | None = None, size: int = PAGE_SIZE
) -> Page[StallRow]:
    """Return the stalls of a market, oldest first."""
    after = decode_cursor(cursor, shape=(int,)) or (0,)
    rows = db.session.execute(
        _stalls()
        .where(
            Stall.market_id == market_id,
            Stall.id > bindparam("after", after[0], type_=BigInteger),
        )
        .order_by(Stall.id)
        .limit(size + 1)
    )
    return cut_page([_stall_row(row) for row in rows], size=size, key=lambda row: (row.stall_id,))


def list_stalls_near(*, village_code: str, kecamatan_code: str, limit: int = 6) -> list[StallRow]:
    """Return stalls of the village first, then of its kecamatan."""
    same_village = case((Stall.village_code == village_code, 0), else_=1)
    rows = db.session.execute(
        _stalls()
        .where(Stall.kecamatan_code == kecamatan_code)
        .order_by(same_village, Stall.id)
        .limit(limit)
    )
    return [_stall_row(row) for row in rows]


def list_permits(*, stall_id: int, today: date) -> list[PermitRow]:
    """Return the valid permits of a business; those of one product stand with the product."""
    rows = db.session.execute(
        select(Permit.kind, Permit.number, Permit.expires_on)
        .where(Permit.stall_id == stall_id, Permit.product_id.is_(None))
        .where(or_(Permit.expires_on.is_(None), Permit.expires_on >= today))
        .order_by(Permit.id)
    )
    return [PermitRow(*row) for row in rows]


def _stalls() -> Select[int, str, str, int, str | None, str | None]:
    return (
        select(Stall.id, Stall.slug, Stall.name, Stall.market_id, Stall.block, Stall.number)
        .add_columns(Village.name, Stall.opens_minute, Stall.closes_minute)
        .add_columns(Stall.vacation_from, Stall.vacation_until)
        .join(Village, Village.code == Stall.village_code)
        .where(Stall.status == StallStatus.VERIFIED)
    )


def _stall_row(row: Sequence[Any]) -> StallRow:
    hours = StallHours(bool(row[5]), *row[7:11])
    return StallRow(*(*row[:7], hours))


def _market_row(market: Market, village: str, kecamatan: str, stall_count: int) -> MarketRow:
    hours = MarketHours(
        market.weekday_mask, market.pasaran_mask, market.opens_minute, market.closes_minute
    )
    return MarketRow(
        market_id=market.id,
        slug=market.slug,
        name=market.name,
        village=village,
        kecamatan=kecamatan,
        kecamatan_code=market.kecamatan_code,
        address=market.address,
        about=market.about,
        phone=market.phone,
        picture_key=market.picture_key,
        hours=hours,
        stall_count=stall_count,
    )
