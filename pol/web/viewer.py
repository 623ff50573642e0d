"""Who looks at the page: read once per request, and not at all for visitors without a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Request, g, session
from flask_login import LoginManager, current_user

from pol.identity import queries as people
from pol.identity.rules import Role
from pol.kernel import clock
from pol.stalls.queries import seats as stalls
from pol.stalls.queries.seats import SeatRow
from pol.web.language import has_cookie

if TYPE_CHECKING:
    from pol.identity.models import User


@dataclass(frozen=True)
class Viewer:
    """What layouts and guards need to know of a person."""

    user_id: int | None
    name: str | None
    cart_count: int
    unread: int
    roles: frozenset[Role]
    market_ids: frozenset[int]
    courier_market_ids: frozenset[int]
    seats: tuple[SeatRow, ...]

    @property
    def is_trader(self) -> bool:
        return bool(self.seats)

    @property
    def is_courier(self) -> bool:
        return Role.COURIER in self.roles

    @property
    def is_officer(self) -> bool:
        return Role.MARKET_OFFICER in self.roles

    @property
    def is_admin(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def seat(self) -> SeatRow | None:
        """The stall that this person works for now."""
        chosen = session.get("stall_id") if len(self.seats) > 1 else None
        return next((s for s in self.seats if s.stall_id == chosen), next(iter(self.seats), None))


def find_viewer() -> Viewer | None:
    """Return the visitor behind the cookie, or None when there is no cookie."""
    if "viewer" not in g:
        g.viewer = _read_viewer() if has_cookie() else None
    found: Viewer | None = g.viewer
    return found


def _read_viewer() -> Viewer:
    cart_count = int(session.get("cart_n", 0))
    if not current_user.is_authenticated:
        nobody: frozenset[int] = frozenset()
        return Viewer(None, None, cart_count, 0, frozenset(), nobody, nobody, ())
    grants = people.list_grants(user_id=current_user.id)
    return Viewer(
        user_id=current_user.id,
        name=current_user.name,
        cart_count=cart_count,
        unread=g.get("unread", 0),
        roles=frozenset(grant.role for grant in grants),
        market_ids=_markets(grants, Role.MARKET_OFFICER),
        courier_market_ids=_markets(grants, Role.COURIER),
        seats=tuple(stalls.list_seats(user_id=current_user.id)),
    )


def _markets(grants: list[people.GrantRow], role: Role) -> frozenset[int]:
    return frozenset(g.market_id for g in grants if g.role is role and g.market_id is not None)


def _load_user(_request: Request) -> User | None:
    token = session.get("sid") if has_cookie() else None
    if not isinstance(token, str):
        return None
    return people.find_user_of_session(token=token, now=clock.now())


def register(app: Flask) -> None:
    """Connect Flask-Login to our server-side sessions."""
    login = LoginManager(app)
    login.session_protection = None
    login.login_view = "account_login.show"
    login.login_message = "Masuk dulu untuk membuka halaman ini."
    login.request_loader(_load_user)
    app.context_processor(lambda: {"viewer": find_viewer()})
