"""Who may use a door for programs. As on pages, every view names exactly one guard."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import g, request

from pol.partnership.consignment.queries.till_keys import Sender, find_sender
from pol.partnership.consignment.rules.till_keys import KeyUnknown

P = ParamSpec("P")
R = TypeVar("R")


def till_only(view: Callable[P, R]) -> Callable[P, R]:
    """Let in tills that bring a key of their store: `Authorization: Bearer pol_...`.

    No cookie is looked at, so there is nothing that a foreign page could abuse.
    """

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        sender = find_sender(key=key.strip()) if scheme.lower() == "bearer" else None
        if sender is None:
            raise KeyUnknown
        g.sender = sender
        return view(*args, **kwargs)

    wrapper.__policy__ = "till_only"  # type: ignore[attr-defined]
    wrapper.__by_key__ = True  # type: ignore[attr-defined]
    return wrapper


def this_till() -> Sender:
    """Return the till at a guarded door."""
    sender: Sender = g.sender
    return sender
