"""From whatever a phone sends to small clean pictures: unpacked with care, drawn anew."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from pol.files.rules import (
    HEAVIEST,
    MAX_PIXELS,
    WIDTHS,
    PictureBroken,
    PictureTooLarge,
    PictureUnknown,
    check_size,
    detect_kind,
)

Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow's own second look; ours comes first
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BAD_DATA = (
    *(OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError),
    *(KeyError, IndexError, TypeError, struct.error, zlib.error),
)
"""What Pillow raises on files that are not what they claim to be."""

QUALITIES = (78, 68, 56, 44, 32, 22, 12)
LONGEST = 16 / 9
"""A derivative is at most this many times as tall as wide: a phone held upright."""


def read_image(data: bytes) -> Image.Image:
    """Return the upright picture in a file: RGB, its first frame, no metadata.

    :raises PictureUnknown: not a format we take
    :raises PictureTooLarge: more than 25 million pixels
    :raises PictureTooSmall: hardly anything to see
    :raises PictureBroken: it cannot be read to its end
    """
    kind = detect_kind(data[:16])
    if kind is None:
        raise PictureUnknown
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd notes in a sound picture are nobody's concern
            with Image.open(BytesIO(data), formats=[kind, "MPO"]) as picture:
                check_size(*picture.size)
                return _drawn(picture)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except BAD_DATA as error:
        raise PictureBroken from error


def _drawn(picture: Image.Image) -> Image.Image:
    turn = TURNS.get(_orientation(picture))
    widest = WIDTHS[-1]
    picture.draft("RGB", (widest, int(widest * LONGEST)))  # JPEG unpacks at a fraction of its size
    picture.load()
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "P", "La", "RGBa"}:
        over = picture.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        picture = Image.alpha_composite(paper, over)
    plain = picture.convert("RGB")
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    return clean.transpose(turn) if turn is not None else clean


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except BAD_DATA:
        return 1  # a picture may be sound though its notes are not


def derive(picture: Image.Image) -> Iterator[tuple[int, str, bytes]]:
    """Yield each width and suffix with its file, none heavier than allowed."""
    for width in sorted(WIDTHS, reverse=True):
        picture = _fitted(picture, width)
        yield width, "webp", _light(picture, "WEBP", HEAVIEST[width])
        yield width, "jpg", _light(picture, "JPEG", HEAVIEST[width])


def _fitted(picture: Image.Image, width: int) -> Image.Image:
    scale = min(width / picture.width, width * LONGEST / picture.height)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)


def _light(picture: Image.Image, kind: str, heaviest: int) -> bytes:
    """Return the file at the best quality that is light enough, smaller in the last resort."""
    while True:
        for quality in QUALITIES:
            data = _encoded(picture, kind, quality)
            if len(data) <= heaviest:
                return data
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def _encoded(picture: Image.Image, kind: str, quality: int) -> bytes:
    file = BytesIO()
    options = {"method": 3} if kind == "WEBP" else {"optimize": True, "progressive": True}
    picture.save(file, kind, quality=quality, **options)
    return file.getvalue()
