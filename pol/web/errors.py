"""Turning refusals into pages."""

import secrets

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from pol.kernel import health
from pol.kernel.errors import NotAllowed, NotFound, Refused
from pol.web.language import sentence_of
from pol.web.viewer import become_stranger

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Give every anticipated refusal its page, and every bug an id."""

    @app.errorhandler(NotFound)
    @app.errorhandler(404)
    def not_found(error: Exception) -> ResponseReturnValue:
        return render_template("errors/404.html"), 404

    @app.errorhandler(NotAllowed)
    @app.errorhandler(403)
    def not_allowed(error: Exception) -> ResponseReturnValue:
        return render_template("errors/403.html"), 403

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return render_template("errors/409.html", sentence=sentence_of(error)), 409

    @app.errorhandler(CSRFError)
    @app.errorhandler(400)
    def bad_request(error: HTTPException) -> ResponseReturnValue:
        return render_template("errors/400.html"), 400

    @app.errorhandler(413)
    def too_large(error: HTTPException) -> ResponseReturnValue:
        return render_template("errors/413.html"), 413

    @app.errorhandler(405)
    def wrong_method(error: MethodNotAllowed) -> ResponseReturnValue:
        allowed = {"Allow": ", ".join(sorted(error.valid_methods or []))}
        return render_template("errors/405.html"), 405, allowed

    app.register_error_handler(500, _broken)


def _broken(error: Exception) -> ResponseReturnValue:
    """Show a bug with the number under which it is logged, or that the database is away."""
    become_stranger()  # what broke may also stand between us and who this is
    error_id = secrets.token_hex(4)
    cause = getattr(error, "original_exception", None) or error
    if health.is_away(cause):
        log.warning("database away", error_id=error_id, reason=str(cause)[:200])
        return render_template("errors/503.html"), 503, {"Retry-After": "5"}
    log.error("bug", error_id=error_id, exc_info=cause)
    return render_template("errors/500.html", error_id=error_id), 500
