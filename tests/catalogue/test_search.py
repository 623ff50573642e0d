from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from pol.catalogue.queries.search import correct, search_products
from pol.catalogue.rules.finding import Filter, Sort
from tests.factories.catalogue import (
    LONG_AGO,
    make_category,
    make_market,
    make_product,
    make_stall,
)


@pytest.fixture
def shop(session: Session, now: datetime) -> datetime:
    """Give a moment, with fish, vegetables and a cake for sale."""
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    fish, cake = make_category("Ikan tambak"), make_category("Jajanan")
    make_product(stall, name="Bandeng segar", category=fish, price=34_000)
    make_product(stall, name="Bandeng asap", category=fish, price=45_000)
    make_product(name="Bayam segar", price=3_000)
    make_product(name="Makanan ringan bandeng", category=cake, price=9_000)
    make_product(name="Wingko kelapa", category=cake, price=20_000)
    return now


def _found(text: str, now: datetime, price_to: int | None = None) -> list[str]:
    found = search_products(text, Filter(price_to=price_to), now=now)
    assert found.count == len(found.page.rows)
    return [card.name for card in found.page.rows]


def test_the_newest_with_the_word_in_its_name_comes_first(shop: datetime) -> None:
    assert _found("bandeng", shop) == ["Makanan ringan bandeng", "Bandeng asap", "Bandeng segar"]


def test_all_words_must_fit_wherever_they_stand(shop: datetime) -> None:
    assert _found("bandeng segar", shop) == ["Bandeng segar"]
    assert _found("segar bandeng babat", shop) == ["Bandeng segar"]
    assert _found("ikan mina", shop) == ["Bandeng asap", "Bandeng segar"]
    assert _found("bandeng kelapa", shop) == []


def test_relatives_of_a_word_are_found(shop: datetime) -> None:
    assert _found("makan", shop) == ["Makanan ringan bandeng"]
    assert _found("jajan", shop) == ["Wingko kelapa", "Makanan ringan bandeng"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bandegn", "bandeng"),
        ("bndeng asap", "bandeng asap"),
        ("wingkoo", "wingko"),
        ("makanan ringnan", "makanan ringan"),
    ],
)
def test_a_mistyped_word_is_forgiven_and_said(shop: datetime, typed: str, meant: str) -> None:
    found = search_products(typed, Filter(), now=shop)
    assert found.meant == meant
    assert found.page.rows
    assert found.page.rows == search_products(meant, Filter(), now=shop).page.rows


def test_a_word_that_exists_is_never_corrected(shop: datetime) -> None:
    assert correct("bandeng") is None
    assert search_products("bandeng", Filter(price_to=1), now=shop).meant is None


def test_nonsense_finds_nothing_and_nothing_finds_everything(shop: datetime) -> None:
    assert _found("qwzzyx", shop) == []
    assert len(_found(" ?! ", shop)) == 5


def test_filters_and_order_hold_for_search(shop: datetime) -> None:
    assert _found("bandeng", shop, price_to=34_000) == ["Makanan ringan bandeng", "Bandeng segar"]
    found = search_products("bandeng", Filter(), now=shop, sort=Sort.DEAREST)
    assert [card.name for card in found.page.rows] == [
        "Bandeng asap", "Bandeng segar", "Makanan ringan bandeng",
    ]  # fmt: skip


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_of_results_follow_each_other(session: Session, now: datetime, sort: Sort) -> None:
    stall, category = make_stall(), make_category()
    for number in range(53):
        make_product(
            stall,
            name=f"Bandeng nomor {number:02}",
            category=category,
            price=1_000 + 500 * (number % 7),
            listed_at=LONG_AGO + timedelta(hours=number % 5),
        )
    seen: list[str] = []
    cursor, pages = None, 0
    while pages == 0 or cursor:
        found = search_products("bandeng", Filter(), now=now, sort=sort, cursor=cursor)
        seen += [card.slug for card in found.page.rows]
        cursor, pages = found.page.next_cursor, pages + 1
    assert (pages, len(seen), len(set(seen))) == (3, 53, 53)
