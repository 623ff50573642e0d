"""A customer without an account buys from three stalls of two markets, and all do their part."""

from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pol.catalogue.models import Product
from pol.kernel.money import Rupiah
from pol.orders.models import OrderGroup
from pol.orders.rules.life import OrderStatus
from pol.stalls.models import Stall
from tests.factories.catalogue import make_product, stock_of
from tests.factories.orders import make_kept_stall, make_open_market, orders_of
from tests.rig.client import Browser
from tests.rig.pages import Page

WHO: dict[str, Any] = {
    "name": "Rini (contoh)",
    "phone": "0812-3456-7890",
    "village": "Sidoharjo (Lamongan)",
    "address": "Jalan Veteran 5",
}


def two_markets() -> list[Product]:
    north, south = make_open_market("Pasar Blimbing"), make_open_market("Pasar Babat")
    return [
        make_product(make_kept_stall(north, "Lapak Ikan")[0], name="Bandeng", price=34_000),
        make_product(make_kept_stall(north, "Lapak Bumbu")[0], name="Terasi", price=12_000),
        make_product(make_kept_stall(south, "Lapak Kue")[0], name="Wingko", price=27_500),
    ]


def add(client: Browser, product: Product, quantity: str = "1") -> TestResponse:
    return client.submit("/keranjang/tambah", product=product.slug, quantity=quantity)


def check_out(client: Browser, **fields: Any) -> TestResponse:
    form = Page(client.get("/pesan")).form("/pesan")
    return client.send(form, **WHO | fields)


def only_group(session: Session) -> OrderGroup:
    return session.scalars(select(OrderGroup)).one()


def test_one_cart_three_stalls_two_markets(
    client: Browser, session: Session, now: datetime
) -> None:
    for product in two_markets():
        assert add(client, product).status_code == 200
    cart = client.get("/keranjang").text
    assert "Rp83.500" in cart  # 73,500 of goods and two trips
    page = check_out(client)
    assert "Terima kasih" in page.text
    group = only_group(session)
    assert group.charged == Rupiah(83_500)
    assert group.phone == "+6281234567890"
    assert f"/belanjaan/{group.number}?kunci=" in page.request.url
    assert "Keranjang masih kosong" in client.get("/keranjang").text


def test_a_village_left_unchosen_is_asked_for_again_where_it_was(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    first = Page(check_out(client, village="Sumberagung"))
    for page in first, Page(client.send(first.form("/pesan"))):
        assert page.status == 422
        assert set(page.errors) == {"village"}
        assert "Sumberagung (Brondong)" in page.texts("select[name=village] option")


def test_a_delivery_without_a_village_is_said_beside_the_village(
    client: Browser, now: datetime
) -> None:
    add(client, two_markets()[0])
    assert set(Page(check_out(client, village="")).errors) == {"village"}
    assert set(Page(check_out(client, address="")).errors) == {"address"}


def test_the_whole_way_to_the_table(client: Browser, session: Session, now: datetime) -> None:
    market = make_open_market()
    stall, owner = make_kept_stall(market)
    product = make_product(stall, price=34_000, stock_milli=5_000)
    add(client, product, "2")
    link = check_out(client).request.path
    group = only_group(session)
    order = orders_of(group)[0]
    trader = Browser(client.application, client.response_wrapper)
    trader.log_in(owner)
    desk = f"/pedagang/pesanan/{order.number}"
    assert order.number in trader.get("/pedagang/pesanan").text
    assert "Urungkan" in trader.submit(f"{desk}/terima").text
    assert "menunggu jawaban lagi" in trader.submit(f"{desk}/tarik").text
    assert "Siapkan barangnya" in trader.submit(f"{desk}/terima").text
    assert "siap diserahkan" in trader.submit(f"{desk}/siap").text
    assert "dibawa kurir" in trader.submit(f"{desk}/kurir").text
    assert "Kurir sedang membawa" in client.get(link, query_string=key_of(client, group)).text
    assert orders_of(group)[0].status is OrderStatus.ON_THE_WAY
    assert stock_of(product).reserved_milli == 2_000


def key_of(client: FlaskClient, group: OrderGroup) -> dict[str, str]:
    from pol.web.guest import guest_key  # noqa: PLC0415

    with client.application.test_request_context():
        return {"kunci": guest_key(group.number)}


def test_a_stranger_does_not_find_the_group(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    check_out(client)
    number = only_group(session).number
    stranger = Browser(client.application, client.response_wrapper)
    assert stranger.get(f"/belanjaan/{number}").status_code == 404
    assert stranger.get(f"/belanjaan/{number}?kunci=salah").status_code == 404
    assert stranger.submit(f"/belanjaan/{number}/batal").status_code == 404


def test_a_second_press_on_the_button_shows_the_same_group(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    form = Page(client.get("/pesan")).form("/pesan")
    first = client.send(form, **WHO)
    again = client.send(form, **WHO)
    assert again.request.path == first.request.path
    assert session.scalars(select(OrderGroup.number)).all() == [only_group(session).number]


def test_a_form_that_is_an_order_already_does_not_take_other_answers(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    form = Page(client.get("/pesan")).form("/pesan")
    client.send(form, **WHO)
    page = client.send(form, **{**WHO, "address": "Jalan lain 9"})
    assert page.status_code == 422
    group = only_group(session)
    assert f"sudah menjadi belanjaan {group.number}" in page.text
    assert group.address == WHO["address"]
    (link,) = [a for a in Page(page).links() if f"/belanjaan/{group.number}" in a]
    assert client.get(link).status_code == 200


def test_nothing_typed_is_lost_when_the_form_is_wrong(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    form = Page(client.get("/pesan")).form("/pesan")
    page = client.send(form, **{**WHO, "phone": "12", "address": "RT 3 RW 1 dekat masjid"})
    assert page.status_code == 422
    assert "RT 3 RW 1 dekat masjid" in page.text
    assert "Rini (contoh)" in page.text
    assert Page(page).errors
    assert session.scalars(select(OrderGroup)).all() == []


def test_a_delivery_without_address_is_asked_for_it(
    client: Browser, session: Session, now: datetime
) -> None:
    add(client, two_markets()[0])
    form = Page(client.get("/pesan")).form("/pesan")
    page = client.send(form, **{**WHO, "address": ""})
    assert page.status_code == 409
    assert "supaya kurir bisa menemukan rumah Anda" in page.text


def test_a_price_that_changed_is_marked_and_taken_over(
    client: Browser, session: Session, now: datetime
) -> None:
    product = two_markets()[0]
    add(client, product)
    product.price = Rupiah(36_000)
    session.commit()
    assert "dari Rp34.000 menjadi Rp36.000" in client.get("/keranjang").text
    assert client.get("/pesan").status_code == 302
    assert "harga hari ini" in client.submit("/keranjang/harga").text
    assert client.get("/pesan").status_code == 200


def test_a_stall_that_went_away_in_between_is_marked(
    client: Browser, session: Session, now: datetime
) -> None:
    product = two_markets()[0]
    add(client, product)
    stall = session.get_one(Stall, product.stall_id)
    stall.vacation_from, stall.vacation_until = now.date(), None
    session.commit()
    assert "Sedang tidak dijual" in client.get("/keranjang").text


def test_a_cart_is_changed_and_emptied(client: Browser, session: Session, now: datetime) -> None:
    add(client, two_markets()[0])
    form = next(f for f in Page(client.get("/keranjang")).forms() if f.action.endswith("/ubah"))
    page = client.send(form, quantity="3", note="Bersihkan sisiknya", if_gone="drop")
    assert "Rp102.000" in page.text
    assert "Bersihkan sisiknya" in page.text
    assert "pembelian terkecil 1 ikat" in client.send(form, quantity="0,5").text
    remove = next(f for f in Page(client.get("/keranjang")).forms() if f.action.endswith("/hapus"))
    assert "Keranjang masih kosong" in client.send(remove).text


def test_a_wrong_quantity_is_explained_beside_the_field(
    client: Browser, session: Session, now: datetime
) -> None:
    product = two_markets()[0]
    for wrong, words in (
        ("dua", "dengan angka"),
        ("0", "pembelian terkecil"),
        ("1,5", "tidak pas"),
    ):
        page = add(client, product, wrong)
        assert page.status_code == 422
        assert words in Page(page).errors["quantity"]
        assert f'value="{wrong}"' in page.text


def test_a_customer_with_an_account_sees_all_their_groups(
    client: Browser, session: Session, now: datetime
) -> None:
    _stall, person = make_kept_stall(make_open_market())
    client.log_in(person)
    assert "Belum ada pesanan" in client.get("/pesanan-saya").text
    add(client, two_markets()[0])
    check_out(client)
    number = only_group(session).number
    assert number in client.get("/pesanan-saya").text
    assert client.get(f"/belanjaan/{number}").status_code == 200
