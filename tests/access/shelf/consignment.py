"""Addresses of consignment in the shelf partnership."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pol.identity.models import User
from pol.kernel.localtime import business_day
from pol.partnership.consignment.queries.stores import Reach, get_store
from pol.partnership.consignment.rules import ReturnReason
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services.counts import enter_count, open_count
from pol.partnership.consignment.services.deliveries import send_delivery
from pol.partnership.consignment.services.pos.imports import open_file, upload
from pol.partnership.consignment.services.returns import ask_return
from pol.partnership.consignment.services.till_keys import make as make_key
from tests.factories.partnership import Partnership
from tests.partnership.consignment.stage import a_key, prepare, sell_some

IN_THE_STORE = ({"buyer", "buyer_without_code", "clerk"}, {"other_buyer", "other_clerk"})
"""Pages for everybody in a store ask for no second factor."""
PRODUCERS = ({"trader", "helper"}, {"other_trader"})

OWNERS: Mapping[str, tuple[set[str], set[str]] | str] = {
    "retailer_goods": IN_THE_STORE,
    "retailer_receiving": IN_THE_STORE,
    "retailer_sales": IN_THE_STORE,
    "retailer_sale_files": IN_THE_STORE,
    "retailer_till_keys": ({"buyer"}, {"other_buyer"}),
    "retailer_till_list": IN_THE_STORE,
    "retailer_returns": IN_THE_STORE,
    "retailer_counts": IN_THE_STORE,
    "producer_deliveries": PRODUCERS,
    "producer_shelf_stock": PRODUCERS,
    "producer_returns": PRODUCERS,
    "producer_counts": PRODUCERS,
}
FIELDS: Mapping[str, dict[str, str]] = {"retailer_sales.undo": {"reason": "Salah pindai"}}


def values(p: Partnership, people: dict[str, User], now: datetime) -> dict[str, Any]:
    """Return what the values in addresses mean on this side."""
    sheet, (sale,) = p.sheet.number, sell_some(p, 1, day=business_day(now), now=now)
    note = prepare(p, by=people["trader"], now=now)
    send_delivery(note=note, actor_id=people["trader"].id, now=now)
    back = ask_return(
        store_id=p.store.id,
        pieces=[Piece(p.batch.id, 1)],
        reason=ReturnReason.RECALL,
        key=a_key(),
        actor_id=people["trader"].id,
        now=now,
    )
    count = open_count(store_id=p.store.id, actor_id=p.owner.id, now=now)
    enter_count(count=count, counted={p.batch.id: 20}, actor_id=p.owner.id, now=now)
    store = get_store(Reach(p.retailer.id), slug=p.store.slug)
    content = f"Tanggal;Kode;Qty\n{business_day(now)};{sheet};1".encode()
    file, _ = upload(store=store, file=open_file("a.csv", content), actor_id=p.owner.id, now=now)
    till, _ = make_key(store_id=p.store.id, label="Kasir depan", actor_id=p.owner.id, now=now)
    return {
        "retailer_goods.slug": p.store.slug,
        "retailer_goods.number": sheet,
        "retailer_receiving.number": note.number,
        "retailer_sales.sale_id": sale.id,
        "retailer_sales.slug": p.store.slug,
        "retailer_sales.day": business_day(now).isoformat(),
        "retailer_sale_files.number": file.number,
        "retailer_till_keys.slug": p.store.slug,
        "retailer_till_keys.key_id": till.id,
        "retailer_till_list.slug": p.store.slug,
        "retailer_returns.number": back.number,
        "retailer_counts.number": count.number,
        "producer_deliveries.slug": p.store.slug,
        "producer_deliveries.number": note.number,
        "producer_shelf_stock.slug": p.store.slug,
        "producer_shelf_stock.number": sheet,
        "producer_returns.number": back.number,
        "producer_counts.number": count.number,
    }
