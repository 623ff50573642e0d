"""Files as the tills of a store write them, handed in through the import."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date, datetime

from pol.partnership.consignment.queries.sales import list_codes
from pol.partnership.consignment.queries.stores import StoreRow
from pol.partnership.consignment.services.pos import imports, taking_in
from pol.partnership.slots.models import Store

HEADING = "Tanggal;Barcode;Qty;Harga;No Struk"
AT_ONCE = 3
"""Nobody buys more pieces of one product than these."""


def codes_of(store: Store) -> dict[int, str]:
    """Return what a till of a store calls each product."""
    return {sheet_id: code for code, sheet_id in list_codes(store_id=store.id).items()}


def rows_of(store: Store, pieces: Mapping[int, int], day: date) -> list[str]:
    """Return a file that sells so many pieces of each product, on receipts of a few."""
    codes = codes_of(store)
    parts = [
        (codes[sheet_id], min(AT_ONCE, count - begun))
        for sheet_id, count in sorted(pieces.items())
        for begun in range(0, count, AT_ONCE)
    ]
    return [
        HEADING,
        *(
            f"{day:%d/%m/%Y};{code};{part};;{day:%d%m}-{number:03}"
            for number, (code, part) in enumerate(parts, 1)
        ),
    ]


def hand_in(
    store: Store, rows: list[str], day: date, *, actor_id: int, now: datetime, steps: int = 2
) -> None:
    """Upload a file; say what its columns mean (1); take it in (2)."""
    row = StoreRow(store.id, store.slug, store.name, store.retailer_id, "", store.address)
    content = "\n".join(rows).encode()
    opened = imports.open_file(f"kasir-{store.slug}-{day:%Y%m%d}.csv", content)
    found, _ = imports.upload(store=row, file=opened, actor_id=actor_id, now=now)
    if steps > 0:
        imports.map_columns(found=found, columns=found.columns, now=now)
    if steps > 1:
        imports.start(found=found, actor_id=actor_id, now=now)
        taking_in.run_imports(now=now, alone=nullcontext)
