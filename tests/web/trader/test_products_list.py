"""The trader's list: found, sorted, and changed in place without overwriting anybody."""

import pytest
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.catalogue.rules import ProductStatus, Unit
from pol.catalogue.rules.product import TiersUnfit
from pol.catalogue.services import stock
from pol.kernel.money import Rupiah
from tests.factories.catalogue import make_product, make_stall, stock_of
from tests.rig.client import Browser
from tests.rig.pages import Form, Page
from tests.web.trader.conftest import Desk

LIST = "/pedagang/produk"


def slip(page: Page, product: Product) -> Form:
    return page.form(f"{LIST}/{product.slug}/cepat")


def filled(form: Form, field: str, typed: str) -> Form:
    return Form(form.action, {**form.values, field: typed})


def names(page: Page) -> list[str]:
    return page.texts(".ware .row__title")


def test_an_empty_list_teaches_the_first_step(client: Browser, desk: Desk) -> None:
    page = Page(client.get(LIST))
    assert "Belum ada produk" in page.text
    assert f"{LIST}/baru" in page.links()


def test_only_own_products_are_listed_with_their_state(client: Browser, desk: Desk) -> None:
    make_product(desk.stall, name="Bandeng segar", stock_milli=0)
    make_product(
        desk.stall,
        name="Udang",
        status=ProductStatus.HIDDEN,
        status_reason="Foto buram",
        listed_at=None,
    )
    make_product(make_stall(desk.market), name="Milik orang lain")
    page = Page(client.get(LIST))
    assert names(page) == ["Bandeng segar", "Udang"]
    assert "2 produk" in page.text
    assert "Kata petugas: Foto buram" in page.text
    assert page.texts(".badge") == ["Tayang", "habis", "Disembunyikan"]


def test_the_list_is_searched_filtered_and_sorted(client: Browser, desk: Desk) -> None:
    make_product(desk.stall, name="Bandeng besar", stock_milli=9_000)
    make_product(desk.stall, name="Bandeng kecil", stock_milli=1_000)
    make_product(desk.stall, name="Udang", stock_milli=None, status=ProductStatus.DRAFT)
    assert names(Page(client.get(f"{LIST}?q=BANDENG+kecil"))) == ["Bandeng kecil"]
    assert names(Page(client.get(f"{LIST}?status=draft"))) == ["Udang"]
    assert names(Page(client.get(f"{LIST}?urut=terbaru")))[0] == "Udang"
    by_stock = names(Page(client.get(f"{LIST}?urut=stok")))
    assert by_stock == ["Bandeng kecil", "Bandeng besar", "Udang"]
    assert "Tidak ada produk yang cocok" in Page(client.get(f"{LIST}?q=100%25")).text
    assert len(names(Page(client.get(f"{LIST}?status=entah&urut=entah")))) == 3


def test_price_and_stock_change_in_place(client: Browser, desk: Desk, session: Session) -> None:
    product = make_product(desk.stall, name="Bandeng", price=34_000, stock_milli=2_500)
    form = slip(Page(client.get(LIST)), product)
    assert (form.values["price"], form.values["stock"]) == ("34.000", "2,5")
    page = Page(client.send(form, price="35.000", stock="7"))
    assert "Harga dan stok tersimpan." in page.messages
    assert session.get_one(Product, product.id).price == Rupiah(35_000)
    assert stock_of(product).on_hand_milli == 7_000


def test_the_list_comes_back_as_it_was(client: Browser, desk: Desk) -> None:
    product = make_product(desk.stall, name="Bandeng")
    page = Page(client.get(f"{LIST}?q=band&urut=stok"))
    (form,) = [form for form in page.forms() if "cepat" in form.action]
    answer = client.send(form, follow=False, price="6.000")
    assert answer.location == f"{LIST}?q=band&urut=stok#p-{product.slug}"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("price", "murah", "Tulis harga dengan angka rupiah, misalnya 12.500."),
        ("price", "", "Isi harganya, misalnya 12.500."),
        ("price", "0", "Harga harus antara Rp1 dan Rp1.000.000.000."),
        ("stock", "-1", "Stok tidak bisa kurang dari 0."),
        ("stock", "banyak", "Tulis jumlah dengan angka, misalnya 2 atau 0,25."),
        ("stock", "", "Isi stoknya, misalnya 10 atau 0."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(
    client: Browser, desk: Desk, field: str, typed: str, sentence: str
) -> None:
    product = make_product(desk.stall, name="Bandeng")
    page = Page(client.send(filled(slip(Page(client.get(LIST)), product), field, typed)))
    assert page.status == 422
    assert page.errors == {field: sentence}
    assert slip(page, product).values[field] == typed


def test_a_price_below_its_tiers_is_refused_beside_the_price(client: Browser, desk: Desk) -> None:
    product = make_product(desk.stall, name="Bandeng", price=5_000, tiers={10_000: 4_500})
    page = Page(client.send(slip(Page(client.get(LIST)), product), price="4.000"))
    assert page.errors == {"price": TiersUnfit.message}


def test_a_second_tab_is_told_and_may_insist(client: Browser, desk: Desk, session: Session) -> None:
    product = make_product(desk.stall, name="Bandeng", stock_milli=10_000)
    first = slip(Page(client.get(LIST)), product)
    stock.reserve([(product.id, 4_000)])
    page = Page(client.send(first, stock="12", price="6.000"))
    assert page.status == 422
    assert "Stok Bandeng berubah selagi layar ini terbuka: sekarang 6 ikat." in page.errors["stock"]
    assert session.get_one(Product, product.id).price == Rupiah(5_000)
    again = slip(page, product)
    assert (again.values["stock"], again.values["stock_seen"]) == ("12", "6")
    client.send(again)
    row = stock_of(product)
    assert row.on_hand_milli - row.reserved_milli == 12_000


def test_seadanya_shows_no_number(client: Browser, desk: Desk, session: Session) -> None:
    product = make_product(desk.stall, name="Bandeng", stock_milli=None, unit=Unit.KG)
    form = slip(Page(client.get(LIST)), product)
    assert "stock" not in form.values
    client.send(form, price="4.500")
    assert session.get_one(Product, product.id).price == Rupiah(4_500)
