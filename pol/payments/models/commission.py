"""What the operator keeps of a sale: dated, ordered rules."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model
from pol.kernel.money import Rupiah


class CommissionRule(Model):
    """A part of a stall's sale, in basis points, from a day on.

    It speaks about one stall, one category, one market, or everything; `choose` says which rule
    wins. Only its end is ever written into it: orders keep the terms they were sold under (I7).
    """

    __tablename__ = "commission_rule"
    __table_args__ = (
        CheckConstraint("basis_points >= 0 AND basis_points <= 10000", name="basis_points"),
        CheckConstraint("floor >= 0 AND (ceiling IS NULL OR ceiling >= floor)", name="limits"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days"),
        CheckConstraint(
            "(market_id IS NULL AND category_id IS NULL)"
            " OR (market_id IS NULL AND stall_id IS NULL)"
            " OR (category_id IS NULL AND stall_id IS NULL)",
            name="one_scope",
        ),
        Index("ix_commission_rule_valid_from", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    market_id: Mapped[int | None] = mapped_column(ForeignKey("market.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    stall_id: Mapped[int | None] = mapped_column(ForeignKey("stall.id"))
    basis_points: Mapped[int]
    floor: Mapped[Rupiah]
    ceiling: Mapped[Rupiah | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
