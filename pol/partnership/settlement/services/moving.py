"""Moving a place on the shelves of its store: what both have signed moves when both say so."""

from datetime import datetime

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.queries.labels import list_labels
from pol.partnership.settlement.models import Renewal
from pol.partnership.settlement.rules import RenewalKind
from pol.partnership.settlement.services import renewing
from pol.partnership.settlement.services.renewing import Wish
from pol.partnership.settlement.services.telling import tell_moved
from pol.partnership.slots.models import Placement, Shelf
from pol.partnership.slots.queries.placements import get_shelf_words
from pol.partnership.slots.rules import Bearer
from pol.partnership.slots.services.placements import check_move, move_placement


def move(
    *, placement: Placement, shelf: Shelf, x_mm: int, actor_id: int, now: datetime
) -> Renewal | None:
    """Move a place for the retailer, or propose it if an agreement in force names its shelf.

    Some millimetres on the same shelf are not asked for, but told.

    :raises PlacementOver, KindNotHere, FixtureAway, PlaceTaken, ShelfFull, PlaceTooHeavy:
        see `move_placement`
    :raises RenewalAskedAlready: another proposal waits
    """
    category = list_labels(sheet_ids=[placement.sheet_id])[placement.sheet_id].category
    is_agreed = _is_agreed(placement)
    if is_agreed and shelf.id != placement.shelf_id:
        check_move(placement=placement, shelf=shelf, x_mm=x_mm, category=category, now=now)
        reason = f"Pindah ke {get_shelf_words(shelf.id)}."
        wish = Wish(RenewalKind.MOVE, reason, shelf_id=shelf.id, x_mm=x_mm)
        return renewing.ask(
            placement=placement, wish=wish, by=Bearer.RETAILER, actor_id=actor_id, now=now
        )
    before = placement.x_mm
    move_placement(
        placement=placement, shelf=shelf, x_mm=x_mm, category=category, actor_id=actor_id, now=now
    )
    if is_agreed and before != x_mm:
        tell_moved(placement, before=before, now=now)
    return None


def _is_agreed(placement: Placement) -> bool:
    if placement.agreement_id is None:
        return False
    agreement = db.session.get_one(Agreement, placement.agreement_id)
    return agreement.status is AgreementStatus.IN_FORCE
