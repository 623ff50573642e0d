"""Stores of a retailer, as its people reach them; a clerk reaches one."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.slots.models import Retailer, Store


@dataclass(frozen=True)
class StoreRow:
    """A store with its retailer's name."""

    id: int
    slug: str
    name: str
    retailer_id: int
    retailer_name: str
    address: str


@dataclass(frozen=True)
class Reach:
    """Which stores somebody may touch: one retailer's, and of those only one if `store_id`."""

    retailer_id: int
    store_id: int | None = None


def _all() -> Select[*tuple[Any, ...]]:
    return (
        select(Store.id, Store.slug, Store.name, Store.retailer_id, Retailer.name, Store.address)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .order_by(Store.name, Store.id)
    )


def _stores(reach: Reach) -> Select[*tuple[Any, ...]]:
    rows = _all().where(Store.retailer_id == reach.retailer_id)
    return rows if reach.store_id is None else rows.where(Store.id == reach.store_id)


def list_stores(reach: Reach) -> list[StoreRow]:
    """Return the stores within reach, by name."""
    return [StoreRow(*row) for row in db.session.execute(_stores(reach))]


def get_store(reach: Reach, *, slug: str) -> StoreRow:
    """Return a store within reach.

    :raises NotFound: there is none of this name
    """
    row = db.session.execute(_stores(reach).where(Store.slug == slug)).one_or_none()
    if row is None:
        raise NotFound
    return StoreRow(*row)


def get_store_anywhere(*, slug: str) -> StoreRow:
    """Return a store of any retailer, for producers, whose goods say whether they may see it.

    :raises NotFound: there is none of this name
    """
    row = db.session.execute(_all().where(Store.slug == slug)).one_or_none()
    if row is None:
        raise NotFound
    return StoreRow(*row)
