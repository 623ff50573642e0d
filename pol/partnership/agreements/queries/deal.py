"""Everything that the text of an agreement says, read from where it stands."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from pol.kernel.db import db
from pol.partnership.agreements.models import Agreement, AgreementCharge
from pol.partnership.agreements.rules.deal import TERMS, Deal, Party, Spot
from pol.partnership.applications.models import ProductSheet
from pol.partnership.slots.models import (
    CallCharge,
    Fixture,
    Placement,
    Retailer,
    Shelf,
    SlotCall,
    Store,
)
from pol.partnership.slots.rules.terms import Charge
from pol.regions.models import Region
from pol.stalls.models import Stall

Kecamatan = aliased(Region)


def read_deal(agreement: Agreement) -> Deal:
    """Return what an agreement is about, as its rows say now."""
    call = db.session.get_one(SlotCall, agreement.call_id)
    sheet = db.session.get_one(ProductSheet, agreement.sheet_id)
    retailer = db.session.get_one(Retailer, agreement.retailer_id)
    return Deal(
        number=agreement.number,
        call_number=call.number,
        retailer=Party(retailer.name, f"NIB {retailer.nib}", retailer.phone),
        producer=_producer(agreement.stall_id),
        product=sheet.name,
        product_number=sheet.number,
        price=agreement.price,
        from_on=agreement.from_on,
        until_on=agreement.until_on,
        charges=list_charges(agreement.id),
        settle_every_days=call.settle_every_days,
        spots=_spots(agreement.id),
        change_reason=agreement.change_reason,
        **{name: getattr(agreement, name) for name in TERMS},
    )


def list_charges(agreement_id: int) -> tuple[Charge, ...]:
    """Return the closed list of an agreement's charges."""
    rows = db.session.scalars(
        select(AgreementCharge)
        .where(AgreementCharge.agreement_id == agreement_id)
        .order_by(AgreementCharge.id)
    )
    return tuple(_charge(row) for row in rows)


def list_charges_of_call(call_id: int) -> tuple[Charge, ...]:
    """Return the charges that a call was published with."""
    rows = db.session.scalars(
        select(CallCharge).where(CallCharge.call_id == call_id).order_by(CallCharge.id)
    )
    return tuple(_charge(row) for row in rows)


def _charge(row: AgreementCharge | CallCharge) -> Charge:
    return Charge(row.kind, row.basis, row.name, row.amount, row.share_bp)


def _producer(stall_id: int) -> Party:
    name, phone, village, kecamatan = db.session.execute(
        select(Stall.name, Stall.phone, Region.name, Kecamatan.name)
        .join(Region, Region.code == Stall.village_code)
        .join(Kecamatan, Kecamatan.code == Stall.kecamatan_code)
        .where(Stall.id == stall_id)
    ).one()
    return Party(name, f"{village}, Kecamatan {kecamatan}", phone)


def _spots(agreement_id: int) -> tuple[Spot, ...]:
    rows = db.session.execute(
        select(
            Store.name,
            Store.address,
            Fixture.name,
            Shelf.number,
            Placement.x_mm,
            Placement.width_mm,
            Placement.facings,
        )
        .join(Store, Store.id == Placement.store_id)
        .join(Shelf, Shelf.id == Placement.shelf_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(Placement.agreement_id == agreement_id)
        .order_by(Store.name, Placement.id)
    )
    return tuple(
        Spot(store, address, f"{fixture} ambalan {number}", x, width, facings)
        for store, address, fixture, number, x, width, facings in rows
    )
