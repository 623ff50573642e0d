"""Goods whose permits have run out: not brought, not sold over the counter, a till's are counted.

What a call asks for decides, so that a permit which its producer strikes out counts as lapsed.
"""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.notices.models import Notice
from pol.partnership.applications.models import SheetPermit
from pol.partnership.applications.rules import SheetPermitKind
from pol.partnership.applications.services.sheets import remove_permit
from pol.partnership.consignment.models import SaleLine
from pol.partnership.consignment.queries.permits import list_lapsed
from pol.partnership.consignment.rules.delivery import ExpiryNeeded, PermitLapsed, TooLittleLife
from pol.partnership.consignment.rules.sale import NotPermitted, Recalled
from pol.partnership.consignment.services.deliveries import send_delivery
from pol.partnership.consignment.services.pos import imports
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.consignment.services.sales import SheetRefused, sell_sheet
from tests.factories.partnership import (
    Partnership,
    make_agreement,
    make_application,
    make_batch,
    make_call,
    make_partnership,
    make_placement,
    make_shelf,
)
from tests.factories.traders import make_keeper
from tests.partnership.consignment.stage import (
    NOON,
    TODAY,
    a_key,
    deliver,
    left,
    prepare,
    sell_some,
)
from tests.partnership.consignment.test_pos_imports import send

LAPSED = TODAY - timedelta(days=22)


@pytest.fixture
def p(session: Session) -> Partnership:
    return make_partnership(quantity=10)


def permit_of(p: Partnership, session: Session) -> SheetPermit:
    return session.scalars(select(SheetPermit).where(SheetPermit.sheet_id == p.sheet.id)).one()


def lapse(p: Partnership, session: Session, last_on: date = LAPSED) -> None:
    permit_of(p, session).expires_on = last_on
    session.flush()


def strike_out(p: Partnership, session: Session) -> None:
    """Let the producer press `hapus` beside the permit."""
    permit = permit_of(p, session)
    remove_permit(sheet=p.sheet, permit_id=permit.id, actor_id=p.owner.id, now=NOON)


def add_permit(p: Partnership, session: Session, kind: SheetPermitKind, until: date | None) -> None:
    session.add(
        SheetPermit(sheet_id=p.sheet.id, kind=kind, number=a_key(), expires_on=until,
                    created_at=NOON)
    )  # fmt: skip
    session.flush()


def test_a_product_whose_permit_has_lapsed_is_not_sold_over_the_counter(
    session: Session, p: Partnership
) -> None:
    lapse(p, session)
    with pytest.raises(NotPermitted) as refusal:
        sell_some(p, 2)
    said = str(refusal.value)
    assert [words for words in (p.sheet.name, "P-IRT", "Turunkan") if words not in said] == []
    with pytest.raises(SheetRefused) as sheet:
        sell_sheet(store_id=p.store.id, pieces={p.sheet.id: 2}, day=TODAY, key=a_key(),
                   actor_id=p.owner.id, now=NOON)  # fmt: skip
    assert isinstance(sheet.value.by_sheet[p.sheet.id], NotPermitted)
    assert (left(p.batch), session.scalars(select(SaleLine)).all()) == (10, [])


def test_days_on_which_it_still_held_are_written_as_they_were(
    session: Session, p: Partnership
) -> None:
    lapse(p, session)
    (line,) = sell_some(p, 2, day=LAPSED)
    assert (line.day, left(p.batch)) == (LAPSED, 8)
    with pytest.raises(NotPermitted):
        sell_some(p, 2, day=LAPSED + timedelta(days=1))


@pytest.mark.parametrize("kind", [SheetPermitKind.P_IRT, SheetPermitKind.BPOM])
def test_a_new_paper_lets_the_goods_be_sold_again(
    session: Session, p: Partnership, kind: SheetPermitKind
) -> None:
    lapse(p, session)
    add_permit(p, session, kind, None)
    assert len(sell_some(p, 2)) == 1


def test_a_permit_that_nobody_asks_for_stops_no_sale(session: Session, p: Partnership) -> None:
    add_permit(p, session, SheetPermitKind.HALAL, LAPSED)
    assert len(sell_some(p, 2)) == 1


def test_goods_need_what_their_own_agreement_asks_for(session: Session, p: Partnership) -> None:
    other = make_call(p.retailer, permits=["p_irt", "halal"])
    wish = make_application(other, p.sheet, stores=[p.store])
    place = make_placement(wish, make_shelf(p.store), agreement=make_agreement(wish, other))
    strict = make_batch(place, quantity=5, expires_on=date(2026, 5, 1))
    (line,) = sell_some(p, 1)
    assert (line.batch_id, left(strict)) == (p.batch.id, 5)
    with pytest.raises(NotPermitted, match=r"izin Halal .* tinggal 9"):
        sell_some(p, 10)


def test_a_permit_that_was_struck_out_has_lapsed(session: Session, p: Partnership) -> None:
    producer = make_keeper(p.stall)
    note = prepare(p, by=producer)
    strike_out(p, session)
    with pytest.raises(PermitLapsed, match="P-IRT"):
        send_delivery(note=note, actor_id=producer.id, now=NOON)
    with pytest.raises(PermitLapsed, match="P-IRT"):
        deliver(p)
    with pytest.raises(NotPermitted, match="P-IRT"):
        sell_some(p, 1)
    assert left(p.batch) == 10


def test_a_store_sees_what_it_may_not_sell(session: Session, p: Partnership) -> None:
    make_batch(p.placement, quantity=5)
    assert list_lapsed(store_id=p.store.id, day=TODAY) == []
    lapse(p, session, TODAY - timedelta(days=1))
    (row,) = list_lapsed(store_id=p.store.id, day=TODAY)
    assert (row.name, row.permits, row.left) == (p.sheet.name, "P-IRT", 15)
    assert list_lapsed(store_id=p.store.id, day=TODAY - timedelta(days=1)) == []


def test_a_recall_is_said_before_a_permit(session: Session, p: Partnership) -> None:
    recall(stall_id=p.stall.id, line_id=p.batch.line_id, why="Bocor", key=a_key(),
           actor_id=make_keeper(p.stall).id, now=NOON)  # fmt: skip
    lapse(p, session)
    with pytest.raises(Recalled):
        sell_some(p, 1)
    with pytest.raises(NotPermitted):
        sell_some(p, 1, day=TODAY - timedelta(days=1))


def test_a_till_file_is_taken_in_and_both_sides_hear_of_it_once(
    session: Session, p: Partnership
) -> None:
    keeper = make_keeper(p.stall)
    lapse(p, session)
    rows = f"02/03/2026;{p.sheet.number};2;;", f"08/02/2026;{p.sheet.number};1;;"
    looked = imports.look_over(send(p, *rows, start=False), now=NOON).rows
    assert [(row.message, row.lapsed) for row in looked] == [(None, "P-IRT"), (None, "")]
    taken = send(p, *rows)
    assert (taken.good_rows, left(p.batch)) == (2, 7)
    send(p, f"02/03/2026;{p.sheet.number};4;;")
    notices = session.scalars(select(Notice).where(Notice.key.startswith("permit-sold:"))).all()
    assert {(notice.user_id, notice.link) for notice in notices} == {
        (p.owner.id, f"/peritel/barang?toko={p.store.slug}"),
        (keeper.id, f"/pedagang/rak/produk/{p.sheet.number}"),
    }
    assert len(notices) == 2
    assert all("2 buah tercatat terjual di kasir" in notice.body for notice in notices)


def test_the_life_that_was_agreed_stays_when_the_sheet_loses_it(
    session: Session, p: Partnership
) -> None:
    p.sheet.shelf_life_days = None
    with pytest.raises(ExpiryNeeded):
        deliver(p, expires_on=None)
    with pytest.raises(TooLittleLife):
        deliver(p, expires_on=TODAY + timedelta(days=3))
    p.sheet.shelf_life_days = 4
    with pytest.raises(TooLittleLife):
        deliver(p, expires_on=TODAY + timedelta(days=3))


def test_a_life_that_was_written_later_counts_where_none_was_agreed(
    session: Session, p: Partnership
) -> None:
    p.application.shelf_life_days = None
    with pytest.raises(ExpiryNeeded):
        deliver(p, expires_on=None)
    p.sheet.shelf_life_days = None
    deliver(p, expires_on=None)
