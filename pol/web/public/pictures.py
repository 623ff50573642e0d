"""Pictures: the open ones for everybody and for good, the closed ones for the few."""

from flask import Blueprint, g, send_file
from flask.typing import ResponseReturnValue

from pol.files import queries
from pol.files.queries import PictureRow
from pol.files.rules import SUFFIXES, WIDTHS, PictureUse, is_key
from pol.files.services import storage
from pol.kernel.errors import NotFound
from pol.payments import queries as payments
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
    response = send_file(path, mimetype=TYPES[suffix], conditional=True)
    response.headers["Cache-Control"] = FOREVER if public else "private, no-store"
    g.public_page = False
    return response


def _closed(key: str, width: int, suffix: str) -> str:
    path = storage.folder().find(storage.name_of(key, width, suffix, public=False))
    picture = queries.find_picture(key) if path else None
    if path is None or picture is None or not _may_see(key, picture):
        raise NotFound
    return str(path)


def _may_see(key: str, picture: PictureRow) -> bool:
    viewer = find_viewer()
    if viewer is None or viewer.user_id is None:
        return False
    if picture.owner_id == viewer.user_id:
        return True
    if picture.use is PictureUse.PROOF:
        return payments.find_market_of_proof(key) in viewer.market_ids
    place = permits.find_place_of_permit(key) if picture.use is PictureUse.PERMIT else None
    if place is None:
        return False
    return place.market_id in viewer.market_ids or place.stall_id in {
        seat.stall_id for seat in viewer.seats
    }
