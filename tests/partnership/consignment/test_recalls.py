"""A producer takes a code back from every shelf where it still stands."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.notices.models import Notice
from pol.partnership.consignment.models import Batch, DeliveryLine, ReturnLine, ReturnNote
from pol.partnership.consignment.queries.recalls import list_recallable
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.returning import NothingToRecall
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.consignment.services.returns import drop_return, pick_up
from pol.partnership.slots.rules import Bearer
from tests.factories.partnership import (
    Partnership,
    make_batch,
    make_partnership,
    make_placement,
    make_shelf,
    make_store,
)
from tests.partnership.consignment.stage import NOON, a_key, left, sell_some

WHY = "Kemasannya bocor"


@pytest.fixture
def p(session: Session) -> Partnership:
    """Give goods of one code in two stores of one retailer, and of another code in a third."""
    p = make_partnership()
    for code in (p.batch.code, "LAIN"):
        shelf = make_shelf(make_store(p.retailer))
        batch = make_batch(make_placement(p.application, shelf, agreement=p.agreement), quantity=10)
        session.execute(update(Batch).where(Batch.id == batch.id).values(code=code))
        named = update(DeliveryLine).where(DeliveryLine.id == batch.line_id)
        session.execute(named.values(batch_code=code))
    return p


def ask(p: Partnership) -> list[ReturnNote]:
    return recall(
        stall_id=p.stall.id,
        line_id=p.batch.line_id,
        why=WHY,
        key=a_key(),
        actor_id=p.owner.id,
        now=NOON,
    )


def test_every_store_with_that_code_is_asked_for_what_it_has(
    session: Session, p: Partnership
) -> None:
    sell_some(p, 4)
    rows = list_recallable(stall_id=p.stall.id)
    assert [(row.code, row.on_shelf, row.on_the_way, row.stores) for row in rows] == [
        (p.batch.code, 30, 0, 2),
        ("LAIN", 10, 0, 1),
    ]
    notes = ask(p)
    lines = session.execute(select(ReturnLine.quantity, ReturnLine.bearer).order_by("id")).all()
    assert [tuple(line) for line in lines] == [(20, Bearer.PRODUCER), (10, Bearer.PRODUCER)]
    assert {(note.reason, note.status, note.note) for note in notes} == {
        (ReturnReason.RECALL, ReturnStatus.ASKED, WHY)
    }
    told = session.scalars(
        select(Notice).where(Notice.link == f"/peritel/barang/retur/{notes[0].number}")
    ).all()
    assert [notice.user_id for notice in told] == [p.owner.id]
    assert "20 buah" in told[0].body
    assert WHY in told[0].body
    pick_up(note=notes[0], actor_id=p.owner.id, now=NOON)
    assert left(p.batch) == 0


def test_no_store_is_asked_twice(session: Session, p: Partnership) -> None:
    first, second = ask(p)
    assert [row.code for row in list_recallable(stall_id=p.stall.id)] == ["LAIN"]
    with pytest.raises(NothingToRecall):
        ask(p)
    drop_return(note=second, actor_id=p.owner.id, now=NOON)
    (again,) = ask(p)
    assert (again.store_id, again.id) == (second.store_id, again.id)
    assert again.number not in {first.number, second.number}
    assert len(session.scalars(select(ReturnNote)).all()) == 3


def test_nobody_takes_back_the_goods_of_others(session: Session, p: Partnership) -> None:
    other = make_partnership()
    with pytest.raises(NotFound):
        recall(
            stall_id=p.stall.id,
            line_id=other.batch.line_id,
            why=WHY,
            key=a_key(),
            actor_id=p.owner.id,
            now=NOON,
        )
    assert session.scalars(select(ReturnNote)).all() == []
