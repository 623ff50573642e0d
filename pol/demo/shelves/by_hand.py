"""What people changed by hand: a computed place, a rack half a year ago, a place both agreed on."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from pol.demo.shelves.stores import House
from pol.demo.shelves.year import Lived
from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.localtime import at_local, business_day
from pol.partnership.allocation.models import AllocationRun
from pol.partnership.allocation.queries.runs import list_places
from pol.partnership.allocation.services import editing
from pol.partnership.allocation.services.editing import Move
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.services import moving, renewing
from pol.partnership.slots.models import Placement, Shelf
from pol.partnership.slots.queries.planogram import lock_shelf_of_store
from pol.partnership.slots.queries.shelves import (
    list_fixtures,
    list_shelves,
    lock_fixture,
    lock_shelf,
)
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.rules.shelf import Measures, level_factor
from pol.partnership.slots.services.shelves import ShelfFacts, change_shelf

ASIDE_MM, LOWER_MM, HALF_A_YEAR = 40, 60, 182
ROOM = "Satu muka dikurangi dan digeser 4 cm: di kirinya dipasang papan harga dan cerita produsen."
REACH = "Ambalan atas diturunkan 6 cm, pembeli sering tidak sampai."
PLACES = 12
"""So many places are tried to find one that may stand on another board."""


def change_one(house: House, run: AllocationRun, at: datetime) -> None:
    """Give the first product that can spare it a facing less, a little to the right."""
    for move in _narrower(run):
        with suppress(Refused):
            editing.apply_move(run=run, move=move, reason=ROOM, actor_id=house.buyer_id, now=at)
            return


def _narrower(run: AllocationRun) -> Iterator[Move]:
    for place in list_places(run_id=run.id):
        if place.facings > 1:
            x_mm, facings = place.x_mm + ASIDE_MM, place.facings - 1
            yield Move(place.application_number, place.store_id, place.shelf_id, x_mm, facings)


def redraw(house: House, now: datetime) -> None:
    """Let the highest board of a rack hang lower since half a year; what stands there fits."""
    at = at_local(business_day(now) - timedelta(days=HALF_A_YEAR), 14 * 60)
    store_id = house.stores[0].id
    rack = lock_fixture(store_id=store_id, code=list_fixtures(store_id=store_id)[0].code)
    upper, lower = list_shelves(store_id=store_id, fixture_id=rack.id)[:2]
    new: dict[int, Measures] = {
        lower.number: replace(lower.measures, height_mm=lower.measures.height_mm - LOWER_MM),
        upper.number: replace(
            upper.measures,
            bottom_mm=upper.measures.bottom_mm - LOWER_MM,
            height_mm=upper.measures.height_mm + LOWER_MM,
        ),
    }
    for number, measures in new.items():
        change_shelf(
            fixture=rack,
            shelf=lock_shelf(fixture_id=rack.id, number=number),
            facts=ShelfFacts(measures, level_factor(measures.bottom_mm)),
            reason=REACH,
            actor_id=house.owner_id,
            now=at,
        )


def move_one(year: Lived, places: Sequence[Placement]) -> None:
    """Let the retailer propose another board of the rack for one of these, and its maker agree."""
    for place in places[:PLACES]:
        for shelf in _boards_beside(place):
            if renewal := _propose(year, place, shelf):
                renewing.agree(
                    renewal=renewal,
                    placement=place,
                    by=Bearer.PRODUCER,
                    actor_id=year.owners[place.stall_id],
                    now=year.now - timedelta(days=3),
                )
                return


def _boards_beside(place: Placement) -> Iterator[Shelf]:
    own = db.session.get_one(Shelf, place.shelf_id)
    for row in list_shelves(store_id=place.store_id, fixture_id=own.fixture_id):
        if row.shelf_id != own.id:
            yield lock_shelf_of_store(store_id=place.store_id, shelf_id=row.shelf_id)


def _propose(year: Lived, place: Placement, shelf: Shelf) -> Renewal | None:
    """Propose the left end of a board; None where it is taken."""
    actor_id, at = year.house.buyer_id, year.now - timedelta(days=5)
    with suppress(Refused):
        return moving.move(placement=place, shelf=shelf, x_mm=0, actor_id=actor_id, now=at)
    return None
