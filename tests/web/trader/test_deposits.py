"""The trader's page of cash: how much is owed, where the ceiling is, what was handed in."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pol.delivery.rules import Mode
from pol.kernel.money import Rupiah
from pol.payments.rules import Method
from pol.payments.rules.cash import CashPaused
from pol.payments.services import cash
from pol.stalls.models import Market
from tests.factories.catalogue import make_product
from tests.factories.orders import make_kept_stall, make_open_market, place
from tests.factories.traders import make_officer
from tests.payments.counter import handing, owe
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.customer.test_story import WHO

URL = "/pedagang/setoran"


@pytest.fixture
def market(session: Session) -> Market:
    market = make_open_market()
    market.stall_cash_ceiling = Rupiah(100_000)
    return market


def test_nothing_owed_says_so(client: Browser, market: Market, now: datetime) -> None:
    _stall, trader = make_kept_stall(market)
    client.log_in(trader)
    page = Page(client.get(URL))
    assert page.heading == "Setoran"
    assert "Tidak ada yang perlu disetor sekarang." in page.text
    assert "Belum pernah menyetor" in page.text


def test_debt_ceiling_and_papers_are_shown(client: Browser, market: Market, now: datetime) -> None:
    stall, trader = make_kept_stall(market)
    owe(stall, 90_000, now=now)
    number = cash.receive_from_stall(
        stall=stall,
        handing=handing(20_000, seen=90_000),
        officer_id=make_officer(market).id,
        now=now,
    ).number
    client.log_in(trader)
    assert "Rp70.000 dari batas Rp100.000" in Page(client.get("/pedagang")).text
    page = Page(client.get(URL))
    assert "Dihitung sebagai utang Rp70.000" in page.text
    assert "Bawa uangnya ke loket" in page.text
    assert f"/setoran/{number}" in page.links()
    assert Page(client.get(f"/setoran/{number}")).heading == "Bukti setoran"


def test_above_the_ceiling_the_trader_is_told(
    client: Browser, market: Market, now: datetime
) -> None:
    stall, trader = make_kept_stall(market)
    owe(stall, 100_001, now=now)
    client.log_in(trader)
    assert "tunai dihentikan" in Page(client.get("/pedagang")).text
    assert "Utang melewati batas" in Page(client.get(URL)).text


def test_only_cash_at_that_stall_is_paused(market: Market, now: datetime) -> None:
    stall, _trader = make_kept_stall(market, "Lapak Penuh")
    free, _other = make_kept_stall(market, "Lapak Lain")
    full, other = make_product(stall), make_product(free)
    owe(stall, 100_001, now=now)
    with pytest.raises(CashPaused, match=r"^Lapak Penuh sementara"):
        place([(full, 1_000), (other, 1_000)], now=now, mode=Mode.PICKUP_STALL)
    for goods, mode, method in (
        (full, Mode.PICKUP_STALL, Method.TRANSFER),
        (full, Mode.PICKUP_POST, Method.CASH),
        (full, Mode.DELIVERY, Method.CASH),
        (other, Mode.PICKUP_STALL, Method.CASH),
    ):
        assert place([(goods, 1_000)], now=now, mode=mode, method=method).number
    market.stall_cash_ceiling = Rupiah(100_001)
    assert place([(full, 1_000)], now=now, mode=Mode.PICKUP_STALL).number


def test_the_checkout_says_why_and_keeps_what_was_typed(
    client: Browser, market: Market, now: datetime
) -> None:
    stall, _trader = make_kept_stall(market, "Lapak Penuh")
    product = make_product(stall)
    owe(stall, 100_001, now=now)
    client.submit("/keranjang/tambah", product=product.slug, quantity="1")
    form = Page(client.get("/pesan")).form("/pesan")
    way: dict[str, Any] = {f"cara_{market.id}": f"pickup_stall:{now:%Y-%m-%d}:"}
    page = Page(client.send(form, **WHO, **way, method="cash"))
    assert page.status == 409
    assert "Lapak Penuh sementara tidak bisa dibayar tunai di lapak" in page.text
    assert page.form("/pesan").values["name"] == WHO["name"]
    assert "Pilih transfer" in " ".join(page.texts("#method .field__error"))
    page = Page(client.send(page.form("/pesan"), method="transfer"))
    assert "Terima kasih" in page.text
