"""Stock counts: blind, agreed by whoever it touches, and by the clock for who says nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.errors import NotFound
from pol.partnership.consignment.models import CountLine, StockCount
from pol.partnership.consignment.queries.counts import count_waiting_for_stall, get_count_of_stall
from pol.partnership.consignment.rules import CountStatus
from pol.partnership.consignment.rules.counting import (
    ANSWER_WITHIN,
    CountEnded,
    CountOpen,
    DisputeReasonNeeded,
    NotCounted,
    NothingToCount,
    StockHasMoved,
    status_of,
)
from pol.partnership.consignment.services.counts import (
    agree,
    agree_for_silent,
    dispute,
    enter_count,
    open_count,
)
from tests.factories.partnership import Partnership, make_partnership, make_store
from tests.partnership.consignment.stage import NOON, left, sell_some


def opened(p: Partnership) -> StockCount:
    return open_count(store_id=p.store.id, actor_id=p.owner.id, now=NOON)


def counted(p: Partnership, there: int) -> StockCount:
    count = opened(p)
    enter_count(count=count, counted={p.batch.id: there}, actor_id=p.owner.id, now=NOON)
    return count


def test_a_count_that_fits_is_agreed_at_once(session: Session) -> None:
    p = make_partnership()
    count = counted(p, 24)
    assert (count.status, left(p.batch), count.ended_at) == (CountStatus.AGREED, 24, NOON)


@pytest.mark.parametrize(("there", "lost"), [(20, 4), (27, -3)])
def test_an_agreed_difference_becomes_lost_or_found(
    session: Session, there: int, lost: int
) -> None:
    p = make_partnership()
    count = counted(p, there)
    assert (count.status, left(p.batch)) == (CountStatus.COUNTED, 24)
    assert count_waiting_for_stall(stall_id=p.stall.id) == 1
    agree(count=count, stall_id=p.stall.id, actor_id=p.owner.id, now=NOON)
    assert (count.status, left(p.batch), p.batch.lost) == (CountStatus.AGREED, there, lost)
    with pytest.raises(CountEnded):
        agree(count=count, stall_id=p.stall.id, actor_id=p.owner.id, now=NOON)


def test_the_records_count_as_they_are_when_the_count_is_written(session: Session) -> None:
    p = make_partnership()
    count = opened(p)
    sell_some(p, 4)
    enter_count(count=count, counted={p.batch.id: 20}, actor_id=p.owner.id, now=NOON)
    assert count.status is CountStatus.AGREED


def test_a_disputed_difference_changes_nothing_and_is_counted_again(session: Session) -> None:
    p = make_partnership()
    count = counted(p, 20)
    with pytest.raises(DisputeReasonNeeded):
        dispute(count=count, stall_id=p.stall.id, reason=" ", actor_id=p.owner.id, now=NOON)
    dispute(count=count, stall_id=p.stall.id, reason="Di gudang", actor_id=p.owner.id, now=NOON)
    assert (count.status, left(p.batch)) == (CountStatus.DISPUTED, 24)
    assert counted(p, 24).status is CountStatus.AGREED


def test_only_one_count_is_open_and_it_names_every_batch(session: Session) -> None:
    p = make_partnership()
    count = opened(p)
    with pytest.raises(CountOpen, match=count.number):
        opened(p)
    with pytest.raises(NotCounted, match="Keripik Tempe Contoh"):
        enter_count(count=count, counted={}, actor_id=p.owner.id, now=NOON)
    with pytest.raises(NothingToCount):
        open_count(store_id=make_store().id, actor_id=p.owner.id, now=NOON)


def test_a_producer_who_says_nothing_agrees_after_three_days(session: Session) -> None:
    p = make_partnership()
    count = counted(p, 20)
    late = NOON + ANSWER_WITHIN
    assert agree_for_silent(now=late - timedelta(seconds=1)) == 0
    assert agree_for_silent(now=late) == 1
    line = session.scalars(select(CountLine).where(CountLine.count_id == count.id)).one()
    assert (count.status, left(p.batch), line.agreed_by_id) == (CountStatus.AGREED, 20, None)


def test_a_difference_that_no_longer_fits_is_counted_again(session: Session) -> None:
    p = make_partnership()
    count = counted(p, 4)
    sell_some(p, 10)
    with pytest.raises(StockHasMoved):
        agree(count=count, stall_id=p.stall.id, actor_id=p.owner.id, now=NOON)
    agree_for_silent(now=NOON + ANSWER_WITHIN)
    assert (count.status, left(p.batch)) == (CountStatus.DISPUTED, 14)


def test_a_producer_sees_a_count_only_when_it_is_written(session: Session) -> None:
    p, q = make_partnership(), make_partnership()
    count = opened(p)
    with pytest.raises(NotFound):
        get_count_of_stall(number=count.number, stall_id=p.stall.id)
    enter_count(count=count, counted={p.batch.id: 23}, actor_id=p.owner.id, now=NOON)
    view = get_count_of_stall(number=count.number, stall_id=p.stall.id)
    assert [line.difference for line in view.differing] == [-1]
    with pytest.raises(NotFound):
        get_count_of_stall(number=count.number, stall_id=q.stall.id)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([(True, False)], CountStatus.AGREED),
        ([(True, False), (False, False)], CountStatus.COUNTED),
        ([(True, False), (False, True)], CountStatus.DISPUTED),
        ([], CountStatus.AGREED),
    ],
)
def test_a_count_is_what_its_lines_are(lines: list[tuple[bool, bool]], status: CountStatus) -> None:
    assert status_of(lines) is status
