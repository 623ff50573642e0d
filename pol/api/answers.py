"""How programs are told no: always JSON, with the rule's name and its sentence."""

import secrets
from http import HTTPStatus

import structlog
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from pol.kernel import health
from pol.kernel.errors import Busy, PolError
from pol.partnership.consignment.rules.till_keys import KeyUnknown, TooOften

log = structlog.get_logger()
MISSHAPEN = {
    HTTPStatus.BAD_REQUEST: ("NotJson", "Isinya bukan JSON."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("TooLarge", "Isinya terlalu besar. Bagi beberapa kali."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("NotJsonType", "Content-Type harus application/json."),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "WrongShape",
        'Isinya harus {"sales": [...]} dengan 1 sampai 500 penjualan.',
    ),
}
AGAIN_SECONDS = "5"


def refusal_of(error: PolError) -> dict[str, str]:
    """Return what a program reads of a refusal: its name, which never changes, and its sentence."""
    return {"error": type(error).__name__, "message": str(error)}


def speak_json(blueprint: Blueprint) -> None:
    """Turn every refusal and every bug behind these doors into JSON."""
    for code in MISSHAPEN:
        blueprint.register_error_handler(code, _misshapen)
    blueprint.register_error_handler(KeyUnknown, _ask_for_key)
    blueprint.register_error_handler(TooOften, _slow_down)
    blueprint.register_error_handler(Busy, _ask_again)
    blueprint.register_error_handler(HTTPStatus.INTERNAL_SERVER_ERROR, _broken)


def no_such_door() -> ResponseReturnValue | None:
    """Tell a program that knocks at an address, or in a way, that no door has."""
    missed = request.routing_exception
    if not request.path.startswith("/api/") or missed is None:
        return None
    if isinstance(missed, MethodNotAllowed):
        allowed = ", ".join(sorted(missed.valid_methods or []))
        said = f"Alamat ini hanya menerima {allowed}."
        answer = jsonify(error="WrongMethod", message=said)
        return answer, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": allowed}
    if isinstance(missed, NotFound):
        return jsonify(error="NoSuchDoor", message="Alamat ini tidak ada."), HTTPStatus.NOT_FOUND
    return None


def _misshapen(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.code or HTTPStatus.BAD_REQUEST)
    name, sentence = MISSHAPEN[status]
    return jsonify(error=name, message=sentence), status


def _ask_for_key(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, KeyUnknown)
    wanted = {"WWW-Authenticate": 'Bearer realm="POL"'}
    return jsonify(refusal_of(error)), HTTPStatus.UNAUTHORIZED, wanted


def _slow_down(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, TooOften)
    wait = {"Retry-After": str(error.seconds)}
    return jsonify(refusal_of(error)), HTTPStatus.TOO_MANY_REQUESTS, wait


def _ask_again(error: Exception) -> ResponseReturnValue:
    assert isinstance(error, Busy)
    return (
        jsonify(refusal_of(error)),
        HTTPStatus.SERVICE_UNAVAILABLE,
        {"Retry-After": AGAIN_SECONDS},
    )


def _broken(error: Exception) -> ResponseReturnValue:
    """Answer a bug with the number under which it is logged, or that the database is away."""
    error_id = secrets.token_hex(4)
    cause = getattr(error, "original_exception", None) or error
    if health.is_away(cause):
        log.warning("database away", error_id=error_id, reason=str(cause)[:200])
        return _ask_again(Busy())
    log.error("bug", error_id=error_id, exc_info=cause)
    said = f"Ada yang rusak di pihak kami, nomor {error_id}. Tidak ada yang tersimpan."
    return jsonify(error="Broken", message=said), HTTPStatus.INTERNAL_SERVER_ERROR
