"""From draft to market: what a product needs, who lets it be seen, and when customers see it."""

from datetime import datetime
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product, ProductPicture, SearchTerm
from pol.catalogue.rules import Condition, ProductStatus, StockMode, Unit
from pol.catalogue.rules.product import (
    NameTaken,
    OwnProduct,
    PictureMissing,
    PictureNotYours,
    ProductMoveClosed,
    ProductNotWaiting,
    ProductReasonMissing,
    Tier,
    TooManyPictures,
)
from pol.catalogue.services import product_pictures, products
from pol.files.rules import PictureUse
from pol.files.services import store_image
from pol.identity.models import User
from pol.kernel.audit import AuditEntry
from pol.kernel.marks import take_marks
from pol.kernel.money import Rupiah
from pol.stalls.models import Stall
from pol.stalls.services import stalls
from tests.factories.catalogue import make_category, make_market, make_stall, stock_of
from tests.factories.traders import make_keeper, make_officer, make_person


def picture_of(user: User, now: datetime) -> str:
    image = Image.new("RGB", (400, 300), "orange")
    return store_image(image, use=PictureUse.PRODUCT, owner_id=user.id, now=now)


class Desk:
    """A trader at a verified stall, with an officer of its market."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        market = make_market()
        self.stall: Stall = make_stall(market)
        self.trader = make_keeper(self.stall)
        self.officer = make_officer(market)
        self.category = make_category()

    def create(self, **other: Any) -> Product:
        facts: dict[str, Any] = {
            "name": "Cabai rawit merah",
            "price": Rupiah(40_000),
            "unit": Unit.KG,
            "category_id": self.category.id,
            "stock_milli": 5_000,
        }
        facts |= other
        facts.setdefault("picture_keys", [picture_of(self.trader, self.now)])
        return products.create_product(
            stall_id=self.stall.id, actor_id=self.trader.id, now=self.now, **facts
        )

    def publish(self, product: Product) -> None:
        products.submit_product(product=product, actor_id=self.trader.id, now=self.now)
        products.publish_product(product=product, officer_id=self.officer.id, now=self.now)


@pytest.fixture
def desk(session: Session, now: datetime) -> Desk:
    desk = Desk(now)
    take_marks()
    return desk


def is_found(product: Product) -> bool:
    terms = select(func.count()).where(SearchTerm.product_id == product.id)
    return bool(Session.object_session(product).scalar(terms))  # type: ignore[union-attr]


def test_a_new_product_is_a_draft_with_quantities_that_suit_its_unit(desk: Desk) -> None:
    product = desk.create()
    assert (product.step_milli, product.min_milli) == (250, 250)
    assert product.status is ProductStatus.DRAFT
    assert product.stock_mode is StockMode.COUNTED
    assert stock_of(product).on_hand_milli == 5_000
    assert product.slug.startswith("cabai-rawit-merah-")
    assert product.listed_at is None
    assert product.condition is Condition.FRESH


def test_a_bunch_is_sold_whole_and_seadanya_counts_nothing(desk: Desk) -> None:
    product = desk.create(unit=Unit.IKAT, stock_milli=None, name="Ikan asin")
    assert (product.step_milli, product.min_milli) == (1_000, 1_000)
    assert product.stock_mode is StockMode.AS_AVAILABLE
    assert product.condition is Condition.DRIED


def test_customers_see_a_product_from_the_officers_yes_until_it_is_hidden(desk: Desk) -> None:
    product = desk.create()
    products.submit_product(product=product, actor_id=desk.trader.id, now=desk.now)
    assert product.listed_at is None
    assert take_marks() == set()
    products.publish_product(product=product, officer_id=desk.officer.id, now=desk.now)
    assert product.listed_at == desk.now
    assert is_found(product)
    assert take_marks() == {"catalogue"}
    products.hide_product(
        product=product, officer_id=desk.officer.id, reason="Fotonya buram", now=desk.now
    )
    assert product.listed_at is None
    assert product.status_reason == "Fotonya buram"
    assert not is_found(product)
    assert take_marks() == {"catalogue"}


def test_what_the_trader_hides_comes_back_at_once(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    products.withdraw_product(product=product, actor_id=desk.trader.id, now=desk.now)
    assert product.listed_at is None
    products.submit_product(product=product, actor_id=desk.trader.id, now=desk.now)
    assert product.status is ProductStatus.PUBLISHED
    assert product.listed_at == desk.now


def test_what_the_officer_hides_is_looked_at_again(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    products.hide_product(
        product=product, officer_id=desk.officer.id, reason="Salah satuan", now=desk.now
    )
    products.submit_product(product=product, actor_id=desk.trader.id, now=desk.now)
    assert product.status is ProductStatus.SUBMITTED
    with pytest.raises(ProductMoveClosed):
        products.submit_product(product=product, actor_id=desk.trader.id, now=desk.now)


def test_a_draft_cannot_be_withdrawn(desk: Desk) -> None:
    with pytest.raises(ProductMoveClosed):
        products.withdraw_product(product=desk.create(), actor_id=desk.trader.id, now=desk.now)


def test_a_decided_product_is_not_decided_again(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    with pytest.raises(ProductNotWaiting):
        products.publish_product(product=product, officer_id=desk.officer.id, now=desk.now)


def test_a_no_needs_a_reason(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    with pytest.raises(ProductReasonMissing):
        products.hide_product(product=product, officer_id=desk.officer.id, reason=" ", now=desk.now)


def test_nobody_publishes_for_the_own_stall(desk: Desk) -> None:
    product = desk.create()
    products.submit_product(product=product, actor_id=desk.trader.id, now=desk.now)
    with pytest.raises(OwnProduct):
        products.publish_product(product=product, officer_id=desk.trader.id, now=desk.now)


def test_products_follow_their_stall_off_the_market_and_back(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    stalls.suspend_stall(
        stall=desk.stall, officer_id=desk.officer.id, reason="Timbangan tidak ditera", now=desk.now
    )
    assert product.listed_at is None
    stalls.verify_stall(stall=desk.stall, officer_id=desk.officer.id, now=desk.now)
    assert product.listed_at == desk.now
    assert is_found(product)


def test_one_stall_has_one_product_of_a_name(desk: Desk) -> None:
    desk.create()
    with pytest.raises(NameTaken):
        desk.create(name=" CABAI rawit merah")
    assert Desk(desk.now).create().name == "Cabai rawit merah"


def test_the_slug_stays_when_the_name_changes(desk: Desk) -> None:
    product = desk.create()
    desk.publish(product)
    slug = product.slug
    change(desk, product, name="Cabai setan", price=Rupiah(45_000))
    assert (product.name, product.slug) == ("Cabai setan", slug)
    assert is_found(product)


def change(desk: Desk, product: Product, **other: Any) -> None:
    facts: dict[str, Any] = {
        "name": product.name,
        "price": product.price,
        "unit": product.unit,
        "category_id": product.category_id,
        "step_milli": product.step_milli,
        "min_milli": product.min_milli,
        "description": product.description,
        "condition": product.condition,
        "tiers": (),
        "price_seen": product.price,
        "stock_milli": 5_000,
        "stock_seen": 5_000,
    }
    products.update_product(product=product, actor_id=desk.trader.id, now=desk.now, **facts | other)


def test_a_new_price_is_written_down_with_the_old_one(desk: Desk, session: Session) -> None:
    product = desk.create()
    change(desk, product, price=Rupiah(38_000), tiers=[Tier(5_000, Rupiah(36_000))])
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "price.changed")).one()
    assert entry.detail == {"before": 40_000, "after": 38_000}
    assert entry.actor_id == desk.trader.id


def test_a_product_needs_a_picture_and_takes_eight(desk: Desk) -> None:
    with pytest.raises(PictureMissing):
        desk.create(picture_keys=[])
    nine = [picture_of(desk.trader, desk.now) for _ in range(9)]
    with pytest.raises(TooManyPictures):
        desk.create(picture_keys=nine)
    assert desk.create(picture_keys=nine[:8]).picture_key == nine[0]


def test_a_picture_of_somebody_else_does_not_hang_here(desk: Desk) -> None:
    with pytest.raises(PictureNotYours):
        desk.create(picture_keys=[picture_of(make_person(), desk.now)])


def test_a_picture_hangs_in_one_place_only(desk: Desk) -> None:
    product = desk.create()
    with pytest.raises(PictureNotYours):
        desk.create(name="Cabai lain", picture_keys=[product.picture_key])


def test_pictures_change_their_order_and_the_first_stands_on_cards(
    desk: Desk, session: Session
) -> None:
    product = desk.create()
    first = product.picture_key
    assert first is not None
    second = picture_of(desk.trader, desk.now)
    by = {"product": product, "actor_id": desk.trader.id, "now": desk.now}
    product_pictures.add_pictures(keys=[second], **by)  # type: ignore[arg-type]
    product_pictures.put_first(key=second, **by)  # type: ignore[arg-type]
    assert product.picture_key == second
    product_pictures.remove_picture(key=second, **by)  # type: ignore[arg-type]
    assert product.picture_key == first
    with pytest.raises(PictureMissing):
        product_pictures.remove_picture(key=first, **by)  # type: ignore[arg-type]
    hung = session.scalars(select(ProductPicture.key)).all()
    assert hung == [first]
