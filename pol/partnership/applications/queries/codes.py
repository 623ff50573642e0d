"""The numbers by which a retailer's tills know products."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from pol.kernel.db import db
from pol.partnership.applications.models import ProductSheet, StoreCode
from pol.partnership.slots.models import Retailer


@dataclass(frozen=True)
class ScanCode:
    """A GTIN, or a number that is valid at one retailer only; then it says at which."""

    code: str
    only_at: str | None


def list_scan_codes(*, retailer_id: int, sheet_ids: Collection[int]) -> dict[int, ScanCode]:
    """Return by product what a retailer scans: the GTIN, else its own number, never another's.

    A product without either is left out.
    """
    own = func.min(StoreCode.code)
    rows = db.session.execute(
        select(ProductSheet.id, ProductSheet.gtin, own, Retailer.name)
        .select_from(ProductSheet)
        .join(Retailer, Retailer.id == retailer_id)
        .outerjoin(
            StoreCode,
            and_(StoreCode.sheet_id == ProductSheet.id, StoreCode.retailer_id == Retailer.id),
        )
        .where(ProductSheet.id.in_(set(sheet_ids)))
        .group_by(ProductSheet.id, Retailer.id)
    )
    return {
        sheet_id: ScanCode(gtin, None) if gtin else ScanCode(code, retailer)
        for sheet_id, gtin, code, retailer in rows
        if gtin or code
    }
