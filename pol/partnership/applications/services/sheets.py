"""Product sheets: written once, with the permits of the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from pol.kernel import audit
from pol.kernel.db import db, insert, table
from pol.kernel.errors import NotFound
from pol.kernel.localtime import business_day
from pol.kernel.money import Rupiah
from pol.kernel.text import paper_number
from pol.partnership.applications.models import ProductSheet, SheetPermit, StoreCode
from pol.partnership.applications.queries import sheets
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.gtin import own_number, read_gtin
from pol.partnership.applications.rules.permits import (
    PermitTwice,
    check_not_lapsed,
    read_number,
)
from pol.partnership.applications.rules.sheet import GtinTaken, Size, check_size
from pol.partnership.slots.rules import GoodsCategory


@dataclass(frozen=True)
class SheetFacts:
    """What a producer writes about a product; `gtin` as typed, empty for none."""

    name: str
    about: str
    category: GoodsCategory
    width_mm: int
    height_mm: int
    depth_mm: int
    weight_g: int
    shelf_life_days: int | None
    capacity_week: int
    price: Rupiah
    gtin: str
    picture_key: str | None


@dataclass(frozen=True)
class PermitFacts:
    """A permit as its producer writes it."""

    kind: SheetPermitKind
    number: str
    expires_on: date | None
    picture_key: str | None


def create_sheet(
    *,
    stall_id: int,
    facts: SheetFacts,
    actor_id: int,
    now: datetime,
    product_id: int | None = None,
    permits: Sequence[PermitFacts] = (),
) -> ProductSheet:
    """Write a new sheet, with permits that are already known.

    :raises Refused: see `check_size`, `read_gtin`, `GtinTaken`, `read_number`, `check_not_lapsed`
    """
    values = _checked(facts, sheet_id=None)
    sheet = ProductSheet(
        number=paper_number("LP", business_day(now)),
        stall_id=stall_id,
        product_id=product_id,
        created_at=now,
        updated_at=now,
        **values,
    )
    db.session.add(sheet)
    db.session.flush()
    for permit in permits:
        add_permit(sheet=sheet, facts=permit, actor_id=actor_id, now=now)
    _note("sheet.created", sheet, actor_id, now)
    return sheet


def update_sheet(*, sheet: ProductSheet, facts: SheetFacts, actor_id: int, now: datetime) -> None:
    """Write a sheet anew; applications that were sent keep the measures they were sent with.

    :raises Refused: as for `create_sheet`
    """
    for name, value in _checked(facts, sheet_id=sheet.id).items():
        setattr(sheet, name, value)
    sheet.updated_at = now
    _note("sheet.changed", sheet, actor_id, now)


def _checked(facts: SheetFacts, *, sheet_id: int | None) -> dict[str, object]:
    size = Size(facts.width_mm, facts.height_mm, facts.depth_mm)
    check_size(size, sheets.find_largest_shelf())
    values = dict(vars(facts))
    values["gtin"] = read_gtin(facts.gtin) if facts.gtin else None
    if values["gtin"] and sheets.find_gtin_owner(values["gtin"]) not in (None, sheet_id):
        raise GtinTaken
    return values


def add_permit(
    *, sheet: ProductSheet, facts: PermitFacts, actor_id: int, now: datetime
) -> SheetPermit:
    """Note a permit of a product.

    :raises Refused: its number has another shape, its last day is past, or it is noted already
    """
    number = read_number(facts.kind, facts.number)
    check_not_lapsed(facts.expires_on, business_day(now))
    known = db.session.scalar(
        select(SheetPermit.id).where(
            SheetPermit.sheet_id == sheet.id,
            SheetPermit.kind == facts.kind,
            SheetPermit.number == number,
        )
    )
    if known is not None:
        raise PermitTwice
    permit = SheetPermit(
        sheet_id=sheet.id,
        kind=facts.kind,
        number=number,
        expires_on=facts.expires_on,
        picture_key=facts.picture_key,
        created_at=now,
    )
    db.session.add(permit)
    db.session.flush()
    _note("sheet.permit_added", sheet, actor_id, now, kind=facts.kind, permit_number=number)
    return permit


def remove_permit(*, sheet: ProductSheet, permit_id: int, actor_id: int, now: datetime) -> None:
    """Strike out a permit.

    :raises NotFound: not one of this product
    """
    gone = db.session.execute(
        delete(SheetPermit)
        .where(SheetPermit.id == permit_id, SheetPermit.sheet_id == sheet.id)
        .returning(SheetPermit.number)
    ).scalar_one_or_none()
    if gone is None:
        raise NotFound
    _note("sheet.permit_removed", sheet, actor_id, now, permit_number=gone)


def give_store_code(*, sheet_id: int, retailer_id: int, now: datetime) -> str:
    """Return the number by which a retailer scans a product, making one if it has no GTIN.

    The same product gets the same number each time; nobody else's number can be it.
    """
    known = sheets.find_code(sheet_id=sheet_id, retailer_id=retailer_id)
    if known is not None:
        return known
    code = own_number(sheet_id)
    db.session.execute(
        insert(table(StoreCode))
        .values(retailer_id=retailer_id, code=code, sheet_id=sheet_id, made_at=now)
        .on_conflict_do_nothing()
    )
    return code


def _note(action: str, sheet: ProductSheet, actor_id: int, now: datetime, **detail: object) -> None:
    audit.record(
        action=action, subject=f"sheet:{sheet.number}", actor_id=actor_id, now=now, **detail
    )
