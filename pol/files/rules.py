"""Which pictures are taken in, and who may see them."""

import re
from enum import StrEnum

from pol.kernel.errors import Refused


class PictureUse(StrEnum):
    PRODUCT = "product"
    STALL = "stall"
    PERMIT = "permit"
    PROOF = "proof"
    PROBLEM = "problem"


PUBLIC_USES = frozenset({PictureUse.PRODUCT, PictureUse.STALL})
WIDTHS = (160, 320, 800)
SUFFIXES = ("webp", "jpg")
HEAVIEST = {160: 9_000, 320: 25_000, 800: 140_000}
"""Bytes of each derivative; a card of 320 px must load on two bars of signal."""

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 25_000_000
MIN_SIDE = 40
KEY = re.compile(r"[a-z0-9]{20}")


class PictureTooHeavy(Refused):
    message = "Foto ini lebih dari 15 MB. Pilih foto yang lebih kecil, atau potret ulang."


class PictureTooLarge(Refused):
    message = "Foto ini lebih dari 25 megapiksel. Kecilkan dulu, atau potret ulang."


class PictureTooSmall(Refused):
    message = "Foto ini terlalu kecil untuk dilihat. Pilih foto yang lebih besar."


class PictureUnknown(Refused):
    message = "Berkas ini bukan foto yang kami kenal. Pakai foto JPG, PNG atau WebP dari kamera."


class PictureBroken(Refused):
    message = "Foto ini rusak atau terpotong. Coba pilih atau potret sekali lagi."


def detect_kind(head: bytes) -> str | None:
    """Return the format that the first bytes of a file tell, whatever its name says."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "GIF"
    return None


def check_size(width: int, height: int) -> None:
    """Refuse a picture by its measures alone, before it is unpacked.

    :raises PictureTooLarge: it would fill the memory
    :raises PictureTooSmall: nobody would recognise what it shows
    """
    if width * height > MAX_PIXELS:
        raise PictureTooLarge
    if min(width, height) < MIN_SIDE:
        raise PictureTooSmall


def is_key(text: str) -> bool:
    """Answer whether a text may be the key of a picture."""
    return KEY.fullmatch(text) is not None
