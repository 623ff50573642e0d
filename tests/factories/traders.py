"""People of the market for tests: who keeps a stall, who decides about it."""

from pol.identity.models import User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.stalls.models import Market, Stall, StallMember
from pol.stalls.rules import Seat
from tests.factories.catalogue import LONG_AGO
from tests.factories.people import give_role, make_person

__all__ = ["keep", "make_keeper", "make_officer", "make_person"]


def make_keeper(stall: Stall, *, seat: Seat = Seat.OWNER, name: str = "Bu Contoh") -> User:
    """Add somebody who keeps this stall."""
    person = make_person(name)
    keep(stall, person, seat=seat)
    return person


def keep(stall: Stall, person: User, *, seat: Seat = Seat.OWNER) -> None:
    """Let somebody keep this stall."""
    db.session.add(StallMember(stall_id=stall.id, user_id=person.id, seat=seat, since=LONG_AGO))
    db.session.flush()


def make_officer(market: Market) -> User:
    """Add an officer of this market."""
    person = make_person("Pak Petugas Contoh")
    give_role(person, Role.MARKET_OFFICER, market_id=market.id)
    return person
