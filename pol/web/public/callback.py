"""Where payment providers tell what became of a charge. Their signature is what lets them in."""

from http import HTTPStatus

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from pol.kernel import clock
from pol.kernel.errors import NotFound
from pol.orders.services import arrivals
from pol.payments.rules import Verdict
from pol.payments.rules.provider import MessageUnreadable
from pol.payments.services import providers
from pol.payments.services.midtrans import Midtrans
from pol.web.access import open_to_all
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


@bp.post("/midtrans")
@open_to_all
def midtrans() -> ResponseReturnValue:
    provider = providers.in_use()
    if not isinstance(provider, Midtrans):
        raise NotFound
    body = request.stream.read(LARGEST_MESSAGE + 1)
    if len(body) > LARGEST_MESSAGE:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    with change(tell=False) as outcome:
        verdict = arrivals.take_notification(
            body=body, server_key=provider.server_key, now=clock.now()
        )
    if isinstance(outcome.refusal, MessageUnreadable):
        return "unreadable", HTTPStatus.BAD_REQUEST
    if outcome.refusal:
        return "busy", HTTPStatus.SERVICE_UNAVAILABLE
    return verdict.value, ANSWERS[verdict]
