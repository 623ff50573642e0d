"""Whether customers see a product: it is published and its stall is verified."""

from datetime import datetime

from sqlalchemy import select

from pol.catalogue.models import Category, Product
from pol.catalogue.rules import ProductStatus
from pol.catalogue.services.search_index import index_product, unindex_product
from pol.kernel.db import db
from pol.kernel.marks import mark
from pol.stalls.models import Stall
from pol.stalls.rules import StallStatus
from pol.stalls.signals import StallChanged, StallSuspended, StallVerified


def refresh_product(product: Product, now: datetime) -> None:
    """Copy what lists need from stall and category, then show, find or forget the product."""
    stall = db.session.get_one(Stall, product.stall_id)
    category = db.session.get_one(Category, product.category_id)
    product.market_id, product.kecamatan_code = stall.market_id, stall.kecamatan_code
    product.pickup_at_stall = stall.pickup_at_stall
    product.top_category_id = category.parent_id or category.id
    was_listed = product.listed_at is not None
    is_listed = product.status is ProductStatus.PUBLISHED and stall.status is StallStatus.VERIFIED
    if is_listed:
        product.listed_at = product.listed_at or now
        index_product(product.id)
    else:
        product.listed_at = None
        unindex_product(product.id)
    if was_listed or is_listed:
        mark("catalogue")


def refresh_stall(stall_id: int, now: datetime) -> None:
    """Do so for every product of a stall."""
    mark("catalogue")
    for product in db.session.scalars(select(Product).where(Product.stall_id == stall_id)):
        refresh_product(product, now)


def follow_stall(fact: StallVerified | StallSuspended | StallChanged) -> None:
    """Show or forget the products of a stall that has changed."""
    refresh_stall(fact.stall_id, fact.at)
