"""Who looks at the page: one query per request, and none for visitors without a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import Flask, Request, Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from pol.identity.queries import people
from pol.identity.queries.people import GrantRow, SignedIn
from pol.identity.rules import Role
from pol.identity.rules.devices import TOUCH_EVERY
from pol.identity.services import sessions
from pol.kernel import audit, clock
from pol.kernel.transaction import transaction
from pol.notices import queries as notices
from pol.partnership.slots.queries import seats as retailers
from pol.partnership.slots.queries.seats import RetailSeatRow
from pol.partnership.slots.rules import RetailSeat
from pol.stalls.queries import seats as stalls
from pol.stalls.queries.seats import SeatRow
from pol.web.language import has_cookie


@dataclass
class Viewer:
    """What layouts and guards know of a person; stalls and inbox are read when asked for."""

    user_id: int | None
    name: str | None
    cart_count: int
    grants: tuple[GrantRow, ...] = ()
    session_id: int | None = None
    second_factor: bool = False

    @cached_property
    def seats(self) -> tuple[SeatRow, ...]:
        """The stalls that this person keeps."""
        return () if self.user_id is None else tuple(stalls.list_seats(user_id=self.user_id))

    @cached_property
    def retail_seats(self) -> tuple[RetailSeatRow, ...]:
        """The retailers that this person works for."""
        if self.user_id is None:
            return ()
        return tuple(retailers.list_retail_seats(user_id=self.user_id))

    @cached_property
    def unread(self) -> int:
        """How many notices wait in the inbox."""
        return 0 if self.user_id is None else notices.count_unread(user_id=self.user_id)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def market_ids(self) -> frozenset[int]:
        """The markets that this person is an officer of."""
        return self._markets(Role.MARKET_OFFICER)

    @property
    def courier_market_ids(self) -> frozenset[int]:
        """The markets that this person delivers for."""
        return self._markets(Role.COURIER)

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
    def is_dinas(self) -> bool:
        return Role.DINAS_OFFICER in self.roles

    @property
    def retail_seat(self) -> RetailSeatRow | None:
        """The retailer that this person works for now."""
        return next(iter(self.retail_seats), None)

    @property
    def is_buyer(self) -> bool:
        """Whether this person decides for a retailer: its owner or a buyer, not a clerk."""
        return self.retail_seat is not None and self.retail_seat.seat is not RetailSeat.CLERK

    @property
    def is_admin(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def seat(self) -> SeatRow | None:
        """The stall that this person works for now."""
        chosen = session.get("stall_id") if len(self.seats) > 1 else None
        return next((s for s in self.seats if s.stall_id == chosen), next(iter(self.seats), None))

    def _markets(self, role: Role) -> frozenset[int]:
        held = (grant.market_id for grant in self.grants if grant.role is role)
        return frozenset(market_id for market_id in held if market_id is not None)


def find_viewer() -> Viewer | None:
    """Return the visitor behind the cookie, or None when there is no cookie."""
    if "viewer" not in g:
        g.viewer = _read_viewer() if has_cookie() else None
    found: Viewer | None = g.viewer
    return found


def become_stranger() -> None:
    """Show the rest of this answer as to a stranger, without asking the database who this is."""
    g.viewer, g.is_stranger = None, True


def _read_viewer() -> Viewer:
    cart_count = int(session.get("cart_n", 0))
    if not current_user.is_authenticated:
        return Viewer(None, None, cart_count)
    return Viewer(
        user_id=current_user.id,
        name=current_user.name,
        cart_count=cart_count,
        grants=current_user.grants,
        session_id=current_user.session_id,
        second_factor=current_user.second_factor_at is not None,
    )


def _load_user(_request: Request) -> SignedIn | None:
    token = session.get("sid") if has_cookie() and "is_stranger" not in g else None
    if not isinstance(token, str):
        return None
    return people.find_signed_in(token=token, now=clock.now())


def _ask_to_log_in() -> ResponseReturnValue:
    page = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account_login.show", next=page))


def _note(response: Response) -> Response:
    """Write down, after the page's own work, that a device was used or a door stayed closed."""
    viewer: Viewer | None = g.get("viewer")
    if viewer is None or viewer.user_id is None or response.status_code >= 500:
        return response
    now = clock.now()
    if current_user.last_seen_at <= now - TOUCH_EVERY and viewer.session_id is not None:
        with transaction():
            sessions.touch_session(session_id=viewer.session_id, now=now)
    if response.status_code == 403:
        subject = f"page:{request.method} {request.path[:120]}"
        with transaction():
            audit.record(action="access.denied", subject=subject, actor_id=viewer.user_id, now=now)
    return response


def register(app: Flask) -> None:
    """Connect Flask-Login to our server-side sessions."""
    login = LoginManager(app, add_context_processor=False)
    login.session_protection = None
    login.request_loader(_load_user)
    login.unauthorized_handler(_ask_to_log_in)
    app.after_request(_note)
    app.context_processor(lambda: {"viewer": find_viewer()})
