"""Products before their officer: seen, published, hidden with a reason; never one's own."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.catalogue.rules import ProductStatus
from pol.catalogue.rules.product import OwnProduct, ProductNotWaiting
from pol.notices.models import Notice
from tests.factories.catalogue import make_market, make_product, make_stall
from tests.factories.traders import keep, make_keeper, make_officer
from tests.rig.client import Browser
from tests.rig.pages import Page

QUEUE = "/petugas/produk"


class Post:
    """An officer, and a product that waits for them."""

    def __init__(self, client: Browser, now: datetime) -> None:
        self.market = make_market()
        self.officer = make_officer(self.market)
        self.stall = make_stall(self.market, name="Kios Contoh")
        self.owner = make_keeper(self.stall)
        self.product: Product = make_product(
            self.stall,
            name="Bandeng",
            status=ProductStatus.SUBMITTED,
            submitted_at=now,
            listed_at=None,
            tiers={5_000: 4_500},
            description="Dari tambak sendiri.",
        )
        client.log_in(self.officer)

    @property
    def here(self) -> str:
        return f"{QUEUE}/{self.product.slug}"


@pytest.fixture
def post(client: Browser, session: Session, now: datetime) -> Post:
    return Post(client, now)


def fresh(session: Session, product: Product) -> Product:
    session.expire_all()
    return session.get_one(Product, product.id)


def test_the_queue_holds_the_goods_of_my_markets(
    client: Browser, post: Post, now: datetime
) -> None:
    make_product(make_stall(make_market()), name="Jauh", status=ProductStatus.SUBMITTED)
    page = Page(client.get(QUEUE))
    assert page.texts(".rows .row__title") == ["Bandeng"]
    assert page.texts(".tabs [aria-current]") == ["Menunggu petugas 1"]
    assert "Tidak ada produk di sini" in Page(client.get(f"{QUEUE}?status=published")).text
    assert "Tidak ada produk di sini" in Page(client.get(f"{QUEUE}?q=udang")).text
    assert len(Page(client.get(f"{QUEUE}?q=band&status=entah")).texts(".rows .row__title")) == 1


def test_a_draft_and_what_is_elsewhere_are_not_found(client: Browser, post: Post) -> None:
    draft = make_product(post.stall, name="Konsep", status=ProductStatus.DRAFT, listed_at=None)
    other = make_product(make_stall(make_market()), name="Jauh", status=ProductStatus.SUBMITTED)
    for product in (draft, other):
        assert client.get(f"{QUEUE}/{product.slug}").status_code == 404
    for step in ("tayangkan", "sembunyikan"):
        answer = client.submit(f"{QUEUE}/{other.slug}/{step}", reason="Salah")
        assert answer.status_code == 404


def test_everything_that_matters_is_on_one_page(client: Browser, post: Post) -> None:
    text = Page(client.get(post.here)).text
    for fact in (
        "Kios Contoh",
        "Rp5.000 / ikat",
        "Rp4.500 / ikat",
        "Dari tambak sendiri.",
        "Segar",
    ):
        assert fact in text


def test_publishing_shows_it_to_customers(client: Browser, post: Post, session: Session) -> None:
    page = Page(client.send(Page(client.get(post.here)).form(f"{post.here}/tayangkan")))
    assert "Produk tayang. Pedagang diberi tahu." in page.messages
    product = fresh(session, post.product)
    assert product.status is ProductStatus.PUBLISHED
    assert product.listed_at is not None
    assert client.get(f"/produk/{product.slug}").status_code == 200
    notice = session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.link) == (post.owner.id, f"/pedagang/produk/{product.slug}")
    again = Page(client.submit(f"{post.here}/tayangkan"))
    assert ProductNotWaiting.message in again.messages


def test_hiding_needs_a_reason_that_the_trader_reads(
    client: Browser, post: Post, session: Session
) -> None:
    form = Page(client.get(post.here)).form(f"{post.here}/sembunyikan")
    page = Page(client.send(form))
    assert page.status == 422
    assert "Tulis alasannya" in page.errors["reason"]
    client.send(form, reason="Fotonya buram")
    product = fresh(session, post.product)
    assert (product.status, product.status_reason) == (ProductStatus.HIDDEN, "Fotonya buram")
    client.log_in(post.owner)
    page = Page(client.get(f"/pedagang/produk/{product.slug}"))
    assert "Kata petugas: Fotonya buram" in page.text


def test_what_customers_see_is_taken_away_at_once(
    client: Browser, post: Post, session: Session
) -> None:
    client.submit(f"{post.here}/tayangkan")
    client.submit(f"{post.here}/sembunyikan", reason="Harga salah ketik")
    assert fresh(session, post.product).listed_at is None
    assert client.get(f"/produk/{post.product.slug}").status_code == 404
    assert "Menunggu pedagang" in Page(client.get(post.here)).text


def test_nobody_decides_about_the_own_goods(client: Browser, post: Post, session: Session) -> None:
    keep(post.stall, post.officer)
    assert Page(client.get(post.here)).forms() == []
    assert OwnProduct.message in Page(client.submit(f"{post.here}/tayangkan")).messages
    assert fresh(session, post.product).status is ProductStatus.SUBMITTED
