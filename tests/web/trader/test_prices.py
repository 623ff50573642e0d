"""The price board of the morning: all at once, or nothing."""

from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.kernel.money import Rupiah
from tests.factories.catalogue import make_product, make_stall
from tests.rig.client import Browser
from tests.rig.pages import Form, Page
from tests.web.trader.conftest import Desk

BOARD = "/pedagang/produk/papan-harga"


def price(session: Session, product: Product) -> Rupiah:
    session.expire_all()
    return session.get_one(Product, product.id).price


def save(client: Browser, form: Form, prices: dict[Product, str]) -> Page:
    typed = {f"{product.slug}-price": text for product, text in prices.items()}
    return Page(client.send(Form(form.action, {**form.values, **typed})))


def test_an_empty_board_leads_to_the_first_product(client: Browser, desk: Desk) -> None:
    assert "/pedagang/produk/baru" in Page(client.get(BOARD)).links()


def test_all_prices_are_saved_at_once(client: Browser, desk: Desk, session: Session) -> None:
    one, two = make_product(desk.stall, name="Bandeng"), make_product(desk.stall, name="Udang")
    form = Page(client.get(BOARD)).form(BOARD)
    page = save(client, form, {one: "5.500", two: "6.250"})
    assert "2 harga diubah." in page.messages
    assert (price(session, one), price(session, two)) == (Rupiah(5_500), Rupiah(6_250))
    page = Page(client.send(page.form(BOARD)))
    assert "Tidak ada harga yang berubah." in page.messages


def test_one_wrong_price_saves_none(client: Browser, desk: Desk, session: Session) -> None:
    one, two = make_product(desk.stall, name="Bandeng"), make_product(desk.stall, name="Udang")
    page = save(client, Page(client.get(BOARD)).form(BOARD), {one: "5.500", two: "enam ribu"})
    assert page.status == 422
    sentence = "Tulis harga dengan angka rupiah, misalnya 12.500."
    assert page.errors == {f"{two.slug}-price": sentence}
    assert page.form(BOARD).values[f"{one.slug}-price"] == "5.500"
    assert page.form(BOARD).values[f"{two.slug}-price"] == "enam ribu"
    assert price(session, one) == Rupiah(5_000)


def test_a_second_tab_is_told_which_price_moved(
    client: Browser, desk: Desk, session: Session
) -> None:
    one, two = make_product(desk.stall, name="Bandeng"), make_product(desk.stall, name="Udang")
    stale = Page(client.get(BOARD)).form(BOARD)
    save(client, stale, {one: "5.500"})
    page = save(client, stale, {one: "7.000", two: "8.000"})
    assert page.status == 422
    assert page.errors == {f"{one.slug}-price": "Sekarang Rp5.500. Periksa, lalu simpan lagi."}
    assert price(session, two) == Rupiah(5_000)
    assert Page(client.send(page.form(BOARD))).status == 200
    assert (price(session, one), price(session, two)) == (Rupiah(7_000), Rupiah(8_000))


def test_a_price_of_another_stall_is_not_touched(
    client: Browser, desk: Desk, session: Session
) -> None:
    other = make_product(make_stall(desk.market), name="Milik orang lain")
    save(client, Form(BOARD, {f"{other.slug}-seen": "5000"}), {other: "1"})
    assert price(session, other) == Rupiah(5_000)
