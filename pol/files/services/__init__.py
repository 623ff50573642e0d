"""Taking pictures in."""

import hashlib
import secrets
from datetime import datetime
from typing import IO

from PIL import Image

from pol.files.models import Picture
from pol.files.rules import MAX_BYTES, PUBLIC_USES, PictureTooHeavy, PictureUse
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
    key = "".join(secrets.choice(LETTERS) for _ in range(20))
    digest = hashlib.sha256()
    folder, public = storage.folder(), use in PUBLIC_USES
    for width, suffix, data in imaging.derive(image.convert("RGB")):
        digest.update(data)
        folder.write(storage.name_of(key, width, suffix, public=public), data)
    db.session.add(
        Picture(
            key=key,
            use=use,
            owner_id=owner_id,
            width_px=image.width,
            height_px=image.height,
            sha256=digest.hexdigest(),
            created_at=now,
        )
    )
    db.session.flush()
    return key
