"""Paying by QRIS: offered if there is a code, the sum exact, confirmed by whom it pays."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.identity.models import User
from pol.kernel.money import Rupiah
from pol.ledger.queries import check_ledger
from pol.notices.models import Notice
from pol.orders.rules.life import OrderStatus
from pol.orders.services import clockwork, paying
from pol.payments.rules import Method, PaymentStatus
from pol.payments.rules.provider import OnlineNotOffered
from pol.payments.rules.qris import Limits, QrisAmountOutside, QrisNotOffered, parse
from pol.payments.services import qris
from pol.stalls.models import Market, Stall
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    make_kept_stall,
    make_open_market,
    orders_of,
    payment_of,
    place,
)
from tests.factories.qris import BAKUL, make_static
from tests.orders.checks import balance_of
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.customer.test_transfer import link_of, picture
from tests.web.officer.conftest import make_officer

PASAR = make_static(name="Pasar Contoh")
Kept = tuple[Market, Stall, User]


@pytest.fixture
def kept(session: Session, now: datetime) -> Kept:
    """Give a market and its one stall, each with a code of its own."""
    market = make_open_market()
    stall, owner = make_kept_stall(market)
    market.qris, stall.qris = PASAR, BAKUL
    session.flush()
    return market, stall, owner


def merchant_and_amount(code: str | None) -> tuple[str, str]:
    held = dict(parse(code or ""))
    return held["59"], held["54"]


def test_one_stall_with_a_code_is_paid_directly(kept: Kept, now: datetime) -> None:
    market, stall, _owner = kept
    group = place([(make_product(stall, price=34_000), 1_000)], now=now, method=Method.QRIS)
    payment = payment_of(group)
    assert (payment.stall_id, payment.unique_code.amount) == (stall.id, 0)
    assert merchant_and_amount(payment.qris) == ("Warung Contoh", str(group.charged.amount))
    other = make_product(make_kept_stall(market)[0])
    both = place([(make_product(stall), 1_000), (other, 1_000)], now=now, method=Method.QRIS)
    assert payment_of(both).stall_id is None
    assert merchant_and_amount(payment_of(both).qris)[0] == "Pasar Contoh"


def test_without_a_code_or_a_provider_the_way_is_not_offered(
    client: Browser, session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    with pytest.raises(QrisNotOffered):
        place([(product, 1_000)], now=now, method=Method.QRIS)
    with pytest.raises(OnlineNotOffered):
        place([(product, 1_000)], now=now, method=Method.ONLINE)


@pytest.fixture
def narrow() -> object:
    before = qris.limits()
    qris.use_limits(Limits(Rupiah(1_000), Rupiah(20_000)))
    yield None
    qris.use_limits(before)


def test_a_sum_outside_the_limits_is_refused(kept: Kept, now: datetime, narrow: None) -> None:
    product = make_product(kept[1], price=34_000)
    with pytest.raises(QrisAmountOutside):
        place([(product, 1_000)], now=now, method=Method.QRIS)


def ways_of(client: Browser, *products: object) -> list[str]:
    """Return how the checkout page lets this cart be paid."""
    for one in products:
        client.submit("/keranjang/tambah", product=one.slug, quantity="1")  # type: ignore[attr-defined]
    page = Page(client.get("/pesan"))
    return [node.attributes["value"] or "" for node in page.tree.css("input[name=method]")]


def test_the_checkout_offers_what_there_is(client: Browser, kept: Kept, now: datetime) -> None:
    bare = make_product(make_kept_stall(make_open_market())[0])
    assert ways_of(client, make_product(kept[1])) == ["cash", "qris", "transfer"]
    other = Browser(client.application, client.response_wrapper)
    assert ways_of(other, bare) == ["cash", "transfer"]


def test_the_page_shows_a_picture_that_phones_can_pay(
    client: Browser, session: Session, kept: Kept, now: datetime
) -> None:
    group = place([(make_product(kept[1], price=34_000), 1_000)], now=now, method=Method.QRIS)
    page = client.get(link_of(client, group.number))
    assert "QRIS Warung Contoh" in page.text
    assert str(group.charged) in page.text
    saved = client.get(link_of(client, group.number, "/bayar/qris.png"))
    assert saved.mimetype == "image/png"
    assert saved.headers["Cache-Control"] == "private, no-store"
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(saved.data)))
    assert found.text == payment_of(group).qris


def test_the_keeper_sees_the_proof_and_confirms(
    client: Browser, session: Session, kept: Kept, now: datetime
) -> None:
    market, stall, owner = kept
    group = place([(make_product(stall, price=34_000), 1_000)], now=now, method=Method.QRIS)
    client.submit(link_of(client, group.number, "/bukti"), picture=picture())
    assert payment_of(group).status is PaymentStatus.PROOF_SENT
    told = select(Notice.link).where(Notice.user_id == owner.id)
    assert session.scalars(told).all() == ["/pedagang/pembayaran"]
    client.log_in(make_officer(market))
    assert client.submit(f"/petugas/transfer/{group.number}/masuk").status_code == 404
    client.log_in(owner)
    assert client.get(f"/gambar/{payment_of(group).proof_key}-320.jpg").status_code == 200
    desk = Page(client.get("/pedagang/pembayaran"))
    answer = client.send(desk.form(f"/pedagang/pembayaran/{group.number}/masuk"))
    assert "Uang dicatat masuk" in answer.text
    assert "Tidak ada yang menunggu" in answer.text
    assert {order.status for order in orders_of(group)} == {OrderStatus.PLACED}
    assert balance_of(f"cash:stall:{stall.id}") == group.charged
    assert check_ledger().is_sound


def test_the_keeper_refuses_a_proof_with_a_reason(
    client: Browser, session: Session, kept: Kept, now: datetime
) -> None:
    group = place([(make_product(kept[1]), 1_000)], now=now, method=Method.QRIS)
    client.submit(link_of(client, group.number, "/bukti"), picture=picture())
    client.log_in(kept[2])
    here = f"/pedagang/pembayaran/{group.number}/tolak"
    assert Page(client.submit(here, reason="")).errors["reason"]
    assert "Bukti ditolak" in client.submit(here, reason="Tidak ada di mutasi").text
    assert payment_of(group).reason == "Tidak ada di mutasi"


def test_another_stall_confirms_nothing(
    client: Browser, session: Session, kept: Kept, now: datetime
) -> None:
    group = place([(make_product(kept[1]), 1_000)], now=now, method=Method.QRIS)
    client.log_in(make_kept_stall(kept[0])[1])
    assert client.submit(f"/pedagang/pembayaran/{group.number}/masuk").status_code == 404
    assert payment_of(group).status is PaymentStatus.WAITING


def test_the_officer_confirms_what_pays_the_market(
    client: Browser, session: Session, kept: Kept, now: datetime
) -> None:
    market, stall, _owner = kept
    stall.qris = None
    group = place([(make_product(stall), 1_000)], now=now, method=Method.QRIS)
    client.log_in(make_officer(market))
    desk = Page(client.get("/petugas/transfer"))
    client.send(desk.form(f"/petugas/transfer/{group.number}/masuk"))
    assert payment_of(group).status is PaymentStatus.CONFIRMED
    assert balance_of(f"bank:market:{market.id}") == group.charged


@pytest.mark.parametrize("is_late", [False, True])
def test_money_by_qris_may_come_late(kept: Kept, now: datetime, is_late: bool) -> None:  # noqa: FBT001
    group = place([(make_product(kept[1]), 1_000)], now=now, method=Method.QRIS)
    later = now + timedelta(days=2 if is_late else 0)
    assert clockwork.expire_unpaid(now=later) == int(is_late)
    payment = payment_of(group)
    assert (payment.status is PaymentStatus.EXPIRED) is is_late
    paying.confirm_transfer(group=group, payment=payment, officer_id=kept[2].id, now=later)
    assert {order.status for order in orders_of(group)} == {OrderStatus.PLACED}
    assert check_ledger().is_sound


def test_a_cart_that_was_emptied_meanwhile_is_told_so(
    client: Browser, kept: Kept, now: datetime
) -> None:
    client.submit("/keranjang/tambah", product=make_product(kept[1]).slug, quantity="1")
    form = Page(client.get("/pesan")).form("/pesan")
    line = next(one for one in Page(client.get("/keranjang")).forms() if "hapus" in one.action)
    client.send(line)
    assert client.send(form, method="qris").status_code in {409, 422}
