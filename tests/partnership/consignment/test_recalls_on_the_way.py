"""A code that its producer takes back while it is on its way: no shelf ever sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.notices.models import Notice
from pol.partnership.consignment.models import DeliveryNote, ReturnNote
from pol.partnership.consignment.queries.deliveries import LineRow, get_note_of_stall
from pol.partnership.consignment.queries.recalls import list_recallable, list_recalls
from pol.partnership.consignment.rules import DeliveryStatus, ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.delivery import NotOnTheWay, ReasonNeeded, RecalledOnTheWay
from pol.partnership.consignment.rules.returning import (
    NothingToCallOff,
    NothingToRecall,
    RecallStays,
)
from pol.partnership.consignment.rules.sale import Recalled
from pol.partnership.consignment.services.recalling import call_off, call_off_on_the_way, recall
from pol.partnership.consignment.services.returns import drop_return, pick_up
from tests.factories.partnership import Partnership, make_member, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import NOON, a_key, left, receive, sell_some, send_code

BEFORE, AFTER = NOON - timedelta(hours=3), NOON + timedelta(hours=1)
NEW = "260302-BARU"
WHY = "Ditarik produsen 02-03-2026: Segelnya bocor"


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership(quantity=10)


@pytest.fixture
def producer(p: Partnership) -> User:
    return make_keeper(p.stall)


@pytest.fixture
def clerk(p: Partnership, producer: User) -> User:
    return make_member(p.retailer)


def line_of(note: DeliveryNote) -> LineRow:
    (line,) = get_note_of_stall(number=note.number, stall_id=note.stall_id).lines
    return line


def take_back(p: Partnership, line_id: int, producer: User) -> list[ReturnNote]:
    return recall(
        stall_id=p.stall.id,
        line_id=line_id,
        why="Segelnya bocor",
        key=a_key(),
        actor_id=producer.id,
        now=NOON,
    )


def test_a_code_that_no_shelf_has_yet_is_recalled_and_both_sides_hear_of_it(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    sent = send_code(p, NEW, BEFORE, by=producer)
    (_, row) = list_recallable(stall_id=p.stall.id)
    assert (row.code, row.on_shelf, row.on_the_way, row.stores) == (NEW, 0, 12, 1)
    assert take_back(p, row.line_id, producer) == []
    line = line_of(sent)
    assert (line.recalled, line.reject_reason) == (
        True,
        WHY,
    )
    told = session.scalars(select(Notice).where(Notice.title.startswith("Jangan dipajang"))).all()
    assert {notice.user_id for notice in told} == {p.owner.id, clerk.id, producer.id}
    assert {notice.link for notice in told} == {
        f"/peritel/barang/terima/{sent.number}",
        f"/pedagang/rak/kirim/{sent.number}",
    }
    assert all("12 buah" in notice.body and "bocor" in notice.body for notice in told)
    audited = select(AuditEntry.actor_id).where(AuditEntry.action == "delivery.recalled")
    assert session.scalars(audited).all() == [producer.id]
    with pytest.raises(NothingToRecall):
        take_back(p, row.line_id, producer)


def test_recalled_goods_are_refused_with_their_producers_reason(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    sent = send_code(p, NEW, BEFORE, by=producer)
    take_back(p, line_of(sent).id, producer)
    with pytest.raises(RecalledOnTheWay, match=f"kode {NEW} ditarik produsennya di jalan"):
        receive(sent, clerk=clerk, accepted=12, now=AFTER)
    receive(sent, clerk=clerk, accepted=0, reason=" ", now=AFTER)
    line = line_of(sent)
    assert (sent.status, line.accepted, line.rejected) == (DeliveryStatus.REFUSED, 0, 12)
    assert (line.recalled, line.reject_reason) == (
        False,
        WHY,
    )
    assert session.scalars(select(ReturnNote)).all() == []


def test_what_is_taken_in_all_the_same_only_goes_back(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    sent = send_code(p, NEW, BEFORE, by=producer)
    take_back(p, line_of(sent).id, producer)
    receive(sent, clerk=clerk, accepted=7, reason="", to_return=True, now=AFTER)
    back = session.scalars(select(ReturnNote)).one()
    assert (back.reason, back.status) == (ReturnReason.RECALL, ReturnStatus.ASKED)
    assert "Segelnya bocor" in back.note
    (waiting,) = list_recalls(store_id=p.store.id)
    assert (waiting.code, waiting.left, waiting.number) == (NEW, 7, back.number)
    sell_some(p, 10)
    with pytest.raises(Recalled):
        sell_some(p, 1)
    with pytest.raises(RecallStays):
        drop_return(note=back, actor_id=clerk.id, now=AFTER)
    pick_up(note=back, actor_id=clerk.id, now=AFTER)
    assert list_recalls(store_id=p.store.id) == []


def test_what_has_arrived_was_not_recalled_on_its_way(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    """A reason beside goods that were taken in is about those that were not."""
    sent = send_code(p, NEW, BEFORE, by=producer)
    receive(sent, clerk=clerk, accepted=7, now=AFTER)
    with pytest.raises(NotOnTheWay):
        receive(sent, clerk=make_member(p.retailer), accepted=7, now=AFTER)
    with pytest.raises(NothingToCallOff):
        call_off_on_the_way(note=sent, actor_id=producer.id, now=AFTER)
    (note,) = take_back(p, line_of(sent).id, producer)
    assert note.reason is ReturnReason.RECALL
    assert line_of(sent).reject_reason == "Kemasan penyok"


def test_one_press_reaches_the_shelf_and_the_road(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    code = p.batch.code
    sent, other = send_code(p, code, BEFORE, by=producer), send_code(p, "LAIN", BEFORE, by=producer)
    (note,) = take_back(p, p.batch.line_id, producer)
    again = send_code(p, code, AFTER, by=producer)
    assert [line_of(each).recalled for each in (sent, other, again)] == [True, False, False]
    for sound in (other, again):
        receive(sound, clerk=clerk, accepted=12, now=AFTER)
        assert sound.status is DeliveryStatus.RECEIVED
    call_off(stall_id=p.stall.id, number=note.number, actor_id=producer.id, now=AFTER)
    receive(sent, clerk=clerk, accepted=12, now=AFTER)
    assert (sent.status, line_of(sent).reject_reason) == (DeliveryStatus.RECEIVED, "Kemasan penyok")


def test_a_mistake_is_called_off_before_the_goods_arrive(
    session: Session, p: Partnership, producer: User, clerk: User
) -> None:
    sent = send_code(p, NEW, BEFORE, by=producer)
    take_back(p, line_of(sent).id, producer)
    call_off_on_the_way(note=sent, actor_id=producer.id, now=AFTER)
    with pytest.raises(ReasonNeeded):
        receive(sent, clerk=clerk, accepted=0, reason=" ", now=AFTER)
    receive(sent, clerk=clerk, accepted=12, to_return=True, now=AFTER)
    assert session.scalars(select(ReturnNote)).all() == []
    with pytest.raises(NothingToCallOff):
        call_off_on_the_way(note=sent, actor_id=producer.id, now=AFTER)
    off = session.scalars(select(Notice.user_id).where(Notice.title.startswith("Penarikan kode")))
    assert set(off) == {p.owner.id, clerk.id, producer.id}


def test_what_has_not_left_is_nobodys_to_recall(
    session: Session, p: Partnership, producer: User
) -> None:
    sent = send_code(p, NEW, BEFORE, by=producer)
    sent.status = DeliveryStatus.PREPARED
    session.flush()
    assert [row.code for row in list_recallable(stall_id=p.stall.id)] == [p.batch.code]
    with pytest.raises(NothingToRecall):
        take_back(p, line_of(sent).id, producer)
    assert left(p.batch) == 10
