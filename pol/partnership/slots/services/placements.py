"""Moving what stands on the shelves of a store."""

from datetime import date, datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.slots.models import Fixture, Placement, Shelf, SlotCall
from pol.partnership.slots.queries.placements import list_kin
from pol.partnership.slots.queries.shelves import list_standing
from pol.partnership.slots.rules import FixtureStatus, GoodsCategory
from pol.partnership.slots.rules.placing import (
    FixtureAway,
    KindNotHere,
    check_movable,
    check_place,
)
from pol.partnership.slots.rules.shelf import Measures, Standing


def move_placement(
    *,
    placement: Placement,
    shelf: Shelf,
    x_mm: int,
    category: GoodsCategory,
    actor_id: int,
    now: datetime,
) -> None:
    """Let a product stand elsewhere on its shelf, or on another shelf of the store.

    `category` is the product's; both rows are locked.

    :raises PlacementOver: it has ended
    :raises KindNotHere: the shelf is for other goods
    :raises FixtureAway: the fixture is away on one of its days
    :raises PlaceTaken, ShelfFull, PlaceTooHeavy: see `check_place`; also the refusals of its size
    """
    check_move(placement=placement, shelf=shelf, x_mm=x_mm, category=category, now=now)
    before = {"shelf": placement.shelf_id, "x_mm": placement.x_mm}
    placement.shelf_id, placement.x_mm = shelf.id, x_mm
    db.session.flush()
    audit.record(
        action="placement.moved",
        subject=f"placement:{placement.id}",
        actor_id=actor_id,
        now=now,
        before=before,
        after={"shelf": shelf.id, "x_mm": x_mm},
    )


def check_move(
    *, placement: Placement, shelf: Shelf, x_mm: int, category: GoodsCategory, now: datetime
) -> None:
    """Check that a product may stand there; the refusals are those of `move_placement`."""
    check_movable(placement.status)
    if shelf.categories and category not in shelf.categories:
        raise KindNotHere
    today = business_day(now)
    wanted = _standing(placement, x_mm, today)
    _check_fixture(db.session.get_one(Fixture, shelf.fixture_id), wanted)
    standing = list_standing(shelf_id=shelf.id, today=today)
    own = {placement.id, *list_kin(placement)}
    others = [one for one in standing if one.placement_id not in own]
    gap_mm = db.session.get_one(SlotCall, placement.call_id).gap_mm
    measures = Measures(
        shelf.bottom_mm, shelf.width_mm, shelf.height_mm, shelf.depth_mm, shelf.load_g
    )
    check_place(wanted, measures, others, gap_mm=gap_mm)


def _check_fixture(fixture: Fixture, wanted: Standing) -> None:
    is_away = fixture.status is not FixtureStatus.ACTIVE
    if is_away and wanted.meets(fixture.status_from, fixture.status_until):
        raise FixtureAway(code=fixture.code)


def _standing(placement: Placement, x_mm: int, today: date) -> Standing:
    return Standing(
        placement_id=placement.id,
        number=placement.number,
        x_mm=x_mm,
        width_mm=placement.width_mm,
        height_mm=placement.height_mm,
        depth_mm=placement.depth_mm,
        load_g=placement.load_g,
        from_on=placement.from_on,
        until_on=placement.until_on,
        is_overdue=placement.until_on <= today,
    )
