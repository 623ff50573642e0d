"""Looking at published slot calls as a producer does: terms, shelves, what fits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.applications.queries.sheets import SheetRow
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.fit import Fit, Span, Wanted, find_fit
from pol.partnership.applications.rules.scores import Criterion
from pol.partnership.slots.models import (
    CallCharge,
    CallCriterion,
    CallSpan,
    Retailer,
    Shelf,
    SlotCall,
    Store,
)
from pol.partnership.slots.rules import (
    Bearer,
    CallStatus,
    ChargeBasis,
    CoopForm,
    GoodsCategory,
    StoreStatus,
)
from pol.regions.models import Region

PUBLISHED = frozenset(CallStatus) - {CallStatus.DRAFT, CallStatus.CHECKED}


@dataclass(frozen=True)
class StoreRow:
    """A store that takes part in a call."""

    store_id: int
    slug: str
    name: str
    address: str
    kecamatan: str
    kecamatan_code: str


@dataclass(frozen=True)
class CallRow:
    """A published call with the shelves it offers, by store."""

    call_id: int
    number: str
    title: str
    about: str
    retailer_id: int
    retailer_name: str
    form: CoopForm
    status: CallStatus
    from_on: date
    until_on: date
    closes_at: datetime
    margin_bp: int
    payment_days: int
    settle_every_days: int
    min_life_bp: int
    unsold_bearer: Bearer
    damage_bearer: Bearer
    loss_bearer: Bearer
    categories: list[str]
    permits: list[str]
    stores: Sequence[StoreRow] = field(default=())
    spans: Sequence[Span] = field(default=())

    @property
    def wanted(self) -> Wanted:
        """Return what the rules of fit know of it."""
        return Wanted(
            categories=frozenset(GoodsCategory(one) for one in self.categories),
            permits=tuple(SheetPermitKind(one) for one in self.permits),
            from_on=self.from_on,
            until_on=self.until_on,
            min_life_bp=self.min_life_bp,
        )

    def fit(self, sheet: SheetRow, *, min_facings: int = 1) -> Fit:
        """Return how a product fits, store by store."""
        return find_fit(sheet.goods, sheet.papers, self.wanted, self.spans, min_facings=min_facings)


@dataclass(frozen=True)
class ChargeRow:
    """Something that producers pay besides the margin."""

    name: str
    basis: ChargeBasis
    amount: Rupiah
    share_bp: int


def list_open_calls(*, now: datetime) -> list[CallRow]:
    """Return calls that still take applications, those that close first first."""
    return _rows(SlotCall.status == CallStatus.OPEN, SlotCall.closes_at > now)


def get_call(*, number: str) -> CallRow:
    """Return a call that was published once.

    :raises NotFound: there is none
    """
    found = _rows(SlotCall.number == number, SlotCall.status.in_(PUBLISHED))
    if not found:
        raise NotFound
    return found[0]


def get_call_by_id(*, call_id: int) -> CallRow:
    """Return the call that an application was made to."""
    (found,) = _rows(SlotCall.id == call_id)
    return found


def get_call_of_retailer(*, number: str, retailer_id: int) -> CallRow:
    """Return a published call of a retailer.

    :raises NotFound: not theirs
    """
    call = get_call(number=number)
    if call.retailer_id != retailer_id:
        raise NotFound
    return call


def _rows(*conditions: ColumnElement[bool]) -> list[CallRow]:
    c = SlotCall
    rows = db.session.execute(
        select(
            *(c.id, c.number, c.title, c.about, c.retailer_id, Retailer.name),
            *(c.form, c.status, c.from_on, c.until_on, c.closes_at, c.margin_bp),
            *(c.payment_days, c.settle_every_days, c.min_life_bp),
            *(c.unsold_bearer, c.damage_bearer, c.loss_bearer, c.categories, c.permits),
        )
        .join(Retailer, Retailer.id == c.retailer_id)
        .where(*conditions)
        .order_by(c.closes_at, c.id)
    ).all()
    stores, spans = _shelves_of({row[0] for row in rows})
    whole: list[tuple[Any, ...]] = [
        (*row, list(stores.get(row[0], {}).values()), spans.get(row[0], [])) for row in rows
    ]
    return [CallRow(*columns) for columns in whole]


def _shelves_of(
    call_ids: Collection[int],
) -> tuple[dict[int, dict[int, StoreRow]], dict[int, list[Span]]]:
    rows = db.session.execute(
        select(
            *(CallSpan.call_id, Store.id, Store.slug, Store.name, Store.address, Region.name),
            *(
                Store.kecamatan_code,
                CallSpan.shelf_id,
                CallSpan.width_mm,
                Shelf.height_mm,
                Shelf.depth_mm,
            ),
            *(Shelf.load_g, Shelf.categories),
        )
        .join(Shelf, Shelf.id == CallSpan.shelf_id)
        .join(Store, Store.id == Shelf.store_id)
        .join(Region, Region.code == Store.kecamatan_code)
        .where(
            CallSpan.call_id.in_(call_ids),
            Shelf.is_active.is_(True),
            Store.status == StoreStatus.VERIFIED,
        )
        .order_by(Store.name, Store.id, Shelf.id)
    )
    stores: dict[int, dict[int, StoreRow]] = {}
    spans: dict[int, list[Span]] = {}
    for row in rows:
        call_id, store_id = row[0], row[1]
        stores.setdefault(call_id, {})[store_id] = StoreRow(*row[1:7])
        categories = frozenset(GoodsCategory(one) for one in row[12])
        spans.setdefault(call_id, []).append(
            Span(row[7], store_id, row[8], row[9], row[10], row[11], categories)
        )
    return stores, spans


def list_criteria(*, call_id: int) -> list[Criterion]:
    """Return what applicants are scored for, in the call's order."""
    rows = db.session.execute(
        select(CallCriterion.id, CallCriterion.name, CallCriterion.weight)
        .where(CallCriterion.call_id == call_id)
        .order_by(CallCriterion.position, CallCriterion.id)
    )
    return [Criterion(*row) for row in rows]


def list_charges(*, call_id: int) -> list[ChargeRow]:
    """Return what producers pay besides the margin."""
    rows = db.session.execute(
        select(CallCharge.name, CallCharge.basis, CallCharge.amount, CallCharge.share_bp)
        .where(CallCharge.call_id == call_id)
        .order_by(CallCharge.id)
    )
    return [ChargeRow(*row) for row in rows]
