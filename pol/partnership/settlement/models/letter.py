"""Letters between a retailer and a producer, as they were sent."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.settlement.rules import LetterKind
from pol.partnership.slots.rules import Bearer


class ShelfLetter(Model):
    """A letter about a bill or about a place, with the names and figures of its day.

    Never changed or deleted; the key makes writing it twice the same letter. `signed_by` is who
    sent it, or nobody when the clock did.
    """

    __tablename__ = "shelf_letter"
    __table_args__ = (
        CheckConstraint("(bill_id IS NULL) <> (placement_id IS NULL)", name="about_one_thing"),
        Index("ix_shelf_letter_retailer_id_id", "retailer_id", "id"),
        Index("ix_shelf_letter_stall_id_id", "stall_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LetterKind] = mapped_column(enum_column(LetterKind))
    from_side: Mapped[Bearer] = mapped_column(enum_column(Bearer, name="from_side"))
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bill.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)
    retailer_name: Mapped[str]
    stall_name: Mapped[str]
    title: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[list[list[str]]] = mapped_column(JSON)
    words: Mapped[str]
    signed_by: Mapped[str | None]
    written_at: Mapped[datetime]
