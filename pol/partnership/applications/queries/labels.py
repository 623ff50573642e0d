"""What a shelf or a paper says of products: name, kind, price."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from pol.kernel.db import db
from pol.kernel.money import Rupiah
from pol.partnership.applications.models import ProductSheet
from pol.partnership.slots.rules import GoodsCategory


@dataclass(frozen=True)
class ProductLabel:
    """A product in few words."""

    sheet_id: int
    number: str
    name: str
    category: GoodsCategory
    price: Rupiah


def list_labels(*, sheet_ids: Collection[int]) -> dict[int, ProductLabel]:
    """Return the labels of these product sheets by id."""
    rows = db.session.execute(
        select(
            *(ProductSheet.id, ProductSheet.number, ProductSheet.name),
            *(ProductSheet.category, ProductSheet.price),
        ).where(ProductSheet.id.in_(set(sheet_ids)))
    )
    return {row[0]: ProductLabel(*row) for row in rows}
