"""What waits today at a retailer's stores: goods on their way, returns, counts and till files."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from pol.demo.shelves import tills
from pol.demo.shelves.spots import Spot
from pol.demo.shelves.tidying import Keeper
from pol.demo.shelves.year import Lived
from pol.kernel.db import db
from pol.kernel.localtime import business_day
from pol.partnership.consignment.models import Batch, DeliveryLine, DeliveryNote, StockCount
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services import counts, returns
from pol.partnership.consignment.services.deliveries import (
    Load,
    drop_delivery,
    prepare_delivery,
    send_delivery,
)
from pol.partnership.consignment.services.recalling import recall
from pol.partnership.consignment.services.receiving import Taken, receive_delivery
from pol.partnership.consignment.services.sales import Sale, sell
from pol.partnership.slots.models import Store

STEPS = 5
LEAK = "Segel beberapa kemasan bocor, jadi seluruh kode ini kami tarik."
OTHER_HEADING = "Tgl Transaksi;Kode PLU;Terjual;Kasir"


def play(year: Lived) -> Iterator[int]:
    """Leave something to do in every list; yield 1 after each of them."""
    _deliveries(year)
    yield 1
    _returns(year)
    yield 1
    _counts(year)
    yield 1
    _sales(year)
    yield 1
    _recall(year)
    yield 1


def _recall(year: Lived) -> None:
    """Take a code back: from the shelves that have it, and from a car that brings more of it."""
    goods, today = _freshest(year), business_day(year.now)
    others = [s for s in year.spots if s.sheet_id == goods.sheet_id and s.until_on > today]
    spot, owner_id = others[-1], year.owners[goods.stall_id]
    load = Load(spot.placement_id, 12, goods.code, goods.expires_on)
    note = prepare_delivery(
        stall_id=goods.stall_id,
        store_slug=db.session.get_one(Store, spot.store_id).slug,
        loads=[load],
        key="demo-tarik",
        actor_id=owner_id,
        now=year.now - timedelta(hours=2),
    )
    send_delivery(note=note, actor_id=owner_id, now=year.now - timedelta(minutes=90))
    recall(
        stall_id=goods.stall_id,
        line_id=goods.line_id,
        why=LEAK,
        key="demo-tarik",
        actor_id=owner_id,
        now=year.now - timedelta(minutes=20),
    )


def _freshest(year: Lived) -> Batch:
    """Return the goods on the house's shelves that keep longest."""
    stores = [store.id for store in year.house.stores]
    return db.session.scalars(
        select(Batch)
        .where(Batch.store_id.in_(stores), Batch.on_shelf > 2, Batch.expires_on.is_not(None))
        .order_by(Batch.expires_on.desc(), Batch.id)
        .limit(1)
    ).one()


def _here(year: Lived, store: Store) -> list[Spot]:
    today = business_day(year.now)
    return [spot for spot in year.spots if spot.store_id == store.id and spot.there(today) > 2]


def _deliveries(year: Lived) -> None:
    """Leave a note ready, one on its way, one dropped, and one that was sent home."""
    first, second, *_ = year.house.stores
    own = [spot for spot in year.spots if spot.store_id == first.id]
    others = [spot for spot in year.spots if spot.store_id == second.id]
    _note(year, first, own[0], "siap")
    send_delivery(
        note=_note(year, first, own[-1], "jalan"),
        actor_id=year.owners[own[-1].stall_id],
        now=year.now - timedelta(minutes=50),
    )
    dropped = _note(year, second, others[0], "batal")
    drop_delivery(note=dropped, actor_id=year.owners[others[0].stall_id], now=year.now)
    refused, actor_id = _note(year, second, others[-1], "tolak"), year.owners[others[-1].stall_id]
    send_delivery(note=refused, actor_id=actor_id, now=year.now - timedelta(hours=2))
    lines = db.session.scalars(select(DeliveryLine.id).where(DeliveryLine.note_id == refused.id))
    receive_delivery(
        note=refused,
        taken={line: Taken(0, "Kardusnya basah, isinya lembek") for line in lines},
        clerk_id=year.house.owner_id,
        now=year.now - timedelta(hours=1),
    )


def _note(year: Lived, store: Store, spot: Spot, what: str) -> DeliveryNote:
    at = year.now - timedelta(hours=3)
    today = business_day(at)
    load = Load(
        spot.placement_id, 12, f"{today:%y%m%d}", today + timedelta(days=spot.life_days), today
    )
    return prepare_delivery(
        stall_id=spot.stall_id,
        store_slug=store.slug,
        loads=[load],
        key=f"demo-{what}-{store.id}",
        note="Tolong ditaruh di depan, ya.",
        actor_id=year.owners[spot.stall_id],
        now=at,
    )


def _returns(year: Lived) -> None:
    """Leave one return that is asked for, one that its producer has with him, one dropped."""
    spots = _here(year, year.house.stores[0])
    for spot, reason in zip(
        spots, (ReturnReason.DAMAGED, ReturnReason.UNSOLD, ReturnReason.RECALL), strict=False
    ):
        pile = next(spot.sound(business_day(year.now)))
        note = returns.ask_return(
            store_id=spot.store_id,
            pieces=[Piece(pile.batch_id, 1)],
            reason=reason,
            key=f"demo-{reason}-{spot.placement_id}",
            note="Kemasannya sobek waktu dipajang." if reason is ReturnReason.DAMAGED else "",
            actor_id=year.house.clerk_id,
            now=year.now - timedelta(hours=5),
        )
        if reason is ReturnReason.UNSOLD:
            pile.left -= 1
            returns.pick_up(note=note, actor_id=year.house.clerk_id, now=year.now)
        elif reason is ReturnReason.RECALL:
            returns.drop_return(note=note, actor_id=year.house.clerk_id, now=year.now)


def _counts(year: Lived) -> None:
    """Leave one count open, one with differences for producers to answer, and one disputed."""
    first, second, third, *_ = year.house.stores
    keeper, at = year.keeper, year.now - timedelta(days=1, hours=2)
    disputed = _counted(keeper, year, third, at)
    for stall_id in keeper.asked_by(disputed):
        counts.dispute(
            count=disputed,
            stall_id=stall_id,
            reason="Kemarin sore kami sendiri yang menata, jumlahnya masih utuh.",
            actor_id=year.owners[stall_id],
            now=year.now - timedelta(hours=6),
        )
    _counted(keeper, year, second, at)
    counts.open_count(store_id=first.id, actor_id=year.house.clerk_id, now=year.now)


def _counted(keeper: Keeper, year: Lived, store: Store, at: datetime) -> StockCount:
    count = counts.open_count(store_id=store.id, actor_id=year.house.owner_id, now=at)
    keeper.enter(count, at, most=3)
    return count


def _sales(year: Lived) -> None:
    """Ring up some pieces just now, take a till file in, and leave others at earlier steps."""
    first, second, third, *_ = year.house.stores
    for number, spot in enumerate(_here(year, first)[3:8]):
        at = year.now - timedelta(minutes=9 * number)
        spot.take(1, business_day(at))
        sale = Sale(first.id, spot.sheet_id, 1, business_day(at), f"demo-pindai-{number}")
        sell(sale, actor_id=year.house.clerk_id, now=at)
    yesterday = business_day(year.now) - timedelta(days=1)
    _file(year, second, _till_rows(year, second, f"{yesterday:%d/%m/%Y}"), steps=2)
    _file(year, third, _till_rows(year, third, f"{yesterday:%d/%m/%Y}"), steps=1)
    _file(year, first, _till_rows(year, first, f"{yesterday:%d/%m/%Y}"), steps=2)
    rows = [OTHER_HEADING, f"{yesterday:%d/%m/%Y};899001;2;Kasir 1"]
    _file(year, first, rows, steps=0)


def _till_rows(year: Lived, store: Store, day: str) -> list[str]:
    """Return a till file: a row for each product there, and one that no producer knows."""
    codes = tills.codes_of(store)
    sold = [
        f"{day};{codes[spot.sheet_id]};1;;{100 + number}"
        for number, spot in enumerate(_here(year, store))
        if spot.sheet_id in codes
    ]
    return [tills.HEADING, *sold, f"{day};8990000000011;3;;199"]


def _file(year: Lived, store: Store, rows: list[str], *, steps: int) -> None:
    """Upload a file of today; say what its columns mean (1); take it in (2)."""
    today, buyer_id = business_day(year.now), year.house.buyer_id
    tills.hand_in(store, rows, today, actor_id=buyer_id, now=year.now, steps=steps)
