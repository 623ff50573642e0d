"""Taking pictures in."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from PIL import Image
from sqlalchemy import select

from pol.files.models import Picture
from pol.files.rules import (
    MAX_BYTES,
    PUBLIC_USES,
    SUFFIXES,
    WIDTHS,
    PictureTooHeavy,
    PictureUse,
)
from pol.files.services import imaging, storage
from pol.kernel.db import db

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def store_picture(
    data: bytes | IO[bytes], *, use: PictureUse, owner_id: int | None, now: datetime
) -> str:
    """Take in a file that somebody sent and return the key of its picture.

    :raises PictureTooHeavy: more than 15 MB
    :raises PictureUnknown, PictureTooLarge, PictureTooSmall, PictureBroken: see `read_image`
    """
    read = data if isinstance(data, bytes) else data.read(MAX_BYTES + 1)
    if len(read) > MAX_BYTES:
        raise PictureTooHeavy
    return store_image(imaging.read_image(read), use=use, owner_id=owner_id, now=now)


def store_image(image: Image.Image, *, use: PictureUse, owner_id: int | None, now: datetime) -> str:
    """Keep a picture that we hold already unpacked, in all widths, and return its key."""
    files = list(imaging.derive(image.convert("RGB")))
    return store_files(files, size=image.size, use=use, owner_id=owner_id, now=now)


def store_files(
    files: Sequence[tuple[int, str, bytes]],
    *,
    size: tuple[int, int],
    use: PictureUse,
    owner_id: int | None,
    now: datetime,
) -> str:
    """Keep what `imaging.derive` made of a picture of this size, and return its key."""
    key, digest = new_key(), hashlib.sha256()
    folder, public = storage.folder(), use in PUBLIC_USES
    for width, suffix, data in files:
        digest.update(data)
        folder.write(storage.name_of(key, width, suffix, public=public), data)
    db.session.add(
        Picture(
            key=key,
            use=use,
            owner_id=owner_id,
            width_px=size[0],
            height_px=size[1],
            sha256=digest.hexdigest(),
            created_at=now,
        )
    )
    db.session.flush()
    return key


def store_again(key: str, *, owner_id: int | None, now: datetime) -> str:
    """Keep the same picture once more, for somebody else, and return its new key.

    The two share their bytes, so this costs hardly anything.
    """
    known = db.session.scalars(select(Picture).where(Picture.key == key)).one()
    copy = new_key()
    link_files(key, copy, use=known.use)
    db.session.add(
        Picture(
            key=copy,
            use=known.use,
            owner_id=owner_id,
            width_px=known.width_px,
            height_px=known.height_px,
            sha256=known.sha256,
            created_at=now,
        )
    )
    db.session.flush()
    return copy


def link_files(key: str, copy: str, *, use: PictureUse) -> None:
    """Let the files of a picture be found under another key, too."""
    folder, public = storage.folder(), use in PUBLIC_USES
    for width in WIDTHS:
        for suffix in SUFFIXES:
            folder.link(
                storage.name_of(key, width, suffix, public=public),
                storage.name_of(copy, width, suffix, public=public),
            )


def new_key() -> str:
    """Return a random key, about 103 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(20))
