"""Keeping what calls have promised from whoever asks for it meanwhile."""

from datetime import timedelta

from pol.partnership.slots.queries.call_space import hold_shelves
from pol.partnership.slots.queries.promised import find_promise
from pol.partnership.slots.rules.holding import PlacePromised
from pol.partnership.slots.services.placing import Wanted


def check_not_promised(wanted: Wanted) -> None:
    """Require that no call offers this place on these days; hold the shelf against a new one.

    :raises PlacePromised: one does
    """
    hold_shelves([wanted.shelf_id])
    promise = find_promise(
        shelf_id=wanted.shelf_id,
        x_mm=wanted.x_mm,
        width_mm=wanted.width_mm,
        from_on=wanted.from_on,
        until_on=wanted.until_on,
    )
    if promise is not None:
        number, from_on = promise
        raise PlacePromised(number=number, day=f"{from_on - timedelta(days=1):%d-%m-%Y}")
