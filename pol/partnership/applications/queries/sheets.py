"""Looking at product sheets: by their stall, never by anybody else's."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import ProductSheet, SheetPermit, StoreCode
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.rules.fit import Goods
from pol.partnership.applications.rules.permits import Paper
from pol.partnership.applications.rules.sheet import Size
from pol.partnership.slots.models import Fixture, Retailer, Shelf, Store
from pol.partnership.slots.rules import FixtureStatus, GoodsCategory, StoreStatus


@dataclass(frozen=True)
class PermitRow:
    """A permit of a product."""

    permit_id: int
    kind: SheetPermitKind
    number: str
    expires_on: date | None
    picture_key: str | None

    @property
    def paper(self) -> Paper:
        """Return what the rules of fit know of it."""
        return Paper(self.kind, self.expires_on)


@dataclass(frozen=True)
class CodeRow:
    """A number that is valid at one retailer only."""

    code: str
    retailer_name: str


@dataclass(frozen=True)
class SheetRow:
    """A product sheet; its permits are there when the whole of it was asked for."""

    sheet_id: int
    number: str
    stall_id: int
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
    gtin: str | None
    picture_key: str | None
    product_id: int | None
    updated_at: datetime
    permits: Sequence[PermitRow] = field(default=())

    @property
    def goods(self) -> Goods:
        """Return what the rules of fit know of it."""
        return Goods(
            self.category,
            self.width_mm,
            self.height_mm,
            self.depth_mm,
            self.weight_g,
            self.shelf_life_days,
        )

    @property
    def papers(self) -> list[Paper]:
        """Return its permits as the rules of fit know them."""
        return [permit.paper for permit in self.permits]


def list_sheets(*, stall_id: int) -> list[SheetRow]:
    """Return the sheets of a stall with their permits, by name."""
    return _rows(ProductSheet.stall_id == stall_id, ProductSheet.is_active.is_(True))


def get_sheet(*, number: str, stall_id: int) -> SheetRow:
    """Return one sheet of a stall with its permits.

    :raises NotFound: not this stall's
    """
    found = _rows(ProductSheet.number == number, ProductSheet.stall_id == stall_id)
    if not found:
        raise NotFound
    return found[0]


def lock_sheet(*, number: str, stall_id: int) -> ProductSheet:
    """Return a sheet of a stall for changing.

    :raises NotFound: not this stall's
    """
    sheet = db.session.scalar(
        select(ProductSheet)
        .where(ProductSheet.number == number, ProductSheet.stall_id == stall_id)
        .with_for_update()
    )
    if sheet is None:
        raise NotFound
    return sheet


def _rows(*conditions: ColumnElement[bool]) -> list[SheetRow]:
    rows = db.session.execute(_columns().where(*conditions).order_by(ProductSheet.name)).all()
    permits = permits_of({row[0] for row in rows})
    whole: list[tuple[Any, ...]] = [(*row, permits.get(row[0], ())) for row in rows]
    return [SheetRow(*columns) for columns in whole]


def _columns() -> Select[*tuple[Any, ...]]:
    p = ProductSheet
    return select(
        *(p.id, p.number, p.stall_id, p.name, p.about, p.category),
        *(p.width_mm, p.height_mm, p.depth_mm, p.weight_g, p.shelf_life_days),
        *(p.capacity_week, p.price, p.gtin, p.picture_key, p.product_id, p.updated_at),
    )


def permits_of(sheet_ids: Collection[int]) -> dict[int, list[PermitRow]]:
    """Return the permits of several sheets, in the order in which they were noted."""
    rows = db.session.execute(
        select(
            *(SheetPermit.sheet_id, SheetPermit.id, SheetPermit.kind, SheetPermit.number),
            *(SheetPermit.expires_on, SheetPermit.picture_key),
        )
        .where(SheetPermit.sheet_id.in_(sheet_ids))
        .order_by(SheetPermit.id)
    )
    found: dict[int, list[PermitRow]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(PermitRow(*row[1:]))
    return found


def list_codes(*, sheet_id: int) -> list[CodeRow]:
    """Return the numbers that retailers gave to a product, by retailer."""
    rows = db.session.execute(
        select(StoreCode.code, Retailer.name)
        .join(Retailer, Retailer.id == StoreCode.retailer_id)
        .where(StoreCode.sheet_id == sheet_id)
        .order_by(Retailer.name)
    )
    return [CodeRow(*row) for row in rows]


def find_code(*, sheet_id: int, retailer_id: int) -> str | None:
    """Return the number by which a retailer scans a product: its GTIN, else the retailer's own."""
    return db.session.scalar(
        select(func.coalesce(ProductSheet.gtin, StoreCode.code))
        .outerjoin(
            StoreCode,
            (StoreCode.sheet_id == ProductSheet.id) & (StoreCode.retailer_id == retailer_id),
        )
        .where(ProductSheet.id == sheet_id)
    )


def find_gtin_owner(gtin: str) -> int | None:
    """Return the sheet that has a GTIN, or nothing."""
    return db.session.scalar(select(ProductSheet.id).where(ProductSheet.gtin == gtin))


def find_largest_shelf() -> Size | None:
    """Return the largest of each measure over all shelves in use, or nothing without shelves."""
    row = db.session.execute(
        select(func.max(Shelf.width_mm), func.max(Shelf.height_mm), func.max(Shelf.depth_mm))
        .join(Store, Store.id == Shelf.store_id)
        .join(Fixture, Fixture.id == Shelf.fixture_id)
        .where(
            Shelf.is_active.is_(True),
            Store.status == StoreStatus.VERIFIED,
            Fixture.status == FixtureStatus.ACTIVE,
        )
    ).one()
    return None if row[0] is None else Size(*row)
