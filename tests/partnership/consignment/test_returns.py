"""Goods that go back or are destroyed, and who bears them."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.partnership.consignment.models import ReturnLine, ReturnNote
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.returning import (
    NothingToReturn,
    Piece,
    ReturnEnded,
    TwoProducers,
    bearer_of,
)
from pol.partnership.consignment.rules.stock import NotThatMany
from pol.partnership.consignment.services.returns import (
    ask_return,
    destroy,
    drop_return,
    pick_up,
    receive_return,
)
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_partnership,
    make_placement,
    make_sheet,
)
from tests.partnership.consignment.stage import NOON, a_key, left, sell_some


def ask(p: Partnership, quantity: int = 5, *, reason: ReturnReason = ReturnReason.UNSOLD,
        key: str = "") -> ReturnNote:  # fmt: skip
    return ask_return(
        store_id=p.store.id,
        pieces=[Piece(p.batch.id, quantity)],
        reason=reason,
        key=key or a_key(),
        actor_id=p.owner.id,
        now=NOON,
    )


@pytest.mark.parametrize(
    ("reason", "bearer"),
    [
        (ReturnReason.UNSOLD, Bearer.PRODUCER),
        (ReturnReason.EXPIRED, Bearer.PRODUCER),
        (ReturnReason.DAMAGED, Bearer.RETAILER),
        (ReturnReason.RECALL, Bearer.PRODUCER),
    ],
)
def test_the_agreement_says_who_bears_it(
    session: Session, reason: ReturnReason, bearer: Bearer
) -> None:
    p = make_partnership()
    note = ask(p, reason=reason)
    line = session.scalars(select(ReturnLine).where(ReturnLine.note_id == note.id)).one()
    assert (line.bearer, bearer_of(reason, p.agreement)) == (bearer, bearer)


def test_goods_leave_the_shelf_when_they_are_picked_up(session: Session) -> None:
    p = make_partnership()
    note = ask(p)
    assert left(p.batch) == 24
    pick_up(note=note, actor_id=p.owner.id, now=NOON)
    assert (left(p.batch), p.batch.returned) == (19, 5)
    receive_return(note=note, actor_id=p.owner.id, now=NOON)
    assert note.status is ReturnStatus.RECEIVED
    with pytest.raises(ReturnEnded, match="diterima produsen"):
        pick_up(note=note, actor_id=p.owner.id, now=NOON)


def test_destroyed_goods_are_gone_once(session: Session) -> None:
    p = make_partnership()
    note = ask(p, reason=ReturnReason.EXPIRED)
    destroy(note=note, actor_id=p.owner.id, now=NOON)
    assert (left(p.batch), p.batch.destroyed, note.status) == (19, 5, ReturnStatus.DESTROYED)
    with pytest.raises(ReturnEnded):
        destroy(note=note, actor_id=p.owner.id, now=NOON)


def test_a_dropped_return_leaves_the_goods_where_they_are(session: Session) -> None:
    p = make_partnership()
    note = ask(p)
    drop_return(note=note, actor_id=p.owner.id, now=NOON)
    assert (left(p.batch), note.status) == (24, ReturnStatus.DROPPED)


def test_a_second_press_asks_once(session: Session) -> None:
    p = make_partnership()
    assert ask(p, key="sama") is ask(p, key="sama")


def test_goods_that_were_sold_meanwhile_cannot_be_picked_up(session: Session) -> None:
    p = make_partnership(quantity=6)
    note = ask(p)
    sell_some(p, 2)
    with pytest.raises(NotThatMany):
        pick_up(note=note, actor_id=p.owner.id, now=NOON)


def test_a_return_is_for_goods_that_are_there_and_of_one_producer(session: Session) -> None:
    p, q = make_partnership(), make_partnership()
    for quantity in (0, 25):
        with pytest.raises(NotThatMany):
            ask(p, quantity)
    other = make_application(p.call, make_sheet(), stores=[p.store])
    place = make_placement(other, p.shelf, agreement=make_agreement(other, p.call), x_mm=300)
    beside = make_batch(place, expires_on=date(2026, 5, 1))
    values = {"store_id": p.store.id, "reason": ReturnReason.UNSOLD, "actor_id": p.owner.id}
    with pytest.raises(TwoProducers):
        ask_return(pieces=[Piece(p.batch.id, 1), Piece(beside.id, 1)], key=a_key(), now=NOON,
                   **values)  # type: ignore[arg-type]  # fmt: skip
    with pytest.raises(NothingToReturn):
        ask_return(pieces=[], key=a_key(), now=NOON, **values)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        ask_return(pieces=[Piece(q.batch.id, 1)], key=a_key(), now=NOON, **values)  # type: ignore[arg-type]
