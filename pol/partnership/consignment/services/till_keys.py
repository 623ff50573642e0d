"""Making, using and stopping the keys with which a store's tills send sales."""

from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.tokens import hash_token, new_token
from pol.partnership.consignment.models import TillKey
from pol.partnership.consignment.rules.till_keys import (
    MOST_LIVE,
    PREFIX,
    KeyUnknown,
    SameLabel,
    TooManyKeys,
    count_use,
)
from pol.partnership.consignment.services.stock import hold_store


def make(*, store_id: int, label: str, actor_id: int, now: datetime) -> tuple[TillKey, str]:
    """Make a key; return it with its text, which nobody can read again.

    :raises SameLabel: another key that still opens has this label
    :raises TooManyKeys: the store has enough of them
    """
    hold_store(store_id)  # two who press at once make two keys, not two of one label
    live = select(TillKey.label).where(TillKey.store_id == store_id, TillKey.stopped_at.is_(None))
    labels = db.session.scalars(live).all()
    if label in labels:
        raise SameLabel(label=label)
    if len(labels) >= MOST_LIVE:
        raise TooManyKeys(most=MOST_LIVE)
    text = PREFIX + new_token()
    made = TillKey(
        store_id=store_id, label=label, sha256=hash_token(text), made_at=now, made_by_id=actor_id
    )
    db.session.add(made)
    db.session.flush()
    _note("till_key.made", made, actor_id=actor_id, now=now)
    return made, text


def stop(*, key: TillKey, actor_id: int, now: datetime) -> None:
    """Stop a key for good; one that was stopped stays as it was."""
    if key.stopped_at is None:
        key.stopped_at, key.stopped_by_id = now, actor_id
        _note("till_key.stopped", key, actor_id=actor_id, now=now)


def use(*, key_id: int, now: datetime) -> TillKey:
    """Count one use of a key, before what it opens; whoever stops it meanwhile comes too late.

    :raises KeyUnknown: it was stopped
    :raises TooOften: it was used too often within this minute
    """
    key = db.session.get_one(TillKey, key_id, with_for_update=True, populate_existing=True)
    if key.stopped_at is not None:
        raise KeyUnknown
    key.uses, key.used_at = count_use(uses=key.uses, used_at=key.used_at, now=now), now
    return key


def _note(action: str, key: TillKey, *, actor_id: int, now: datetime) -> None:
    subject = f"till_key:{key.id}"
    audit.record(action=action, subject=subject, actor_id=actor_id, now=now, label=key.label)
