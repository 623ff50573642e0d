from datetime import datetime

from sqlalchemy.orm import Session

from pol.catalogue.models import ProductPicture
from pol.catalogue.rules import Condition, Unit
from tests.factories.catalogue import make_category, make_market, make_product, make_stall
from tests.rig.client import Browser
from tests.rig.pages import Page


def test_a_product_says_all_that_a_buyer_asks(
    client: Browser, session: Session, now: datetime
) -> None:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    product = make_product(
        stall,
        name="Bandeng segar",
        price=34_000,
        unit=Unit.KG,
        step_milli=250,
        min_milli=500,
        stock_milli=12_500,
        tiers={5_000: 32_000},
        description="Panen pagi.\n\nBisa dibersihkan.",
        condition=Condition.FRESH,
    )
    session.add(ProductPicture(product_id=product.id, position=1, key="kedua"))
    session.add(ProductPicture(product_id=product.id, position=0, key="pertama"))
    page = Page(client.get(f"/produk/{product.slug}"))
    assert page.heading == "Bandeng segar"
    assert page.texts(".price--big") == ["Rp34.000 / kg"]
    for words in (
        "Mulai 5 kg: Rp32.000 per kg",
        "Stok 12,5 kg",
        "Paling sedikit 0,5 kg, kelipatan 0,25 kg.",
        "Mina Jaya",
        "Pasar Babat",
        "Buka sampai 20.00 WIB",
        "Bisa, di lapak",
        "Segar",
    ):
        assert words in page.text, words
    pictures = [node.attributes["src"] for node in page.tree.css(".product__pictures img")]
    assert pictures == ["/gambar/pertama-800.jpg", "/gambar/kedua-320.jpg"]
    assert page.texts("main p")[-2:] == ["Panen pagi.", "Bisa dibersihkan."]


def test_the_form_is_ready_to_send(client: Browser, now: datetime) -> None:
    product = make_product(min_milli=2_000)
    form = Page(client.get(f"/produk/{product.slug}")).form("/keranjang/tambah")
    assert form.values == {"product": product.slug, "quantity": "2", "note": ""}


def test_what_is_sold_out_cannot_be_put_into_the_cart(client: Browser, now: datetime) -> None:
    page = Page(client.get(f"/produk/{make_product(stock_milli=0).slug}"))
    assert "sedang habis" in page.text
    assert page.forms() == []


def test_what_is_sold_as_available_says_so(client: Browser, now: datetime) -> None:
    page = Page(client.get(f"/produk/{make_product(stock_milli=None).slug}"))
    assert "Stok seadanya" in page.text
    assert len(page.forms()) == 1


def test_what_is_not_listed_is_not_found(client: Browser, now: datetime) -> None:
    assert client.get(f"/produk/{make_product(listed_at=None).slug}").status_code == 404


def test_other_goods_of_the_category_follow(client: Browser, now: datetime) -> None:
    fish = make_category("Ikan")
    product = make_product(name="Bandeng", category=fish)
    make_product(name="Mujair", category=fish)
    make_product(name="Bayam")
    page = Page(client.get(f"/produk/{product.slug}"))
    assert page.texts(".card__name") == ["Mujair"]


def test_a_product_page_costs_two_statements(
    client: Browser, now: datetime, statements: list[str]
) -> None:
    fish = make_category("Ikan")
    slugs = [make_product(category=fish, tiers={5_000: 4_000}).slug for _ in range(8)]
    client.get(f"/produk/{slugs[0]}")
    statements.clear()
    assert client.get(f"/produk/{slugs[1]}").status_code == 200
    assert len(statements) <= 2
