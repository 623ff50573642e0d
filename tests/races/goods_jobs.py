"""What processes do with goods in a store; every function begins and ends its own transactions."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from pol.kernel.db import db
from pol.kernel.errors import Refused
from pol.kernel.transaction import transaction
from pol.partnership.consignment.models import Batch, StockCount, StockEvent
from pol.partnership.consignment.queries.counts import lock_count_of_stall, lock_count_of_store
from pol.partnership.consignment.queries.deliveries import lock_note_of_store
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ReturnReason, StockEventKind
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, recalling, receiving, returns, sales
from pol.partnership.consignment.services.deliveries import Load, prepare_delivery
from pol.partnership.consignment.services.pos import imports, taking_in
from tests.partnership.consignment.stage import FRESH
from tests.races.call_jobs import STOPPED

By = tuple[int, datetime]
"""Who does it, and when."""


def sell_pieces(goods: tuple[int, int], tries: int, name: str, by: By) -> int:
    """Sell one piece as often as it works; return how often it did."""
    store_id, sheet_id = goods
    person_id, now = by
    sold = 0
    for number in range(tries):
        sale = sales.Sale(store_id, sheet_id, 1, now.date(), f"{name}-{number}")
        try:
            with transaction():
                sales.sell(sale, actor_id=person_id, now=now)
        except Refused:
            continue
        sold += 1
    return sold


def sell_pieces_naively(batch_id: int, tries: int, name: str, now: datetime) -> list[str]:
    """Do the same the way it is often written: look how many are there, then write a sale."""
    done = []
    for number in range(tries):
        left = db.session.scalars(select(Batch.on_shelf).where(Batch.id == batch_id)).one()
        if not left:
            done.append("sold out")
            continue
        event = StockEvent(
            key=f"{name}-{number}", batch_id=batch_id, kind=StockEventKind.SOLD, quantity=1,
            day=now.date(), at=now,
        )  # fmt: skip
        try:
            with transaction():
                db.session.add(event)
        except IntegrityError:
            done.append(STOPPED)
        else:
            done.append("sold")
    return done


def upload(retailer_id: int, slug: str, content: bytes, by: By) -> tuple[str, bool]:
    """Send a till file; return the number of its import and whether it is new."""
    file = imports.open_file("kasir.csv", content)
    with transaction():
        store = get_store(Reach(retailer_id), slug=slug)
        found, is_new = imports.upload(store=store, file=file, actor_id=by[0], now=by[1])
        return found.number, is_new


def take_in(now: datetime) -> int:
    """Take in the files that wait, as the jobs worker does."""
    return taking_in.run_imports(now=now, alone=transaction)


def receive(retailer_id: int, number: str, taken: Mapping[int, int], by: By) -> None:
    """Take goods in at the door."""
    with transaction():
        receiving.receive_delivery(
            note=lock_note_of_store(number=number, reach=Reach(retailer_id)),
            taken={line_id: receiving.Taken(n, "Penyok") for line_id, n in taken.items()},
            clerk_id=by[0],
            now=by[1],
        )


def prepare(stall_id: int, slug: str, place_id: int, key: str, by: By) -> str:
    """Prepare a delivery note; return its number."""
    load = Load(place_id, 3, "260302", FRESH)
    with transaction():
        return prepare_delivery(
            stall_id=stall_id, store_slug=slug, loads=[load], key=key, actor_id=by[0], now=by[1]
        ).number


def ask_return(store_id: int, batch_id: int, key: str, by: By) -> str:
    """Write down that a piece is to leave; return the number of the note."""
    with transaction():
        return returns.ask_return(
            store_id=store_id, pieces=[Piece(batch_id, 1)], reason=ReturnReason.UNSOLD, key=key,
            actor_id=by[0], now=by[1],
        ).number  # fmt: skip


def begin_count(store_id: int, by: By) -> str:
    """Begin to count a store; return the number of the count."""
    with transaction():
        return counts.open_count(store_id=store_id, actor_id=by[0], now=by[1]).number


def begin_count_naively(store_id: int, number: str, by: By) -> bool:
    """Look whether a count is open, then open one; answer whether it did."""
    open_ones = select(StockCount.id).where(StockCount.store_id == store_id)
    if db.session.scalar(open_ones.limit(1)):
        return False
    with transaction():
        db.session.add(
            StockCount(
                number=number, store_id=store_id, status="open", day=by[1].date(),
                opened_at=by[1], opened_by_id=by[0],
            )
        )  # fmt: skip
    return True


def enter_count(retailer_id: int, number: str, counted: Mapping[int, int],
                by: By) -> None:  # fmt: skip
    """Write what was counted."""
    with transaction():
        counts.enter_count(
            count=lock_count_of_store(number=number, reach=Reach(retailer_id)), counted=counted,
            actor_id=by[0], now=by[1],
        )  # fmt: skip


def answer_count(number: str, stall_id: int, word: str, by: By) -> None:
    """Let the producer agree or not."""
    with transaction():
        count = lock_count_of_stall(number=number, stall_id=stall_id)
        who = {"count": count, "stall_id": stall_id, "actor_id": by[0], "now": by[1]}
        if word == "agree":
            counts.agree(**who)  # type: ignore[arg-type]
        else:
            counts.dispute(reason="Tidak cocok", **who)  # type: ignore[arg-type]


def agree_for_silent(now: datetime) -> int:
    """Agree for producers who let the days pass, as the clock does."""
    with transaction():
        return counts.agree_for_silent(now=now)


def left_of(batch_id: int) -> int:
    """Return how many pieces of a batch are there."""
    return db.session.scalars(select(Batch.on_shelf).where(Batch.id == batch_id)).one()


def recall(stall_id: int, line_id: int, key: str, by: By) -> int:
    """Take a code back wherever it is; return how many stores were asked."""
    with transaction():
        notes = recalling.recall(
            stall_id=stall_id, line_id=line_id, why="Bocor", key=key, actor_id=by[0], now=by[1]
        )
        return len(notes)
