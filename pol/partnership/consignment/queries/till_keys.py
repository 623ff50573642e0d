"""Keys of tills: whose a key is, and which a store has."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from pol.identity.models import User
from pol.kernel.db import db
from pol.kernel.errors import NotFound
from pol.kernel.tokens import hash_token
from pol.partnership.consignment.models import TillKey
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.slots.models import Store


@dataclass(frozen=True)
class Sender:
    """A till at our door, by its key, and the store that it writes for."""

    key_id: int
    store_id: int


def find_sender(*, key: str) -> Sender | None:
    """Return the till that holds this key, unless the key was stopped."""
    row = db.session.execute(
        select(TillKey.id, TillKey.store_id).where(
            TillKey.sha256 == hash_token(key), TillKey.stopped_at.is_(None)
        )
    ).one_or_none()
    return Sender(*row) if row else None


@dataclass(frozen=True)
class KeyRow:
    """A key of a store, as its owner sees it: never the key itself."""

    id: int
    label: str
    made_at: datetime
    made_by: str
    used_at: datetime | None
    stopped_at: datetime | None


def list_keys(*, store_id: int) -> list[KeyRow]:
    """Return a store's keys: those that still open first, the newest first."""
    rows = db.session.execute(
        select(
            TillKey.id,
            TillKey.label,
            TillKey.made_at,
            User.name,
            TillKey.used_at,
            TillKey.stopped_at,
        )
        .join(User, User.id == TillKey.made_by_id)
        .where(TillKey.store_id == store_id)
        .order_by(TillKey.stopped_at.is_not(None), TillKey.id.desc())
    )
    return [KeyRow(*row) for row in rows]


def lock_key(*, key_id: int, slug: str, reach: Reach) -> TillKey:
    """Return a key of a store within reach, to stop it.

    :raises NotFound: there is none, or it is of another store
    """
    asked = (
        select(TillKey)
        .join(Store, Store.id == TillKey.store_id)
        .where(TillKey.id == key_id, Store.slug == slug, Store.retailer_id == reach.retailer_id)
        .with_for_update(of=TillKey)
    )
    found: TillKey | None = db.session.scalar(asked)
    if found is None:
        raise NotFound
    return found
