"""Stores without a place for local goods, and what their follow-ups have come to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import (
    CallSpan,
    FollowUp,
    Placement,
    Retailer,
    Shelf,
    SlotCall,
    Store,
)
from pol.partnership.slots.rules import HOLDS_SPACE, StoreStatus
from pol.partnership.slots.rules.call import PROMISES_SPACE
from pol.regions.models import Region

MOST_SHOWN = 200


@dataclass(frozen=True)
class IdleStore:
    """A verified store without any place or open call; `number` is its open follow-up."""

    slug: str
    name: str
    retailer_name: str
    village: str
    verified_at: datetime | None
    number: str | None
    due_on: date | None
    answered_at: datetime | None


@dataclass(frozen=True)
class FollowUpRow:
    """A follow-up with the store that it is about."""

    number: str
    store_slug: str
    store_name: str
    retailer_id: int
    retailer_name: str
    asked_at: datetime
    due_on: date
    text: str
    answer: str | None
    answered_at: datetime | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Answer whether somebody still has to do something."""
        return self.closed_at is None


def list_idle_stores(*, today: date) -> list[IdleStore]:
    """Return up to 200 verified stores that hold or offer no place, the longest verified first."""
    pending = aliased(FollowUp)
    rows: Any = db.session.execute(
        select(
            *(Store.slug, Store.name, Retailer.name, Region.name, Store.verified_at),
            *(pending.number, pending.due_on, pending.answered_at),
        )
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(Region, Region.code == Store.village_code)
        .outerjoin(pending, (pending.store_id == Store.id) & pending.closed_at.is_(None))
        .where(_is_idle(today))
        .order_by(Store.verified_at, Store.id)
        .limit(MOST_SHOWN)
    )
    return [IdleStore(*tuple(row)) for row in rows]


def count_idle_stores(*, today: date) -> int:
    """Return how many verified stores hold or offer no place."""
    return db.session.scalar(select(func.count()).select_from(Store).where(_is_idle(today))) or 0


def _is_idle(today: date) -> ColumnElement[bool]:
    held = exists().where(
        Placement.store_id == Store.id,
        Placement.status.in_(HOLDS_SPACE),
        Placement.until_on > today,
    )
    offered = exists(
        select(CallSpan.call_id)
        .join(SlotCall, SlotCall.id == CallSpan.call_id)
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .where(Shelf.store_id == Store.id, SlotCall.status.in_(PROMISES_SPACE))
        .correlate(Store)
    )
    return (Store.status == StoreStatus.VERIFIED) & ~held & ~offered


def list_follow_ups_of_retailer(*, retailer_id: int) -> list[FollowUpRow]:
    """Return the open follow-ups of a retailer's stores, the next due first."""
    return _rows(
        Store.retailer_id == retailer_id, FollowUp.closed_at.is_(None), order=FollowUp.due_on
    )


def get_follow_up_of_retailer(*, retailer_id: int, number: str) -> FollowUpRow:
    """Return a follow-up of one of a retailer's stores.

    :raises NotFound: none of theirs
    """
    return _one(FollowUp.number == number, Store.retailer_id == retailer_id)


def get_follow_up(*, number: str) -> FollowUpRow:
    """Return a follow-up for the Dinas.

    :raises NotFound: no such follow-up
    """
    return _one(FollowUp.number == number)


def find_open_number(*, store_id: int) -> str | None:
    """Return the number of a store's open follow-up, if it has one."""
    return db.session.scalar(
        select(FollowUp.number)
        .where(FollowUp.store_id == store_id, FollowUp.closed_at.is_(None))
        .limit(1)
    )


def _one(*where: ColumnElement[bool]) -> FollowUpRow:
    found = _rows(*where, order=FollowUp.id)
    if not found:
        raise NotFound
    return found[0]


def _rows(*where: ColumnElement[bool], order: Any) -> list[FollowUpRow]:
    rows = db.session.execute(
        select(
            *(FollowUp.number, Store.slug, Store.name, Retailer.id, Retailer.name),
            *(FollowUp.asked_at, FollowUp.due_on, FollowUp.text, FollowUp.answer),
            *(FollowUp.answered_at, FollowUp.closed_at),
        )
        .join(Store, Store.id == FollowUp.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .where(*where)
        .order_by(order)
    )
    return [FollowUpRow(*tuple(row)) for row in rows]


def lock_follow_up_of_retailer(*, retailer_id: int, number: str) -> FollowUp:
    """Return a follow-up of one of a retailer's stores, held still.

    :raises NotFound: none of theirs
    """
    stores = select(Store.id).where(Store.retailer_id == retailer_id)
    return _locked(FollowUp.number == number, FollowUp.store_id.in_(stores))


def lock_follow_up(*, number: str) -> FollowUp:
    """Return a follow-up for the Dinas, held still.

    :raises NotFound: no such follow-up
    """
    return _locked(FollowUp.number == number)


def _locked(*where: ColumnElement[bool]) -> FollowUp:
    found: FollowUp | None = db.session.scalar(
        select(FollowUp).where(*where).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found
