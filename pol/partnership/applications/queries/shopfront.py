"""Where shoppers read about what stands on a shelf."""

from dataclasses import dataclass

from sqlalchemy import select

from pol.catalogue.models import Product
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.partnership.applications.models import ProductSheet
from pol.partnership.slots.models import Placement
from pol.stalls.models import Stall


@dataclass(frozen=True)
class Shopfront:
    """A stall, and the product as far as customers may see it online."""

    stall_slug: str
    product_slug: str | None


def get_shopfront(*, placement: str) -> Shopfront:
    """Return where the product of a placement is sold online.

    :raises NotFound: no placement has this number
    """
    row = db.session.execute(
        select(Stall.slug, Product.slug)
        .join(Placement, Placement.stall_id == Stall.id)
        .join(ProductSheet, ProductSheet.id == Placement.sheet_id)
        .outerjoin(
            Product, (Product.id == ProductSheet.product_id) & Product.listed_at.is_not(None)
        )
        .where(Placement.number == placement)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Shopfront(*row)
