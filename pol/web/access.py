"""Who may open a page. Every view names exactly one guard, or the application does not start."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from pol.kernel.errors import NotAllowed
from pol.partnership.slots.queries.seats import RetailSeatRow
from pol.stalls.queries.seats import SeatRow
from pol.web.viewer import Viewer, find_viewer

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]


def _marked(view: Callable[P, R], policy: str) -> Callable[P, R]:
    view.__policy__ = policy  # type: ignore[attr-defined]
    return view


def open_to_all(view: Callable[P, R]) -> Callable[P, R]:
    """Let in everybody."""
    return _marked(view, "open_to_all")


def login_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in people with an account."""
    guarded: Callable[P, R] = login_required(view)
    return _marked(guarded, "login_only")


def _with_hat(
    policy: str, allowed: Callable[[Viewer], bool], *, second_factor: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            if not allowed(me()):
                raise NotAllowed
            if second_factor and not me().second_factor:
                return cast(R, _ask_second_factor())
            return view(*args, **kwargs)

        guarded: Callable[P, R] = login_required(wrapper)
        return _marked(guarded, policy)

    return guard


def trader_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in people who keep a stall; `my_seat()` says which."""
    return _with_hat("trader_only", lambda viewer: viewer.is_trader)(view)


def courier_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in couriers."""
    return _with_hat("courier_only", lambda viewer: viewer.is_courier)(view)


def officer_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in market officers who have shown their second factor."""
    return _with_hat("officer_only", lambda viewer: viewer.is_officer, second_factor=True)(view)


def retailer_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in owners and buyers of a retailer who have shown their second factor."""
    return _with_hat("retailer_only", lambda viewer: viewer.is_buyer, second_factor=True)(view)


def store_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in everybody who works in a retailer's stores, clerks too; `my_retail_seat()` says which.

    Without a second factor: on the shop floor there is one phone for all, and no money moves.
    """
    return _with_hat("store_only", lambda viewer: viewer.retail_seat is not None)(view)


def dinas_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in officers of the Dinas who have shown their second factor."""
    return _with_hat("dinas_only", lambda viewer: viewer.is_dinas, second_factor=True)(view)


def admin_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in administrators who have shown their second factor."""
    return _with_hat("admin_only", lambda viewer: viewer.is_admin, second_factor=True)(view)


def _ask_second_factor() -> ResponseReturnValue:
    page = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account_second_factor.show", next=page))


def policy_of(endpoint: str) -> str:
    """Return the name of the guard of a view."""
    return str(getattr(current_app.view_functions[endpoint], "__policy__", "none"))


def me() -> Viewer:
    """Return the person at a guarded page."""
    viewer = find_viewer()
    if viewer is None or viewer.user_id is None:
        raise NotAllowed
    return viewer


def my_id() -> int:
    """Return the id of the person at a guarded page."""
    user_id = me().user_id
    if user_id is None:
        raise NotAllowed
    return user_id


def my_seat() -> SeatRow:
    """Return the stall that the trader at this page works for."""
    seat = me().seat
    if seat is None:
        raise NotAllowed
    return seat


def my_retail_seat() -> RetailSeatRow:
    """Return the retailer that the person at this page works for, and the one store of a clerk."""
    seat = me().retail_seat
    if seat is None:
        raise NotAllowed
    return seat


def refuse_unguarded(app: Flask) -> None:
    """Refuse to start when a view has no declared policy."""
    bare = [
        name
        for name, view in app.view_functions.items()
        if name != "static" and not hasattr(view, "__policy__")
    ]
    if bare:
        raise RuntimeError(f"views without a guard: {', '.join(sorted(bare))}")


def register(app: Flask) -> None:
    """Forget the visitor of the last request when a context is reused."""
    app.before_request(lambda: g.pop("viewer", None) and None)
