"""Finding pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pol.files.models import Picture
from pol.files.rules import PictureUse
from pol.kernel.db import db


@dataclass(frozen=True)
class PictureRow:
    """What a picture is for and who sent it."""

    use: PictureUse
    owner_id: int | None


def find_picture(key: str) -> PictureRow | None:
    """Return what we know of a picture, or nothing."""
    row = db.session.execute(
        select(Picture.use, Picture.owner_id).where(Picture.key == key)
    ).one_or_none()
    return PictureRow(row.use, row.owner_id) if row else None


def list_own_keys(*, keys: Sequence[str], owner_id: int | None, use: PictureUse) -> list[str]:
    """Return those of the keys that this person sent for this use, in the given order.

    Guests are one person here: nobody guesses a key.
    """
    found = set(
        db.session.scalars(
            select(Picture.key).where(
                Picture.key.in_(keys), Picture.owner_id == owner_id, Picture.use == use
            )
        )
    )
    return [key for key in dict.fromkeys(keys) if key in found]
