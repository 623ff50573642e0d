"""A producer takes a code back: one return note per store, and a word on what is on its way.

Goods on the way are of no store yet, so no return note can hold them: their line of the delivery
note says that they were recalled, and whoever receives them must refuse them or take them in to
be returned or destroyed.
"""

from collections.abc import Sequence
from datetime import datetime

from pol.kernel import audit
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.notices import services as notices
from pol.partnership.consignment.models import Batch, DeliveryLine, DeliveryNote, ReturnNote
from pol.partnership.consignment.queries import recalls
from pol.partnership.consignment.queries.people import list_store_people
from pol.partnership.consignment.queries.recalls import Code
from pol.partnership.consignment.queries.returns import lock_recall_of_stall
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.delivery import recalled_on_the_way
from pol.partnership.consignment.rules.returning import (
    NothingToCallOff,
    NothingToRecall,
    Piece,
    Recalling,
)
from pol.partnership.consignment.services.returns import ask_return, drop_return
from pol.partnership.consignment.services.stock import hold_store
from pol.partnership.consignment.services.telling import (
    tell_called_off_on_the_way,
    tell_recalled_on_the_way,
)

LINK = "/peritel/barang/retur"


def recall(*, stall_id: int, line_id: int, why: str, key: str, actor_id: int,
           now: datetime) -> list[ReturnNote]:  # fmt: skip
    """Ask every store to take a code off its shelf, and stop what is on its way to one.

    `line_id` is of any delivery that brought the code. What a store was asked for already is not
    asked for twice, whatever the key.

    :raises NotFound: the stall has no such goods
    :raises NothingToRecall: none of it is on a shelf or on the way, or all was asked for already
    """
    code = recalls.get_code_of_stall(line_id=line_id, stall_id=stall_id)
    stores = recalls.list_stores_with(code)
    if not stores:
        raise NothingToRecall
    by, notes = Recalling(why.strip(), key, actor_id), []
    for store_id in stores:
        hold_store(store_id)
        _stop_on_the_way(code, store_id=store_id, by=by, now=now)
        if left := recalls.list_left_of(code, store_id=store_id):
            notes.append(_ask(left, store_id=store_id, by=by, now=now))
    return notes


def _ask(left: Sequence[Batch], *, store_id: int, by: Recalling, now: datetime) -> ReturnNote:
    note = ask_return(
        store_id=store_id,
        pieces=[Piece(row.id, row.on_shelf) for row in left],
        reason=ReturnReason.RECALL,
        key=f"{by.key}:{store_id}",
        note=by.why,
        actor_id=by.actor_id,
        now=now,
    )
    _tell(note, left, now)
    return note


def _stop_on_the_way(code: Code, *, store_id: int, by: Recalling, now: datetime) -> None:
    for note, line in recalls.list_on_the_way(code, store_id=store_id):
        line.reject_reason = recalled_on_the_way(by.why, business_day(now))
        _note(note, line, "delivery.recalled", actor_id=by.actor_id, now=now)
        tell_recalled_on_the_way(note, line, now=now)
    db.session.flush()


def call_off(*, stall_id: int, number: str, actor_id: int, now: datetime) -> None:
    """Say that a store may sell the goods after all, also those of the same code on their way.

    :raises NotFound: the stall recalled nothing by this note
    :raises ReturnEnded: the goods have left the shelf, or it was called off
    """
    note = lock_recall_of_stall(number=number, stall_id=stall_id)
    hold_store(note.store_id)
    drop_return(note=note, actor_id=actor_id, now=now)
    for code in recalls.list_codes_of(note):
        stopped = recalls.list_recalled_to_store(code, store_id=note.store_id)
        _let_go(stopped, actor_id=actor_id, now=now)
    for person in list_store_people(store_id=note.store_id):
        notices.send(
            key=f"recall-off:{note.id}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Penarikan {note.number} dibatalkan produsen",
            body="Barangnya boleh dijual lagi.",
            link=f"{LINK}/{note.number}",
            now=now,
        )


def call_off_on_the_way(*, note: DeliveryNote, actor_id: int, now: datetime) -> None:
    """Say that what a delivery brings may be put on the shelf after all.

    :raises NothingToCallOff: nothing of it was recalled, or it has arrived
    """
    hold_store(note.store_id)
    stopped = recalls.list_recalled_of_note(note.id)
    if not stopped:
        raise NothingToCallOff
    _let_go(stopped, actor_id=actor_id, now=now)


def _let_go(stopped: Sequence[tuple[DeliveryNote, DeliveryLine]], *, actor_id: int,
            now: datetime) -> None:  # fmt: skip
    for note, line in stopped:
        line.reject_reason = None
        _note(note, line, "delivery.recall_called_off", actor_id=actor_id, now=now)
        tell_called_off_on_the_way(note, line, now=now)
    db.session.flush()


def _note(note: DeliveryNote, line: DeliveryLine, action: str, *, actor_id: int,
          now: datetime) -> None:  # fmt: skip
    audit.record(
        action=action,
        subject=f"delivery:{note.number}",
        actor_id=actor_id,
        now=now,
        code=line.batch_code,
        why=line.reject_reason,
    )


def _tell(note: ReturnNote, left: Sequence[Batch], now: datetime) -> None:
    """Tell whoever works in the store to take it off the shelf now."""
    count = sum(batch.on_shelf for batch in left)
    for person in list_store_people(store_id=note.store_id):
        notices.send(
            key=f"recall:{note.id}:{person.user_id}",
            phone=person.phone,
            user_id=person.user_id,
            title=f"Turunkan dari rak: kode {left[0].code}",
            body=f"Produsen menarik {count} buah. Sebabnya: {note.note}",
            link=f"{LINK}/{note.number}",
            now=now,
        )
