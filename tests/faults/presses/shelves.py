"""Goods on supermarkets' shelves and the money for them: producers, retailers, the Dinas."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from tests.faults.presses.stage import KEY, Aim, Stage, on

GOODS, RAK = "/peritel/barang", "/pedagang/rak"
TODAY, YESTERDAY = "2026-03-02", "2026-03-01"


def _bill(s: Stage, number: str, **typed: Any) -> Aim:
    return on(page=f"/peritel/nota/{number}", who="billed", number=number, **typed)


def _file(s: Stage) -> tuple[BytesIO, str]:
    rows = f"Tanggal;Kode;Qty\n{TODAY};{s.wall.plain.sheet.number};3"
    return BytesIO(rows.encode()), "kasir-lain.csv"


TABLE: Mapping[str, Callable[[Stage], Aim]] = {
    "producer_deliveries.prepare": lambda s: on(
        page=f"{RAK}/kirim/ke/{s.wall.plain.store.slug}", slug=s.wall.plain.store.slug,
        **{f"jumlah_{s.wall.plain.placement.id}": "12",
           f"kedaluwarsa_{s.wall.plain.placement.id}": "2026-10-01"},
    ),
    "producer_deliveries.send": lambda s: on(number=s.wall.ready.number),
    "producer_deliveries.drop": lambda s: on(number=s.wall.ready.number),
    "producer_deliveries.undo_recall": lambda s: on(number=s.wall.recalled.number),
    "retailer_receiving.receive": lambda s: on(
        page=f"{GOODS}/terima/{s.wall.sent.number}", who="busy", number=s.wall.sent.number
    ),
    "retailer_sales.write_sheet": lambda s: on(
        page=f"{GOODS}/jual/lembar", who="plain", **{f"laku_{s.wall.plain.sheet.id}": "3"}
    ),
    "retailer_sales.ring": lambda s: on(
        page=f"{GOODS}/jual/pindai", who="plain", code=s.wall.plain.sheet.number
    ),
    "retailer_sales.undo": lambda s: on(who="busy", sale_id=s.wall.sale),
    "retailer_sale_files.upload": lambda s: on(who="plain", file=_file(s)),
    "retailer_sale_files.choose": lambda s: on(
        who="busy", number=s.wall.file.number, day="0", code="1", quantity="2"
    ),
    "retailer_sale_files.start": lambda s: on(who="plain", number=s.wall.mapped.number),
    "retailer_till_keys.make": lambda s: on(label="Kasir samping"),
    "retailer_till_keys.stop": lambda s: on(),
    "retailer_returns.ask": lambda s: on(
        who="plain", key=KEY, batch=str(s.wall.old.id), quantity="3", reason="damaged",
        way="musnah",
    ),
    "retailer_returns.pick_up": lambda s: on(who="busy", number=s.wall.asked.number),
    "retailer_returns.destroy": lambda s: on(who="busy", number=s.wall.asked.number),
    "retailer_returns.drop": lambda s: on(who="busy", number=s.wall.asked.number),
    "producer_returns.take": lambda s: on(number=s.wall.fetched.number),
    "producer_returns.take_back": lambda s: on(
        page=f"{RAK}/retur/tarik", line=str(s.wall.old.line_id), why="Bocor"
    ),
    "producer_returns.undo": lambda s: on(),
    "retailer_counts.begin": lambda s: on(who="plain"),
    "retailer_counts.enter": lambda s: on(
        who="busy", number=s.wall.count.number, **{f"ada_{s.wall.busy.batch.id}": "20"}
    ),
    "producer_counts.agree": lambda s: on(),
    "producer_counts.dispute": lambda s: on(reason="Dua ada di etalase kasir"),
    "retailer_bills.close": lambda s: on(who="plain", sampai=YESTERDAY),
    "retailer_bills.approve": lambda s: on(who="billed", number=s.wall.open.number),
    "retailer_bills.pay": lambda s: _bill(
        s, s.wall.due.number, amount="51.000", reference="BRI 12"
    ),
    "retailer_bills.dispute": lambda s: on(
        who="billed", number=s.wall.due.number, lines=str(s.bill_line), words="Terhitung dua kali"
    ),
    "retailer_bills.say": lambda s: on(),
    "producer_money.answer": lambda s: on(masuk="tidak", words="Belum ada"),
    "producer_money.dispute": lambda s: on(
        number=s.wall.due.number, lines=str(s.bill_line), words="Terhitung dua kali"
    ),
    "producer_money.say": lambda s: on(),
    "dinas_disputes.rule": lambda s: on(awarded="0", words="Tidak terbukti"),
}  # fmt: skip
"""By endpoint."""
