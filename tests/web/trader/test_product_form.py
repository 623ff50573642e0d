"""Writing a product: picture first, four things needed, nothing typed or sent is ever lost."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import PriceTier, Product, ProductPicture
from pol.catalogue.rules import Condition, ProductStatus, StockMode, Unit
from pol.catalogue.rules.product import NameTaken, PictureMissing, PictureNotYours
from pol.files.models import Picture
from pol.files.rules import PictureTooHeavy, PictureUnknown
from pol.kernel.money import Rupiah
from tests.factories.catalogue import make_product, make_stall, stock_of
from tests.factories.traders import make_keeper
from tests.files.hostile import PAGE, photo
from tests.rig.client import Browser
from tests.rig.pages import Page
from tests.web.trader.conftest import Desk

NEW = "/pedagang/produk/baru"


def file(data: bytes = b"", name: str = "IMG_0001.jpg") -> tuple[BytesIO, str]:
    return BytesIO(data or photo()), name


def write(client: Browser, **fields: Any) -> Page:
    form = Page(client.get(NEW)).form(NEW)
    return Page(client.send(form, **fields))


def only_product(session: Session) -> Product:
    return session.scalars(select(Product)).one()


def test_the_first_thing_asked_for_is_a_picture(client: Browser, desk: Desk) -> None:
    page = Page(client.get(NEW))
    asked = [node.attributes for node in page.tree.css("main form input:not([type=hidden])")]
    assert [field["name"] for field in asked[:3]] == ["camera", "gallery", "name"]
    assert (asked[0]["accept"], asked[0]["capture"]) == ("image/*", "environment")
    needed = page.tree.css("main form [required]")
    assert {node.attributes["name"] for node in needed} == {"name", "price", "unit"}


def test_four_things_make_a_product(client: Browser, desk: Desk, session: Session) -> None:
    page = write(client, camera=file(), name="Bandeng segar", price="34.000", stock="12,5")
    product = only_product(session)
    assert page.heading == "Bandeng segar"
    assert page.address == f"/pedagang/produk/{product.slug}"
    assert (product.price, product.unit) == (Rupiah(34_000), Unit.KG)
    assert (product.step_milli, product.min_milli) == (250, 250)
    assert product.category_id == desk.category.id
    assert product.condition is Condition.FRESH
    assert product.status is ProductStatus.SUBMITTED
    assert stock_of(product).on_hand_milli == 12_500
    assert product.picture_key


def test_a_draft_waits_for_its_trader(client: Browser, desk: Desk, session: Session) -> None:
    page = write(
        client, gallery=file(), name="Bandeng asap", price="50000", as_available="y", draft="ya"
    )
    product = only_product(session)
    assert product.status is ProductStatus.DRAFT
    assert product.stock_mode is StockMode.AS_AVAILABLE
    assert f"/pedagang/produk/{product.slug}/kirim" in [form.action for form in page.forms()]


def test_wrong_words_stand_beside_their_fields_and_the_picture_stays(
    client: Browser, desk: Desk, session: Session
) -> None:
    page = write(client, camera=file(), name="Bandeng", price="murah", stock="-3")
    assert page.status == 422
    assert page.errors["price"].endswith("Tulis harga dengan angka rupiah, misalnya 12.500.")
    assert page.errors["stock"].endswith("Stok tidak bisa kurang dari 0.")
    form = page.form(NEW)
    assert (form.values["name"], form.values["price"]) == ("Bandeng", "murah")
    key = session.scalars(select(Picture.key)).one()
    assert form.values["kept"] == key
    assert f"/gambar/{key}-160.jpg" in [n.attributes["src"] for n in page.tree.css("img")]
    after = Page(client.send(form, price="34.000", stock="3"))
    assert after.status == 200
    assert only_product(session).picture_key == key


def test_thirty_megabytes_get_a_sentence_and_lose_nothing(
    client: Browser, desk: Desk, session: Session
) -> None:
    big = photo() + bytes(30_000_000)
    page = write(
        client, camera=file(big), gallery=file(), name="Bandeng", price="34.000", stock="3"
    )
    assert page.status == 422
    assert page.errors == {"camera": f"IMG_0001.jpg: {PictureTooHeavy.message}"}
    form = page.form(NEW)
    assert form.values["price"] == "34.000"
    assert form.values["kept"] == session.scalars(select(Picture.key)).one()


def test_a_page_is_not_a_picture(client: Browser, desk: Desk, session: Session) -> None:
    page = write(client, camera=file(PAGE), name="Bandeng", price="34.000", stock="3")
    assert page.errors == {"camera": f"IMG_0001.jpg: {PictureUnknown.message}"}
    assert session.scalars(select(Product)).all() == []


def test_a_ninth_picture_is_one_too_many_and_the_others_stay(
    client: Browser, desk: Desk, session: Session
) -> None:
    nine = [file(name=f"{number}.jpg") for number in range(9)]
    page = write(client, gallery=nine, name="Bandeng", price="34.000", stock="3")
    assert page.errors == {"camera": "Paling banyak 8 foto di sini."}
    assert len(session.scalars(select(Picture)).all()) == 8
    Page(client.send(page.form(NEW)))
    assert len(session.scalars(select(ProductPicture)).all()) == 8


def test_without_a_picture_there_is_no_product(client: Browser, desk: Desk) -> None:
    page = write(client, name="Bandeng", price="34.000", stock="3")
    assert page.errors == {"camera": PictureMissing.message}


def test_somebody_elses_picture_is_not_taken(client: Browser, desk: Desk, session: Session) -> None:
    mine = write(client, camera=file(), name="Bandeng", price="34.000", stock="3")
    key = only_product(session).picture_key
    assert mine.status == 200
    page = write(client, kept=key, name="Bandeng lain", price="34.000", stock="3")
    assert page.errors == {"camera": PictureNotYours.message}
    client.log_in(make_keeper(make_stall(desk.market)))
    page = write(client, kept=key, name="Bandeng lain", price="34.000", stock="3")
    assert page.errors == {"camera": PictureMissing.message}


def test_stock_is_a_number_or_seadanya(client: Browser, desk: Desk) -> None:
    page = write(client, camera=file(), name="Bandeng", price="34.000")
    assert page.errors["stock"].endswith("Isi stoknya, atau centang “Seadanya”.")


def test_a_name_that_says_nothing_asks_for_the_category(
    client: Browser, desk: Desk, session: Session
) -> None:
    page = write(client, camera=file(), name="Entah apa", price="34.000", stock="3")
    assert page.errors == {"category": "Kami belum bisa menebak kategorinya. Pilih satu."}
    after = Page(client.send(page.form(NEW), category=str(desk.category.id)))
    assert after.heading == "Entah apa"


def test_a_name_is_used_once(client: Browser, desk: Desk) -> None:
    make_product(desk.stall, name="Bandeng")
    page = write(client, camera=file(), name="bandeng", price="34.000", stock="3")
    assert page.errors["name"].endswith(NameTaken.message)


def test_half_a_tier_is_asked_about(client: Browser, desk: Desk) -> None:
    page = write(client, camera=file(), name="Bandeng", price="9.000", stock="3", tier_1_from="5")
    assert page.errors["tier_1_from"] == "Isi jumlah dan harganya, atau kosongkan dua-duanya."


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"unit": "ikat", "step": "0,5"}, "step"),
        ({"tier_1_from": "5", "tier_1_price": "40.000"}, "tier_1_from"),
        ({"price": "0"}, "price"),
    ],
)
def test_what_a_rule_refuses_stands_beside_its_field(
    client: Browser, desk: Desk, fields: dict[str, Any], wrong: str
) -> None:
    sound = {"camera": file(), "name": "Bandeng", "price": "34.000", "stock": "3"}
    page = write(client, **sound | fields)
    assert page.status == 422
    assert list(page.errors) == [wrong]


def test_a_product_is_written_anew(client: Browser, desk: Desk, session: Session) -> None:
    product = make_product(desk.stall, name="Bandeng", category=desk.category, tiers={5_000: 4_000})
    url = f"/pedagang/produk/{product.slug}/ubah"
    form = Page(client.get(url)).form(url)
    assert (form.values["price"], form.values["stock"]) == ("5.000", "100")
    assert (form.values["tier_1_from"], form.values["tier_1_price"]) == ("5", "4.000")
    changed: dict[str, Any] = {
        "price": "6.000",
        "stock": "80",
        "tier_2_from": "10",
        "tier_2_price": "3.500",
    }
    page = Page(client.send(form, description="Dari tambak.", **changed))
    assert page.heading == "Bandeng"
    session.expire_all()
    row = session.get_one(Product, product.id)
    assert (row.price, row.description, row.slug) == (Rupiah(6_000), "Dari tambak.", product.slug)
    assert stock_of(product).on_hand_milli == 80_000
    assert len(session.scalars(select(PriceTier)).all()) == 2


def test_a_second_screen_is_told_what_changed(
    client: Browser, desk: Desk, session: Session
) -> None:
    product = make_product(desk.stall, name="Bandeng", category=desk.category)
    url = f"/pedagang/produk/{product.slug}/ubah"
    first, second = Page(client.get(url)).form(url), Page(client.get(url)).form(url)
    client.send(first, price="6.000")
    page = Page(client.send(second, price="7.000", description="Segar"))
    assert page.status == 422
    assert "sudah diubah menjadi Rp6.000 dari layar lain" in page.errors["price"]
    assert page.form(url).values["description"] == "Segar"
    assert Page(client.send(page.form(url))).status == 200
    session.expire_all()
    assert session.get_one(Product, product.id).price == Rupiah(7_000)


def test_a_wrong_edit_keeps_what_was_typed(client: Browser, desk: Desk) -> None:
    product = make_product(desk.stall, name="Bandeng", category=desk.category)
    url = f"/pedagang/produk/{product.slug}/ubah"
    page = Page(client.send(Page(client.get(url)).form(url), name="", price="x"))
    assert page.status == 422
    assert set(page.errors) == {"name", "price"}


def test_a_product_goes_to_the_officer_and_back(
    client: Browser, desk: Desk, session: Session
) -> None:
    product = make_product(desk.stall, name="Bandeng", status=ProductStatus.DRAFT, listed_at=None)
    here = f"/pedagang/produk/{product.slug}"
    assert "Terkirim" in " ".join(Page(client.submit(f"{here}/kirim")).messages)
    assert session.get_one(Product, product.id).status is ProductStatus.SUBMITTED
    client.submit(f"{here}/tarik")
    assert session.get_one(Product, product.id).status is ProductStatus.DRAFT
    page = Page(client.submit(f"{here}/tarik"))
    assert "tidak berlaku lagi" in " ".join(page.messages)


def test_pictures_come_change_places_and_go(client: Browser, desk: Desk, session: Session) -> None:
    write(client, camera=file(), name="Bandeng", price="34.000", stock="3")
    product = only_product(session)
    here, first = f"/pedagang/produk/{product.slug}", product.picture_key
    client.submit(f"{here}/foto", camera=file(), gallery=file())
    keys = session.scalars(select(ProductPicture.key).order_by(ProductPicture.position)).all()
    assert len(keys) == 3
    client.submit(f"{here}/foto/{keys[2]}/utama")
    assert only_product(session).picture_key == keys[2]
    client.submit(f"{here}/foto/{keys[2]}/hapus")
    assert only_product(session).picture_key == first
    client.submit(f"{here}/foto/{keys[1]}/hapus")
    page = Page(client.submit(f"{here}/foto/{first}/hapus"))
    assert PictureMissing.message in page.messages


def test_pictures_that_cannot_hang_are_named(client: Browser, desk: Desk) -> None:
    write(client, camera=file(), name="Bandeng", price="34.000", stock="3")
    here = Page(client.get("/pedagang/produk")).links(".ware a")[0]
    assert Page(client.submit(f"{here}/foto")).errors["camera"] == "Potret atau pilih fotonya dulu."
    wrong = Page(client.submit(f"{here}/foto", camera=file(PAGE, "surat.html")))
    assert wrong.errors == {"camera": f"surat.html: {PictureUnknown.message}"}
    many = [file(name=f"{n}.jpg") for n in range(8)]
    page = Page(client.submit(f"{here}/foto", gallery=many))
    assert page.status == 422
    assert "paling banyak 8 foto" in page.errors["camera"]


def test_a_permit_belongs_to_the_product(client: Browser, desk: Desk) -> None:
    product = make_product(desk.stall, name="Bandeng presto")
    url = f"/pedagang/produk/{product.slug}/izin"
    page = Page(client.submit(url, kind="p_irt", number="", expires_on="2020-01-01"))
    assert set(page.errors) == {"number"}
    page = Page(client.submit(url, kind="p_irt", number="P-IRT 123", expires_on="2020-01-01"))
    assert set(page.errors) == {"expires_on"}
    page = Page(client.submit(url, kind="p_irt", number="P-IRT 123", camera=file()))
    assert "P-IRT P-IRT 123" in page.text
    (strike,) = [form for form in page.forms() if form.action.endswith("/hapus")]
    assert "P-IRT 123" not in Page(client.send(strike)).text
    assert client.send(strike).status_code == 404


@pytest.mark.parametrize("path", ["", "/ubah"])
def test_a_product_of_another_stall_is_not_found(client: Browser, desk: Desk, path: str) -> None:
    other = make_product(make_stall(desk.market), name="Bukan milik saya")
    assert client.get(f"/pedagang/produk/{other.slug}{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "ubah",
        "kirim",
        "tarik",
        "foto",
        "foto/x/hapus",
        "foto/x/utama",
        "izin",
        "izin/1/hapus",
        "cepat",
    ],
)
def test_a_product_of_another_stall_is_not_changed(client: Browser, desk: Desk, path: str) -> None:
    other = make_product(make_stall(desk.market), name="Bukan milik saya")
    sound: dict[str, Any] = {
        "name": "Milik saya",
        "price": "1.000",
        "price_seen": "5000",
        "as_available": "y",
    }
    sound |= {"unit": "kg", "category": str(desk.category.id), "kind": "nib", "number": "1"}
    response = client.submit(f"/pedagang/produk/{other.slug}/{path}", camera=file(), **sound)
    assert response.status_code == 404
