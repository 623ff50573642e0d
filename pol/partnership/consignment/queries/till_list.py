"""What a store's till must know: every product with a place or goods there, its code and price."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.agreements.models import Agreement
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import ProductSheet, StoreCode
from pol.partnership.consignment.models import Batch
from pol.partnership.slots.models import Placement, Store
from pol.partnership.slots.rules import HOLDS_SPACE
from pol.stalls.models import Stall


@dataclass(frozen=True)
class TillRow:
    """A line for a till."""

    code: str
    name: str
    stall_name: str
    price: Rupiah


def list_for_till(*, store_id: int, day: date) -> list[TillRow]:
    """Return what may come to a store's till, by name, at the price that is agreed for the day.

    A price that holds later stands here only for a product that comes later.
    A product without GTIN has the retailer's own number, and before it got one that of its sheet:
    tills may send each of them.
    """
    age = func.row_number().over(
        partition_by=Agreement.sheet_id,
        order_by=(Agreement.from_on > day, Agreement.from_on.desc(), Agreement.id.desc()),
    )
    standing = exists().where(
        Batch.agreement_id == Agreement.id, Batch.store_id == store_id, Batch.on_shelf > 0
    )
    promised = and_(
        Placement.status.in_(HOLDS_SPACE),
        Agreement.status == AgreementStatus.IN_FORCE,
        Agreement.until_on > day,
    )
    agreed = (
        select(Agreement.sheet_id, Agreement.price, age.label("age"))
        .join(Placement, Placement.agreement_id == Agreement.id)
        .where(Placement.store_id == store_id, or_(promised, standing))
        .subquery()
    )
    own = (
        select(func.min(StoreCode.code))
        .join(Store, Store.retailer_id == StoreCode.retailer_id)
        .where(Store.id == store_id, StoreCode.sheet_id == ProductSheet.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            func.coalesce(ProductSheet.gtin, own, ProductSheet.number),
            ProductSheet.name,
            Stall.name,
            agreed.c.price,
        )
        .join(agreed, and_(agreed.c.sheet_id == ProductSheet.id, agreed.c.age == 1))
        .join(Stall, Stall.id == ProductSheet.stall_id)
        .order_by(ProductSheet.name, ProductSheet.id)
    )
    return [TillRow(*row) for row in rows]
