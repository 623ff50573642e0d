"""How stores and places were on days that are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from pol.kernel.db import db
from pol.kernel.localtime import at_local, business_day
from pol.partnership.slots.models import PlacementBefore, StoreBefore
from pol.partnership.slots.rules import StoreStatus


@dataclass(frozen=True)
class StorePast:
    """What a store was before the present, oldest first, as the rule of dated values reads it."""

    lengths: tuple[tuple[date, int], ...] = ()
    statuses: tuple[tuple[date, StoreStatus], ...] = ()


def list_store_pasts(*, since: date) -> dict[int, StorePast]:
    """Return what has changed about stores on or after a day."""
    query = select(
        StoreBefore.store_id,
        StoreBefore.until_at,
        StoreBefore.all_shelves_mm,
        StoreBefore.status,
    ).where(StoreBefore.until_at >= at_local(since, 0))
    found: dict[int, list[tuple[date, int, StoreStatus]]] = {}
    for store_id, until_at, length, status in _oldest_first(query, StoreBefore):
        found.setdefault(store_id, []).append((business_day(until_at), length, status))
    return {
        store_id: StorePast(
            tuple((until_on, length) for until_on, length, _ in rows),
            tuple((until_on, status) for until_on, _, status in rows),
        )
        for store_id, rows in found.items()
    }


def list_width_pasts(*, since: date) -> dict[int, list[tuple[date, int]]]:
    """Return how wide places were that grew or shrank on or after a day, by their id."""
    query = select(
        PlacementBefore.placement_id, PlacementBefore.until_at, PlacementBefore.width_mm
    ).where(PlacementBefore.until_at >= at_local(since, 0))
    found: dict[int, list[tuple[date, int]]] = {}
    for placement_id, until_at, width in _oldest_first(query, PlacementBefore):
        found.setdefault(placement_id, []).append((business_day(until_at), width))
    return found


def _oldest_first(
    query: Select[*tuple[Any, ...]], table: type[StoreBefore | PlacementBefore]
) -> Iterable[Any]:
    return db.session.execute(query.order_by(table.until_at, table.id))
