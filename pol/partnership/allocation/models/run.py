"""Runs of the allocation: what went in, what came out, how far from the best it can be."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import Model, enum_column
from pol.partnership.allocation.rules.statuses import RunStatus

_FIXED = text("status = 'fixed'")


class AllocationRun(Model):
    """One computation for one call; the input is kept as text so that its hash can be redone.

    `objective` and `bound` are rupiah a week, the first after changes by hand. `free_objective` is
    what the same work finds without the kecamatan floor; `fairness_price` is what its places are
    worth more than those of the run as it was computed. A run that `is_stopped_by_clock` might end
    differently the next time; any other ends the same.
    """

    __tablename__ = "allocation_run"
    __table_args__ = (
        Index(
            "uq_allocation_run_fixed",
            "call_id",
            unique=True,
            sqlite_where=_FIXED,
            postgresql_where=_FIXED,
        ),
        Index("ix_allocation_run_status_asked_at", "status", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("slot_call.id"), index=True)
    status: Mapped[RunStatus] = mapped_column(enum_column(RunStatus))
    seconds: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    progress_bp: Mapped[int] = mapped_column(default=0)
    log: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    instance: Mapped[str] = mapped_column(Text)
    input_sha256: Mapped[str]
    objective: Mapped[int | None] = mapped_column(BigInteger)
    bound: Mapped[int | None] = mapped_column(BigInteger)
    free_objective: Mapped[int | None] = mapped_column(BigInteger)
    fairness_price: Mapped[int | None] = mapped_column(BigInteger)
    is_stopped_by_clock: Mapped[bool] = mapped_column(server_default=false())
    failure: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    fixed_at: Mapped[datetime | None]
    fixed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class RunPlacement(Model):
    """Where a run, or a hand after it, puts an application."""

    __tablename__ = "run_placement"
    __table_args__ = (CheckConstraint("facings > 0 AND x_mm >= 0", name="span"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_run.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"), primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    facings: Mapped[int]
    x_mm: Mapped[int]
    value: Mapped[int] = mapped_column(BigInteger)


class RunRefusal(Model):
    """Why an application got no place in a store that it wanted, in words."""

    __tablename__ = "run_refusal"

    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_run.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"), primary_key=True)
    reason: Mapped[str]
    message: Mapped[str]


class AllocationEdit(Model):
    """A change made by hand, with its cost in rupiah a week and the reason; never changed."""

    __tablename__ = "allocation_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_run.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    cost: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
