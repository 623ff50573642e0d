from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from pol.catalogue.models import Product
from pol.catalogue.queries.lists import Card, count_products, list_products
from pol.catalogue.rules import Condition
from pol.catalogue.rules.finding import MOST_COUNTED, Filter, Sort
from pol.kernel.paging import Page
from tests.factories.catalogue import (
    LONG_AGO,
    make_category,
    make_market,
    make_product,
    make_stall,
)

FAR_VILLAGE = "35.24.01.2001"
NOT_WHOLE: Page[Card] = Page((), "next")


def _names(wanted: Filter, now: datetime, sort: Sort = Sort.NEWEST) -> list[str]:
    return [card.name for card in list_products(wanted, now=now, sort=sort).rows]


def test_only_listed_products_are_shown_newest_first(session: Session, now: datetime) -> None:
    make_product(name="lama")
    make_product(name="baru", listed_at=LONG_AGO + timedelta(days=1))
    make_product(name="konsep", listed_at=None)
    assert _names(Filter(), now) == ["baru", "lama"]


def test_a_card_says_what_a_buyer_asks_first(session: Session, now: datetime) -> None:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    product = make_product(stall, name="Bandeng", price=34_000, picture_key="abc")
    (card,) = list_products(Filter(), now=now).rows
    assert (card.slug, card.name, str(card.price)) == (product.slug, "Bandeng", "Rp34.000")
    assert (card.unit_label, card.picture_key, card.note) == ("ikat", "abc", None)
    assert (card.stall_name, card.market_name) == ("Mina Jaya", "Pasar Babat")


def test_a_card_notes_what_is_sold_out_or_closed(session: Session, now: datetime) -> None:
    make_product(name="habis", stock_milli=999)  # less than one bunch
    make_product(name="seadanya", stock_milli=None)
    make_product(make_stall(vacation_from=now.date()), name="libur")
    make_product(make_stall(opens_minute=0, closes_minute=60), name="dini hari")
    make_product(make_stall(make_market(opens_minute=0, closes_minute=60)), name="pasar dini hari")
    notes = {card.name: card.note for card in list_products(Filter(), now=now).rows}
    assert notes == {
        "habis": "habis",
        "seadanya": None,
        "libur": "tutup",
        "dini hari": "tutup",
        "pasar dini hari": "tutup",
    }


def test_every_filter_restricts(session: Session, now: datetime) -> None:
    fish = make_category("Ikan")
    pond = make_category("Ikan tambak", parent=fish)
    stall = make_stall(make_market(village_code=FAR_VILLAGE), pickup_at_stall=False)
    wanted = make_product(
        stall, name="dicari", category=pond, price=50_000, condition=Condition.DRIED
    )
    away = make_stall(vacation_from=now.date())
    make_product(away, name="lain", price=10_000)
    for only_wanted in (
        Filter(top_category_id=fish.id),
        Filter(category_id=pond.id),
        Filter(market_id=stall.market_id),
        Filter(stall_id=stall.id),
        Filter(kecamatan_code="35.24.01"),
        Filter(price_from=10_001),
        Filter(condition=Condition.DRIED),
        Filter(open_now=True),
        Filter(category_id=pond.id, market_id=wanted.market_id, open_now=True, price_to=50_000),
    ):
        assert _names(only_wanted, now) == ["dicari"], only_wanted
        assert count_products(only_wanted, NOT_WHOLE, now=now) == 1
    for only_other in (Filter(pickup=True), Filter(price_to=49_999)):
        assert _names(only_other, now) == ["lain"], only_other


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.CHEAPEST, Sort.DEAREST])
def test_pages_follow_each_other_without_gap_or_repeat(
    session: Session, now: datetime, sort: Sort
) -> None:
    stall, category = make_stall(), make_category()
    for number in range(11):
        make_product(
            stall,
            name=str(number),
            category=category,
            price=1_000 * (number // 3 + 1),  # equal prices and equal moments, too
            listed_at=LONG_AGO + timedelta(microseconds=number // 4),
        )
    whole = [c.name for c in list_products(Filter(), now=now, sort=sort).rows]
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = list_products(Filter(), now=now, sort=sort, cursor=cursor, size=4)
        seen += [card.name for card in page.rows]
        cursor, pages = page.next_cursor, pages + 1
    assert (seen, pages, len(set(seen))) == (whole, 3, 11)


def test_prices_order_the_list(session: Session, now: datetime) -> None:
    for name, price in (("b", 2_000), ("a", 1_000), ("c", 3_000)):
        make_product(name=name, price=price)
    assert _names(Filter(), now, Sort.CHEAPEST) == ["a", "b", "c"]
    assert _names(Filter(), now, Sort.DEAREST) == ["c", "b", "a"]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwgMV0", "Wy05OTk5OTk5OTk5OTk5OTk5OTksIDFd"])
def test_a_cursor_that_nobody_handed_out_does_no_harm(
    session: Session, now: datetime, cursor: str
) -> None:
    make_product()
    assert len(list_products(Filter(), now=now, cursor=cursor).rows) <= 1


def test_more_than_a_thousand_are_not_counted(session: Session, now: datetime) -> None:
    product = make_product()
    columns = [c for c in Product.__table__.columns if c.name not in {"id", "slug"}]
    values = {column.name: getattr(product, column.name) for column in columns}
    rows = [values | {"slug": f"salinan-{number}"} for number in range(MOST_COUNTED + 5)]
    session.execute(insert(Product), rows)
    assert count_products(Filter(), NOT_WHOLE, now=now) == MOST_COUNTED + 1
