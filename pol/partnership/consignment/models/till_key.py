"""Keys with which a store's tills send their sales."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model

_LIVE = text("stopped_at IS NULL")


class TillKey(Model):
    """What lets one till write sales of one store; of the key itself we keep only the hash.

    `uses` counts the requests in the minute of `used_at`, so that nobody floods us with it.
    """

    __tablename__ = "till_key"
    __table_args__ = (
        CheckConstraint("(stopped_at IS NULL) = (stopped_by_id IS NULL)", name="stopped"),
        Index(
            "uq_till_key_live_label",
            "store_id",
            "label",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), index=True)
    label: Mapped[str]
    sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    used_at: Mapped[datetime | None]
    uses: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
