"""Each form of cooperation on its pages: what both sides read, who pays whom, in words that fit."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.kernel.db import db
from pol.kernel.money import ZERO, Rupiah
from pol.ledger.queries import get_balance
from pol.partnership.consignment.rules import ReturnReason, SaleSource
from pol.partnership.consignment.rules.returning import Piece
from pol.partnership.consignment.services.returns import ask_return
from pol.partnership.consignment.services.sales import Sale, sell
from pol.partnership.settlement.models import Bill
from pol.partnership.slots.queries import calls as queries
from pol.partnership.slots.rules import CallStatus, ChargeBasis, ChargeKind, CoopForm
from tests.factories.partnership import Partnership
from tests.factories.traders import make_keeper
from tests.partnership.calls.book import make_shop
from tests.partnership.settlement.of_form import partnership_of
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.retailer.test_calls import BASICS, REASON

SLOT, BILLS, MONEY = "/peritel/slot", "/peritel/nota", "/pedagang/rak/uang"
RENT = (ChargeKind.RENT, ChargeBasis.PER_PERIOD, 50_000, 0)
ANNOUNCED = {
    CoopForm.OUTRIGHT: "barang menjadi milik toko begitu diterima",
    CoopForm.RENT: "produsen membayar kekurangannya",
    CoopForm.PROGRAMME: "disediakan toko tanpa sewa",
}


@pytest.mark.parametrize("form", ANNOUNCED)
def test_a_call_of_each_form_is_announced_in_its_own_words(
    session: Session, client: Browser, now: datetime, form: CoopForm
) -> None:
    shop, ticked = make_shop(), "y"
    client.log_in(shop.owner)
    page = Page(client.submit(f"{SLOT}/baru", **BASICS | {"form": form.value}))
    picked: Any = dict.fromkeys([f"rak{shop.shelf.id}"], ticked)
    page = Page(client.send(page.form(), **picked))
    assert ANNOUNCED[form] in page.text
    fields: dict[str, Any] = {}
    if form is CoopForm.RENT:
        empty = Page(client.send(page.form()))
        assert "Tulis besarnya." in empty.errors["charge0_cost"]
        fields = {"charge0_cost": "25.000", "expected_sales": "500.000"}
    page = Page(client.send(page.form(), **fields))
    page = Page(client.send(page.form(), categories=["keripik"]))
    reason: Any = {"reason": REASON} if "reason" in page.form().values else {}
    page = Page(client.send(page.form(), **reason))
    (row,) = queries.list_calls_of_retailer(retailer_id=shop.retailer.id)
    assert (row.status, row.form) == (CallStatus.OPEN, form)
    public = Page(client.get(f"{SLOT[8:]}/{row.number}")).text
    assert ANNOUNCED[form] in public
    assert "itip jual" not in public


def test_a_rent_in_a_form_without_one_is_said_beside_its_kind(
    session: Session, client: Browser, now: datetime
) -> None:
    shop = make_shop()
    client.log_in(shop.owner)
    page = Page(client.submit(f"{SLOT}/baru", **BASICS | {"form": "programme"}))
    picked: Any = {f"rak{shop.shelf.id}": "y"}
    page = Page(client.send(page.form(), **picked))
    rent: Any = {"charge0_kind": "rent", "charge0_name": "Sewa meja", "charge0_cost": "25.000"}
    page = Page(client.send(page.form(), **rent))
    assert "tidak memungut sewa" in page.errors["charge0_kind"]


def _billed(client: Browser, p: Partnership, now: datetime, *, sold: int) -> Bill:
    """Sell, close the period by its page, and return the bill."""
    day = p.batch.received_on
    sale = Sale(p.store.id, p.sheet.id, sold, day, f"uji-{p.sheet.id}", source=SaleSource.SHEET)
    sell(sale, actor_id=p.owner.id, now=now)
    client.log_in(p.owner)
    preview = Page(client.get(f"{BILLS}/tutup", query_string={"sampai": "2026-03-01"}))
    client.send(preview.form(f"{BILLS}/tutup"))
    return db.session.scalars(select(Bill).execution_options(populate_existing=True)).one()


def test_a_bill_of_bought_goods_says_what_was_bought(
    session: Session, client: Browser, now: datetime
) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10)
    keeper = make_keeper(p.stall)
    client.log_in(keeper)
    assert "dibeli atau diganti toko Rp127.500" in Page(client.get(MONEY)).text
    bill = _billed(client, p, now, sold=4)
    page = Page(client.get(f"{BILLS}/{bill.number}"))
    for words in ("beli putus", "Barang yang dibeli, harga jual", "Potongan toko", "Rp127.500"):
        assert words in page.text
    assert "Terjual; sudah dibeli toko saat diterima" in page.text
    for words in ("itip jual", "Margin toko", "Penjualan"):
        assert words not in Page(client.get(f"{BILLS}/{bill.number}")).texts("main .sums div")
    page = Page(client.submit(f"{BILLS}/{bill.number}/setuju"))
    page = Page(client.send(page.form(f"{BILLS}/{bill.number}/bayar"), reference="BRI 1"))
    assert "lunas" in page.text
    assert get_balance(f"shelf_payable:stall:{p.stall.id}") == ZERO
    client.log_in(keeper)
    (line,) = [
        row for row in Page(client.get(f"{MONEY}/{bill.number}")).links() if "/baris/" in row
    ]
    assert "Untuk produsen" not in Page(client.get(line)).text


def test_bought_goods_are_not_handed_back_on_the_page_of_a_return(
    session: Session, client: Browser, now: datetime
) -> None:
    p = partnership_of(CoopForm.OUTRIGHT, quantity=10)
    note = ask_return(store_id=p.store.id, pieces=[Piece(p.batch.id, 2)], key="uji-retur",
                      reason=ReturnReason.UNSOLD, actor_id=p.owner.id, now=now)  # fmt: skip
    client.log_in(p.owner)
    page = Page(client.submit(f"/peritel/barang/retur/{note.number}/ambil"))
    assert any("sudah dibeli toko" in said for said in page.messages)


def test_a_renter_pays_the_rest_of_its_rent_and_the_store_notes_it(
    session: Session, client: Browser, now: datetime
) -> None:
    p = partnership_of(CoopForm.RENT, charges=(RENT,), margin_bp=0, settle_every_days=60)
    keeper = make_keeper(p.stall)
    bill = _billed(client, p, now, sold=2)
    assert bill.payable == Rupiah(-20_000)
    page = Page(client.get(f"{BILLS}/{bill.number}"))
    for words in (
        "sewa rak",
        "Kekurangan produsen",
        "produsen masih membayar",
        "Masih dibayar produsen",
    ):
        assert words in page.text
    assert "itip jual" not in page.text
    client.log_in(keeper)
    for address in (MONEY, f"{MONEY}/{bill.number}"):
        assert "Rp20.000" in Page(client.get(address)).text
    assert "Anda bayar ke toko" in Page(client.get(MONEY)).text
    client.log_in(p.owner)
    form = Page(client.get(f"{BILLS}/{bill.number}")).form(f"{BILLS}/{bill.number}/bayar")
    assert form.values["amount"] == "20.000"
    page = Page(client.send(form, reference="Tunai di kasir"))
    assert "dibayar produsen" in page.text
    assert "diterima toko" in page.text
    assert get_balance(f"shelf_due:retailer:{p.retailer.id}") == ZERO
