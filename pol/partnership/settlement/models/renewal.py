"""What becomes of a placement at its end: renewed, resized, moved or freed; never by silence."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.settlement.rules import RenewalKind, RenewalStatus
from pol.partnership.slots.rules import Bearer

_OPEN = text("status = 'asked'")


class Renewal(Model):
    """A proposal of one side that the other answers until `answer_by`; silence frees the slot."""

    __tablename__ = "renewal"
    __table_args__ = (
        Index(
            "uq_renewal_open",
            "placement_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    kind: Mapped[RenewalKind] = mapped_column(enum_column(RenewalKind))
    status: Mapped[RenewalStatus] = mapped_column(enum_column(RenewalStatus))
    asked_by: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="asked_by"))
    until_on: Mapped[date | None]
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    x_mm: Mapped[int | None]
    facings: Mapped[int | None]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str | None]
    next_placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"))
