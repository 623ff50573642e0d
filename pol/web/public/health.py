"""Whether the process is alive, and whether it can work."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from pol.kernel.health import is_database_ready
from pol.web.access import open_to_all

bp = Blueprint("public_health", __name__)


@bp.get("/healthz")
@open_to_all
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@open_to_all
def ready() -> ResponseReturnValue:
    if not is_database_ready():
        return {"status": "database unavailable"}, 503
    return {"status": "ok"}
