"""The pictures of a product: their order, the first on cards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from pol.catalogue.models import Product, ProductPicture
from pol.catalogue.rules.product import PictureNotYours, check_pictures
from pol.catalogue.services.listing import refresh_product
from pol.files.queries import list_own_keys
from pol.files.rules import PictureUse
from pol.kernel.db import db


def attach_pictures(*, product: Product, keys: Sequence[str], owner_id: int | None) -> None:
    """Show these pictures, in this order, and no others.

    New ones must have been stored by `owner_id` for this use and hang nowhere else.

    :raises PictureMissing, TooManyPictures: not one to eight
    :raises PictureNotYours: somebody else's, or hung elsewhere
    """
    keys = list(dict.fromkeys(keys))
    check_pictures(len(keys))
    added = [key for key in keys if key not in _keys_of(product.id)]
    if added:
        mine = list_own_keys(keys=added, owner_id=owner_id, use=PictureUse.PRODUCT)
        hung = select(ProductPicture.key).where(ProductPicture.key.in_(added)).limit(1)
        if len(mine) < len(added) or db.session.scalar(hung) is not None:
            raise PictureNotYours
    db.session.execute(delete(ProductPicture).where(ProductPicture.product_id == product.id))
    db.session.execute(
        insert(ProductPicture),
        [
            {"product_id": product.id, "position": place, "key": key}
            for place, key in enumerate(keys)
        ],
    )
    product.picture_key = keys[0]


def add_pictures(*, product: Product, keys: Sequence[str], actor_id: int, now: datetime) -> None:
    """Hang more pictures behind the others.

    :raises TooManyPictures, PictureNotYours: see `attach_pictures`
    """
    _rehang(product, [*_keys_of(product.id), *keys], actor_id, now)


def remove_picture(*, product: Product, key: str, actor_id: int, now: datetime) -> None:
    """Take a picture down; the last one stays.

    :raises PictureMissing: it is the only one
    """
    _rehang(product, [other for other in _keys_of(product.id) if other != key], actor_id, now)


def put_first(*, product: Product, key: str, actor_id: int, now: datetime) -> None:
    """Put a picture of the product before the others."""
    keys = _keys_of(product.id)
    if key in keys:
        _rehang(product, [key, *(other for other in keys if other != key)], actor_id, now)


def _rehang(product: Product, keys: Sequence[str], actor_id: int, now: datetime) -> None:
    attach_pictures(product=product, keys=keys, owner_id=actor_id)
    product.updated_at = now
    refresh_product(product, now)


def _keys_of(product_id: int) -> list[str]:
    return list(
        db.session.scalars(
            select(ProductPicture.key)
            .where(ProductPicture.product_id == product_id)
            .order_by(ProductPicture.position)
        )
    )
