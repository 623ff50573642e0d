"""Goods that their producer takes back: refused over the counter, counted when a till sold some.

A till file tells of what has been paid for, so its rows go in, and both sides hear of them.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.notices.models import Notice
from pol.partnership.consignment.models import (
    Batch,
    ReturnNote,
    SaleLine,
)
from pol.partnership.consignment.queries.recalls import list_recalls
from pol.partnership.consignment.queries.returns import get_return_of_stall
from pol.partnership.consignment.rules import ReturnReason, ReturnStatus
from pol.partnership.consignment.rules.returning import Piece, RecallStays
from pol.partnership.consignment.rules.sale import NotEnoughOnShelf, OnlyExpired, Recalled
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.recalling import call_off, recall
from pol.partnership.consignment.services.returns import ask_return, destroy, drop_return, pick_up
from pol.partnership.consignment.services.sales import SheetRefused, sell_sheet, take_back
from tests.factories.partnership import Partnership, make_batch, make_member, make_partnership
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import (
    NOON,
    TODAY,
    a_key,
    left,
    receive,
    sell_some,
    send_code,
)
from tests.partnership.consignment.test_pos_imports import send, why

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership(quantity=10)


def take(p: Partnership) -> ReturnNote:
    """Let the producer recall the partnership's batch."""
    (note,) = recall(
        stall_id=p.stall.id,
        line_id=p.batch.line_id,
        why="Kemasannya bocor",
        key=a_key(),
        actor_id=make_keeper(p.stall).id,
        now=NOON,
    )
    return note


def test_a_recalled_batch_is_not_sold_over_the_counter(session: Session, p: Partnership) -> None:
    note = take(p)
    with pytest.raises(Recalled) as refusal:
        sell_some(p, 1)
    said = str(refusal.value)
    told = (p.sheet.name, p.batch.code, "02-03-2026", "Turunkan dari rak", note.number)
    assert [words for words in told if words not in said] == []
    with pytest.raises(SheetRefused) as sheet:
        sell_sheet(
            store_id=p.store.id,
            pieces={p.sheet.id: 1},
            day=TODAY,
            key=a_key(),
            actor_id=p.owner.id,
            now=NOON,
        )
    assert isinstance(sheet.value.by_sheet[p.sheet.id], Recalled)
    assert (left(p.batch), session.scalars(select(SaleLine)).all()) == (10, [])


def test_other_codes_stay_to_be_sold_although_they_expire_later(
    session: Session, p: Partnership
) -> None:
    take(p)
    later = make_batch(p.placement, quantity=5, expires_on=None)
    (line,) = sell_some(p, 4)
    assert (line.batch_id, left(later), left(p.batch)) == (later.id, 1, 10)
    with pytest.raises(Recalled, match="di rak tinggal 1"):
        sell_some(p, 2)
    assert left(later) == 1


def test_what_is_not_there_at_all_is_said_as_before(session: Session, p: Partnership) -> None:
    with pytest.raises(NotEnoughOnShelf):
        sell_some(p, 11)
    p.batch.expires_on = YESTERDAY
    with pytest.raises(OnlyExpired):
        sell_some(p, 1)


def test_days_before_the_recall_are_written_as_they_were(session: Session, p: Partnership) -> None:
    take(p)
    (line,) = sell_some(p, 2, day=YESTERDAY)
    assert (line.batch_id, left(p.batch)) == (p.batch.id, 8)


def test_goods_that_turn_up_after_they_were_handed_over_are_not_sold(
    session: Session, p: Partnership
) -> None:
    (sold,) = sell_some(p, 3)
    pick_up(note=take(p), actor_id=p.owner.id, now=NOON)
    assert left(p.batch) == 0
    take_back(line=sold, reason="Pembeli mengembalikan", actor_id=p.owner.id, now=NOON)
    with pytest.raises(Recalled):
        sell_some(p, 1)


def test_only_the_producer_calls_a_recall_off(session: Session, p: Partnership) -> None:
    note = take(p)
    with pytest.raises(RecallStays):
        drop_return(note=note, actor_id=p.owner.id, now=NOON)
    ours = {"number": note.number, "actor_id": note.asked_by_id, "now": NOON}
    with pytest.raises(NotFound):
        call_off(stall_id=make_partnership().stall.id, **ours)  # type: ignore[arg-type]
    call_off(stall_id=p.stall.id, **ours)  # type: ignore[arg-type]
    assert note.status is ReturnStatus.DROPPED
    told = select(Notice.user_id).where(Notice.key.startswith("recall-off:"))
    assert session.scalars(told).all() == [p.owner.id]
    assert len(sell_some(p, 1)) == 1


def test_what_a_store_calls_a_recall_is_its_own_matter(session: Session, p: Partnership) -> None:
    sent = send_code(p, p.batch.code, NOON - timedelta(hours=3))
    note = ask_return(
        store_id=p.store.id,
        pieces=[Piece(p.batch.id, 3)],
        reason=ReturnReason.RECALL,
        key=a_key(),
        actor_id=p.owner.id,
        now=NOON,
    )
    with pytest.raises(Recalled):
        sell_some(p, 1)
    keeper = make_keeper(p.stall)
    receive(sent, clerk=make_member(p.retailer), accepted=12)
    with pytest.raises(NotFound):
        call_off(stall_id=p.stall.id, number=note.number, actor_id=keeper.id, now=NOON)
    drop_return(note=note, actor_id=p.owner.id, now=NOON)
    assert len(sell_some(p, 1)) == 1


def test_a_till_file_is_taken_in_and_both_sides_hear_of_it_once(
    session: Session, p: Partnership
) -> None:
    note, code = take(p), p.sheet.number
    sound = make_batch(p.placement, quantity=3, expires_on=None)
    row = f"02/03/2026;{code};2;;"
    found = send(p, row, row, f"01/03/2026;{code};1;;", start=False)
    looked = imports.look_over(found, now=NOON).rows
    assert [row.message for row in looked] == [None, None, None]
    assert [[recall.number for recall in row.recalls] for row in looked] == [[], [note.number], []]
    taken = send(p, row, row, f"01/03/2026;{code};1;;")
    assert (taken.good_rows, left(sound), left(p.batch)) == (3, 0, 8)
    send(p, f"02/03/2026;{code};4;;")
    notices = session.scalars(
        select(Notice).where(Notice.key.startswith("recall-sold:")).order_by(Notice.user_id)
    ).all()
    assert {notice.user_id for notice in notices} == {p.owner.id, note.asked_by_id}
    assert len(notices) == 2
    assert {notice.link.rpartition("/")[0] for notice in notices} == {
        "/peritel/barang/retur",
        "/pedagang/rak/retur",
    }
    assert all("1 buah tercatat terjual di kasir" in notice.body for notice in notices)


def test_a_till_cannot_sell_more_than_there_was(session: Session, p: Partnership) -> None:
    take(p)
    found = send(p, f"02/03/2026;{p.sheet.number};11;;")
    assert [row for row, words in why(found) if "tinggal 10" in words] == [2]


@pytest.mark.parametrize("leave", [pick_up, destroy])
def test_a_recall_takes_what_the_till_has_left(
    session: Session, p: Partnership, leave: Callable[..., None]
) -> None:
    note = take(p)
    send(p, f"02/03/2026;{p.sheet.number};4;;")
    leave(note=note, actor_id=p.owner.id, now=NOON)
    assert (left(p.batch), pieces_of(p, note)) == (0, 6)


def test_a_recall_of_what_was_sold_out_meanwhile_ends_with_nothing(
    session: Session, p: Partnership
) -> None:
    note = take(p)
    assert [recall.left for recall in list_recalls(store_id=p.store.id)] == [10]
    send(p, f"02/03/2026;{p.sheet.number};10;;")
    assert pieces_of(p, note) == 10
    assert list_recalls(store_id=p.store.id) == []
    pick_up(note=note, actor_id=p.owner.id, now=NOON)
    assert (note.status, pieces_of(p, note)) == (ReturnStatus.PICKED_UP, 0)
    batch = session.get_one(Batch, p.batch.id, populate_existing=True)
    assert (batch.sold, batch.returned, batch.on_shelf) == (10, 0, 0)


def pieces_of(p: Partnership, note: ReturnNote) -> int:
    """Return how many pieces the paper names."""
    view = get_return_of_stall(number=note.number, stall_id=p.stall.id)
    return sum(line.quantity for line in view.lines)
