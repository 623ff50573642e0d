"""Pictures: the open ones for everybody and for good, the closed ones for the few."""

from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from pol.files import queries
from pol.files.queries import PictureRow
from pol.files.rules import SUFFIXES, WIDTHS, PictureUse, is_key
from pol.files.services import storage
from pol.kernel.errors import NotFound
from pol.orders.queries.pictures import find_place_of_problem
from pol.payments.queries import payments
from pol.stalls.queries import own as permits
from pol.web.access import open_to_all
from pol.web.viewer import find_viewer

bp = Blueprint("public_pictures", __name__)
TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
FOREVER = "public, max-age=31536000, immutable"


@bp.get("/gambar/<key>-<int:width>.<suffix>")
@open_to_all
def show(key: str, width: int, suffix: str) -> ResponseReturnValue:
    if not is_key(key) or width not in WIDTHS or suffix not in SUFFIXES:
        raise NotFound
    public = storage.folder().find(storage.name_of(key, width, suffix, public=True))
    path = public or _closed(key, width, suffix)
    response = Response(path.read_bytes(), mimetype=TYPES[suffix])
    response.headers["Cache-Control"] = FOREVER if public else "private, no-store"
    return response


def _closed(key: str, width: int, suffix: str) -> Path:
    path = storage.folder().find(storage.name_of(key, width, suffix, public=False))
    picture = queries.find_picture(key) if path else None
    if path is None or picture is None or not _may_see(key, picture):
        raise NotFound
    return path


def _may_see(key: str, picture: PictureRow) -> bool:
    """Answer whether the visitor sent it, keeps the stall it is about, or watches its market."""
    viewer = find_viewer()
    if viewer is None or viewer.user_id is None:
        return False
    if picture.owner_id == viewer.user_id:
        return True
    stall_id, market_id = _place(key, picture.use)
    return market_id in viewer.market_ids or stall_id in {seat.stall_id for seat in viewer.seats}


def _place(key: str, use: PictureUse) -> tuple[int | None, int | None]:
    """Return the stall and the market that a closed picture is about."""
    if use is PictureUse.PROOF:
        return None, payments.find_market_of_proof(key)
    find = permits.find_place_of_permit if use is PictureUse.PERMIT else find_place_of_problem
    place = find(key)
    return (place.stall_id, place.market_id) if place else (None, None)
