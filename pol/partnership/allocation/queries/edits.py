"""Changes that hands made to a result: which product went from where to where, and why."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from pol.identity.models import User
from pol.kernel.db import db
from pol.partnership.allocation.models import AllocationEdit, AllocationRun, Offer
from pol.partnership.allocation.queries.input import list_lefts, shelf_of
from pol.partnership.allocation.rules.statuses import RunStatus
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.slots.models import Fixture, Shelf, Store
from pol.stalls.models import Stall


@dataclass(frozen=True)
class SpotRow:
    """A place on a shelf; `x_mm` counts from the shelf's left end."""

    store_id: int
    store_name: str
    fixture_code: str
    shelf_number: int
    x_mm: int
    facings: int


@dataclass(frozen=True)
class EditRow:
    """A change by hand; no place before is a product let in, none after is one put out."""

    at: datetime
    name: str
    application_number: str
    product: str
    stall_name: str
    before: SpotRow | None
    after: SpotRow | None
    cost: int
    reason: str

    @property
    def where(self) -> SpotRow:
        """Return a place in the store in which something was moved."""
        spot = self.after or self.before
        assert spot is not None
        return spot


def list_edits(*, run_id: int) -> list[EditRow]:
    """Return what was changed by hand, oldest first."""
    return _edits(AllocationEdit.run_id == run_id)


def list_edits_of_stall(*, run_number: str, stall_id: int) -> list[EditRow]:
    """Return what was changed by hand about a producer's own products in a result that is fixed."""
    fixed = AllocationRun.number == run_number, AllocationRun.status == RunStatus.FIXED
    return _edits(*fixed, stall_id=stall_id)


def list_edits_of_offer(*, number: str, stall_id: int) -> list[EditRow]:
    """Return what was changed by hand before a producer's own offer came to be."""
    offer = db.session.execute(
        select(AllocationRun.number, Application.number, Offer.store_id)
        .join(AllocationRun, AllocationRun.id == Offer.run_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.number == number, Offer.stall_id == stall_id)
    ).one_or_none()
    if offer is None:
        return []
    run_number, application, store_id = offer
    return [
        row
        for row in list_edits_of_stall(run_number=run_number, stall_id=stall_id)
        if (row.application_number, row.where.store_id) == (application, store_id)
    ]


def _edits(*conditions: ColumnElement[bool], stall_id: int | None = None) -> list[EditRow]:
    e = AllocationEdit
    rows = db.session.execute(
        select(e.at, User.name, e.before, e.after, e.cost, e.reason, AllocationRun.id)
        .join(AllocationRun, AllocationRun.id == e.run_id)
        .join(User, User.id == e.actor_id)
        .where(*conditions)
        .order_by(e.id)
    ).all()
    if not rows:
        return []
    places = [place for row in rows for place in (row.before, row.after) if place]
    products = _products({place["application"] for place in places}, stall_id)
    spots = _Spots(rows[0].id, places)
    found = []
    for row in rows:
        product = products.get((row.before or row.after)["application"])
        if product:
            before, after = spots.of(row.before), spots.of(row.after)
            found.append(EditRow(row.at, row.name, *product, before, after, row.cost, row.reason))
    return found


def _products(numbers: Collection[str], stall_id: int | None) -> dict[str, tuple[str, str, str]]:
    """Return the number, product and stall of applications, those of one stall if asked."""
    mine = [] if stall_id is None else [Application.stall_id == stall_id]
    rows = db.session.execute(
        select(Application.number, ProductSheet.name, Stall.name)
        .join(ProductSheet, ProductSheet.id == Application.sheet_id)
        .join(Stall, Stall.id == Application.stall_id)
        .where(Application.number.in_(numbers), *mine)
    )
    return {row[0]: (row[0], row[1], row[2]) for row in rows}


class _Spots:
    """The shelves of a run's edits; what is kept of a place counts from its span's left edge."""

    def __init__(self, run_id: int, places: Sequence[dict[str, Any]]) -> None:
        call_id, instance = db.session.execute(
            select(AllocationRun.call_id, AllocationRun.instance).where(AllocationRun.id == run_id)
        ).one()
        self._lefts = list_lefts(call_id=call_id, lefts=json.loads(instance).get("lefts", {}))
        rows = db.session.execute(
            select(Shelf.id, Store.id, Store.name, Fixture.code, Shelf.number)
            .join(Fixture, Fixture.id == Shelf.fixture_id)
            .join(Store, Store.id == Shelf.store_id)
            .where(Shelf.id.in_({shelf_of(place["shelf"]) for place in places}))
        )
        self._shelves = {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}

    def of(self, place: dict[str, Any]) -> SpotRow | None:
        """Return where a place that was kept is; nothing for no place."""
        if not place:
            return None
        shelf_id = shelf_of(place["shelf"])
        x_mm = place["x_mm"] + self._lefts.get(shelf_id, 0)
        return SpotRow(*self._shelves[shelf_id], x_mm, place["facings"])
