"""QRIS codes of stalls and markets: read from a picture, kept, taken away."""

from datetime import datetime

import zxingcpp

from pol.files.services import imaging
from pol.kernel import audit
from pol.kernel.marks import mark
from pol.payments.rules.qris import Limits, QrisNotSeen, StaticQris, read_static
from pol.stalls.models import Market, Stall
from pol.stalls.queries import own
from pol.stalls.rules import Seat
from pol.stalls.rules.stall import OwnerOnly

CLEAR = 1_600
"""Pixels of the longer side in which a code on a photo can still be read."""

QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_limits: list[Limits] = [Limits()]


def use_limits(limits: Limits) -> None:
    """Say, once per application, how much one QRIS payment may be."""
    _limits[:] = [limits]


def limits() -> Limits:
    """Return the limits in use."""
    return _limits[0]


def read_picture(data: bytes) -> str:
    """Return the text of the QR code on a picture.

    :raises PictureUnknown, PictureTooLarge, PictureTooSmall, PictureBroken: see `read_image`
    :raises QrisNotSeen: there is none, or it is blurred
    """
    image = imaging.read_image(data)
    image.thumbnail((CLEAR, CLEAR))
    found = zxingcpp.read_barcodes(image.convert("L"), formats=QR)
    if not found:
        raise QrisNotSeen
    return found[0].text


def keep_code(
    *, place: Stall | Market, code: str | None, actor_id: int, now: datetime
) -> StaticQris | None:
    """Let customers pay a stall or a market by its static code, or no longer (None).

    :raises OwnerOnly: a helper asks for a stall
    :raises QrisMalformed, QrisCheckWrong, QrisForeign, QrisNotStatic, QrisIncomplete: see `rules`
    """
    kind = place.__tablename__
    if isinstance(place, Stall):
        _check_owner(place, actor_id)
    read = read_static(code) if code is not None else None
    place.qris = read.code if read else None
    mark("catalogue")  # what pages offer is kept for a moment
    audit.record(
        action=f"{kind}.qris_kept" if read else f"{kind}.qris_removed",
        subject=f"{kind}:{place.id}",
        actor_id=actor_id,
        now=now,
        **({"merchant": read.merchant, "city": read.city} if read else {}),
    )
    return read


def _check_owner(stall: Stall, actor_id: int) -> None:
    if own.find_seat(stall_id=stall.id, user_id=actor_id) is not Seat.OWNER:
        raise OwnerOnly
