"""Sales in stores, and the till files they come from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from pol.kernel.db import BigKey, Model, enum_column
from pol.kernel.money import Rupiah
from pol.partnership.consignment.rules import ImportStatus, SaleSource


class SaleLine(Model):
    """A sale of one batch: price, margin, producer and agreement as they were; never changed.

    `payable` = `gross` - `margin`. A correction is a line of its own with a negative quantity that
    names the line it takes back.
    """

    __tablename__ = "sale_line"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint("(quantity < 0) = (corrects_id IS NOT NULL)", name="correction"),
        CheckConstraint("payable = gross - margin", name="sum"),
        Index("ix_sale_line_store_id_day", "store_id", "day"),
        Index("ix_sale_line_agreement_id_day", "agreement_id", "day"),
        Index("ix_sale_line_stall_id_day", "stall_id", "day"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("stock_event.id"), unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("consigned_batch.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("product_sheet.id"))
    stall_id: Mapped[int] = mapped_column(ForeignKey("stall.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"))
    day: Mapped[date]
    quantity: Mapped[int]
    price: Mapped[Rupiah]
    margin_bp: Mapped[int]
    gross: Mapped[Rupiah]
    margin: Mapped[Rupiah]
    payable: Mapped[Rupiah]
    source: Mapped[SaleSource] = mapped_column(enum_column(SaleSource))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("sale_import.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("sale_line.id"), unique=True)
    at: Mapped[datetime]


class PosMapping(Model):
    """Which column of a retailer's till file means what, remembered by the file's heading."""

    __tablename__ = "pos_mapping"

    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), primary_key=True)
    heading_sha256: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]


class SaleImport(Model):
    """A till file; the same content again is the same row, so it can change nothing twice.

    `rows_sha256` is what its rows mean, however they were saved; `apart_from` is the number of an
    earlier file of which somebody said that it holds other sales than this one.
    """

    __tablename__ = "sale_import"
    __table_args__ = (
        UniqueConstraint("store_id", "sha256"),
        Index("ix_sale_import_status", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailer.id"), index=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    filename: Mapped[str]
    sha256: Mapped[str]
    rows_sha256: Mapped[str | None]
    apart_from: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    heading: Mapped[list[str]] = mapped_column(JSON)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[ImportStatus] = mapped_column(enum_column(ImportStatus))
    rows: Mapped[int]
    done_rows: Mapped[int] = mapped_column(default=0)
    good_rows: Mapped[int] = mapped_column(default=0)
    bad_rows: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]


class SaleImportRow(Model):
    """A row of a till file that was not taken, and why."""

    __tablename__ = "sale_import_row"

    import_id: Mapped[int] = mapped_column(ForeignKey("sale_import.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[list[str]] = mapped_column(JSON)
    message: Mapped[str]
