"""Keeping what has been promised from whoever asks for it meanwhile."""

from pol.partnership.slots.queries.call_space import hold_shelves
from pol.partnership.slots.queries.promised import find_booking, find_promise
from pol.partnership.slots.rules.holding import Promise, check_free_until
from pol.partnership.slots.services.placing import Wanted


def check_not_promised(wanted: Wanted, *, offered: Promise | None) -> None:
    """Require that nobody was promised this place on these days; hold the shelf against new calls.

    `offered` is what is on offer there by a call that was allocated.

    :raises PlacePromised, NothingLeft: somebody was
    """
    hold_shelves([wanted.shelf_id])
    found = (find_promise(wanted), find_booking(wanted), offered)
    check_free_until([one for one in found if one is not None], first=wanted.from_on)
