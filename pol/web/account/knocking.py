"""Knocking at a door: how pages count a try before they look whether it is right."""

from flask import request

from pol.identity.services import doors
from pol.identity.services.doors import Door, Try
from pol.kernel import clock
from pol.web.change import change
from pol.web.forms.base import PolForm

TOO_MANY = 429


def my_address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or "?"


def my_try(door: Door, account: object) -> Try:
    """Return a try of this visitor, now."""
    return Try(door, str(account), my_address(), clock.now())


def may_try(attempt: Try, form: PolForm) -> bool:
    """Count the try; if there were too many, say on the form from when on the next is welcome."""
    with change(tell=False) as knock:
        doors.count_try(attempt)
    if knock.refusal:
        form.blame(knock.refusal)
    return knock.refusal is None
