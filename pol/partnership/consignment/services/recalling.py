"""A producer takes a batch back from every shelf: one press, one return note per store."""

from collections.abc import Sequence
from datetime import datetime

from pol.notices import services as notices
from pol.partnership.consignment.models import Batch, ReturnNote
from pol.partnership.consignment.queries.people import list_store_people
from pol.partnership.consignment.queries.recalls import get_batch_of_stall, list_left_of_batch
from pol.partnership.consignment.queries.returns import lock_recall_of_stall
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import NothingToRecall, Piece
from pol.partnership.consignment.services.returns import ask_return, drop_return

LINK = "/peritel/barang/retur"


def recall(*, stall_id: int, batch_id: int, why: str, key: str, actor_id: int,
           now: datetime) -> list[ReturnNote]:  # fmt: skip
    """Ask every store to take a batch's code off its shelf.

    What a store was asked for already is not asked for twice, whatever the key.

    :raises NotFound: the stall has no such batch
    :raises NothingToRecall: none of it is on a shelf, or all of it was asked for already
    """
    batch = get_batch_of_stall(batch_id=batch_id, stall_id=stall_id)
    left = list_left_of_batch(batch)
    if not left:
        raise NothingToRecall
    notes = []
    for store_id in sorted({row.store_id for row in left}):
        note = ask_return(
            store_id=store_id,
            pieces=[Piece(row.id, row.on_shelf) for row in left if row.store_id == store_id],
            reason=ReturnReason.RECALL,
            key=f"{key}:{store_id}",
            note=why.strip(),
            actor_id=actor_id,
            now=now,
        )
        _tell(note, left, now)
        notes.append(note)
    return notes


def call_off(*, stall_id: int, number: str, actor_id: int, now: datetime) -> None:
    """Say that a store may sell the goods after all.

    :raises NotFound: the stall recalled nothing by this note
    :raises ReturnEnded: the goods have left the shelf, or it was called off
    """
    note = lock_recall_of_stall(number=number, stall_id=stall_id)
    drop_return(note=note, actor_id=actor_id, now=now)
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


def _tell(note: ReturnNote, left: Sequence[Batch], now: datetime) -> None:
    """Tell whoever works in the store to take it off the shelf now."""
    count = sum(batch.on_shelf for batch in left if batch.store_id == note.store_id)
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
