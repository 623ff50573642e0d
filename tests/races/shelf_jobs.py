"""What processes do with a shelf; every function begins and ends its own transactions."""

from collections.abc import Sequence
from datetime import datetime

from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import readable_code
from pol.kernel.transaction import transaction
from pol.partnership.slots.models import Placement
from pol.partnership.slots.queries.placements import list_held
from pol.partnership.slots.rules import PlacementStatus
from pol.partnership.slots.rules.holding import PlaceHeld
from pol.partnership.slots.services.placing import Wanted, reserve


def take_places(wishes: Sequence[Wanted], now: datetime) -> int:
    """Reserve one place after the other; return how many were to be had."""
    taken = 0
    for wish in wishes:
        try:
            with transaction():
                reserve(wish, now=now)
            taken += 1
        except PlaceHeld:
            pass  # somebody else was faster, which is what this is about
    return taken


def take_places_naively(wishes: Sequence[Wanted], now: datetime) -> int:
    """Do the same the way it is often written: look whether it is free, then write."""
    taken = 0
    for wish in wishes:
        right = wish.x_mm + wish.width_mm
        days = {"from_on": wish.from_on, "until_on": wish.until_on, "today": business_day(now)}
        held = list_held(shelf_id=wish.shelf_id, **days)
        if any(s.x_mm < right and wish.x_mm < s.x_mm + s.width_mm for s in held):
            continue
        with transaction():
            number = f"PN-{readable_code(8)}"
            values = vars(wish) | {"status": PlacementStatus.RESERVED, "reserved_at": now}
            db.session.add(Placement(number=number, **values))
        taken += 1
    return taken
