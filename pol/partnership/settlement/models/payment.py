"""Payments of bills, with proof."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model
from pol.kernel.money import Rupiah


class BillPayment(Model):
    """Money that a retailer sent; the key makes a second press the same payment.

    `sale_to_money_tenths` is the mean number of days, in tenths and weighted by amount, from the
    sales of the bill to this money. `due_on` is the day that it had to keep: a ruling may move the
    bill's own.
    """

    __tablename__ = "bill_payment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bill.id"), index=True)
    amount: Mapped[Rupiah]
    paid_on: Mapped[date]
    due_on: Mapped[date | None]
    reference: Mapped[str]
    proof_key: Mapped[str | None]
    sale_to_money_tenths: Mapped[int | None]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    voided_at: Mapped[datetime | None]
    voided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    voided_reason: Mapped[str | None]
