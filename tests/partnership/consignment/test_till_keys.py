"""Keys of tills: made once, never stored, stopped for good, and used so often and no more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pol.kernel.audit import AuditEntry
from pol.kernel.errors import NotFound
from pol.kernel.tokens import hash_token
from pol.partnership.consignment.models import TillKey
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.queries.till_keys import find_sender, list_keys, lock_key
from pol.partnership.consignment.rules.till_keys import (
    MOST_A_MINUTE,
    MOST_LIVE,
    KeyUnknown,
    SameLabel,
    TooManyKeys,
    TooOften,
    count_use,
)
from pol.partnership.consignment.services import till_keys
from tests.factories.partnership import Partnership, make_partnership
from tests.partnership.consignment.stage import NOON, left
from tests.partnership.consignment.tillside import make_key, make_till, send_sales, sold


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership()


def key_of(p: Partnership, session: Session) -> TillKey:
    return session.scalars(select(TillKey).where(TillKey.store_id == p.store.id)).one()


def test_only_the_hash_of_a_key_is_kept(session: Session, p: Partnership) -> None:
    text = make_key(p)
    assert text.startswith("pol_")
    assert len(text) > 40
    made = key_of(p, session)
    assert made.sha256 == hash_token(text)
    assert text not in {str(value) for value in vars(made).values()}
    sender = find_sender(key=text)
    assert sender
    assert (sender.key_id, sender.store_id) == (made.id, p.store.id)
    assert find_sender(key=text[:-1]) is None
    assert find_sender(key=made.sha256) is None


def test_a_stopped_key_opens_nothing_and_stays_stopped_when_it_was(
    session: Session, p: Partnership
) -> None:
    text = make_key(p)
    sender, key = find_sender(key=text), key_of(p, session)
    assert sender
    for day in (0, 1):
        till_keys.stop(key=key, actor_id=p.owner.id, now=NOON + timedelta(days=day))
    session.flush()
    assert find_sender(key=text) is None
    assert key.stopped_at == NOON
    with pytest.raises(KeyUnknown):
        send_sales(sender, sold(p))
    assert left(p.batch) == 24
    actions = select(AuditEntry.action).where(AuditEntry.subject == f"till_key:{key.id}")
    assert session.scalars(actions).all() == ["till_key.made", "till_key.stopped"]


def test_two_keys_that_open_never_share_a_label(session: Session, p: Partnership) -> None:
    make_key(p)
    with pytest.raises(SameLabel, match="Kasir depan"):
        make_key(p)
    q = make_partnership()
    make_key(q)
    till_keys.stop(key=key_of(p, session), actor_id=p.owner.id, now=NOON)
    make_key(p)
    rows = list_keys(store_id=p.store.id)
    assert [(row.label, row.stopped_at is None) for row in rows] == [
        ("Kasir depan", True),
        ("Kasir depan", False),
    ]
    values = {"made_at": NOON, "made_by_id": p.owner.id, "uses": 0}
    session.add(TillKey(store_id=p.store.id, label="Kasir depan", sha256="x", **values))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_store_has_so_many_keys_and_no_more(session: Session, p: Partnership) -> None:
    for number in range(MOST_LIVE):
        make_key(p, f"Kasir {number}")
    with pytest.raises(TooManyKeys):
        make_key(p, "Satu lagi")


def test_a_key_of_another_store_is_nobodys(session: Session, p: Partnership) -> None:
    make_key(p)
    q, key = make_partnership(), key_of(p, session)
    for slug, reach in (
        (p.store.slug, Reach(q.retailer.id)),
        (q.store.slug, Reach(p.retailer.id)),
        (q.store.slug, Reach(q.retailer.id)),
    ):
        with pytest.raises(NotFound):
            lock_key(key_id=key.id, slug=slug, reach=reach)
    assert lock_key(key_id=key.id, slug=p.store.slug, reach=Reach(p.retailer.id)) is key


def test_a_key_notes_its_last_use_and_is_stopped_by_a_flood(
    session: Session, p: Partnership
) -> None:
    till = make_till(p)
    for _ in range(MOST_A_MINUTE):
        till_keys.use(key_id=till.key_id, now=NOON)
    with pytest.raises(TooOften):
        send_sales(till, sold(p))
    assert left(p.batch) == 24
    later = NOON + timedelta(minutes=1)
    assert till_keys.use(key_id=till.key_id, now=later).uses == 1
    assert list_keys(store_id=p.store.id)[0].used_at == later


def test_a_minute_begins_anew_and_says_how_long_that_takes() -> None:
    def at(second: float) -> datetime:
        return NOON + timedelta(seconds=second)

    assert count_use(uses=0, used_at=None, now=NOON) == 1
    assert count_use(uses=5, used_at=at(0), now=at(59)) == 6
    assert count_use(uses=MOST_A_MINUTE, used_at=at(59), now=at(60)) == 1
    with pytest.raises(TooOften) as refused:
        count_use(uses=MOST_A_MINUTE, used_at=at(1), now=at(50.5))
    assert refused.value.seconds == 10
    with pytest.raises(TooOften) as refused:
        count_use(uses=MOST_A_MINUTE, used_at=at(1), now=at(0))
    assert refused.value.seconds == 61
