"""What a trader sees and changes of a stall, and what an officer has to decide."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.regions.models import Region
from pol.stalls.models import Market, Permit, Stall, StallMember
from pol.stalls.rules import PermitKind, Seat, StallStatus

MOST_SHOWN = 200


@dataclass(frozen=True)
class MarketChoice:
    """A market that a stall may belong to."""

    market_id: int
    name: str
    kecamatan: str


@dataclass(frozen=True)
class MemberRow:
    """Somebody who keeps a stall."""

    user_id: int
    name: str
    phone: str
    seat: Seat
    since: datetime


@dataclass(frozen=True)
class PermitRow:
    """A permit of the business or of one product."""

    permit_id: int
    kind: PermitKind
    number: str
    expires_on: date | None
    picture_key: str | None
    product_id: int | None


@dataclass(frozen=True)
class StallDetail:
    """Everything that its keepers and the officer read about a stall."""

    stall_id: int
    slug: str
    name: str
    about: str
    phone: str
    picture_key: str | None
    market_id: int
    market_name: str
    market_opens: int
    market_closes: int
    block: str | None
    number: str | None
    village_code: str
    village_name: str
    address: str
    opens_minute: int | None
    closes_minute: int | None
    pickup_at_stall: bool
    vacation_from: date | None
    vacation_until: date | None
    status: StallStatus
    status_reason: str | None
    submitted_at: datetime | None

    @property
    def is_in_market(self) -> bool:
        """Answer whether the stall has a number in the market."""
        return bool(self.number)


@dataclass(frozen=True)
class StallRow:
    """A line of the officer's list."""

    slug: str
    name: str
    market_name: str
    block: str | None
    number: str | None
    village_name: str
    owner_name: str
    status: StallStatus
    submitted_at: datetime | None
    picture_key: str | None


@dataclass(frozen=True)
class PlaceOfPermit:
    """Whose papers a picture shows."""

    stall_id: int
    market_id: int


def list_market_choices() -> list[MarketChoice]:
    """Return the active markets by name."""
    rows = db.session.execute(
        select(Market.id, Market.name, Region.name)
        .join(Region, Region.code == Market.kecamatan_code)
        .where(Market.is_active.is_(True))
        .order_by(Market.name)
    )
    return [MarketChoice(*row) for row in rows]


def get_detail(*, stall_id: int) -> StallDetail:
    """Return a stall for its keepers.

    :raises NotFound: no such stall
    """
    return _one_detail(Stall.id == stall_id)


def get_detail_of_markets(*, slug: str, market_ids: Collection[int]) -> StallDetail:
    """Return a stall for an officer of its market.

    :raises NotFound: none of theirs
    """
    return _one_detail(Stall.slug == slug, Stall.market_id.in_(market_ids))


def _one_detail(*conditions: ColumnElement[bool]) -> StallDetail:
    row = db.session.execute(
        select(
            *(Stall.id, Stall.slug, Stall.name, Stall.about, Stall.phone, Stall.picture_key),
            *(Stall.market_id, Market.name, Market.opens_minute, Market.closes_minute),
            *(Stall.block, Stall.number, Stall.village_code, Region.name, Stall.address),
            *(Stall.opens_minute, Stall.closes_minute, Stall.pickup_at_stall),
            *(Stall.vacation_from, Stall.vacation_until),
            *(Stall.status, Stall.status_reason, Stall.submitted_at),
        )
        .join(Market, Market.id == Stall.market_id)
        .join(Region, Region.code == Stall.village_code)
        .where(*conditions)
    ).one_or_none()
    if row is None:
        raise NotFound
    values: tuple[Any, ...] = tuple(row)
    return StallDetail(*values)


def lock_stall(*, stall_id: int) -> Stall:
    """Return a stall of one's own, to change it.

    :raises NotFound: no such stall
    """
    return _locked(Stall.id == stall_id)


def lock_stall_of_markets(*, slug: str, market_ids: Collection[int]) -> Stall:
    """Return a stall of an officer's markets, to decide about it.

    :raises NotFound: none of theirs
    """
    return _locked(Stall.slug == slug, Stall.market_id.in_(market_ids))


def _locked(*conditions: ColumnElement[bool]) -> Stall:
    stall: Stall | None = db.session.scalar(select(Stall).where(*conditions).with_for_update())
    if stall is None:
        raise NotFound
    return stall


def find_seat(*, stall_id: int, user_id: int) -> Seat | None:
    """Return how a person keeps a stall, if at all."""
    return db.session.scalar(
        select(StallMember.seat).where(
            StallMember.stall_id == stall_id, StallMember.user_id == user_id
        )
    )


def list_members(*, stall_id: int) -> list[MemberRow]:
    """Return owner and helpers, the owner first."""
    rows = db.session.execute(
        select(User.id, User.name, User.phone, StallMember.seat, StallMember.since)
        .join(User, User.id == StallMember.user_id)
        .where(StallMember.stall_id == stall_id)
        .order_by(StallMember.seat.desc(), StallMember.since, User.id)
    )
    return [MemberRow(*row) for row in rows]


def get_owner(*, stall_id: int) -> MemberRow:
    """Return the owner of a stall.

    :raises NotFound: the stall has none
    """
    members = list_members(stall_id=stall_id)
    owner = next((member for member in members if member.seat is Seat.OWNER), None)
    if owner is None:
        raise NotFound
    return owner


def list_permits(*, stall_id: int, product_id: int | None = None) -> list[PermitRow]:
    """Return the permits of a business, or of one product of it."""
    rows = db.session.execute(
        select(
            *(Permit.id, Permit.kind, Permit.number, Permit.expires_on),
            *(Permit.picture_key, Permit.product_id),
        )
        .where(Permit.stall_id == stall_id, Permit.product_id.is_not_distinct_from(product_id))
        .order_by(Permit.id)
    )
    return [PermitRow(*row) for row in rows]


def find_place_of_permit(key: str) -> PlaceOfPermit | None:
    """Return whose permit a picture shows, or nothing."""
    row = db.session.execute(
        select(Permit.stall_id, Stall.market_id)
        .join(Stall, Stall.id == Permit.stall_id)
        .where(Permit.picture_key == key)
        .limit(1)
    ).one_or_none()
    return PlaceOfPermit(*row) if row else None


def list_stalls_of_markets(
    *, market_ids: Collection[int], status: StallStatus, words: str = ""
) -> list[StallRow]:
    """Return up to 200 stalls of an officer's markets, who waits longest first."""
    rows = db.session.execute(
        select(
            *(Stall.slug, Stall.name, Market.name, Stall.block, Stall.number, Region.name),
            *(User.name, Stall.status, Stall.submitted_at, Stall.picture_key),
        )
        .join(Market, Market.id == Stall.market_id)
        .join(Region, Region.code == Stall.village_code)
        .join(StallMember, StallMember.stall_id == Stall.id)
        .join(User, User.id == StallMember.user_id)
        .where(
            Stall.market_id.in_(market_ids),
            Stall.status == status,
            StallMember.seat == Seat.OWNER,
            func.lower(Stall.name).contains(words.strip().lower(), autoescape=True),
        )
        .order_by(Stall.submitted_at, Stall.id)
        .limit(MOST_SHOWN)
    )
    lines: list[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [StallRow(*line) for line in lines]


def count_stalls_by_status(*, market_ids: Collection[int]) -> dict[StallStatus, int]:
    """Return how many stalls of these markets are in each status."""
    rows = db.session.execute(
        select(Stall.status, func.count())
        .where(Stall.market_id.in_(market_ids))
        .group_by(Stall.status)
    )
    return {row[0]: row[1] for row in rows}
