"""A customer pays by transfer, sends the proof and follows the money."""

from datetime import datetime
from io import BytesIO

from PIL import Image
from sqlalchemy.orm import Session

from pol.orders.services import life
from pol.payments.rules import Method, PaymentStatus
from pol.web.guest import guest_key
from tests.factories.catalogue import make_product
from tests.factories.orders import (
    bring_to_customer,
    make_kept_stall,
    make_open_market,
    orders_of,
    pay,
    payment_of,
    place,
)
from tests.factories.traders import make_person
from tests.rig.client import Browser
from tests.rig.pages import Page


def link_of(client: Browser, number: str, rest: str = "") -> str:
    with client.application.test_request_context():
        return f"/belanjaan/{number}{rest}?kunci={guest_key(number)}"


def picture() -> tuple[BytesIO, str]:
    file = BytesIO()
    Image.new("RGB", (300, 400), "white").save(file, "JPEG")
    file.seek(0)
    return file, "bukti.jpg"


def test_the_page_says_what_to_transfer_and_takes_the_proof(
    client: Browser, session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], price=34_000)
    group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    page = client.get(link_of(client, group.number)).text
    assert str(group.charged) in page
    assert "Kode unik transfer" in page
    answer = client.submit(link_of(client, group.number, "/bukti"), picture=picture())
    assert "Bukti terkirim" in answer.text
    assert payment_of(group).status is PaymentStatus.PROOF_SENT


def test_what_is_no_picture_is_explained_beside_the_field(
    client: Browser, session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    fake = (BytesIO(b"%PDF-1.4 no picture"), "bukti.jpg")
    answer = client.submit(link_of(client, group.number, "/bukti"), picture=fake)
    assert answer.status_code in {409, 422}
    assert Page(answer).errors["picture"]
    assert payment_of(group).proof_key is None


def test_the_customer_sees_where_the_money_went(
    client: Browser, session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0], price=34_000)
    group = place([(product, 1_000)], now=now, method=Method.TRANSFER)
    pay(group, officer=make_person(), now=now)
    bring_to_customer(orders_of(group)[0], trader=make_person(), courier=make_person(), now=now)
    page = client.get(link_of(client, group.number)).text
    for place_of_money in ("rekening pasar", "Lapak Contoh", "ongkos antar"):
        assert place_of_money in page


def test_the_customer_confirms_and_may_still_report_a_problem(
    client: Browser, session: Session, now: datetime
) -> None:
    product = make_product(make_kept_stall(make_open_market())[0])
    group = place([(product, 1_000)], now=now)
    order = orders_of(group)[0]
    bring_to_customer(order, trader=make_person(), courier=make_person(), now=now)
    number = order.number
    assert "pesanan ini selesai" in (
        client.submit(link_of(client, group.number, f"/{number}/terima")).text.lower()
    )
    form = link_of(client, group.number, f"/{number}/masalah")
    assert client.get(form).status_code == 200
    empty = client.submit(form, text="")
    assert empty.status_code == 422
    assert "Komplain terkirim" in client.submit(form, text="Kurang satu", wanted="0").text


def test_one_stall_is_cancelled_and_the_other_stays(
    client: Browser, session: Session, now: datetime
) -> None:
    market = make_open_market()
    products = [make_product(make_kept_stall(market)[0]) for _ in range(2)]
    group = place([(product, 1_000) for product in products], now=now)
    first, second = (order.number for order in orders_of(group))
    answer = client.submit(link_of(client, group.number, f"/{first}/batal"))
    assert "Lapak lain tidak berubah" in answer.text
    life.accept_order(order=orders_of(group)[1], trader_id=make_person().id, now=now)
    late = client.submit(link_of(client, group.number, f"/{second}/batal"))
    assert "tidak berlaku lagi" in late.text
