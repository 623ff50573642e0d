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
from pol.partnership.applications.queries.pictures import find_permit_readers
from pol.partnership.settlement.queries.bill_payments import find_sides_of_proof
from pol.partnership.slots.queries.stores import find_retailer_of_permit
from pol.payments.queries import payments
from pol.stalls.queries import own as permits
from pol.web.access import open_to_all
from pol.web.viewer import Viewer, find_viewer

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
    """Answer whether the visitor sent it, or it is about their stall, market or order."""
    viewer = find_viewer()
    if viewer is None or viewer.user_id is None:
        return False
    if picture.owner_id == viewer.user_id:
        return True
    return _is_theirs(viewer, key, picture.use)


def _is_theirs(viewer: Viewer, key: str, use: PictureUse) -> bool:
    seats = {seat.stall_id for seat in viewer.seats}
    if use is PictureUse.PROOF:
        sides = find_sides_of_proof(key)
        if sides is not None:
            seat = viewer.retail_seat if viewer.is_buyer else None
            return sides[0] in seats or (seat is not None and seat.retailer_id == sides[1])
        market_id, stall_id = payments.find_payee_of_proof(key) or (None, None)
        return stall_id in seats if stall_id is not None else market_id in viewer.market_ids
    if use is PictureUse.PERMIT:
        permit = permits.find_place_of_permit(key)
        return (
            _is_their_store(viewer, key)
            or _is_their_sheet(viewer, key, seats)
            or (
                permit is not None
                and (permit.stall_id in seats or permit.market_id in viewer.market_ids)
            )
        )
    place = find_place_of_problem(key)
    return place is not None and (
        viewer.user_id == place.customer_id
        or place.stall_id in seats
        or place.market_id in viewer.market_ids
    )


def _is_their_store(viewer: Viewer, key: str) -> bool:
    retailer_id = find_retailer_of_permit(key)
    if retailer_id is None:
        return False
    seat = viewer.retail_seat
    mine = seat is not None and viewer.is_buyer and seat.retailer_id == retailer_id
    return mine or viewer.is_dinas


def _is_their_sheet(viewer: Viewer, key: str, seats: set[int]) -> bool:
    """Answer whether it is a permit of a product of theirs, or of one that asks for their shelf."""
    readers = find_permit_readers(key)
    if readers is None:
        return False
    curates = {seat.retailer_id for seat in viewer.retail_seats if viewer.is_buyer}
    return bool(viewer.is_dinas or readers.stall_ids & seats or readers.retailer_ids & curates)
