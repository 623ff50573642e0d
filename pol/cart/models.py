"""What a visitor means to buy."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pol.cart.rules import IfGone
from pol.kernel.db import Model, enum_column
from pol.kernel.money import Rupiah


class Cart(Model):
    """One cart of one person or one browser."""

    __tablename__ = "cart"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)
    updated_at: Mapped[datetime] = mapped_column(index=True)


class CartLine(Model):
    """One product in a cart, with the price that the visitor saw."""

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "product_id"),
        CheckConstraint("quantity_milli > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity_milli: Mapped[int] = mapped_column(BigInteger)
    price_seen: Mapped[Rupiah]
    note: Mapped[str] = mapped_column(default="")
    if_gone: Mapped[IfGone] = mapped_column(enum_column(IfGone))
