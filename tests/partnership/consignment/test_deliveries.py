"""Goods on their way from a producer to a shelf."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.errors import NotFound, Refused
from pol.notices.models import Notice
from pol.partnership.agreements.rules import AgreementStatus
from pol.partnership.applications.models import SheetPermit
from pol.partnership.consignment.models import Batch, DeliveryLine
from pol.partnership.consignment.queries.deliveries import (
    count_on_the_way,
    get_note_of_stall,
    get_note_of_store,
    list_batch_codes,
    list_notes_of_store,
)
from pol.partnership.consignment.queries.stores import Reach
from pol.partnership.consignment.rules import DeliveryStatus
from pol.partnership.consignment.rules.delivery import (
    AlreadyExpired,
    NoPlaceHere,
    NothingToDeliver,
    NotOnTheWay,
    PartsDoNotFit,
    PermitLapsed,
    SenderReceives,
    TooLittleLife,
)
from pol.partnership.consignment.services.deliveries import (
    drop_delivery,
    prepare_delivery,
    send_delivery,
)
from pol.partnership.slots.rules import PlacementStatus
from tests.factories.partnership import make_member, make_partnership, make_store
from tests.factories.traders import keep, make_keeper
from tests.partnership.consignment.stage import NOON, TODAY, deliver, prepare, receive


def _batches(placement_id: int) -> list[Batch]:
    asked = select(Batch).where(Batch.placement_id == placement_id).order_by(Batch.id)
    return list(db.session.scalars(asked))


def test_goods_travel_from_the_kitchen_to_the_shelf(session: Session) -> None:
    p = make_partnership()
    p.placement.status = PlacementStatus.RESERVED
    note = deliver(p, quantity=12)
    view = get_note_of_stall(number=note.number, stall_id=p.stall.id)
    assert (view.status, view.pieces) == (DeliveryStatus.RECEIVED, 12)
    batch = _batches(p.placement.id)[-1]
    assert (batch.delivered, batch.on_shelf, batch.received_on) == (12, 12, TODAY)
    db.session.refresh(p.placement)
    assert (p.placement.status, p.placement.live_at) == (PlacementStatus.LIVE, NOON)
    assert batch.agreement_id == p.agreement.id


def test_both_sides_hear_of_it(session: Session) -> None:
    p = make_partnership()
    note = deliver(p)
    links = set(session.scalars(select(Notice.link)))
    assert links == {f"/peritel/barang/terima/{note.number}", f"/pedagang/rak/kirim/{note.number}"}


def test_what_is_rejected_stays_off_the_shelf_with_its_reason(session: Session) -> None:
    p = make_partnership()
    note = deliver(p, quantity=12, accepted=7)
    line = session.scalars(select(DeliveryLine).where(DeliveryLine.note_id == note.id)).one()
    assert (line.accepted, line.rejected, line.reject_reason) == (7, 5, "Kemasan penyok")
    assert (note.status, _batches(p.placement.id)[-1].on_shelf) == (DeliveryStatus.IN_PART, 7)


def test_a_refused_delivery_makes_no_batch(session: Session) -> None:
    p = make_partnership()
    note = deliver(p, accepted=0)
    assert (note.status, len(_batches(p.placement.id))) == (DeliveryStatus.REFUSED, 1)


def test_a_second_press_prepares_sends_and_receives_once(session: Session) -> None:
    p = make_partnership()
    producer, clerk = make_keeper(p.stall), make_member(p.retailer)
    first = prepare(p, by=producer, key="kunci-yang-sama-0001")
    assert prepare(p, by=producer, key="kunci-yang-sama-0001") is first
    for _ in range(2):
        send_delivery(note=first, actor_id=producer.id, now=NOON)
    for _ in range(2):
        receive(first, clerk=clerk, accepted=12)
    assert [batch.delivered for batch in _batches(p.placement.id)] == [24, 12]


def test_whoever_sends_does_not_receive(session: Session) -> None:
    p = make_partnership()
    producer, both = make_keeper(p.stall), make_member(p.retailer)
    note = prepare(p, by=both)
    send_delivery(note=note, actor_id=producer.id, now=NOON)
    with pytest.raises(SenderReceives):
        receive(note, clerk=both, accepted=12)
    helper = make_member(p.retailer)
    keep(p.stall, helper)
    with pytest.raises(SenderReceives):
        receive(note, clerk=helper, accepted=12)


@pytest.mark.parametrize(
    ("expires_on", "refusal"),
    [(date(2026, 2, 1), AlreadyExpired), (TODAY + timedelta(days=10), TooLittleLife)],
)
def test_old_goods_are_not_even_sent(
    session: Session, expires_on: date, refusal: type[Refused]
) -> None:
    p = make_partnership()
    with pytest.raises(refusal):
        prepare(p, by=make_keeper(p.stall), expires_on=expires_on)


def test_goods_that_grew_old_on_the_way_are_only_rejected(session: Session) -> None:
    p = make_partnership()
    producer, clerk = make_keeper(p.stall), make_member(p.retailer)
    note = prepare(p, by=producer, expires_on=TODAY + timedelta(days=60))
    send_delivery(note=note, actor_id=producer.id, now=NOON)
    late = NOON + timedelta(days=1)
    with pytest.raises(TooLittleLife):
        receive(note, clerk=clerk, accepted=12, now=late)
    receive(note, clerk=clerk, accepted=0, now=late)
    assert note.status is DeliveryStatus.REFUSED


def test_a_permit_that_lapses_on_the_way_stops_the_goods_at_the_door(session: Session) -> None:
    p = make_partnership()
    producer, clerk = make_keeper(p.stall), make_member(p.retailer)
    note = prepare(p, by=producer)
    send_delivery(note=note, actor_id=producer.id, now=NOON)
    permit = session.scalars(select(SheetPermit).where(SheetPermit.sheet_id == p.sheet.id)).one()
    permit.expires_on = TODAY - timedelta(days=1)
    session.flush()
    with pytest.raises(PermitLapsed):
        receive(note, clerk=clerk, accepted=12)
    with pytest.raises(PermitLapsed):
        prepare(p, by=producer)


def test_only_an_agreement_in_force_gives_a_place(session: Session) -> None:
    p = make_partnership()
    p.agreement.status = AgreementStatus.TERMINATED
    with pytest.raises(NoPlaceHere):
        prepare(p, by=make_keeper(p.stall))


def test_a_note_has_lines_and_each_has_pieces(session: Session) -> None:
    p = make_partnership()
    producer = make_keeper(p.stall)
    with pytest.raises(PartsDoNotFit):
        prepare(p, by=producer, quantity=0)
    with pytest.raises(NothingToDeliver):
        prepare_delivery(stall_id=p.stall.id, store_slug=p.store.slug, loads=[], key="k" * 16,
                         actor_id=producer.id, now=NOON)  # fmt: skip


def test_a_note_that_has_left_cannot_be_dropped(session: Session) -> None:
    p = make_partnership()
    producer = make_keeper(p.stall)
    kept, dropped = prepare(p, by=producer), prepare(p, by=producer)
    drop_delivery(note=dropped, actor_id=producer.id, now=NOON)
    send_delivery(note=kept, actor_id=producer.id, now=NOON)
    with pytest.raises(NotOnTheWay):
        drop_delivery(note=kept, actor_id=producer.id, now=NOON)
    assert dropped.status is DeliveryStatus.DROPPED


def test_a_store_sees_only_what_has_left_for_it(session: Session) -> None:
    p = make_partnership()
    producer, other = make_keeper(p.stall), make_store(p.retailer, name="Toko Lain")
    note = prepare(p, by=producer)
    reach = Reach(p.retailer.id)
    with pytest.raises(NotFound):
        get_note_of_store(number=note.number, reach=reach)
    send_delivery(note=note, actor_id=producer.id, now=NOON)
    assert get_note_of_store(number=note.number, reach=reach).store_name == p.store.name
    with pytest.raises(NotFound):
        get_note_of_store(number=note.number, reach=Reach(p.retailer.id, other.id))
    listed = list_notes_of_store(store_id=p.store.id, statuses=[DeliveryStatus.SENT]).rows
    assert [row.number for row in listed] == [note.number]
    assert count_on_the_way(store_ids=[p.store.id, other.id]) == {p.store.id: 1}
    assert list_batch_codes(stall_id=p.stall.id, day=TODAY) == ["260302"]
