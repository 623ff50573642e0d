"""Order groups, their shipments, orders, lines and every move of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pol.cart.rules import IfGone
from pol.delivery.rules import Mode
from pol.kernel.db import BigKey, Model, enum_column
from pol.kernel.money import Rupiah
from pol.orders.rules.life import ActorKind, LineStatus, OrderStatus, ProblemStatus, StockState
from pol.orders.rules.proposal import ProposalKind, ProposalStatus
from pol.payments.rules import Method
from pol.stalls.models import Stall

_OPEN_PROPOSAL = text("status = 'open'")
_OPEN_PROBLEM = text("status != 'decided'")


class OrderGroup(Model):
    """What a customer pays once. I1: goods + delivery + unique code = charged - refunded.

    `digest` tells the form that made it from the same form with other answers.
    `credit` is the part of the charge that store credit paid at checkout. `tolerance_bp` is how
    much heavier than ordered a weighed line may be without asking.
    """

    __tablename__ = "order_group"
    __table_args__ = (
        CheckConstraint("refunded >= 0 AND charged >= refunded", name="money"),
        Index("ix_order_group_user_id_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str]
    phone: Mapped[str]
    village_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))
    address: Mapped[str]
    method: Mapped[Method] = mapped_column(enum_column(Method))
    goods: Mapped[Rupiah]
    delivery: Mapped[Rupiah]
    unique_code: Mapped[Rupiah]
    charged: Mapped[Rupiah]
    refunded: Mapped[Rupiah]
    credit: Mapped[Rupiah] = mapped_column(server_default="0")
    credit_back: Mapped[Rupiah] = mapped_column(server_default="0")
    tolerance_bp: Mapped[int] = mapped_column(server_default="1000")
    paid_at: Mapped[datetime | None]
    placed_at: Mapped[datetime] = mapped_column(index=True)


class Shipment(Model):
    """What one market sends of a group: one trip and one fee, or a pick-up."""

    __tablename__ = "shipment"
    __table_args__ = (CheckConstraint("fee >= 0", name="fee_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), index=True)
    market_id: Mapped[int] = mapped_column(ForeignKey("market.id"))
    mode: Mapped[Mode] = mapped_column(enum_column(Mode))
    fee: Mapped[Rupiah]
    fee_agreed: Mapped[Rupiah]
    prepaid: Mapped[Rupiah] = mapped_column(server_default="0")
    rate_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_rate.id"))
    on_day: Mapped[date]
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("delivery_slot.id"))
    trip_id: Mapped[int | None] = mapped_column(ForeignKey("trip.id"), index=True)


class Order(Model):
    """One stall's part of a group.

    `prepaid` is what we hold for it: the rest of `subtotal` is taken in cash at hand-over.
    """

    __tablename__ = "order"
    __table_args__ = (
        CheckConstraint("subtotal >= 0", name="subtotal_not_negative"),
        Index("ix_order_stall_id_status", "stall_id", "status"),
        Index("ix_order_stall_id_id", "stall_id", "id"),
        Index("ix_order_status_due_at", "status", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), index=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"), index=True)
    status: Mapped[OrderStatus] = mapped_column(enum_column(OrderStatus))
    subtotal: Mapped[Rupiah]
    commission_bp: Mapped[int]
    commission: Mapped[Rupiah]
    commission_floor: Mapped[Rupiah] = mapped_column(server_default="0")
    commission_ceiling: Mapped[Rupiah | None]
    commission_rule_id: Mapped[int | None] = mapped_column(ForeignKey("commission_rule.id"))
    prepaid: Mapped[Rupiah] = mapped_column(server_default="0")
    placed_at: Mapped[datetime]
    status_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    reason: Mapped[str | None]

    group: Mapped[OrderGroup] = relationship(lazy="raise_on_sql")
    shipment: Mapped[Shipment] = relationship(lazy="raise_on_sql")
    stall: Mapped[Stall] = relationship(lazy="raise_on_sql")


class OrderLine(Model):
    """One product of an order; name and price are frozen at sale (I7)."""

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity_milli > 0", name="quantity_positive"),
        Index("ix_order_line_order_id_id", "order_id", "id"),
        Index("ix_order_line_product_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    name: Mapped[str]
    unit: Mapped[str]
    picture_key: Mapped[str | None]
    quantity_milli: Mapped[int] = mapped_column(BigInteger)
    ordered_milli: Mapped[int | None] = mapped_column(BigInteger)
    is_weighed: Mapped[bool] = mapped_column(server_default=false())
    weighed_at: Mapped[datetime | None]
    price: Mapped[Rupiah]
    total: Mapped[Rupiah]
    refunded: Mapped[Rupiah] = mapped_column(server_default="0")
    note: Mapped[str]
    if_gone: Mapped[IfGone] = mapped_column(enum_column(IfGone))
    status: Mapped[LineStatus] = mapped_column(enum_column(LineStatus))
    stock_state: Mapped[StockState] = mapped_column(enum_column(StockState))


class OrderEvent(Model):
    """One move of an order: who, when, why."""

    __tablename__ = "order_event"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    actor_kind: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))
    from_status: Mapped[OrderStatus | None] = mapped_column(
        enum_column(OrderStatus, name="from_status")
    )
    to_status: Mapped[OrderStatus] = mapped_column(enum_column(OrderStatus, name="to_status"))
    reason: Mapped[str | None]
    subtotal: Mapped[Rupiah]


class Problem(Model):
    """Something a customer reports about an order, one at a time.

    `wanted` is what the customer asks back, `refund` what went back in the end.
    """

    __tablename__ = "problem"
    __table_args__ = (
        CheckConstraint("wanted >= 0 AND refund >= 0", name="not_negative"),
        Index(
            "uq_problem_open",
            "order_id",
            unique=True,
            sqlite_where=_OPEN_PROBLEM,
            postgresql_where=_OPEN_PROBLEM,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str]
    status: Mapped[ProblemStatus] = mapped_column(enum_column(ProblemStatus))
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    wanted: Mapped[Rupiah] = mapped_column(server_default="0")
    decision: Mapped[str | None]
    refund: Mapped[Rupiah] = mapped_column(server_default="0")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ProblemPicture(Model):
    """What a problem looks like; the customer's or the trader's picture."""

    __tablename__ = "problem_picture"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    by: Mapped[ActorKind] = mapped_column(enum_column(ActorKind))


class Proposal(Model):
    """A change of one line that the customer is asked about, with what happens without an answer.

    Either more of the same, as it was weighed, or another product in its place.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("quantity_milli > 0 AND total >= 0", name="positive"),
        Index(
            "uq_proposal_open",
            "line_id",
            unique=True,
            sqlite_where=_OPEN_PROPOSAL,
            postgresql_where=_OPEN_PROPOSAL,
        ),
        Index("ix_proposal_status_due_at", "status", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    line_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("order_line.id"))
    kind: Mapped[ProposalKind] = mapped_column(enum_column(ProposalKind))
    status: Mapped[ProposalStatus] = mapped_column(enum_column(ProposalStatus))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    name: Mapped[str]
    unit: Mapped[str]
    picture_key: Mapped[str | None]
    quantity_milli: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[Rupiah]
    total: Mapped[Rupiah]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Invoice(Model):
    """A numbered bill for an office, written once for a group and never changed.

    `content` is what was sold, as it stood then: see `rules.invoice`.
    """

    __tablename__ = "invoice"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    buyer: Mapped[str]
    address: Mapped[str]
    tax_number: Mapped[str | None]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[datetime]
