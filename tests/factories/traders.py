"""People of the market for tests: who keeps a stall, who decides about it."""

from itertools import count

from pol.identity.models import RoleGrant, User
from pol.identity.rules import Role
from pol.kernel.db import db
from pol.stalls.models import Market, Stall, StallMember
from pol.stalls.rules import Seat
from tests.factories.catalogue import LONG_AGO

_numbers = count(1)


def make_person(name: str = "Bu Contoh") -> User:
    """Add somebody with an account."""
    person = User(phone=f"+62857{next(_numbers):08}", name=name, created_at=LONG_AGO)
    db.session.add(person)
    db.session.flush()
    return person


def make_keeper(stall: Stall, *, seat: Seat = Seat.OWNER) -> User:
    """Add somebody who keeps this stall."""
    person = make_person()
    db.session.add(StallMember(stall_id=stall.id, user_id=person.id, seat=seat, since=LONG_AGO))
    db.session.flush()
    return person


def make_officer(market: Market) -> User:
    """Add an officer of this market."""
    person = make_person("Pak Petugas Contoh")
    db.session.add(
        RoleGrant(
            user_id=person.id,
            role=Role.MARKET_OFFICER,
            market_id=market.id,
            granted_at=LONG_AGO,
        )
    )
    db.session.flush()
    return person
