"""Counting a store: opened, counted without seeing the records, agreed or disputed by producers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.kernel.text import paper_number
from pol.notices import services as notices
from pol.partnership.agreements.models import Agreement
from pol.partnership.applications.models import ProductSheet
from pol.partnership.consignment.models import Batch, CountLine, StockCount
from pol.partnership.consignment.queries.final import list_emptied, list_opened
from pol.partnership.consignment.queries.people import list_producers
from pol.partnership.consignment.rules import CountStatus, StockEventKind
from pol.partnership.consignment.rules.counting import (
    ANSWER_WITHIN,
    CountOpen,
    DisputeReasonNeeded,
    NotCounted,
    NothingToCount,
    StockHasMoved,
    check_open,
    difference,
    status_of,
)
from pol.partnership.consignment.services.stock import Held, Move, hold_store, move
from pol.partnership.slots.queries.placements import list_chain
from pol.partnership.slots.rules import CoopForm


def open_count(*, store_id: int, actor_id: int, now: datetime,
               placement_id: int | None = None) -> StockCount:  # fmt: skip
    """Begin to count what the records say is there, all of it or one placement's goods.

    Places that the records say are empty are counted, too: their final count is zero.

    :raises CountOpen: another count of the store is not finished
    :raises NothingToCount: the records say that nothing is there, and no place is open
    """
    hold_store(store_id)
    waiting = db.session.scalar(
        select(StockCount.number).where(
            StockCount.store_id == store_id,
            StockCount.status.in_((CountStatus.OPEN, CountStatus.COUNTED)),
        )
    )
    if waiting:
        raise CountOpen(number=waiting)
    opened = list_opened(store_id=store_id, placement_id=placement_id)
    there = Batch.on_shelf > 0
    if placement_id is not None:
        there &= Batch.placement_id.in_(list_chain(placement_id))
    asked = (
        select(Batch.id, Batch.stall_id, Batch.on_shelf, Agreement.loss_bearer)
        .join(Agreement, Agreement.id == Batch.agreement_id)
        .where(Batch.store_id == store_id, there | Batch.id.in_(list_emptied(opened)))
        .order_by(Batch.id)
    )
    rows = db.session.execute(asked).all()
    if not rows and not opened:
        raise NothingToCount
    made = StockCount(
        number=paper_number("SO", business_day(now)),
        store_id=store_id,
        placement_id=placement_id,
        status=CountStatus.OPEN,
        day=business_day(now),
        opened_at=now,
        opened_by_id=actor_id,
    )
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        CountLine(
            count_id=made.id, batch_id=row.id, stall_id=row.stall_id, expected=row.on_shelf,
            bearer=row.loss_bearer,
        )
        for row in rows
    )  # fmt: skip
    db.session.flush()
    return made


def enter_count(*, count: StockCount, counted: Mapping[int, int], reason: str = "",
                actor_id: int, now: datetime) -> None:  # fmt: skip
    """Write what was counted, by batch; the records of this moment are what it is held against.

    Lines without a difference are agreed at once, and so are those of goods that the store has
    bought: they are its own. Producers of the others are asked.

    :raises NotCounted: a batch was left out
    :raises CountEnded: the count has been written already
    """
    check_open(count.status, CountStatus.OPEN)
    held, lines = hold_store(count.store_id), _lines(count)
    for line in lines:
        batch = db.session.get_one(Batch, line.batch_id, populate_existing=True)
        if line.batch_id not in counted:
            name = db.session.get_one(ProductSheet, batch.sheet_id).name
            raise NotCounted(name=name, code=batch.code)
        line.expected, line.counted = batch.on_shelf, counted[line.batch_id]
        line.reason = reason.strip() or None
        form = db.session.get_one(Agreement, batch.agreement_id).form
        if line.counted == line.expected or form is CoopForm.OUTRIGHT:
            _apply(count, line, held, actor_id=actor_id, now=now)
            line.agreed_at = now
    count.counted_at, count.counted_by_id = now, actor_id
    _settle(count, lines, now=now)
    audit.record(action="count.counted", subject=f"count:{count.number}", actor_id=actor_id,
                 now=now)  # fmt: skip
    for stall_id in sorted({line.stall_id for line in lines if not line.agreed_at}):
        _ask(count, stall_id, now=now)


def agree(*, count: StockCount, stall_id: int, actor_id: int | None, now: datetime) -> None:
    """A producer agrees to the differences of the own goods; they become lost or found.

    :raises CountEnded: nobody is asked
    :raises StockHasMoved: fewer are left than were missed
    """
    check_open(count.status, CountStatus.COUNTED)
    held = hold_store(count.store_id)
    lines = _lines(count)
    for line in lines:
        if line.stall_id == stall_id and not line.agreed_at and not line.disputed_reason:
            _apply(count, line, held, actor_id=actor_id, now=now)
            line.agreed_at, line.agreed_by_id = now, actor_id
    _settle(count, lines, now=now)
    audit.record(action="count.agreed", subject=f"count:{count.number}", actor_id=actor_id,
                 now=now, stall=stall_id)  # fmt: skip


def dispute(*, count: StockCount, stall_id: int, reason: str, actor_id: int,
            now: datetime) -> None:  # fmt: skip
    """A producer does not agree: the own differences change nothing, and the store counts again.

    :raises DisputeReasonNeeded: no word says why
    :raises CountEnded: nobody is asked
    """
    check_open(count.status, CountStatus.COUNTED)
    if not reason.strip():
        raise DisputeReasonNeeded
    lines = _lines(count)
    for line in lines:
        if line.stall_id == stall_id and not line.agreed_at:
            line.disputed_reason = reason.strip()
    _settle(count, lines, now=now)
    audit.record(action="count.disputed", subject=f"count:{count.number}", actor_id=actor_id,
                 now=now, stall=stall_id)  # fmt: skip


def agree_for_silent(*, now: datetime) -> int:
    """Agree for producers who let the days pass; one whose stock has moved stays open."""
    waiting = db.session.scalars(
        select(StockCount)
        .where(
            StockCount.status == CountStatus.COUNTED, StockCount.counted_at <= now - ANSWER_WITHIN
        )
        .order_by(StockCount.id)
        .with_for_update()  # whoever answers just now was faster
        .execution_options(populate_existing=True)
    ).all()
    done = 0
    for count in waiting:
        stalls = {line.stall_id for line in _lines(count) if _is_open(line)}
        for stall_id in sorted(stalls):
            try:
                with db.session.begin_nested():
                    agree(count=count, stall_id=stall_id, actor_id=None, now=now)
            except StockHasMoved:
                dispute_moved(count=count, stall_id=stall_id, now=now)
            done += 1
    return done


def dispute_moved(*, count: StockCount, stall_id: int, now: datetime) -> None:
    """Let a difference that no longer fits the shelf be counted again."""
    lines = _lines(count)
    for line in lines:
        if line.stall_id == stall_id and _is_open(line):
            line.disputed_reason = "Stok sudah berubah sejak dihitung."
    _settle(count, lines, now=now)


def _is_open(line: CountLine) -> bool:
    return not line.agreed_at and not line.disputed_reason


def _lines(count: StockCount) -> Sequence[CountLine]:
    asked = select(CountLine).where(CountLine.count_id == count.id).order_by(CountLine.batch_id)
    return db.session.scalars(asked.execution_options(populate_existing=True)).all()


def _apply(count: StockCount, line: CountLine, held: Held, *, actor_id: int | None,
           now: datetime) -> None:  # fmt: skip
    found = difference(line.expected, line.counted or 0)
    if found is None:
        return
    kind, quantity = found
    batch = db.session.get_one(Batch, line.batch_id, populate_existing=True)
    if kind is StockEventKind.LOST and batch.on_shelf < quantity:
        raise StockHasMoved(code=batch.code, there=batch.on_shelf)
    by = Move(kind, quantity, f"count:{count.id}:{line.batch_id}", f"Stok opname {count.number}")
    line.event_id = move(batch, by, held=held, actor_id=actor_id, now=now).id


def _settle(count: StockCount, lines: Sequence[CountLine], *, now: datetime) -> None:
    became = status_of((bool(line.agreed_at), bool(line.disputed_reason)) for line in lines)
    count.status = became
    if became is not CountStatus.COUNTED:
        count.ended_at = now
    db.session.flush()


def _ask(count: StockCount, stall_id: int, *, now: datetime) -> None:
    for person in list_producers(stall_id=stall_id):
        notices.send(
            key=f"count:{count.id}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Stok opname {count.number}: ada selisih",
            body=f"Lihat hitungan toko dan jawab dalam {ANSWER_WITHIN.days} hari; tanpa jawaban "
            "dianggap setuju.",
            link=f"/pedagang/rak/opname/{count.number}",
            now=now,
        )
