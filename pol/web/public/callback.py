"""Where payment providers tell what became of a charge. Their signature is what lets them in."""

from http import HTTPStatus

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from pol.identity.rules.limits import TooManyTries
from pol.identity.services import doors
from pol.identity.services.doors import Door, Try
from pol.kernel.errors import NotFound
from pol.orders.services import arrivals
from pol.payments.rules import Verdict
from pol.payments.rules.midtrans import is_genuine, read_message
from pol.payments.rules.provider import MessageUnreadable
from pol.payments.services import providers
from pol.payments.services.midtrans import Midtrans
from pol.web.access import open_to_all
from pol.web.account.knocking import my_try
from pol.web.change import change

bp = Blueprint("public_callback", __name__, url_prefix="/panggil")
LARGEST_MESSAGE = 16_384
ANSWERS = {
    Verdict.APPLIED: HTTPStatus.OK,
    Verdict.REPEATED: HTTPStatus.OK,
    Verdict.STALE: HTTPStatus.OK,
    Verdict.FORGED: HTTPStatus.FORBIDDEN,
    Verdict.UNKNOWN: HTTPStatus.NOT_FOUND,
    Verdict.WRONG_AMOUNT: HTTPStatus.CONFLICT,
}
TOO_MANY_LIES = "too many", HTTPStatus.TOO_MANY_REQUESTS


@bp.post("/midtrans")
@open_to_all
def midtrans() -> ResponseReturnValue:
    provider = providers.in_use()
    if not isinstance(provider, Midtrans):
        raise NotFound
    body = request.stream.read(LARGEST_MESSAGE + 1)
    if len(body) > LARGEST_MESSAGE:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    lie = my_try(Door.CALLBACK, provider.name)
    if refused := _refuse_at_once(body, provider.server_key, lie):
        return refused
    with change(tell=False) as outcome:
        verdict = arrivals.take_notification(body=body, server_key=provider.server_key, now=lie.at)
        if verdict is Verdict.FORGED:
            doors.count_try(lie)
    if isinstance(outcome.refusal, TooManyTries):
        return TOO_MANY_LIES
    if outcome.refusal:
        return "busy", HTTPStatus.SERVICE_UNAVAILABLE
    return verdict.value, ANSWERS[verdict]


def _refuse_at_once(body: bytes, server_key: str, lie: Try) -> ResponseReturnValue | None:
    """Answer what is no message, or one lie too many, before anything is written.

    What the provider signed always passes, wherever it comes from: lies of others at the same
    address (or behind the same front server) must not hold money up.
    """
    try:
        if is_genuine(read_message(body), server_key):
            return None
        doors.check_welcome(lie)
    except MessageUnreadable:
        return "unreadable", HTTPStatus.BAD_REQUEST
    except TooManyTries:
        return TOO_MANY_LIES
    return None
