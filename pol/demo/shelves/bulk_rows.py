"""Rows on their way into tables: numbered, gathered by table, poured in the order of references."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from pol.kernel.bulk import Plain, go_on_numbering, pour
from pol.kernel.db import Base, db
from pol.kernel.text import READABLE
from pol.partnership.agreements.models import Agreement, AgreementCharge, Signature
from pol.partnership.allocation.models import Offer
from pol.partnership.applications.models import (
    Application,
    ApplicationStep,
    ApplicationStore,
    CurationScore,
    ProductSheet,
    SheetPermit,
    StoreCode,
)
from pol.partnership.consignment.models import (
    Batch,
    DeliveryLine,
    DeliveryNote,
    ReturnLine,
    ReturnNote,
    SaleLine,
    StockEvent,
)
from pol.partnership.settlement.models import BillPayment
from pol.partnership.slots.models import Placement

Row = tuple[Plain, ...]

# fmt: off
COLUMNS: dict[type[Base], tuple[str, ...]] = {
    ProductSheet: (
        "id", "number", "stall_id", "product_id", "name", "about", "category", "width_mm",
        "height_mm", "depth_mm", "weight_g", "shelf_life_days", "capacity_week", "price",
        "picture_key", "is_active", "created_at", "updated_at",
    ),
    SheetPermit: ("sheet_id", "kind", "number", "expires_on", "created_at"),
    StoreCode: ("retailer_id", "code", "sheet_id", "made_at"),
    Application: (
        "id", "number", "call_id", "sheet_id", "stall_id", "kecamatan_code", "status", "category",
        "width_mm", "height_mm", "depth_mm", "weight_g", "shelf_life_days", "min_facings",
        "max_facings", "capacity_week", "price", "note", "weekly_demand_milli", "score",
        "created_at", "submitted_at", "screened_at", "screened_by_id", "decided_at",
        "decided_by_id",
    ),
    ApplicationStore: ("application_id", "store_id", "wish"),
    ApplicationStep: ("application_id", "at", "actor_id", "came_from", "went_to"),
    CurationScore: (
        "application_id", "criterion_id", "points", "note", "scored_at", "scored_by_id",
    ),
    Agreement: (
        "id", "number", "call_id", "application_id", "retailer_id", "stall_id", "sheet_id",
        "status", "form", "from_on", "until_on", "price", "margin_bp", "payment_days",
        "notice_days", "min_life_bp", "unsold_bearer", "damage_bearer", "loss_bearer",
        "late_fine_bp", "short_fine_bp", "text", "text_sha256", "rules", "rules_sha256",
        "made_at", "in_force_at",
    ),
    AgreementCharge: ("agreement_id", "kind", "basis", "name", "amount", "share_bp"),
    Signature: ("agreement_id", "side", "typed_name", "signed_at", "signed_by_id", "text_sha256"),
    Placement: (
        "id", "number", "call_id", "application_id", "agreement_id", "sheet_id", "stall_id",
        "store_id", "shelf_id", "x_mm", "width_mm", "height_mm", "depth_mm", "load_g", "facings",
        "from_on", "until_on", "status", "reserved_at", "live_at",
    ),
    Offer: (
        "number", "run_id", "application_id", "stall_id", "store_id", "status", "rank",
        "shelf_id", "x_mm", "facings", "offered_at", "lapses_at", "answered_at",
        "answered_by_id", "placement_id",
    ),
    DeliveryNote: (
        "id", "number", "key", "stall_id", "store_id", "status", "note", "prepared_at",
        "prepared_by_id", "sent_at", "sent_by_id", "received_at", "received_by_id",
    ),
    DeliveryLine: (
        "id", "note_id", "placement_id", "batch_code", "made_on", "expires_on", "sent",
        "accepted", "rejected", "reject_reason",
    ),
    Batch: (
        "id", "line_id", "placement_id", "agreement_id", "sheet_id", "stall_id", "store_id",
        "code", "expires_on", "received_on", "delivered", "sold", "returned", "lost",
        "destroyed", "on_shelf",
    ),
    StockEvent: ("id", "key", "batch_id", "kind", "quantity", "day", "at", "actor_id", "reason"),
    SaleLine: (
        "id", "key", "event_id", "batch_id", "placement_id", "agreement_id", "sheet_id",
        "stall_id", "store_id", "retailer_id", "day", "quantity", "price", "margin_bp", "gross",
        "margin", "payable", "source", "at",
    ),
    ReturnNote: (
        "id", "number", "key", "stall_id", "store_id", "reason", "status", "note", "asked_at",
        "asked_by_id", "done_at", "done_by_id",
    ),
    ReturnLine: ("note_id", "batch_id", "bearer", "quantity", "event_id"),
    BillPayment: (
        "number", "key", "bill_id", "amount", "paid_on", "due_on", "reference",
        "sale_to_money_tenths", "noted_at", "noted_by_id", "confirmed_at", "confirmed_by_id",
    ),
}
# fmt: on
"""Which columns of which tables the year of the regency's shelves fills."""


class Rows:
    """Gathers rows; `pour` writes them all."""

    def __init__(self) -> None:
        self.sheets: dict[type[Base], list[Row]] = {model: [] for model in COLUMNS}
        self._last: dict[type[Base], int] = {}
        self._codes: dict[str, int] = defaultdict(int)

    def next(self, model: type[Base]) -> int:
        """Return an id that no row of a table has."""
        if model not in self._last:
            self._last[model] = db.session.scalar(select(func.max(model.id))) or 0  # type: ignore[attr-defined]
        self._last[model] += 1
        return self._last[model]

    def number(self, prefix: str, day: date) -> str:
        """Return a readable number of a paper, another one each time."""
        self._codes[prefix] += 1
        nth, letters = self._codes[prefix] * 7_919, len(READABLE)
        code = "".join(READABLE[nth // letters**place % letters] for place in range(5))
        return f"{prefix}{day:%y%m%d}-{code}"

    def add(self, model: type[Base], *row: Plain) -> None:
        """Keep a row for later, its values in the order of `COLUMNS`."""
        self.sheets[model].append(row)

    def pour(self) -> None:
        """Write everything that was gathered."""
        db.session.flush()
        for model, rows in self.sheets.items():
            if rows:
                pour(model, COLUMNS[model], rows)
                rows.clear()

    def finish(self) -> None:
        """Let others number their rows above ours."""
        go_on_numbering(*self._last)
        self._last.clear()
