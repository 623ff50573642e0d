"""Renewing a place by an agreement of its own that both sides sign, and resizing it within one."""

from datetime import date, datetime

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules.following import (
    NothingToFollow,
    check_facings,
    check_may_follow,
)
from pol.partnership.agreements.services.drafting import add_place
from pol.partnership.allocation.queries.offered import find_offered
from pol.partnership.applications.models import Application
from pol.partnership.slots.models import Placement
from pol.partnership.slots.services.placing import Wanted, check_resize, reserve, wish_again
from pol.partnership.slots.services.placing import resize as resize_place
from pol.partnership.slots.services.promised import check_not_promised


def renew(*, placement: Placement, until_on: date, now: datetime) -> Placement:
    """Hold the same place from the day it ends, and draft the agreement that follows.

    Places of one agreement that are renewed to the same day share the draft.

    :raises NothingToFollow, FollowsTooShort, PlacePromised, NothingLeft: see `check_renewable`
    :raises Refused: the shelf does not hold it then; see `reserve`
    """
    wish = check_renewable(placement=placement, until_on=until_on)
    following = reserve(wish, now=now)
    add_place(following, now=now, follows=_agreement_of(placement))
    return following


def check_renewable(*, placement: Placement, until_on: date) -> Wanted:
    """Check that a place may go on until then, before anybody is asked and before it is held.

    :raises NothingToFollow, FollowsTooShort: see rules
    :raises PlacePromised, NothingLeft: a call offers it to its applicants then, or somebody has it
    """
    agreement = _agreement_of(placement)
    check_may_follow(status=agreement.status, until_on=agreement.until_on, new_until_on=until_on)
    wish = wish_again(placement, from_on=placement.until_on, until_on=until_on)
    check_not_promised(wish, offered=find_offered(wish))
    return wish


def resize(*, placement: Placement, facings: int, actor_id: int, now: datetime) -> None:
    """Let a place have more or fewer facings, as both sides have agreed in a letter.

    :raises FacingsOutside: that is not what was applied for
    :raises Refused: there is no room for them; see `placing.resize`
    """
    _check_facings(placement, facings)
    resize_place(placement=placement, facings=facings, actor_id=actor_id, now=now)


def check_resizable(*, placement: Placement, facings: int, now: datetime) -> None:
    """Check that a place may have so many facings, before anybody is asked.

    :raises FacingsOutside: that is not what was applied for
    :raises Refused: there is no room for them; see `placing.check_resize`
    """
    _check_facings(placement, facings)
    check_resize(placement=placement, facings=facings, now=now)


def _check_facings(placement: Placement, facings: int) -> None:
    wanted = db.session.get_one(Application, placement.application_id)
    check_facings(facings=facings, least=wanted.min_facings, most=wanted.max_facings)


def _agreement_of(placement: Placement) -> Agreement:
    if placement.agreement_id is None:
        raise NothingToFollow
    return db.session.get_one(Agreement, placement.agreement_id)
