"""Uploaded pictures: the row says what lies in the store under its key."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pol.files.rules import PictureUse
from pol.kernel.db import Model, enum_column


class Picture(Model):
    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    use: Mapped[PictureUse] = mapped_column(enum_column(PictureUse))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    width_px: Mapped[int]
    height_px: Mapped[int]
    sha256: Mapped[str]
    created_at: Mapped[datetime]
