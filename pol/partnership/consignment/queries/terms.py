"""Places and agreements that hold on a day: what may stand where, at what price and margin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from pol.kernel.db import db
from pol.kernel.localtime import WIB
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import Application, ProductSheet
from pol.partnership.applications.queries.sheets import permits_of
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.permits import last_days
from pol.partnership.consignment.rules.delivery import Goods
from pol.partnership.consignment.rules.sale import Terms
from pol.partnership.slots.models import Placement, Retailer, SlotCall, Store
from pol.partnership.slots.rules import HOLDS_SPACE

AGREED_LIFE = func.coalesce(Application.shelf_life_days, ProductSheet.shelf_life_days)
"""The life that a product was applied with; what its sheet says later does not shorten it."""


@dataclass(frozen=True)
class PlaceRow:
    """A product's place in a store, under an agreement in force."""

    placement_id: int
    agreement_id: int
    store_id: int
    store_slug: str
    store_name: str
    retailer_name: str
    sheet_id: int
    name: str
    price: Rupiah
    shelf_life_days: int | None
    min_life_bp: int


def _places(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Placement.id,
            Agreement.id,
            Store.id,
            Store.slug,
            Store.name,
            Retailer.name,
            ProductSheet.id,
            ProductSheet.name,
            Agreement.price,
            AGREED_LIFE,
            Agreement.min_life_bp,
        )
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .join(Application, Application.id == Agreement.application_id)
        .join(Store, Store.id == Placement.store_id)
        .join(Retailer, Retailer.id == Store.retailer_id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .where(
            Placement.status.in_(HOLDS_SPACE),
            Placement.until_on > day,
            Agreement.status == AgreementStatus.IN_FORCE,
            Agreement.until_on > day,
        )
        .order_by(Retailer.name, Store.name, ProductSheet.name, Placement.id)
    )


def list_places_of_stall(*, stall_id: int, day: date) -> list[PlaceRow]:
    """Return where a producer may bring goods, by store."""
    rows = db.session.execute(_places(day).where(Placement.stall_id == stall_id))
    return [PlaceRow(*row) for row in rows]


def list_places(*, stall_id: int, store_slug: str, day: date) -> list[PlaceRow]:
    """Return what a producer may bring to one store."""
    asked = _places(day).where(Placement.stall_id == stall_id, Store.slug == store_slug)
    return [PlaceRow(*row) for row in db.session.execute(asked)]


def list_goods(placement_ids: Iterable[int]) -> dict[int, Goods]:
    """Return what a store must know of the goods at these placements.

    They need the permits that the call asks for, and none that the sheet shows may have lapsed.
    """
    rows = db.session.execute(
        select(
            Placement.id,
            ProductSheet.id,
            ProductSheet.name,
            AGREED_LIFE,
            Agreement.min_life_bp,
            SlotCall.permits,
        )
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .join(Agreement, Agreement.id == Placement.agreement_id)
        .join(Application, Application.id == Agreement.application_id)
        .join(SlotCall, SlotCall.id == Agreement.call_id)
        .where(Placement.id.in_(list(placement_ids)))
    ).all()
    shown = permits_of({row[1] for row in rows})
    found = {}
    for placement_id, sheet_id, name, life, least, asked in rows:
        papers = [permit.paper for permit in shown.get(sheet_id, ())]
        wanted = {*map(SheetPermitKind, asked), *(paper.kind for paper in papers)}
        needs = tuple(last_days(wanted, papers).items())
        found[placement_id] = Goods(name, life, least, needs)
    return found


def list_terms(*, store_id: int, sheet_ids: Iterable[int] | None = None) -> list[Terms]:
    """Return every agreement that ever held for products in a store, with its days.

    One that was terminated holds until the day on which that was done.
    """
    asked = (
        select(
            Agreement.id,
            Placement.id,
            Agreement.sheet_id,
            Agreement.stall_id,
            Agreement.form,
            Agreement.from_on,
            Agreement.until_on,
            Agreement.ended_at,
            Agreement.price,
            Agreement.margin_bp,
        )
        .join(Placement, Placement.agreement_id == Agreement.id)
        .where(
            Placement.store_id == store_id,
            or_(
                Agreement.status == AgreementStatus.IN_FORCE,
                and_(
                    Agreement.status.in_((AgreementStatus.ENDED, AgreementStatus.TERMINATED)),
                    Agreement.in_force_at.is_not(None),
                ),
            ),
        )
        .order_by(Agreement.from_on.desc(), Agreement.id.desc(), Placement.id.desc())
    )
    if sheet_ids is not None:
        asked = asked.where(Agreement.sheet_id.in_(list(sheet_ids)))
    return [
        Terms(*row[:6], until_on=_until(row.until_on, row.ended_at), price=row[8], margin_bp=row[9])
        for row in db.session.execute(asked)
    ]


def _until(until_on: date, ended_at: datetime | None) -> date:
    if ended_at is None or ended_at >= datetime.combine(until_on, time(0), tzinfo=WIB):
        return until_on
    return ended_at.astimezone(WIB).date()
