"""Sales of a store, sent by its till: one answer for each row, in their order."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from pol.api.access import this_till, till_only
from pol.api.answers import refusal_of, speak_json
from pol.kernel import clock
from pol.kernel.errors import Refused
from pol.kernel.transaction import transaction
from pol.partnership.consignment.rules.sent import MOST_SALES
from pol.partnership.consignment.services.pos.direct import take_sales

bp = Blueprint("api_v1_sales", __name__, url_prefix="/api/v1/sales")
speak_json(bp)
LARGEST_BODY = 256 * 1024
LARGEST_WHOLE = 1e15


@bp.post("")
@till_only
def take() -> ResponseReturnValue:
    """Record what a till sold."""
    sales = _sales()
    with transaction():
        answers = take_sales(sender=this_till(), sales=sales, now=clock.now())
    refused = sum(answer is not None for answer in answers)
    results = [_result(answer) for answer in answers]
    return jsonify(recorded=len(answers) - refused, refused=refused, results=results)


def _result(refusal: Refused | None) -> dict[str, str]:
    if refusal is None:
        return {"status": "recorded"}
    return {"status": "refused", **refusal_of(refusal)}


def _sales() -> list[dict[str, Any]]:
    """Return the rows of the body, numbers as they would be typed; or stop what is none."""
    if not request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = request.stream.read(LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        said = json.loads(body, parse_int=str, parse_float=_whole, parse_constant=_no_number)
    except (ValueError, RecursionError):
        abort(HTTPStatus.BAD_REQUEST)
    sales = said.get("sales") if isinstance(said, dict) else None
    if not isinstance(sales, list) or not 0 < len(sales) <= MOST_SALES:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    if not all(isinstance(sale, dict) for sale in sales):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return sales


def _whole(text: str) -> str | float:
    """Return 2.0 as 2; what has a part below one stays a number, which no cell may be."""
    number = float(text)
    is_whole = number.is_integer() and abs(number) < LARGEST_WHOLE
    return str(int(number)) if is_whole else number


def _no_number(text: str) -> None:
    raise ValueError(text)
